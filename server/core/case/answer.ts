// Who answers for a case at every instant (F4, M5, C3): the law laid over custody. Time past a pause's cap, in an unlawful
// pause or in a correction outside T8 is answered by whoever ordered it; of several joint members still asked the one whose
// reply limit passed first answers, while none has passed the lead. One room says it for counts, cards, lists and pages.
// Pure, linear in the facts of a case; never looks at the present.

import type { Holder } from '../card/card.ts'
import { dayAt, inForce, type Law } from '../law/law.ts'
import { asInstant, type Instant } from '../time/instant.ts'
import { couldTell } from './ability.ts'
import { custodyOf, holderBehind, NOBODY, openedBy } from './custody.ts'
import type { Duty } from './duties.ts'
import type { Grounds } from './grounds.ts'
import type { JudgedPause } from './pauses.ts'
import { standsAt } from './stands.ts'
import type { CaseState, Custody, JointTask, Mark, Notice } from './state.ts'

/** Why somebody answers. */
export type AnswerBasis =
  /** Holds the case in fact. */
  | 'custody'
  /** Handed it to the applicant, where nobody answers for a limit. */
  | 'handed_out'
  /** Its reply limit passed first of the members still asked. */
  | 'joint_late'
  /** Ordered a pause that is none. */
  | 'pause_unlawful'
  /** Ordered a pause that is past its last approved day. */
  | 'pause_over'
  /** Asked for corrections when it was no longer to be asked (T8). */
  | 'correction_outside'

/** A row of every measure and the name on every card. */
export interface Answerer extends Holder {
  /** The department of the row: the holder's own, else that of its window; null: that of the case on the day (T10). */
  readonly department: string | null
  readonly basis: AnswerBasis
}

/** The name alone, as a card bears it. */
export const nameOf = ({ role, org, window, operator, operatorName }: Holder): Holder => ({
  role,
  org,
  window,
  operator,
  operatorName,
})

/** From an instant on, until the next span begins. */
export interface AnswerSpan {
  readonly from: Instant
  readonly who: Answerer
}

export interface AnswerGrounds {
  readonly state: CaseState
  readonly grounds: Grounds
  readonly pauses: readonly JudgedPause[]
  readonly duties: readonly Duty[]
  readonly acceptedAt: Instant | null
}

interface Reason {
  readonly holder: Holder
  readonly basis: AnswerBasis
}

/** What begins or ends at an instant. */
interface Turn {
  readonly at: Instant
  readonly apply: () => void
}

/** Pauses that hold the case without stopping its clock; of several the one begun last. */
const pauseTurns = ({ pauses }: AnswerGrounds, turns: Turn[]): (() => Reason | null) => {
  const open: JudgedPause[] = []
  for (const judged of pauses) {
    const { pause, lawful, overAt, endsAt } = judged
    // it may have ended on the day on which it began (I15)
    if (pause.perhapsEnded === true) continue
    const from = lawful ? overAt : pause.at
    if (endsAt !== null && endsAt <= from) continue
    turns.push({ at: from, apply: () => open.push(judged) })
    // of one kind only one is open at a time, so few ever stand in here
    if (endsAt !== null) turns.push({ at: endsAt, apply: () => open.splice(open.indexOf(judged), 1) })
  }
  return () => {
    let last: JudgedPause | null = null
    for (const judged of open) if (last === null || judged.pause.at >= last.pause.at) last = judged
    if (last === null) return null
    return { holder: holderBehind(last.pause), basis: last.lawful ? 'pause_over' : 'pause_unlawful' }
  }
}

interface Asking {
  readonly isAsked: boolean
  readonly outside: Reason | null
}

/** The notice that is being answered: what is handed in answers all that are open, so the last one given is. */
const noticeTurns = ({ state, acceptedAt }: AnswerGrounds, turns: Turn[]): (() => Asking) => {
  let open: Notice | null = null
  const ask = (notice: Notice) => (): void => {
    open = notice
  }
  const answer = (doneAt: Instant) => (): void => {
    if (open?.doneAt === doneAt) open = null
  }
  for (const notice of state.notices) {
    if (notice.doneAt !== null && notice.doneAt <= notice.at) continue
    turns.push({ at: notice.at, apply: ask(notice) })
    if (notice.doneAt !== null) turns.push({ at: notice.doneAt, apply: answer(notice.doneAt) })
  }
  return () => {
    const isOutside = open !== null && acceptedAt !== null && open.at > acceptedAt
    const outside =
      open !== null && isOutside ? { holder: holderBehind(open), basis: 'correction_outside' as const } : null
    return { isAsked: open !== null, outside }
  }
}

interface Asked {
  /** How many members. */
  readonly members: number
  /** Of them the one asked first, and the one whose reply limit passed first. */
  readonly first: string | null
  readonly late: JointTask | null
}

