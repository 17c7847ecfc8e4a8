// The model's law: rows of catalogue documents as they were written, looked up by the day on which they hold (T10, J7). What
// the field calls a school is read from its own row of numbers; nothing is built by the product's law.

import { type Almanac, almanacOf, type CalendarRow } from './almanac.ts'
import { type DayNo, dayFrom } from './days.ts'
import { hit } from './tally.ts'

export type Row = Readonly<Record<string, unknown>>

/** What a centre's school says where the specification leaves it to data. */
export interface School {
  readonly id: string
  readonly countAcceptanceDay: boolean
  readonly dueAtClosing: boolean
  readonly approverRequired: boolean
  readonly warnShare: number | null
  readonly warnDaysBefore: number | null
  readonly green: Readonly<Record<string, string>> | null
  readonly tacitDays: number | null
  /** Levels that this school gives to rules (C1). */
  readonly levels: Readonly<Record<string, number>>
}

export interface World {
  readonly school: School
  readonly tables: Readonly<Record<string, ReadonlyMap<string, readonly Row[]>>>
  readonly calendars: ReadonlyMap<string, Almanac>
  readonly home: Almanac
}

const KEYS: Readonly<Record<string, string>> = {
  items: 'task_code',
  departments: 'org_code',
  regions: 'region_code',
  windows: 'window_no',
  sources: 'source',
}

const fromOf = (row: Row): DayNo => dayFrom((row.valid_from as string | undefined) ?? '1970-01-01')

/** The world of one document and the national calendar. */
export const worldOf = (body: Row, national: CalendarRow, school: School): World => {
  const tables: Record<string, Map<string, Row[]>> = {}
  for (const [table, key] of Object.entries(KEYS)) {
    const byCode = new Map<string, Row[]>()
    for (const row of (body[table] as Row[] | undefined) ?? []) {
      const code = row[key] as string
      byCode.set(
        code,
        [...(byCode.get(code) ?? []), row].sort((a, b) => fromOf(a) - fromOf(b)),
      )
    }
    tables[table] = byCode
  }
  const home = almanacOf(national, null)
  const calendars = new Map([[national.calendar_id, home]])
  for (const row of (body.calendars as CalendarRow[] | undefined) ?? [])
    calendars.set(row.calendar_id, almanacOf(row, calendars.get(row.parent ?? '') ?? null))
  return { school, tables, calendars, home }
}

/** The version in force on a day; before the first one, the first (T10). */
export const rowOn = (world: World, table: string, code: string | null, day: DayNo): Row | null => {
  if (code === null) return null
  const rows = world.tables[table]?.get(code)
  if (rows === undefined) return null
  let held: Row | null = null
  for (const row of rows) if (fromOf(row) <= day) held = row
  if (held === null) hit(`T10 first ${table} version begins later`)
  else if (rows.length > 1) hit(`T10 ${table} version in force`)
  return held ?? (rows[0] as Row)
}

export const textIn = (row: Row | null, key: string): string | null => {
  const value = row?.[key]
  return typeof value === 'string' && value !== '' ? value : null
}

/** What a source has declared by a day; before it declares anything, nothing is declared. */
export const declaredOn = (world: World, source: string, day: DayNo): Row | null => {
  const rows = world.tables.sources?.get(source) ?? []
  if (rows.length > 1) hit('T10 declaration of a source in force')
  return rows.findLast((row) => fromOf(row) <= day) ?? null
}

/** What the source could send on a day (I12): without a declaration, everything. */
export const canSendOn = (world: World, source: string, what: string, day: DayNo): boolean => {
  const sends = declaredOn(world, source, day)?.sends
  return !Array.isArray(sends) || sends.includes(what)
}

/** The calendar of a region on a day: its own, else its parent's, else the centre's (T1). */
export const almanacOn = (world: World, region: string | null, day: DayNo): Almanac => {
  let code = region
  for (let hops = 0; code !== null && hops < 8; hops++) {
    const row = rowOn(world, 'regions', code, day)
    if (row === null) break
    const own = world.calendars.get(textIn(row, 'calendar') ?? '')
    if (own !== undefined) {
      if (own !== world.home) hit('T1 regional calendar')
      return own
    }
    code = textIn(row, 'parent')
  }
  return world.home
}
