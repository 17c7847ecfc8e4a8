// English names of the holidays that the State Council's notices know. A name that is not here is shown as it is.

const NAMES: Readonly<Record<string, string>> = {
  元旦: 'New Year',
  春节: 'Spring Festival',
  清明节: 'Qingming',
  劳动节: 'Labour Day',
  端午节: 'Dragon Boat',
  中秋节: 'Mid-Autumn',
  国庆节: 'National Day',
  '国庆节、中秋节': 'National Day and Mid-Autumn',
  抗战胜利纪念日: 'Victory Day',
}

export const holidayEn = (name: string): string => NAMES[name] ?? name
