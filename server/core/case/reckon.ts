// Reckoning: which clocks a case bears and when each runs out, by the facts and the law alone (T5–T7, T9, T10).
// Due instants do not hang on the present instant: an open pause is taken to run to its cap (T6).
// Only deemed acceptance (T8) does, and is decided by the caller, who knows the instant.

import type { Item, Law } from '../law/law.ts'
import { type Approval, type ExtensionVerdict, extensionOf, type JudgedExtension } from '../time/extension.ts'
import type { Instant } from '../time/instant.ts'
import { type ClockInput, type Due, dueOf, type Limit, statedInput } from '../time/limit.ts'
import { type Grounds, groundsAt } from './grounds.ts'
import type { JudgedPause } from './pauses.ts'
import { standsAt, type When } from './stands.ts'
import type { CaseState, Step } from './state.ts'
import { asLimit, dueWithin, isApprovalKnown, isNever, printStated, type Stated, statedAsOf } from './stated.ts'

export type ClockKind =
  | 'promise'
  | 'statute'
  | 'step'
  | 'notice'
  | 'delivery'
  | 'pause'
  | 'review'
  | 'joint'
  | 'complaint_take_up'
  | 'complaint_answer'
  | 'bad_rating_answer'

export interface Clock {
  readonly kind: ClockKind
  /** event_id of the opening fact of a step, pause or joint task; '' for the case's own clocks. */
  readonly ref: string
  readonly stepCode: string | null
  /** What held on the day on which it starts. */
  readonly grounds: Grounds
  /** Of a stated due, the working days from the start to it. */
  readonly limit: Limit
  /** profile: the law has the duty, the days are the school's. */
  readonly limitFrom: 'catalogue' | 'event' | 'law' | 'green' | 'profile'
  /** The due date or instant as an event states it, where no limit leads to it; null: a limit does. */
  readonly stated: string | number | null
  readonly input: ClockInput
  readonly due: Due
  /** Extension days that count on this clock (T7). */
  readonly extendedBy: number
  /** What became of each extension of the case on this clock; empty where none can move it. */
  readonly extensions: readonly ExtensionVerdict[]
}

/** A limit or due stated in an event that runs out later than the catalogue's (D-06). */
export interface LaterStated {
  readonly kind: 'promise' | 'statute'
  readonly stated: string
  readonly statedDueAt: Instant
  readonly dueAt: Instant
}

export interface ClockGrounds {
  /** What holds on the day of `start`. */
  readonly grounds: Grounds
  readonly start: Instant
  /** Of a start known by its day alone its last instant: office hours and 即办 run from there for sure (I15). */
  readonly startsBy: Instant
  readonly pauses: readonly JudgedPause[]
  readonly state: CaseState
  /** The conclusion: what comes after it changes no clock (F5). */
  readonly endedAt: Instant | null
  /** Handled jointly (许可 42). */
  readonly joint: boolean
}

/** The same case on the ground of another start (T10). */
export const startingAt = <T extends Omit<ClockGrounds, 'start' | 'startsBy'>>(
  at: T,
  begun: When,
): T & Pick<ClockGrounds, 'start' | 'startsBy'> => {
  const { state, grounds } = at
  const start = begun.at
  return {
    ...at,
    start,
    startsBy: standsAt(begun),
    grounds: grounds.isSettled ? grounds : groundsAt(state, grounds.law, start),
  }
}

const ruleOf = (law: Law): ClockInput['rule'] => ({
  countAcceptanceDay: law.profile.countAcceptanceDay,
  dueAtClosing: law.profile.dueAtClosing,
})

/** The pauses that stop a clock in days. */
const stopping = (at: ClockGrounds): readonly JudgedPause[] =>
  at.pauses.length === 0 ? at.pauses : at.pauses.filter((pause) => pause.lawful && pause.to > pause.from)

/** The pauses that stop a clock in office hours: by instants, to the end of the last approved day (T5). */
const stoppingHours = (at: ClockGrounds): readonly JudgedPause[] =>
  at.pauses.filter((pause) => pause.lawful && pause.until > pause.from).map((pause) => ({ ...pause, to: pause.until }))

const inputOf = (at: ClockGrounds, limit: Limit): ClockInput => ({
  start: limit.unit === 'H' || limit.unit === '0' ? at.startsBy : at.start,
  limit,
  pauses: limit.unit === 'H' ? stoppingHours(at) : stopping(at),
  extendWorkDays: 0,
  rule: ruleOf(at.grounds.law),
})

const isCounted = ({ endedAt }: ClockGrounds, mark: Pick<When, 'at'>): boolean => endedAt === null || mark.at <= endedAt

/**
 * Handled jointly (许可 42): by the catalogue, or in fact, where a member was asked within the ordinary statute. A dispatch
 * that comes when that has run out cures nothing.
 */
const isJoint = (at: ClockGrounds): boolean => {
  if (at.grounds.item?.joint === true) return true
  if (at.state.joint.length === 0) return false
  const plain = inputOf(at, at.grounds.law.profile.permitStatute)
  const { dueAt } = dueOf(at.grounds.calendar, plain)
  return at.state.joint.some((task) => task.at <= dueAt && isCounted(at, task))
}

