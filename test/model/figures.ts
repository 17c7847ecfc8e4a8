// What the figures say of a case's limit (M1, C5, F5): late, in time, outside every rate while a card of the limit waits; by
// what was told and is asked about, by what a person has confirmed, declined or lifted. Written from the law book alone.

import type { Judged, View } from './judge.ts'
import type { Card } from './rules.ts'
import { hit } from './tally.ts'

/** The cards that speak of the limit of a case, the highest last; of a promise without a statute the further one waits always. */
const OF_LIMIT = ['T-02', 'T-03']

export const cardName = ({ rule, occasion }: Pick<Card, 'rule' | 'occasion'>): string => `${rule} ${occasion}`

export interface Weighed {
  readonly view: View
  readonly judged: Judged
  /** What the telling that counts gives, and what others alone give. */
  readonly cards: readonly Card[]
  readonly isSure: (card: Card) => boolean
  /** Another telling is in time, or may be. */
  readonly inTimeBySome: boolean
}

/** Told at once: no calendar, no delivery and no person is waited for. */
const isTold = (card: Card, { isSure }: Pick<Weighed, 'isSure'>): boolean =>
  OF_LIMIT.includes(card.rule) && isSure(card) && !card.provisional && !card.waits

/** The card of the limit that is told of a case: the highest. */
export const toldOf = (weighed: Weighed): string | null => {
  const told = weighed.cards.filter((card) => isTold(card, weighed)).sort((a, b) => (a.rule < b.rule ? 1 : -1))
  return told[0] === undefined ? null : cardName(told[0])
}

type Lateness = 'late' | 'waits' | 'in_time' | 'as_judged'

export interface Held {
  /** Cards that stand as told, whatever the facts say: asked about, kept, confirmed. */
  readonly standing?: ReadonlySet<string>
  /** Cards that a person declined or lifted. */
  readonly out?: ReadonlySet<string>
}

const latenessOf = (weighed: Weighed, { standing = new Set(), out = new Set() }: Held): Lateness => {
  const { view, judged, cards, isSure, inTimeBySome } = weighed
  const { main, clocks } = view
  const ownName = main === null ? null : main === clocks.promise ? 'T-02 promise' : 'T-03 statute'
  const own = cards.find((card) => cardName(card) === ownName)
  const isPast = judged.overdueFrom !== null
  if (isPast && own !== undefined && isTold(own, weighed)) return 'late'
  const ofLimit = cards.filter(({ rule }) => OF_LIMIT.includes(rule))
  if (standing.size > 0 || ofLimit.some((card) => isTold(card, weighed))) return 'late'
  if (ofLimit.some((card) => !out.has(cardName(card)))) return 'waits'
  if (!isPast) return 'as_judged'
  if (own?.provisional === true) return 'waits'
  return own !== undefined && !isSure(own) && inTimeBySome ? 'in_time' : 'late'
}

/** Contested and for a person to say: not one that waits for a calendar or a delivery besides. */
export const contestedIn = ({ cards, isSure }: Weighed): ReadonlySet<string> =>
  new Set(
    cards
      .filter((card) => OF_LIMIT.includes(card.rule) && !isSure(card) && !card.provisional && !card.waits)
      .map(cardName),
  )

const MERITS: ReadonlySet<string | null> = new Set(['granted', 'refused'])

/** How it ended in the figures, whether it stands among the overdue, and among those of which that waits. */
export const figureOf = (weighed: Weighed, held: Held = {}): string => {
  const { verdict, outcome, overdueFrom, acceptedAt } = weighed.judged
  const lateness = latenessOf(weighed, held)
  const isLate = lateness === 'late' || (lateness === 'as_judged' && overdueFrom !== null)
  const spared = MERITS.has(outcome) ? 'on_time' : 'excluded'
  const ended =
    verdict === null
      ? '-'
      : lateness === 'waits'
        ? 'excluded'
        : lateness === 'late'
          ? 'late'
          : lateness === 'in_time' && verdict === 'late'
            ? spared
            : verdict
  if (lateness === 'waits') hit('M1 late or not is not yet said')
  if (lateness === 'in_time') hit('F5 in time by the telling a person took')
  if (lateness === 'late' && overdueFrom === null) hit('C5 late as it was told, in time by its facts')
  // what was never in hand is overdue on no day
  const isBegun = weighed.view.story.received !== null || acceptedAt !== null
  const overdue = isBegun && verdict === null && isLate ? 1 : 0
  return `${ended} overdue ${overdue} waits ${isBegun && lateness === 'waits' ? 1 : 0}`
}

const NOTHING = '- overdue 0 waits 0'

/**
 * What the figures say of it once every fact of it is void, or every one that begins or ends it (F3, C5): as it stood where a card of its limit was told, until
 * somebody decides, and when that is kept; nothing where none was told, or it is lifted.
 */
export const figuresStruck = (weighed: Weighed): Record<string, string> => {
  const told = toldOf(weighed)
  if (told !== null) hit('C5 every fact void of a case told late')
  const standing = told === null ? NOTHING : figureOf(weighed)
  const lines = (name: string): Record<string, string> => ({
    [`figure ${name}`]: standing,
    [`figure ${name}, kept`]: standing,
    [`figure ${name}, lifted`]: NOTHING,
  })
  return { ...lines('struck'), ...lines('begun no more') }
}
