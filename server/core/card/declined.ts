// What a person has declined of a card, or lifted over a doubt (C5, F5): one finding – these tellings, each with its limit –, and
// not its rule for ever. What no word of a person speaks of is found anew: the limit by a further telling passes as well, a
// limit is another, what was doubted is doubted no more. The same again stays declined. Pure.

import type { Instant } from '../time/instant.ts'
import type { Card, Doubted, Finding, GivenBy, ToldLimit } from './card.ts'

/** Doubts that are of tellings: these have names of their own. */
const OF_TELLINGS: ReadonlySet<string> = new Set(['received', 'accepted', 'decided', 'completed', 'reopened'])

type Doubtful = Pick<Doubted, 'contested' | 'provisional'>

const doubtsOf = ({ contested, provisional }: Doubtful): string[] => [
  ...(contested ?? '').split(' ').filter((word) => word !== '' && !OF_TELLINGS.has(word)),
  ...(provisional ? ['provisional'] : []),
]

/** Who gives a finding: where nothing is told differently all of them do. */
const tellingsOf = ({ given, limitAt, holder, basis }: Finding): readonly GivenBy[] =>
  given ?? [{ by: [], limitAt, holder, basis }]

/** What is doubted of a finding; null: nothing is. */
export const doubtedOf = (finding: Finding): Doubted | null => {
  const { contested = null, provisional, level } = finding
  if (level < 2 || (contested === null && !provisional)) return null
  const tellings = tellingsOf(finding).map(({ by, limitAt }) => ({ by, limitAt }))
  return { tellings, contested, provisional }
}

/** What a person declines who declines the card as it stands. */
const asFound = ({ limitAt, contested, provisional }: Card): Doubted => ({
  tellings: [{ by: [], limitAt }],
  contested,
  provisional,
})

/** The card as a person leaves it who has declined it as it was found. */
export const withDeclined = (next: Card, asked: Card, at: Instant): Card => ({
  ...next,
  declined: [...(asked.declined ?? []), { ...(asked.doubted ?? asFound(asked)), at }],
})

/** What was declined of a card: of one from before that was kept, and of one that is out by a verdict, as it was found last. */
const declinedOf = (card: Card): readonly Doubted[] => {
  const { declined = [], state } = card
  if (declined.length > 0) return declined
  const isOfBefore = card.declined === undefined && state === 'lifted' && card.lift?.decided === 'lift'
  return state === 'revoked' || (isOfBefore && card.contested !== null) ? [asFound(card)] : []
}

/** A telling follows another's events, whatever else is told differently besides, to the same limit. */
const isOf = (told: ToldLimit, declined: ToldLimit): boolean =>
  told.limitAt === declined.limitAt && declined.by.every((event) => told.by.includes(event))

/**
 * What of a finding nobody has declined: itself, or, where the telling that counts was declined, as the earliest further one
 * gives it. null: all of it was declined.
 */
export const undeclined = (finding: Finding, card: Card): Finding | null => {
  const { contested = null, provisional } = finding
  const doubts = doubtsOf({ contested, provisional })
  const declined = declinedOf(card).filter((one) => doubtsOf(one).every((doubt) => doubts.includes(doubt)))
  if (declined.length === 0) return finding
  const tellings = tellingsOf(finding)
  const coveringOf = (told: ToldLimit): readonly Doubted[] =>
    declined.filter((one) => one.tellings.some((each) => isOf(told, each)))
  const [own, ...others] = tellings
  if (own === undefined || coveringOf(own).length === 0) return finding
  let further: GivenBy | null = null
  for (const told of others)
    if (coveringOf(told).length === 0 && (further === null || told.limitAt < further.limitAt)) further = told
  if (further !== null) return { ...finding, limitAt: further.limitAt, holder: further.holder, basis: further.basis }
  // what was declined was of some tellings; now every one gives it
  return contested === null && coveringOf(own).every((one) => one.contested !== null) ? finding : null
}

/** A finding all of which was declined, as the card has it that somebody declined. */
export const declinedAs = (finding: Finding, { limitAt: declinedAt }: Card): Finding => {
  const told = tellingsOf(finding).find(({ limitAt }) => limitAt === declinedAt)
  return told === undefined ? finding : { ...finding, limitAt: told.limitAt, holder: told.holder, basis: told.basis }
}
