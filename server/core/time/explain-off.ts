// The holidays and make-up days on the way to a due day, as one sentence of an explanation (T14): the first few by name, the
// others as such. Words only; which days they are is the calendar's.

import type { Calendar } from './calendar.ts'
import { asDay, type Day } from './instant.ts'

interface Words {
  readonly zh: string
  readonly en: string
}

const OTHERS: Words = { zh: '等', en: 'and others' }
const MOST_NAMED = 6

/** Holidays and make-up days on the way; `dateWords` prints a date. */
export function offDays(
  calendar: Calendar,
  { first, last }: { readonly first: Day; readonly last: Day },
  dateWords: (day: Day) => Words,
): Words {
  const off: Words[] = []
  const makeup: Words[] = []
  for (let day = asDay(first + 1); day <= last && off.length + makeup.length <= MOST_NAMED; day = asDay(day + 1)) {
    const kind = calendar.kindOf(day)
    if (kind === 'makeup') makeup.push(dateWords(day))
    if (kind !== 'holiday') continue
    const from = day
    const name = calendar.nameOf(day)
    while (calendar.kindOf(asDay(day + 1)) === 'holiday' && calendar.nameOf(asDay(day + 1)) === name)
      day = asDay(day + 1)
    const [a, b] = [dateWords(from), dateWords(day)]
    const span = from === day ? a : { zh: `${a.zh}至 ${b.zh}`, en: `${a.en} to ${b.en}` }
    off.push({ zh: `${name ?? '放假'}（${span.zh}）`, en: `public holiday ${span.en}` })
  }
  if (off.length + makeup.length > MOST_NAMED) (off.length > 0 ? off : makeup).push(OTHERS)
  const parts: Words[] = []
  // 等 follows the last name without a stop before it
  const list = (words: readonly Words[], key: 'zh' | 'en', by: string) =>
    words.reduce((said, w, i) => `${said}${i === 0 || (w === OTHERS && key === 'zh') ? '' : by}${w[key]}`, '')
  if (off.length) parts.push({ zh: `遇${list(off, 'zh', '、')}休息`, en: `off: ${list(off, 'en', ', ')}` })
  if (makeup.length)
    parts.push({ zh: `${list(makeup, 'zh', '、')}调休上班`, en: `make-up days: ${list(makeup, 'en', ', ')}` })
  if (parts.length === 0) return { zh: '', en: '' }
  return {
    zh: `其间${off.length ? '' : ' '}${list(parts, 'zh', '，')}。`,
    en: `On the way, ${list(parts, 'en', '; ')}.`,
  }
}
