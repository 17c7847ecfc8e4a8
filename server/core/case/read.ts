// A fact read back from its stored canonical text: the inverse of what the intake writes (I2).
// The text was checked when it was taken in; here it is mapped and nothing more. Throws on text that is not JSON.

import type { Instant } from '../time/instant.ts'
import type { Edition, EventType, Fact, Json } from './event.ts'

/** The canonical text's own keys; absent means null. */
interface Kept {
  readonly event_id: string
  readonly event_type: EventType
  readonly occurred_at: Instant
  readonly operator_id?: string
  readonly operator_name?: string
  readonly org_code?: string
  readonly payload?: Readonly<Record<string, Json>>
  readonly precision?: 'day'
  readonly project_no?: string
  readonly region_code?: string
  readonly register?: {
    readonly as_of: Instant
    readonly file: string
    readonly key: string
    readonly line: number
    readonly name: string
  }
  readonly source_system: string
  readonly supersedes?: string
  readonly task_code?: string
  readonly window_no?: string
}

/** The item of the event itself, else the one its payload names. */
const itemOf = (kept: Kept): string | null => {
  const inPayload = kept.payload?.task_code
  return kept.task_code ?? (typeof inPayload === 'string' ? inPayload : null)
}

const editionOf = ({ register, project_no: caseNo }: Kept): Edition | null => {
  if (register === undefined || caseNo === undefined) return null
  const { name, key, as_of: asOf, file, line } = register
  return { register: name, key, caseNo, asOf, file, line }
}

/** `historical` stands beside the event (I8): it comes from how it was brought, not from its text. */
export const readFact = (body: string, historical: Instant | null = null): Fact => {
  const kept = JSON.parse(body) as Kept
  return {
    source: kept.source_system,
    eventId: kept.event_id,
    type: kept.event_type,
    projectNo: kept.project_no ?? null,
    at: kept.occurred_at,
    org: kept.org_code ?? null,
    window: kept.window_no ?? null,
    operator: kept.operator_id ?? null,
    operatorName: kept.operator_name ?? null,
    item: itemOf(kept),
    region: kept.region_code ?? null,
    supersedes: kept.supersedes ?? null,
    payload: kept.payload ?? {},
    precision: kept.precision ?? null,
    edition: editionOf(kept),
    historical,
  }
}
