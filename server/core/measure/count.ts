// Count: a case, as judged, and its cards → its flows (M1, M2, M5). Pure; hangs on the judgement alone, so that the
// totals at any instant equal a recount from the facts (M7). Totals change by the difference of two flow lists.

import type { Card } from '../card/card.ts'
import { endedAs, isToldEnded, type Lateness, latenessOf, struckBy, struckWith } from '../card/lateness.ts'
import { isCounted } from '../card/standing.ts'
import { standingBy } from '../card/stands-by.ts'
import { answerableAt } from '../case/answer.ts'
import { belongsOn, isMember, movesOf } from '../case/grounds.ts'
import type { Judgement } from '../case/judge.ts'
import type { Clock } from '../case/reckon.ts'
import { standsAt } from '../case/stands.ts'
import type { CaseState, Mark } from '../case/state.ts'
import type { Law } from '../law/law.ts'
import type { Calendar } from '../time/calendar.ts'
import { asInstant, type Instant } from '../time/instant.ts'
import { addStock, type Behind, FlowList, windowKey } from './flow-list.ts'
import { type Dimension, type Flow, type FlowKind, STOCK_KINDS, type TotalDelta } from './flows.ts'

/** Instants up to now at which a version moves the case to another row (T10). */
const movesUntil = (state: CaseState, judged: Judgement, from: Instant): Instant[] => {
  const { law, calendar } = judged.grounds
  const days = movesOf(state, law, calendar.dayOf(from))
  return days.map((day) => calendar.startOf(day)).filter((at) => at <= judged.at)
}

const merged = (a: readonly Instant[], b: readonly Instant[]): Instant[] =>
  b.length === 0 ? [...a] : [...a, ...b].sort((x, y) => x - y)

const addConclusion = (list: FlowList, judged: Judgement, lateness: Lateness): void => {
  const { concluded, verdict, main, outcome, answers } = judged
  const ended = endedAs(judged, lateness)
  if (concluded === null || ended === null) return
  // late: who answered when the limit passed; in time: who holds it at the conclusion (M5)
  const isLate = verdict === 'late' && lateness.kind !== 'in_time' && main !== null
  const byCard = lateness.kind === 'late' ? lateness.who : null
  const who = byCard ?? answerableAt(answers, isLate ? main.due.dueAt : standsAt(concluded))
  list.add({ kind: ended, at: concluded.at, hour: true }, who)
  if (outcome === 'granted' || outcome === 'refused') list.add({ kind: outcome, at: concluded.at }, who)
  else if (outcome === 'withdrawn' || outcome === 'terminated') list.add({ kind: 'withdrawn', at: concluded.at }, who)
  else if (verdict !== 'excluded') list.add({ kind: 'refused', at: concluded.at }, who)
}

/** In hand stands with the department of the case, at the window that holds it (M5). */
const inHandBehind = ({ window, operator, department }: Behind): Behind =>
  window !== null || department === null || department === undefined
    ? { window, operator }
    : { window: `@${department}`, operator }

/** Past the limit: in hand to the conclusion; what waits as long as it waits, concluded or not (M1). */
const addOverdue = (list: FlowList, judged: Judgement, moves: readonly Instant[], lateness: Lateness): void => {
  if (lateness.kind === 'in_time') return
  const { concluded, main, overdueFrom, answers } = judged
  const { kind, from } = lateness
  const to = kind === 'late' ? (concluded?.at ?? null) : null
  // told late of a case that by its facts had ended before its limit: it was overdue on no day
  if (to !== null && to <= from) return
  // who answered when the limit passed: handing a late case on hands on nothing
  const passed = main !== null && overdueFrom !== null ? main.due.dueAt : asInstant(from - 1)
  const who = (kind === 'late' ? lateness.who : null) ?? answerableAt(answers, passed)
  addStock(list, {
    kind: kind === 'late' ? 'overdue' : 'overdue_unconfirmed',
    from,
    to,
    turns: moves,
    behind: () => who,
  })
}

interface InHand {
  readonly lateness: Lateness
  readonly due: Clock | null
}

