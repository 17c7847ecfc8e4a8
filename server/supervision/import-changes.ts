// What one export of a register changed (I14), read from the ledger: each of its rows beside what stood in the register when
// the import began, and the cases of former exports that it says nothing of. Told row by row and held nowhere; always the
// same for the same import, whoever asks and when. Reads alone.

import { readFact } from '../core/case/read.ts'
import { type Brought, type Export, type RowChange, rowChanges } from '../core/case/row-change.ts'
import type { Instant } from '../core/time/instant.ts'
import { bareCode } from '../intake/code.ts'
import type { Records, StoredFact } from '../store/port.ts'
import { type Actor, type ImportBegun, importedIn, withdrawalOf } from './said.ts'

export type Change =
  | RowChange
  /** unsure: a row of the export cannot be read at all, and may be of it. */
  | { readonly what: 'absent'; readonly caseNo: string }
  | { readonly what: 'unsure'; readonly caseNo: string }
  /** Rows of which nobody can tell whose they are. */
  | { readonly what: 'unnumbered'; readonly rows: number }

export interface ImportFound extends ImportBegun {
  /** Number of its entry. */
  readonly no: number
  readonly at: Instant
  readonly withdrawn: { readonly at: Instant; readonly by: string; readonly actor?: Actor; readonly why: string } | null
}

/** Facts whose cases are read at once, and cases walked at once. */
const FACTS_AT_ONCE = 100
const CASES_AT_ONCE = 500

/** The imports of a ledger, the oldest first. */
export const importsIn = async (records: Pick<Records, 'inputs'>): Promise<ImportFound[]> => {
  const [imports, withdrawals] = await Promise.all([records.inputs('import'), records.inputs('withdraw')])
  const acts = new Map<number, ImportFound['withdrawn']>()
  // further slices of an act repeat it
  for (const entry of withdrawals) {
    const { import: no, to: _, ...acted } = withdrawalOf(entry)
    if (!acts.has(no)) acts.set(no, { at: entry.at, by: entry.by, ...acted })
  }
  return imports.map((entry) => ({
    ...importedIn(entry),
    no: entry.seq,
    at: entry.at,
    withdrawn: acts.get(entry.seq) ?? null,
  }))
}

/** By its id or the number of its entry; null: there is none. */
export const importAsked = (imports: readonly ImportFound[], id: string): ImportFound | null =>
  imports.find((one) => one.id === id) ?? imports.find(({ no }) => String(no) === id) ?? null

const broughtOf = ({ body, ways, personal }: StoredFact): Brought => ({ fact: readFact(body), ways, personal })

const isBroughtBy = ({ ways }: StoredFact, no: number): boolean => ways.some(({ importNo }) => importNo === no)

type Read = Pick<Records, 'inputs' | 'importedFacts' | 'factsOfMany' | 'absentCases' | 'unnumberedRows' | 'factCounts'>

/** Rows in the order in which their first event came into the ledger. */
async function* rowsOf(records: Read, by: Export): AsyncGenerator<RowChange> {
  for (let after = 0; ; ) {
    const facts = await records.importedFacts(by.no, after, FACTS_AT_ONCE)
    const cases = [...new Set(facts.flatMap(({ projectNo }) => projectNo ?? []))]
    for (const [, stored] of await records.factsOfMany(cases)) {
      const first = Math.min(...stored.filter((fact) => isBroughtBy(fact, by.no)).map(({ seq }) => seq))
      // the case's other facts stand in an earlier stretch: its rows have been told
      if (first > after) yield* rowChanges(stored.map(broughtOf), by)
    }
    if (facts.length < FACTS_AT_ONCE) return
    after = facts.at(-1)?.seq ?? after
  }
}

const isOf = (one: ImportFound, other: ImportFound): boolean =>
  one.register === other.register && one.source === other.source

/** Exports of the same register that were there when this one began; a later one that was brought before it is none. */
const formerOf = (imports: readonly ImportFound[], found: ImportFound, { withdrawn }: Export): ImportFound[] =>
  imports.filter((one) => {
    if (one.no >= found.no || withdrawn.has(one.no) || !isOf(one, found)) return false
    return one.asOf === null || found.asOf === null || one.asOf <= found.asOf
  })

/** The same file as of the same instant: a run that was cut and went on is one export. */
const isSameExport = (one: ImportFound, other: ImportFound): boolean =>
  one.digest !== null && one.digest === other.digest && one.asOf === other.asOf

/** Rows without a number that are looked at: one of them is enough to say of no case that it is absent. */
const UNNUMBERED = 1_000

const cellsIn = (raw: string): string[] => {
  try {
    const { cells } = JSON.parse(raw) as { cells?: unknown }
    return Array.isArray(cells) ? cells.flatMap((cell) => (typeof cell === 'string' ? [bareCode(cell)] : [])) : []
  } catch {
    return []
  }
}

interface Unnumbered {
  /** Known cases whose number stands in a row that cannot be read: they are there. */
  readonly there: ReadonlySet<string>
  readonly rows: number
}

const unnumberedIn = async (records: Read, source: string | null, imports: readonly number[]): Promise<Unnumbered> => {
  const rows = (await records.unnumberedRows(imports, UNNUMBERED)).map(cellsIn)
  const told = await records.factCounts([...new Set(rows.flat())])
  const known = new Set(told.filter((one) => one.source === source).map(({ projectNo }) => projectNo))
  return {
    there: new Set(rows.flat().filter((cell) => known.has(cell))),
    rows: rows.filter((cells) => !cells.some((cell) => known.has(cell))).length,
  }
}

async function* absentOf(records: Read, former: readonly ImportFound[], found: ImportFound): AsyncGenerator<Change> {
  const present = [found, ...former.filter((one) => isSameExport(one, found))].map(({ no }) => no)
  const others = former.map(({ no }) => no).filter((no) => !present.includes(no))
  const unnumbered = await unnumberedIn(records, found.source, present)
  if (unnumbered.rows > 0) yield { what: 'unnumbered', rows: unnumbered.rows }
  if (others.length === 0) return
  const asked = { former: others, present, source: found.source ?? '', file: found.digest, limit: CASES_AT_ONCE }
  for (let after: string | null = ''; after !== null; ) {
    const { cases, next }: { cases: string[]; next: string | null } = await records.absentCases({ ...asked, after })
    for (const caseNo of cases)
      if (!unnumbered.there.has(caseNo)) yield { what: unnumbered.rows > 0 ? 'unsure' : 'absent', caseNo }
    after = next
  }
}

/** All that an export changed, row by row; nothing where the import was of no register. */
export async function* changesBy(records: Read, imports: readonly ImportFound[], no: number): AsyncGenerator<Change> {
  const found = imports.find((one) => one.no === no)
  if (found === undefined || (found.register ?? null) === null) return
  const acts = await records.inputs('withdraw')
  const withdrawn = new Set(acts.filter(({ seq }) => seq < no).map((entry) => withdrawalOf(entry).import))
  const by: Export = { no, begunAt: found.at, withdrawn }
  yield* rowsOf(records, by)
  yield* absentOf(records, formerOf(imports, found, by), found)
}
