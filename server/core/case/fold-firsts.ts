// Folding what counts once: receipt, acceptance and the ends of a case. The first counts, with its limits; one told again
// and differently – its limits, its item, who stood behind it – is a conflict, and is kept as a rival to be judged by. Whether a first is stamped after the conclusion is
// for judging to see: which end concludes is the law's. Rules: F5, M2.

import type { Instant } from '../time/instant.ts'
import { moveCustody } from './custody.ts'
import type { Draft } from './draft.ts'
import type { Fact } from './event.ts'
import { dueAsOf, itemOf, limit, markOf, markText, number, text, textOrNumber } from './fold-read.ts'
import { isAfter, isOnDayOf, mayCoincide, standsAt, type When } from './stands.ts'
import type { Accepted, End, Otherwise, Received, Rival, StatedLimit } from './state.ts'

/** Both say it, and differently: what a telling is silent on it does not contradict. */
const differ = <T>(a: T | null, b: T | null): boolean => a !== null && b !== null && a !== b

const differLimit = (a: StatedLimit | null, b: StatedLimit | null): boolean =>
  a !== null && b !== null && (a.value !== b.value || a.unit !== b.unit)

/** An item, and who stood behind it: it is they who answer. */
type Named = Pick<Received, 'item' | 'org' | 'window' | 'operator'>

const differNamed = (a: Named, b: Named): boolean =>
  differ(a.item, b.item) || differ(a.org, b.org) || differ(a.window, b.window) || differ(a.operator, b.operator)

const differReceived = (a: Received, b: Received): boolean =>
  !mayCoincide(a, b) ||
  differNamed(a, b) ||
  differ(a.projectType, b.projectType) ||
  differ(a.greenChannel, b.greenChannel) ||
  differ(a.applyType, b.applyType) ||
  differ(a.jointParent, b.jointParent)

const differAccepted = (a: Accepted, b: Accepted): boolean =>
  !mayCoincide(a, b) ||
  differNamed(a, b) ||
  differ(a.projectType, b.projectType) ||
  differ(a.promiseDue, b.promiseDue) ||
  differ(a.statuteDue, b.statuteDue) ||
  differ(a.mode, b.mode) ||
  differLimit(a.promise, b.promise) ||
  differLimit(a.statute, b.statute)

const differEnd = (a: End, b: End): boolean => !mayCoincide(a, b) || differNamed(a, b) || differ(a.result, b.result)

const sayingOf = ({ of, told }: Rival): string => {
  const { at, precision, item, org, window, operator } = told
  const named = [of, at, precision, item, org, window, operator]
  if (of === 'decided' || of === 'completed') return JSON.stringify([...named, told.result])
  if (of === 'received') {
    const { projectType: type, greenChannel, applyType, jointParent } = told
    return JSON.stringify([...named, type, greenChannel, applyType, jointParent])
  }
  const { projectType, promise, statute, promiseDue, statuteDue, mode } = told
  return JSON.stringify([...named, projectType, promise, statute, promiseDue, statuteDue, mode])
}

/** Word for word: of two tellings the one that is silent on what the other says would judge otherwise. */
const isSame = (a: Rival, b: Rival): boolean => sayingOf(a) === sayingOf(b)

const conflict = (draft: Draft, rival: Rival): void => {
  if (!draft.conflicts.includes(rival.of)) draft.conflicts.push(rival.of)
  if (draft.rivals.some((known) => isSame(known, rival))) return
  if (draft.rivals.length < draft.folding.rivalsKept) draft.rivals.push(rival)
  else draft.rivalsBeyond = true
}

/** The number of the parent (M1); that of the case itself, shared or as a source's own, names none. */
const parentIn = ({ source, payload }: Fact, projectNo: string): string | null => {
  const said = text(payload.joint_parent)?.trim() ?? ''
  return said === '' || said === projectNo || `${source}:${said}` === projectNo ? null : said
}

export const receive = (draft: Draft, fact: Fact): void => {
  const { payload } = fact
  const received: Received = {
    ...markOf(fact),
    item: itemOf(fact),
    applyType: text(payload.apply_type),
    projectType: text(payload.project_type),
    visits: number(payload.visits),
    greenChannel: markText(payload.green_channel),
    jointParent: parentIn(fact, draft.projectNo),
  }
  if (draft.received === null) {
    draft.received = received
    moveCustody(draft, fact, 'received')
  } else if (differReceived(draft.received, received)) conflict(draft, { of: 'received', told: received })
}

/** What differed of an end told since the refusal differs of no end any more. */
const forgetEnds = (draft: Draft, since: End): void => {
  const isEnd = (of: string): boolean => of === 'decided' || of === 'completed'
  draft.rivals = draft.rivals.filter(({ of, told }) => !isEnd(of) || standsAt(told) < standsAt(since))
  draft.conflicts = draft.conflicts.filter((of) => !isEnd(of) || draft.rivals.some((rival) => rival.of === of))
}

const isRefusal = ({ type }: Pick<End, 'type'>): boolean => type === 'REFUSE_ACCEPT'

/** The ends without the refusal at a place, and without what came after that end and was none (F5). */
const without = (other: Otherwise, refused: number): Otherwise => {
  const { ends, refusals } = other
  const taken = ends[refused]
  return taken === undefined ? other : { ...other, ends: ends.slice(0, refused), refusals: [...refusals, taken.at] }
}

