// What the product's figures say of a case's limit, from its own flows: as found, after what waits was confirmed or declined,
// after facts that came too late, and after what was then asked about was lifted (M1, C5, F5).

import type { Card, LiftGround } from '../../server/core/card/card.ts'
import type { Lifting } from '../../server/core/card/lift.ts'
import type { Law } from '../../server/core/law/law.ts'
import type { Flow, FlowKind } from '../../server/core/measure/flows.ts'
import type { Instant } from '../../server/core/time/instant.ts'
import { printAt } from './days.ts'
import type { Engine, State, Told } from './product.ts'

const OF_LIMIT: ReadonlySet<string> = new Set(['T-02', 'T-03'])
const ENDED: readonly FlowKind[] = ['on_time', 'late', 'undated', 'excluded']

/** A case as it is judged at an instant. */
export interface Standing {
  readonly engine: Engine
  readonly state: State
  readonly told: Told
  readonly law: Law
  readonly now: number
}

type By = { readonly by: 'facts' | 'move' | 'law'; readonly lifting?: Lifting }

export const cardsAt = (
  { engine, state, told, law, now }: Standing,
  before: readonly Card[],
  by: By,
): readonly Card[] =>
  engine.changeCards(before, told.findings, {
    subject: { ...engine.caseSubject(state, told), historicalBefore: null },
    law,
    calendar: told.grounds.calendar,
    now: now as Instant,
    ...by,
  }).cards

const figure = ({ engine, state, told }: Standing, cards: readonly Card[]): string =>
  figureIn(engine.flowsOf(state, told, cards))

const figureIn = (flows: readonly Flow[]): string => {
  const sum = (kind: FlowKind): number => flows.reduce((n, flow) => n + (flow.kind === kind ? flow.n : 0), 0)
  return `${ENDED.find((kind) => sum(kind) > 0) ?? '-'} overdue ${sum('overdue')} waits ${sum('overdue_unconfirmed')}`
}

/** The cards after a person has said it of these. */
const moved = (
  { engine, now }: Standing,
  cards: readonly Card[],
  move: string,
  isMeant: (card: Card) => boolean,
): Card[] =>
  cards.map((card) => {
    if (!OF_LIMIT.has(card.rule) || !isMeant(card)) return card
    const asked = { move, by: 'somebody', why: 'because', signedBy: null }
    const done = engine.planMove(card, asked, { now: now as Instant, replyDueAt: null, signed: false })
    return 'refused' in done ? card : done.card
  })

/** A person says of these cards, and the case is judged again. */
const said = (standing: Standing, cards: readonly Card[], move: string, isMeant: (card: Card) => boolean): string =>
  figure(standing, cardsAt(standing, moved(standing, cards, move, isMeant), { by: 'move' }))

const isContested = (card: Card): boolean => card.state === 'to_confirm' && card.contested !== null

const HOW: Readonly<Record<string, string>> = { notified: 'told', to_confirm: 'asked', overtaken: 'over' }

/** What was declined of a case as it stood before, as it stands now: judged by law, which lifts by itself what is told no more. */
export const declinedTold = (came: string, standing: Standing, before: Standing | null): Record<string, string> => {
  if (before === null || before.told.findings.every(({ contested = null }) => contested === null)) return {}
  const declined = moved(before, cardsAt(before, [], { by: 'facts' }), 'decline', isContested)
  if (declined.every(({ state }) => state !== 'revoked')) return {}
  const cards = cardsAt(standing, declined, { by: 'law' })
  const lines: Record<string, string> = { [`declined ${came} figure`]: figure(standing, cards) }
  for (const { cardId, state: was } of declined) {
    const card = cards.find((each) => each.cardId === cardId)
    if (was !== 'revoked' || card === undefined) continue
    const { org, window, operator } = card.holder
    const who = `${org ?? '—'}/${window ?? '—'}/${operator ?? '—'}`
    const stays = card.state === 'revoked'
    lines[`declined ${came} ${card.rule} ${card.occasion}`] = stays
      ? 'stays'
      : `${HOW[card.state]} ${printAt(card.limitAt)} ${who}`
  }
  return lines
}

const GROUND: LiftGround = { kind: 'fact', source: 's', ref: 'late', type: null, at: null, by: null }
/** All that came since came too late. */
const TOO_LATE: Lifting = {
  late: [GROUND],
  afterLimit: () => [],
  isTimely: () => false,
  isDoubted: () => false,
  isFurther: () => true,
}

/** The case with no fact that begins it – a notice may, by silence – or ends it: what is left is steps, pauses, tasks and who has it. */
const begunNoMore = ({ otherwise: _, ...state }: State): State => ({
  ...state,
  received: null,
  accepted: null,
  notices: [],
  ends: [],
  refusals: [],
  rivals: [],
  conflicts: [],
})

/** Facts of the case made void, when what is sure of it has been told: as it stands, kept, and lifted by a person. */
const figuresStruck = (
  { engine, state, told, law, now }: Standing,
  cards: readonly Card[],
  { name, left }: { readonly name: string; readonly left: State | null },
): Record<string, string> => {
  const judging = { law, now: now as Instant, delivered: new Map() }
  const at = (of: readonly Card[], flows: readonly Flow[], by: 'facts' | 'move') => {
    const before = { state: by === 'facts' ? state : left, flows, cards: of, apart: false }
    return engine.changeOf(state.projectNo, left, before, { ...judging, by, late: { grounds: [GROUND] } })
  }
  const struck = at(cards, engine.flowsOf(state, told, cards), 'facts')
  const decided = (move: string): string => {
    const moved = struck.cards.map((card) => {
      if (!OF_LIMIT.has(card.rule)) return card
      const asked = { move, by: 'somebody', why: 'because', signedBy: null }
      const done = engine.planMove(card, asked, { now: now as Instant, replyDueAt: null, signed: false })
      return 'refused' in done ? card : done.card
    })
    return figureIn(at(moved, struck.flows, 'move').flows)
  }
  return {
    [`figure ${name}`]: figureIn(struck.flows),
    [`figure ${name}, kept`]: decided('keep'),
    [`figure ${name}, lifted`]: decided('lift'),
  }
}

/** `before`: the case as it was told, before the rest of its facts came; null: it was not there. */
export const figuresTold = (standing: Standing, before: Standing | null): Record<string, string> => {
  const found = cardsAt(standing, [], { by: 'facts' })
  const told = before === null ? [] : cardsAt(before, [], { by: 'facts' })
  const late = cardsAt(standing, told, { by: 'facts', lifting: TOO_LATE })
  const isAsked = (card: Card): boolean => card.state === 'to_lift'
  return {
    figure: figure(standing, found),
    'figure confirmed': said(standing, found, 'confirm', isContested),
    'figure declined': said(standing, found, 'decline', isContested),
    'figure as told': figure(standing, late),
    'figure kept': said(standing, late, 'keep', isAsked),
    'figure lifted': said(standing, late, 'lift', isAsked),
    ...figuresStruck(standing, found, { name: 'struck', left: null }),
    ...figuresStruck(standing, found, { name: 'begun no more', left: begunNoMore(standing.state) }),
  }
}
