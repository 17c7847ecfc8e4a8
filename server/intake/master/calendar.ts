// Calendars out of a table of days (I9, T1): rows of one calendar_id are one calendar. Rows that name its zone and coverage
// make a calendar of their own; rows that name days alone are a notice, which is laid upon the calendar in force: a day it
// lists replaces that day, all other days stand, and the coverage reaches as far as the notice's years. A day of which rows
// say two things is never quietly a working day: a calendar it would be new in is refused whole, whatever is left out.

import type { CalendarFile } from '../../contract/catalogue.ts'
import type { MasterFault } from '../../contract/master.ts'
import { parseDay, printDay } from '../../core/time/civil.ts'
import { asDay } from '../../core/time/instant.ts'
import type { Place } from '../files/row.ts'
import { whereIn } from './claims.ts'
import { masterFault, Untaken } from './faults.ts'

/** Columns of a table of days. `name` is the day's; what belongs to the calendar may stand on every row or on one. */
export const CALENDAR_FIELDS = [
  'calendar_id',
  'on',
  'kind',
  'name',
  'calendar_name',
  'calendar_name_en',
  'zone',
  'parent',
  'from',
  'to',
  'office_hours',
  'weekend',
  'certain_to_month_day',
  'source',
] as const

const OWN = {
  calendar_name: 'name',
  calendar_name_en: 'name_en',
  zone: 'zone',
  parent: 'parent',
  from: 'from',
  to: 'to',
  certain_to_month_day: 'certain_to_month_day',
} as const

type DayFile = CalendarFile['days'][number]

/** What rows of one calendar_id say. */
export interface CalendarRows {
  readonly id: string
  readonly place: Place
  readonly own: Partial<Omit<CalendarFile, 'days' | 'calendar_id'>>
  readonly days: Map<string, DayFile>
  /** What rows contradict each other in, beside days: such a calendar is none. */
  readonly disputed: { readonly field: string; readonly detail: string }[]
  /** Days of which rows say two things, with the row that said the second. */
  readonly disputedDays: Map<string, Place>
  /** Whether a row names the zone, be it one that is not taken: rows describe a whole calendar, or add to one. */
  isWhole: boolean
}

const KINDS: Readonly<Record<string, DayFile['kind']>> = { off: 'off', work: 'work', 休: 'off', 班: 'work' }

const hoursOf = (text: string): [string, string][] => {
  const pairs = [...text.matchAll(/(\d\d:\d\d)\s*[-–—~至]\s*(\d\d:\d\d)/g)]
  if (pairs.length === 0) throw new Untaken('shape', 'office_hours', text)
  return pairs.map(([, from = '', to = '']) => [from, to])
}

const weekendOf = (text: string): number[] => {
  const days = text.split(/[,;、\s]+/).map(Number)
  if (days.some((day) => !Number.isInteger(day) || day < 1 || day > 7)) throw new Untaken('shape', 'weekend', text)
  return days
}

const ownOf = (row: Readonly<Record<string, unknown>>): CalendarRows['own'] => {
  const own: Record<string, unknown> = {}
  for (const [field, name] of Object.entries(OWN)) if (row[field] !== undefined) own[name] = row[field]
  if (row.office_hours !== undefined) own.office_hours = hoursOf(String(row.office_hours))
  if (row.weekend !== undefined) own.weekend = weekendOf(String(row.weekend))
  if (row.source !== undefined) own.sources = [String(row.source)]
  return own
}

const dayOf = (row: Readonly<Record<string, unknown>>): DayFile | null => {
  if (row.on === undefined && row.kind === undefined) return null
  const on = String(row.on ?? '')
  if (parseDay(on) === null) throw new Untaken(on === '' ? 'missing' : 'not_a_day', 'on', on)
  const kind = KINDS[String(row.kind ?? '')]
  if (kind === undefined) throw new Untaken(row.kind === undefined ? 'missing' : 'not_listed', 'kind', String(row.kind))
  return row.name === undefined ? { on, kind } : { on, kind, name: String(row.name) }
}

interface DaySaid {
  readonly day: DayFile
  readonly place: Place
}

/** A name that is not said contradicts none. */
const contradicts = (one: DayFile, other: DayFile): boolean =>
  one.kind !== other.kind || (one.name !== undefined && other.name !== undefined && one.name !== other.name)

type OnDistrusted = (first: Place, why: Untaken) => void

export class CalendarTable {
  readonly #calendars = new Map<string, CalendarRows>()
  /** calendar and day → what rows say of it, each thing once. */
  readonly #said = new Map<string, DaySaid[]>()
  #lost: Place | null = null

  /** Takes in one row; whether it said anything new. Throws Untaken. `onDistrusted` hears of the rows it contradicts. */
  add(row: Readonly<Record<string, unknown>>, place: Place, onDistrusted: OnDistrusted): 'taken' | 'repeated' {
    const id = String(row.calendar_id ?? '')
    if (id === '') throw new Untaken('missing', 'calendar_id')
    const held = this.#calendarOf(id, place)
    const own = ownOf(row)
    const day = dayOf(row)
    if (own.zone !== undefined) held.isWhole = true
    for (const [field, value] of Object.entries(own)) {
      const known = (held.own as Record<string, unknown>)[field]
      if (known === undefined || JSON.stringify(known) === JSON.stringify(value)) continue
      const detail = `${String(known)} ≠ ${String(value)}`
      if (!held.disputed.some((one) => one.field === field)) held.disputed.push({ field, detail })
      throw new Untaken('differs', field, detail)
    }
    const isNew = day === null || this.#addDay(held, { day, place }, onDistrusted)
    Object.assign(held.own, own)
    return isNew ? 'taken' : 'repeated'
  }

