// gather: all that planning a set of facts must know, in one reading transaction and a handful of statements, whatever the
// number of facts. The only read before planning, but for what is brought again. Rules: I2, F3, I14.

import { factKey } from '../../core/case/event.ts'
import type { GatherKeys, StoredCase, View } from '../port.ts'
import type { Connection } from './open.ts'
import { prepareCaseReads } from './read-cases.ts'
import { prepareFactReads } from './read-facts.ts'

type Incoming = GatherKeys['facts'][number]

export const namesOf = ({ voids, voidsToo }: Pick<Incoming, 'voids' | 'voidsToo'>): string[] =>
  [voids, voidsToo].filter((id) => id !== null)

/** Projects whose facts must be folded again, given the last instant folded of each touched case. */
function projectsToRefold(
  facts: readonly Incoming[],
  view: View,
  lastAt: (projectNo: string) => number | undefined,
): Set<string> {
  const again = new Set<string>()
  for (const fact of facts) {
    if (fact.projectNo === null) continue
    const last = lastAt(fact.projectNo)
    const isNamed = view.voiders.has(factKey(fact.source, fact.eventId))
    if (last === undefined || fact.at <= last || isNamed || fact.isEdition) again.add(fact.projectNo)
  }
  for (const target of view.targets.values()) if (target.projectNo !== null) again.add(target.projectNo)
  return again
}

export function prepareGather(db: Connection) {
  const { cases } = prepareCaseReads(db)
  const facts = prepareFactReads(db)

  const readKnown = (keys: GatherKeys, view: View): void => {
    const ids = keys.facts.map((fact) => fact.eventId)
    const asked = new Set(keys.facts.map((fact) => factKey(fact.source, fact.eventId)))
    for (const fact of facts.byIds(ids)) {
      const key = factKey(fact.source, fact.eventId)
      if (asked.has(key)) view.known.set(key, fact)
    }
    for (const [key, voiders] of facts.voidersOf(ids)) if (asked.has(key)) view.voiders.set(key, voiders)
  }
  const readTargets = (incoming: readonly Incoming[], view: View): void => {
    const named = incoming.flatMap((fact) => namesOf(fact).map((id) => ({ source: fact.source, id })))
    if (named.length === 0) return
    const held = new Map<string, string | null>()
    const anywhere = new Set<string>()
    for (const { source, eventId, projectNo } of facts.placesOf(named.map(({ id }) => id))) {
      held.set(factKey(source, eventId), projectNo)
      anywhere.add(eventId)
    }
    for (const { source, id } of named) {
      const key = factKey(source, id)
      const projectNo = held.get(key)
      if (projectNo !== undefined) view.targets.set(key, { projectNo })
      else if (anywhere.has(id)) view.foreign.add(key)
    }
  }
  return db.transaction((keys: GatherKeys): View => {
    const view: View = {
      known: new Map(),
      voiders: new Map(),
      targets: new Map(),
      foreign: new Set(),
      cases: new Map<string, StoredCase>(),
      facts: new Map(),
      again: new Set(),
    }
    readKnown(keys, view)
    const fresh = keys.facts.filter((fact) => !view.known.has(factKey(fact.source, fact.eventId)))
    readTargets(fresh, view)
    const touched = new Set<string>()
    for (const fact of fresh) if (fact.projectNo !== null) touched.add(fact.projectNo)
    for (const target of view.targets.values()) if (target.projectNo !== null) touched.add(target.projectNo)
    view.cases = cases([...touched].filter((projectNo) => !keys.cached.has(projectNo)))
    const lastAt = (projectNo: string) => keys.cached.get(projectNo) ?? view.cases.get(projectNo)?.row.lastAt
    view.again = projectsToRefold(fresh, view, lastAt)
    view.facts = facts.ofCases([...view.again])
    return view
  })
}
