// What waits of a case, in words (I15): rows and events of its number that could not be taken. Its facts lack them, so whoever
// reads the case or answers for a card of it is told.

import type { CaseWaiting } from '../contract/case-waiting.ts'
import { bothTexts } from '../contract/problems.ts'
import { type Law, newest } from '../core/law/law.ts'
import type { Instant } from '../core/time/instant.ts'
import { instantIn } from './words.ts'

export interface WaitingRow {
  readonly id: number
  readonly at: Instant
  readonly source: string
  readonly eventId: string | null
  readonly projectNo: string | null
  readonly code: string
  readonly field: string | null
  /** Both texts. */
  readonly message: string
  readonly raw: string
  readonly importNo: number | null
  readonly rowNo: number | null
}

/** The type that an event says, as it was sent: of an event alone, or of one of a row. */
const typeSaid = (raw: string): string | null => {
  try {
    const { event_type: type } = JSON.parse(raw) as { event_type?: unknown }
    return typeof type === 'string' ? type : null
  } catch {
    // what is no JSON says none
    return null
  }
}

export const waitingView = (
  { count, rows }: { readonly count: number; readonly rows: readonly WaitingRow[] },
  law: Law,
): CaseWaiting => ({
  count,
  items: rows.map((row) => {
    const { zh, en } = bothTexts(row.message)
    return {
      id: row.id,
      at: instantIn(law.homeCalendar, row.at) ?? '',
      source_system: row.source,
      source_name: newest(law.tables.sources.get(row.source))?.name ?? row.source,
      event_id: row.eventId,
      event_type: typeSaid(row.raw),
      project_no: row.projectNo ?? '',
      code: row.code,
      field: row.field,
      message: zh,
      message_en: en,
      import_no: row.importNo,
      row: row.rowNo,
    }
  }),
})