/** `due`: the clock of the telling that stands, by which it is due. */
const addInHand = (list: FlowList, state: CaseState, judged: Judgement, stands: InHand): void => {
  const { lateness, due } = stands
  const { concluded, receivedAt, acceptedAt, answers } = judged
  const begun = receivedAt ?? acceptedAt
  if (begun === null) return
  // a receipt stamped after the acceptance does not take back what was in hand before it
  const from = acceptedAt !== null && acceptedAt < begun ? acceptedAt : begun
  const to = concluded?.at ?? null
  const moves = movesUntil(state, judged, from)
  if (to === null || to > from) {
    const turns = merged(
      answers.map((span) => span.from),
      moves,
    )
    addStock(list, { kind: 'in_hand', from, to, turns, behind: (at) => inHandBehind(answerableAt(answers, at)) })
  }
  addOverdue(list, judged, moves, lateness)
  if (to === null && due !== null) {
    const holder = inHandBehind(answerableAt(answers, judged.at))
    list.add({ kind: 'due', at: due.due.dueAt }, holder)
    if (judged.level > 0) list.add({ kind: 'risk', at: due.due.dueAt }, holder)
  }
}

const KIND_OF_LEVEL = { 1: 'warning', 2: 'yellow', 3: 'red' } as const

/** What a card adds: under its level, and, while somebody is asked whether it is to be lifted (C5), under that besides. */
const kindsOf = (card: Card): FlowKind[] => {
  if (!isCounted(card)) return []
  return card.state === 'to_lift' ? [KIND_OF_LEVEL[card.level], 'to_lift'] : [KIND_OF_LEVEL[card.level]]
}

const addCards = (list: FlowList, cards: readonly Card[]): void => {
  for (const card of cards)
    for (const kind of kindsOf(card))
      list.add({ kind, at: card.limitAt }, { ...card.holder, department: card.department })
}

/** What hangs on cards, on what lies ahead of a case in hand, and on codes that are in no catalogue. */
const OF_STANDING: ReadonlySet<FlowKind> = new Set(['warning', 'yellow', 'red', 'to_lift', 'due', 'risk', 'unlisted'])

/** What of a case's flows stays, where it lost the last fact that begins it, until a person has decided (F3, C5). */
export const countedOf = (flows: readonly Flow[]): Flow[] => flows.filter(({ kind }) => !OF_STANDING.has(kind))

/**
 * What a case adds that lost its last fact: what its cards add that count until a person has decided, and, while one of the
 * limit does, what the case added before (F3, C5).
 */
export const flowsWithoutCase = (cards: readonly Card[], calendar: Calendar): Flow[] => [
  ...(struckBy(cards)?.lift?.counted ?? []),
  ...cardsWithoutCase(cards, calendar),
]

const cardsWithoutCase = (cards: readonly Card[], calendar: Calendar): Flow[] =>
  cards.flatMap((card) =>
    kindsOf(card).map((kind) => ({
      kind,
      on: calendar.dayOf(card.limitAt),
      hour: null,
      n: 1,
      region: card.region,
      department: card.department,
      window: windowKey(card.holder.window, card.department),
      operator: card.holder.operator ?? '-',
      item: card.item,
      source: card.lift?.grounds[0]?.source ?? '-',
      member: card.member,
      code: null,
    })),
  )

const LISTED: Readonly<Record<string, (law: Law, code: string) => boolean>> = {
  item: (law, code) => law.tables.items.has(code),
  window: (law, code) => law.tables.windows.has(code),
  department: (law, code) => law.tables.departments.has(code),
}

const unlistedFlows = (state: CaseState, judged: Judgement): Flow[] => {
  const flows: Flow[] = []
  const { law, calendar } = judged.grounds
  const source = judged.concluded?.source ?? state.first.source
  for (const [code, at] of state.codes) {
    const split = code.indexOf(':')
    if (LISTED[code.slice(0, split)]?.(law, code.slice(split + 1)) !== false) continue
    const on = calendar.dayOf(at)
    const who = { window: '-', operator: '-', item: state.item ?? '-', source, member: isMember(judged) }
    flows.push({ ...belongsOn(state, law, on), ...who, kind: 'unlisted', on, hour: null, n: 1, code })
  }
  return flows
}

const opposite = ({ n }: Flow): Flow['n'] => (n === 1 ? -1 : 1)

/** What the facts of a case give, and what it counts as by the card of its limit where none of them begins it (F3, C5). */
const withStruck = (flows: readonly Flow[], { concluded, grounds }: Judgement, by: Card | undefined): Flow[] => {
  const counted = by?.lift?.counted
  if (counted === undefined) return [...flows]
  if (concluded === null || isToldEnded(by)) return [...counted, ...flows.filter(({ kind }) => OF_STANDING.has(kind))]
  // it has ended since: in hand until then
  const on = grounds.calendar.dayOf(concluded.at)
  const left = counted.filter(({ kind }) => STOCK_KINDS.has(kind)).map((flow) => ({ ...flow, on, n: opposite(flow) }))
  return [...counted, ...left, ...flows]
}

