// Calendars out of the rows of a table of days (I9, T1, T1a): whole ones, and notices upon the calendar in force, kept as
// what they say. A calendar in which a disputed day would be new is refused whole, whatever is left out; a statutory day
// that is said to work is left out and told.

import type { CalendarFile, NoticeFile } from '../../contract/catalogue.ts'
import type { CalendarCoverage, MasterFault } from '../../contract/master.ts'
import { reachOf } from '../../core/law/reach.ts'
import { parseDay, printDay } from '../../core/time/civil.ts'
import { asDay } from '../../core/time/instant.ts'
import type { Place } from '../files/row.ts'
import type { CalendarRows, CalendarTable } from './calendar.ts'
import { type InForce, isWrongWork, statutoryOf, weighNotice, weighWhole } from './calendar-weighed.ts'
import { masterFault } from './faults.ts'

type Years = Pick<CalendarFile, 'from' | 'to'>

const sortedDays = (rows: CalendarRows): string[] => [...rows.days.keys()].sort()

/** What a file makes of a calendar: a whole one or a notice, how far it reaches, and what must be said yes to first. */
interface Laid {
  readonly file?: CalendarFile
  readonly notice?: NoticeFile
  readonly coverage: CalendarCoverage
  readonly faults: readonly MasterFault[]
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

const daysOf = (rows: CalendarRows): CalendarFile['days'] =>
  [...rows.days.values()].sort((a, b) => (a.on < b.on ? -1 : 1))

/** A notice upon the calendar in force, or why it cannot be. */
const laid = (rows: CalendarRows, current: CalendarFile, inForce: InForce): Laid | MasterFault => {
  const named = sortedDays(rows)
  const first = named[0] ?? current.from
  const last = named[named.length - 1] ?? current.to
  const { name: _, zone: __, to: stated, ...own } = rows.own
  const from = own.from ?? `${first.slice(0, 4)}-01-01`
  if (isDayAfter(from, current.to))
    return masterFault('calendar_gap', placeOf(rows, 'calendar_id'), `${current.to} → ${from}`)
  const to = stated ?? inForce.coversTo
  const short = to === null ? null : shortReach(rows, to, last)
  if (short !== null) return short
  const written = { calendar_id: rows.id, ...own, ...(to === null ? {} : { to }), days: daysOf(rows) }
  return weighNotice(written, current, placeOf(rows, 'on'), { ...inForce, coversTo: stated === undefined ? to : null })
}

const whole = (rows: CalendarRows, inForce: InForce): Laid | MasterFault => {
  const { coversTo } = inForce
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
  const file: CalendarFile = { name: id, zone: '', ...own, calendar_id: id, from: own.from, to, days: daysOf(rows) }
  return { file, ...weighWhole(file, by, placeOf(rows, 'from'), inForce) }
}

interface Made {
  readonly calendars: CalendarFile[]
  readonly notices: NoticeFile[]
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

/** Statutory days said to work are left out, each told at its row: they stay off. */
const leaveWrongWork = (rows: CalendarRows, current: CalendarFile | null, inForce: InForce, made: Made): void => {
  const frame = { ...(current ?? {}), ...rows.own }
  const statutory = statutoryOf(frame, inForce.current)
  for (const [on, day] of [...rows.days]) {
    if (!isWrongWork(statutory, day)) continue
    rows.days.delete(on)
    const place = rows.places.get(on) ?? rows.place
    made.kept.push(masterFault('statutory_work', { place, table: 'calendars', field: 'kind' }, on))
  }
}

const refusedRows = (rows: CalendarRows, lostAt: Place | null): MasterFault[] => {
  const { disputed, id } = rows
  if (disputed.length > 0)
    return disputed.map(({ field, detail }) => masterFault('differs', placeOf(rows, field), detail))
  if (lostAt === null) return []
  return [masterFault('unread_day', { place: lostAt, table: 'calendars', field: 'calendar_id' }, id)]
}

/** Whether rows say anything at all once what was left out is gone. */
const saysNothing = ({ days, own }: CalendarRows): boolean => days.size === 0 && Object.keys(own).length === 0

/** Calendars of a file, and its notices upon those in force. */
export const calendarsFrom = (table: CalendarTable, inForce: InForce): Made => {
  const made: Made = { calendars: [], notices: [], coverage: [], faults: [], kept: [] }
  for (const rows of table.all()) {
    const refused = refusedRows(rows, table.lostAt)
    made.faults.push(...refused)
    if (refused.length > 0) continue
    const inPlace = inForce.current(rows.id)
    leaveWrongWork(rows, inPlace, inForce, made)
    const isNothing = saysNothing(rows)
    if (isNothing && rows.disputedDays.size === 0) continue
    const known = rows.isWhole ? null : inPlace
    const one = rows.isWhole
      ? whole(rows, inForce)
      : known === null
        ? masterFault('unknown_calendar', placeOf(rows, 'calendar_id'), rows.id)
        : laid(rows, known, inForce)
    if ('code' in one) {
      made.faults.push(one)
      continue
    }
    const years = isNothing && known !== null ? known : one.coverage
    if (tellDisputedDays(rows, years, known, made) || isNothing) continue
    if (one.file !== undefined) made.calendars.push(one.file)
    if (one.notice !== undefined) made.notices.push(one.notice)
    made.coverage.push(one.coverage)
    made.faults.push(...one.faults)
  }
  return made
}
