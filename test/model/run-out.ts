// When a limit runs out (T2–T6): counted forward day by day, in hours minute by minute, with the paused days left out one by
// one. Nothing is added or subtracted that could be walked.

import { type Almanac, closingOf, isOffice, isWork, rollOn, workDaysAfter } from './almanac.ts'
import { type DayNo, dayOf, endOf, MS_MINUTE, monthsAfter } from './days.ts'
import { hit } from './tally.ts'
import type { School } from './world.ts'

export interface Limit {
  readonly n: number
  readonly unit: 'WD' | 'ND' | 'M' | 'H' | '0'
}

/** A lawful pause as a clock sees it: [from, to) in instants, its days beside them. */
export interface Stop {
  readonly from: number
  readonly to: number
  /** Of a bare day its last instant, by which it had surely begun. */
  readonly begunBy: number
  /** Up to when it may have gone on: in office hours it is taken at its longest (I15). */
  readonly hoursTo: number
}

export interface Ground {
  readonly calendar: Almanac
  readonly school: School
}

export interface RunOut {
  readonly day: DayNo
  readonly at: number
  readonly provisional: boolean
}

const LIMIT = /^(\d+)(WD|ND|M|H)$/

export const limitFrom = (text: string): Limit => {
  const found = LIMIT.exec(text)
  return found === null ? { n: 0, unit: '0' } : { n: Number(found[1]), unit: found[2] as Limit['unit'] }
}

/** The days [begin, end] of each pause; the first counts as used, the last does not (T5). */
const daysOf = (stops: readonly Stop[], start: DayNo): (readonly [DayNo, DayNo])[] =>
  stops.map((stop) => {
    if (dayOf(stop.from) < start && dayOf(stop.to) > start) hit('T5 pause begun before acceptance')
    if (dayOf(stop.from) === dayOf(stop.to)) hit('T5 pause of one day')
    return [Math.max(dayOf(stop.from), start), dayOf(stop.to)] as const
  })

const isPaused = (pauses: readonly (readonly [DayNo, DayNo])[], day: DayNo): boolean => {
  const covering = pauses.filter(([from, to]) => from < day && day <= to)
  if (covering.length > 1) hit('T5 overlapping pauses')
  return covering.length > 0
}

/** With nothing left of the limit when a pause begins, it runs out on the first working day on or after the pause's end. */
const pastPauses = (calendar: Almanac, pauses: readonly (readonly [DayNo, DayNo])[], due: DayNo): DayNo => {
  let day = due
  for (;;) {
    const open = pauses.find(([from, to]) => from <= day && to > day)
    if (open === undefined) return day
    hit('T5 nothing remains at the pause')
    day = rollOn(calendar, open[1])
  }
}

/** The n-th working day that the clock counts. */
const countedDay = (at: Ground, start: DayNo, n: number, pauses: readonly (readonly [DayNo, DayNo])[]): DayNo => {
  const { calendar, school } = at
  if (!isWork(calendar, start)) hit('T2 accepted on a rest day')
  let day = start
  let counted = school.countAcceptanceDay && isWork(calendar, start) ? 1 : 0
  if (school.countAcceptanceDay)
    hit(counted === 1 ? 'T2 acceptance day counted' : 'T2 acceptance day off, the next counted')
  while (counted < n) {
    day++
    if (isPaused(pauses, day)) hit('T5 paused day left out')
    else if (isWork(calendar, day)) counted++
  }
  return day
}

const workDays = (at: Ground, start: DayNo, n: number, pauses: readonly (readonly [DayNo, DayNo])[]): DayNo => {
  const day = countedDay(at, start, n, pauses)
  if (pauses.some(([from]) => from > day)) hit('T5 pause begun after the due day')
  return pastPauses(at.calendar, pauses, day)
}

/** A due day past the pauses that begin before it is over. */
export const pastStops = (calendar: Almanac, due: DayNo, stops: readonly Stop[]): DayNo =>
  pastPauses(
    calendar,
    stops.map(({ from, to }) => [dayOf(from), dayOf(to)] as const),
    due,
  )

/** The n-th working day of a clock, whatever pause begins on it. */
export const countedDayOf = (at: Ground, startAt: number, n: number, stops: readonly Stop[]): DayNo =>
  countedDay(at, dayOf(startAt), n, daysOf(stops, dayOf(startAt)))

/** The working days that a clock counted up to a day. */
export const countedIn = (at: Ground, startAt: number, to: DayNo, stops: readonly Stop[]): number => {
  const start = dayOf(startAt)
  const pauses = daysOf(stops, start)
  let n = at.school.countAcceptanceDay && isWork(at.calendar, start) ? 1 : 0
  for (let day = start + 1; day <= to; day++) if (!isPaused(pauses, day) && isWork(at.calendar, day)) n++
  return n
}

/** One pause after the other, those that touch taken as one. */
const united = (pauses: readonly (readonly [DayNo, DayNo])[]): (readonly [DayNo, DayNo])[] => {
  const sorted = [...pauses].filter(([from, to]) => to > from).sort((a, b) => a[0] - b[0] || a[1] - b[1])
  const out: [DayNo, DayNo][] = []
  for (const [from, to] of sorted) {
    const last = out.at(-1)
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to)
    else out.push([from, to])
  }
  return out
}

