// Reckoning: which clocks a case bears and when each runs out, by the facts and the law alone (T5–T7, T9, T10).
// Due instants do not hang on the present instant: an open pause is taken to run to its cap (T6).
// Only deemed acceptance (T8) does, and is decided by the caller, who knows the instant.

import { calendarOf, type Item, inForce, type Law, newest } from '../law/law.ts'
import type { Calendar } from '../time/calendar.ts'
import { extensionOf } from '../time/extension.ts'
import { asInstant, type Instant } from '../time/instant.ts'
import { type ClockInput, type Due, dueOf, type Limit, type LimitUnit, pauseCapAt, statedDue } from '../time/limit.ts'
import type { CaseState, Pause, StatedLimit, Step } from './state.ts'

export interface JudgedPause {
  readonly pause: Pause
  readonly lawful: boolean
  /** The instant from which it no longer stops the clock, by its approved days or the profile's cap. */
  readonly capAt: Instant
  /** What it takes out of the clock: [from, to). Clipped to resumption, cap and conclusion. */
  readonly from: Instant
  readonly to: Instant
}

export interface Clock {
  readonly kind: 'promise' | 'statute' | 'step'
  /** event_id of the step's opening fact; '' for the case's own clocks. */
  readonly ref: string
  readonly stepCode: string | null
  readonly limit: Limit
  readonly limitFrom: 'catalogue' | 'event' | 'law'
  readonly input: ClockInput
  readonly due: Due
  /** Extension days that count on this clock (T7). */
  readonly extendedBy: number
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

const UNITS: ReadonlySet<string> = new Set(['WD', 'ND', 'M', 'H', '0'])
export const asLimit = (stated: StatedLimit | null): Limit | null =>
  stated !== null && UNITS.has(stated.unit) ? { unit: stated.unit as LimitUnit, value: stated.value } : null

/** Department, region, calendar and item version that hold for a case on a day (M5, T10). */
export const groundsOf = (state: CaseState, law: Law, on: Instant): Grounds => {
  const versions = state.item === null ? undefined : law.tables.items.get(state.item)
  const listed = newest(versions)
  const department = listed?.org ?? state.accepted?.org ?? state.first.org ?? '-'
  const region = newest(law.tables.departments.get(department))?.region ?? state.region ?? '-'
  const calendar = calendarOf(law, region)
  return { law, calendar, department, region, item: inForce(versions, calendar.dayOf(on)) }
}

/** Every pause with what the law makes of it (T5, T6). A pause begun at or after the conclusion takes nothing. */
export const judgePauses = (state: CaseState, grounds: Grounds, endedAt: Instant | null): JudgedPause[] => {
  const { profile } = grounds.law
  return state.pauses.map((pause) => {
    const approved = asLimit(pause.approvedDays)
    const cap = approved ?? {
      unit: 'WD' as const,
      value: profile.pauseCaps.get(pause.kind) ?? profile.pauseCapWorkDays,
    }
    const capAt = pauseCapAt(grounds.calendar, pause.at, cap)
    const lawful =
      profile.lawfulPauseKinds.has(pause.kind) &&
      (!profile.pauseNoticeRequired || pause.noticeAt !== null) &&
      (!profile.pauseApproverRequired || pause.approver !== null)
    let to = pause.to !== null && pause.to < capAt ? pause.to : capAt
    if (endedAt !== null && endedAt < to) to = endedAt
    return { pause, lawful, capAt, from: pause.at, to: to < pause.at ? pause.at : to }
  })
}

interface ClockGrounds {
  readonly grounds: Grounds
  readonly start: Instant
  readonly pauses: readonly JudgedPause[]
  readonly state: CaseState
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

/** Days by which the extension that counts lengthens this clock (T7); 0 when none does. */
const extensionFor = (at: ClockGrounds, limit: Limit): number => {
  if (at.state.extensions.length === 0) return 0
  const max = at.grounds.item?.extensionMax ?? at.grounds.law.profile.extensionMaxWorkDays
  const approvals = at.state.extensions.map(({ days, approvedAt }) => ({ workDays: days, approvedAt }))
  return extensionOf(at.grounds.calendar, inputOf(at, limit, 0), approvals, max).workDays
}

const clockOf = (at: ClockGrounds, kind: Clock['kind'], limit: Limit, limitFrom: Clock['limitFrom']): Clock => {
  const extendedBy = kind === 'step' ? 0 : extensionFor(at, limit)
  const input = inputOf(at, limit, extendedBy)
  return { kind, ref: '', stepCode: null, limit, limitFrom, input, due: dueOf(at.grounds.calendar, input), extendedBy }
}

/** A clock whose due date or instant was stated: pauses do not move it (T9). */
const statedClock = (at: ClockGrounds, kind: Clock['kind'], stated: string | number): Clock | null => {
  const { calendar } = at.grounds
  const due =
    typeof stated === 'number'
      ? { dueOn: calendar.dayOf(asInstant(stated)), dueAt: asInstant(stated), provisional: false }
      : statedDue(calendar, stated)
  if (due === null) return null
  const value = Math.max(0, calendar.countWorkDays(calendar.dayOf(at.start), due.dueOn))
  const limit: Limit = { unit: 'WD', value }
  const input: ClockInput = { start: at.start, limit, pauses: [], extendWorkDays: 0, rule: ruleOf(at.grounds.law) }
  return { kind, ref: '', stepCode: null, limit, limitFrom: 'event', input, due, extendedBy: 0 }
}

interface Stated {
  readonly limit: StatedLimit | null
  readonly due: string | number | null
}

/** The event's own limit or due; of both, the one that runs out earlier. */
const fromEvent = (at: ClockGrounds, kind: Clock['kind'], stated: Stated): Clock | null => {
  const limit = asLimit(stated.limit)
  const byLimit = limit === null ? null : clockOf(at, kind, limit, 'event')
  const byDue = stated.due === null ? null : statedClock(at, kind, stated.due)
  if (byLimit === null || byDue === null) return byLimit ?? byDue
  return byDue.due.dueAt < byLimit.due.dueAt ? byDue : byLimit
}

const printStated = (stated: Stated): string =>
  stated.due !== null ? String(stated.due) : `${stated.limit?.value ?? ''}${stated.limit?.unit ?? ''}`

/** T10: the catalogue's limit holds where there is one, unless the stated one runs out earlier; later → D-06. */
const holding = (catalogue: Clock | null, event: Clock | null, stated: Stated, later: LaterStated[]): Clock | null => {
  if (catalogue === null || event === null) return catalogue ?? event
  if (event.due.dueAt < catalogue.due.dueAt) return event
  if (event.due.dueAt > catalogue.due.dueAt && catalogue.kind !== 'step') {
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
}

const isImmediate = (state: CaseState, item: Item | null): boolean =>
  (state.accepted?.projectType ?? state.received?.projectType ?? item?.projectType) === '1'

/** Promise and statute of a case accepted at `start` (T9, T10). */
export const caseClocks = (at: ClockGrounds): CaseClocks => {
  const { item, law } = at.grounds
  const { accepted } = at.state
  const later: LaterStated[] = []
  const promised: Stated = { limit: accepted?.promise ?? null, due: accepted?.promiseDue ?? null }
  const statuted: Stated = { limit: accepted?.statute ?? null, due: accepted?.statuteDue ?? null }
  const listed = (kind: 'promise' | 'statute', limit: Limit | null): Clock | null =>
    limit === null ? null : clockOf(at, kind, limit, 'catalogue')
  let promise = holding(listed('promise', item?.promise ?? null), fromEvent(at, 'promise', promised), promised, later)
  let statute = holding(listed('statute', item?.statute ?? null), fromEvent(at, 'statute', statuted), statuted, later)
  if (statute === null && item?.itemType === '01') statute = clockOf(at, 'statute', law.profile.permitStatute, 'law')
  if (promise === null && isImmediate(at.state, item)) {
    promise = clockOf(at, 'promise', law.profile.immediatePromise, 'law')
  }
  // a promise later than the statute is read as the statute
  if (promise !== null && statute !== null && promise.due.dueAt > statute.due.dueAt) {
    promise = { ...statute, kind: 'promise' }
  }
  return { promise, statute, later }
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
