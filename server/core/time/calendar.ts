// A calendar: which days work, when the office is open, and how far the published notices reach (T1, T13).
// Built once from notices into prefix arrays; adding and counting working days are look-ups (T15).
// A regional calendar adds its days to its parent's. Outside the coverage only weekends and the statutory days of its table
// are known (T1a). Never reads a clock.

import { atOnce, LOT_VALUES, lotsOf, type Steps } from '../steps.ts'
import {
  CalendarError,
  type CalendarSource,
  type Coverage,
  isWeekend,
  type ListedDay,
  type MinuteSpan,
  readCoverage,
  readListed,
  readOfficeHours,
  readWeekend,
} from './calendar-source.ts'
import { dayFrom, printDay } from './civil.ts'
import { asDay, type Day, type Instant } from './instant.ts'
import { statutoryDays } from './statutory.ts'
import { type Zone, zoneSteps } from './zone.ts'

export type DayKind = 'work' | 'makeup' | 'weekend' | 'holiday'

export interface Calendar {
  readonly id: string
  readonly name: string
  readonly zone: Zone
  /** Names the notices it was built from, for explanations. */
  readonly version: string
  readonly from: Day
  readonly to: Day
  /** Last day that no missing notice can still change (T13). */
  readonly certainTo: Day
  isWorkDay(d: Day): boolean
  kindOf(d: Day): DayKind
  /** The holiday's name on its days off and make-up days. */
  nameOf(d: Day): string | null
  /** The n-th working day strictly after d; n < 0: strictly before; 0: d itself. */
  addWorkDays(d: Day, n: number): Day
  /** Working days in (after, upTo]; 0 when upTo is not after. */
  countWorkDays(after: Day, upTo: Day): number
  workDayOnOrAfter(d: Day): Day
  workDayOnOrBefore(d: Day): Day
  dayOf(at: Instant): Day
  startOf(d: Day): Instant
  endOf(d: Day): Instant
  /** Office spans of a working day, each [from, to); [] on a day off. */
  spansOf(d: Day): readonly (readonly [Instant, Instant])[]
  openingOf(d: Day): Instant | null
  closingOf(d: Day): Instant | null
  /** The instant itself when the office is open at it, else the next opening of any span. */
  nextOpening(at: Instant): Instant
  isCovered(d: Day): boolean
  /** Off by statute, and no notice has said so of this very day (T1a). */
  isByStatute(d: Day): boolean
  /** Minutes of office time in a working day. */
  readonly officeMinutes: number
  /** Office time of all days up to and with d, ms: the table of hours, as countWorkDays is that of days (T15). */
  officeMsUpTo(d: Day): number
  /** The first day by whose end so much office time has passed. */
  officeDayOf(ms: number): Day
  /** What a regional calendar inherits. */
  readonly inherit: Inherited
}

export interface Inherited {
  readonly listed: ReadonlyMap<Day, ListedDay>
  readonly weekend: number
  readonly hours: readonly MinuteSpan[]
  /** The table of statutory days; null: none. */
  readonly statutory: string | null
}

/** First and last day a calendar can speak of; stamps beyond it are a RangeError, never a guess. */
export const FIRST_DAY = dayFrom(1970, 1, 1)
export const LAST_DAY = dayFrom(2150, 12, 31)

const SIZE = LAST_DAY - FIRST_DAY + 1

const DEFAULT_HOURS: readonly MinuteSpan[] = [
  [9 * 60, 12 * 60],
  [13 * 60 + 30, 17 * 60 + 30],
]

const SATURDAY_AND_SUNDAY = (1 << 6) | (1 << 7)

/** A regional calendar is its parent before its first notice; past its last one, or the parent's, nothing is certain. */
function coverageOf(own: Coverage, parent: Calendar | undefined): Coverage {
  if (parent === undefined) return own
  const to = asDay(Math.min(own.to, parent.to))
  return { from: parent.from, to, certainTo: asDay(Math.min(own.certainTo, parent.certainTo)) }
}

function* zoneFor(source: CalendarSource, parent: Calendar | undefined): Steps<Zone> {
  if (parent?.zone.name === source.zone) return parent.zone
  try {
    return yield* zoneSteps(source.zone)
  } catch (error) {
    throw new CalendarError('unknown_zone', '/zone', error instanceof Error ? error.message : String(error))
  }
}

