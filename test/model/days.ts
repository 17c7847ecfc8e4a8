// Civil days of the model: whole numbers since 1970-01-01, China's clock of UTC+8 and nothing else. Shares no code with the
// product, not even its calendar arithmetic: what both get wrong in the same way, no comparison can show.

export type DayNo = number

export const MS_MINUTE = 60_000
export const MS_DAY = 86_400_000
const ZONE = 8 * 3_600_000

export const dayOf = (at: number): DayNo => Math.floor((at + ZONE) / MS_DAY)
export const startOf = (day: DayNo): number => day * MS_DAY - ZONE
/** The last millisecond of a day (民法典 203). */
export const endOf = (day: DayNo): number => startOf(day + 1) - 1
export const minuteOf = (day: DayNo, minutes: number): number => startOf(day) + minutes * MS_MINUTE

export const dayFrom = (text: string): DayNo => {
  const [year, month, day] = text.split('-').map(Number) as [number, number, number]
  return Date.UTC(year, month - 1, day) / MS_DAY
}
export const printDay = (day: DayNo): string => new Date(day * MS_DAY).toISOString().slice(0, 10)
export const printAt = (at: number): string => new Date(at + ZONE).toISOString().replace('Z', '+08:00')

/** 0 Sunday … 6 Saturday. */
export const weekdayOf = (day: DayNo): number => (((day + 4) % 7) + 7) % 7

/** 民法典 202: the day of the same number, or the last of a shorter month. */
export const monthsAfter = (day: DayNo, months: number): DayNo => {
  const from = new Date(day * MS_DAY)
  const [year, month] = [from.getUTCFullYear(), from.getUTCMonth() + months]
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return Date.UTC(year, month, Math.min(from.getUTCDate(), last)) / MS_DAY
}
