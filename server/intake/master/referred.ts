// Names where codes are wanted, in rows of master data (I9, I15): a department, region or window that a row refers to. What the
// law in force or the document itself lists as a code stays; the name of a single code becomes it, told; of windows the row's own
// department tells namesakes apart. What several codes bear is told as a fault, what none bears stays as unlisted (I9) and is told.
// Over every door alike. Reads no file, asks nobody.

import type { MasterFault, MasterName } from '../../contract/master.ts'
import type { Tables } from '../../contract/tables/registry.ts'
import type { MasterTableShape, Referred } from '../../contract/tables/shape.ts'
import type { Tables as LawTables } from '../../core/law/law.ts'
import { LOT_ROWS, type Steps } from '../../core/steps.ts'
import { type Listed, listedIn, type NamedField, type NameTable, named, nameTableOf } from '../files/names.ts'
import type { Place } from '../files/row.ts'
import { masterFault } from './faults.ts'

type Row = Readonly<Record<string, unknown>>
type Body = Readonly<Record<string, unknown>>

/** Tables whose codes rows refer to by a field of that name; calendars have no names that a table would hold. */
const FIELD_OF: Readonly<Record<Exclude<Referred, 'calendars'>, NamedField>> = {
  regions: 'region_code',
  departments: 'org_code',
  windows: 'window_no',
}

type Target = keyof typeof FIELD_OF

export interface ReferredNames {
  /** The document with codes where names stood; itself where none did. */
  readonly body: Body
  /** The first of them, and what is unlisted. */
  readonly names: readonly MasterName[]
  /** Rows that name what several codes bear: by table, places in its list. */
  readonly faulty: ReadonlyMap<string, ReadonlySet<number>>
  /** The first of them; `faulty` knows all rows. */
  readonly faults: readonly MasterFault[]
}

/** Where the row stands in a file; null: its pointer in the document is its place. */
export type PlaceOf = (table: string, at: number) => Place | null

const MOST_TOLD = 200

const textOf = (row: Row, field: string): string | null => {
  const value = row[field]
  return typeof value === 'string' && value !== '' ? value : null
}

const rowsIn = (body: Body, table: string): readonly Row[] => {
  const rows = body[table]
  return Array.isArray(rows) ? (rows as Row[]) : []
}

/** What a document itself lists. */
function* listedHere(body: Body): Steps<Listed[]> {
  const out: Listed[] = []
  for (const [table, field] of Object.entries(FIELD_OF)) {
    for (const [i, row] of rowsIn(body, table).entries()) {
      if (i % LOT_ROWS === 0) yield
      const code = textOf(row, field)
      if (code === null) continue
      const names = ['name', 'name_en', 'short_name'].flatMap((name) => textOf(row, name) ?? [])
      const org = field === 'window_no' ? textOf(row, 'org_code') : null
      out.push({ field, code, names, orgs: org === null ? [] : [org] })
    }
  }
  return out
}

/** One code of both, with the names and departments of both. */
const merged = (listed: readonly Listed[]): Listed[] => {
  const out = new Map<string, Listed>()
  for (const one of listed) {
    const key = `${one.field}\n${one.code}`
    const held = out.get(key)
    if (held === undefined) out.set(key, one)
    else {
      const names = [...new Set([...held.names, ...one.names])]
      out.set(key, { ...held, names, orgs: [...new Set([...held.orgs, ...one.orgs])] })
    }
  }
  return [...out.values()]
}

class Referring {
  readonly faults: MasterFault[] = []
  readonly faulty = new Map<string, Set<number>>()
  readonly #named = new Map<string, MasterName>()
  readonly #tables: ReadonlyMap<NamedField, NameTable>
  readonly #placeOf: PlaceOf

  constructor(listed: readonly Listed[], placeOf: PlaceOf) {
    const of = (field: NamedField) => nameTableOf(listed.filter((one) => one.field === field))
    this.#tables = new Map(Object.values(FIELD_OF).map((field) => [field, of(field)]))
    this.#placeOf = placeOf
  }

