// Calendars out of the rows of a table of days (I9, T1, T1a): whole ones, and notices laid upon the calendar in force: a day
// they list replaces that day, all other days stand, and the coverage is what the notice says (reach.ts). A calendar in
// which a disputed day would be new is refused whole, whatever is left out.

import type { CalendarFile } from '../../contract/catalogue.ts'
import type { CalendarCoverage, MasterFault } from '../../contract/master.ts'
import { parseDay, printDay } from '../../core/time/civil.ts'
import { asDay } from '../../core/time/instant.ts'
import type { Place } from '../files/row.ts'
import type { CalendarRows, CalendarTable } from './calendar.ts'
import { masterFault } from './faults.ts'
import { dayBefore, reachOf, unnamedIn } from './reach.ts'

type Years = Pick<CalendarFile, 'from' | 'to'>

const sortedDays = (rows: CalendarRows): string[] => [...rows.days.keys()].sort()

/** What a file makes of a calendar: the calendar, and by what it reaches as far as it does. */
interface Laid {
  readonly file: CalendarFile
  readonly coverage: CalendarCoverage
}

const isDayAfter = (after: string, before: string): boolean => {
  const end = parseDay(before)
  return end !== null && after > printDay(asDay(end + 1))
}

const placeOf = (rows: CalendarRows, field: string) => ({ place: rows.place, table: 'calendars', field })

/** A reach that is asked for must hold all that is named. */
const shortReach = (rows: CalendarRows, to: string, last: string): MasterFault | null => {
  if (parseDay(to) === null) return masterFault('not_a_day', placeOf(rows, 'to'), to)
  return to < last ? masterFault('coverage_short', placeOf(rows, 'to'), `${to} < ${last}`) : null
}

/** The calendar that holds once a notice is laid upon it, or why it cannot be. */
const laid = (rows: CalendarRows, current: CalendarFile, coversTo: string | null): Laid | MasterFault => {
  const named = sortedDays(rows)
  const first = named[0] ?? current.from
  const last = named[named.length - 1] ?? current.to
  const days = new Map(current.days.map((day) => [day.on, day]))
  for (const day of rows.days.values()) days.set(day.on, day)
  const from = rows.own.from ?? `${first.slice(0, 4)}-01-01`
  if (isDayAfter(from, current.to))
    return masterFault('calendar_gap', placeOf(rows, 'calendar_id'), `${current.to} → ${from}`)
  const { statutory } = current
  const isAhead = last > current.to || rows.own.to !== undefined || coversTo !== null
  const reach = reachOf({ stated: rows.own.to, asked: coversTo, last, named: new Set(days.keys()), statutory })
  const short = isAhead ? shortReach(rows, reach.to, last) : null
  if (short !== null) return short
  const to = isAhead && reach.to > current.to ? reach.to : current.to
  const { name: _, sources = [], from: _from, to: _to, ...own } = rows.own
  const known = current.sources ?? []
  const file: CalendarFile = {
    ...current,
    ...own,
    from: from < current.from ? from : current.from,
    to,
    days: [...days.values()].sort((a, b) => (a.on < b.on ? -1 : 1)),
    ...(known.length + sources.length === 0
      ? {}
      : { sources: [...known, ...sources.filter((source) => !known.includes(source))] }),
  }
  const by = to > current.to ? reach.by : 'unchanged'
  const unnamed = unnamedIn(statutory, new Set(days.keys()), { after: current.to, upTo: to })
  return { file, coverage: coverageOf(file, { before_to: current.to, by, unnamed }) }
}

const coverageOf = (
  { calendar_id, name, from, to }: CalendarFile,
  more: Pick<CalendarCoverage, 'before_to' | 'by' | 'unnamed'>,
): CalendarCoverage => ({ calendar_id, name, from, to, ...more })

/** Calendars of a document, which says of each how far it reaches. */
export const statedCoverage = (
  calendars: readonly CalendarFile[],
  current: (id: string) => CalendarFile | null,
): CalendarCoverage[] =>
  calendars.map((file) => {
    const before = current(file.calendar_id)
    const statutory = file.statutory === undefined ? before?.statutory : file.statutory
    const named = new Set(file.days.map(({ on }) => on))
    const span = { after: before?.to ?? dayBefore(file.from), upTo: file.to }
    const unnamed = unnamedIn(statutory, named, span)
    return coverageOf(file, { before_to: before?.to ?? null, by: 'stated', unnamed })
  })

