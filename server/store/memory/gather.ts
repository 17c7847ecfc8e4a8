// gather over plain maps: the same View as SQLite gives, by looking at every fact. Rules: I2, F3.

import { factKey } from '../../core/case/event.ts'
import type {
  BringingBody,
  EnteredWay,
  FactRow,
  GatherKeys,
  ImportedFact,
  StoredCase,
  StoredFact,
  View,
  Voider,
} from '../port.ts'
import type { KeptFact, Rows } from './rows.ts'

const namesOf = ({ voids, voidsToo }: Pick<FactRow, 'voids' | 'voidsToo'>): string[] =>
  [voids, voidsToo].filter((id) => id !== null)

export const waysOf = (rows: Rows, { at, fact }: KeptFact): EnteredWay[] => {
  const further = rows.inputs.flatMap((kept) => {
    if (kept.input.kind !== 'bringing') return []
    const { import: importNo, historical, facts } = JSON.parse(kept.input.body) as BringingBody
    const isMeant = facts.some(([source, eventId]) => source === fact.source && eventId === fact.eventId)
    return isMeant ? [{ importNo, historical, at: kept.at }] : []
  })
  return [{ ...fact.way, at }, ...further]
}

/** The facts of the same source that name it (F3). */
const voidersOf = (rows: Rows, source: string, eventId: string): Voider[] =>
  [...rows.facts.values()]
    .filter(({ fact }) => fact.source === source && namesOf(fact).includes(eventId))
    .map((kept) => ({ eventId: kept.fact.eventId, at: kept.at, ways: waysOf(rows, kept) }))

export const toStored = (rows: Rows, kept: KeptFact): StoredFact => ({
  seq: kept.seq,
  enteredAt: kept.at,
  source: kept.fact.source,
  eventId: kept.fact.eventId,
  body: kept.fact.body,
  personal: kept.fact.personal,
  erased: false,
  ways: waysOf(rows, kept),
  voiders: voidersOf(rows, kept.fact.source, kept.fact.eventId),
})

export const factsOfCase = (rows: Rows, projectNo: string): StoredFact[] =>
  [...rows.facts.values()].filter(({ fact }) => fact.projectNo === projectNo).map((kept) => toStored(rows, kept))

/** Facts that an import brought, first or again. */
export const importedFacts = (rows: Rows, importNo: number): ImportedFact[] =>
  [...rows.facts.values()]
    .filter((kept) => waysOf(rows, kept).some((way) => way.importNo === importNo))
    .map(({ seq, fact }) => ({
      seq,
      source: fact.source,
      eventId: fact.eventId,
      projectNo: fact.projectNo,
      voids: namesOf(fact),
    }))

export const storedCase = (rows: Rows, projectNo: string): StoredCase | null => {
  const row = rows.cases.get(projectNo)
  if (row === undefined) return null
  return { row, cards: [...rows.cards.values()].filter((card) => card.projectNo === projectNo) }
}

function lookUp(rows: Rows, fact: GatherKeys['facts'][number], view: View): void {
  const key = factKey(fact.source, fact.eventId)
  const known = rows.facts.get(key)
  const voiders = voidersOf(rows, fact.source, fact.eventId)
  if (voiders.length > 0) view.voiders.set(key, voiders)
  if (known !== undefined) view.known.set(key, toStored(rows, known))
  else
    for (const id of namesOf(fact)) {
      const named = factKey(fact.source, id)
      const target = rows.facts.get(named)
      if (target !== undefined) view.targets.set(named, { projectNo: target.fact.projectNo })
      else if ([...rows.facts.values()].some((other) => other.fact.eventId === id)) view.foreign.add(named)
    }
}

export function gather(rows: Rows, keys: GatherKeys): View {
  const view: View = {
    known: new Map(),
    voiders: new Map(),
    targets: new Map(),
    foreign: new Set(),
    cases: new Map(),
    facts: new Map(),
    again: new Set(),
  }
  for (const fact of keys.facts) lookUp(rows, fact, view)
  const again = new Set([...view.targets.values()].map((target) => target.projectNo))
  const touched = new Set(again)
  for (const fact of keys.facts) {
    const key = factKey(fact.source, fact.eventId)
    if (view.known.has(key)) continue
    touched.add(fact.projectNo)
    const last = keys.cached.get(fact.projectNo ?? '') ?? rows.cases.get(fact.projectNo ?? '')?.lastAt
    if (last === undefined || fact.at <= last || view.voiders.has(key) || fact.isEdition) again.add(fact.projectNo)
  }
  for (const projectNo of touched) {
    const stored = projectNo === null || keys.cached.has(projectNo) ? null : storedCase(rows, projectNo)
    if (stored !== null) view.cases.set(stored.row.projectNo, stored)
  }
  for (const projectNo of again) {
    const facts = projectNo === null ? [] : factsOfCase(rows, projectNo)
    if (projectNo !== null) view.again.add(projectNo)
    if (projectNo !== null && facts.length > 0) view.facts.set(projectNo, facts)
  }
  return view
}
