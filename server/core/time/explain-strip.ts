// The strip of days of an explanation (T14): what each civil day did to the count. A long strip loses its middle, never
// its turns: acceptance, both edges of every segment, due day, conclusion and today are always there, with the days
// around them; where days are left out the dates jump. Numbers come from the segments; nothing is counted twice.

import type { Calendar, DayKind } from './calendar.ts'
import type { Words } from './explain-words.ts'
import { asDay, type Day } from './instant.ts'
import type { ClockInput, Due } from './limit.ts'
import type { Segment } from './segments.ts'

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

export interface Strip {
  readonly calendar: Calendar
  readonly input: ClockInput
  readonly due: Due
  readonly segments: readonly Segment[]
  readonly pauseWords: (index: number) => Words
  /** Last day on which the case was open, as far as known. */
  readonly openTo: Day
  readonly concludedOn: Day | null
}

/** Up to so many days a strip is whole. */
export const STRIP_DAYS = 400
const DAYS_BEHIND = 4
/** Days kept on either side of a turn: the widest that still fits. */
const AROUND = [10, 5, 2, 1, 0] as const

/** A gap of fewer days than this is not worth one. */
const WORTH = 14

interface Stretch {
  readonly from: Day
  readonly to: Day
}

const isNatural = ({ input }: Strip): boolean => input.limit.unit === 'ND' || input.limit.unit === 'M'

/** The number of a day in a segment that counts, after so many days counted before the segment. */
function numberOf(strip: Strip, on: Day, segment: Segment, before: number): number | null {
  if (segment.kind === 'accept') return segment.counted
  if (segment.kind !== 'count' && segment.kind !== 'extend') return null
  if (segment.kind === 'count' && isNatural(strip)) return before + on - segment.from + 1
  return strip.calendar.isWorkDay(on) ? before + strip.calendar.countWorkDays(asDay(segment.from - 1), on) : null
}

function dayOf(strip: Strip, on: Day, segment: Segment | undefined, before: number): ExplainedDay {
  const { calendar, due } = strip
  const kind = calendar.kindOf(on)
  const works = kind === 'work' || kind === 'makeup'
  const inPause = segment?.kind === 'pause' && segment.pause !== null && (works || isNatural(strip))
  return {
    on,
    kind,
    name: calendar.nameOf(on),
    number: segment === undefined ? null : numberOf(strip, on, segment, before),
    paused: inPause ? strip.pauseWords(segment.pause as number) : null,
    extended: segment?.kind === 'extend',
    due: on === due.dueOn,
    concluded: on === strip.concludedOn,
    late: works && on > due.dueOn && on <= strip.openTo ? calendar.countWorkDays(due.dueOn, on) : 0,
  }
}

/** The days on which something turns, in order, each once. */
function turnsOf(strip: Strip, { from, to }: Stretch): Day[] {
  const edges = strip.segments.flatMap((segment) => [segment.from, segment.to])
  const all = [from, strip.due.dueOn, strip.openTo, strip.concludedOn ?? from, ...edges, to]
  return [...new Set(all)].filter((day) => day >= from && day <= to).sort((a, b) => a - b)
}

/** Stretches of so many days around the turns; those a few days apart are one. */
function around(turns: readonly Day[], days: number, { from, to }: Stretch): Stretch[] {
  const out: { from: Day; to: Day }[] = []
  for (const turn of turns) {
    const first = asDay(Math.max(from, turn - days))
    const last = asDay(Math.min(to, turn + days))
    const former = out.at(-1)
    if (former !== undefined && first <= former.to + WORTH) former.to = asDay(Math.max(former.to, last))
    else out.push({ from: first, to: last })
  }
  return out
}

const lengthOf = (stretches: readonly Stretch[]): number =>
  stretches.reduce((sum, { from, to }) => sum + to - from + 1, 0)

function stretchesOf(strip: Strip, whole: Stretch): Stretch[] {
  if (lengthOf([whole]) <= STRIP_DAYS) return [whole]
  const turns = turnsOf(strip, whole)
  const [widest, ...closer] = AROUND.map((days) => around(turns, days, whole))
  return closer.reduce((kept, next) => (lengthOf(kept) <= STRIP_DAYS ? kept : next), widest as Stretch[])
}

/** The days of a clock, from its start to a few days behind its end. */
export function stripOf(strip: Strip): ExplainedDay[] {
  const { calendar, input, segments } = strip
  const from = calendar.dayOf(input.start)
  const to = asDay(Math.max(strip.due.dueOn, strip.openTo) + DAYS_BEHIND)
  const inHours = input.limit.unit === 'H'
  const days: ExplainedDay[] = []
  let before = 0
  let i = 0
  for (const stretch of stretchesOf(strip, { from, to })) {
    for (let on = stretch.from; on <= stretch.to; on = asDay(on + 1)) {
      while (i < segments.length - 1 && (segments[i] as Segment).to < on) before += (segments[i++] as Segment).counted
      const segment = segments[i] as Segment
      const holds = segment.kind !== 'due' && segment.from <= on && on <= segment.to
      const day = dayOf(strip, on, holds ? segment : undefined, before)
      // office time has minutes, not numbered days
      days.push(inHours && on !== from ? { ...day, number: null } : day)
    }
  }
  return days
}
