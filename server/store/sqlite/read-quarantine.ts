// Reading the quarantine (I5, I6, I14, I15): its rows newest first, what waits of a case and of an import, and how much of each
// source. Which rows wait still is said in store/waiting.ts.

import { factKey } from '../../core/case/event.ts'
import { asInstant, type Instant } from '../../core/time/instant.ts'
import { cursorAtPlace, placeIn } from '../cursor.ts'
import type {
  BroughtRow,
  Cure,
  KeptRefusal,
  QuarantineCount,
  QuarantineReads,
  WaitingEvent,
  WaitingRows,
} from '../held.ts'
import { type Sorted, saidBy, sortWaiting, type Waiting } from '../waiting.ts'
import { countRows } from '../waiting-rows.ts'
import type { Connection } from './open.ts'
import { BYTES } from './quarantine.ts'
import { prepareFactReads } from './read-facts.ts'

const COLUMNS = `q.id, q.at, q.source, q.event_id AS eventId, q.project_no AS projectNo, q.code, q.field, q.message, q.raw,
  q.import_no AS importNo, q.row_no AS rowNo, q.resolved_at AS resolvedAt, q.resolution`

type Kept = KeptRefusal & { at: Instant }

/** Every further row on which what waits was brought. */
const AGAIN = `(SELECT json_group_array(json_object('importNo', a.import_no, 'rowNo', a.row_no))
  FROM quarantine_again a WHERE a.id = q.id)`

/** No instant of a ledger is later. */
const EVER = asInstant(Number.MAX_SAFE_INTEGER)
const NO_CURES: ReadonlyMap<number, Cure> = new Map()