/** A statutory day is off by the statute itself, inside the coverage and past it, even where a notice says it works (T1a). */
function addStatutory(listed: Map<Day, ListedDay>, statutory: string | null): void {
  if (statutory === null) return
  const table = statutoryDays(statutory)
  if (table === null) {
    throw new CalendarError('unknown_statutory', '/statutory', `No table of statutory days is called "${statutory}".`)
  }
  for (const [day, name] of table)
    if (listed.get(day)?.kind !== 'off') listed.set(day, { kind: 'off', name, byStatute: true })
}

function* inheritedOf(source: CalendarSource, own: Coverage, parent: Calendar | undefined): Steps<Inherited> {
  const listed = new Map(parent?.inherit.listed)
  for (const [day, entry] of yield* readListed(source, own)) listed.set(day, entry)
  const statutory = source.statutory === undefined ? (parent?.inherit.statutory ?? null) : source.statutory
  addStatutory(listed, statutory)
  return {
    listed,
    statutory,
    weekend: readWeekend(source) ?? parent?.inherit.weekend ?? SATURDAY_AND_SUNDAY,
    hours: readOfficeHours(source) ?? parent?.inherit.hours ?? DEFAULT_HOURS,
  }
}

/** Working days by number, and for each day how many working days have passed with it. */
interface Table {
  /** ordinal[i]: working days in the table up to and including day i. */
  readonly ordinal: Int32Array
  /** workDays[n]: the day whose ordinal is n + 1. */
  readonly workDays: Int32Array
  /** startMs[i]: first instant of day i; one more than days. */
  readonly startMs: Float64Array
}

/** Days of a table that are laid before the others have their turn. */
const LOT_DAYS = 10 * LOT_VALUES

function* tableOf({ listed, weekend }: Inherited, zone: Zone): Steps<Table> {
  const isFull = lotsOf(LOT_DAYS)
  const ordinal = new Int32Array(SIZE)
  const workDays = new Int32Array(SIZE)
  const startMs = new Float64Array(SIZE + 1)
  let count = 0
  for (let i = 0; i < SIZE; i++) {
    if (isFull()) yield
    const day = asDay(FIRST_DAY + i)
    const entry = listed.get(day)
    if (entry === undefined ? !isWeekend(weekend, day) : entry.kind === 'work') workDays[count++] = day
    ordinal[i] = count
    startMs[i] = zone.startOf(day)
  }
  startMs[SIZE] = zone.startOf(asDay(LAST_DAY + 1))
  return { ordinal, workDays: workDays.subarray(0, count), startMs }
}

function outside(day: number): never {
  const shown = Number.isSafeInteger(day) && Math.abs(day) < 3_000_000 ? printDay(asDay(day)) : String(day)
  throw new RangeError(
    `${shown} lies outside the days a calendar can count (${printDay(FIRST_DAY)} to ${printDay(LAST_DAY)}).`,
  )
}

/**
 * Builds a calendar. Throws CalendarError on an unknown zone, a bad date, a day outside the coverage or listed twice,
 * office hours that overlap. `version` defaults to the id and the last year covered. Stops after some days (I5).
 */
export function* calendarSteps(source: CalendarSource, parent?: Calendar, version?: string): Steps<Calendar> {
  if (source.parent !== undefined && parent?.id !== source.parent) {
    throw new CalendarError('bad_parent', '/parent', `The parent calendar "${source.parent}" is not at hand.`)
  }
  const own = readCoverage(source)
  const coverage = coverageOf(own, parent)
  const inherit = yield* inheritedOf(source, own, parent)
  const zone = yield* zoneFor(source, parent)
  const table = yield* tableOf(inherit, zone)
  return {
    id: source.calendar_id,
    name: source.name,
    zone,
    version: version ?? `${source.calendar_id} ${source.to.slice(0, 4)}`,
    ...coverage,
    inherit,
    officeMinutes: inherit.hours.reduce((sum, [from, to]) => sum + to - from, 0),
    isCovered: (d) => d >= coverage.from && d <= coverage.certainTo,
    isByStatute: (d) => inherit.listed.get(d)?.byStatute === true,
    ...dayArithmetic(table),
    ...dayNames(inherit),
    ...instantsOf(table, zone),
    ...officeOf(table, inherit, zone),
  }
}

/** As calendarSteps, at a stretch. */
export const buildCalendar = (...asked: Parameters<typeof calendarSteps>): Calendar => atOnce(calendarSteps(...asked))

