// Of which branch a step is, where a bare day hides it (F5, I15): a joint member that was asked or replied on the day of its
// step, one of them bare, took it before that or after it, and the step is of the member's branch or of the main one.
// Whatever may have ended a step is taken to have, until an end of its own is told: no guess accuses. Pure.

import { append } from './draft.ts'
import { compareOrder, type OrderKey, phaseOf } from './event.ts'
import { endedBy } from './fold-spans.ts'
import { isOnDayOf, standsAt, type When } from './stands.ts'
import type { CaseState, JointTask, Step } from './state.ts'

/** Of one day, one of them bare: nobody knows which came first. */
const isUnordered = (one: When, other: When): boolean => isOnDayOf(one, other.at) || isOnDayOf(other, one.at)

const repliedOf = ({ repliedAt, repliedOn }: JointTask): When | null => {
  if (repliedOn !== undefined) return { at: repliedOn, precision: 'day' }
  return repliedAt === null ? null : { at: repliedAt, precision: null }
}

const isDoubtful = (step: Step, tasks: readonly JointTask[]): boolean =>
  tasks.some((task) => {
    const replied = repliedOf(task)
    return isUnordered(step, task) || (replied !== null && isUnordered(step, replied))
  })

/** By when it had begun: what was ended by a stamp of its bare day before that, and ends nothing that began since. */
const placeOf = (step: Step): OrderKey =>
  step.endedBefore === true && step.to !== null
    ? [step.to, 0, step.source, step.eventId]
    : [standsAt(step), phaseOf('STEP_START'), step.source, step.eventId]

/** The steps, each ended at the latest by the next one that may be of its branch, unless its own end was told. */
export const endedByAny = ({ steps, joint }: Pick<CaseState, 'steps' | 'joint'>): readonly Step[] => {
  const tasksOf = new Map<string | null, JointTask[]>()
  for (const task of joint) append(tasksOf, task.member, task)
  const doubtful = new Set(steps.filter((step) => step.from !== null && isDoubtful(step, tasksOf.get(step.org) ?? [])))
  if (doubtful.size === 0) return steps
  const begun = steps
    .map((step, i) => ({ step, i, place: placeOf(step) }))
    .filter(({ step }) => step.from !== null)
    .sort((a, b) => compareOrder(b.place, a.place))
  const told = steps.slice()
  const nextOf = new Map<string | null, Step>()
  // from the last to the first
  for (const { step, i } of begun) {
    const branches = doubtful.has(step) ? [null, step.org] : [step.branch]
    for (const branch of branches) {
      const next = nextOf.get(branch)
      const { to } = told[i] as Step
      const by = next === undefined ? null : endedBy(next, step.at)
      if (by !== null && step.endTold !== true && (to === null || by < to)) told[i] = { ...step, to: by, unsure: true }
    }
    for (const branch of branches) nextOf.set(branch, step)
  }
  return told
}
