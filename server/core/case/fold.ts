// Fold: facts → what happened. Pure and total over valid facts, in the order of F1. No law, no clock, no arrival.
// `applyFact` takes the next fact in order; `foldCase` sorts and applies all: both give the same state (F2).
// Void facts are left out by the caller (F3). Rules: F1, F2, F4, F5.

import { asInstant, type Instant } from '../time/instant.ts'
import { withCustody } from './custody.ts'
import { compareOrder, type Fact, orderOf } from './event.ts'
import { type Draft, dueAsOf, limit, markOf, markText, number, text, textOrNumber } from './fold-read.ts'
import { extend, jointDispatch, jointReply, resume, stepEnd, stepStart, suspend } from './fold-spans.ts'
import type { Accepted, CaseState, End, Received, StatedLimit } from './state.ts'

/** Raised whenever fold, judge or count change what they make of the same facts: stores are then rebuilt. */
export const ENGINE_VERSION = 4

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
    greenChannel: markText(payload.green_channel),
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
    mode: text(payload.mode),
    ...dueAsOf(fact),
  }
  // ACCEPT after REFUSE_ACCEPT opens the case again, and what came after that end was no end (F5)
  const refused = draft.ends.findIndex((end) => end.type === 'REFUSE_ACCEPT')
  const taken = draft.ends[refused]
  if (taken !== undefined) {
    draft.refusals = [...draft.refusals, taken.at]
    draft.ends = draft.ends.slice(0, refused)
  }
  if (draft.accepted === null || refused >= 0) draft.custody = withCustody(draft.custody, fact)
  if (draft.accepted === null) draft.accepted = accepted
  else if (draft.accepted.source !== fact.source && differs(draft.accepted, accepted)) withConflict(draft, 'accepted')
}

/** What was asked for is handed in: every notice still open is answered by it. */
const correctionDone = (draft: Draft, fact: Fact): void => {
  if (!draft.notices.some((notice) => notice.doneAt === null)) return
  draft.notices = draft.notices.map((notice) => (notice.doneAt === null ? { ...notice, doneAt: fact.at } : notice))
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
  JOINT_DISPATCH: jointDispatch,
  JOINT_REPLY: jointReply,
  HANDOVER: (draft, fact) => {
    if (fact.payload.direction === 'upward') draft.upward = [...draft.upward, markOf(fact)]
  },
  URGE: (draft, fact) => {
    draft.urges = [...draft.urges, markOf(fact)]
  },
  COMPLAIN: (draft, fact) => {
    draft.complaints = [...draft.complaints, markOf(fact)]
  },
  RATE: (draft, fact) => {
    const level = number(fact.payload.level)
    const active = fact.payload.origin === 'active'
    if (level !== null) draft.ratings = [...draft.ratings, { ...markOf(fact), level, active }]
  },
  REFUSE_ACCEPT: (draft, fact) => end(draft, fact, 'REFUSE_ACCEPT'),
  DECIDE: (draft, fact) => end(draft, fact, 'DECIDE'),
  COMPLETE: (draft, fact) => end(draft, fact, 'COMPLETE'),
  WITHDRAW: (draft, fact) => end(draft, fact, 'WITHDRAW'),
  TERMINATE: (draft, fact) => end(draft, fact, 'TERMINATE'),
  DELIVER: (draft, fact) => {
    draft.deliveries = [...draft.deliveries, markOf(fact)]
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
  historicalBefore: fact.historical,
  received: null,
  accepted: null,
  notices: [],
  steps: [],
  pauses: [],
  resumesOfNothing: [],
  extensions: [],
  joint: [],
  upward: [],
  ends: [],
  deliveries: [],
  urges: [],
  complaints: [],
  ratings: [],
  refusals: [],
  custody: [],
  conflicts: [],
  codes: [],
})

/** Members of a joint handling that have not replied, in the order in which they were asked. */
const stillAsked = ({ joint }: Draft): readonly (string | null)[] =>
  joint.length === 0 ? [] : joint.filter((task) => task.repliedAt === null).map(({ member }) => member)

/** One live fact makes the case live (I8, C10). */
const earlier = (a: Instant | null, b: Instant | null): Instant | null =>
  a === null || b === null ? null : asInstant(Math.min(a, b))

/** The state after the next fact in order. The given state is not changed. */
export const applyFact = (state: CaseState | null, fact: Fact, projectNo: string): CaseState => {
  const draft: Draft = { ...(state ?? emptyState(projectNo, fact)) }
  const item = text(fact.payload.task_code) ?? fact.item
  draft.facts += 1
  draft.last = orderOf(fact)
  draft.item ??= item
  draft.region ??= fact.region
  draft.historicalBefore = earlier(draft.historicalBefore, fact.historical)
  draft.codes = withCodes(draft.codes, fact, item)
  APPLY[fact.type]?.(draft, fact)
  // a RECEIVE or ACCEPT moves the case only when it counts: their own rooms see to that
  if (fact.type !== 'RECEIVE' && fact.type !== 'ACCEPT')
    draft.custody = withCustody(draft.custody, fact, stillAsked(draft))
  return draft
}

/** The state of a case from all its valid facts, in any order (F1, F2); null when there are none. */
export const foldCase = (facts: readonly Fact[], projectNo: string): CaseState | null => {
  const ordered = facts.slice().sort((a, b) => compareOrder(orderOf(a), orderOf(b)))
  let state: CaseState | null = null
  for (const fact of ordered) state = applyFact(state, fact, projectNo)
  return state
}