/** The beginning of the bare day of one of two. */
const dayOf = (one: When, other: When): Instant => (one.precision === 'day' ? one.at : other.at)

/** The other order of one day; of more such pairs than one none is judged by, and whatever is given waits. */
const orElse = (draft: Draft, other: Otherwise): void => {
  if (!draft.conflicts.includes('reopened')) draft.conflicts.push('reopened')
  draft.otherwise = draft.otherwise === undefined ? other : { ...draft.otherwise, more: true }
}

/** Where either order has the same ends, nothing hangs on it any more. */
const settleOrder = (draft: Draft): void => {
  const { otherwise, ends } = draft
  // of a further pair it is not known what hangs on it
  if (otherwise === undefined || otherwise.more === true) return
  const isSame = ({ source, eventId }: End, i: number): boolean =>
    otherwise.ends[i]?.source === source && otherwise.ends[i].eventId === eventId
  if (otherwise.ends.length !== ends.length || !ends.every(isSame)) return
  draft.otherwise = { ...otherwise, settled: true }
  draft.conflicts = draft.conflicts.filter((of) => of !== 'reopened')
}

/**
 * ACCEPT after REFUSE_ACCEPT in the order of F1 opens the case again, and what came after that end was no end (F5). Of a bare
 * day and a stamp of it nobody knows whether it was after: the case is judged both ways (I15).
 */
const takeBack = (draft: Draft, fact: Fact): End | undefined => {
  const { ends, refusals, otherwise } = draft
  const refused = ends.findIndex(isRefusal)
  const taken = ends[refused]
  if (otherwise !== undefined) {
    const certain = otherwise.ends.findIndex((one) => isRefusal(one) && isAfter(fact, one))
    draft.otherwise = without(otherwise, certain)
  }
  if (taken === undefined) {
    settleOrder(draft)
    return undefined
  }
  // an acceptance of the very instant of a refusal comes before it (F1)
  if (!isAfter(fact, taken)) {
    const other = { ends: ends.slice(), refusals: refusals.slice(), handedBy: null, notFrom: standsAt(fact) }
    orElse(draft, { day: dayOf(fact, taken), ...other })
  }
  if (draft.accepted === null) draft.endings = ends.slice()
  else draft.endings?.push({ ...markOf(fact), type: 'ACCEPT' })
  refusals.push(taken.at)
  ends.splice(refused)
  forgetEnds(draft, taken)
  settleOrder(draft)
  return taken
}

/** The order in which an acceptance of the bare day of a refusal, which is read before it, took it back; null: there is none. */
const ifTakenBack = ({ accepted, rivals, custody, ends, refusals }: Draft, refusal: End): Otherwise | null => {
  if (refusal.precision !== 'day') return null
  const again = rivals.findLast(({ of, told }) => of === 'accepted' && mayCoincide(told, refusal))?.told ?? null
  const isNamed =
    (accepted !== null && mayCoincide(accepted, refusal)) ||
    custody.some(({ of, from }) => of === 'reopened' && isOnDayOf(refusal, from))
  if (again === null && !isNamed) return null
  return { day: refusal.at, ends: ends.slice(), refusals: [...refusals, refusal.at], handedBy: again, notFrom: null }
}

export const accept = (draft: Draft, fact: Fact): void => {
  const { payload } = fact
  const accepted: Accepted = {
    ...markOf(fact),
    item: itemOf(fact),
    projectType: text(payload.project_type),
    promise: limit(payload.promise_limit),
    statute: limit(payload.legal_limit),
    promiseDue: textOrNumber(payload.promise_due_at),
    statuteDue: textOrNumber(payload.legal_due_at),
    mode: text(payload.mode),
    ...dueAsOf(fact),
  }
  const taken = takeBack(draft, fact)
  if (draft.accepted === null) {
    draft.accepted = accepted
    moveCustody(draft, fact, 'accepted')
    return
  }
  if (taken !== undefined) moveCustody(draft, fact, 'reopened')
  const isFurther = taken === undefined || !isAfter(fact, taken)
  if (isFurther && differAccepted(draft.accepted, accepted)) conflict(draft, { of: 'accepted', told: accepted })
}

/** The ends on the merits, each under the name of its first. */
const FIRST_OF: Partial<Record<End['type'], 'decided' | 'completed'>> = { DECIDE: 'decided', COMPLETE: 'completed' }

export const end = (draft: Draft, fact: Fact, type: End['type']): void => {
  const result = text(fact.payload.result) ?? text(fact.payload.result_type) ?? text(fact.payload.kind)
  const told: End = { ...markOf(fact), type, result, item: itemOf(fact) }
  draft.endings?.push(told)
  const first = draft.ends.find((known) => known.type === type)
  const of = FIRST_OF[type]
  if (draft.otherwise?.ends.some((known) => known.type === type) === false)
    draft.otherwise = { ...draft.otherwise, ends: [...draft.otherwise.ends, told] }
  if (first === undefined) {
    const other = type === 'REFUSE_ACCEPT' ? ifTakenBack(draft, told) : null
    if (other !== null) orElse(draft, other)
    draft.ends.push(told)
  } else if (of !== undefined && differEnd(first, told)) conflict(draft, { of, told })
}
