// Rows of a table of days on their way into calendars (I9, T1): rows of one calendar_id are one calendar. Rows that name its
// zone make a calendar of their own; rows that name days alone are a notice, which calendar-laid.ts lays upon the one in
// force. A day of which rows say two things is never quietly a working day: it is disputed, and its rows are told.

import type { CalendarFile } from '../../contract/catalogue.ts'
import { parseDay } from '../../core/time/civil.ts'
import type { Place } from '../files/row.ts'
import { whereIn } from './claims.ts'
import { Untaken } from './faults.ts'

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
  'statutory',
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
  statutory: 'statutory',
} as const

type DayFile = CalendarFile['days'][number]

/** What rows of one calendar_id say. */
export interface CalendarRows {
  readonly id: string
  readonly place: Place
  readonly own: Partial<Omit<CalendarFile, 'days' | 'calendar_id'>>
  readonly days: Map<string, DayFile>
  /** The row that named each of them first. */
  readonly places: Map<string, Place>
  /** What rows contradict each other in, beside days: such a calendar is none. */
  readonly disputed: { readonly field: string; readonly detail: string }[]
  /** Days of which rows say two things, with the row that said the second. */
  readonly disputedDays: Map<string, Place>
  /** Whether a row names the zone, be it one that is not taken: rows describe a whole calendar, or add to one. */
  isWhole: boolean
}

const KINDS: Readonly<Record<string, DayFile['kind']>> = {
  off: 'off',
  work: 'work',
  休: 'off',
  班: 'work',
  放假: 'off',
  上班: 'work',
}

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
      places: new Map(),
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
    if (!held.places.has(on)) held.places.set(on, place)
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
