// A case as the API shows it (SPEC 11): where it stands, who held it, its clocks explained, its facts and cards.
// All figures come from one judgement at one instant, so nothing on the page can disagree with itself.

import type { CaseView, HolderView } from '../contract/api.ts'
import type { WireCaseStatus } from '../contract/vocabulary.ts'
import type { Card, CardMove, Holder } from '../core/card/card.ts'
import { isStanding } from '../core/card/change.ts'
import type { Fact } from '../core/case/event.ts'
import type { JudgedStep, Judgement } from '../core/case/judge.ts'
import type { CaseState } from '../core/case/state.ts'
import { type Law, newest } from '../core/law/law.ts'
import type { Instant } from '../core/time/instant.ts'
import { usedAt } from '../core/time/used.ts'
import { cardView } from './card.ts'
import { explainView } from './explain.ts'
import { dayText, departmentName, instantIn, itemName } from './words.ts'

export interface ShownFact {
  readonly fact: Fact
  readonly enteredAt: Instant
  readonly void: boolean
  /** Personal part as a JSON value; null where there is none or the reader may not see it. */
  readonly personal: Record<string, unknown> | null
}

export interface CaseParts {
  readonly state: CaseState
  readonly judgement: Judgement
  readonly facts: readonly ShownFact[]
  readonly cards: readonly { card: Card; moves: readonly CardMove[] }[]
  readonly law: Law
  readonly now: Instant
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
  const spans = state.custody.filter((span) => span.from <= end)
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
  const late = clock !== null && (endedAt ?? now) > clock.due.dueAt
  const holder = {
    role: step.window === null ? ('back' as const) : ('front' as const),
    org: step.org,
    window: step.window,
    operator: step.operator,
    operatorName: step.operatorName,
  }
  return {
    step_code: step.code,
    name: item?.steps.find((row) => row.code === step.code)?.name ?? null,
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
    entered_at: instantIn(calendar, shown.enteredAt) ?? '',
    window_no: fact.window,
    operator_id: fact.operator,
    operator_name: fact.operatorName,
    void: shown.void,
    payload: { ...fact.payload, ...personal },
  }
}

const explanations = ({ judgement, law, now }: CaseParts): CaseView['explain'] => {
  const clocks = [judgement.promise, judgement.statute, ...judgement.steps.map((step) => step.clock)]
  return clocks.flatMap((clock) => (clock === null ? [] : [explainView(clock, judgement, law, now)]))
}

const cardLevel = (parts: CaseParts): CaseView['level'] => {
  let level: CaseView['level'] = parts.judgement.level
  for (const { card } of parts.cards) {
    if (isStanding(card) && card.state !== 'closed' && card.level >= 2 && card.level > level) level = card.level
  }
  return level
}

export const caseView = (parts: CaseParts): CaseView => {
  const { state, judgement, law } = parts
  const { grounds, concluded, promise, statute } = judgement
  const { calendar } = grounds
  const at = (instant: Instant | null): string | null => instantIn(calendar, instant)
  const item = itemName(law, state.item ?? '-')
  const department = departmentName(law, grounds.department)
  const latest = judgement.paused
  return {
    project_no: state.projectNo,
    item: state.item,
    item_name: state.item === null ? null : item.name,
    item_name_en: state.item === null ? null : item.nameEn,
    department: grounds.department,
    department_name: department.name,
    department_name_en: department.nameEn,
    source: newest(law.tables.sources.get(concluded?.source ?? state.first.source))?.name ?? state.first.source,
    status: judgement.status as WireCaseStatus,
    level: cardLevel(parts),
    received_at: at(judgement.receivedAt),
    accepted_at: at(judgement.acceptedAt),
    accepted_on: dayText(judgement.acceptedOn),
    acceptance_deemed: judgement.deemed,
    concluded_at: at(concluded?.at ?? null),
    outcome: judgement.outcome,
    on_time: judgement.verdict === 'on_time' ? true : judgement.verdict === 'late' ? false : null,
    verdict: judgement.verdict,
    promise_due_on: dayText(promise?.due.dueOn ?? null),
    promise_due_at: at(promise?.due.dueAt ?? null),
    statutory_due_on: dayText(statute?.due.dueOn ?? null),
    statutory_due_at: at(statute?.due.dueAt ?? null),
    provisional: judgement.provisional,
    undated: judgement.undated,
    paused: judgement.paused,
    latest,
    holder: concluded === null ? holderView(judgement.holder, law) : null,
    custody: custodyView(parts),
    steps: judgement.steps.map((step) => stepView(step, parts)),
    pauses: judgement.pauses.map(({ pause, lawful, capAt }) => ({
      event_id: pause.eventId,
      kind: pause.kind,
      from: at(pause.at) ?? '',
      to: at(pause.to),
      lawful,
      cap_on: dayText(calendar.dayOf(capAt)),
    })),
    events: parts.facts.map((fact) => eventView(fact, judgement)),
    cards: parts.cards.map(({ card, moves }) => cardView(card, moves, law)),
    explain: explanations(parts),
    next_turn_at: at(judgement.nextTurnAt),
  }
}
