// The laws of a clock as properties: true for every engine that keeps part 3, false for the planted bugs beside them.
// Each takes an engine as an argument, so that the same property judges the real one and the broken ones.

import fc from 'fast-check'
import type { Calendar } from '../../../server/core/time/calendar.ts'
import { printDay, printInstant } from '../../../server/core/time/civil.ts'
import { asDay, asInstant, type Day, type Instant } from '../../../server/core/time/instant.ts'
import { type ClockInput, DEFAULT_CLOCK_RULE, type Due, dueOf, type Limit } from '../../../server/core/time/limit.ts'
import type { Span, Trace } from '../../../server/core/time/run.ts'
import { type Segment, segmentsOf } from '../../../server/core/time/segments.ts'
import { type Used, usedAt } from '../../../server/core/time/used.ts'
import { inverts, slowly } from './oracles.ts'
import { worldOf } from './slow.ts'
import { cn, cnDays, day } from './world.ts'

/** What a property may ask of an engine. */
export interface Engine {
  readonly due: (calendar: Calendar, input: ClockInput, trace?: Trace | null) => Due
  readonly used: (calendar: Calendar, input: ClockInput, at: Instant) => Used
  readonly segments: (calendar: Calendar, input: ClockInput, due: Due) => readonly Segment[]
}

export const engine: Engine = { due: dueOf, used: usedAt, segments: segmentsOf }

const FIRST = day('2007-01-01')
const LAST = day('2026-06-30')
const MINUTES = 1440

export const instants = (calendar: Calendar, first = FIRST, last = LAST): fc.Arbitrary<Instant> =>
  fc
    .tuple(fc.integer({ min: first, max: last }), fc.integer({ min: 0, max: MINUTES - 1 }))
    .map(([on, minute]) => calendar.zone.at(asDay(on), minute))

export const dayLimits: fc.Arbitrary<Limit> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ unit: fc.constant('WD' as const), value: fc.integer({ min: 1, max: 45 }) }) },
  { weight: 2, arbitrary: fc.record({ unit: fc.constant('ND' as const), value: fc.integer({ min: 1, max: 60 }) }) },
  { weight: 1, arbitrary: fc.record({ unit: fc.constant('M' as const), value: fc.integer({ min: 1, max: 6 }) }) },
  { weight: 1, arbitrary: fc.constant({ unit: '0' as const, value: 0 }) },
)

export const hourLimits: fc.Arbitrary<Limit> = fc.record({
  unit: fc.constant('H' as const),
  value: fc.integer({ min: 1, max: 30 }),
})

/** Pauses near the start, some before it, some behind the end, some touching or overlapping. */
const pausesNear = (start: Instant, most = 4): fc.Arbitrary<Span[]> =>
  fc.array(
    fc
      .tuple(fc.integer({ min: -5 * MINUTES, max: 60 * MINUTES }), fc.integer({ min: 0, max: 25 * MINUTES }))
      .map(([from, length]) => ({
        from: asInstant(start + from * 60_000),
        to: asInstant(start + (from + length) * 60_000),
      })),
    { maxLength: most },
  )

export const clocks = (limits: fc.Arbitrary<Limit> = dayLimits, most = 4): fc.Arbitrary<ClockInput> =>
  instants(cn).chain((start) =>
    fc.record({
      start: fc.constant(start),
      limit: limits,
      pauses: pausesNear(start, most),
      extendWorkDays: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 15 })),
      rule: fc.boolean().map((countAcceptanceDay) => ({ ...DEFAULT_CLOCK_RULE, countAcceptanceDay })),
    }),
  )

const world = worldOf(cnDays)

export type Law = (engine: Engine) => fc.IProperty<unknown>

const anyClock = fc.oneof({ weight: 5, arbitrary: clocks() }, { weight: 1, arbitrary: clocks(hourLimits, 3) })

const greater = (limit: Limit): Limit => ({ ...limit, value: limit.value + 1 })

export const monotoneInLimit: Law = (e) =>
  fc.property(anyClock, (input) => {
    const wider =
      input.limit.unit === '0'
        ? { ...input, extendWorkDays: input.extendWorkDays + 1 }
        : { ...input, limit: greater(input.limit) }
    return e.due(cn, wider).dueAt >= e.due(cn, input).dueAt
  })

export const pauseNeverEarlier: Law = (e) =>
  fc.property(anyClock, fc.nat(3), (input, i) => {
    const without = { ...input, pauses: input.pauses.filter((_, n) => n !== i) }
    return e.due(cn, input).dueAt >= e.due(cn, without).dueAt
  })

export const orderOfPausesIsFree: Law = (e) =>
  fc.property(anyClock, fc.nat(), (input, turn) => {
    const n = input.pauses.length
    const turned = input.pauses.map((_, i) => input.pauses[(i + turn) % n] as Span)
    const asked = e.due(cn, input).dueAt
    return (
      asked === e.due(cn, { ...input, pauses: turned }).dueAt &&
      asked === e.due(cn, { ...input, pauses: turned.reverse() }).dueAt
    )
  })