function dayArithmetic({ ordinal, workDays }: Table) {
  const passed = (d: Day): number => ordinal[d - FIRST_DAY] ?? outside(d)
  const isWorkDay = (d: Day): boolean => d === workDays[passed(d) - 1]
  return {
    isWorkDay,
    addWorkDays(d: Day, n: number): Day {
      if (n === 0) return d
      const at = n > 0 ? passed(d) + n - 1 : passed(d) + n - (isWorkDay(d) ? 1 : 0)
      return asDay(workDays[at] ?? outside(d + n))
    },
    countWorkDays: (after: Day, upTo: Day): number => (upTo <= after ? 0 : passed(upTo) - passed(after)),
    workDayOnOrAfter: (d: Day): Day => (isWorkDay(d) ? d : asDay(workDays[passed(d)] ?? outside(d))),
    workDayOnOrBefore: (d: Day): Day => asDay(workDays[passed(d) - 1] ?? outside(d)),
  }
}

function dayNames({ listed, weekend }: Inherited) {
  return {
    kindOf(d: Day): DayKind {
      const entry = listed.get(d)
      const off = isWeekend(weekend, d)
      if (entry?.kind === 'off') return 'holiday'
      if (!off) return 'work'
      return entry === undefined ? 'weekend' : 'makeup'
    },
    nameOf: (d: Day): string | null => listed.get(d)?.name ?? null,
  }
}

function instantsOf({ startMs }: Table, zone: Zone) {
  const startOf = (d: Day): Instant => (startMs[d - FIRST_DAY] ?? outside(d)) as Instant
  return {
    dayOf: (at: Instant): Day => zone.dayOf(at),
    startOf,
    endOf: (d: Day): Instant => (startOf(asDay(d + 1)) - 1) as Instant,
  }
}

const DAY_LENGTH_MS = 86_400_000

/** For each day the office time passed with it; built when the first limit in hours asks. */
function officePassed({ ordinal, startMs }: Table, spansOf: Calendar['spansOf'], workDayMs: number): Float64Array {
  const passed = new Float64Array(SIZE)
  let sum = 0
  let before = 0
  for (let i = 0; i < SIZE; i++) {
    const works = (ordinal[i] as number) > before
    before = ordinal[i] as number
    if (works) {
      // a day on which the clocks are turned may be longer or shorter within its hours
      const isTurned = (startMs[i + 1] as number) - (startMs[i] as number) !== DAY_LENGTH_MS
      sum += isTurned ? spansOf(asDay(FIRST_DAY + i)).reduce((ms, [from, to]) => ms + to - from, 0) : workDayMs
    }
    passed[i] = sum
  }
  return passed
}

/** Office time as a table: two look-ups between instants, a search by halves to an instant. */
function officeTable(table: Table, spansOf: Calendar['spansOf'], workDayMs: number) {
  let built: Float64Array | null = null
  const passed = (): Float64Array => {
    built ??= officePassed(table, spansOf, workDayMs)
    return built
  }
  return {
    officeMsUpTo: (d: Day): number => (d < FIRST_DAY ? 0 : (passed()[d - FIRST_DAY] ?? outside(d))),
    officeDayOf(ms: number): Day {
      const all = passed()
      let low = 0
      let high = SIZE
      while (low < high) {
        const middle = (low + high) >> 1
        if ((all[middle] as number) < ms) low = middle + 1
        else high = middle
      }
      return low < SIZE ? asDay(FIRST_DAY + low) : outside(LAST_DAY + 1)
    },
  }
}

function officeOf(table: Table, { hours }: Inherited, zone: Zone) {
  const { isWorkDay, workDayOnOrAfter } = dayArithmetic(table)
  const first = (hours[0] as MinuteSpan)[0]
  const last = (hours[hours.length - 1] as MinuteSpan)[1]
  const spansOf = (d: Day): readonly (readonly [Instant, Instant])[] =>
    isWorkDay(d) ? hours.map(([from, to]) => [zone.at(d, from), zone.at(d, to)] as const) : []
  const workDayMs = hours.reduce((ms, [from, to]) => ms + (to - from) * 60_000, 0)
  return {
    spansOf,
    ...officeTable(table, spansOf, workDayMs),
    openingOf: (d: Day): Instant | null => (isWorkDay(d) ? zone.at(d, first) : null),
    closingOf: (d: Day): Instant | null => (isWorkDay(d) ? zone.at(d, last) : null),
    nextOpening(at: Instant): Instant {
      const today = zone.dayOf(at)
      for (const [from, to] of spansOf(today)) if (at < to) return at < from ? from : at
      return zone.at(workDayOnOrAfter(asDay(today + 1)), first)
    },
  }
}
