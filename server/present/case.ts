// A case as the API shows it (SPEC 11): where it stands, who held it, its clocks explained, its facts and cards.
// All figures come from one judgement at one instant, so nothing on the page can disagree with itself.

import type { CaseView, DutyView, HolderView } from '../contract/api.ts'
import type { WireCaseStatus } from '../contract/vocabulary.ts'
import type { Card, CardMove, Holder } from '../core/card/card.ts'
import { endedAs, isToldEnded, type Lateness, latenessOf, struckWith } from '../core/card/lateness.ts'
import { litCards } from '../core/card/standing.ts'
import { standingBy } from '../core/card/stands-by.ts'
import { custodyOf, heldSpans } from '../core/case/custody.ts'
import type { Duty } from '../core/case/duties.ts'
import { isResultUnsaid } from '../core/case/ending.ts'
import type { Fact } from '../core/case/event.ts'
import { hasPassed, type JudgedStep } from '../core/case/findings-ground.ts'
import type { Judgement } from '../core/case/judge.ts'
import type { Clock } from '../core/case/reckon.ts'
import type { CaseState } from '../core/case/state.ts'
import { type Law, newest } from '../core/law/law.ts'
import type { Instant } from '../core/time/instant.ts'
import { printLimit } from '../core/time/limit.ts'
import { usedAt } from '../core/time/used.ts'
import { cardView } from './card.ts'
import { itemsTold, ownNumberView } from './collision.ts'
import { explainView, unsaidClocks } from './explain.ts'
import { dayText, departmentName, instantIn, itemName, writtenInstants } from './words.ts'

export interface ShownFact {
  readonly fact: Fact
  readonly enteredAt: Instant
  readonly void: boolean
  /** What it names and another source alone holds (F3); null: nothing. */
  readonly notYours: string | null
  /** Personal part as a JSON value; null where there is none or the reader may not see it. */
  readonly personal: Record<string, unknown> | null
}

export interface CaseParts {
  readonly state: CaseState
  readonly judgement: Judgement
  readonly facts: readonly ShownFact[]
  readonly cards: readonly { card: Card; moves: readonly CardMove[] }[]
  /** Cards raised under numbers that were joined to it (I11): shown with it; what they count they count of their own. */
  readonly joined: CaseParts['cards']
  readonly law: Law
  readonly now: Instant
  /** Whether the reader may urge it. */
  readonly mayUrge: boolean
  /** Of a past instant (M9): which one, how it is read, and the cards that nobody was there to raise or move by then. */
  readonly past?: {
    readonly at: Instant
    readonly as: 'shown' | 'due'
    readonly unraised: readonly Card[]
    readonly isUntaken: boolean
  }
  readonly jointParent: CaseView['joint_parent']
  /** What a person said of a number that is given several items (I11). */
  readonly oneCase: CaseView['one_case']
  /** Joinings of its numbers that sources asked for (I11). */
  readonly proposals: CaseView['proposals']
  readonly waiting: CaseView['waiting']
}

const holderView = (holder: Holder, law: Law): HolderView => ({
  role: holder.role,
  org_code: holder.org,
  org_name: holder.org === null ? null : departmentName(law, holder.org).name,
  window_no: holder.window,
  operator_id: holder.operator,
  operator_name: holder.operatorName,
})

/** Who held the case, with the units of the main clock each used (F4). */
const custodyView = ({ state, judgement, law, now }: CaseParts): CaseView['custody'] => {
  const { main, concluded, grounds } = judgement
  const { calendar } = grounds
  const end = concluded !== null && concluded.at < now ? concluded.at : now
  const used = (at: Instant): number => (main === null ? 0 : usedAt(calendar, main.input, at).used)
  const spans = heldSpans(custodyOf(state)).filter((span) => span.from <= end)
  return spans.map((span, i) => {
    const next = spans[i + 1]?.from ?? null
    const to = next ?? (concluded === null ? null : end)
    return {
      from: instantIn(calendar, span.from) ?? '',
      to: instantIn(calendar, to),
      holder: holderView(span.holder, law),
      counted_wd: used(to ?? end) - used(span.from),
    }
  })
}