  /** The row with codes; itself where no name stands. */
  row({ name: table, fields }: MasterTableShape, row: Row, at: number): Row {
    const out: Record<string, unknown> = {}
    // departments before windows, whose namesakes they tell apart
    const referring = Object.entries(fields).flatMap(([field, shape]) =>
      shape.kind === 'code' && shape.refers !== undefined && shape.refers !== 'calendars'
        ? [{ field, to: shape.refers }]
        : [],
    )
    for (const { field, to } of referring.sort((a, b) => Number(a.to === 'windows') - Number(b.to === 'windows'))) {
      const text = textOf(row, field)
      if (text === null) continue
      const code = this.#codeOf({ table, field, to, at }, text, textOf({ ...row, ...out }, 'org_code'))
      if (code !== text) out[field] = code
    }
    return Object.keys(out).length === 0 ? row : { ...row, ...out }
  }

  #codeOf(where: { table: string; field: string; to: Target; at: number }, text: string, org: string | null): string {
    const { table, field, to, at } = where
    // a table without rows lists nothing that a name could be resolved to, and is not asked about (I9)
    const known = this.#tables.get(FIELD_OF[to])
    if (known === undefined || known.codes.size === 0 || known.codes.has(text)) return text
    const codes = named(known, text, to === 'windows' ? org : null).codes
    const kind = codes.length === 1 ? 'resolved' : codes.length === 0 ? 'unlisted' : 'ambiguous'
    const place = this.#placeOf(table, at)
    this.#count({ table, field, name: text, kind, codes: [...codes], rows: 1, line: place?.line ?? null })
    if (kind === 'ambiguous') {
      const rows = this.faulty.get(table) ?? new Set<number>()
      this.faulty.set(table, rows.add(at))
      const at_ = place === null ? `/${table}/${at}/${field}` : field
      if (this.faults.length < MOST_TOLD)
        this.faults.push(masterFault('name_of_several', { place, table, field: at_ }, `${text}: ${codes.join(', ')}`))
    }
    return kind === 'resolved' ? (codes[0] ?? text) : text
  }

  #count(one: MasterName): void {
    const key = `${one.table}\n${one.field}\n${one.name}\n${one.codes.join('\n')}`
    const held = this.#named.get(key)
    if (held === undefined) this.#named.set(key, one)
    else held.rows++
  }

  names(): MasterName[] {
    return [...this.#named.values()].sort((a, b) => b.rows - a.rows).slice(0, MOST_TOLD)
  }
}

/** What of a document refers to others by name, against the law in force and what it lists itself. Stops after some rows (I5). */
export function* referredSteps(
  body: Body,
  law: LawTables,
  shapes: Tables,
  placeOf: PlaceOf = () => null,
): Steps<ReferredNames> {
  const listed = listedIn(law).filter(({ field }) => (Object.values(FIELD_OF) as string[]).includes(field))
  const referring = new Referring(merged([...listed, ...(yield* listedHere(body))]), placeOf)
  const changed: Record<string, unknown> = {}
  for (const shape of shapes) {
    const rows = rowsIn(body, shape.name)
    const out: Row[] = []
    for (const [i, row] of rows.entries()) {
      if (i % LOT_ROWS === 0) yield
      out.push(referring.row(shape, row, i))
    }
    if (out.some((row, i) => row !== rows[i])) changed[shape.name] = out
  }
  const { faulty, faults } = referring
  const isSame = Object.keys(changed).length === 0
  return { body: isSame ? body : { ...body, ...changed }, names: referring.names(), faulty, faults }
}

/** A document without these rows. */
export const withoutRows = (body: Body, left: ReferredNames['faulty']): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(body).flatMap(([table, rows]) => {
      const out = left.get(table)
      const kept = out === undefined ? rows : rowsIn(body, table).filter((_, i) => !out.has(i))
      return Array.isArray(kept) && kept.length === 0 && out !== undefined ? [] : [[table, kept]]
    }),
  )
