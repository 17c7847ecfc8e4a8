// What people take back of facts: a whole import (I14), one fact of any source by an administrator (F3). Each is an entry with
// who and why; the cases it touches are folded again in the same commit, those of a large import in further slices. What a
// card would lose by it is asked of somebody else (C5).

import { factKey } from '../core/case/event.ts'
import { canonicalize } from '../intake/canonical.ts'
import type { ImportedFact } from '../store/port.ts'
import type { Line } from './line.ts'
import { unfinishedIn, type Withdrawal, withdrawalOf } from './said.ts'

export interface ImportBegun {
  /** Name under which it is asked for. */
  readonly id: string
  readonly file: string
  /** Of the file; null: not known. */
  readonly digest: string | null
  readonly mapping: string | null
  readonly source: string | null
  readonly by: string
  readonly historical: number | null
  /** When the register was as it says; null: it is none. */
  readonly asOf: number | null
}

export interface WithdrawAsked {
  /** The id or the entry number of an import. */
  readonly id: string
  readonly by: string
  readonly why: string
}

export interface VoidAsked {
  readonly source: string
  readonly eventId: string
  readonly by: string
  readonly why: string
}

/** Facts folded again in one commit: fewer than a slice of law, for their cases are read whole. */
const SLICE_FACTS = 500

export const beginImport = (line: Line, asked: ImportBegun): Promise<number> => {
  const { id, file, digest, mapping, source, by, historical, asOf } = asked
  const body = canonicalize({ as_of: asOf, by, digest, file, historical, id, mapping, source })
  return line.record([{ kind: 'import', by, body }])
}

/** Home numbers of the cases that facts and what they name lie in. */
const casesOf = async (line: Line, facts: readonly ImportedFact[]): Promise<string[]> => {
  const named = facts.flatMap(({ source, voids }) => voids.map((eventId) => ({ source, eventId })))
  const places = [...facts, ...(await line.records.placesOf(named)).values()]
  return [...new Set(places.flatMap(({ projectNo }) => (projectNo === null ? [] : line.numbers.homeOf(projectNo))))]
}

interface Slice {
  readonly importNo: number
  readonly after: number
  readonly by: string
  readonly why: string
}

/** Takes the facts of an import after an entry out of their cases; the entry says how far it came. */
const takeOut = async (line: Line, { importNo, after, by, why }: Slice): Promise<void> => {
  const facts = await line.records.importedFacts(importNo, after, SLICE_FACTS)
  const to = facts.length < SLICE_FACTS ? null : (facts.at(-1)?.seq ?? null)
  const body = { import: importNo, to, why } satisfies Withdrawal
  const said = { ...line.said, withdrawn: new Set([...line.said.withdrawn, importNo]) }
  const saying = { kind: 'withdraw', by, body: canonicalize(body), ref: String(importNo) } as const
  await line.say(saying, said, await casesOf(line, facts))
}

export const withdrawImport = async (
  line: Line,
  { id, by, why }: WithdrawAsked,
): Promise<{ refused: string } | { withdrawn: number }> => {
  const imports = await line.records.inputs('import')
  const found = imports.find(({ seq, body }) => String(seq) === id || (JSON.parse(body) as { id: string }).id === id)
  if (found === undefined) return { refused: 'not_found' }
  if (line.said.withdrawn.has(found.seq)) return { refused: 'already_withdrawn' }
  await takeOut(line, { importNo: found.seq, after: 0, by, why })
  return { withdrawn: found.seq }
}

/** One more slice of the withdrawals that are not carried out yet; whether there was one. */
export const refoldWithdrawn = async (line: Line): Promise<boolean> => {
  const entries = await line.records.inputs('withdraw')
  const [next] = unfinishedIn(entries)
  if (next === undefined || next.to === null) return false
  const by = entries.find((entry) => withdrawalOf(entry).import === next.import)?.by ?? ''
  await takeOut(line, { importNo: next.import, after: next.to, by, why: next.why })
  return true
}

export const voidFact = async (
  line: Line,
  { source, eventId, by, why }: VoidAsked,
): Promise<{ refused: string } | { project_no: string | null }> => {
  const key = factKey(source, eventId)
  const place = (await line.records.placesOf([{ source, eventId }])).get(key)
  if (place === undefined) return { refused: 'not_found' }
  const home = place.projectNo === null ? null : line.numbers.homeOf(place.projectNo)
  const said = { ...line.said, voided: new Set([...line.said.voided, key]) }
  const body = canonicalize({ event_id: eventId, source, why })
  await line.say({ kind: 'void', by, body, ref: eventId }, said, home === null ? [] : [home])
  return { project_no: home }
}
