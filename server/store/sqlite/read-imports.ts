// Reading what whole imports brought: how many facts, and which cases of former exports one of them leaves out (I14). The
// cases of the ledger are walked by number in stretches, so that nothing is held and nobody waits long.

import type { AbsentQuery, ImportBrought } from '../port.ts'
import type { Connection } from './open.ts'

const IN = (name: string): string => `IN (SELECT value FROM json_each(@${name}))`

const broughtBy = (name: string): string =>
  `EXISTS (SELECT 1 FROM entry e WHERE e.project_no = page.no AND (e.import_no ${IN(name)}
     OR EXISTS (SELECT 1 FROM bringing b WHERE b.seq = e.seq AND b.import_no ${IN(name)})))`

export function prepareImportReads(db: Connection) {
  const first = db.prepare('SELECT count(*) FROM entry WHERE import_no = ?').pluck()
  const again = db.prepare('SELECT count(*) FROM bringing WHERE import_no = ?').pluck()
  const refused = db
    .prepare(
      `SELECT count(DISTINCT q.id) FROM (
         SELECT id FROM quarantine WHERE import_no = @importNo AND row_no IS NOT NULL
         UNION SELECT id FROM quarantine_again WHERE import_no = @importNo) b
       JOIN quarantine q ON q.id = b.id WHERE q.code <> 'row_waits'`,
    )
    .pluck()
  const absent = db
    .prepare(
      `WITH page AS MATERIALIZED (
         SELECT DISTINCT project_no AS no FROM entry WHERE project_no > @after ORDER BY project_no LIMIT @limit),
       waiting AS MATERIALIZED (
         SELECT project_no AS no FROM quarantine WHERE source = @source AND code = 'row_waits' AND project_no IS NOT NULL
           AND CASE WHEN json_valid(raw) THEN json_extract(raw, '$.register.file') END = @file)
       SELECT page.no, ${broughtBy('former')} AND NOT ${broughtBy('present')}
         AND page.no NOT IN (SELECT no FROM waiting) FROM page ORDER BY page.no`,
    )
    .raw()
  return {
    counts: (importNo: number): Omit<ImportBrought, 'waiting'> => ({
      first: first.get(importNo) as number,
      again: again.get(importNo) as number,
      refused: refused.get({ importNo }) as number,
    }),
    absent({ former, present, limit, ...rest }: AbsentQuery): { cases: string[]; next: string | null } {
      const asked = { ...rest, limit, former: JSON.stringify(former), present: JSON.stringify(present) }
      const rows = absent.all(asked) as [no: string, absent: number][]
      const next = rows.length < limit ? null : (rows.at(-1)?.[0] ?? null)
      return { cases: rows.filter(([, isAbsent]) => isAbsent === 1).map(([no]) => no), next }
    },
  }
}
