// The differ: the model's answer about a case against the product's, at every asked instant, in the words of both.

import type { Fact } from '../../server/core/case/event.ts'
import type { Law } from '../../server/core/law/law.ts'
import type { Instant } from '../../server/core/time/instant.ts'
import { printAt, printDay } from './days.ts'
import { declinedLines, type WeighedBy } from './declined.ts'
import { cardName, contestedIn, figureOf, figuresStruck, toldOf, type Weighed } from './figures.ts'
import { declinedTold, figuresTold, type Standing } from './figures-told.ts'
import { feedbackDues, unlistedIn } from './further.ts'
import { judgedOf, type View, viewOf } from './judge.ts'
import { type Engine, type State, stateOf } from './product.ts'
import { conflictsOf, tellingsOf } from './rivals.ts'
import { cardsOf } from './rules.ts'
import { storyOf } from './story.ts'
import { hit, quietly } from './tally.ts'
import type { World } from './world.ts'

/** What is told of a case at an instant: each line by its name. */
export type Lines = Readonly<Record<string, string>>

export interface Difference {
  readonly now: number
  readonly line: string
  readonly model: string
  readonly product: string
}

interface WhoLike {
  readonly org: string | null
  readonly window: string | null
  readonly operator: string | null
}

const at = (instant: number | null | undefined): string =>
  instant === null || instant === undefined ? '—' : printAt(instant)
const who = ({ org, window, operator }: WhoLike): string => `${org ?? '—'}/${window ?? '—'}/${operator ?? '—'}`
const mark = (provisional: boolean): string => (provisional ? ' provisional' : '')

interface CardLike {
  readonly rule: string
  readonly occasion: string
  readonly limitAt: number
  readonly provisional: boolean
  readonly level: number
  readonly waits: boolean
}

/** What a card waits for: the type of its item (T8), tellings that differ (F5). */
interface Waiting {
  readonly untyped: boolean
  readonly contested: boolean
}

const putCard = (lines: Record<string, string>, card: CardLike, { untyped, contested }: Waiting, holder: WhoLike) => {
  const waits = `${card.waits ? ' waits' : ''}${untyped ? ' untyped' : ''}${contested ? ' contested' : ''}`
  lines[`${card.rule} ${card.occasion}`] =
    `${at(card.limitAt)} level ${card.level}${mark(card.provisional)}${waits} ${who(holder)}`
}

/** How far each batch source has delivered (I13). */
export type Delivered = ReadonlyMap<string, number>

type ToldCard = ReturnType<typeof cardsOf>[number]

/** Another telling gives the card to the same holder: what one is silent on the other does not contradict. */
const isOfSame = ({ who: one }: ToldCard, other: ToldCard | undefined): boolean =>
  other !== undefined &&
  (['org', 'window', 'operator'] as const).every(
    (key) => one[key] === null || other.who[key] === null || one[key] === other.who[key],
  )

/** The case weighed against every other telling of it (F5): which cards are sure, and what others alone give. */
const weighedOf = ({ world, facts, delivered }: Asked, view: View, now: number): WeighedBy & { areAll: boolean } => {
  const cards = cardsOf(view)
  const { own: followed, tellings, areAll } = tellingsOf(view.story)
  const given = tellings.map((telling) =>
    quietly(() => {
      const other = viewOf(world, facts, now, delivered, telling)
      const { follows } = telling
      if (other === null) return { follows, cards: new Map<string, ToldCard>(), isPast: false }
      const isPast = judgedOf(other).overdueFrom !== null
      return { follows, cards: new Map(cardsOf(other).map((card) => [cardName(card), card])), isPast }
    }),
  )
  const own = new Set(cards.map(cardName))
  const others = new Map<string, ToldCard>()
  for (const { cards: told } of given)
    for (const [name, card] of told) if (card.level >= 2 && !own.has(name) && !others.has(name)) others.set(name, card)
  const isSure = (card: ToldCard): boolean =>
    card.level < 2 ||
    (areAll && own.has(cardName(card)) && given.every(({ cards: told }) => isOfSame(card, told.get(cardName(card)))))
  return {
    view,
    judged: quietly(() => judgedOf(view)),
    cards: [...cards, ...others.values()],
    isSure,
    inTimeBySome: !areAll || given.some(({ isPast }) => !isPast),
    givers: [{ follows: followed, cards: new Map(cards.map((card) => [cardName(card), card])) }, ...given],
    areAll,
  }
}

/** The facts that were there when the case was told; the rest came too late. */
const toldBefore = (facts: readonly Fact[]): readonly Fact[] => facts.slice(0, Math.ceil((facts.length * 2) / 3))

