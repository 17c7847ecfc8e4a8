// How a case ended (M2): which of its ends concludes it, in time or late, and with what outcome. Pure, by facts and law.

import type { Law } from '../law/law.ts'
import type { Calendar } from '../time/calendar.ts'
import type { Instant } from '../time/instant.ts'
import type { Clock } from './reckon.ts'
import { isAfter, isBy } from './stands.ts'
import type { CaseState, End } from './state.ts'

export type Verdict = 'on_time' | 'late' | 'undated' | 'excluded'
export type Outcome = 'granted' | 'refused' | 'withdrawn' | 'terminated' | 'refused_acceptance'

const ENDS_BY_DECISION: ReadonlySet<End['type']> = new Set([
  'DECIDE',
  'COMPLETE',
  'REFUSE_ACCEPT',
  'WITHDRAW',
  'TERMINATE',
])
const ENDS_BY_COMPLETION: ReadonlySet<End['type']> = new Set(['COMPLETE', 'REFUSE_ACCEPT', 'WITHDRAW', 'TERMINATE'])

/** The conclusion (M2): the first end in order; a profile may let only completion conclude. */
export const conclusionOf = (state: CaseState, law: Law): End | null => {
  const wanted = law.profile.concludedBy === 'completion' ? ENDS_BY_COMPLETION : ENDS_BY_DECISION
  return state.ends.find((end) => wanted.has(end.type)) ?? null
}

export const onMerits = (end: End | null): boolean => end !== null && (end.type === 'DECIDE' || end.type === 'COMPLETE')

interface Ended {
  readonly end: End | null
  readonly accepted: Instant | null
  readonly main: Clock | null
}

export const verdictOf = ({ end, accepted, main }: Ended, calendar: Calendar): Verdict | null => {
  if (end === null) return null
  const inTime = main === null || isBy(end, main.due.dueAt, calendar)
  const merits = onMerits(end) || (end.type === 'REFUSE_ACCEPT' && accepted !== null)
  if (!merits) return inTime ? 'excluded' : 'late'
  if (main === null) return 'undated'
  return inTime ? 'on_time' : 'late'
}

export const outcomeOf = (state: CaseState, end: End | null, accepted: Instant | null): Outcome | null => {
  if (end === null) return null
  if (end.type === 'WITHDRAW') return 'withdrawn'
  if (end.type === 'TERMINATE') return 'terminated'
  // what was accepted, by word or by silence, cannot be refused at the door any more (M2)
  if (end.type === 'REFUSE_ACCEPT') return accepted === null ? 'refused_acceptance' : 'refused'
  return resultOf(state, end) === 'refused' ? 'refused' : 'granted'
}

/** What the file states of the result; a decision stamped after the conclusion changes nothing (F5). */
const resultOf = (state: CaseState, end: End): string | null =>
  (state.ends.find((row) => row.type === 'DECIDE' && !isAfter(row, end)) ?? end).result

/** Concluded on the merits without a word on the result: it counts as granted (M2), and is never told as it. */
export const isResultUnsaid = (state: CaseState, end: End | null): boolean =>
  end !== null && onMerits(end) && resultOf(state, end) === null