/** The extensions of a case as approvals. Where a source cannot say when one was approved, it was in time (I12). */
const approvalsOf = (at: ClockGrounds): Approval[] =>
  at.state.extensions.map((extension) => {
    const { days, approvedAt, approvalStated } = extension
    const isInTime = !isApprovalKnown(at.state, at.grounds.law, extension)
    const approvedBy = approvalStated ? approvedAt : standsAt(extension)
    return { workDays: isCounted(at, extension) ? days : 0, approvedAt, approvedBy, isInTime }
  })

const NO_EXTENSION: JudgedExtension = { workDays: 0, verdicts: [] }

/** A clock with the extension that counts on it (T7). `since`: what was approved before is in the due already. */
const extended = (at: ClockGrounds, kind: ClockKind, bare: ClockInput, since: Instant | null): JudgedExtension => {
  if (at.state.extensions.length === 0 || (kind !== 'promise' && kind !== 'statute')) return NO_EXTENSION
  const { law, item, calendar } = at.grounds
  const { extensionMaxJointWorkDays, extensionMaxWorkDays } = law.profile
  const max = item?.extensionMax ?? (at.joint ? extensionMaxJointWorkDays : extensionMaxWorkDays)
  return extensionOf(calendar, bare, approvalsOf(at), max, since)
}

export const clockOf = (at: ClockGrounds, kind: ClockKind, limit: Limit, limitFrom: Clock['limitFrom']): Clock => {
  const bare = inputOf(at, limit)
  const { workDays, verdicts } = extended(at, kind, bare, null)
  const input = workDays === 0 ? bare : { ...bare, extendWorkDays: workDays }
  const due = dueOf(at.grounds.calendar, input)
  return {
    kind,
    ref: '',
    stepCode: null,
    grounds: at.grounds,
    limit,
    limitFrom,
    stated: null,
    input,
    due,
    extendedBy: workDays,
    extensions: verdicts,
  }
}

/**
 * A clock whose due date or instant was stated. It holds all that was known when it was stated: only lawful pauses begun
 * and extensions approved from then on move it (T10).
 */
export const statedClock = (
  at: ClockGrounds,
  kind: ClockKind,
  stated: string | number,
  asOf: Instant,
): Clock | null => {
  const { calendar } = at.grounds
  const given = dueWithin(calendar, stated)
  if (given === null) return null
  const never = isNever(given)
  const pauses = never ? [] : stopping(at).filter(({ pause }) => standsAt(pause) >= asOf)
  // what was due before the clock's start was stated before it, and is moved by what came from then on
  const start = asOf <= given.dueAt && given.dueAt < at.start ? asOf : at.start
  const bare = statedInput(calendar, { start, stated: { on: given.dueOn, at: given.dueAt }, pauses })
  const { workDays, verdicts } = never ? NO_EXTENSION : extended(at, kind, bare, asOf)
  const input = workDays === 0 ? bare : { ...bare, extendWorkDays: workDays }
  const due = never ? given : dueOf(calendar, input)
  const name = { kind, ref: '', stepCode: null, grounds: at.grounds, limit: bare.limit, limitFrom: 'event' } as const
  return { ...name, stated, input, due, extendedBy: workDays, extensions: verdicts }
}

/** Of what is known by its day alone, on the day of a statement: what was surely before it, or all that may have been. */
type Known = 'surely' | 'perhaps'

/** When a clock runs out by what was known at an instant, unmoved by any pause or extension since (T10). */
const standingAt = (at: ClockGrounds, clock: Clock, asOf: Instant, known: Known): Instant => {
  const { input } = clock
  if (input.stated !== undefined) return input.stated.at
  const isKnown = (first: Instant, last: Instant): boolean => (known === 'surely' ? last : first) < asOf
  const held = input.limit.unit === 'H' ? stoppingHours(at) : stopping(at)
  const pauses = held.filter(({ pause }) => isKnown(pause.at, standsAt(pause)))
  const bare = { ...input, pauses, extendWorkDays: 0 }
  if (input.extendWorkDays === 0) return dueOf(at.grounds.calendar, bare).dueAt
  const approvals = approvalsOf(at).map((row) =>
    isKnown(row.approvedAt, row.approvedBy ?? row.approvedAt) ? row : { ...row, workDays: 0 },
  )
  const { workDays } = extensionOf(at.grounds.calendar, bare, approvals, input.extendWorkDays)
  return dueOf(at.grounds.calendar, { ...bare, extendWorkDays: workDays }).dueAt
}

/** The event's own limit or due; of both, the one that runs out earlier as it stands. */
const fromEvent = (at: ClockGrounds, kind: ClockKind, stated: Stated): Clock | null => {
  const limit = asLimit(stated.limit)
  const byLimit = limit === null ? null : clockOf(at, kind, limit, 'event')
  const byDue = stated.due === null ? null : statedClock(at, kind, stated.due, stated.asOf)
  if (byLimit === null || byDue === null) return byLimit ?? byDue
  const standing = (clock: Clock): Instant => standingAt(at, clock, stated.asOf, 'surely')
  return standing(byDue) < standing(byLimit) ? byDue : byLimit
}