/** The figures of a case as found, as people decide, and with facts that came too late to lift what was told. */
const figuresOf = (asked: Asked, weighed: Weighed, now: number): Lines => {
  const before = quietly(() => viewOf(asked.world, toldBefore(asked.facts), now, asked.delivered))
  const told =
    before === null ? null : quietly(() => toldOf(weighedOf({ ...asked, facts: toldBefore(asked.facts) }, before, now)))
  const standing = new Set(told === null ? [] : [told])
  const contested = contestedIn(weighed)
  // what waits for a delivery alone stays told (I13); of the rest a person is asked, and lifts it
  const still = weighed.cards.find((card) => cardName(card) === told)
  const isAsked = still === undefined || still.provisional || !weighed.isSure(still)
  return {
    figure: figureOf(weighed),
    'figure confirmed': figureOf(weighed, { standing: contested }),
    'figure declined': figureOf(weighed, { out: contested }),
    'figure as told': figureOf(weighed, { standing }),
    'figure kept': figureOf(weighed, { standing }),
    'figure lifted': figureOf(weighed, isAsked ? { out: standing } : { standing }),
    ...figuresStruck(weighed),
  }
}

/** A receipt that names a parent makes the case a member of its joint handling (M1). */
const isMember = ({ story }: View): boolean => String(story.received?.payload.joint_parent ?? '').trim() !== ''

const putFurther = (lines: Record<string, string>, view: View): void => {
  for (const { kind, fact, due } of feedbackDues(view)) lines[`${kind} ${fact.source}:${fact.eventId}`] = at(due)
  for (const [code, day] of unlistedIn(view)) lines[`D-05 ${code}`] = printDay(day)
  const conflicts = conflictsOf(view.story)
  for (const of of conflicts) hit(`F5 differing firsts: ${of}`)
  lines.conflicts = conflicts.join(' ')
  lines.member = String(isMember(view))
  if (isMember(view)) hit('M1 member of a joint handling')
}

/** What was declined of a case when less was told of it, or at the instant asked about before this one. */
const declinedOf = (asked: Asked, weighed: WeighedBy, now: number, earlier: number): Lines => {
  const former = { ...asked, facts: toldBefore(asked.facts) }
  const standingAt = (of: Asked, at: number): WeighedBy | null =>
    quietly(() => {
      // of what nobody tells differently nothing is declined
      const story = storyOf(of.facts)
      if (story === null || conflictsOf(story).length === 0) return null
      const view = viewOf(of.world, of.facts, at, of.delivered)
      return view === null ? null : weighedOf(of, view, at)
    })
  return {
    ...declinedLines('by the clock', standingAt(asked, earlier), weighed),
    ...declinedLines('by the facts', standingAt(former, now), weighed),
  }
}

export const modelLines = (asked: Asked, now: number, earlier: number): Lines => {
  const { world, facts, delivered } = asked
  const view = viewOf(world, facts, now, delivered)
  if (view === null) return { case: 'void' }
  const judged = judgedOf(view)
  const lines: Record<string, string> = {
    received: at(view.story.received?.at),
    accepted: `${at(judged.acceptedAt)}${judged.deemed ? ' deemed' : ''}`,
    concluded: `${at(judged.concludedAt)} ${judged.outcome ?? ''} ${judged.verdict ?? ''}`,
    promise: `${at(judged.promiseDue)}${mark(judged.promiseProvisional)}`,
    statute: `${at(judged.statuteDue)}${mark(judged.statuteProvisional)}`,
    overdue: at(judged.overdueFrom),
    paused: String(judged.paused),
    holder: who(judged.holder),
  }
  const weighed = weighedOf(asked, view, now)
  const { cards, isSure, areAll } = weighed
  if (!areAll) hit('F5 more tellings than are weighed')
  lines.unweighed = String(!areAll)
  for (const card of cards) {
    const contested = !isSure(card)
    if (contested) hit('F5 card that not every telling gives')
    if (card.untyped) hit('T8 card on an untyped item')
    if (card.provisional && card.level > 1) hit('T13 card above 预警 on a provisional date')
    putCard(lines, card, { untyped: card.untyped, contested }, card.who)
  }
  putFurther(lines, view)
  return { ...lines, ...figuresOf(asked, weighed, now), ...declinedOf(asked, weighed, now, earlier) }
}

const FEEDBACK = /^(complaint|bad_rating)_/

