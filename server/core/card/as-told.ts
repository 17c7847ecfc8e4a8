// What a new law does to a card that stands against its facts (J6, C5): one that somebody is asked to lift, or has kept. It
// stands for what was told, so the law judges what was told: the case as it was before what would lift the card came, at the
// instant at which that came. Found no more, the card is lifted by law and its question rests; found again, it is asked about
// or kept as it was (T1a). And what becomes, under a law, of a person's word on a doubt (F5). Pure.

import type { Card, Doubted, Finding, Former, Stood } from './card.ts'
import { doubtedOf } from './declined.ts'
import type { Candidate } from './family.ts'
import { isOfLimit } from './lateness.ts'
import { foundIn, isTold } from './lift.ts'
import { type CardSubject, cardIdOf } from './subject.ts'

/** A case as it was told, judged by the law in force. */
export interface ToldCase {
  readonly findings: readonly Finding[]
  readonly subject: CardSubject
}

interface At {
  readonly by: 'facts' | 'clock' | 'law' | 'move'
  /** null: another engine has folded it, and it cannot be read. */
  readonly asTold?: (former: Former) => ToldCase | null
}

/** What the law says of what was told; null: the card does not stand against its facts, or that is not known. */
export const toldUnder = (card: Card, at: At): { finding: Finding | undefined; subject: CardSubject } | null => {
  const { lift, state } = card
  if (at.by !== 'law' || lift === null || lift.dormant !== undefined || lift.decided === 'lift') return null
  if (lift.former === undefined || state === 'lifted' || state === 'revoked') return null
  const told = at.asTold?.(lift.former) ?? null
  if (told === null) return null
  const isThis = ({ rule, occasion }: Finding): boolean => cardIdOf(told.subject, rule, occasion) === card.cardId
  return { finding: told.findings.find(isThis), subject: told.subject }
}

/** The law gives what was told no more: lifted by it, and asked about or kept again when it does. */
export const restedByLaw = (card: Card): Card => {
  const { lift, stood, state, replyDueAt } = card
  if (lift === null) return card
  const before = stood ?? { state, replyDueAt }
  const dormant = { stood: before, found: foundIn(card) }
  return { ...card, state: 'lifted', stood: before, replyDueAt: null, lift: { ...lift, dormant } }
}

/** How it stood before it was overtaken: from the first, as the card above it that was told in its place. */
const stoodBeneath = ({ stood }: Card, above: Card): Stood =>
  stood === null || stood.state === 'overtaken'
    ? { state: 'notified', replyDueAt: above.stood?.replyDueAt ?? null }
    : stood

/** The question passes to a card that the rested one had overtaken: told by it, and cured by the same that came too late. */
const inherited = (heir: Card, above: Card): Card => {
  const { lift } = above
  if (lift === null) return heir
  const { dormant: _, counted: __, ...asked } = lift
  const stood = stoodBeneath(heir, above)
  if (asked.decided === 'keep') return { ...heir, ...stood, stood: null, lift: asked }
  return { ...heir, state: 'to_lift', stood, replyDueAt: null, lift: asked }
}

/** It was told, or overtaken by what was, and nobody has said anything of it. */
const isHeir = ({ state, stood, lift, ofRecord, level }: Card): boolean =>
  state === 'lifted' &&
  level >= 2 &&
  lift === null &&
  stood !== null &&
  (stood.state === 'overtaken' || isTold({ ...stood, ofRecord }))

/** What a law lifts of a family leaves the next one beneath it standing, where what was told gives that still (C2, C5). */
export const withHeirs = (candidates: readonly Candidate[], at: At): readonly Candidate[] => {
  if (at.by !== 'law') return candidates
  const heirs = new Map<Card, Card>()
  for (const { before, card } of candidates) {
    const former = card.state === 'lifted' && before?.state !== 'lifted' ? card.lift?.former : undefined
    if (former === undefined || card.lift?.dormant === undefined || card.family === null) continue
    const told = at.asTold?.(former) ?? null
    const given = new Set(told?.findings.map(({ rule, occasion }) => cardIdOf(told.subject, rule, occasion)))
    const beneath = candidates
      .map((each) => each.card)
      .filter((each) => each.family === card.family && each.rule < card.rule && given.has(each.cardId) && isHeir(each))
      .sort((a, b) => (a.rule < b.rule ? 1 : -1))
    if (beneath[0] !== undefined) heirs.set(beneath[0], inherited(beneath[0], card))
  }
  return candidates.map((each) => ({ ...each, card: heirs.get(each.card) ?? each.card }))
}

/** A card of the limit that is asked about, or kept, bears what its case counts as where no fact begins it (F3, C5). */
export const bearing = (card: Card, counted: NonNullable<Card['lift']>['counted']): Card => {
  const { lift } = card
  if (lift === null || !isOfLimit(card)) return card
  if (counted === undefined) {
    if (lift.counted === undefined) return card
    const { counted: _, ...rest } = lift
    return { ...card, lift: rest }
  }
  return lift.counted !== undefined || lift.decided === 'lift' ? card : { ...card, lift: { ...lift, counted } }
}

const isSameDoubt = (a: Doubted | null, b: Doubted | null): boolean => JSON.stringify(a) === JSON.stringify(b)

/**
 * How people left a card whose finding is written anew: confirmed against these tellings, and none of others. A law that makes
 * sure what was confirmed over a doubt ends no word of a person; the same doubt found again, it is confirmed (T1a).
 */
export const leftBy = (card: Card, finding: Finding, by: At['by']): Card => {
  const isDoubted = (finding.contested ?? null) !== null && finding.level >= 2
  if (!isDoubted) {
    const doubt = card.confirmed && card.contested !== null ? card.doubted : null
    if (by === 'law' && doubt !== null) return { ...card, confirmedOver: doubt }
    return card
  }
  if (card.contested !== null) return card
  const { confirmedOver, ...rest } = card
  const isSame = by === 'law' && confirmedOver !== undefined && isSameDoubt(confirmedOver, doubtedOf(finding))
  return isSame ? { ...rest, confirmed: true } : { ...rest, confirmed: false }
}
