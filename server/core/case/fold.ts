// Fold: facts → what happened. Pure and total over valid facts, in the order of F1. No law, no clock, no arrival.
// `applyFact` takes the next fact in order; `foldCase` sorts and applies all: both give the same state (F2).
// Void facts are left out by the caller (F3). Rules: F1, F2, F4, F5.

import { asInstant } from '../time/instant.ts'
import { withCustody } from './custody.ts'
import { compareOrder, type Fact, type Json, orderOf } from './event.ts'
import type { Accepted, CaseState, End, Mark, Pause, Received, StatedLimit, Step } from './state.ts'

/** Raised whenever fold, judge or count change what they make of the same facts: stores are then rebuilt. */
export const ENGINE_VERSION = 1

type Draft = { -readonly [K in keyof CaseState]: CaseState[K] }

const text = (value: Json | undefined): string | null => (typeof value === 'string' && value !== '' ? value : null)
const number = (value: Json | undefined): number | null => (typeof value === 'number' ? value : null)
const textOrNumber = (value: Json | undefined): string | number | null =>
  typeof value === 'string' || typeof value === 'number' ? value : null

const limit = (value: Json | undefined): StatedLimit | null => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const { value: count, unit } = value as { readonly [key: string]: Json }
  return typeof count === 'number' && typeof unit === 'string' ? { value: count, unit } : null
}

const markOf = (fact: Fact): Mark => ({
  at: fact.at,
  eventId: fact.eventId,
  source: fact.source,
  org: fact.org,
  window: fact.window,
  operator: fact.operator,
  operatorName: fact.operatorName,
})

const withConflict = (draft: Draft, field: string): void => {
  if (!draft.conflicts.includes(field)) draft.conflicts = [...draft.conflicts, field]
}

const receive = (draft: Draft, fact: Fact): void => {
  const { payload } = fact
  const received: Received = {
    ...markOf(fact),
    applyType: text(payload.apply_type),
    projectType: text(payload.project_type),
    visits: number(payload.visits),
    greenChannel: text(payload.green_channel),
  }
  if (draft.received === null) {
    draft.received = received
    draft.custody = withCustody(draft.custody, fact)
  } else if (draft.received.source !== fact.source && draft.received.at !== fact.at) withConflict(draft, 'received')
}

const sameLimit = (a: StatedLimit | null, b: StatedLimit | null): boolean =>
  a?.value === b?.value && a?.unit === b?.unit

/** Two acceptances tell different things of one case: the instant or a limit (F5). */
const differs = (a: Accepted, b: Accepted): boolean =>
  a.at !== b.at ||
  a.promiseDue !== b.promiseDue ||
  a.statuteDue !== b.statuteDue ||
  !sameLimit(a.promise, b.promise) ||
  !sameLimit(a.statute, b.statute)

const accept = (draft: Draft, fact: Fact): void => {
  const { payload } = fact
  const accepted: Accepted = {
    ...markOf(fact),
    projectType: text(payload.project_type),
    promise: limit(payload.promise_limit),
    statute: limit(payload.legal_limit),
    promiseDue: textOrNumber(payload.promise_due_at),
    statuteDue: textOrNumber(payload.legal_due_at),
  }
  // ACCEPT after REFUSE_ACCEPT opens the case again, and what came after that end was no end (F5)
  const refused = draft.ends.findIndex((end) => end.type === 'REFUSE_ACCEPT')
  if (refused >= 0) draft.ends = draft.ends.slice(0, refused)
  if (draft.accepted === null || refused >= 0) draft.custody = withCustody(draft.custody, fact)
  if (draft.accepted === null) draft.accepted = accepted
  else if (draft.accepted.source !== fact.source && differs(draft.accepted, accepted)) withConflict(draft, 'accepted')
}

const lastIndex = <T>(rows: readonly T[], wanted: (row: T) => boolean): number => {
  for (let i = rows.length - 1; i >= 0; i--) if (wanted(rows[i] as T)) return i
  return -1
}

const replaced = <T>(rows: readonly T[], index: number, row: T): readonly T[] => {
  const copy = rows.slice()
  copy[index] = row
  return copy
}

/** What was asked for is handed in: every notice still open is answered by it. */
const correctionDone = (draft: Draft, fact: Fact): void => {
  if (!draft.notices.some((notice) => notice.doneAt === null)) return
  draft.notices = draft.notices.map((notice) => (notice.doneAt === null ? { ...notice, doneAt: fact.at } : notice))
}

const branchOf = (draft: Draft, fact: Fact): string | null => {
  const held = draft.custody[draft.custody.length - 1]?.holder
  return held?.role === 'joint' && held.org === fact.org ? fact.org : null
}

const stepStart = (draft: Draft, fact: Fact): void => {
  const branch = branchOf(draft, fact)
  // a step without STEP_END ends with the next STEP_START of its branch (F5)
  const steps = draft.steps.map((step) =>
    step.to === null && step.branch === branch ? { ...step, to: fact.at } : step,
  )
  const step: Step = {
    ...markOf(fact),
    code: text(fact.payload.step_code) ?? '',
    from: fact.at,
    to: null,
    branch,
    statedDue: textOrNumber(fact.payload.step_due_at),
  }
  draft.steps = [...steps, step]
}

const stepEnd = (draft: Draft, fact: Fact): void => {
  const code = text(fact.payload.step_code) ?? ''
  const open = lastIndex(draft.steps, (step) => step.to === null && (step.code === code || code === ''))
  if (open >= 0) {
    draft.steps = replaced(draft.steps, open, { ...(draft.steps[open] as Step), to: fact.at })
    return
  }
  const step: Step = { ...markOf(fact), code, from: null, to: fact.at, branch: null, statedDue: null }
  draft.steps = [...draft.steps, step]
}

