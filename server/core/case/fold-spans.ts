// Folding what lasts: corrections, steps, pauses, extensions, joint tasks. Each takes the next fact in order and moves the
// draft; no law, no clock. What is known by its day alone ends nothing before it began. Rules: F5, I15, T6.

import { asInstant, type Instant } from '../time/instant.ts'
import { append, type Draft, namePause } from './draft.ts'
import { type Fact, factKey } from './event.ts'
import { dueAsOf, limit, markOf, number, text, textOrNumber } from './fold-read.ts'
import type { JointTask, Notice, Pause, Step } from './state.ts'

/** When a span ends that an event closes: a bare day closes on that day what began in the course of it. */
const endedBy = (fact: Fact, from: Instant): Instant => (fact.precision === 'day' && fact.at < from ? from : fact.at)

export const correctionNotice = (draft: Draft, fact: Fact): void => {
  draft.open.notices.push(draft.notices.push({ ...markOf(fact), doneAt: null }) - 1)
}

/** What was asked for is handed in: every notice still open is answered by it. */
export const correctionDone = (draft: Draft, fact: Fact): void => {
  for (const i of draft.open.notices.splice(0)) {
    const notice = draft.notices[i] as Notice
    draft.notices[i] = { ...notice, doneAt: endedBy(fact, notice.at) }
  }
}

/** A member that is asked works beside the others; all else is one branch. */
const branchOf = ({ open }: Draft, { org }: Fact): string | null => (open.asked.has(org) ? org : null)

const closeStep = (draft: Draft, i: number, fact: Fact): void => {
  const step = draft.steps[i] as Step
  draft.steps[i] = { ...step, to: endedBy(fact, step.from ?? step.at) }
  if (draft.open.stepOf.get(step.branch) === i) draft.open.stepOf.delete(step.branch)
}

export const stepStart = (draft: Draft, fact: Fact): void => {
  const { open, steps } = draft
  const branch = branchOf(draft, fact)
  // a step without STEP_END ends with the next STEP_START of its branch (F5)
  const running = open.stepOf.get(branch)
  if (running !== undefined) closeStep(draft, running, fact)
  const code = text(fact.payload.step_code) ?? ''
  const statedDue = textOrNumber(fact.payload.step_due_at)
  const step: Step = { ...markOf(fact), code, from: fact.at, to: null, branch, statedDue, ...dueAsOf(fact) }
  const i = steps.push(step) - 1
  open.stepOf.set(branch, i)
  open.steps.push(i)
  append(open.stepsOf, code, i)
}

/** The step begun last of those that run, of a code or of any. */
const lastRunning = (steps: readonly Step[], begun: number[] | undefined): number | null => {
  while (begun !== undefined && begun.length > 0) {
    const i = begun[begun.length - 1] as number
    if (steps[i]?.to === null) return i
    begun.pop()
  }
  return null
}

export const stepEnd = (draft: Draft, fact: Fact): void => {
  const code = text(fact.payload.step_code) ?? ''
  const { open, steps } = draft
  const running = lastRunning(steps, code === '' ? open.steps : open.stepsOf.get(code))
  if (running !== null) closeStep(draft, running, fact)
  else steps.push({ ...markOf(fact), code, from: null, to: fact.at, branch: null, statedDue: null })
}

const kindOf = (fact: Fact): string => text(fact.payload.kind) ?? 'other'

/** A further telling of a pause: it changes nothing, and a RESUME may name it (T6). */
const tellAgain = (draft: Draft, fact: Fact, i: number): void => {
  const pause = draft.pauses[i] as Pause
  const { source, eventId } = fact
  let also = draft.open.also.get(i)
  if (also === undefined) {
    also = pause.also.slice()
    draft.open.also.set(i, also)
    draft.pauses[i] = { ...pause, also }
  }
  also.push({ source, eventId })
  namePause(draft.open, fact, i)
}

/** Another source's telling of a pause, which may by now have ended. */
export const suspendedToo = (draft: Draft, fact: Fact): void => {
  const told = draft.open.lastPauseOf.get(kindOf(fact))
  if (told !== undefined) tellAgain(draft, fact, told)
}

