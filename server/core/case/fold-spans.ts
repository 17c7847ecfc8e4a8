// Folding what lasts: steps, pauses, extensions, joint tasks. Each takes the next fact in order and moves the draft; no
// law, no clock. Rules: F5, T6.

import { asInstant } from '../time/instant.ts'
import type { Fact } from './event.ts'
import { type Draft, dueAsOf, limit, markOf, number, text, textOrNumber } from './fold-read.ts'
import type { JointTask, Pause, Step } from './state.ts'

const lastIndex = <T>(rows: readonly T[], wanted: (row: T) => boolean): number => {
  for (let i = rows.length - 1; i >= 0; i--) if (wanted(rows[i] as T)) return i
  return -1
}

const replaced = <T>(rows: readonly T[], index: number, row: T): readonly T[] => {
  const copy = rows.slice()
  copy[index] = row
  return copy
}

const branchOf = (draft: Draft, fact: Fact): string | null => {
  const held = draft.custody[draft.custody.length - 1]?.holder
  const isAsked = draft.joint.some((task) => task.repliedAt === null && task.member === fact.org)
  return isAsked || (held?.role === 'joint' && held.org === fact.org) ? fact.org : null
}

export const stepStart = (draft: Draft, fact: Fact): void => {
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
    ...dueAsOf(fact),
  }
  draft.steps = [...steps, step]
}

export const stepEnd = (draft: Draft, fact: Fact): void => {
  const code = text(fact.payload.step_code) ?? ''
  const open = lastIndex(draft.steps, (step) => step.to === null && (step.code === code || code === ''))
  if (open >= 0) {
    draft.steps = replaced(draft.steps, open, { ...(draft.steps[open] as Step), to: fact.at })
    return
  }
  const step: Step = { ...markOf(fact), code, from: null, to: fact.at, branch: null, statedDue: null }
  draft.steps = [...draft.steps, step]
}

export const suspend = (draft: Draft, fact: Fact): void => {
  const kind = text(fact.payload.kind) ?? 'other'
  // a second SUSPEND of an open kind changes nothing (T6)
  const open = draft.pauses.findIndex((pause) => pause.to === null && pause.kind === kind)
  if (open >= 0) {
    const known = draft.pauses[open] as Pause
    draft.pauses = replaced(draft.pauses, open, { ...known, also: [...known.also, fact.eventId] })
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
  draft.pauses = [...draft.pauses, pause]
}

export const resume = (draft: Draft, fact: Fact): void => {
  const byEvent = text(fact.payload.pause)
  const byKind = text(fact.payload.kind)
  const isId = (pause: Pause): boolean => pause.eventId === byEvent || pause.also.includes(byEvent ?? '')
  // an id is its source's own: another source's pause of the same id is meant only where there is no own one
  const hasOwn = draft.pauses.some((pause) => pause.to === null && pause.source === fact.source && isId(pause))
  const named = (pause: Pause): boolean => {
    if (byEvent !== null) return isId(pause) && (!hasOwn || pause.source === fact.source)
    return byKind === null || pause.kind === byKind
  }
  if (!draft.pauses.some((pause) => pause.to === null && named(pause))) {
    // a second system that tells of one resumption tells the same instant
    if (draft.pauses.some((pause) => pause.to === fact.at && pause.source !== fact.source)) return
    draft.resumesOfNothing = [...draft.resumesOfNothing, markOf(fact)]
    return
  }
  draft.pauses = draft.pauses.map((pause) => (pause.to === null && named(pause) ? { ...pause, to: fact.at } : pause))
}

export const extend = (draft: Draft, fact: Fact): void => {
  const days = limit(fact.payload.days)?.value ?? number(fact.payload.days)
  if (days === null) return
  const stated = number(fact.payload.approved_at)
  const approvedAt = asInstant(stated ?? fact.at)
  const approver = text(fact.payload.approver)
  const extension = { ...markOf(fact), days, approvedAt, approvalStated: stated !== null, approver }
  draft.extensions = [...draft.extensions, extension]
}

export const jointDispatch = (draft: Draft, fact: Fact): void => {
  const member = text(fact.payload.member) ?? fact.org
  const statedDue = textOrNumber(fact.payload.reply_due_at)
  const task: JointTask = { ...markOf(fact), member, statedDue, ...dueAsOf(fact), repliedAt: null }
  draft.joint = [...draft.joint, task]
}

/** The reply of the member it names, else of the member whose org sends it. */
export const jointReply = (draft: Draft, fact: Fact): void => {
  const member = text(fact.payload.member) ?? fact.org
  const open = draft.joint.findIndex((task) => task.repliedAt === null && task.member === member)
  if (open < 0) return
  draft.joint = replaced(draft.joint, open, { ...(draft.joint[open] as JointTask), repliedAt: fact.at })
}