const suspend = (draft: Draft, fact: Fact): void => {
  const kind = text(fact.payload.kind) ?? 'other'
  // a second SUSPEND of an open kind changes nothing (T6)
  if (draft.pauses.some((pause) => pause.to === null && pause.kind === kind)) return
  const pause: Pause = {
    ...markOf(fact),
    kind,
    to: null,
    approvedDays: limit(fact.payload.approved_days),
    basis: text(fact.payload.basis),
    approver: text(fact.payload.approver),
    noticeAt: number(fact.payload.notice_at),
  }
  draft.pauses = [...draft.pauses, pause]
}

const resume = (draft: Draft, fact: Fact): void => {
  const byEvent = text(fact.payload.pause)
  const byKind = text(fact.payload.kind)
  const named = (pause: Pause): boolean =>
    byEvent !== null ? pause.eventId === byEvent : byKind !== null ? pause.kind === byKind : true
  if (!draft.pauses.some((pause) => pause.to === null && named(pause))) {
    draft.resumesOfNothing = [...draft.resumesOfNothing, markOf(fact)]
    return
  }
  draft.pauses = draft.pauses.map((pause) => (pause.to === null && named(pause) ? { ...pause, to: fact.at } : pause))
}

const extend = (draft: Draft, fact: Fact): void => {
  const days = limit(fact.payload.days)?.value ?? number(fact.payload.days)
  if (days === null) return
  const approvedAt = asInstant(number(fact.payload.approved_at) ?? fact.at)
  const extension = { ...markOf(fact), days, approvedAt, approver: text(fact.payload.approver) }
  draft.extensions = [...draft.extensions, extension]
}

const end = (draft: Draft, fact: Fact, type: End['type']): void => {
  const result = text(fact.payload.result) ?? text(fact.payload.result_type) ?? text(fact.payload.kind)
  const first = draft.ends.find((known) => known.type === type)
  if (first === undefined) draft.ends = [...draft.ends, { ...markOf(fact), type, result }]
  else if (type === 'DECIDE' && first.source !== fact.source && (first.result !== result || first.at !== fact.at))
    withConflict(draft, 'decided')
}

const APPLY: Partial<Record<Fact['type'], (draft: Draft, fact: Fact) => void>> = {
  RECEIVE: receive,
  ACCEPT: accept,
  CORRECT_NOTICE: (draft, fact) => {
    draft.notices = [...draft.notices, { ...markOf(fact), doneAt: null }]
  },
  CORRECT_DONE: correctionDone,
  STEP_START: stepStart,
  STEP_END: stepEnd,
  SUSPEND: suspend,
  RESUME: resume,
  EXTEND: extend,
  REFUSE_ACCEPT: (draft, fact) => end(draft, fact, 'REFUSE_ACCEPT'),
  DECIDE: (draft, fact) => end(draft, fact, 'DECIDE'),
  COMPLETE: (draft, fact) => end(draft, fact, 'COMPLETE'),
  WITHDRAW: (draft, fact) => end(draft, fact, 'WITHDRAW'),
  TERMINATE: (draft, fact) => end(draft, fact, 'TERMINATE'),
  DELIVER: (draft, fact) => {
    draft.delivered ??= markOf(fact)
  },
}

const withCodes = (codes: CaseState['codes'], fact: Fact, item: string | null): CaseState['codes'] => {
  let out = codes
  const add = (kind: string, code: string | null): void => {
    if (code === null) return
    const key = `${kind}:${code}`
    if (!out.some(([known]) => known === key)) out = [...out, [key, fact.at]]
  }
  add('item', item)
  add('window', fact.window)
  add('department', fact.org)
  return out
}

const emptyState = (projectNo: string, fact: Fact): CaseState => ({
  projectNo,
  facts: 0,
  last: orderOf(fact),
  first: markOf(fact),
  item: null,
  region: null,
  historical: false,
  received: null,
  accepted: null,
  notices: [],
  steps: [],
  pauses: [],
  resumesOfNothing: [],
  extensions: [],
  ends: [],
  delivered: null,
  custody: [],
  conflicts: [],
  codes: [],
})

/** The state after the next fact in order. The given state is not changed. */
export const applyFact = (state: CaseState | null, fact: Fact, projectNo: string): CaseState => {
  const draft: Draft = { ...(state ?? emptyState(projectNo, fact)) }
  const item = text(fact.payload.task_code) ?? fact.item
  draft.facts += 1
  draft.last = orderOf(fact)
  draft.item ??= item
  draft.region ??= fact.region
  draft.historical ||= fact.historical
  draft.codes = withCodes(draft.codes, fact, item)
  APPLY[fact.type]?.(draft, fact)
  // a RECEIVE or ACCEPT moves the case only when it counts: their own rooms see to that
  if (fact.type !== 'RECEIVE' && fact.type !== 'ACCEPT') draft.custody = withCustody(draft.custody, fact)
  return draft
}

/** The state of a case from all its valid facts, in any order (F1, F2); null when there are none. */
export const foldCase = (facts: readonly Fact[], projectNo: string): CaseState | null => {
  const ordered = facts.slice().sort((a, b) => compareOrder(orderOf(a), orderOf(b)))
  let state: CaseState | null = null
  for (const fact of ordered) state = applyFact(state, fact, projectNo)
  return state
}
