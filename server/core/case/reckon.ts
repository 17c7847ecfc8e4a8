// Reckoning: which clocks a case bears and when each runs out, by the facts and the law alone (T5–T7, T9, T10).
// Due instants do not hang on the present instant: an open pause is taken to run to its cap (T6).
// Only deemed acceptance (T8) does, and is decided by the caller, who knows the instant.

import { calendarOf, canSend, type Item, inForce, type Law, newest } from '../law/law.ts'
import type { Calendar } from '../time/calendar.ts'
import { type ExtensionVerdict, extensionOf } from '../time/extension.ts'
import type { Instant } from '../time/instant.ts'
import { type ClockInput, type Due, dueOf, type Limit, pauseCapAt } from '../time/limit.ts'
import type { CaseState, Pause, Step } from './state.ts'
import { asLimit, dueWithin, printStated, type Stated } from './stated.ts'

/** What a special procedure lacks (P-03). */
export type PauseFault = 'kind' | 'notice' | 'basis' | 'approver'

export interface JudgedPause {
  readonly pause: Pause
  readonly lawful: boolean
  readonly faults: readonly PauseFault[]
  /** What its source cannot send: not known, never missing (I12). */
  readonly unknown: readonly string[]
  /** Its approved days, else the profile's cap for its kind. */
  readonly cap: Limit
  /** The instant from which it no longer stops the clock, by its approved days or the profile's cap. */
  readonly capAt: Instant
  /** What it takes out of the clock: [from, to). Clipped to resumption, cap and conclusion. */
  readonly from: Instant
  readonly to: Instant
}

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
  readonly limit: Limit
  /** profile: the law has the duty, the days are the school's. */
  readonly limitFrom: 'catalogue' | 'event' | 'law' | 'green' | 'profile'
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

export interface Grounds {
  readonly law: Law
  readonly calendar: Calendar
  readonly department: string
  readonly region: string
  readonly item: Item | null
}

/** Department, region, calendar and item version that hold for a case on a day (M5, T10). */
export const groundsOf = (state: CaseState, law: Law, on: Instant): Grounds => {
  const versions = state.item === null ? undefined : law.tables.items.get(state.item)
  const listed = newest(versions)
  const department = listed?.org ?? state.accepted?.org ?? state.first.org ?? '-'
  const region = newest(law.tables.departments.get(department))?.region ?? state.region ?? '-'
  const calendar = calendarOf(law, region)
  return { law, calendar, department, region, item: inForce(versions, calendar.dayOf(on)) }
}

/** What a pause lacks, and what its source could not say (T5, P-03, I12). */
const lacksOf = (pause: Pause, law: Law): Pick<JudgedPause, 'faults' | 'unknown'> => {
  const faults: PauseFault[] = []
  const unknown: string[] = []
  const lacks = (fault: PauseFault, key: string): void => {
    if (canSend(law, pause.source, `SUSPEND.${key}`)) faults.push(fault)
    else unknown.push(`SUSPEND.${key}`)
  }
  if (!law.profile.lawfulPauseKinds.has(pause.kind)) faults.push('kind')
  if (pause.noticeAt === null) lacks('notice', 'notice_at')
  if (pause.basis === null) lacks('basis', 'basis')
  if (pause.approver === null) lacks('approver', 'approver')
  return { faults, unknown }
}

/** Every pause with what the law makes of it (T5, T6). A pause begun at or after the conclusion takes nothing. */
export const judgePauses = (state: CaseState, grounds: Grounds, endedAt: Instant | null): JudgedPause[] => {
  const { law } = grounds
  const { profile } = law
  return state.pauses.map((pause) => {
    const cap = asLimit(pause.approvedDays) ?? {
      unit: 'WD' as const,
      value: profile.pauseCaps.get(pause.kind) ?? profile.pauseCapWorkDays,
    }
    const capAt = pauseCapAt(grounds.calendar, pause.at, cap)
    const { faults, unknown } = lacksOf(pause, law)
    const lawful =
      !faults.includes('kind') &&
      !(profile.pauseNoticeRequired && faults.includes('notice')) &&
      !(profile.pauseApproverRequired && faults.includes('approver'))
    let to = pause.to !== null && pause.to < capAt ? pause.to : capAt
    if (endedAt !== null && endedAt < to) to = endedAt
    return { pause, lawful, faults, unknown, cap, capAt, from: pause.at, to: to < pause.at ? pause.at : to }
  })
}

export interface ClockGrounds {
  readonly grounds: Grounds
  readonly start: Instant
  readonly pauses: readonly JudgedPause[]
  readonly state: CaseState
  /** The conclusion: what comes after it changes no clock (F5). */
  readonly endedAt: Instant | null
  /** Handled jointly (许可 42). */
  readonly joint: boolean
}

const ruleOf = (law: Law): ClockInput['rule'] => ({
  countAcceptanceDay: law.profile.countAcceptanceDay,
  dueAtClosing: law.profile.dueAtClosing,
})

const inputOf = (at: ClockGrounds, limit: Limit, extendWorkDays: number): ClockInput => ({
  start: at.start,
  limit,
  pauses: at.pauses.filter((pause) => pause.lawful && pause.to > pause.from),
  extendWorkDays,
  rule: ruleOf(at.grounds.law),
})

const isCounted = (at: ClockGrounds, mark: { readonly at: Instant }): boolean =>
  at.endedAt === null || mark.at <= at.endedAt

