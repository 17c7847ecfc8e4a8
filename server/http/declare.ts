// What a file source can send (I12) is what its mapping fills in: declared as a catalogue row of that source before its
// first import, so that what no column bears is not known and never missing. A source that the catalogue knows as
// sending everything stays so; one that can send more than it declared declares the sum of both.

import { dayAt, declarationAt, newest } from '../core/law/law.ts'
import { printDay } from '../core/time/civil.ts'
import { asDay } from '../core/time/instant.ts'
import type { Supervisor } from '../supervision/supervisor.ts'
import { enactCatalogue } from './catalogue.ts'

export interface Declaring {
  readonly source: string
  /** Event types and payload keys: `ACCEPT`, `SUSPEND.notice_at`. */
  readonly sends: readonly string[]
  readonly by: string
}

/** Declares it where that says something new; whether it did. What was declared before stays as it was for its days (T10). */
export const declareSource = async (
  supervisor: Pick<Supervisor, 'law' | 'now' | 'loadCatalogue'>,
  { source, sends, by }: Declaring,
): Promise<boolean> => {
  const { law } = supervisor
  const row = declarationAt(law, source, supervisor.now())
  if (row !== null && row.sends === null) return false
  const all = [...new Set([...(row?.sends ?? []), ...sends])].sort()
  if (row !== null && all.length === row.sends?.size) return false
  const batch = row?.batch ?? null
  const mode =
    batch === null ? {} : { mode: 'batch', delivers_at: [...batch.deliversAt], grace_work_days: batch.graceWorkDays }
  const lag = row === null ? {} : { usual_lag_minutes: row.usualLagMinutes }
  const body = {
    catalogue: `文件导入申报：${source}`,
    // the first since ever, for what it brings is of the past; a further one is a version of its own, from today on
    valid_from: printDay(row === null ? asDay(0) : dayAt(law, supervisor.now())),
    sources: [
      {
        source,
        name: row?.name ?? newest(law.tables.sources.get(source))?.name ?? source,
        sends: all,
        ...mode,
        ...lag,
      },
    ],
  }
  await enactCatalogue(supervisor, body, by)
  return true
}