export const splittingChangesNothing: Law = (e) =>
  fc.property(anyClock, fc.nat(3), fc.nat(1_000_000), (input, i, share) => {
    const pause = input.pauses[i]
    if (pause === undefined) return true
    const middle = asInstant(pause.from + Math.floor(((pause.to - pause.from) * share) / 1_000_000))
    const rest = input.pauses.filter((_, n) => n !== i)
    const split = [...rest, { from: pause.from, to: middle }, { from: middle, to: pause.to }]
    return e.due(cn, { ...input, pauses: split }).dueAt === e.due(cn, input).dueAt
  })

const workClocks = fc.oneof(
  clocks(fc.record({ unit: fc.constant('WD' as const), value: fc.integer({ min: 1, max: 45 }) }), 2),
  clocks(hourLimits, 2),
)

/** A pause from one day off to another of the same run of days off, near a clock. */
export const pauseOnDaysOffChangesNothing: Law = (e) =>
  fc.property(workClocks, fc.integer({ min: -3, max: 40 }), fc.nat(MINUTES - 1), (input, days, minute) => {
    let first: Day = asDay(cn.dayOf(input.start) + days)
    while (cn.isWorkDay(first)) first = asDay(first + 1)
    let last = first
    while (!cn.isWorkDay(asDay(last + 1))) last = asDay(last + 1)
    const from = cn.zone.at(first, minute)
    const pause = { from, to: asInstant(Math.max(from, cn.zone.at(last, 1439))) }
    // apart from the others: one that joins two of them is another matter
    const apart = input.pauses.every(({ from, to }) => cn.dayOf(to) < first - 1 || cn.dayOf(from) > last + 1)
    return !apart || e.due(cn, { ...input, pauses: [...input.pauses, pause] }).dueAt === e.due(cn, input).dueAt
  })

export const usedAndRemainingAreConstant: Law = (e) =>
  fc.property(anyClock, fc.integer({ min: 0, max: 90 }), fc.integer({ min: 0, max: 90 }), (input, a, b) => {
    const sum = (days: number): number => {
      const on = cn.workDayOnOrAfter(asDay(cn.dayOf(input.start) + days))
      const { used, remaining } = e.used(cn, input, cn.endOf(on))
      return used + remaining
    }
    return sum(a) === sum(b)
  })

export const nothingRemainsOnTheDueDay: Law = (e) =>
  fc.property(anyClock, (input) => {
    const due = e.due(cn, input)
    return (
      e.used(cn, input, due.dueAt).remaining === 0 &&
      (input.limit.unit === '0' || e.used(cn, input, input.start).remaining > 0 || input.rule.countAcceptanceDay)
    )
  })

/** Segments follow each other day by day, end on the due day, and count what the limit gives. */
export const segmentsSumToTheDueDay: Law = (e) =>
  fc.property(clocks(), (input) => {
    const due = e.due(cn, input)
    const segments = e.segments(cn, input, due)
    let reached = asDay(cn.dayOf(input.start) - 1)
    let counted = 0
    for (const segment of segments.slice(0, -1)) {
      if (segment.from !== reached + 1 || segment.to < segment.from) return false
      reached = segment.to
      counted += segment.counted
      const workDays = cn.countWorkDays(asDay(segment.from - 1), segment.to)
      const natural = segment.kind === 'count' && (input.limit.unit === 'ND' || input.limit.unit === 'M')
      const firstDay = segment.kind === 'accept'
      if (
        (segment.kind === 'count' || segment.kind === 'extend') &&
        segment.counted !== (natural ? segment.to - segment.from + 1 : workDays)
      )
        return false
      if (!firstDay && (segment.kind === 'pause' || segment.kind === 'roll') && segment.counted !== 0) return false
    }
    if (reached !== due.dueOn || segments.at(-1)?.kind !== 'due') return false
    return input.limit.unit !== 'WD' || counted === input.limit.value + input.extendWorkDays
  })

export const officeSegmentsSumToTheLimit: Law = (e) =>
  fc.property(clocks(hourLimits, 3), (input) => {
    const due = e.due(cn, input)
    const segments = e.segments(cn, input, due)
    const counted = segments.reduce((n, segment) => n + segment.counted, 0)
    return (
      counted === input.limit.value * 60 + input.extendWorkDays * cn.officeMinutes &&
      segments.at(-1)?.toAt === due.dueAt
    )
  })

export const agreesWithTheSlowCounter: Law = (e) =>
  fc.property(clocks(), (input) => printDay(e.due(cn, input).dueOn) === slowly(world, cn, input))

export const officeAgreesWithTheSlowCounter: Law = (e) =>
  fc.property(clocks(hourLimits, 2), (input) => {
    const { dueAt } = e.due(cn, input)
    return printInstant(dueAt, cn.zone).slice(0, 16) === slowly(world, cn, input) && dueAt % 60_000 === 0
  })

export const wayBackEndsAtTheAcceptance: Law = (e) => fc.property(clocks(), (input) => inverts(cn, input, e.due))

export const officeTimeCountsBack: Law = (e) => fc.property(clocks(hourLimits, 3), (input) => inverts(cn, input, e.due))