const whole = (rows: CalendarRows, coversTo: string | null): Laid | MasterFault => {
  const { own, id } = rows
  const named = sortedDays(rows)
  const last = named[named.length - 1] ?? ''
  // the first day of what notices cover cannot be told from the days they name
  if (own.from === undefined) return masterFault('missing', placeOf(rows, 'from'))
  if (own.to === undefined && coversTo === null && last === '') return masterFault('missing', placeOf(rows, 'to'))
  const statutory = own.statutory
  const { to, by } = reachOf({ stated: own.to, asked: coversTo, last, named: new Set(named), statutory })
  const short = shortReach(rows, to, last)
  if (short !== null) return short
  const days = [...rows.days.values()].sort((a, b) => (a.on < b.on ? -1 : 1))
  const file: CalendarFile = { name: id, zone: '', ...own, calendar_id: id, from: own.from, to, days }
  const unnamed = unnamedIn(statutory, new Set(named), { after: dayBefore(own.from), upTo: to })
  return { file, coverage: coverageOf(file, { before_to: null, by, unnamed }) }
}

interface Made {
  readonly calendars: CalendarFile[]
  /** How far each of them reaches, and by what. */
  readonly coverage: CalendarCoverage[]
  /** Of calendars that cannot be. */
  readonly faults: MasterFault[]
  /** Of days left as they stand in force. */
  readonly kept: MasterFault[]
}

/** What becomes of disputed days: told where one stands in force, and past what is in force they are refused. */
const tellDisputedDays = (rows: CalendarRows, { from, to }: Years, known: Years | null, made: Made): boolean => {
  const { faults, kept } = made
  const before = faults.length
  for (const [on, place] of rows.disputedDays) {
    const at = { place, table: 'calendars', field: 'on' }
    if (known !== null && on >= known.from && on <= known.to) kept.push(masterFault('day_kept', at, on))
    else if (known === null || (on >= from && on <= to)) faults.push(masterFault('disputed_day', at, on))
  }
  return faults.length > before
}

export interface InForce {
  /** The calendar in force under an id, as its document wrote it. */
  readonly current: (id: string) => CalendarFile | null
  /** How far whoever loads the file says that it reaches; null: nothing is said. */
  readonly coversTo: string | null
}

const refusedRows = (rows: CalendarRows, lostAt: Place | null): MasterFault[] => {
  const { disputed, id } = rows
  if (disputed.length > 0)
    return disputed.map(({ field, detail }) => masterFault('differs', placeOf(rows, field), detail))
  if (lostAt === null) return []
  return [masterFault('unread_day', { place: lostAt, table: 'calendars', field: 'calendar_id' }, id)]
}

/** Calendars of a file, notices laid upon those in force. */
export const calendarsFrom = (table: CalendarTable, { current, coversTo }: InForce): Made => {
  const made: Made = { calendars: [], coverage: [], faults: [], kept: [] }
  for (const rows of table.all()) {
    const { own, days, disputedDays, isWhole } = rows
    const refused = refusedRows(rows, table.lostAt)
    made.faults.push(...refused)
    if (refused.length > 0) continue
    // all it named was left out
    const isNothing = days.size === 0 && Object.keys(own).length === 0
    if (isNothing && disputedDays.size === 0) continue
    const known = isWhole ? null : current(rows.id)
    const one = isWhole
      ? whole(rows, coversTo)
      : known === null
        ? masterFault('unknown_calendar', placeOf(rows, 'calendar_id'), rows.id)
        : laid(rows, known, coversTo)
    if ('code' in one) made.faults.push(one)
    else if (!tellDisputedDays(rows, isNothing && known !== null ? known : one.file, known, made) && !isNothing) {
      made.calendars.push(one.file)
      made.coverage.push(one.coverage)
    }
  }
  return made
}
