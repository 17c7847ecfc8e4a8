// What becomes of a card that a person has declined, once more is told or time goes on (C5, F5). A person declines what is found
// of it: these tellings, each with its limit. The same again stays declined; what is further is asked about, or told where no
// telling is in time any more, with the limit and the holder of that telling which passed next. Written from the law book.

import { printAt } from './days.ts'
import { cardName, figureOf, type Weighed } from './figures.ts'
import type { Card } from './rules.ts'
import { hit } from './tally.ts'

const OF_LIMIT: ReadonlySet<string> = new Set(['T-02', 'T-03'])

/** A telling: whose events it follows, and what it gives. */
export interface Giver {
  readonly follows: readonly string[]
  readonly cards: ReadonlyMap<string, Card>
}

/** A case with all its tellings, the one that counts first. */
export interface WeighedBy extends Weighed {
  readonly givers: readonly Giver[]
}

interface Accusation {
  readonly follows: readonly string[]
  readonly card: Card
}

const accusationsOf = (name: string, { givers }: WeighedBy): Accusation[] =>
  givers.flatMap(({ follows, cards }) => {
    const card = cards.get(name)
    return card === undefined ? [] : [{ follows, card }]
  })

/** It is the word of somebody who was declined, whatever else is told differently besides. */
const isSame = (one: Accusation, declined: Accusation): boolean =>
  one.card.limitAt === declined.card.limitAt && declined.follows.every((name) => one.follows.includes(name))

const isCounted = (card: Card, { isSure }: Weighed): boolean => isSure(card) && !card.provisional && !card.waits

/** What a person may decline: contested, waiting for nothing besides, and not overtaken by a red that counts (C2). */
const isForPerson = (card: Card, of: Weighed): boolean =>
  OF_LIMIT.has(card.rule) &&
  !of.isSure(card) &&
  !card.provisional &&
  !card.waits &&
  !(card.rule === 'T-02' && of.cards.some((red) => red.rule === 'T-03' && isCounted(red, of)))

interface Anew {
  /** As whom the card then names, and to which limit; null: it stays declined. */
  readonly card: Card | null
  readonly isTold: boolean
}

const anewOf = (name: string, before: WeighedBy, now: WeighedBy): Anew => {
  const found = now.cards.find((card) => cardName(card) === name)
  if (found === undefined) return { card: null, isTold: false }
  const isTold = isCounted(found, now)
  const declined = accusationsOf(name, before)
  const [first, ...others] = accusationsOf(name, now)
  const isDeclined = (one: Accusation): boolean => declined.some((each) => isSame(one, each))
  if (first === undefined || !isDeclined(first)) {
    hit('C5 declined of what is told no more')
    return { card: found, isTold }
  }
  const further = others.filter((one) => !isDeclined(one)).sort((a, b) => a.card.limitAt - b.card.limitAt)
  if (further[0] !== undefined) {
    hit('C5 declined, and a further telling is late')
    return { card: further[0].card, isTold }
  }
  // nobody tells it otherwise any more
  if (now.isSure(found)) return { card: found, isTold }
  hit('C5 the same again stays declined')
  return { card: null, isTold: false }
}

/** What was declined of a case as it stood before, as it stands now; and its figures. `came`: by what it came so. */
export const declinedLines = (came: string, before: WeighedBy | null, now: WeighedBy): Record<string, string> => {
  if (before === null) return {}
  const names = before.cards.filter((card) => isForPerson(card, before)).map(cardName)
  if (names.length === 0) return {}
  const anew = new Map(names.map((name) => [name, anewOf(name, before, now)] as const))
  const isRedTold = now.cards.some((card) => {
    const name = cardName(card)
    if (card.rule !== 'T-03') return false
    const again = anew.get(name)
    return again === undefined
      ? now.isSure(card) && !card.provisional && !card.waits
      : again.card !== null && again.isTold
  })
  const lines: Record<string, string> = {}
  for (const [name, { card, isTold }] of anew) {
    if (card === null) lines[`declined ${came} ${name}`] = 'stays'
    else {
      const how = name.startsWith('T-02') && isRedTold ? 'over' : isTold ? 'told' : 'asked'
      const { org, window, operator } = card.who
      lines[`declined ${came} ${name}`] =
        `${how} ${printAt(card.limitAt)} ${org ?? '—'}/${window ?? '—'}/${operator ?? '—'}`
    }
  }
  const out = new Set([...anew].filter(([, { card }]) => card === null).map(([name]) => name))
  lines[`declined ${came} figure`] = figureOf(now, { out })
  return lines
}
