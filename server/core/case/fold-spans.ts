// Folding what lasts: corrections, steps, extensions, joint tasks. Each takes the next fact in order and moves the draft; no
// law, no clock. What is known by its day alone ends nothing before it began; and it may have begun what was ended on its
// day before it is read: of one day, an opener and a closer of which one is a bare day are a pair in order. Rules: F5, I15.

import { asInstant, type Instant } from '../time/instant.ts'
import { append, type Draft } from './draft.ts'
import type { Fact } from './event.ts'
import { dueAsOf, limit, markOf, number, text, textOrNumber } from './fold-read.ts'
import { isOnDayOf, standsAt, type When } from './stands.ts'
import type { JointTask, Notice, Step } from './state.ts'

/** When a span ends that an event closes: a bare day closes on that day what began in the course of it. */
export const endedBy = (fact: When, from: Instant): Instant =>
  fact.precision === 'day' && fact.at < from ? from : fact.at

/** A notice waits; one of a bare day on which something was handed in was answered by that. */
export const correctionNotice = (draft: Draft, fact: Fact): void => {
  const { handedInAt } = draft
  const doneAt = handedInAt !== null && isOnDayOf(fact, handedInAt) ? handedInAt : null
  const i = draft.notices.push({ ...markOf(fact), doneAt }) - 1
  if (doneAt === null) draft.open.notices.push(i)
}

/** What was asked for is handed in: every notice still open is answered by it. */
export const correctionDone = (draft: Draft, fact: Fact): void => {
  if (fact.precision === null) draft.handedInAt = fact.at
  for (const i of draft.open.notices.splice(0)) {
    const notice = draft.notices[i] as Notice
    const by = fact.precision === 'day' ? { doneBy: standsAt(fact) } : {}
    draft.notices[i] = { ...notice, doneAt: endedBy(fact, notice.at), ...by }
  }
}

/** A member that is asked works beside the others; all else is one branch. */
const branchOf = ({ open }: Draft, { org }: Fact): string | null => (open.asked.has(org) ? org : null)

const closeStep = (draft: Draft, i: number, fact: Fact): void => {
  const { unsure: _, ...step } = draft.steps[i] as Step
  draft.steps[i] = { ...step, to: endedBy(fact, step.from ?? step.at) }
  if (draft.open.stepOf.get(step.branch) === i) draft.open.stepOf.delete(step.branch)
}

/** An end of this step that was read before its bare day: only its end was told so far. */
const endBefore = ({ open, steps }: Draft, fact: Fact, code: string): number | null => {
  const ends = [...(open.endsOf.get(code) ?? []), ...(code === '' ? [] : (open.endsOf.get('') ?? []))]
  return ends.find((i) => isOnDayOf(fact, steps[i]?.at as Instant)) ?? null
}

const forget = ({ open, steps }: Draft, i: number): void => {
  const ends = open.endsOf.get(steps[i]?.code ?? '')
  ends?.splice(ends.indexOf(i), 1)
}

/**
 * A step without STEP_END ends with the next STEP_START of its branch (F5). Where that is a bare day on which the running
 * one began, either may have been the next: neither is known to run on, until an end of its own is told.
 */
export const stepStart = (draft: Draft, fact: Fact): void => {
  const { open, steps } = draft
  const branch = branchOf(draft, fact)
  const code = text(fact.payload.step_code) ?? ''
  const before = endBefore(draft, fact, code)
  const endedAt = before === null ? null : (steps[before]?.at as Instant)
  const running = open.stepOf.get(branch)
  const other = running === undefined ? null : (steps[running] as Step)
  const isEither = other !== null && isOnDayOf(fact, other.at)
  // what began after this one had ended was not ended by it
  const isBefore = endedAt !== null && other !== null && other.precision === null && other.at >= endedAt
  if (running !== undefined && !isBefore) {
    closeStep(draft, running, fact)
    if (isEither) steps[running] = { ...(steps[running] as Step), unsure: true }
  }
  const statedDue = textOrNumber(fact.payload.step_due_at)
  const begun = { ...markOf(fact), code, from: fact.at, branch, statedDue, ...dueAsOf(fact) }
  open.begunBy = endedAt
  if (before !== null) {
    forget(draft, before)
    steps[before] = { ...begun, to: endedAt, endTold: true, endedBefore: true }
    return
  }
  const i = steps.push(isEither ? { ...begun, to: fact.at, unsure: true } : { ...begun, to: null }) - 1
  if (!isEither) open.stepOf.set(branch, i)
  open.steps.push(i)
  append(open.stepsOf, code, i)
}

/** The step begun last of those that run, of a code or of any. */
const lastRunning = (begun: number[] | undefined, runs: (i: number) => boolean): number | null => {
  while (begun !== undefined && begun.length > 0) {
    const i = begun[begun.length - 1] as number
    if (runs(i)) return i
    begun.pop()
  }
  return null
}

export const stepEnd = (draft: Draft, fact: Fact): void => {
  const code = text(fact.payload.step_code) ?? ''
  const { open, steps } = draft
  const running =
    code === ''
      ? lastRunning(open.steps, (i) => steps[i]?.to === null)
      : lastRunning(open.stepsOf.get(code), (i) => steps[i]?.to === null || steps[i]?.unsure === true)
  if (running !== null) {
    closeStep(draft, running, fact)
    steps[running] = { ...(steps[running] as Step), endTold: true }
    return
  }
  const i = steps.push({ ...markOf(fact), code, from: null, to: fact.at, branch: null, statedDue: null }) - 1
  if (fact.precision === null) append(open.endsOf, code, i)
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
  const told = draft.replies.findIndex((reply) => reply.member === member && isOnDayOf(fact, reply.at))
  const repliedAt = draft.replies[told]?.at ?? null
  const task: JointTask = { ...markOf(fact), member, statedDue, ...dueAsOf(fact), repliedAt }
  const i = draft.joint.push(task) - 1
  if (repliedAt === null) append(draft.open.asked, member, i)
  else draft.replies.splice(told, 1)
}

/** Of several tasks of a member the one asked first is replied to. */
export const jointReply = (draft: Draft, fact: Fact): void => {
  const member = memberOf(fact)
  const asked = draft.open.asked.get(member)
  const i = asked?.shift()
  if (asked === undefined || i === undefined) {
    if (fact.precision === null) draft.replies.push({ member, at: fact.at })
    return
  }
  if (asked.length === 0) draft.open.asked.delete(member)
  const task = draft.joint[i] as JointTask
  const on = fact.precision === 'day' ? { repliedOn: fact.at } : {}
  draft.joint[i] = { ...task, repliedAt: endedBy(fact, task.at), ...on }
}
