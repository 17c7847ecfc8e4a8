// The sentences of an explanation (T14), in the plain Chinese of the office and in English.
// Words only: every figure and date is handed in. Never counts.

import type { Calendar } from './calendar.ts'
import { printMinute, weekdayOf, ymdOf } from './civil.ts'
import { offDays } from './explain-off.ts'
import { asDay, type Day, type Instant } from './instant.ts'
import { type ClockInput, type Due, limitWords, type StatedEnd } from './limit.ts'
import type { Segment } from './segments.ts'

export interface Words {
  readonly zh: string
  readonly en: string
}

/**
 * The ground of a pause and how it ended, resumed unless told otherwise. `note` stands in brackets (the article, the notice),
 * `capped` says that its days ran out, `open` that it is not resumed and reckoned to its last approved day, `cut` that the
 * end of the case ended it.
 */
export interface PauseWords extends Words {
  readonly note?: Words
  readonly capped?: Words
  readonly open?: boolean
  readonly cut?: boolean
}

export interface Sentences {
  readonly calendar: Calendar
  readonly input: ClockInput
  readonly due: Due
  readonly segments: readonly Segment[]
  readonly used: number
  readonly remaining: number
  readonly lateBy: number
  readonly concludedAt: Instant | null
  readonly now: Instant | null
  readonly pauseWords: (index: number) => PauseWords
  readonly limitName?: Words
  readonly startWords?: Words
  readonly endWords?: EndWords
  readonly latest?: boolean
  readonly unsaid?: boolean
}

/** What ends the clock, done and not yet: 办结 unless told otherwise. */
export interface EndWords {
  readonly done: Words
  readonly open: Words
}

const CONCLUDED: EndWords = {
  done: { zh: '办结', en: 'Concluded on' },
  open: { zh: '未办结', en: 'it was still open' },
}

/** What began a clock of acceptance where nobody said that it was accepted (T8, M2). */
export const UNSAID_STARTS = {
  deemed: { zh: '收件，逾期未告知补正，视为受理', en: 'Received, and deemed accepted by silence, on' },
  corrected: { zh: '补正完毕，视为受理', en: 'Corrected as asked, and so taken as accepted, on' },
  received: { zh: '收件', en: 'Received on' },
  first: { zh: '首次记载', en: 'First recorded on' },
} as const satisfies Record<string, Words>

const NOTHING: Words = { zh: '', en: '' }

const WEEKDAYS_ZH = ['一', '二', '三', '四', '五', '六', '日']
const WEEKDAYS_EN = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const MONTHS_EN = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** A date without weekday; its year where it is not that of the start, and at the start of what runs into another year. */
function dateWords(s: Sentences, day: Day): Words {
  const { year, month, day: number } = ymdOf(day)
  const start = s.calendar.dayOf(s.input.start)
  const other = year !== ymdOf(start).year || (day === start && year !== ymdOf(s.due.dueOn).year)
  return {
    zh: `${other ? `${year} 年 ` : ''}${month} 月 ${number} 日`,
    en: `${number} ${MONTHS_EN[month - 1]}${other ? ` ${year}` : ''}`,
  }
}

/** A date with its weekday, and that it is a make-up day or a holiday. */
function dayWords(s: Sentences, day: Day): Words {
  const date = dateWords(s, day)
  const kind = s.calendar.kindOf(day)
  const name = s.calendar.nameOf(day)
  const zh = kind === 'makeup' ? '，调休上班' : kind === 'holiday' ? `，${name ?? '放假'}` : ''
  const en = kind === 'makeup' ? ', make-up day' : kind === 'holiday' ? ', public holiday' : ''
  const weekday = weekdayOf(day) - 1
  return { zh: `${date.zh}（周${WEEKDAYS_ZH[weekday]}${zh}）`, en: `${WEEKDAYS_EN[weekday]} ${date.en}${en}` }
}

const clockOf = (s: Sentences, at: Instant): string => {
  const minutes = Math.floor(at / 60_000) + s.calendar.zone.offsetMinutes(at)
  return printMinute(((minutes % 1440) + 1440) % 1440)
}

const isNatural = ({ input }: Sentences): boolean => input.limit.unit === 'ND' || input.limit.unit === 'M'

/** So much of the limit's unit. */
function amount(s: Sentences, n: number): Words {
  const { unit } = s.input.limit
  if (unit === 'H') {
    const [hours, minutes] = [Math.floor(n / 60), n % 60]
    return {
      zh: `${hours} 个办公小时${minutes ? ` ${minutes} 分` : ''}`,
      en: `${hours} h${minutes ? ` ${minutes} min` : ''} of office time`,
    }
  }
  return limitWords({ unit: unit === 'ND' || unit === 'M' ? 'ND' : 'WD', value: n })
}

