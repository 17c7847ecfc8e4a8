// Steps and what joint members were asked, as the events tell them (F5, I15): what begins and ends each.

import type { Fact } from '../../server/core/case/event.ts'
import { hit } from './tally.ts'
import { inOrder, isBare, isOnDayOf, memberOf, placeOf, type Told } from './told.ts'

export interface ToldDispatch {
  readonly fact: Fact
  readonly member: string | null
  replied: Fact | null
}
export interface ToldStep {
  readonly fact: Fact
  readonly code: string
  readonly branch: string | null
  ended: Fact | null
  /** false: only its end was told. */
  readonly begun: boolean
  /** One of two that began on one day, in an order that nobody knows: another's beginning may have ended it or not. */
  unsure: boolean
}

/** A joint member at work has a branch of its own; everything else is the one of the lead (F5). */
const branchOf = (fact: Fact, dispatches: readonly ToldDispatch[]): string | null =>
  dispatches.some(
    ({ fact: asked, member, replied }) =>
      member === fact.org && inOrder(asked, fact) < 0 && (replied === null || inOrder(replied, fact) > 0),
  )
    ? fact.org
    : null

const isEitherOrder = (one: Fact, two: Fact | null): boolean =>
  two !== null && (isOnDayOf(one, two) || isOnDayOf(two, one))

/** Of which branches a step may be: of one day, one of them bare, nobody knows whether its office was asked by then (I15). */
const branchesOf = ({ fact, branch }: ToldStep, dispatches: readonly ToldDispatch[]): (string | null)[] => {
  const isEither = dispatches.some(
    ({ fact: asked, member, replied }) =>
      member === fact.org && (isEitherOrder(fact, asked) || isEitherOrder(fact, replied)),
  )
  return isEither ? [null, fact.org] : [branch]
}

/** Its end is read before its bare day: it had begun by then, and ended nothing that began later. */
const hadEnded = ({ fact, ended }: ToldStep): boolean => ended?.type === 'STEP_END' && inOrder(ended, fact) < 0
const begunBy = (step: ToldStep): number => placeOf(hadEnded(step) ? (step.ended as Fact) : step.fact)

/** What the next one may have ended ran on for nobody, until an end of its own is told. */
const endPerhaps = (steps: readonly ToldStep[], dispatches: readonly ToldDispatch[]): void => {
  const order = steps.toSorted((a, b) => begunBy(a) - begunBy(b) || Number(hadEnded(b)) - Number(hadEnded(a)))
  for (const [i, step] of order.entries()) {
    if (step.ended?.type === 'STEP_END') continue
    const branches = branchesOf(step, dispatches)
    const next = order.slice(i + 1).find((one) => branchesOf(one, dispatches).some((each) => branches.includes(each)))
    if (next === undefined || (step.ended !== null && inOrder(step.ended, next.fact) <= 0)) continue
    step.ended = next.fact
    step.unsure = true
  }
}

const codeOf = ({ payload }: Fact): string => (typeof payload.step_code === 'string' ? payload.step_code : '')

/** An end that was told of this step on its bare day before the step is read. */
const endBefore = (steps: readonly ToldStep[], fact: Fact): ToldStep | undefined => {
  const ends = steps.filter((step) => !step.begun && !isBare(step.fact) && isOnDayOf(fact, step.fact))
  const code = codeOf(fact)
  return ends.find((step) => step.code === code) ?? ends.find((step) => step.code === '')
}

const begun = (steps: ToldStep[], fact: Fact, branch: string | null): void => {
  const code = codeOf(fact)
  const before = endBefore(steps, fact)
  const running = steps.find((step) => step.ended === null && step.branch === branch && step.begun)
  const isEither = running !== undefined && isOnDayOf(fact, running.fact)
  const isLater =
    before !== undefined && running !== undefined && !isBare(running.fact) && running.fact.at >= before.fact.at
  if (running !== undefined && !isLater) {
    running.ended = fact
    running.unsure = isEither
    if (isEither) hit('I15 steps of one day in no known order')
  }
  if (before === undefined) {
    const unsure = isEither ? { ended: fact, unsure: true } : { ended: null, unsure: false }
    steps.push({ fact, code, branch, begun: true, ...unsure })
    return
  }
  hit('I15 step ended on its bare day')
  steps[steps.indexOf(before)] = { fact, code, branch, ended: before.fact, begun: true, unsure: false }
}

export const stepsOf = (
  facts: readonly Fact[],
  dispatches: readonly ToldDispatch[],
  inTime: (fact: Fact) => boolean,
): ToldStep[] => {
  const steps: ToldStep[] = []
  /** In the order in which they began. */
  const order: ToldStep[] = []
  for (const fact of facts) {
    if (fact.type === 'STEP_START') {
      begun(steps, fact, branchOf(fact, dispatches))
      const own = steps.find((step) => step.fact === fact)
      if (own !== undefined) order.push(own)
    }
    if (fact.type !== 'STEP_END') continue
    const code = codeOf(fact)
    const open = order.findLast((step) =>
      code === '' ? step.ended === null : step.code === code && (step.ended === null || step.unsure),
    )
    if (open === undefined) steps.push({ fact, code, branch: null, ended: fact, begun: false, unsure: false })
    else {
      open.ended = fact
      open.unsure = false
    }
  }
  endPerhaps(
    order,
    dispatches.filter(({ fact }) => inTime(fact)),
  )
  return steps
}

/** What members were asked; of several things that one was asked, a reply answers the first. */
export const dispatchesOf = (told: readonly Told[]): ToldDispatch[] => {
  const dispatches: ToldDispatch[] = []
  const early: Fact[] = []
  for (const { fact } of told) {
    const member = memberOf(fact)
    if (fact.type === 'JOINT_DISPATCH') {
      const reply = early.findIndex((one) => memberOf(one) === member && isOnDayOf(fact, one))
      const [replied = null] = reply < 0 ? [] : early.splice(reply, 1)
      if (replied !== null) hit('I15 reply on the bare day of its dispatch')
      dispatches.push({ fact, member, replied })
    }
    if (fact.type !== 'JOINT_REPLY') continue
    const open = dispatches.find((one) => one.member === member && one.replied === null)
    if (open !== undefined) open.replied = fact
    else early.push(fact)
  }
  return dispatches
}
