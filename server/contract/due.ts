// Shape of an answer of POST /api/v1/due (SPEC part 11) as pages read it. Types only; core answers with the same.

import type { ExplainDay } from './api.ts'

export interface DueView {
  due_on: string | null
  due_at: string | null
  provisional: boolean
  warn_on: string | null
  warn_at: string | null
  accepted_on: string | null
  deemed: boolean
  notice_due_on: string | null
  used: number | null
  remaining: number | null
  late_by_wd: number
  urge_due_on: string | null
  proposal_from: string | null
  extension_void: boolean
  /** Verdict of each extension asked for, in their order (T7). */
  extensions: ('counts' | 'cut' | 'late' | 'second' | 'empty')[]
  segments: { kind: string; from: string; to: string; counted: number }[]
  /** Version of the calendar it rests on. */
  calendar: string
  zh?: string
  en?: string
  days?: ExplainDay[]
}

/** What is wrong with a question, and at which of its fields. */
export interface DueFault {
  error: { code: string; at: string; zh: string; en: string }
}
