// Reading facts with all that stands beside them: every way they came, and the facts that name them. Which of them stand is
// not said here (core/case/standing.ts). Every statement is prepared once and takes many keys as one JSON array.

import { factKey } from '../../core/case/event.ts'
import type { Instant } from '../../core/time/instant.ts'
import type { EnteredWay, ImportedFact, StoredFact, Voider } from '../port.ts'
import type { Connection } from './open.ts'

const COLUMNS = `e.seq, e.at, e.source, e.event_id, e.body, e.personal, e.personal_digest IS NOT NULL, e.import_no,
  e.historical, e.project_no`

type FactTuple = [
  seq: number,
  at: Instant,
  source: string,
  eventId: string,
  body: string,
  personal: string | null,
  erased: number,
  importNo: number | null,
  historical: Instant | null,
  projectNo: string | null,
]
type VoiderTuple = [
  named: string,
  source: string,
  eventId: string,
  seq: number,
  at: Instant,
  importNo: number | null,
  historical: Instant | null,
]
type WayTuple = [seq: number, importNo: number | null, historical: Instant | null, at: Instant]

const voiderText = (column: 'voids' | 'voids_too'): string =>
  `SELECT v.${column}, v.source, v.event_id, v.seq, v.at, v.import_no, v.historical
   FROM json_each(?) j CROSS JOIN entry v ON v.${column} = j.value`

const NO_VOIDERS: readonly Voider[] = []

export function prepareFactReads(db: Connection) {
  const byId = db.prepare(`SELECT ${COLUMNS} FROM json_each(?) j CROSS JOIN entry e ON e.event_id = j.value`).raw()
  const byCase = db
    .prepare(`SELECT ${COLUMNS} FROM json_each(?) j CROSS JOIN entry e ON e.project_no = j.value ORDER BY e.seq`)
    .raw()
  const naming = [db.prepare(voiderText('voids')).raw(), db.prepare(voiderText('voids_too')).raw()]
  const furtherWays = db
    .prepare(
      `SELECT b.seq, b.import_no, b.historical, b.at FROM json_each(?) j CROSS JOIN bringing b ON b.seq = j.value
       ORDER BY b.seq, b.entry_seq`,
    )
    .raw()
  const hasWays = db.prepare('SELECT 1 FROM bringing LIMIT 1').pluck()
  const imported = db
    .prepare(
      `SELECT seq, source, event_id, project_no, voids, voids_too FROM (
         SELECT * FROM entry WHERE import_no = @importNo AND seq > @afterSeq
         UNION SELECT e.* FROM bringing b JOIN entry e ON e.seq = b.seq WHERE b.import_no = @importNo AND b.seq > @afterSeq)
       ORDER BY seq LIMIT @limit`,
    )
    .raw()
  const counts = db.prepare(
    `SELECT e.project_no AS projectNo, e.source, count(*) AS n
     FROM json_each(?) j CROSS JOIN entry e ON e.project_no = j.value GROUP BY 1, 2`,
  )
  const strays = db.prepare(
    `SELECT DISTINCT e.project_no AS projectNo, e.source FROM entry e
       WHERE e.event_id IS NOT NULL AND e.project_no IS NOT NULL
         AND (e.source IN (SELECT value FROM json_each(?))
              OR NOT EXISTS (SELECT 1 FROM cases c WHERE c.project_no = e.project_no)) LIMIT ?`,
  )
  const said = db
    .prepare(
      `SELECT DISTINCT project_no FROM entry
       WHERE seq > ? AND seq <= ? AND source = ? AND event_id IS NOT NULL AND project_no IS NOT NULL`,
    )
    .pluck()
  /** Further ways of these facts, in the order they came. */
  const waysOf = (seqs: readonly number[]): Map<number, EnteredWay[]> => {
    const found = new Map<number, EnteredWay[]>()
    if (seqs.length === 0 || hasWays.get() === undefined) return found
    for (const [seq, importNo, historical, at] of furtherWays.all(JSON.stringify(seqs)) as WayTuple[])
      found.set(seq, [...(found.get(seq) ?? []), { importNo, historical, at }])
    return found
  }
  /** The facts that name one of these ids, by source and id named. */
  const voidersOf = (ids: readonly string[]): Map<string, Voider[]> => {
    const named = JSON.stringify(ids)
    const tuples = naming.flatMap((statement) => statement.all(named) as VoiderTuple[])
    const ways = waysOf(tuples.map(([, , , seq]) => seq))
    const found = new Map<string, Voider[]>()
    for (const [id, source, eventId, seq, at, importNo, historical] of tuples) {
      const key = factKey(source, id)
      const voider = { eventId, at, ways: [{ importNo, historical, at }, ...(ways.get(seq) ?? [])] }
      found.set(key, [...(found.get(key) ?? []), voider])
    }
    return found
  }
  const whole = (tuples: readonly FactTuple[]): StoredFact[] => {
    if (tuples.length === 0) return []
    const ways = waysOf(tuples.map(([seq]) => seq))
    const voiders = voidersOf(tuples.map(([, , , eventId]) => eventId))
    return tuples.map(([seq, enteredAt, source, eventId, body, personal, erased, importNo, historical]) => ({
      seq,
      enteredAt,
      source,
      eventId,
      body,
      personal,
      erased: erased === 1,
      ways: [{ importNo, historical, at: enteredAt }, ...(ways.get(seq) ?? [])],
      voiders: voiders.get(factKey(source, eventId)) ?? NO_VOIDERS,
    }))
  }
  const ofCases = (projectNos: readonly string[]): Map<string, StoredFact[]> => {
    const found = new Map<string, StoredFact[]>()
    if (projectNos.length === 0) return found
    const tuples = byCase.all(JSON.stringify([...new Set(projectNos)])) as FactTuple[]
    for (const [i, fact] of whole(tuples).entries()) {
      const projectNo = tuples[i]?.[9] as string
      const list = found.get(projectNo)
      if (list === undefined) found.set(projectNo, [fact])
      else list.push(fact)
    }
    return found
  }
  return {
    /** Facts of any source under these ids. */
    byIds: (eventIds: readonly string[]) => whole(byId.all(JSON.stringify(eventIds)) as FactTuple[]),
    /** Where the facts of any source under these ids lie. */
    placesOf: (eventIds: readonly string[]) =>
      (byId.all(JSON.stringify(eventIds)) as FactTuple[]).map(([, , source, eventId, , , , , , projectNo]) => ({
        source,
        eventId,
        projectNo,
      })),
    voidersOf,
    ofCases,
    imported: (importNo: number, afterSeq: number, limit: number): ImportedFact[] =>
      (
        imported.all({ importNo, afterSeq, limit }) as [
          number,
          string,
          string,
          string | null,
          string | null,
          string | null,
        ][]
      ).map(([seq, source, eventId, projectNo, voids, voidsToo]) => ({
        seq,
        source,
        eventId,
        projectNo,
        voids: [voids, voidsToo].filter((id) => id !== null),
      })),
    counts: (projectNos: readonly string[]) =>
      counts.all(JSON.stringify(projectNos)) as { projectNo: string; source: string; n: number }[],
    /** Cases without a row: a scan of the ledger, for the audit alone. */
    strays: (limit: number, of: readonly string[]) =>
      strays.all(JSON.stringify(of), limit) as { projectNo: string; source: string }[],
    said: (source: string, after: number, upTo: number) => said.all(after, upTo, source) as string[],
  }
}
