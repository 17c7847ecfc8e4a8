// A card as the API shows it (SPEC 11, C2–C5). Types only.

import type { WireLevel } from './vocabulary.ts'

export interface CardView {
  card_id: string
  rule_id: string
  rule_name: string
  rule_name_en: string
  level: WireLevel
  state: string
  subject_kind: string
  subject: string
  project_no: string | null
  occasion: string
  department: string
  org_code: string | null
  window_no: string | null
  operator_id: string | null
  operator_name: string | null
  limit_at: string
  raised_at: string
  reply_due_at: string | null
  of_record: boolean
  provisional: boolean
  basis: Record<string, string | number | boolean | null>
  legal_basis: string
  /** Its rule is confirmed by a person under their own name (T12). */
  signed: boolean
  /** It waits because of: 'provisional' (T13), 'source' (I13), 'contested' (F5), 'person' (rules of mode confirm). */
  waits_for: 'provisional' | 'source' | 'contested' | 'person' | null
  /** What would lift it though it came too late to do so by itself, and what became of that (C5). */
  lift: {
    grounds: {
      kind: string
      source_system: string | null
      ref: string
      event_type: string | null
      occurred_at: string | null
      by: string | null
    }[]
    asked_at: string
    decide_by: string
    decided: 'lift' | 'keep' | null
  } | null
  /** Number of its last move: the next one is one more. */
  n: number
  history: { n: number; at: string; move: string; state: string; by: string; why: string }[]
}