function opening(s: Sentences): Words {
  const day = dayWords(s, s.calendar.dayOf(s.input.start))
  const name = s.limitName ?? { zh: '承诺', en: 'the promise is' }
  const start = s.startWords ?? { zh: '受理', en: 'Accepted on' }
  const extend = s.input.extendWorkDays
  const limit = s.input.stated === undefined ? ruleWords(s, name) : statedWords(s, s.input.stated)
  const zh = `${day.zh}${start.zh}，${limit.zh}${extend ? `，经批准延长 ${extend} 个工作日` : ''}。`
  const en = `${start.en} ${day.en}; ${limit.en}${extend ? `, extended by ${limitWords({ unit: 'WD', value: extend }).en}` : ''}.`
  return { zh, en }
}

function ruleWords({ input }: Sentences, name: Words): Words {
  const limit = limitWords(input.limit)
  return { zh: `${name.zh}${input.limit.unit === '0' ? '' : ' '}${limit.zh}`, en: `${name.en} ${limit.en}` }
}

/** A due as it was stated: a day, or a day and a time. */
function statedWords(s: Sentences, { on, at }: StatedEnd): Words {
  const day = dayWords(s, on)
  const time = at === s.calendar.endOf(on) ? null : clockOf(s, at)
  return {
    zh: `载明 ${day.zh}${time === null ? '' : `${time} `}到期`,
    en: `the due stated is ${day.en}${time === null ? '' : ` at ${time}`}`,
  }
}

/** Where a pause begins and ends: days, for office hours with the clock. */
function pauseEnds(s: Sentences, segment: Segment): { from: Words; to: Words } {
  if (s.input.limit.unit !== 'H') return { from: dateWords(s, asDay(segment.from - 1)), to: dayWords(s, segment.to) }
  const timed = (day: Words, at: Instant): Words => ({
    zh: `${day.zh} ${clockOf(s, at)} `,
    en: `${day.en} at ${clockOf(s, at)}`,
  })
  return {
    from: timed(dateWords(s, segment.from), segment.fromAt),
    to: timed(dateWords(s, segment.to), segment.toAt),
  }
}

/** One pause: what was used before it, why and how long the clock stood still. */
function pauseSentence(s: Sentences, segment: Segment, usedBefore: number): Words {
  const pause = s.pauseWords(segment.pause ?? 0)
  const { from, to } = pauseEnds(s, segment)
  const used = amount(s, usedBefore)
  const note = pause.note ? { zh: `（${pause.note.zh}）`, en: ` (${pause.note.en})` } : NOTHING
  const end = pauseEnd(pause, to)
  const inDays = s.input.limit.unit !== 'H' && pause.cut !== true
  const isResumed = pause.open !== true && pause.capped === undefined
  const uncounted = isResumed ? '，恢复之日不计' : '，该日不计'
  return {
    zh: `用去 ${used.zh}后，${from.zh}起因${pause.zh}暂停计时${note.zh}${end.zh}${inDays ? uncounted : ''}。`,
    en: `After ${used.en}, the clock stood still from ${from.en} for ${pause.en}${note.en}${end.en}${inDays ? ', a day that is not counted' : ''}.`,
  }
}

/** How a pause ended, or that it has not. */
function pauseEnd(pause: PauseWords, to: Words): Words {
  if (pause.cut === true) return { zh: `，至 ${to.zh}办结时止`, en: `, until the case ended on ${to.en}` }
  if (pause.capped !== undefined)
    return { zh: `，${pause.capped.zh}，${to.zh}期满`, en: `, ${pause.capped.en}, which ran out on ${to.en}` }
  if (pause.open === true)
    return { zh: `，尚未恢复，按最长期限计至 ${to.zh}`, en: `, not resumed yet and reckoned to its longest, ${to.en}` }
  return { zh: `，${to.zh}恢复`, en: `, resumed on ${to.en}` }
}

/** What still had to pass when the last pause ended; null: there was none. */
interface Rest {
  readonly left: number
  readonly from: Day
}

function restWords(s: Sentences, rest: Rest | null): Words {
  if (rest === null) return { zh: '', en: 'It' }
  if (rest.left === 0)
    return { zh: '暂停时已无余日，以恢复后首个工作日为限，', en: 'With nothing left when it stopped, it' }
  const left = amount(s, rest.left)
  const from = dateWords(s, rest.from)
  // an extension behind natural days is counted in working days
  const more = isNatural(s) ? s.input.extendWorkDays : 0
  const added = more === 0 ? NOTHING : limitWords({ unit: 'WD', value: more })
  return {
    zh: `余 ${left.zh}${more === 0 ? '' : `，另加延长 ${added.zh}`}，自 ${from.zh}起算，`,
    en: `With ${left.en}${more === 0 ? '' : ` and the extension of ${added.en}`} left, counted from ${from.en}, it`,
  }
}

