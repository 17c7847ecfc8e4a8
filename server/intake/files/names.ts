// Names where codes are wanted (I15): a text that the catalogue lists as a code stays; one that is the name of a single code
// becomes it; of a window, an operator or an item the row's own department tells namesakes apart. What no code or several
// bear is never guessed: it is counted by the cases it touches, for a person to say yes to. Reads no file, asks nobody.

import { createHash } from 'node:crypto'
import type { ImportPlace, NamePair, NamesFound } from '../../contract/import-names.ts'
import type { Tables } from '../../core/law/law.ts'
import { bareCode } from '../code.ts'
import { Seen } from './seen.ts'

/** Fields whose codes a catalogue lists. */
export type NamedField = NamePair['field']

/** A code of the catalogue with every name it has borne. */
export interface Listed {
  readonly field: NamedField
  readonly code: string
  readonly names: readonly string[]
  /** Departments it has belonged to; none of regions and departments. */
  readonly orgs: readonly string[]
}

/** What names are looked up in: the catalogue, and what an earlier import of the very file used. */
export interface NameBook {
  readonly listed: readonly Listed[]
  /** null: this file was not imported by this mapping yet, or its import was withdrawn. */
  readonly kept: readonly NamePair[] | null
}

interface Version {
  readonly name: string
  readonly nameEn?: string
  readonly shortName?: string
  readonly org?: string
}

const listedOf = (field: NamedField, table: ReadonlyMap<string, readonly Version[]>): Listed[] =>
  [...table].map(([code, versions]) => ({
    field,
    code,
    names: [...new Set(versions.flatMap(({ name, nameEn, shortName }) => [name, nameEn ?? name, shortName ?? name]))],
    orgs: [...new Set(versions.flatMap(({ org }) => org ?? []))],
  }))

/** Plain values: they cross from a server to the console. */
export const listedIn = (tables: Tables): Listed[] => [
  ...listedOf('region_code', tables.regions),
  ...listedOf('org_code', tables.departments),
  ...listedOf('window_no', tables.windows),
  ...listedOf('operator_id', tables.operators),
  ...listedOf('task_code', tables.items),
]

/** Keys of payloads that bear such codes. */
const IN_PAYLOAD: Readonly<Record<string, NamedField>> = {
  task_code: 'task_code',
  member: 'org_code',
  from: 'org_code',
  to: 'org_code',
}

export const isNamed = (name: string): boolean =>
  Object.hasOwn(IN_PAYLOAD, name) || ['region_code', 'org_code', 'window_no', 'operator_id'].includes(name)

/** Full and half width, blanks and case tell no two names apart. */
const folded = (name: string): string => bareCode(name.normalize('NFKC')).replace(/\s/gu, '').toLowerCase()

export interface NameTable {
  readonly codes: ReadonlyMap<string, Listed>
  readonly byName: ReadonlyMap<string, readonly Listed[]>
}

/** What is listed of one field, by code and by name. */
export const nameTableOf = (listed: readonly Listed[]): NameTable => {
  const byName = new Map<string, Listed[]>()
  for (const one of listed)
    for (const name of new Set(one.names.map(folded))) byName.set(name, [...(byName.get(name) ?? []), one])
  return { codes: new Map(listed.map((one) => [one.code, one])), byName }
}

/**
 * The codes that bear a name. Several departments may have a first window: the row's own, `org`, says which of them is meant.
 *
 * @returns none: no code bears it; several: it is not known which; `of`: the department that told namesakes apart
 */
export const named = (
  { byName }: NameTable,
  text: string,
  org: string | null,
): { readonly codes: readonly string[]; readonly of: string | null } => {
  const found = byName.get(folded(text)) ?? []
  const own = found.length < 2 || org === null ? found : found.filter(({ orgs }) => orgs.includes(org))
  const codes = (own.length > 0 ? own : found).map(({ code }) => code).sort()
  return { codes, of: found.length < 2 ? null : org }
}

/** One text of one field, as it was answered; `cases` counts the ones that say it. */
interface Answer extends NamePair {
  readonly kind: 'resolved' | 'unlisted' | 'ambiguous'
  readonly codes: readonly string[]
  readonly place: ImportPlace
  cases: number
  last: string
}

const keyOf = (field: string, text: string, org: string | null): string => `${field}\n${text}\n${org ?? ''}`

/** Texts remembered: a column that was mistaken for one of names has another on each row. */
const MOST_TEXTS = 20_000
const MOST_TOLD = 200

type Wire = Readonly<Record<string, unknown>>

/** The case and the row in which a text stands. */
interface At {
  readonly project: string
  readonly place: ImportPlace
}

export class Names {
  readonly #tables: ReadonlyMap<NamedField, NameTable>
  readonly #kept: ReadonlyMap<string, string> | null
  readonly #answers = new Map<string, Answer | null>()
  readonly #seen = new Seen()
  readonly #untold = new Seen()
  #cases = 0