  #calendarOf(id: string, place: Place): CalendarRows {
    const held = this.#calendars.get(id)
    if (held !== undefined) return held
    const made: CalendarRows = {
      id,
      place,
      own: {},
      days: new Map(),
      disputed: [],
      disputedDays: new Map(),
      isWhole: false,
    }
    this.#calendars.set(id, made)
    return made
  }

  /** Whether it says anything that no row before said of the day. */
  #addDay(held: CalendarRows, one: DaySaid, onDistrusted: OnDistrusted): boolean {
    const { day, place } = one
    const { on } = day
    const key = `${held.id}\n${on}`
    const said = this.#said.get(key) ?? []
    this.#said.set(key, said)
    const other = said.find((before) => contradicts(before.day, day))
    if (other !== undefined) {
      if (!held.disputedDays.has(on)) {
        held.disputedDays.set(on, place)
        held.days.delete(on)
        for (const before of said) onDistrusted(before.place, new Untaken('differs', 'on', `${on}, ${whereIn(place)}`))
      }
      said.push(one)
      throw new Untaken('differs', 'on', `${on}, ${whereIn(other.place)}`)
    }
    if (
      held.disputedDays.has(on) ||
      (said.length > 0 && (day.name === undefined || held.days.get(on)?.name === day.name))
    )
      return false
    said.push(one)
    held.days.set(on, day)
    return true
  }

  /** A row of some calendar could not be read: it may be the very day that is off. */
  lost(place: Place): void {
    this.#lost ??= place
  }

  /** The first row that could not be read. */
  get lostAt(): Place | null {
    return this.#lost
  }

  all(): CalendarRows[] {
    return [...this.#calendars.values()]
  }
}

type Years = Pick<CalendarFile, 'from' | 'to'>

/** `otherwise`: of rows that name neither days nor their coverage. */
const yearsOf = ({ own, days }: CalendarRows, otherwise: Years = { from: '', to: '' }): Years => {
  if (days.size === 0) return { from: own.from ?? otherwise.from, to: own.to ?? otherwise.to }
  const sorted = [...days.keys()].sort()
  const first = sorted[0] ?? ''
  const last = sorted[sorted.length - 1] ?? ''
  return { from: own.from ?? `${first.slice(0, 4)}-01-01`, to: own.to ?? `${last.slice(0, 4)}-12-31` }
}

const isDayAfter = (after: string, before: string): boolean => {
  const end = parseDay(before)
  return end !== null && after > printDay(asDay(end + 1))
}

/** The calendar that holds once a notice is laid upon it, or why it cannot be. */
const laid = (rows: CalendarRows, current: CalendarFile): CalendarFile | MasterFault => {
  const at = { place: rows.place, table: 'calendars', field: 'calendar_id' }
  const { from, to } = yearsOf(rows, current)
  if (isDayAfter(from, current.to)) return masterFault('calendar_gap', at, `${current.to} → ${from}`)
  const days = new Map(current.days.map((day) => [day.on, day]))
  for (const day of rows.days.values()) days.set(day.on, day)
  const { name: _, sources = [], from: _from, to: _to, ...own } = rows.own
  const known = current.sources ?? []
  return {
    ...current,
    ...own,
    from: from < current.from ? from : current.from,
    to: to > current.to ? to : current.to,
    days: [...days.values()].sort((a, b) => (a.on < b.on ? -1 : 1)),
    ...(known.length + sources.length === 0
      ? {}
      : { sources: [...known, ...sources.filter((source) => !known.includes(source))] }),
  }
}

const whole = (rows: CalendarRows): CalendarFile => {
  const { from, to } = yearsOf(rows)
  const { own, id } = rows
  const days = [...rows.days.values()].sort((a, b) => (a.on < b.on ? -1 : 1))
  return { name: id, zone: '', ...own, calendar_id: id, from, to, days }
}

interface Made {
  readonly calendars: CalendarFile[]
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

/** Calendars of a file, notices laid upon those in force (`current`: as their documents wrote them). */
export const calendarsFrom = (table: CalendarTable, current: (id: string) => CalendarFile | null): Made => {
  const made: Made = { calendars: [], faults: [], kept: [] }
  for (const rows of table.all()) {
    const { disputed, own, days, disputedDays, isWhole } = rows
    if (disputed.length > 0) {
      for (const { field, detail } of disputed)
        made.faults.push(masterFault('differs', { place: rows.place, table: 'calendars', field }, detail))
      continue
    }
    if (table.lostAt !== null) {
      const at = { place: table.lostAt, table: 'calendars', field: 'calendar_id' }
      made.faults.push(masterFault('unread_day', at, rows.id))
      continue
    }
    // all it named was left out
    const isNothing = days.size === 0 && Object.keys(own).length === 0
    if (isNothing && disputedDays.size === 0) continue
    const known = isWhole ? null : current(rows.id)
    const at = { place: rows.place, table: 'calendars', field: 'calendar_id' }
    const one = isWhole
      ? whole(rows)
      : known === null
        ? masterFault('unknown_calendar', at, rows.id)
        : laid(rows, known)
    if ('code' in one) made.faults.push(one)
    else if (!tellDisputedDays(rows, isNothing && known !== null ? known : one, known, made) && !isNothing)
      made.calendars.push(one)
  }
  return made
}
