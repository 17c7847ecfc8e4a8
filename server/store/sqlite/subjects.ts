// Rows of subjects beside the cases: written whole, read whole. They are few, and the line keeps them at hand.

import type { Instant } from '../../core/time/instant.ts'
import type { SubjectRow } from '../port.ts'
import type { Connection } from './open.ts'

export function prepareSubjects(db: Connection) {
  const put = db.prepare(
    `INSERT INTO subject (kind, key, engine, law, judged_at, next_turn_at, apart, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (kind, key) DO UPDATE SET engine = excluded.engine, law = excluded.law, judged_at = excluded.judged_at,
       next_turn_at = excluded.next_turn_at, apart = excluded.apart, state = excluded.state`,
  )
  return (rows: readonly SubjectRow[]): void => {
    for (const { kind, key, engine, law, judgedAt, nextTurnAt, apart, state } of rows)
      put.run(kind, key, engine, law, judgedAt, nextTurnAt, apart, state)
  }
}

type Tuple = [string, string, number, number, Instant, Instant | null, string | null, string]

export function prepareSubjectReads(db: Connection) {
  const all = db
    .prepare('SELECT kind, key, engine, law, judged_at, next_turn_at, apart, state FROM subject ORDER BY kind, key')
    .raw()
  return (): SubjectRow[] =>
    (all.all() as Tuple[]).map(([kind, key, engine, law, judgedAt, nextTurnAt, apart, state]) => ({
      kind,
      key,
      engine,
      law,
      judgedAt,
      nextTurnAt,
      apart,
      state,
    }))
}
