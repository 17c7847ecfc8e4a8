// The quarantine's rows as they are shown, how much it holds, and the record of what became of a row (I5, I6).

import { bothTexts } from '../contract/problems.ts'
import { factKey } from '../core/case/event.ts'
import { rateScaleAt } from '../core/law/law.ts'
import type { Instant } from '../core/time/instant.ts'
import { canonicalize } from '../intake/canonical.ts'
import type { Taken } from '../intake/fact.ts'
import type { Intake, Outcome } from '../intake/outcome.ts'
import type { DoorContext } from '../intake/rating.ts'
import { instantIn } from '../present/words.ts'
import { cursorAtPlace } from '../store/cursor.ts'
import type { Cure, KeptRefusal } from '../store/held.ts'
import type { Records } from '../store/port.ts'
import type { Clock } from '../supervision/clock.ts'
import type { QuarantineBounds } from '../supervision/room.ts'
import type { Supervisor } from '../supervision/supervisor.ts'

/** A rejected event as it is shown: instants as RFC 3339. */
export interface QuarantineView {
  readonly id: number
  readonly at: string
  readonly source_system: string
  readonly event_id: string | null
  readonly project_no: string | null
  readonly code: string
  readonly field: string | null
  /** In Chinese; in English beside it. */
  readonly message: string
  readonly message_en: string
  /** null: withheld, for it may bear personal parts and the caller may not read them. */
  readonly raw: string | null
  /** null: no person has resolved it. */
  readonly resolved_at: string | null
  /** withdrawn: every import that brought it was. */
  readonly resolution: 'resubmitted' | 'dismissed' | 'withdrawn' | null
  /** By what it has come right by itself (I15), and waits no more: the event, and the import that brought it; null: it has not. */
  readonly cured_by: { readonly event_id: string; readonly import_no: number | null } | null
  /** Number of the import that brought it; null: none did, or it came before this was kept. */
  readonly import_no: number | null
  /** Number of its row in the file of that import: events of one row wait together. */
  readonly row: number | null
}

/** How much the quarantine holds of a source, and how much it may. */
export interface QuarantineCountView {
  readonly source_system: string
  readonly rows: number
  readonly bytes: number
  /** Rows that no person has resolved; those that have come right by themselves are among them, and hold their place. */
  readonly waiting: number
  readonly most_rows: number
  readonly most_bytes: number
  /** Nothing of it can make room: what is rejected now is not kept, and its sender is told (503). */
  readonly full: boolean
}

/** Rows of a source, of one code or of all, that need no mending: with the reason of whoever says so. */
export interface Dismissal {
  readonly source: string
  readonly from: number
  readonly upTo: number
  readonly code: string | null
  readonly by: string
  readonly why: string
}

export interface QuarantineQuery {
  readonly code?: string
  readonly source?: string
  readonly after?: string
  readonly limit: number
}

export interface Resubmission {
  readonly id: number
  readonly source: string
  readonly at: Instant
  readonly by: string
  readonly eventId: string | null
  readonly outcome: Outcome
}

export interface QuarantineParts {
  readonly supervisor: Intake
  readonly clock: { now(): Instant }
  readonly aheadMs: number
  readonly scaleOf: DoorContext['scaleOf']
  list(query: QuarantineQuery): Promise<{ items: readonly QuarantineView[]; next: string | null }>
  get(id: number): Promise<QuarantineView | null>
  /** What waits, or was set down, beside it of the same row of a file (I15), and so itself. */
  beside(id: number): Promise<readonly QuarantineView[]>
  /** The import it goes in with once it is mended: the last of those that brought it and stand; null: none did. */
  importOf(id: number): Promise<number | null>
  /** Whether another event is held under the id of this one: then it will be refused. */
  isHeldOtherwise(taken: Taken): Promise<boolean>
  recordResubmission(resubmission: Resubmission): Promise<void>
  counts(): Promise<readonly QuarantineCountView[]>
  dismiss(dismissal: Dismissal): Promise<void>
}

interface Inside {
  readonly supervisor: Supervisor
  readonly reader: Records
}

export const quarantineOver = (
  inside: Inside,
  at: { clock: Clock; aheadMs: number; bounds: QuarantineBounds },
): QuarantineParts => {
  const { supervisor, reader } = inside
  const view = (row: KeptRefusal, cure: Cure | null): QuarantineView => {
    const { zh, en } = bothTexts(row.message)
    const calendar = supervisor.law.homeCalendar
    return {
      id: row.id,
      at: instantIn(calendar, row.at) ?? '',
      source_system: row.source,
      event_id: row.eventId,
      project_no: row.projectNo,
      code: row.code,
      field: row.field,
      message: zh,
      message_en: en,
      raw: row.raw,
      resolved_at: instantIn(calendar, row.resolvedAt),
      resolution: row.resolution,
      cured_by: cure === null ? null : { event_id: cure.eventId, import_no: cure.importNo },
      import_no: row.importNo,
      row: row.rowNo,
    }
  }
  return {
    supervisor,
    clock: { now: () => supervisor.now() },
    aheadMs: at.aheadMs,
    scaleOf: (source, at) => rateScaleAt(supervisor.law, source, at),
    async list(query) {
      const { rows, next } = await reader.quarantine(query)
      return { items: rows.map((row) => view(row, row.cure)), next }
    },
    async get(id) {
      const { rows } = await reader.quarantine({ limit: 1, after: cursorAtPlace(id + 1) })
      const row = rows[0]
      return row === undefined || row.id !== id ? null : view(row, row.cure)
    },
    async beside(id) {
      return (await reader.waitingBeside(id)).map((row) => view(row, null))
    },
    async importOf(id) {
      const standing = (await reader.waitingBroughtBy(id)).filter((no) => !supervisor.said.withdrawn.has(no))
      return standing.at(-1) ?? null
    },
    async isHeldOtherwise({ fact: { source, eventId }, body, personal }) {
      const place = (await reader.placesOf([{ source, eventId }])).get(factKey(source, eventId))
      const facts = place?.projectNo == null ? [] : await reader.factsOf(place.projectNo)
      const held = facts.find((one) => one.source === source && one.eventId === eventId)
      return held !== undefined && !held.erased && (held.body !== body || held.personal !== personal)
    },
    async counts() {
      const { rows: mostRows, bytes: mostBytes } = at.bounds
      return (await reader.quarantineCounts()).map(({ source, rows, bytes, resolved }) => ({
        source_system: source,
        rows,
        bytes,
        waiting: rows - resolved,
        most_rows: mostRows,
        most_bytes: mostBytes,
        full: resolved === 0 && (rows >= mostRows || bytes >= mostBytes),
      }))
    },
    async recordResubmission({ id, source, by, eventId, outcome, at: when }) {
      const said = { quarantine: id, at: when, event_id: eventId, outcome: outcome.outcome, code: outcome.code }
      const resolved =
        outcome.outcome === 'rejected' ? [] : [{ source, from: id, upTo: id, code: null, how: 'resubmitted' as const }]
      await supervisor.record({ kind: 'move', by, body: canonicalize(said) }, (batch) => {
        if (resolved.length > 0) batch.quarantineSteps = { gone: [], resolved }
      })
    },
    async dismiss({ source, from, upTo, code, by, why }) {
      const said = { quarantine_dismissed: { source, from, up_to: upTo, code }, why }
      await supervisor.record({ kind: 'move', by, body: canonicalize(said) }, (batch) => {
        batch.quarantineSteps = { gone: [], resolved: [{ source, from, upTo, code, how: 'dismissed' }] }
      })
    },
  }
}
