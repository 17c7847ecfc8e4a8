// Fold: facts → what happened. Pure and total over valid facts, in the order of F1. No clock, no arrival, of the law one setting.
// `applyFact` takes the next fact in order; `foldCase` sorts and applies all: both give the same state (F2). What a fact
// costs does not grow with those before it. Void facts are left out by the caller (F3). Rules: F1, F2, F4, F5, I11.

import { dayAt, type Law } from '../law/law.ts'
import { twinMinutesOn } from '../law/twins.ts'
import { asInstant, type Instant } from '../time/instant.ts'
import { ANYTHING, spokenWith } from './ability.ts'
import { moveCustody } from './custody.ts'
import { closeDraft, type Draft, FOLDING, type Folding, openDraft } from './draft.ts'
import { compareOrder, type Fact, orderOf } from './event.ts'
import { accept, end, receive } from './fold-firsts.ts'
import { resume, suspend, suspendedToo } from './fold-pauses.ts'
import { itemOf, markOf, number } from './fold-read.ts'
import {
  correctionDone,
  correctionNotice,
  extend,
  jointDispatch,
  jointReply,
  stepEnd,
  stepStart,
} from './fold-spans.ts'
import type { Said } from './standing.ts'
import type { CaseState } from './state.ts'
import { tellingOf } from './telling.ts'

/** Raised whenever fold, judge or count change what they make of the same facts: stores are then rebuilt. */
export const ENGINE_VERSION = 22

const APPLY: Partial<Record<Fact['type'], (draft: Draft, fact: Fact) => void>> = {
  RECEIVE: receive,
  ACCEPT: accept,
  CORRECT_NOTICE: correctionNotice,
  CORRECT_DONE: correctionDone,
  STEP_START: stepStart,
  STEP_END: stepEnd,
  SUSPEND: suspend,
  RESUME: resume,
  EXTEND: extend,
  JOINT_DISPATCH: jointDispatch,
  JOINT_REPLY: jointReply,
  HANDOVER: (draft, fact) => {
    if (fact.payload.direction === 'upward') draft.upward.push(markOf(fact))
  },
  URGE: (draft, fact) => {
    draft.urges.push(markOf(fact))
  },
  COMPLAIN: (draft, fact) => {
    draft.complaints.push(markOf(fact))
  },
  RATE: (draft, fact) => {
    const level = number(fact.payload.level)
    const active = fact.payload.origin === 'active'
    if (level !== null) draft.ratings.push({ ...markOf(fact), level, active })
  },
  REFUSE_ACCEPT: (draft, fact) => end(draft, fact, 'REFUSE_ACCEPT'),
  DECIDE: (draft, fact) => end(draft, fact, 'DECIDE'),
  COMPLETE: (draft, fact) => end(draft, fact, 'COMPLETE'),
  WITHDRAW: (draft, fact) => end(draft, fact, 'WITHDRAW'),
  TERMINATE: (draft, fact) => end(draft, fact, 'TERMINATE'),
  DELIVER: (draft, fact) => {
    draft.deliveries.push(markOf(fact))
  },
}

const addCodes = ({ codes, open }: Draft, fact: Fact, item: string | null): void => {
  const add = (kind: string, code: string | null): void => {
    const key = `${kind}:${code}`
    if (code === null || open.codes.has(key)) return
    open.codes.add(key)
    codes.push([key, fact.at])
  }
  add('item', item)
  add('window', fact.window)
  add('department', fact.org)
}

/** The first item holds; another source that names another one speaks of another case (I11). */
const nameItem = (draft: Draft, { source }: Fact, item: string | null): void => {
  if (item === null) return
  if (draft.item === null) {
    draft.item = item
    draft.itemSource = source
    return
  }
  const { collision, folding } = draft
  if (item === draft.item || source === draft.itemSource || collision.length >= folding.rivalsKept) return
  if (!collision.some((other) => other.source === source && other.item === item)) collision.push({ source, item })
}

const emptyState = (projectNo: string, fact: Fact, { oneCase }: Folding): CaseState => ({
  ...(oneCase === undefined ? {} : { oneCase }),
  projectNo,
  facts: 0,
  last: orderOf(fact),
  first: markOf(fact),
  item: null,
  region: null,
  historicalBefore: fact.historical,
  spoken: {},
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
  rivals: [],
  rivalsBeyond: false,
  collision: [],
  itemSource: null,
  handedInAt: null,
  replies: [],
  again: [],
  twins: [],
  codes: [],
})

/** One live fact makes the case live (I8, C10). */
const earlier = (a: Instant | null, b: Instant | null): Instant | null =>
  a === null || b === null ? null : asInstant(Math.min(a, b))

const take = (draft: Draft, fact: Fact): void => {
  const item = itemOf(fact)
  draft.facts += 1
  draft.last = orderOf(fact)
  draft.region ??= fact.region
  draft.historicalBefore = earlier(draft.historicalBefore, fact.historical)
  draft.spoken = spokenWith(draft.spoken, fact.source, fact.bears ?? ANYTHING)
  nameItem(draft, fact, item)
  addCodes(draft, fact, item)
  const telling = tellingOf(draft, fact)
  if (telling !== null && draft.open.twins.joins(telling)) {
    if (fact.type === 'SUSPEND') suspendedToo(draft, fact)
    return
  }
  APPLY[fact.type]?.(draft, fact)
  // a RECEIVE or ACCEPT moves the case only when it counts: their own room sees to that
  if (fact.type !== 'RECEIVE' && fact.type !== 'ACCEPT') moveCustody(draft, fact)
}

/** The state after the next facts, which are in order and after all it has. The given state is not changed. */
export const applyFacts = (
  state: CaseState | null,
  facts: readonly Fact[],
  projectNo: string,
  folding: Folding = FOLDING,
): CaseState | null => {
  const [first] = facts
  if (first === undefined) return state
  const draft = openDraft(state ?? emptyState(projectNo, first, folding), folding)
  for (const fact of facts) take(draft, fact)
  return closeDraft(draft)
}

/** What folding takes from its settings under a law (F5), and from what people have said of the case's number (I11). */
export const foldingUnder = (law: Law, { oneCase }: Pick<Said, 'oneCase'>, projectNo: string): Folding => {
  const { twins } = law
  const twinMsAt = (first: Instant): number => twinMinutesOn(twins, dayAt(law, first)) * 60_000
  const folding = twins.changedBy === 0 ? FOLDING : { ...FOLDING, twinMsAt }
  return oneCase.has(projectNo) ? { ...folding, oneCase: true } : folding
}

/** The state after the next fact in order. */
export const applyFact = (state: CaseState | null, fact: Fact, projectNo: string): CaseState =>
  applyFacts(state, [fact], projectNo) as CaseState

/** The state of a case from all its valid facts, in any order (F1, F2); null when there are none. */
export const foldCase = (facts: readonly Fact[], projectNo: string, folding: Folding = FOLDING): CaseState | null => {
  const ordered = facts.map((fact) => ({ fact, key: orderOf(fact) })).sort((a, b) => compareOrder(a.key, b.key))
  return applyFacts(
    null,
    ordered.map(({ fact }) => fact),
    projectNo,
    folding,
  )
}
