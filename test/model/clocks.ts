// The clocks of a case (T7, T10, T11, T9): which limit holds, when it runs out as it stands and as pauses and extensions move
// it, and what of each extension is void.

import type { Fact } from '../../server/core/case/event.ts'
import { rollOn, workDaysAfter, workDaysIn } from './almanac.ts'
import { type DayNo, dayFrom, dayOf, endOf, MS_DAY, startOf } from './days.ts'
import type { Grounds } from './pauses.ts'
import { countedDayOf, type Limit, limitFrom, pastStops, type RunOut, runOut, type Stop } from './run-out.ts'
import type { Story } from './story.ts'
import { hit } from './tally.ts'
import { isAfter, isBare, placeOf } from './told.ts'
import { canSendOn, textIn, type World } from './world.ts'

/** What a clock may be measured by: a limit from its start, or a due said by an event as of an instant (T10). */
export interface Measure {
  readonly by: 'catalogue' | 'law' | 'stated' | 'green'
  readonly limit: Limit | null
  /** An instant, or a day as its number. */
  readonly due: { readonly at: number; readonly day: DayNo; readonly bare: boolean; readonly asOf: number } | null
}

export type ExtensionFault = 'late' | 'second' | 'over'

export interface Clock {
  readonly measure: Measure
  readonly startAt: number
  readonly plain: RunOut
  readonly due: RunOut
  /** Working days by which it was lengthened. */
  readonly extension: number
  readonly stops: readonly Stop[]
  readonly faults: ReadonlyMap<Fact, ExtensionFault>
  /** Its stated measure runs out later than the catalogue's (D-06). */
  readonly laterStated: boolean
}

export interface Setting {
  readonly world: World
  readonly story: Story
  readonly grounds: Grounds
  readonly startAt: number
  /** Of a start known by its day alone its last instant: office hours and 即办 run from there for sure (I15). */
  readonly startsBy: number
  readonly stops: readonly Stop[]
}

const beginOf = (at: Setting, { unit }: Limit): number => ('H0'.includes(unit) ? at.startsBy : at.startAt)

const groundOf = ({ world, grounds }: Setting) => ({ calendar: grounds.calendar, school: world.school })

export const dueIn = (value: unknown, asOf: number): Measure['due'] => {
  if (typeof value === 'string') return { at: endOf(dayFrom(value)), day: dayFrom(value), bare: true, asOf }
  return typeof value === 'number' ? { at: value, day: dayOf(value), bare: false, asOf } : null
}

/** The due as a limit of as many working days (T10). */
const asWorkDays = (at: Setting, due: NonNullable<Measure['due']>): Limit => ({
  n: workDaysIn(at.grounds.calendar, dayOf(at.startAt), due.day),
  unit: 'WD',
})

export const plainOf = (at: Setting, { limit, due }: Measure): RunOut => {
  if (limit !== null) return runOut(groundOf(at), beginOf(at, limit), limit)
  const { at: instant, day } = due as NonNullable<Measure['due']>
  return { day, at: instant, provisional: false }
}

const stopsFor = (at: Setting, measure: Measure): readonly Stop[] =>
  measure.due === null ? at.stops : at.stops.filter(({ begunBy }) => begunBy >= (measure.due?.asOf ?? 0))

/** When it runs out with these pauses and so many working days more. */
const movedBy = (at: Setting, measure: Measure, stops: readonly Stop[], extension: number): RunOut => {
  if (measure.limit !== null) return runOut(groundOf(at), beginOf(at, measure.limit), measure.limit, stops, extension)
  const due = measure.due as NonNullable<Measure['due']>
  const { calendar } = at.grounds
  const school = { ...at.world.school, countAcceptanceDay: false, dueAtClosing: false }
  const limit = asWorkDays(at, due)
  const on = (day: DayNo): number => (due.bare ? endOf(day) : due.at + (day - due.day) * MS_DAY)
  let day = extension === 0 ? due.day : workDaysAfter(calendar, due.day, extension)
  const used: Stop[] = []
  for (const stop of stops.toSorted((a, b) => a.from - b.from)) {
    // begun when it had run out, it moves nothing
    if (stop.from > on(day)) break
    used.push(stop)
    const counted = countedDayOf({ calendar, school }, at.startAt, limit.n + extension, used)
    const isMoved = counted > countedDayOf({ calendar, school }, at.startAt, limit.n + extension, [])
    // with nothing left when it begins, the first working day on or after its end (T5)
    const isSpent = dayOf(stop.to) > dayOf(stop.from) && counted <= dayOf(stop.from)
    const ended = isSpent ? rollOn(calendar, dayOf(stop.to)) : day
    day = Math.max(day, ended, pastStops(calendar, isMoved ? counted : day, used))
  }
  if (day === due.day) return plainOf(at, measure)
  hit(extension > 0 ? 'T10 stated due moved by an extension' : 'T10 stated due moved by a pause')
  return { day, at: on(day), provisional: day > calendar.certainTo }
}