export function prepareQuarantineReads(db: Connection) {
  const facts = prepareFactReads(db)
  const inputs = db.prepare('SELECT body FROM entry WHERE event_id IS NULL AND kind = ? AND at <= ?').pluck()
  const waitingText = (more: string): string =>
    `SELECT ${COLUMNS}, ${AGAIN} AS again FROM quarantine q
     WHERE q.code = 'row_waits' AND q.at <= @at AND (q.resolved_at IS NULL OR q.resolved_at > @at) ${more} ORDER BY q.id`
  const waiting = db.prepare(waitingText(''))
  const waitingOf = db.prepare(
    waitingText(
      'AND q.id IN (SELECT value FROM json_each(@ids) UNION SELECT q.id FROM json_each(@nos) j JOIN quarantine q ON q.project_no = j.value WHERE q.project_no IS NOT NULL)',
    ),
  )
  const mended = db.prepare(
    `SELECT source, event_id AS eventId FROM quarantine
     WHERE resolved_at <= ? AND resolution = 'resubmitted' AND event_id IS NOT NULL`,
  )
  const under = db.prepare(
    `SELECT q.id, q.source, q.event_id AS eventId, q.code, q.raw FROM json_each(?) j
     JOIN quarantine q ON q.event_id = j.value ->> 1 AND q.source = j.value ->> 0
     WHERE q.resolved_at IS NULL AND q.event_id IS NOT NULL ORDER BY q.id`,
  )
  const unnumbered = db
    .prepare(
      `WITH no AS MATERIALIZED (SELECT value AS no FROM json_each(@imports)),
       brought AS MATERIALIZED (
         SELECT q.id FROM no JOIN quarantine q ON q.import_no = no.no AND q.row_no IS NOT NULL
         UNION SELECT a.id FROM quarantine_again a WHERE a.import_no IN (SELECT no FROM no))
       SELECT min(q.raw) FROM brought b JOIN quarantine q ON q.id = b.id
       WHERE q.code = 'row_waits' AND q.project_no IS NULL GROUP BY q.import_no, q.row_no ORDER BY min(q.id) LIMIT @limit`,
    )
    .pluck()
  const beside = db.prepare(
    `WITH way AS MATERIALIZED (
       SELECT import_no, row_no FROM quarantine WHERE id = @id AND import_no IS NOT NULL AND row_no IS NOT NULL
       UNION SELECT import_no, row_no FROM quarantine_again WHERE id = @id),
     same AS MATERIALIZED (
       SELECT @id AS id
       UNION SELECT q.id FROM way JOIN quarantine q ON q.import_no = way.import_no AND q.row_no = way.row_no
         WHERE q.row_no IS NOT NULL
       UNION SELECT a.id FROM way JOIN quarantine_again a ON a.import_no = way.import_no AND a.row_no = way.row_no)
     SELECT ${COLUMNS} FROM same JOIN quarantine q ON q.id = same.id
     WHERE q.resolved_at IS NULL OR q.resolution = 'dismissed' ORDER BY q.id`,
  )
  const ofCaseText = (columns: string, more: string): string =>
    `SELECT ${columns} FROM json_each(@nos) j JOIN quarantine q ON q.project_no = j.value
     WHERE q.project_no IS NOT NULL AND q.at <= @at AND (q.resolved_at IS NULL OR q.resolved_at > @at) AND q.code ${more}`
  const rowsOfCase = db.prepare(ofCaseText(COLUMNS, "= 'row_waits' ORDER BY q.id"))
  const othersOfCase = db.prepare(ofCaseText(COLUMNS, "<> 'row_waits' ORDER BY q.id LIMIT @limit"))
  const countOthers = db.prepare(ofCaseText('count(*)', "<> 'row_waits'")).pluck()
  const ofImport = db.prepare(
    `SELECT ${COLUMNS}, b.row_no AS onRow FROM (
       SELECT id, row_no FROM quarantine WHERE import_no = @importNo AND row_no IS NOT NULL
       UNION SELECT id, row_no FROM quarantine_again WHERE import_no = @importNo) b
     JOIN quarantine q ON q.id = b.id WHERE q.code = 'row_waits' AND q.resolved_at IS NULL`,
  )
  const broughtBy = db
    .prepare(
      `SELECT import_no FROM quarantine WHERE id = @id AND import_no IS NOT NULL
       UNION SELECT import_no FROM quarantine_again WHERE id = @id ORDER BY 1`,
    )
    .pluck()
  const counts = db.prepare(
    'SELECT source, n AS rows, bytes, resolved FROM quarantine_held WHERE n > 0 ORDER BY source',
  )
  const oldest = db.prepare(
    // never the newest of all: its number would be given a second time
    `SELECT id, ${BYTES} AS bytes FROM quarantine WHERE source = ? AND resolved_at IS NOT NULL
       AND id < (SELECT max(id) FROM quarantine) ORDER BY id LIMIT ?`,
  )
  const sorted = (rows: readonly (Kept & { again: string })[], at: Instant): Sorted => {
    const said = saidBy((kind) => inputs.all(kind, at) as string[])
    const keys = rows.length === 0 ? [] : (mended.all(at) as { source: string; eventId: string }[])
    return sortWaiting(
      rows.map((row): Waiting => ({ ...row, again: JSON.parse(row.again) as BroughtRow[] })),
      facts,
      { at, said, mended: new Set(keys.map(({ source, eventId }) => factKey(source, eventId))) },
    )
  }
  /** By what any of these came right by an instant. What else waits of their cases is read with them: one fact mends one row. */
  const curesOf = (rows: readonly KeptRefusal[], at: Instant): ReadonlyMap<number, Cure> => {
    const waits = rows.filter(
      ({ code, resolvedAt }) => code === 'row_waits' && (resolvedAt === null || resolvedAt > at),
    )
    if (waits.length === 0) return NO_CURES
    const nos = JSON.stringify([...new Set(waits.flatMap(({ projectNo }) => projectNo ?? []))])
    const ids = JSON.stringify(waits.map(({ id }) => id))
    return sorted(waitingOf.all({ nos, ids, at }) as (Kept & { again: string })[], at).cures
  }
  return {
    ofCase({ projectNos, at, limit }: Parameters<QuarantineReads['waitingOf']>[0]) {
      const asked = { nos: JSON.stringify([...new Set(projectNos)]), at }
      const kept = rowsOfCase.all(asked) as KeptRefusal[]
      const cures = curesOf(kept, at)
      const still = kept.filter(({ id }) => !cures.has(id))
      const others = othersOfCase.all({ ...asked, limit }) as KeptRefusal[]
      const count = still.length + (others.length < limit ? others.length : (countOthers.get(asked) as number))
      return { count, rows: [...still, ...others].sort((a, b) => a.id - b.id).slice(0, limit) }
    },
    counts: () => counts.all() as QuarantineCount[],
    waiting: (): WaitingRows[] =>
      countRows(sorted(waiting.all({ at: EVER }) as (Kept & { again: string })[], EVER).still),
    /** How many rows of an import's file wait. */
    waitingOfImport(importNo: number): number {
      const kept = ofImport.all({ importNo }) as (KeptRefusal & { onRow: number })[]
      const cures = curesOf(kept, EVER)
      return new Set(kept.filter(({ id }) => !cures.has(id)).map(({ onRow }) => onRow)).size
    },
    under: (events: readonly { source: string; eventId: string }[]) =>
      under.all(JSON.stringify(events.map(({ source, eventId }) => [source, eventId]))) as WaitingEvent[],
    unnumbered: (imports: readonly number[], limit: number) =>
      unnumbered.all({ imports: JSON.stringify(imports), limit }) as string[],
    beside: (id: number) => beside.all({ id }) as Kept[],
    broughtBy: (id: number) => broughtBy.all({ id }) as number[],
    oldestResolved: (source: string, limit: number) => oldest.all(source, limit) as { id: number; bytes: number }[],
    list(query: { code?: string; source?: string; after?: string; limit: number }) {
      const before = placeIn(query.after) ?? Number.MAX_SAFE_INTEGER
      const where = ['id < ?']
      const values: (string | number)[] = [before]
      for (const name of ['code', 'source'] as const) {
        const value = query[name]
        if (value === undefined) continue
        where.push(`${name} = ?`)
        values.push(value)
      }
      const rows = db
        .prepare(`SELECT ${COLUMNS} FROM quarantine q WHERE ${where.join(' AND ')} ORDER BY id DESC LIMIT ?`)
        .all(...values, query.limit + 1) as Kept[]
      const kept = rows.slice(0, query.limit)
      const cures = curesOf(kept, EVER)
      const page = kept.map((row) => ({ ...row, cure: cures.get(row.id) ?? null }))
      const last = page.at(-1)
      return { rows: page, next: rows.length > query.limit && last !== undefined ? cursorAtPlace(last.id) : null }
    },
  }
}
