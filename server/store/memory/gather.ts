// gather over plain maps: the same View as SQLite gives, by looking at every fact. Rules: I2, F3.

import { factKey } from '../../core/case/event.ts'
import type { Instant } from '../../core/time/instant.ts'
import type { GatherKeys, StoredCase, StoredFact, View } from '../port.ts'
import type { KeptFact, Rows } from './rows.ts'

export const toStored = ({ seq, at, fact }: KeptFact): StoredFact => ({
  seq,
  enteredAt: at,
  source: fact.source,
  eventId: fact.eventId,
  body: fact.body,
  personal: fact.personal,
  erased: false,
  ways: [fact.way],
})

/** A fact is void when one of its own source names it, whether that one is void or not (F3). */
/** Entry instant of the first fact of the same source that names it; null while it stands. */
export const voidedAt = (rows: Rows, source: string, eventId: string): Instant | null =>
  [...rows.facts.values()]
    .filter(({ fact }) => fact.source === source && fact.voids === eventId)
    .map(({ at }) => at)
    .sort((a, b) => a - b)[0] ?? null

export const isVoid = (rows: Rows, source: string, eventId: string): boolean => voidedAt(rows, source, eventId) !== null

export const standingFacts = (rows: Rows, projectNo: string): StoredFact[] =>
  [...rows.facts.values()]
    .filter(({ fact }) => fact.projectNo === projectNo && !isVoid(rows, fact.source, fact.eventId))
    .map(toStored)

export const storedCase = (rows: Rows, projectNo: string): StoredCase | null => {
  const row = rows.cases.get(projectNo)
  if (row === undefined) return null
  return { row, cards: [...rows.cards.values()].filter((card) => card.projectNo === projectNo) }
}

function lookUp(rows: Rows, fact: GatherKeys['facts'][number], view: View): void {
  const key = factKey(fact.source, fact.eventId)
  const known = rows.facts.get(key)
  if (isVoid(rows, fact.source, fact.eventId)) view.voided.add(key)
  if (known !== undefined) view.known.set(key, toStored(known))
  else if (fact.voids !== null) {
    const named = factKey(fact.source, fact.voids)
    const target = rows.facts.get(named)
    if (target !== undefined) view.targets.set(named, { projectNo: target.fact.projectNo })
    else if ([...rows.facts.values()].some((other) => other.fact.eventId === fact.voids)) view.foreign.add(named)
  }
}

export function gather(rows: Rows, keys: GatherKeys): View {
  const view: View = {
    known: new Map(),
    voided: new Set(),
    targets: new Map(),
    foreign: new Set(),
    cases: new Map(),
    facts: new Map(),
  }
  for (const fact of keys.facts) lookUp(rows, fact, view)
  const again = new Set([...view.targets.values()].map((target) => target.projectNo))
  const touched = new Set(again)
  for (const fact of keys.facts) {
    const key = factKey(fact.source, fact.eventId)
    if (view.known.has(key)) continue
    touched.add(fact.projectNo)
    const last = keys.cached.get(fact.projectNo ?? '') ?? rows.cases.get(fact.projectNo ?? '')?.lastAt
    if (last === undefined || fact.at <= last || view.voided.has(key)) again.add(fact.projectNo)
  }
  for (const projectNo of touched) {
    const stored = projectNo === null || keys.cached.has(projectNo) ? null : storedCase(rows, projectNo)
    if (stored !== null) view.cases.set(stored.row.projectNo, stored)
  }
  for (const projectNo of again) {
    const facts = projectNo === null ? [] : standingFacts(rows, projectNo)
    if (projectNo !== null && facts.length > 0) view.facts.set(projectNo, facts)
  }
  return view
}