const stepView = (judged: JudgedStep, { judgement, law, now }: CaseParts): CaseView['steps'][number] => {
  const { step, clock, endedAt } = judged
  const { calendar, item } = judgement.grounds
  const late = clock !== null && hasPassed({ now }, clock.due.dueAt, endedAt)
  const holder = {
    role: step.window === null ? ('back' as const) : ('front' as const),
    org: step.org,
    window: step.window,
    operator: step.operator,
    operatorName: step.operatorName,
  }
  const listed = item?.steps.find((row) => row.code === step.code)
  return {
    step_code: step.code,
    name: listed?.name ?? null,
    name_en: listed?.nameEn ?? null,
    from: instantIn(calendar, step.from ?? step.at) ?? '',
    to: instantIn(calendar, endedAt),
    due_at: instantIn(calendar, clock?.due.dueAt ?? null),
    level: late ? 2 : 0,
    holder: holderView(holder, law),
  }
}

const eventView = (shown: ShownFact, judgement: Judgement): CaseView['events'][number] => {
  const { fact } = shown
  const { calendar } = judgement.grounds
  const personal = (shown.personal?.payload ?? {}) as Record<string, unknown>
  return {
    event_id: fact.eventId,
    source_system: fact.source,
    event_type: fact.type,
    occurred_at: instantIn(calendar, fact.at) ?? '',
    precision: fact.precision,
    entered_at: instantIn(calendar, shown.enteredAt) ?? '',
    window_no: fact.window,
    operator_id: fact.operator,
    operator_name: fact.operatorName,
    void: shown.void,
    not_yours: shown.notYours,
    payload: { ...writtenInstants(fact.payload, calendar), ...personal },
  }
}

/** Of thousands of steps, members or complaints on one case the first are laid open day by day, beside promise and statute. */
const MOST_EXPLAINED = { heard: 60, unheard: 30 }

/** Of all the others the due days are among its steps and duties. */
const explanations = ({ judgement, law, now }: CaseParts, unsaid: (of: Clock) => boolean): CaseView['explain'] => {
  const { promise, statute, steps, duties } = judgement
  const isThere = (clock: Clock | null): clock is Clock => clock !== null
  const heard = [...steps.map(({ clock }) => clock), ...duties.filter((duty) => duty.heard).map(({ clock }) => clock)]
  const unheard = duties.filter((duty) => !duty.heard).map(({ clock }) => clock)
  const told = [
    promise,
    statute,
    ...heard.filter(isThere).slice(0, MOST_EXPLAINED.heard),
    ...unheard.slice(0, MOST_EXPLAINED.unheard),
  ]
  return told.filter(isThere).map((clock) => explainView({ clock, judgement, law, now, unsaid: unsaid(clock) }))
}

/** Pause kind or joint member that a duty belongs to. */
const dutyOf = ({ clock, member, opened }: Duty, { pauses }: CaseState): string | null => {
  if (clock.kind !== 'pause') return member
  return pauses.find(({ eventId, source }) => eventId === opened?.eventId && source === opened.source)?.kind ?? null
}

const dutyView = (duty: Duty, { state, judgement, now }: CaseParts): DutyView => {
  const { clock, endedAt } = duty
  const { calendar } = judgement.grounds
  return {
    clock: clock.kind,
    ref: clock.ref,
    of: dutyOf(duty, state),
    from: instantIn(calendar, clock.input.start) ?? '',
    due_at: instantIn(calendar, clock.due.dueAt) ?? '',
    limit: printLimit(clock.limit),
    met_at: instantIn(calendar, endedAt),
    late: duty.heard ? hasPassed({ now }, clock.due.dueAt, endedAt) : null,
    provisional: clock.due.provisional,
  }
}

/** Custody summed by holder, in the order in which each first held the case (F4). */
const usedBy = (custody: CaseView['custody']): CaseView['used_by'] => {
  const sums = new Map<string, CaseView['used_by'][number]>()
  for (const { holder, counted_wd } of custody) {
    const key = JSON.stringify([holder.role, holder.org_code, holder.window_no, holder.operator_id])
    const known = sums.get(key)
    if (known === undefined) sums.set(key, { holder, counted_wd })
    else known.counted_wd += counted_wd
  }
  return [...sums.values()]
}

/** Which marks of it are known by the day alone (I15). */
const byDay = ({ received, accepted, concluded, deemed }: Judgement): CaseView['by_day'] => {
  const marks = { received, accepted: deemed ? null : accepted, concluded }
  return (['received', 'accepted', 'concluded'] as const).filter((name) => marks[name]?.precision === 'day')
}

/** Whether a case in hand is past its limit as the figures have it (M1); null: it is not, or has ended. */
const overdueOf = ({ concluded }: Judgement, { kind }: Lateness): CaseView['overdue'] =>
  concluded !== null || kind === 'in_time' ? null : kind

