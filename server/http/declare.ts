// What a file source can send (I12) is what its mapping fills in: declared as a catalogue row of that source before its
// first import, so that what no column bears is not known and never missing. A source that the catalogue knows as
// sending everything stays so; one that can send more than it declared declares the sum of both.

import { newest } from '../core/law/law.ts'
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

/** Declares it where that says something new; whether it did. */
export const declareSource = async (
  supervisor: Pick<Supervisor, 'law' | 'loadCatalogue'>,
  { source, sends, by }: Declaring,
): Promise<boolean> => {
  const row = newest(supervisor.law.tables.sources.get(source))
  if (row !== null && row.sends === null) return false
  const all = [...new Set([...(row?.sends ?? []), ...sends])].sort()
  if (row !== null && all.length === row.sends?.size) return false
  const batch = row?.batch ?? null
  const mode =
    batch === null ? {} : { mode: 'batch', delivers_at: [...batch.deliversAt], grace_work_days: batch.graceWorkDays }
  const lag = row === null ? {} : { usual_lag_minutes: row.usualLagMinutes }
  const body = {
    catalogue: `文件导入申报：${source}`,
    // in the place of the row that stands, else since ever
    valid_from: printDay(row?.validFrom ?? asDay(0)),
    sources: [{ source, name: row?.name ?? source, sends: all, ...mode, ...lag }],
  }
  await enactCatalogue(supervisor, body, by)
  return true
}
