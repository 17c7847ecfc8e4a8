// explain (T14): a clock laid open as segments, as a strip of days, and in plain sentences of two languages.
// Every figure comes from the same engine that found the due date. Never judges; the present instant is an argument.

import type { Calendar, DayKind } from './calendar.ts'
import { type PauseWords, sentencesOf, type Words } from './explain-words.ts'
import { asDay, type Day, type Instant } from './instant.ts'
import type { ClockInput, Due } from './limit.ts'
import { type Segment, segmentsOf } from './segments.ts'
import { lateBy, usedAt } from './used.ts'

/** One day of the strip. */
export interface ExplainedDay {
  readonly on: Day
  readonly kind: DayKind
  readonly name: string | null
  /** Its number in the count: 0 the acceptance, n counted, null not counted. */
  readonly number: number | null
  /** Ground of the pause that kept this day from counting. */
  readonly paused: Words | null
  readonly extended: boolean
  readonly due: boolean
  readonly concluded: boolean
  /** Working days late on this working day; 0 up to the due day, on days off and after the end. */
  readonly late: number
}

export interface ExplainOptions {
  readonly concludedAt: Instant | null
  /** null: told as a calculation, without how far it has come. */
  readonly now: Instant | null
  /** Ground of the input's pause of that index. */
  readonly pauseWords: (index: number) => PauseWords
  /** What the limit is: 承诺, 法定, 环节时限. Default 承诺. */
  readonly limitName?: Words
  /** What happened at the start: 受理 unless told otherwise. */
  readonly startWords?: Words
  /** An open pause is taken to run to its cap: the due day is the latest possible (T6). */
  readonly latest?: boolean
}

export interface Explanation {
  readonly segments: readonly Segment[]
  readonly days: readonly ExplainedDay[]
  /** The strip was cut at its longest length. */
  readonly cut: boolean
  readonly zh: string
  readonly en: string
  readonly used: number
  /** Below nought once the limit is passed. */
  readonly remaining: number
  readonly lateBy: number
}

export const STRIP_DAYS = 400
const DAYS_BEHIND = 4

interface Strip {
  readonly calendar: Calendar
  readonly input: ClockInput
  readonly due: Due
  readonly segments: readonly Segment[]
  readonly pauseWords: (index: number) => PauseWords
  /** Last day on which the case was open, as far as known. */
  readonly openTo: Day
  readonly concludedOn: Day | null
}

/** Numbers the days that count; `counted` runs on over the strip. */
function dayOf(strip: Strip, on: Day, segment: Segment | undefined, counted: number): ExplainedDay {
  const { calendar, due } = strip
  const kind = calendar.kindOf(on)
  const works = kind === 'work' || kind === 'makeup'
  const natural = strip.input.limit.unit === 'ND' || strip.input.limit.unit === 'M'
  const counts = segment?.kind === 'count' ? natural || works : segment?.kind === 'extend' && works
  const first = segment?.kind === 'accept'
  const inPause = segment?.kind === 'pause' && segment.pause !== null && (works || natural)
  return {
    on,
    kind,
    name: calendar.nameOf(on),
    number: first ? segment.counted : counts ? counted + 1 : null,
    paused: inPause ? strip.pauseWords(segment.pause as number) : null,
    extended: segment?.kind === 'extend',
    due: on === due.dueOn,
    concluded: on === strip.concludedOn,
    late: works && on > due.dueOn && on <= strip.openTo ? calendar.countWorkDays(due.dueOn, on) : 0,
  }
}

function stripOf(strip: Strip): { days: ExplainedDay[]; cut: boolean } {
  const from = strip.calendar.dayOf(strip.input.start)
  const to = asDay(Math.max(strip.due.dueOn, strip.openTo) + DAYS_BEHIND)
  const last = Math.min(to, from + STRIP_DAYS - 1)
  const inHours = strip.input.limit.unit === 'H'
  const days: ExplainedDay[] = []
  let counted = 0
  let i = 0
  for (let on = from; on <= last; on = asDay(on + 1)) {
    while (i < strip.segments.length - 1 && (strip.segments[i] as Segment).to < on) i++
    const segment = strip.segments[i] as Segment
    const holds = segment.kind !== 'due' && segment.from <= on && on <= segment.to
    const day = dayOf(strip, on, holds ? segment : undefined, counted)
    if (day.number !== null) counted = day.number
    // office time has minutes, not numbered days
    days.push(inHours && on !== from ? { ...day, number: null } : day)
  }
  return { days, cut: to > last }
}

/** Lays a clock open. `due` is the clock's own, or a stated one that no limit leads to. */
export function explainClock(calendar: Calendar, input: ClockInput, due: Due, options: ExplainOptions): Explanation {
  const { concludedAt, now } = options
  const { segments, stated } = segmentsOf(calendar, input, due)
  const end = concludedAt ?? now ?? input.start
  const concludedOn = concludedAt === null ? null : calendar.dayOf(concludedAt)
  const openTo = asDay(Math.max(calendar.dayOf(end), calendar.dayOf(input.start)))
  const strip = { calendar, input, due, segments, pauseWords: options.pauseWords, openTo, concludedOn }
  const { days, cut } = stripOf(strip)
  const use = stated ? usedOfStated(calendar, input, due, end) : usedAt(calendar, input, end)
  const late = lateBy(calendar, due, end)
  const words = sentencesOf({ calendar, input, due, segments, stated, ...use, lateBy: late, cut, ...options })
  return { segments, days, cut, ...words, ...use, lateBy: late }
}

/** Working days of a stated due: from acceptance to it. */
function usedOfStated(
  calendar: Calendar,
  input: ClockInput,
  due: Due,
  at: Instant,
): { used: number; remaining: number } {
  const accept = calendar.dayOf(input.start)
  const used = calendar.countWorkDays(accept, calendar.dayOf(at))
  return { used, remaining: calendar.countWorkDays(accept, due.dueOn) - used }
}