const maximumOf = (at: Setting): number => {
  const own = at.grounds.item?.extension_max
  if (typeof own === 'number') hit('T7 maximum of the item')
  if (typeof own === 'number') return own
  const joint = isJoint(at)
  hit(joint ? 'T7 maximum of joint handling' : 'T7 maximum of the law')
  return joint ? 15 : 10
}

/** 许可 42: handled jointly by the catalogue, or in fact, where a member was asked within the ordinary statute. */
const isJoint = (at: Setting): boolean => {
  if (at.grounds.item?.joint === true) return true
  if (at.story.dispatches.length === 0) return false
  const ordinary = runOut(groundOf(at), at.startAt, { n: 20, unit: 'WD' }, at.stops)
  return at.story.dispatches.some(({ fact }) => fact.at <= ordinary.at && !isAfter(fact, at.story.conclusion))
}

/** When an extension was approved: as it says, else when it came (T7). */
export const approvedOf = (fact: Fact): number =>
  typeof fact.payload.approved_at === 'number' ? fact.payload.approved_at : fact.at

interface Lengthened {
  readonly extension: number
  readonly faults: ReadonlyMap<Fact, ExtensionFault>
}

/** What each extension makes of this clock, in the order of the events (T7). */
const lengthen = (at: Setting, measure: Measure): Lengthened => {
  let extension = 0
  let extended = false
  const faults = new Map<Fact, ExtensionFault>()
  const stops = stopsFor(at, measure)
  const known = (fact: Fact): boolean =>
    typeof fact.payload.approved_at === 'number' ||
    canSendOn(at.world, fact.source, 'EXTEND.approved_at', dayOf(fact.at))
  for (const fact of at.story.extensions.toSorted((a, b) => approvedOf(a) - approvedOf(b))) {
    const stated = fact.payload.approved_at
    const approvedAt = approvedOf(fact)
    // a stated due holds what had been approved: that one was the first
    const approvedBy = typeof stated === 'number' ? approvedAt : placeOf(fact)
    if (!extended && measure.due !== null && approvedBy < measure.due.asOf) {
      extended = true
      continue
    }
    const begun = stops.filter(({ from }) => from < approvedAt)
    const due = movedBy(at, measure, begun, extension)
    // a pause that began when the limit had run out moved nothing, and nothing is in time within it
    const inside = begun.some((stop) => {
      const before = movedBy(
        at,
        measure,
        begun.filter(({ from }) => from < stop.from),
        extension,
      )
      return stop.from <= before.at && approvedAt < stop.to
    })
    const bare = typeof stated !== 'number' && isBare(fact)
    const inTime = !known(fact) || inside || (bare ? dayOf(approvedAt) <= due.day : approvedAt <= due.at)
    if (!known(fact)) hit('I12 EXTEND.approved_at cannot be sent')
    if (inside) hit('T7 approved inside a pause')
    const days = typeof fact.payload.days === 'number' ? fact.payload.days : 0
    if (extended) faults.set(fact, 'second')
    else if (!inTime) faults.set(fact, 'late')
    else {
      extended = true
      if (days > maximumOf(at)) faults.set(fact, 'over')
      extension = Math.min(days, maximumOf(at))
    }
    hit(`T7 extension ${faults.get(fact) ?? 'in time'}`)
  }
  return { extension, faults }
}

const clockBy = (at: Setting, measure: Measure, laterStated: boolean): Clock => {
  const { extension, faults } = lengthen(at, measure)
  const stops = stopsFor(at, measure)
  return {
    measure,
    startAt: measure.limit === null ? at.startAt : beginOf(at, measure.limit),
    plain: plainOf(at, measure),
    due: movedBy(at, measure, stops, extension),
    extension,
    stops,
    faults,
    laterStated,
  }
}

/** When a measure runs out by what was known then, unmoved since (T10); a bare day for sure when over, perhaps when begun. */
const standingAt = (at: Setting, measure: Measure, asOf: number, perhaps: boolean): number => {
  if (measure.due !== null) return measure.due.at
  const known = (fact: Fact): boolean =>
    (perhaps || typeof fact.payload.approved_at === 'number' ? approvedOf(fact) : placeOf(fact)) < asOf
  const then = {
    ...at,
    stops: at.stops.filter(({ from, begunBy }) => (perhaps ? from : begunBy) < asOf),
    story: { ...at.story, extensions: at.story.extensions.filter(known) },
  }
  return movedBy(then, measure, then.stops, lengthen(then, measure).extension).at
}

