// gather: all that planning a set of facts must know, in one reading transaction and at most seven statements,
// whatever the number of facts. The only read before planning. Rules: I2, F3.

import { factKey } from '../../core/case/event.ts'
import type { GatherKeys, StoredCase, View } from '../port.ts'
import type { Connection } from './open.ts'
import { prepareCaseReads, prepareFactReads, toFact } from './read-cases.ts'

type Incoming = GatherKeys['facts'][number]

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
    if (last === undefined || fact.at <= last || view.voided.has(factKey(fact.source, fact.eventId)))
      again.add(fact.projectNo)
  }
  for (const target of view.targets.values()) if (target.projectNo !== null) again.add(target.projectNo)
  return again
}

export function prepareGather(db: Connection) {
  const { cases } = prepareCaseReads(db)
  const facts = prepareFactReads(db)
  const voiders = db
    .prepare('SELECT e.source, e.voids FROM json_each(?) j CROSS JOIN entry e ON e.voids = j.value')
    .raw()
  const holders = db
    .prepare(`SELECT e.source, e.event_id, e.project_no FROM json_each(?) j CROSS JOIN entry e ON e.event_id = j.value`)
    .raw()

  const readKnown = (keys: GatherKeys, view: View): void => {
    const ids = keys.facts.map((fact) => fact.eventId)
    const asked = new Set(keys.facts.map((fact) => factKey(fact.source, fact.eventId)))
    for (const t of facts.byIds(ids)) {
      const key = factKey(t[2], t[3])
      if (asked.has(key)) view.known.set(key, toFact(t))
    }
    for (const [source, id] of voiders.all(JSON.stringify(ids)) as [string, string][]) {
      const key = factKey(source, id)
      if (asked.has(key)) view.voided.add(key)
    }
  }
  const readTargets = (incoming: readonly Incoming[], view: View): void => {
    const named = incoming.filter((fact) => fact.voids !== null)
    if (named.length === 0) return
    const held = new Map<string, string | null>()
    const anywhere = new Set<string>()
    for (const [source, id, projectNo] of holders.all(JSON.stringify(named.map((fact) => fact.voids))) as [
      string,
      string,
      string | null,
    ][]) {
      held.set(factKey(source, id), projectNo)
      anywhere.add(id)
    }
    for (const { source, voids } of named) {
      const key = factKey(source, voids ?? '')
      const projectNo = held.get(key)
      if (projectNo !== undefined) view.targets.set(key, { projectNo })
      else if (anywhere.has(voids ?? '')) view.foreign.add(key)
    }
  }
  return db.transaction((keys: GatherKeys): View => {
    const view: View = {
      known: new Map(),
      voided: new Set(),
      targets: new Map(),
      foreign: new Set(),
      cases: new Map<string, StoredCase>(),
      facts: new Map(),
    }
    readKnown(keys, view)
    const fresh = keys.facts.filter((fact) => !view.known.has(factKey(fact.source, fact.eventId)))
    readTargets(fresh, view)
    const touched = new Set<string>()
    for (const fact of fresh) if (fact.projectNo !== null) touched.add(fact.projectNo)
    for (const target of view.targets.values()) if (target.projectNo !== null) touched.add(target.projectNo)
    view.cases = cases([...touched].filter((projectNo) => !keys.cached.has(projectNo)))
    const lastAt = (projectNo: string) => keys.cached.get(projectNo) ?? view.cases.get(projectNo)?.row.lastAt
    view.facts = facts.standing([...projectsToRefold(fresh, view, lastAt)])
    return view
  })
}