/** The contribution of one case. `cards` are all cards of the case after the change. */
export const flowsOf = (state: CaseState, judged: Judgement, cards: readonly Card[]): Flow[] => {
  const list = new FlowList(state, judged)
  const { received } = judged
  const opening: Mark = judged.accepted ?? received ?? state.first
  // received by receipt, else by acceptance (M1); both at the window of their event (M5)
  const at = ({ window, operator }: Mark): Behind => ({ window, operator })
  if (received !== null) list.add({ kind: 'received', at: received.at, hour: true }, at(received))
  else if (judged.acceptedAt !== null) list.add({ kind: 'received', at: judged.acceptedAt, hour: true }, at(opening))
  if (judged.acceptedAt !== null) {
    const mark = judged.deemed ? (received ?? opening) : opening
    list.add({ kind: 'accepted', at: judged.acceptedAt, hour: true }, at(mark))
  }
  const lateness = latenessOf(judged, cards)
  addConclusion(list, judged, lateness)
  addInHand(list, state, judged, { lateness, due: standingBy(judged, cards).main })
  addCards(list, cards)
  const flows = [...list.flows, ...unlistedFlows(state, judged)]
  return withStruck(flows, judged, struckWith(judged, cards))
}

const CONCLUDED: ReadonlySet<FlowKind> = new Set(['on_time', 'late', 'undated', 'excluded'])

type Spread = (dimension: Dimension, key: string) => void

const spread = (flow: Flow, put: Spread): void => {
  if (flow.kind === 'unlisted') {
    if (flow.code !== null) put('code', flow.code)
    return
  }
  if (flow.member) put('member_department', flow.department)
  put(flow.member ? 'member_region' : 'region', flow.region)
  put('department', flow.department)
  put('window', flow.window)
  put('operator', flow.operator)
  put('item', flow.item)
  put('source', flow.source)
  const hourly = flow.kind === 'received' || flow.kind === 'accepted' || CONCLUDED.has(flow.kind)
  if (hourly && flow.hour !== null) put(flow.member ? 'member_hour' : 'hour', String(flow.hour).padStart(2, '0'))
}

/** Sums of differences under construction, by (dimension, key, department, kind, day). */
export type Deltas = Map<string, TotalDelta>

/** Adds a flow `times` (+1 or −1) to every total it counts in. */
export const addFlow = (deltas: Deltas, flow: Flow, times: 1 | -1): void => {
  spread(flow, (dimension, key) => {
    const id = `${dimension}\n${key}\n${flow.department}\n${flow.kind}\n${flow.on}`
    const known = deltas.get(id)
    if (known !== undefined) known.n += flow.n * times
    else {
      const { department, kind, on } = flow
      deltas.set(id, { dimension, key, department, kind, on, n: flow.n * times })
    }
  })
}

/** Codes may hold spaces but no line feed. */
const flowId = (f: Flow): string =>
  `${f.kind} ${f.on} ${f.hour} ${f.n}\n${f.region}\n${f.department}\n${f.window}\n${f.operator}\n${f.item}\n${f.source}\n${f.member}\n${f.code}`

const sameFlow = (a: Flow, b: Flow): boolean =>
  a.kind === b.kind &&
  a.on === b.on &&
  a.n === b.n &&
  a.window === b.window &&
  a.operator === b.operator &&
  a.hour === b.hour &&
  a.department === b.department &&
  a.region === b.region &&
  a.item === b.item &&
  a.source === b.source &&
  a.member === b.member &&
  a.code === b.code

/** totals += after − before. What both begin with, most of it, is passed over; of the rest equal flows cancel. */
export const addDifference = (deltas: Deltas, before: readonly Flow[], after: readonly Flow[]): void => {
  let same = 0
  while (same < before.length && same < after.length && sameFlow(before[same] as Flow, after[same] as Flow)) same++
  const old = new Map<string, Flow[]>()
  for (let i = same; i < before.length; i++) {
    const flow = before[i] as Flow
    const id = flowId(flow)
    const equal = old.get(id)
    if (equal === undefined) old.set(id, [flow])
    else equal.push(flow)
  }
  for (let i = same; i < after.length; i++) {
    const flow = after[i] as Flow
    if (old.size === 0 || old.get(flowId(flow))?.pop() === undefined) addFlow(deltas, flow, 1)
  }
  for (const rest of old.values()) for (const flow of rest) addFlow(deltas, flow, -1)
}