export const caseView = (asked: CaseParts): CaseView => {
  const { state, law } = asked
  const all = [...asked.cards.map(({ card }) => card), ...(asked.past?.unraised ?? [])]
  // its limits are those of the telling that stands, wherever they are told (F5)
  const judgement = standingBy(asked.judgement, all)
  const parts = { ...asked, judgement }
  const { grounds, belongs, concluded, promise, statute } = judgement
  const { calendar } = grounds
  const at = (instant: Instant | null): string | null => instantIn(calendar, instant)
  const item = itemName(law, state.item ?? '-')
  const department = departmentName(law, belongs.department)
  const custody = custodyView(parts)
  const { past } = parts
  // as due: what nobody was there to raise says how it stood as well, and is no card of it yet
  const unraised = new Set(past?.unraised ?? [])
  const cards = [...parts.cards.map(({ card }) => card), ...unraised]
  const [lit] = litCards(cards, concluded !== null)
  const lateness = latenessOf(asked.judgement, cards)
  const verdict = isToldEnded(struckWith(judgement, cards)) ? 'late' : endedAs(judgement, lateness)
  return {
    project_no: state.projectNo,
    own_number: ownNumberView(law, state.projectNo),
    joint_parent: parts.jointParent,
    item: state.item,
    item_name: state.item === null ? null : item.name,
    item_name_en: state.item === null ? null : item.nameEn,
    department: belongs.department,
    department_name: department.name,
    department_name_en: department.nameEn,
    source: newest(law.tables.sources.get(concluded?.source ?? state.first.source))?.name ?? state.first.source,
    status: judgement.status as WireCaseStatus,
    as_of: past === undefined ? null : { at: at(past.at) ?? '', as: past.as, judged_at: at(parts.now) ?? '' },
    level: lit?.level ?? 0,
    lit_by: lit === undefined || unraised.has(lit) ? null : lit.cardId,
    received_at: at(judgement.receivedAt),
    accepted_at: at(judgement.acceptedAt),
    accepted_on: dayText(judgement.acceptedOn),
    acceptance_deemed: judgement.deemed,
    concluded_at: at(concluded?.at ?? null),
    outcome: isResultUnsaid(state, concluded) ? 'unstated' : judgement.outcome,
    by_day: byDay(judgement),
    on_time: verdict === 'on_time' ? true : verdict === 'late' ? false : null,
    verdict,
    unconfirmed: lateness.kind === 'waits',
    overdue: overdueOf(judgement, lateness),
    promise_due_on: dayText(promise?.due.dueOn ?? null),
    promise_due_at: at(promise?.due.dueAt ?? null),
    statutory_due_on: dayText(statute?.due.dueOn ?? null),
    statutory_due_at: at(statute?.due.dueAt ?? null),
    provisional: judgement.provisional,
    undated: judgement.undated,
    paused: judgement.paused,
    // while paused, due dates are the latest possible (T6)
    latest: judgement.paused,
    holder: concluded === null ? holderView(judgement.holder, law) : null,
    custody,
    step_names: (grounds.item?.steps ?? []).map(({ code, name, nameEn }) => ({
      step_code: code,
      name,
      name_en: nameEn,
    })),
    steps: judgement.steps.map((step) => stepView(step, parts)),
    pauses: judgement.pauses.map(({ pause, lawful, faults, capAt }) => ({
      event_id: pause.eventId,
      kind: pause.kind,
      from: at(pause.at) ?? '',
      to: at(pause.to),
      lawful,
      faults: [...faults],
      cap_on: dayText(calendar.dayOf(capAt)),
    })),
    duties: judgement.duties.map((duty) => dutyView(duty, parts)),
    basis_missing: [...judgement.unknown],
    flags: [...judgement.flags, ...(past?.isUntaken === true ? ['not_raised_then' as const] : [])],
    conflicts: [...state.conflicts],
    collision: state.collision.length === 0 ? [] : itemsTold(parts.facts, law, calendar),
    one_case: parts.oneCase,
    proposals: [...parts.proposals],
    waiting: parts.waiting,
    tacit_rule: grounds.law.profile.tacitApproval?.source ?? null,
    may_urge: parts.mayUrge,
    used_by: usedBy(custody),
    events: parts.facts.map((fact) => eventView(fact, judgement)),
    cards: [...parts.cards, ...parts.joined].map(({ card, moves }) => cardView(card, moves, law)),
    explain: explanations(parts, unsaidClocks(judgement, cards, lateness.kind === 'waits')),
    next_turn_at: at(judgement.nextTurnAt),
  }
}