/** Which of the catalogue's measure and the stated ones holds: the earlier, as they stand when it is said (T10). */
export const clockOf = (at: Setting, catalogue: Measure | null, stated: readonly Measure[], asOf = 0): Clock | null => {
  const standing = (measure: Measure, perhaps = false): number => standingAt(at, measure, asOf, perhaps)
  // of a limit and a due in one event the earlier is what it says
  const first = stated.toSorted((a, b) => standing(a) - standing(b))[0]
  if (catalogue === null) {
    if (first !== undefined) hit('T10 stated where the catalogue has none')
    return first === undefined ? null : clockBy(at, first, false)
  }
  if (first === undefined) return clockBy(at, catalogue, false)
  const later = [false, true].every((perhaps) => standing(first, perhaps) > standing(catalogue, perhaps))
  if (later) hit('T10 stated later than the catalogue')
  if (standing(first) >= standing(catalogue)) return clockBy(at, catalogue, later)
  hit('T10 stated earlier than the catalogue')
  return clockBy(at, first, later)
}

const measureOf = (by: Measure['by'], text: string | null): Measure | null =>
  text === null ? null : { by, limit: limitFrom(text), due: null }

/** As of when an event says its dues: as it says itself, else its own instant (T10). */
export const asOfIn = ({ at, payload, edition }: Fact): number => {
  const stated = payload.due_as_of
  if (stated !== undefined) hit('T10 due_as_of stated')
  if (typeof stated === 'string') return startOf(dayFrom(stated))
  if (typeof stated === 'number') return stated
  // of a register, as of its export
  if (edition !== null) hit('T10 due as of the export')
  return edition?.asOf ?? at
}

const statedBy = (accepted: Fact | null, limitKey: string, dueKey: string): Measure[] => {
  const out: Measure[] = []
  const limit = accepted?.payload[limitKey] as { value: number; unit: Limit['unit'] } | null | undefined
  if (limit !== null && limit !== undefined)
    out.push({ by: 'stated', limit: { n: limit.value, unit: limit.unit }, due: null })
  const due = accepted === null ? null : dueIn(accepted.payload[dueKey], asOfIn(accepted))
  if (due !== null) hit(due.bare ? 'T3 stated date' : 'T3 stated instant')
  if (due !== null) out.push({ by: 'stated', limit: null, due })
  return out
}

const isImmediate = ({ grounds, story }: Setting): boolean =>
  (story.accepted?.payload.project_type ??
    story.received?.payload.project_type ??
    textIn(grounds.item, 'project_type')) === '1'

const NO_MARKS = new Set(['', '0', 'n', 'no', 'f', 'false', '否', '无', '非'])
const isMarked = (value: unknown): boolean =>
  value === true || (typeof value === 'string' && !NO_MARKS.has(value.trim().toLowerCase()))

const greenOf = (at: Setting): Measure | null => {
  const limits = at.world.school.green
  if (limits === null || !isMarked(at.story.received?.payload.green_channel)) return null
  const named = limits[String(at.story.received?.payload.green_channel)]
  return measureOf(
    'green',
    named ?? limits[textIn(at.grounds.item, 'green_class') ?? 'general'] ?? limits.general ?? null,
  )
}

export interface MainClocks {
  readonly promise: Clock | null
  readonly statute: Clock | null
}

/** Promise and statute of an accepted case. */
export const mainClocks = (at: Setting): MainClocks => {
  const { item } = at.grounds
  const { accepted } = at.story
  const asOf = accepted === null ? at.startAt : asOfIn(accepted)
  const statedStatute = statedBy(accepted, 'legal_limit', 'legal_due_at')
  let statute = clockOf(at, measureOf('catalogue', textIn(item, 'statute')), statedStatute, asOf)
  if (statute === null && textIn(item, 'item_type') === '01') {
    hit('T10 permit without a statute')
    if (isJoint(at)) hit('T9 permit handled jointly')
    statute = clockOf(at, measureOf('law', isJoint(at) ? '45WD' : '20WD'), [])
  }
  let promise = clockOf(
    at,
    measureOf('catalogue', textIn(item, 'promise')),
    statedBy(accepted, 'promise_limit', 'promise_due_at'),
    asOf,
  )
  if (promise === null && isImmediate(at)) {
    hit('T10 immediate item without a promise')
    promise = clockOf(at, { by: 'law', limit: { n: 0, unit: '0' }, due: null }, [])
  }
  const green = greenOf(at)
  if (green !== null) {
    const channel = clockOf(at, green, []) as Clock
    const main = promise ?? statute
    const used = main === null || channel.due.at < main.due.at
    hit(used ? 'T11 green channel used' : 'T11 green channel not used')
    if (used) promise = { ...channel, laterStated: promise?.laterStated ?? false }
  }
  if (promise !== null && statute !== null && promise.due.at > statute.due.at) {
    hit('T10 promise later than the statute')
    promise = { ...statute, laterStated: promise.laterStated }
  }
  if (promise === null && statute === null) hit('T10 undated')
  return { promise, statute }
}
