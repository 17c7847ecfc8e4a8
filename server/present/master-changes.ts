// What a catalogue document would change against the law in force (I9, J7): codes that are new, new days of known codes,
// rows of the same code and day that say something else, settings and rules, and what stays as it is. Compared as written.

import type { MasterChange } from '../contract/master.ts'
import type { MasterTableShape } from '../contract/tables/shape.ts'
import { layNotices, type NoticeSource } from '../core/law/notices.ts'
import { LOT_ROWS, lotsOf, type Steps } from '../core/steps.ts'
import type { CalendarSource } from '../core/time/calendar-source.ts'
import { parseDay, printDay } from '../core/time/civil.ts'
import { codeOf, dayOfRow, type IndexedVersion, inForceOf, type MasterIndex, rowsIn } from './master.ts'
import { calendarFileOf } from './master-calendar.ts'

type Row = Readonly<Record<string, unknown>>

interface Compared {
  readonly counts: ReadonlyMap<string, { added: number; changed: number; same: number }>
  readonly changes: MasterChange[]
  readonly count: number
}

const MOST_CHANGES = 300
const MOST_FIELDS = 80

const printed = (value: unknown): string | null => {
  if (value === undefined || value === null) return null
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

const fieldsBetween = (before: Row, after: Row): MasterChange['fields'] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((field) => field !== 'valid_from')
    .map((field) => ({ field, before: printed(before[field]), after: printed(after[field]) }))
    .filter((one) => one.before !== one.after)

const dayWord = (day: CalendarSource['days'][number]): string => [day.kind, day.name].filter(Boolean).join(' ')

/** A calendar as fields: its days by their dates, of its notices the last. */
const spread = ({ days, beyond = [], sources = [], ...own }: CalendarSource): Row => ({
  ...own,
  ...(sources.length === 0 ? {} : { sources: sources[sources.length - 1] }),
  ...Object.fromEntries([...days, ...beyond].map((day) => [day.on, dayWord(day)])),
})

class Comparison {
  readonly counts = new Map<string, { added: number; changed: number; same: number }>()
  readonly changes: MasterChange[] = []
  count = 0

  note(table: string, change: Omit<MasterChange, 'table'> | null): void {
    const counts = this.counts.get(table) ?? { added: 0, changed: 0, same: 0 }
    this.counts.set(table, counts)
    if (change === null) {
      counts.same++
      return
    }
    if (change.state === 'new') counts.added++
    else counts.changed++
    this.count++
    if (this.changes.length >= MOST_CHANGES) return
    this.changes.push({ table, ...change, fields: change.fields.slice(0, MOST_FIELDS) })
  }
}

const compareRow = (table: MasterTableShape, row: Row, body: Row, versions: readonly IndexedVersion[] | undefined) => {
  const code = codeOf(table, row)
  const on = dayOfRow(row, body)
  const name = typeof row.name === 'string' ? row.name : code
  const base = { code, name, valid_from: printDay(on) }
  if (versions === undefined) return { ...base, state: 'new' as const, fields: [] }
  const sameDay = versions.find(({ validFrom, replacedBy }) => validFrom === on && replacedBy === null)
  const before = sameDay ?? inForceOf(versions, on)
  const fields = fieldsBetween(before?.row ?? {}, row)
  if (before !== null && fields.length === 0) return null
  return { ...base, state: sameDay === undefined ? ('version' as const) : ('changed' as const), fields }
}

const compareCalendar = (file: CalendarSource, before: CalendarSource | null): Omit<MasterChange, 'table'> | null => {
  const base = { code: file.calendar_id, name: file.name, valid_from: null }
  if (before === null) return { ...base, state: 'new', fields: [] }
  const fields = fieldsBetween(spread(before), spread(file))
  if (fields.length === 0) return null
  // the frame first, then day by day
  const isDay = (field: string): number => (parseDay(field) === null ? 0 : 1)
  fields.sort((a, b) => isDay(a.field) - isDay(b.field) || (a.field < b.field ? -1 : 1))
  return { ...base, state: 'changed', fields }
}

/** What the standing documents say of one thing, the later over the earlier. */
const saidBefore = (index: MasterIndex, of: (body: Row) => Row | undefined): Row =>
  Object.assign({}, ...index.standing.map(({ body }) => of(body) ?? {}))

const compareSaid = (code: string, before: Row, now: Row, body: Row): Omit<MasterChange, 'table'> | null => {
  const fields = fieldsBetween(before, { ...before, ...now })
  const valid_from = typeof body.valid_from === 'string' ? body.valid_from : null
  const state = Object.keys(before).length === 0 ? ('new' as const) : ('changed' as const)
  return fields.length === 0 ? null : { code, name: code, valid_from, state, fields }
}

const ruleSaying =
  (rule: unknown) =>
  (body: Row): Row | undefined =>
    rowsIn(body, 'rules').find(({ rule_id }) => rule_id === rule)

/** Settings, the centre's own name and rules have no rows of their own: told by what the documents before said of them. */
const compareSettings = (comparison: Comparison, body: Row, index: MasterIndex): void => {
  for (const name of ['settings', 'centre'] as const) {
    const now = body[name] as Row | undefined
    if (now === undefined) continue
    const before = saidBefore(index, (one) => one[name] as Row | undefined)
    comparison.note(name, compareSaid(name, before, now, body))
  }
  for (const row of rowsIn(body, 'rules')) {
    const code = String(row.rule_id)
    comparison.note('rules', compareSaid(code, saidBefore(index, ruleSaying(row.rule_id)), row, body))
  }
}

/** Stops after some rows, and after each calendar (I5). */
export function* compareWithLaw(body: Row, index: MasterIndex): Steps<Compared> {
  const isFull = lotsOf(LOT_ROWS)
  const comparison = new Comparison()
  for (const file of rowsIn(body, 'calendars') as unknown as CalendarSource[]) {
    yield
    comparison.note('calendars', compareCalendar(file, calendarFileOf(index, file.calendar_id)))
  }
  for (const notice of rowsIn(body, 'notices') as unknown as NoticeSource[]) {
    yield
    const before = calendarFileOf(index, notice.calendar_id)
    if (before !== null) comparison.note('calendars', compareCalendar(layNotices(before, [notice]), before))
  }
  for (const table of index.shapes)
    for (const row of rowsIn(body, table.name)) {
      if (isFull()) yield
      const versions = index.tables.get(table.name)?.get(codeOf(table, row))
      comparison.note(table.name, compareRow(table, row, body, versions))
    }
  compareSettings(comparison, body, index)
  return comparison
}