/**
 * Handled jointly (许可 42): by the catalogue, or in fact, where a member was asked within the ordinary statute. A dispatch
 * that comes when that has run out cures nothing.
 */
const isJoint = (at: ClockGrounds): boolean => {
  if (at.grounds.item?.joint === true) return true
  if (at.state.joint.length === 0) return false
  const plain = inputOf(at, at.grounds.law.profile.permitStatute, 0)
  const { dueAt } = dueOf(at.grounds.calendar, plain)
  return at.state.joint.some((task) => task.at <= dueAt && isCounted(at, task))
}

/** The extension that counts on this clock (T7). Where a source cannot say when it was approved, it was in time (I12). */
const extensionFor = (at: ClockGrounds, limit: Limit): { workDays: number; verdicts: readonly ExtensionVerdict[] } => {
  const { law, item, calendar } = at.grounds
  if (at.state.extensions.length === 0) return { workDays: 0, verdicts: [] }
  const { extensionMaxJointWorkDays, extensionMaxWorkDays } = law.profile
  const max = item?.extensionMax ?? (at.joint ? extensionMaxJointWorkDays : extensionMaxWorkDays)
  const approvals = at.state.extensions.map((extension) => {
    const { days, approvedAt, approvalStated, source } = extension
    const known = approvalStated || canSend(law, source, 'EXTEND.approved_at')
    return { workDays: isCounted(at, extension) ? days : 0, approvedAt: known ? approvedAt : at.start }
  })
  return extensionOf(calendar, inputOf(at, limit, 0), approvals, max)
}

const NO_EXTENSION = { workDays: 0, verdicts: [] } as const

export const clockOf = (at: ClockGrounds, kind: ClockKind, limit: Limit, limitFrom: Clock['limitFrom']): Clock => {
  const { workDays, verdicts } = kind === 'promise' || kind === 'statute' ? extensionFor(at, limit) : NO_EXTENSION
  const input = inputOf(at, limit, workDays)
  const due = dueOf(at.grounds.calendar, input)
  return { kind, ref: '', stepCode: null, limit, limitFrom, input, due, extendedBy: workDays, extensions: verdicts }
}

/** A clock whose due date or instant was stated: pauses do not move it (T9). */
export const statedClock = (at: ClockGrounds, kind: ClockKind, stated: string | number): Clock | null => {
  const { calendar } = at.grounds
  const due = dueWithin(calendar, stated)
  if (due === null) return null
  const value = Math.max(0, calendar.countWorkDays(calendar.dayOf(at.start), due.dueOn))
  const limit: Limit = { unit: 'WD', value }
  const input: ClockInput = { start: at.start, limit, pauses: [], extendWorkDays: 0, rule: ruleOf(at.grounds.law) }
  return { kind, ref: '', stepCode: null, limit, limitFrom: 'event', input, due, extendedBy: 0, extensions: [] }
}

/** The event's own limit or due; of both, the one that runs out earlier. */
const fromEvent = (at: ClockGrounds, kind: ClockKind, stated: Stated): Clock | null => {
  const limit = asLimit(stated.limit)
  const byLimit = limit === null ? null : clockOf(at, kind, limit, 'event')
  const byDue = stated.due === null ? null : statedClock(at, kind, stated.due)
  if (byLimit === null || byDue === null) return byLimit ?? byDue
  return byDue.due.dueAt < byLimit.due.dueAt ? byDue : byLimit
}

/** T10: the catalogue's limit holds where there is one, unless the stated one runs out earlier; later → D-06. */
const holding = (catalogue: Clock | null, event: Clock | null, stated: Stated, later: LaterStated[]): Clock | null => {
  if (catalogue === null || event === null) return catalogue ?? event
  if (event.due.dueAt < catalogue.due.dueAt) return event
  if (event.due.dueAt > catalogue.due.dueAt && (catalogue.kind === 'promise' || catalogue.kind === 'statute')) {
    later.push({
      kind: catalogue.kind,
      stated: printStated(stated),
      statedDueAt: event.due.dueAt,
      dueAt: catalogue.due.dueAt,
    })
  }
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
  const promised: Stated = { limit: accepted?.promise ?? null, due: accepted?.promiseDue ?? null }
  const statuted: Stated = { limit: accepted?.statute ?? null, due: accepted?.statuteDue ?? null }
  const listed = (kind: 'promise' | 'statute', limit: Limit | null): Clock | null =>
    limit === null ? null : clockOf(at, kind, limit, 'catalogue')
  let promise = holding(listed('promise', item?.promise ?? null), fromEvent(at, 'promise', promised), promised, later)
  let statute = holding(listed('statute', item?.statute ?? null), fromEvent(at, 'statute', statuted), statuted, later)
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

/** The clock of one step: a stated due holds as given, a catalogue limit moves with lawful pauses (T9). */
export const stepClock = (at: Omit<ClockGrounds, 'start'>, step: Step): Clock | null => {
  if (step.from === null) return null
  const here: ClockGrounds = { ...at, start: step.from }
  const listed = at.grounds.item?.steps.find((row) => row.code === step.code)?.limit ?? null
  const catalogue = listed === null ? null : clockOf(here, 'step', listed, 'catalogue')
  const stated = step.statedDue === null ? null : statedClock(here, 'step', step.statedDue)
  const clock = holding(catalogue, stated, { limit: null, due: step.statedDue }, [])
  return clock === null ? null : { ...clock, ref: step.eventId, stepCode: step.code }
}
