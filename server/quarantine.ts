// The quarantine's rows as its routes want them, and the record of what became of a mended event (I6).

import type { QuarantineParts, QuarantineView } from './http/quarantine.ts'
import { canonicalize } from './intake/canonical.ts'
import { instantIn } from './present/words.ts'
import type { QuarantineRow, Records } from './store/port.ts'
import type { Clock } from './supervision/clock.ts'
import type { Supervisor } from './supervision/supervisor.ts'

interface Inside {
  readonly supervisor: Supervisor
  readonly reader: Records
}

export const quarantineOver = (inside: Inside, at: { clock: Clock; aheadMs: number }): QuarantineParts => {
  const { supervisor, reader } = inside
  const view = (row: QuarantineRow & { id: number }): QuarantineView => ({
    id: row.id,
    at: instantIn(supervisor.law.homeCalendar, row.at) ?? '',
    source_system: row.source,
    event_id: row.eventId,
    project_no: row.projectNo,
    code: row.code,
    field: row.field,
    message: row.message,
    raw: row.raw,
  })
  return {
    supervisor,
    clock: { now: () => supervisor.now() },
    aheadMs: at.aheadMs,
    async list(query) {
      const { rows, next } = await reader.quarantine(query)
      return { items: rows.map(view), next }
    },
    async get(id) {
      const { rows } = await reader.quarantine({ limit: 1, after: String(id + 1) })
      const row = rows[0]
      return row === undefined || row.id !== id ? null : view(row)
    },
    async recordResubmission({ id, at: when, by, eventId, outcome }) {
      const body = canonicalize({
        quarantine: id,
        at: when,
        event_id: eventId,
        outcome: outcome.outcome,
        code: outcome.code,
      })
      await supervisor.record({ kind: 'move', by, body })
    },
  }
}
