// As known then (M9): one case at a past instant T, from the entries up to T and the law known at T. Reads facts by case,
// never the present state. Entry instants never go backwards, so a prefix of the ledger is what was known.

import type { Card } from '../core/card/card.ts'
import { compareOrder, type Fact, factKey, orderOf } from '../core/case/event.ts'
import type { Delivered } from '../core/case/findings-ground.ts'
import { foldCase, foldingUnder } from '../core/case/fold.ts'
import { type Judgement, judgeCase } from '../core/case/judge.ts'
import { readFact } from '../core/case/read.ts'
import { historicalOf, isBrought, type Kept, type Said, standing } from '../core/case/standing.ts'
import type { CaseState } from '../core/case/state.ts'
import { buildSteps } from '../core/law/build.ts'
import type { Law } from '../core/law/law.ts'
import { atAStretch, forMany, type InPieces, mapSteps, pause, type Steps } from '../core/steps.ts'
import type { Instant } from '../core/time/instant.ts'
import type { Records, StoredFact } from '../store/port.ts'
import { documentsAfter, type KeptDocument, type LawRecords } from './laws.ts'
import { type CaseNumbers, factsByHome, readNumbers } from './numbers.ts'
import { readSaid } from './said.ts'
import { type CardsThen, cardsDueThen, cardsOfThen, cardsShownThen } from './then-cards.ts'

export interface KeptFact {
  readonly fact: Fact
  readonly enteredAt: Instant
  /** Void by what was known then. */
  readonly void: boolean
  readonly personal: string | null
}

/** A fact with what stood beside it by then. */
const keptThen = ({ body, ways, voiders }: StoredFact, by: Instant): Kept => {
  const known = <T extends { readonly at: Instant }>(all: readonly T[]): T[] => all.filter(({ at }) => at <= by)
  const then = known(ways)
  const named = known(voiders).map((voider) => known(voider.ways))
  return { fact: readFact(body, historicalOf(then)), ways: then, voiders: named }
}

/** Which numbers were one case at an instant, and whose were their own (I11). */
export const numbersThen = async (
  { records, laws }: { readonly records: Records; readonly laws: LawsThen },
  at: Instant,
): Promise<CaseNumbers> => {
  const known = (await records.aliases()).filter((entry) => entry.at <= at)
  return readNumbers(known, (await laws.at(at)).numbering.own)
}

/** What is read of the facts of a case before anything is made of it. */
export interface FactsRead {
  readonly rows: readonly StoredFact[]
  readonly said: Said
  readonly at: Instant
}

/** The facts of a case entered up to an instant, and what was said of facts by then, as they are stored. */
export const readFactsThen = async (
  records: Records,
  numbers: CaseNumbers,
  { projectNo, at }: { readonly projectNo: string; readonly at: Instant },
): Promise<FactsRead> => {
  const home = numbers.homeOf(projectNo)
  const stored = (await factsByHome(records, numbers, [home])).get(home) ?? []
  return { rows: stored.filter(({ enteredAt }) => enteredAt <= at), said: await readSaid(records, at), at }
}

/** The facts in their order, void ones marked. Stops after some (I5). */
export function* factSteps({ rows, said, at }: FactsRead): Steps<KeptFact[]> {
  const kept = yield* mapSteps(rows, (row) => ({ row, kept: keptThen(row, at) }))
  const stands = new Set(
    standing(
      kept.map((each) => each.kept),
      said,
    ).map(({ source, eventId }) => factKey(source, eventId)),
  )
  yield
  const facts = yield* mapSteps(kept, ({ row: { enteredAt, personal }, kept: { fact, ways } }) => {
    const isStanding = fact.type === 'VOID' ? isBrought(ways, said) : stands.has(factKey(fact.source, fact.eventId))
    return { fact: { ...fact, historical: historicalOf(ways, said) }, enteredAt, void: !isStanding, personal }
  })
  return facts.sort((a, b) => compareOrder(orderOf(a.fact), orderOf(b.fact)))
}

/** Read, and made in pieces where others wait. */
export const factsThen = async (
  ...[records, numbers, of, inPieces = atAStretch]: [...Parameters<typeof readFactsThen>, InPieces?]
): Promise<KeptFact[]> => {
  const read = await readFactsThen(records, numbers, of)
  return forMany(read.rows.length, inPieces)(factSteps(read))
}

