// A zone: the civil day, hour and wall minute of an instant, daylight saving included (T1).
// Its transitions are read once from Temporal into a table; after that a look-up is a binary search and nothing else.
// Never asks Intl or Temporal on the path of a case.

import { Temporal } from 'temporal-polyfill'
import { atOnce, type Steps } from '../steps.ts'
import { DAY_MS, MINUTE_MS } from './civil.ts'
import { asDay, asInstant, type Day, type Instant } from './instant.ts'

export interface Zone {
  readonly name: string
  dayOf(at: Instant): Day
  /** First instant of the day. A day that the zone skipped begins where the next one does. */
  startOf(day: Day): Instant
  /** Last millisecond of the day. */
  endOf(day: Day): Instant
  /** The instant of a wall minute, 0–1440; a time that is skipped moves forward, one that comes twice is the first. */
  at(day: Day, minuteOfDay: number): Instant
  /** Local hour, 0–23. */
  hourOf(at: Instant): number
  offsetMinutes(at: Instant): number
}

/** Offsets in ms from `starts[i]` on; `starts[0]` is −∞. */
interface Transitions {
  readonly starts: Float64Array
  readonly offsets: Float64Array
}

const FIRST_READ_MS = Date.UTC(1900, 0, 1)
const LAST_READ_MS = Date.UTC(2152, 0, 1)

const NS_PER_MS = 1_000_000

/** Wall offsets are kept to the minute: seconds of local mean time before 1928 are of no use to a case. */
const offsetOf = (z: Temporal.ZonedDateTime): number =>
  Math.round(z.offsetNanoseconds / NS_PER_MS / MINUTE_MS) * MINUTE_MS

/** Zones once read, by the names under which Temporal knows them: facts of the world that nobody changes. */
const READ = new Map<string, Zone>()

const beginningOf = (name: string): Temporal.ZonedDateTime => {
  try {
    return Temporal.Instant.fromEpochMilliseconds(FIRST_READ_MS).toZonedDateTimeISO(name)
  } catch {
    throw new RangeError(`Unknown time zone "${name}": an IANA name such as Asia/Shanghai is needed.`)
  }
}

function* readTransitions(first: Temporal.ZonedDateTime): Steps<Transitions> {
  let z = first
  const starts = [Number.NEGATIVE_INFINITY]
  const offsets = [offsetOf(z)]
  for (;;) {
    yield
    const next: Temporal.ZonedDateTime | null = z.getTimeZoneTransition('next')
    if (next === null || next.epochMilliseconds > LAST_READ_MS) break
    z = next
    starts.push(z.epochMilliseconds)
    offsets.push(offsetOf(z))
  }
  return { starts: Float64Array.from(starts), offsets: Float64Array.from(offsets) }
}

/** Index of the offset in force at an instant. */
function indexAt({ starts }: Transitions, ms: number): number {
  let low = 0
  let high = starts.length - 1
  if (ms >= (starts[high] as number)) return high
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] as number) <= ms) low = middle
    else high = middle - 1
  }
  return low
}

const offsetAt = (table: Transitions, ms: number): number => table.offsets[indexAt(table, ms)] as number

/** The instant of a wall time in ms since 1970 local, or NaN when the zone skips it. Two zone changes are never within a day. */
function instantOf(table: Transitions, local: number): number {
  const before = offsetAt(table, local - DAY_MS)
  if (offsetAt(table, local - before) === before) return local - before
  const after = offsetAt(table, local + DAY_MS)
  return offsetAt(table, local - after) === after ? local - after : Number.NaN
}

/** The zone change that skipped a wall time: the first instant behind the gap. */
const behindGap = (table: Transitions, local: number): number =>
  table.starts[indexAt(table, local - offsetAt(table, local - DAY_MS))] as number

/**
 * The zone of an IANA name, in whatever letters. Reading one for the first time takes up to half a second: it stops after each
 * of its changes (I5). Throws RangeError for a name that is none.
 */
export function* zoneSteps(name: string): Steps<Zone> {
  const first = beginningOf(name)
  const known = READ.get(first.timeZoneId)
  if (known !== undefined) return known.name === name ? known : { ...known, name }
  const zone = zoneFrom(first.timeZoneId, yield* readTransitions(first))
  READ.set(first.timeZoneId, zone)
  return zone.name === name ? zone : { ...zone, name }
}

export const zoneOf = (name: string): Zone => atOnce(zoneSteps(name))

function zoneFrom(name: string, table: Transitions): Zone {
  const startOf = (day: Day): Instant => {
    const ms = instantOf(table, day * DAY_MS)
    return asInstant(Number.isNaN(ms) ? behindGap(table, day * DAY_MS) : ms)
  }
  return {
    name,
    dayOf: (at) => asDay(Math.floor((at + offsetAt(table, at)) / DAY_MS)),
    startOf,
    endOf: (day) => asInstant(startOf(asDay(day + 1)) - 1),
    at(day, minuteOfDay) {
      const local = day * DAY_MS + minuteOfDay * MINUTE_MS
      const ms = instantOf(table, local)
      return asInstant(Number.isNaN(ms) ? local - offsetAt(table, local - DAY_MS) : ms)
    },
    hourOf(at) {
      const local = at + offsetAt(table, at)
      return Math.floor((local - Math.floor(local / DAY_MS) * DAY_MS) / 3_600_000)
    },
    offsetMinutes: (at) => offsetAt(table, at) / MINUTE_MS,
  }
}