interface Rivals {
  readonly catalogue: Clock | null
  readonly event: Clock | null
}

/** T10: the catalogue's limit holds where there is one, unless the stated one runs out earlier; later → D-06. */
export const holding = (at: ClockGrounds, rivals: Rivals, stated: Stated, later: LaterStated[]): Clock | null => {
  const { catalogue, event } = rivals
  if (catalogue === null || event === null) return catalogue ?? event
  const laterBy = (known: Known): number =>
    standingAt(at, event, stated.asOf, known) - standingAt(at, catalogue, stated.asOf, known)
  const dueAt = standingAt(at, catalogue, stated.asOf, 'surely')
  const statedDueAt = standingAt(at, event, stated.asOf, 'surely')
  if (statedDueAt < dueAt) return event
  const { kind } = catalogue
  // a statement of a bare day may have held what came on it, and may not: it is later only where it is so both ways
  if (statedDueAt > dueAt && laterBy('perhaps') > 0 && (kind === 'promise' || kind === 'statute'))
    later.push({ kind, stated: printStated(stated), statedDueAt, dueAt })
  return catalogue
}

export interface CaseClocks {
  readonly promise: Clock | null
  readonly statute: Clock | null
  readonly later: readonly LaterStated[]
  /** The promise ran out later than the statute and is read as it (T10). */
  readonly promiseCut: boolean
  /** The limits of joint handling hold (许可 42). */
  readonly joint: boolean
}

const isImmediate = (state: CaseState, item: Item | null): boolean =>
  (state.accepted?.projectType ?? state.received?.projectType ?? item?.projectType) === '1'

/** T11: the green channel's limit, by the class the receipt names, else the item's, else the general one. */
const greenClock = (at: ClockGrounds): Clock | null => {
  const { law, item } = at.grounds
  const asked = at.state.received?.greenChannel ?? null
  if (law.profile.greenChannel === null || asked === null) return null
  const { limits } = law.profile.greenChannel
  const limit = limits.get(asked) ?? limits.get(item?.greenClass ?? 'general') ?? limits.get('general')
  return limit === undefined ? null : clockOf(at, 'promise', limit, 'green')
}

/** Promise and statute of a case accepted at `start` (T9, T10). */
export const caseClocks = (given: ClockGrounds): CaseClocks => {
  const at = { ...given, joint: isJoint(given) }
  const { item, law } = at.grounds
  const { accepted } = at.state
  const later: LaterStated[] = []
  const asOf = accepted === null ? at.start : statedAsOf(at.grounds.calendar, accepted)
  const promised: Stated = { limit: accepted?.promise ?? null, due: accepted?.promiseDue ?? null, asOf }
  const statuted: Stated = { limit: accepted?.statute ?? null, due: accepted?.statuteDue ?? null, asOf }
  const between = (kind: 'promise' | 'statute', limit: Limit | null, stated: Stated): Clock | null => {
    const catalogue = limit === null ? null : clockOf(at, kind, limit, 'catalogue')
    return holding(at, { catalogue, event: fromEvent(at, kind, stated) }, stated, later)
  }
  let promise = between('promise', item?.promise ?? null, promised)
  let statute = between('statute', item?.statute ?? null, statuted)
  if (statute === null && item?.itemType === '01') {
    const { jointStatute, permitStatute } = law.profile
    statute = clockOf(at, 'statute', at.joint ? jointStatute : permitStatute, 'law')
  }
  if (promise === null && isImmediate(at.state, item)) {
    promise = clockOf(at, 'promise', law.profile.immediatePromise, 'law')
  }
  // a promise later than the statute is read as the statute
  const promiseCut = promise !== null && statute !== null && promise.due.dueAt > statute.due.dueAt
  if (promiseCut && statute !== null) promise = { ...statute, kind: 'promise' }
  const green = greenClock(at)
  const main = promise ?? statute
  if (green !== null && (main === null || green.due.dueAt < main.due.dueAt)) promise = green
  return { promise, statute, later, promiseCut, joint: at.joint }
}

/** The clock of one step: of its limit in the catalogue and a stated due, the earlier as they stand; pauses move both. */
export const stepClock = (at: Omit<ClockGrounds, 'start' | 'startsBy'>, step: Step): Clock | null => {
  if (step.from === null) return null
  const here = startingAt(at, { at: step.from, precision: step.precision })
  const listed = here.grounds.item?.steps.find((row) => row.code === step.code)?.limit ?? null
  const catalogue = listed === null ? null : clockOf(here, 'step', listed, 'catalogue')
  const asOf = statedAsOf(here.grounds.calendar, step)
  const event = step.statedDue === null ? null : statedClock(here, 'step', step.statedDue, asOf)
  const clock = holding(here, { catalogue, event }, { limit: null, due: step.statedDue, asOf }, [])
  return clock === null ? null : { ...clock, ref: step.eventId, stepCode: step.code }
}