export const suspend = (draft: Draft, fact: Fact): void => {
  const { open, pauses } = draft
  const kind = kindOf(fact)
  // a second SUSPEND of an open kind changes nothing (T6)
  const running = open.pauseOf.get(kind)
  if (running !== undefined) {
    tellAgain(draft, fact, running)
    return
  }
  const pause: Pause = {
    ...markOf(fact),
    kind,
    to: null,
    approvedDays: limit(fact.payload.approved_days),
    basis: text(fact.payload.basis),
    approver: text(fact.payload.approver),
    noticeAt: number(fact.payload.notice_at),
    also: [],
  }
  const i = pauses.push(pause) - 1
  open.pauseOf.set(kind, i)
  open.lastPauseOf.set(kind, i)
  namePause(open, fact, i)
}

/** The open pauses that a RESUME means: by event, by kind, else all. */
export const meantBy = ({ open, pauses }: Draft, fact: Fact): readonly number[] => {
  const byEvent = text(fact.payload.pause)
  const byKind = text(fact.payload.kind)
  const running = [...open.pauseOf.values()]
  if (byEvent === null) return byKind === null ? running : running.filter((i) => pauses[i]?.kind === byKind)
  // an id is its source's own: another source's pause of the same id is meant only where there is no own one
  const own = open.pauseBy.get(factKey(fact.source, byEvent))
  if (own !== undefined && running.includes(own)) return [own]
  const named = open.pausesNamed.get(byEvent)
  return running.filter((i) => named?.has(i) === true)
}

/** The kind that a RESUME speaks of, whether a pause of it is open or not; '': it does not say. */
export const resumedKind = (draft: Draft, fact: Fact): string => {
  const { open, pauses } = draft
  const byKind = text(fact.payload.kind)
  const byEvent = text(fact.payload.pause)
  if (byEvent !== null) {
    const [named] = open.pausesNamed.get(byEvent) ?? []
    const told = open.pauseBy.get(factKey(fact.source, byEvent)) ?? named
    return told === undefined ? (byKind ?? '') : (pauses[told] as Pause).kind
  }
  const [only, ...others] = open.pauseOf.keys()
  return byKind ?? (others.length === 0 ? (only ?? '') : '')
}

export const resume = (draft: Draft, fact: Fact): void => {
  const meant = meantBy(draft, fact)
  if (meant.length === 0) draft.resumesOfNothing.push(markOf(fact))
  for (const i of meant) {
    const pause = draft.pauses[i] as Pause
    draft.pauses[i] = { ...pause, to: endedBy(fact, pause.at) }
    draft.open.pauseOf.delete(pause.kind)
  }
}

/** The days of an extension; null: it names none, and extends nothing. */
export const extendedBy = ({ payload }: Fact): number | null => limit(payload.days)?.value ?? number(payload.days)

export const extend = (draft: Draft, fact: Fact): void => {
  const days = extendedBy(fact)
  if (days === null) return
  const stated = number(fact.payload.approved_at)
  const approvedAt = asInstant(stated ?? fact.at)
  const approver = text(fact.payload.approver)
  draft.extensions.push({ ...markOf(fact), days, approvedAt, approvalStated: stated !== null, approver })
}

/** The member that is asked or replies: the one that is named, else whose org sends it. */
export const memberOf = (fact: Fact): string | null => text(fact.payload.member) ?? fact.org

export const jointDispatch = (draft: Draft, fact: Fact): void => {
  const member = memberOf(fact)
  const statedDue = textOrNumber(fact.payload.reply_due_at)
  const task: JointTask = { ...markOf(fact), member, statedDue, ...dueAsOf(fact), repliedAt: null }
  append(draft.open.asked, member, draft.joint.push(task) - 1)
}

/** Of several tasks of a member the one asked first is replied to. */
export const jointReply = (draft: Draft, fact: Fact): void => {
  const member = memberOf(fact)
  const asked = draft.open.asked.get(member)
  const i = asked?.shift()
  if (asked === undefined || i === undefined) return
  if (asked.length === 0) draft.open.asked.delete(member)
  const task = draft.joint[i] as JointTask
  draft.joint[i] = { ...task, repliedAt: endedBy(fact, task.at) }
}