  constructor({ listed, kept }: NameBook) {
    const fields = new Set(listed.map(({ field }) => field))
    // a table without rows lists nothing that a name could be resolved to, and is not asked about (I9)
    this.#tables = new Map(
      [...fields].map((field) => [field, nameTableOf(listed.filter((one) => one.field === field))]),
    )
    this.#kept = kept === null ? null : new Map(kept.map(({ field, name, of, code }) => [keyOf(field, name, of), code]))
  }

  /** Nobody has to be asked: an import of the very file has been let in by this resolution. */
  get isKept(): boolean {
    return this.#kept !== null
  }

  /** There is no catalogue: every text stays as it stands. */
  get isEmpty(): boolean {
    return this.#tables.size === 0 && this.#kept === null
  }

  /** The event with codes where names stood. */
  resolve<E extends Wire>(event: E, place: ImportPlace): E {
    const at = { project: typeof event.project_no === 'string' ? event.project_no : '', place }
    const out: Record<string, unknown> = {}
    const put = (name: string, field: NamedField, value: unknown, org: string | null): string | null => {
      if (typeof value !== 'string' || value === '') return null
      const code = this.#codeOf(field, value, org, at)
      if (code !== value) out[name] = code
      return code
    }
    const org = put('org_code', 'org_code', event.org_code, null)
    put('region_code', 'region_code', event.region_code, null)
    for (const name of ['window_no', 'operator_id', 'task_code'] as const) put(name, name, event[name], org)
    const payload = this.#payloadOf(event.payload, org, at)
    if (payload !== null) out.payload = payload
    return Object.keys(out).length === 0 ? event : { ...event, ...out }
  }

  #payloadOf(payload: unknown, org: string | null, at: At): Wire | null {
    if (typeof payload !== 'object' || payload === null) return null
    let out: Record<string, unknown> | null = null
    for (const [key, value] of Object.entries(payload)) {
      const field = Object.hasOwn(IN_PAYLOAD, key) ? IN_PAYLOAD[key] : undefined
      if (field === undefined || typeof value !== 'string' || value === '') continue
      const code = this.#codeOf(field, value, field === 'org_code' ? null : org, at)
      if (code === value) continue
      out ??= { ...payload }
      out[key] = code
    }
    return out
  }

  #codeOf(field: NamedField, text: string, org: string | null, at: At): string {
    const alone = keyOf(field, text, null)
    const [key, known] = this.#known(alone, org === null ? alone : keyOf(field, text, org))
    const answer = known === undefined ? this.#answer(field, text, org, at.place) : known
    if (known === undefined) this.#keep(this.#isWithin(answer) ? key : alone, answer)
    if (answer === null) return text
    if (at.project !== answer.last || at.project === '') this.#count(answer, key, at.project)
    return answer.code
  }

  /** Whether the answer hangs on the department; of an earlier resolution nothing is known where it has none. */
  #isWithin(answer: Answer | null): boolean {
    return answer === null ? this.#kept !== null : answer.of !== null
  }

  /** What a text was answered whatever its department, else within it. */
  #known(alone: string, within: string): [key: string, answer: Answer | null | undefined] {
    const known = this.#answers.get(alone)
    return known === undefined ? [within, this.#answers.get(within)] : [alone, known]
  }

  /** What a code of the catalogue bears is bounded by it; anything else could be another on each row. */
  #keep(key: string, answer: Answer | null): void {
    if (answer?.kind === 'resolved' || this.#answers.size < MOST_TEXTS) this.#answers.set(key, answer)
  }

  /** null: a code of the catalogue, or of a kind of which it lists none. */
  #answer(field: NamedField, text: string, org: string | null, place: ImportPlace): Answer | null {
    const base = { field, name: text, place, cases: 0, last: '' }
    if (this.#kept !== null) {
      const alone = this.#kept.get(keyOf(field, text, null))
      const code = alone ?? this.#kept.get(keyOf(field, text, org))
      if (code === undefined) return null
      return { ...base, kind: 'resolved', codes: [code], code, of: alone === undefined ? org : null }
    }
    const table = this.#tables.get(field)
    if (table === undefined || table.codes.has(text)) return null
    const { codes, of } = named(table, text, org)
    const [one] = codes
    if (one !== undefined && codes.length === 1) return { ...base, kind: 'resolved', codes, code: one, of }
    return { ...base, kind: codes.length === 0 ? 'unlisted' : 'ambiguous', codes, code: text, of }
  }

  #count(answer: Answer, key: string, project: string): void {
    const digest = (text: string): string => createHash('sha256').update(text).digest('hex')
    answer.last = project
    if (this.#seen.note(digest(`${key}\n${project}`))) return
    answer.cases++
    if (answer.kind !== 'resolved' && !this.#untold.note(digest(project))) this.#cases++
  }

  /** What has been met so far, the most cases first. */
  found(): NamesFound {
    const answers = [...this.#answers.values()].filter((one) => one !== null)
    const of = (kind: Answer['kind']): Answer[] =>
      answers.filter((one) => one.kind === kind).sort((a, b) => b.cases - a.cases || (a.name < b.name ? -1 : 1))
    const told = ({ field, name, cases, place }: Answer) => ({ field, name, cases, place })
    const [resolved, unlisted, ambiguous] = [of('resolved'), of('unlisted'), of('ambiguous')]
    return {
      resolved: resolved.slice(0, MOST_TOLD).map((one) => ({ ...told(one), code: one.code, of: one.of })),
      unlisted: unlisted.slice(0, MOST_TOLD).map(told),
      ambiguous: ambiguous.slice(0, MOST_TOLD).map((one) => ({ ...told(one), codes: [...one.codes] })),
      counts: {
        resolved: resolved.length,
        unlisted: unlisted.length,
        ambiguous: ambiguous.length,
        cases: this.#cases,
      },
      kept: this.isKept,
    }
  }

  /** What is to be kept with the import's entry, so that the same file makes the same events again. */
  pairs(): NamePair[] {
    return [...this.#answers.values()]
      .flatMap((one) => (one?.kind === 'resolved' ? [one] : []))
      .map(({ field, name, of, code }) => ({ field, name, of, code }))
  }
}
