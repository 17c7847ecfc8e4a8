// A case without a state as the API shows it: every event of it is void (its facts struck out, its cards lifted), or it
// was set apart before it ever had one (J5). Where a case stands is then not known, and nothing is made up: no clock, no
// holder, no due date; what happened and what was said of it stays to be read.

import type { CaseView } from '../contract/api.ts'
import type { Card, CardMove } from '../core/card/card.ts'
import { isToldEnded, struckBy } from '../core/card/lateness.ts'
import { litCards } from '../core/card/standing.ts'
import { type Law, newest } from '../core/law/law.ts'
import type { Calendar } from '../core/time/calendar.ts'
import type { Instant } from '../core/time/instant.ts'
import { cardView } from './card.ts'
import type { ShownFact } from './case.ts'
import { ownNumberView } from './collision.ts'
import { departmentName, instantIn, itemName, writtenInstants } from './words.ts'

export interface StruckParts {
  readonly projectNo: string
  /** void: no event stands; apart: its events stand and could not be folded. */
  readonly status: 'void' | 'apart'
  /** At least one, in their order. */
  readonly facts: readonly ShownFact[]
  readonly cards: readonly { card: Card; moves: readonly CardMove[] }[]
  readonly law: Law
  readonly waiting: CaseView['waiting']
  /** Of a past instant: which one, and how it is read (M9). */
  readonly past?: { readonly at: Instant; readonly as: 'shown' | 'due' } | undefined
}

const eventOf = ({ fact, enteredAt, void: isVoid, notYours, personal }: ShownFact, calendar: Calendar) => ({
  event_id: fact.eventId,
  source_system: fact.source,
  event_type: fact.type,
  occurred_at: instantIn(calendar, fact.at) ?? '',
  precision: fact.precision,
  entered_at: instantIn(calendar, enteredAt) ?? '',
  window_no: fact.window,
  operator_id: fact.operator,
  operator_name: fact.operatorName,
  void: isVoid,
  not_yours: notYours,
  payload: { ...writtenInstants(fact.payload, calendar), ...((personal?.payload ?? {}) as Record<string, unknown>) },
})

const NOTHING_KNOWN = {
  received_at: null,
  accepted_at: null,
  accepted_on: null,
  acceptance_deemed: false,
  concluded_at: null,
  outcome: null,
  on_time: null,
  verdict: null,
  unconfirmed: false,
  overdue: null,
  promise_due_on: null,
  promise_due_at: null,
  statutory_due_on: null,
  statutory_due_at: null,
  provisional: false,
  // whether it had a limit is not known either
  undated: false,
  paused: false,
  latest: false,
  holder: null,
  next_turn_at: null,
  tacit_rule: null,
  may_urge: false,
} as const

const asOfView = ({ at, as }: NonNullable<StruckParts['past']>, calendar: Calendar): CaseView['as_of'] => {
  const told = instantIn(calendar, at) ?? ''
  return { at: told, as, judged_at: told }
}

export const struckView = ({ projectNo, status, facts, cards, law, past, waiting }: StruckParts): CaseView => {
  const calendar = law.homeCalendar
  const [first] = facts
  const item = facts.find(({ fact }) => fact.item !== null)?.fact.item ?? null
  const named = itemName(law, item ?? '-')
  const code = cards[0]?.card.department ?? facts.find(({ fact }) => fact.org !== null)?.fact.org ?? '-'
  const department = departmentName(law, code)
  const source = first?.fact.source ?? '-'
  const [lit] = litCards(
    cards.map(({ card }) => card),
    false,
  )
  // by the card of its limit that still counts it is late, concluded or in hand (F3, C5)
  const isLate = isToldEnded(struckBy(cards.map(({ card }) => card)))
  return {
    ...NOTHING_KNOWN,
    ...(isLate ? { on_time: false, verdict: 'late' as const } : {}),
    project_no: projectNo,
    own_number: ownNumberView(law, projectNo),
    joint_parent: null,
    item,
    item_name: item === null ? null : named.name,
    item_name_en: item === null ? null : named.nameEn,
    department: code,
    department_name: department.name,
    department_name_en: department.nameEn,
    source: newest(law.tables.sources.get(source))?.name ?? source,
    status,
    // of no limit a clock could tell: what was committed is what was due
    as_of: past === undefined ? null : asOfView(past, calendar),
    level: lit?.level ?? 0,
    lit_by: lit?.cardId ?? null,
    custody: [],
    step_names: [],
    steps: [],
    pauses: [],
    duties: [],
    basis_missing: [],
    flags: [],
    conflicts: [],
    by_day: [],
    collision: [],
    one_case: null,
    proposals: [],
    waiting,
    used_by: [],
    events: facts.map((fact) => eventOf(fact, calendar)),
    cards: cards.map(({ card, moves }) => cardView(card, moves, law)),
    explain: [],
  }
}
