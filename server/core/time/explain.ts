// explain (T14): a clock laid open as segments, as a strip of days, and in plain sentences of two languages.
// Every figure comes from the same engine that found the due date. Never judges; the present instant is an argument.

import type { Calendar } from './calendar.ts'
import { type ExplainedDay, stripOf } from './explain-strip.ts'
import { type EndWords, type PauseWords, sentencesOf, type Words } from './explain-words.ts'
import { asDay, type Instant } from './instant.ts'
import type { ClockInput, Due } from './limit.ts'
import { type Segment, segmentsOf } from './segments.ts'
import { lateBy, usedAt } from './used.ts'

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
  /** What ends it: 办结 unless told otherwise. */
  readonly endWords?: EndWords
  /** An open pause is taken to run to its cap: the due day is the latest possible (T6). */
  readonly latest?: boolean
  /** What says that it is late waits still: no over-days are told (M1). */
  readonly unsaid?: boolean
}

export interface Explanation {
  readonly segments: readonly Segment[]
  readonly days: readonly ExplainedDay[]
  readonly zh: string
  readonly en: string
  readonly used: number
  /** Below nought once the limit is passed. */
  readonly remaining: number
  readonly lateBy: number
}

/** Lays a clock open. `due` is the one that the input leads to. */
export function explainClock(calendar: Calendar, input: ClockInput, due: Due, options: ExplainOptions): Explanation {
  const { concludedAt, now } = options
  const segments = segmentsOf(calendar, input, due)
  const end = concludedAt ?? now ?? input.start
  const concludedOn = concludedAt === null ? null : calendar.dayOf(concludedAt)
  const openTo = asDay(Math.max(calendar.dayOf(end), calendar.dayOf(input.start)))
  const strip = { calendar, input, due, segments, pauseWords: options.pauseWords, openTo, concludedOn }
  const days = stripOf(strip)
  const use = usedAt(calendar, input, end)
  const late = lateBy(calendar, due, end)
  const words = sentencesOf({ calendar, input, due, segments, ...use, lateBy: late, ...options })
  return { segments, days, ...words, ...use, lateBy: late }
}
