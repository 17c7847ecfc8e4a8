// The lines of a master data file on their way into tables (I9): each is taken, counted as repeated, left out with a
// reason, or told as a fault; the sums add up. Holds the catalogue in memory, for it becomes one entry of the ledger.
// Opens no file and knows no format.

import type { MasterFault } from '../../contract/master.ts'
import type { Tables } from '../../contract/tables/registry.ts'
import type { Steps } from '../../core/steps.ts'
import { bareCatalogue } from '../catalogue.ts'
import { type Cell, FileRefused, type Place, type Read } from '../files/row.ts'
import { hasLostDigits } from '../files/text.ts'
import { DEEPEST, unfitIn } from '../nesting.ts'
import { CALENDAR_FIELDS, CalendarTable } from './calendar.ts'
import { FaultList, masterFault, SHORT_LINE, Untaken } from './faults.ts'
import { CALENDARS, kindOf, tableOfHeader } from './fields.ts'
import { judgeRows, type Placed, rowFaults } from './judge.ts'
import { columnsOf, type MasterMappingFile, type MasterTableFile } from './mapping.ts'
import { clerkRule, strangeHeads } from './notice.ts'
import { type TableCount, TableRows } from './table-rows.ts'
import { fieldReader, isSkipped, type ReadField, readingOf } from './value.ts'

export interface Skipped {
  readonly table: string
  readonly zh: string
  readonly en: string
  rows: number
  readonly first_line: number
}

export type Noted = Omit<Skipped, 'table'>

const MOST_ROWS = 100_000

const CALENDAR_NAMES: ReadonlySet<string> = new Set(CALENDAR_FIELDS)

export interface Rule {
  readonly table: string
  readonly once: boolean
  readonly skip: NonNullable<MasterTableFile['skip']>
  readonly fields: readonly (readonly [string, ReadField])[]
}

export interface MasterRead {
  encoding: string | null
  rows: number
  readonly tables: TableCount[]
  readonly skipped: Skipped[]
  /** What is told of rows that were taken. */
  readonly notes: Noted[]
  readonly faults: FaultList
  /** Rows of the document, without calendars; and where each stands in the file. */
  readonly body: Record<string, unknown[]>
  readonly placed: ReadonlyMap<string, readonly Placed[]>
  readonly calendars: CalendarTable
  fatal: boolean
}

const readOr = (read: ReadField, cells: Readonly<Record<string, Cell>>, onUnfit: (why: Untaken) => void): unknown => {
  try {
    return read(cells)
  } catch (error) {
    if (!(error instanceof Untaken)) throw error
    onUnfit(error)
    return undefined
  }
}

export class MasterRows {
  readonly #mapping: MasterMappingFile | null
  readonly #validFrom: string | null
  /** The calendar upon which a clerk's table of holidays is laid. */
  readonly #home: string
  readonly #known: Tables
  readonly #tables = new Map<string, TableRows>()
  readonly #calendars = new CalendarTable()
  readonly #calendarCount: TableCount = { table: CALENDARS, taken: 0, repeated: 0, skipped: 0, faulty: 0 }
  readonly #skipped = new Map<string, Skipped>()
  #short: Noted | null = null
  readonly faults = new FaultList()
  rows = 0
  encoding: string | null = null
  fatal = false

  /** `validFrom`: the day from which rows hold that name none; null: each must. */
  constructor(mapping: MasterMappingFile | null, validFrom: string | null, home: string, tables: Tables) {
    this.#known = tables
    this.#mapping = mapping
    this.#home = home
    this.#validFrom = validFrom
  }

  refuse(fault: MasterFault): void {
    this.fatal = true
    this.faults.add(fault)
  }