/** What has to be said beside a due day. */
function marksOf(s: Sentences): Words[] {
  const marks: Words[] = []
  if (isNatural(s) && s.segments.some(({ kind }) => kind === 'roll')) {
    marks.push({ zh: '末日逢休息日，顺延', en: 'the last day was off and rolled over' })
  }
  if (s.latest) marks.push({ zh: '暂停未恢复，此为最迟日期', en: 'the pause is open: this is the latest date' })
  if (s.due.provisional) {
    marks.push({ zh: '暂定，放假安排尚未公布', en: 'provisional: the holiday notice is not out yet' })
  }
  return marks
}

function dueSentence(s: Sentences, rest: Rest | null): Words {
  const due = dayWords(s, s.due.dueOn)
  const wholeDay = s.due.dueAt === s.calendar.endOf(s.due.dueOn)
  const time = wholeDay ? '24:00' : clockOf(s, s.due.dueAt)
  const begin = restWords(s, rest)
  const marks = marksOf(s)
  const zh = marks.length > 0 ? `（${marks.map((mark) => mark.zh).join('；')}）` : ''
  const en = marks.length > 0 ? ` (${marks.map((mark) => mark.en).join('; ')})` : ''
  return {
    zh: `${begin.zh}至 ${due.zh}${time} 到期${zh}。`,
    en: `${begin.en} runs out on ${due.en} at ${time}${en}.`,
  }
}

/** Whether it is late at all is not yet said: no over-days are told of it (M1). */
const UNSAID_LATE: Words = { zh: '是否超期待核', en: 'overdue or not: to be confirmed' }

function lateWords(s: Sentences): Words {
  if (s.unsaid === true) return UNSAID_LATE
  if (s.lateBy === 0) return { zh: '超期不足 1 个工作日', en: 'late by less than a working day' }
  const over = limitWords({ unit: 'WD', value: s.lateBy })
  return { zh: `超 ${over.zh}`, en: `late by ${over.en}` }
}

/** How it ended, or how far it has come. */
function standing(s: Sentences): Words {
  const end = s.concludedAt ?? s.now
  if (end === null) return NOTHING
  const day = dateWords(s, s.calendar.dayOf(end))
  const concluded = s.concludedAt !== null
  const { done, open } = s.endWords ?? CONCLUDED
  if (end > s.due.dueAt) {
    const late = lateWords(s)
    return concluded
      ? { zh: `${day.zh}${done.zh}，${late.zh}。`, en: `${done.en} ${day.en}, ${late.en}.` }
      : {
          zh: `截至 ${day.zh}${open.zh}，${s.unsaid === true ? '' : '已'}${late.zh}。`,
          en: `On ${day.en} ${open.en}, ${late.en}.`,
        }
  }
  if (s.input.limit.unit === '0') {
    return concluded
      ? { zh: `${day.zh}${done.zh}，未超期。`, en: `${done.en} ${day.en}, in time.` }
      : { zh: `截至 ${day.zh}${open.zh}，未超期。`, en: `On ${day.en} it was open and in time.` }
  }
  const [used, left] = [amount(s, s.used), amount(s, s.remaining)]
  return concluded
    ? { zh: `${day.zh}${done.zh}，用时 ${used.zh}，未超期。`, en: `${done.en} ${day.en} in ${used.en}, in time.` }
    : { zh: `截至 ${day.zh}用去 ${used.zh}，余 ${left.zh}。`, en: `By ${day.en}, ${used.en} used, ${left.en} left.` }
}

/** The day from which the count goes on: natural days from the next one, whatever it is. */
function resumedOn({ calendar, input }: Sentences, { to }: Segment): Day {
  if (input.limit.unit === 'H') return calendar.workDayOnOrAfter(to)
  const next = asDay(to + 1)
  return input.limit.unit === 'WD' || input.limit.unit === '0' ? calendar.workDayOnOrAfter(next) : next
}

/** The whole explanation in sentences. */
export function sentencesOf(s: Sentences): Words {
  const parts: Words[] = [opening(s)]
  const own = s.segments.filter(({ kind }) => kind !== 'extend' || !isNatural(s))
  const total = own.reduce((sum, segment) => sum + segment.counted, 0)
  let used = 0
  let rest: Rest | null = null
  for (const segment of s.segments) {
    used += segment.counted
    if (segment.kind !== 'pause') continue
    parts.push(pauseSentence(s, segment, used))
    rest = { left: Math.max(0, total - used), from: resumedOn(s, segment) }
  }
  const first = s.calendar.dayOf(s.input.start)
  const off = offDays(s.calendar, { first, last: s.due.dueOn }, (day) => dateWords(s, day))
  parts.push(off, dueSentence(s, rest), standing(s))
  const texts = (key: 'zh' | 'en') => parts.map((part) => part[key]).filter((text) => text !== '')
  return { zh: texts('zh').join(''), en: texts('en').join(' ') }
}