const naturalDays = (at: Ground, start: DayNo, limit: Limit, pauses: readonly (readonly [DayNo, DayNo])[]): DayNo => {
  const { calendar } = at
  let last = limit.unit === 'M' ? monthsAfter(start, limit.n) : start + limit.n
  for (const [from, to] of united(pauses)) {
    if (from > rollOn(calendar, last)) break
    hit(`T5 pause of a ${limit.unit} limit`)
    // begun on the rest days onto which it rolls, it leaves nothing before its own end
    last = Math.max(last, from)
    for (let day = from; day < to; day++) last++
  }
  const day = rollOn(calendar, last)
  if (day !== last) hit(`T4 ${limit.unit} rolls over rest days`)
  return day
}

const sameDay = (at: Ground, startAt: number, pauses: readonly (readonly [DayNo, DayNo])[]): DayNo => {
  const start = dayOf(startAt)
  const { calendar } = at
  if (isWork(calendar, start) && startAt <= closingOf(calendar, start)) {
    hit('T4 same working day')
    return pastPauses(calendar, pauses, start)
  }
  hit('T4 same day: the next working day')
  return pastPauses(calendar, pauses, workDaysAfter(calendar, start, 1))
}

/** The next instant at which office time or a pause may begin or end: the full minute, or a pause's own instant. */
const nextEdge = (at: number, stops: readonly Stop[]): number =>
  Math.min(
    (Math.floor(at / MS_MINUTE) + 1) * MS_MINUTE,
    ...stops.flatMap(({ from, to }) => [from, to]).filter((edge) => edge > at),
  )

/** The earliest instant by which so many office hours have passed, minute by minute. */
const officeHours = (calendar: Almanac, startAt: number, minutes: number, stops: readonly Stop[]): number => {
  if (!isOffice(calendar, startAt)) hit('T4 hours begin at the next opening')
  let left = minutes * MS_MINUTE
  for (let at = startAt; left > 0; ) {
    const next = nextEdge(at, stops)
    const paused = stops.some(({ from, to }) => from <= at && at < to)
    if (paused && isOffice(calendar, at)) hit('T5 paused minute of an H limit')
    if (!paused && isOffice(calendar, at)) {
      if (left <= next - at) return at + left
      left -= next - at
    }
    at = next
  }
  return startAt
}

/** Pauses as office hours see them: each to the last instant up to which it may have gone on (I15). */
export const inHours = (stops: readonly Stop[]): Stop[] => stops.map((stop) => ({ ...stop, to: stop.hoursTo }))

/** Minutes of one office day. */
export const officeDay = ({ spans }: Almanac): number => spans.reduce((sum, [open, close]) => sum + close - open, 0)

export const hoursAfter = (at: Ground, startAt: number, minutes: number, stops: readonly Stop[]): number =>
  officeHours(at.calendar, startAt, minutes, stops)

const endingOn = (at: Ground, day: DayNo): RunOut => {
  if (at.school.dueAtClosing) hit('T3 runs out at closing')
  else hit('T3 runs out with the last millisecond')
  const { calendar } = at
  const provisional = day > calendar.certainTo
  if (provisional) hit(day > calendar.coveredTo ? 'T13 past the calendar' : 'T13 last days of December')
  return { day, at: at.school.dueAtClosing ? closingOf(calendar, day) : endOf(day), provisional }
}

/** When a limit that begins at an instant runs out, with its pauses and the working days of an extension. */
export const runOut = (
  at: Ground,
  startAt: number,
  limit: Limit,
  stops: readonly Stop[] = [],
  extension = 0,
): RunOut => {
  const start = dayOf(startAt)
  const pauses = daysOf(stops, start)
  hit(`T4 unit ${limit.unit}`)
  if (limit.unit === 'H') {
    // an extension is told in working days: so many office days more
    const due = officeHours(at.calendar, startAt, limit.n * 60 + extension * officeDay(at.calendar), inHours(stops))
    return { day: dayOf(due), at: due, provisional: dayOf(due) > at.calendar.certainTo }
  }
  if (limit.unit === 'WD') return endingOn(at, workDays(at, start, limit.n + extension, pauses))
  const due = limit.unit === '0' ? sameDay(at, startAt, pauses) : naturalDays(at, start, limit, pauses)
  return endingOn(at, extension === 0 ? due : furtherDays(at.calendar, due, extension, pauses))
}

/** So many working days more after a due day; pauses that begin after it stop them too. */
const furtherDays = (
  calendar: Almanac,
  due: DayNo,
  extension: number,
  pauses: readonly (readonly [DayNo, DayNo])[],
): DayNo => {
  const later = pauses.filter(([from]) => from >= due)
  let day = due
  for (let left = extension; left > 0; ) {
    day++
    if (!isPaused(later, day) && isWork(calendar, day)) left--
  }
  return pastPauses(calendar, later, day)
}