  #tableOf(table: string): TableRows {
    const held = this.#tables.get(table) ?? new TableRows(table, this.#validFrom, this.#known)
    this.#tables.set(table, held)
    return held
  }

  #ruleFrom(rule: MasterTableFile): Rule {
    const reading = readingOf(this.#mapping)
    const fields = Object.entries(rule.fields).map(([name, value]): [string, ReadField] => {
      const kind = rule.table === CALENDARS ? 'text' : kindOf(this.#known, rule.table, name)
      return [name, fieldReader({ name, kind }, value, reading)]
    })
    return { table: rule.table, once: rule.once === true, skip: rule.skip ?? [], fields }
  }

  /** The one rule of a sheet whose header is the field names; faults where it is not. */
  ruleOfHeader(columns: readonly string[], sheet: Place): Rule | null {
    const table = tableOfHeader(columns, this.#known)
    const at = { place: sheet, table, field: '' }
    if (table === null) return this.#clerkRule(columns, sheet)
    const isKnown = (name: string): boolean =>
      table === CALENDARS ? CALENDAR_NAMES.has(name) : kindOf(this.#known, table, name) !== 'unknown'
    const foreign = columns.filter((name) => !isKnown(name))
    for (const name of foreign) this.refuse(masterFault('unknown_column', { ...at, field: name }, name))
    if (foreign.length > 0) return null
    const fields = Object.fromEntries(columns.map((name) => [name, name]))
    return this.#ruleFrom({ table, fields })
  }

  /** A holiday table as clerks keep it, its heads in their own words (T1a). */
  #clerkRule(columns: readonly string[], sheet: Place): Rule | null {
    const rule = clerkRule(columns, this.#home)
    if (rule === null) {
      this.refuse(masterFault('no_table', { place: sheet, table: null, field: '' }, columns.join(', ')))
      return null
    }
    const strange = strangeHeads(columns, rule)
    for (const name of strange)
      this.refuse(masterFault('unknown_column', { place: sheet, table: CALENDARS, field: name }, name))
    return strange.length > 0 ? null : this.#ruleFrom(rule)
  }

  /** Rules of a mapping for a sheet, its header checked. */
  rulesOf(rules: readonly MasterTableFile[], columns: readonly string[] | null, sheet: Place): Rule[] {
    for (const rule of rules) {
      for (const name of columns === null ? [] : columnsOf(rule))
        if (columns?.includes(name) === false)
          this.refuse(masterFault('missing_column', { place: sheet, table: rule.table, field: name }, name))
    }
    return this.fatal ? [] : rules.map((rule) => this.#ruleFrom(rule))
  }

  take(read: Read, rules: readonly Rule[]): void {
    this.#count(read.place)
    if (read.kind === 'unread') {
      this.#calendars.lost(read.place)
      this.faults.add(masterFault(read.code, { place: read.place, table: null, field: '' }, read.detail))
      return
    }
    // what a sheet saved as text left out behind its last filled cell is empty, and what must be said is missing there
    if (read.kind !== 'event' && read.cut !== undefined) {
      this.#short ??= { ...SHORT_LINE, rows: 0, first_line: read.place.line }
      this.#short.rows++
    }
    for (const rule of rules) this.#takeAs(rule, read.cells, read.place)
  }

  /** A line that bears its own names and types, as NDJSON does: shown to the judge as it stands. */
  takeWhole(read: Read): void {
    if (read.kind === 'unread' || typeof read.value !== 'object' || read.value === null) {
      this.take(read, [])
      return
    }
    this.#count(read.place)
    const unfit = unfitIn(read.value)
    if (unfit !== null) {
      const why = unfit.kind === 'deep' ? (['too_deep', `≤ ${DEEPEST}`] as const) : (['half_text', unfit.at] as const)
      this.faults.add(masterFault(why[0], { place: read.place, table: null, field: '' }, why[1]))
      return
    }
    const row = bareCatalogue(read.value) as Readonly<Record<string, unknown>>
    const at = { place: read.place, table: tableOfHeader(Object.keys(row), this.#known), field: '' }
    const foreign = at.table === CALENDARS ? Object.keys(row).find((name) => !CALENDAR_NAMES.has(name)) : undefined
    if (foreign !== undefined) this.#calendars.lost(read.place)
    if (at.table === null) this.faults.add(masterFault('no_table', at, Object.keys(row).join(', ')))
    else if (foreign !== undefined) this.faults.add(masterFault('unknown_column', { ...at, field: foreign }, foreign))
    else this.#putWhole(at.table, { row, place: read.place })
  }

  #putWhole(table: string, placed: Placed): void {
    const { row, place } = placed
    const isText = (name: string): boolean => table === CALENDARS || kindOf(this.#known, table, name) === 'text'
    const cut = Object.entries(row).filter(([name, value]) => hasLostDigits(value as Cell) && isText(name))
    const unfit = new Map(cut.map(([name, value]) => [name, new Untaken('lost_digits', name, String(value))]))
    if (unfit.size > 0) this.#tellAll(unfit, table, placed)
    else this.#put({ table, once: false }, row, place)
  }

  /** A catalogue is held whole: past the bound the file is refused, not the memory filled. */
  #count(place: Place): void {
    this.rows++
    if (this.rows > MOST_ROWS) throw new FileRefused('too_large', place, `≤ ${MOST_ROWS} rows`)
  }

  #put({ table, once }: Pick<Rule, 'table' | 'once'>, row: Readonly<Record<string, unknown>>, place: Place): void {
    const count = this.#countOf(table)
    try {
      const distrust = (first: Place, why: Untaken): void => this.#tell(why, table, first)
      if (table !== CALENDARS) this.#tableOf(table).add({ row, place }, once, distrust)
      else {
        const tellFirst = (first: Place, why: Untaken): void => {
          count.taken--
          distrust(first, why)
        }
        if (this.#calendars.add(row, place, tellFirst) === 'taken') count.taken++
        else count.repeated++
      }
    } catch (error) {
      this.#tell(error, table, place)
    }
  }

  #tell(error: unknown, table: string, place: Place): void {
    if (!(error instanceof Untaken)) throw error
    // what rows contradict each other in is judged by calendar and day
    if (table === CALENDARS && error.code !== 'differs') this.#calendars.lost(place)
    this.#countOf(table).faulty++
    this.faults.add(masterFault(error.code, { place, table, field: error.field }, error.detail))
  }

  #countOf(table: string): TableCount {
    return table === CALENDARS ? this.#calendarCount : this.#tableOf(table).count
  }

  #takeAs(rule: Rule, cells: Readonly<Record<string, Cell>>, place: Place): void {
    const { table } = rule
    try {
      const skip = rule.skip.find((one) => isSkipped(one, cells))
      if (skip !== undefined) {
        this.#countOf(table).skipped++
        this.#noteSkipped(table, skip, place)
        return
      }
      const row: Record<string, unknown> = {}
      const unfit = new Map<string, Untaken>()
      for (const [name, read] of rule.fields) {
        const value = readOr(read, cells, (why) => unfit.set(name, why))
        if (value !== undefined) row[name] = value
      }
      if (unfit.size > 0) {
        this.#tellAll(unfit, table, { row, place })
        return
      }
      this.#put(rule, row, place)
    } catch (error) {
      this.#tell(error, table, place)
    }
  }

  /** Everything that is wrong with one row: what could not be read, and what the judge says of the rest. */
  #tellAll(unfit: ReadonlyMap<string, Untaken>, table: string, placed: Placed): void {
    this.#countOf(table).faulty++
    const { place } = placed
    for (const { code, field, detail } of unfit.values())
      this.faults.add(masterFault(code, { place, table, field }, detail))
    if (table === CALENDARS) {
      this.#calendars.lost(place)
      return
    }
    for (const fault of rowFaults(table, placed, this.#known)) {
      // what could not be read is told already: it is not missing as well
      const names = fault.field.split(', ').filter((name) => !unfit.has(name))
      if (names.length === 0) continue
      const missing = { place, table, field: names.join(', ') }
      this.faults.add(fault.code === 'missing' ? masterFault('missing', missing) : fault)
    }
  }

  #noteSkipped(table: string, { why, why_en }: Rule['skip'][number], { line }: Place): void {
    const id = `${table}\n${why}`
    const held = this.#skipped.get(id)
    if (held !== undefined) held.rows++
    else this.#skipped.set(id, { table, zh: why, en: why_en ?? why, rows: 1, first_line: line })
  }

  /** What was read; stops after some rows (I5). */
  *done(): Steps<MasterRead> {
    const body: Record<string, unknown[]> = {}
    const placed = new Map<string, readonly Placed[]>()
    const tables: TableCount[] = []
    for (const [table, { rows, count }] of this.#tables) {
      const { fit, faulty } = yield* judgeRows(table, rows, (fault) => this.faults.add(fault), this.#known)
      count.taken = fit.length
      count.faulty += faulty
      tables.push(count)
      placed.set(table, fit)
      if (fit.length > 0) body[table] = fit.map(({ row }) => row)
    }
    const days = this.#calendarCount
    if (days.taken + days.faulty + days.skipped > 0) tables.push(days)
    const { rows, encoding, faults, fatal } = this
    const told = { skipped: [...this.#skipped.values()], notes: this.#short === null ? [] : [this.#short] }
    return { encoding, rows, tables, ...told, faults, body, placed, calendars: this.#calendars, fatal }
  }
}