/** Those that a case is folded from. */
export const standingFacts = (facts: readonly KeptFact[]): Fact[] =>
  facts.filter((kept) => !kept.void && kept.fact.type !== 'VOID').map(({ fact }) => fact)

export interface LawsThen {
  /** How what is long is made of what was known then. */
  readonly inPieces: InPieces
  /** The law as it was known at an instant. */
  at(instant: Instant): Promise<Law>
}

const KEPT_LAWS = 8

/** Laws of past instants, the last few kept: building one takes the time of a city's catalogue, and is done in pieces (I5). */
export const openLawsThen = (records: LawRecords, inPieces: InPieces = atAStretch): LawsThen => {
  const built = new Map<number, Law>()
  let documents: readonly KeptDocument[] = []
  return {
    inPieces,
    async at(instant) {
      const more = await documentsAfter(records, documents.at(-1)?.entry ?? 0, inPieces)
      const last = documents.at(-1)?.entry ?? 0
      documents = [...documents, ...more.filter(({ entry }) => entry > last)]
      const known = documents.filter((row) => row.at <= instant)
      const version = known.at(-1)?.entry ?? 0
      const found = built.get(version)
      if (found !== undefined) return found
      const law = await inPieces(buildSteps(known))
      built.set(version, law)
      for (const key of built.keys()) if (built.size > KEPT_LAWS) built.delete(key)
      return law
    },
  }
}

/** As shown then: what had been committed by it. As due then: the entries up to it judged at it, whoever was there (M9). */
export type ThenAs = 'shown' | 'due'

export interface CaseThen {
  readonly as: ThenAs
  readonly state: CaseState
  readonly judgement: Judgement
  /** The instant of that judgement: the one asked of, or that of the last commit by it. */
  readonly judgedAt: Instant
  readonly facts: readonly KeptFact[]
  readonly cards: CardsThen
  /** Cards raised under numbers that were joined to this one by then (I11). */
  readonly joined: CardsThen
  readonly law: Law
  /** As due: turns of its clock that nobody was there to take would have made other cards of it. */
  readonly isUntaken: boolean
  /** As due: the cards that had not been raised by then. */
  readonly unraised: readonly Card[]
}

/** How far sources had delivered; judging asks for those in batches. One heard since is not known to have said more (I13). */
const deliveredThen = async (records: Records, at: Instant): Promise<Delivered> => {
  const seen = await records.sources()
  return new Map(seen.filter(({ lastAt }) => lastAt <= at).map(({ source, lastEventAt }) => [source, lastEventAt]))
}

export interface ThenAsked {
  readonly projectNo: string
  readonly at: Instant
  readonly as: ThenAs
}

/** A case at a past instant; null when nothing of it was known. */
export const caseThen = async (
  parts: { readonly records: Records; readonly laws: LawsThen },
  { projectNo, at, as }: ThenAsked,
): Promise<CaseThen | null> => {
  const { records } = parts
  const numbers = await numbersThen(parts, at)
  const facts = await factsThen(records, numbers, { projectNo, at }, parts.laws.inPieces)
  const inPieces = forMany(facts.length, parts.laws.inPieces)
  const said = await readSaid(records, at)
  const law = await parts.laws.at(at)
  await inPieces(pause())
  const state = foldCase(standingFacts(facts), projectNo, foldingUnder(law, said, projectNo))
  if (state === null) return null
  await inPieces(pause())
  const delivered = await deliveredThen(records, at)
  // turns are taken as they come: one that is due after the last commit by then had not been taken
  const committedAt = (await records.committedBy(at)) ?? at
  const shown = judgeCase(state, law, committedAt, delivered)
  const isUntaken = shown.nextTurnAt !== null && shown.nextTurnAt <= at
  await inPieces(pause())
  const cards = await cardsShownThen({ records, law }, projectNo, { at, judgement: shown })
  const joined = await cardsOfThen({ records, law }, numbers.aliasesOf(projectNo), at)
  const kept = { as, state, facts, law, joined }
  if (as === 'shown') return { ...kept, judgement: shown, judgedAt: committedAt, cards, isUntaken: false, unraised: [] }
  await inPieces(pause())
  const judgement = judgeCase(state, law, at, delivered)
  if (!isUntaken) return { ...kept, judgement, judgedAt: at, cards, isUntaken, unraised: [] }
  const due = cardsDueThen(cards, { state, judgement, now: at })
  return { ...kept, judgement, judgedAt: at, cards: due.cards, isUntaken: due.differs, unraised: due.unraised }
}