/** A case before: of fewer facts, and at an earlier instant. */
interface Before {
  readonly former: Standing | null
  readonly earlier: Standing | null
}

const toldLines = (standing: Standing, { former, earlier }: Before): Lines => {
  const { engine, state, told } = standing
  const lines: Record<string, string> = {
    ...figuresTold(standing, former),
    ...declinedTold('by the clock', standing, earlier),
    ...declinedTold('by the facts', standing, former),
    unweighed: String(told.flags.includes('tellings_unweighed')),
    received: at(told.receivedAt),
    accepted: `${at(told.acceptedAt)}${told.deemed ? ' deemed' : ''}`,
    concluded: `${at(told.concluded?.at)} ${told.outcome ?? ''} ${told.verdict ?? ''}`,
    promise: `${at(told.promise?.due.dueAt)}${mark(told.promise?.due.provisional ?? false)}`,
    statute: `${at(told.statute?.due.dueAt)}${mark(told.statute?.due.provisional ?? false)}`,
    overdue: at(told.overdueFrom),
    paused: String(told.paused),
    holder: who(told.holder),
  }
  for (const finding of told.findings) {
    const words = (finding.contested ?? '').split(' ').filter((word) => word !== '')
    const untyped = words.includes('item_type')
    putCard(lines, finding, { untyped, contested: words.length > (untyped ? 1 : 0) }, finding.holder)
  }
  for (const { clock, opened } of told.duties)
    if (FEEDBACK.test(clock.kind)) lines[`${clock.kind} ${opened?.source}:${opened?.eventId}`] = at(clock.due.dueAt)
  const flows = engine.flowsOf(state, told, [])
  for (const { kind, code, on } of flows) if (kind === 'unlisted') lines[`D-05 ${code}`] = printDay(on)
  lines.member = String(flows.some(({ member }) => member))
  lines.conflicts = ['received', 'accepted', 'decided', 'completed', 'reopened']
    .filter((of) => state.conflicts.includes(of))
    .join(' ')
  return lines
}

const differing = (now: number, model: Lines, product: Lines): Difference[] =>
  [...new Set([...Object.keys(model), ...Object.keys(product)])]
    .filter((line) => model[line] !== product[line])
    .map((line) => ({ now, line, model: model[line] ?? 'none', product: product[line] ?? 'none' }))

export interface Asked {
  readonly world: World
  readonly facts: readonly Fact[]
  readonly delivered: Delivered
}

export interface Question extends Asked {
  readonly law: Law
  readonly instants: readonly number[]
}

/** What hangs on a case as it was before its last facts: that one had turns of its own. */
const OF_FORMER: ReadonlySet<string> = new Set(['figure as told', 'figure kept', 'figure lifted'])
const isOfFormer = (line: string): boolean => OF_FORMER.has(line) || line.startsWith('declined ')

/** Every line on which the model and the product do not agree. */
export const differences = (engine: Engine, question: Question): Difference[] => {
  const { law, facts, instants, delivered } = question
  const out: Difference[] = []
  let state: State | null
  let former: State | null
  try {
    state = stateOf(engine, facts, law, instants.at(-1) ?? 0)
    former = stateOf(engine, toldBefore(facts), law, instants.at(-1) ?? 0)
  } catch (error) {
    return [{ now: 0, line: 'case', model: 'folded', product: `apart: ${String(error)}` }]
  }
  let turn: { readonly at: number; readonly lines: Lines; readonly model: Lines } | null = null
  const standingAt = (of: State | null, now: number): Standing | null =>
    of === null
      ? null
      : { engine, state: of, told: engine.judgeCase(of, law, now as Instant, delivered as never), law, now }
  for (const [i, now] of instants.entries()) {
    const earlier = instants[i - 1] ?? now
    const model = modelLines(question, now, earlier)
    const standing = standingAt(state, now)
    const told = standing?.told ?? null
    const isDisputed = state !== null && state.conflicts.length > 0
    const before = { former: standingAt(former, now), earlier: isDisputed ? standingAt(state, earlier) : null }
    const product = standing === null ? { case: 'void' } : toldLines(standing, before)
    // J2: what the product says it will not say anew before its next turn, the model does not either
    if (turn !== null && now < turn.at)
      for (const one of differing(now, model, turn.lines))
        if (!isOfFormer(one.line) && turn.lines[one.line] === turn.model[one.line])
          out.push({ ...one, line: `before its turn ${one.line}` })
    out.push(...differing(now, model, product))
    turn = told === null ? null : { at: told.nextTurnAt ?? Number.POSITIVE_INFINITY, lines: product, model }
  }
  return out
}