/** Members still asked, where their reply would be heard of: what a source cannot send holds nobody (I12). */
const jointTurns = ({ state, duties, grounds }: AnswerGrounds, turns: Turn[]): (() => Asked) => {
  const dues = new Map<Mark, Instant>()
  for (const { clock, opened } of duties)
    if (clock.kind === 'joint' && opened !== null) dues.set(opened, clock.due.dueAt)
  const asked = new Map<string | null, number>()
  const late: JointTask[] = []
  const replied = new Set<JointTask>()
  let first = 0
  for (const task of state.joint) {
    const { member, repliedAt } = task
    if (repliedAt === null && !couldTell(state, grounds.law, task, 'JOINT_REPLY')) continue
    turns.push({ at: task.at, apply: () => asked.set(member, (asked.get(member) ?? 0) + 1) })
    const dueAt = dues.get(task)
    const passedAt = dueAt === undefined ? null : asInstant(Math.max(dueAt + 1, standsAt(task)))
    if (passedAt !== null && (repliedAt === null || repliedAt > passedAt))
      turns.push({ at: passedAt, apply: () => late.push(task) })
    if (repliedAt === null) continue
    const drop = (): void => {
      const left = (asked.get(member) ?? 0) - 1
      replied.add(task)
      if (left > 0) asked.set(member, left)
      else asked.delete(member)
    }
    turns.push({ at: repliedAt, apply: drop })
  }
  return () => {
    while (first < late.length && replied.has(late[first] as JointTask)) first++
    const [member = null] = asked.keys()
    return { members: asked.size, first: member, late: late[first] ?? null }
  }
}

/** Held in fact, and whether its org was told or only taken from who handed it over. */
type Hold = Pick<Custody, 'holder' | 'lead' | 'orgTold'>

const baseOf = ({ holder, lead, orgTold }: Hold): Hold => ({ holder: lead ?? holder, lead: null, orgTold })

interface Hands {
  readonly held: Hold
  /** Who last had it that was not the applicant. */
  readonly office: Hold
}

const custodyTurns = (state: CaseState, turns: Turn[]): (() => Hands) => {
  const opened = openedBy(state)
  let held: Hold = { ...opened, lead: null }
  let office = held
  const take = (span: Custody) => (): void => {
    held = span
    const base = baseOf(span)
    if (base.holder.role !== 'applicant') office = base
  }
  for (const span of custodyOf(state)) turns.push({ at: span.from, apply: take(span) })
  return () => ({ held, office })
}

const windowOrg = ({ window }: Pick<Holder, 'window'>, law: Law, at: Instant): string | null =>
  window === null ? null : (inForce(law.tables.windows.get(window), dayAt(law, at))?.org ?? null)

/** The department of a holder (M5): its own, else that of its window on the day; null: that of the case. */
export const departmentOf = (holder: Pick<Holder, 'org' | 'window'>, law: Law, at: Instant): string | null =>
  holder.org ?? windowOrg(holder, law, at)

/** Who a hand-over names by the window alone is of that window's department, where the catalogue knows it. */
const settled = ({ holder, orgTold }: Hold, law: Law, at: Instant): Holder =>
  orgTold ? holder : { ...holder, org: windowOrg(holder, law, at) ?? holder.org }

const sameAnswer = (a: Answerer, b: Answerer): boolean =>
  a.role === b.role &&
  a.org === b.org &&
  a.window === b.window &&
  a.operator === b.operator &&
  a.department === b.department &&
  a.basis === b.basis

/** The member that answers: the only one asked, of several the one that was late first. */
const memberFor = ({ members, first, late }: Asked, { holder }: Hold): Reason | null => {
  if (members === 0) return null
  const org = members === 1 ? first : (late?.member ?? null)
  if (members > 1 && late === null) return null
  const isHeld = holder.role === 'joint' && holder.org === org
  return { holder: isHeld ? holder : { ...NOBODY, role: 'joint', org }, basis: members > 1 ? 'joint_late' : 'custody' }
}

/** Who answers from when on, in order; the first span holds for all that was before it. */
export const answersOf = (at: AnswerGrounds): readonly AnswerSpan[] => {
  const { law } = at.grounds
  const turns: Turn[] = [{ at: at.state.first.at, apply: () => undefined }]
  const hands = custodyTurns(at.state, turns)
  const paused = pauseTurns(at, turns)
  const asking = noticeTurns(at, turns)
  const joint = jointTurns(at, turns)
  const reason = (when: Instant): Reason => {
    const { isAsked, outside } = asking()
    const overlaid = paused() ?? outside
    if (overlaid !== null) return overlaid
    const { held, office } = hands()
    const base = baseOf(held)
    // handed to the applicant: nobody there answers for a limit, whoever handed it over does; a notice is another matter
    if (base.holder.role === 'applicant') {
      if (isAsked) return { holder: base.holder, basis: 'custody' }
      return { holder: settled(office, law, when), basis: 'handed_out' }
    }
    return memberFor(joint(), held) ?? { holder: settled(base, law, when), basis: 'custody' }
  }
  turns.sort((a, b) => a.at - b.at)
  const spans: AnswerSpan[] = []
  for (const [i, turn] of turns.entries()) {
    turn.apply()
    if (turns[i + 1]?.at === turn.at) continue
    const { holder, basis } = reason(turn.at)
    const who = { ...holder, department: departmentOf(holder, law, turn.at), basis }
    const last = spans[spans.length - 1]
    if (last === undefined || !sameAnswer(last.who, who)) spans.push({ from: turn.at, who })
  }
  return spans
}

/** Who answers at an instant: the last span begun at or before it; before the first, the first. */
export const answerableAt = (spans: readonly AnswerSpan[], at: Instant): Answerer => {
  let low = 0
  let high = spans.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((spans[middle] as AnswerSpan).from <= at) low = middle
    else high = middle - 1
  }
  return (spans[low] as AnswerSpan).who
}
