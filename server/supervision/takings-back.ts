// What people take back of facts: a whole import (I14), one fact of any source by an administrator (F3). Each is an entry with
// who and why; the cases it touches are folded again in the same commit, those of a large import in further slices. What a
// card would lose by it is asked of somebody else (C5).

import { type CardShift, shiftOf } from '../core/card/shift.ts'
import { factKey } from '../core/case/event.ts'
import { canonicalize } from '../intake/canonical.ts'
import type { ImportedFact } from '../store/port.ts'
import type { Line } from './line.ts'
import { homeOfPlace } from './numbers.ts'
import { type Actor, type ImportBegun, importedIn, named, unfinishedIn, type Withdrawal, withdrawalOf } from './said.ts'
import { type Become, trySaying } from './saying.ts'

export interface WithdrawAsked {
  /** The id or the entry number of an import. */
  readonly id: string
  readonly by: string
  readonly actor?: Actor
  readonly why: string
}

export interface VoidAsked {
  readonly source: string
  readonly eventId: string
  readonly by: string
  readonly actor?: Actor
  readonly why: string
}

/** Facts folded again in one commit: fewer than a slice of law, for their cases are read whole. */
const SLICE_FACTS = 200
const WEIGHED_FACTS = 100

export const beginImport = (line: Line, asked: ImportBegun): Promise<number> => {
  const { asOf, ...rest } = asked
  return line.record([{ kind: 'import', by: asked.by, body: canonicalize({ ...rest, as_of: asOf }) }])
}

/** Home numbers of the cases that facts and what they name lie in. */
const casesOf = async (line: Line, facts: readonly ImportedFact[]): Promise<string[]> => {
  const targets = facts.flatMap(({ source, voids }) => voids.map((eventId) => ({ source, eventId })))
  const own = facts.map((fact) => [factKey(fact.source, fact.eventId), fact] as const)
  const places = [...own, ...(await line.records.placesOf(targets))]
  return [...new Set(places.flatMap(([key, place]) => homeOfPlace(line.numbers, key, place) ?? []))]
}

interface Slice extends Omit<WithdrawAsked, 'id'> {
  readonly importNo: number
  readonly after: number
}

/** Takes the facts of an import after an entry out of their cases; the entry says how far it came. */
const takeOut = async (line: Line, { importNo, after, by, actor, why }: Slice): Promise<void> => {
  const facts = await line.records.importedFacts(importNo, after, SLICE_FACTS)
  const to = facts.length < SLICE_FACTS ? null : (facts.at(-1)?.seq ?? null)
  const body = { ...named(actor), import: importNo, to, why } satisfies Withdrawal
  const said = { ...line.said, withdrawn: new Set([...line.said.withdrawn, importNo]) }
  const saying = { kind: 'withdraw', by, body: canonicalize(body), ref: String(importNo) } as const
  await line.say(saying, said, await casesOf(line, facts))
}

export const withdrawImport = async (
  line: Line,
  { id, ...saying }: WithdrawAsked,
): Promise<{ refused: string } | { withdrawn: number }> => {
  const imports = await line.records.inputs('import')
  const found = imports.find((entry) => importedIn(entry).id === id) ?? imports.find(({ seq }) => String(seq) === id)
  if (found === undefined) return { refused: 'not_found' }
  if (line.said.withdrawn.has(found.seq)) return { refused: 'already_withdrawn' }
  await takeOut(line, { ...saying, importNo: found.seq, after: 0 })
  return { withdrawn: found.seq }
}

/** What the withdrawal of an import would do, every case of it planned and none written. */
export interface WithdrawalWeighed {
  /** Facts that it brought; those that another standing way brought as well stay. */
  facts: number
  cases: number
  /**
   * Cards that would be lifted by themselves, that would wait as 待撤 for a second person (C5), that would come to stand or
   * count: new ones, and those that were lifted, overtaken, declined or waiting before.
   */
  lifted: number
  to_lift: number
  raised: number
  /** All was looked at; else the counts are of its first cases. */
  whole: boolean
}

export interface Weighing {
  readonly found: WithdrawalWeighed
  /** Cases looked at, at most: of the rest it is told that they were not. */
  readonly most: number
  /** Entry of the last fact that was looked at; null: all were. */
  after: number | null
  readonly seen: Set<string>
}

export const beginWeighing = (most: number): Weighing => ({
  most,
  found: { facts: 0, cases: 0, lifted: 0, to_lift: 0, raised: 0, whole: true },
  after: 0,
  seen: new Set(),
})

const TOLD_AS: Partial<Record<CardShift, 'lifted' | 'to_lift' | 'raised'>> = {
  lifted: 'lifted',
  to_lift: 'to_lift',
  raised: 'raised',
  raised_waiting: 'raised',
  counted: 'raised',
  restored: 'raised',
}

/** Adds what becomes of the cards of a case, in the words in which a load of law is told (T1a). */
const putCards = (found: WithdrawalWeighed, { before, after }: Become): void => {
  for (const card of after.cardsChanged) {
    const was = before.cards.find(({ cardId }) => cardId === card.cardId) ?? null
    const toldAs = TOLD_AS[shiftOf(was, card)]
    if (toldAs !== undefined) found[toldAs]++
  }
}

/** Looks at one slice more of what the import brought. */
export const weighSlice = async (line: Line, importNo: number, weighing: Weighing): Promise<void> => {
  const { found, seen, after } = weighing
  const facts = await line.records.importedFacts(importNo, after ?? 0, WEIGHED_FACTS)
  weighing.after = facts.length < WEIGHED_FACTS ? null : (facts.at(-1)?.seq ?? null)
  found.facts += facts.length
  const touched = (await casesOf(line, facts)).filter((no) => !seen.has(no))
  for (const no of touched) seen.add(no)
  const said = { ...line.said, withdrawn: new Set([...line.said.withdrawn, importNo]) }
  const saying = { kind: 'withdraw', by: '', ref: String(importNo) } as const
  for (const become of await trySaying(line, saying, { said, touched, at: line.now() })) {
    found.cases++
    putCards(found, become)
  }
  if (weighing.after === null || seen.size < weighing.most) return
  weighing.after = null
  found.whole = false
}

/** One more slice of the withdrawals that are not carried out yet; whether there was one. */
export const refoldWithdrawn = async (line: Line): Promise<boolean> => {
  const entries = await line.records.inputs('withdraw')
  const [next] = unfinishedIn(entries)
  if (next === undefined || next.to === null) return false
  const by = entries.find((entry) => withdrawalOf(entry).import === next.import)?.by ?? ''
  await takeOut(line, { importNo: next.import, after: next.to, by, ...named(next.actor), why: next.why })
  return true
}

export const voidFact = async (
  line: Line,
  { source, eventId, by, actor, why }: VoidAsked,
): Promise<{ refused: string } | { project_no: string | null }> => {
  const key = factKey(source, eventId)
  const place = (await line.records.placesOf([{ source, eventId }])).get(key)
  if (place === undefined) return { refused: 'not_found' }
  const home = homeOfPlace(line.numbers, key, place)
  const said = { ...line.said, voided: new Set([...line.said.voided, key]) }
  const body = canonicalize({ ...named(actor), event_id: eventId, source, why })
  await line.say({ kind: 'void', by, body, ref: eventId }, said, home === null ? [] : [home])
  return { project_no: home }
}
