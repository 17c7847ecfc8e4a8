// As known then (M9): one case at a past instant T, from the entries up to T and the law known at T. Reads facts by case,
// never the present state. Entry instants never go backwards, so a prefix of the ledger is what was known.

import type { Card, CardMove, Finding } from '../core/card/card.ts'
import { declinedAs, undeclined } from '../core/card/declined.ts'
import { cardIdOf } from '../core/card/subject.ts'
import { compareOrder, type Fact, factKey, orderOf } from '../core/case/event.ts'
import type { Delivered } from '../core/case/findings-ground.ts'
import { foldCase, foldingUnder } from '../core/case/fold.ts'
import { type Judgement, judgeCase } from '../core/case/judge.ts'
import { type Level, levelOf } from '../core/case/level.ts'
import { readFact } from '../core/case/read.ts'
import { historicalOf, isBrought, type Kept, standing } from '../core/case/standing.ts'
import type { CaseState } from '../core/case/state.ts'
import { buildLaw } from '../core/law/build.ts'
import type { LawDocument } from '../core/law/documents.ts'
import type { Law } from '../core/law/law.ts'
import type { Instant } from '../core/time/instant.ts'
import type { Records, StoredFact } from '../store/port.ts'
import { type CaseNumbers, factsByHome, readNumbers } from './numbers.ts'
import { readSaid } from './said.ts'

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

/** The facts of a case entered up to an instant, in their order, void ones marked. */
export const factsThen = async (
  records: Records,
  numbers: CaseNumbers,
  of: { readonly projectNo: string; readonly at: Instant },
): Promise<KeptFact[]> => {
  const { at } = of
  const home = numbers.homeOf(of.projectNo)
  const stored = (await factsByHome(records, numbers, [home])).get(home) ?? []
  const rows = stored.filter(({ enteredAt }) => enteredAt <= at)
  const said = await readSaid(records, at)
  const kept = rows.map((row) => ({ row, kept: keptThen(row, at) }))
  const stands = new Set(
    standing(
      kept.map((each) => each.kept),
      said,
    ).map(({ source, eventId }) => factKey(source, eventId)),
  )
  const facts = kept.map(({ row: { enteredAt, personal }, kept: { fact, ways } }) => {
    const isStanding = fact.type === 'VOID' ? isBrought(ways, said) : stands.has(factKey(fact.source, fact.eventId))
    return { fact: { ...fact, historical: historicalOf(ways, said) }, enteredAt, void: !isStanding, personal }
  })
  return facts.sort((a, b) => compareOrder(orderOf(a.fact), orderOf(b.fact)))
}

/** Those that a case is folded from. */
export const standingFacts = (facts: readonly KeptFact[]): Fact[] =>
  facts.filter((kept) => !kept.void && kept.fact.type !== 'VOID').map(({ fact }) => fact)

export interface LawsThen {
  /** The law as it was known at an instant. */
  at(instant: Instant): Promise<Law>
}

const KEPT_LAWS = 8

/** Laws of past instants, the last few kept: building one takes the time of a calendar. */
export const openLawsThen = (records: Records): LawsThen => {
  const built = new Map<number, Law>()
  return {
    async at(instant) {
      const known = (await records.laws()).filter((row) => row.at <= instant)
      const version = known[known.length - 1]?.seq ?? 0
      const found = built.get(version)
      if (found !== undefined) return found
      const documents: LawDocument[] = known.map(({ seq, body }) => ({ entry: seq, body: JSON.parse(body) }))
      const law = buildLaw(documents)
      built.set(version, law)
      for (const key of built.keys()) if (built.size > KEPT_LAWS) built.delete(key)
      return law
    },
  }
}

export interface CaseThen {
  readonly state: CaseState
  readonly judgement: Judgement
  readonly facts: readonly KeptFact[]
  readonly cards: CardsThen
  /** Cards raised under numbers that were joined to this one by then (I11). */
  readonly joined: CardsThen
  readonly law: Law
  /** The level at which it stood by what no card had been raised of by then: nobody was there to raise it. */
  readonly unraised: Level
}

const CARDS_READ = 200

export type CardsThen = readonly { readonly card: Card; readonly moves: readonly CardMove[] }[]

/** The cards that had been raised by then under these numbers, in the state of their last move by then. */
export const cardsOfThen = async (records: Records, projectNos: readonly string[], at: Instant): Promise<CardsThen> => {
  if (projectNos.length === 0) return []
  const { rows } = await records.listCards({ projectNos, limit: CARDS_READ })
  return rows.flatMap(({ card, moves }) => {
    const known = moves.filter((move) => move.at <= at)
    const last = known[known.length - 1]
    if (last === undefined) return []
    const lift = card.lift !== null && card.lift.askedAt <= at ? card.lift : null
    const declined = card.declined?.filter((one) => one.at <= at)
    const held = { lift, state: last.state, moves: last.n, ...(declined === undefined ? {} : { declined }) }
    return [{ card: { ...card, ...held }, moves: known }]
  })
}

/** Of a case, as it was found then. */
const cardsThen = async (records: Records, projectNo: string, at: Instant, judgement: Judgement) => {
  const subject = { kind: 'case' as const, subject: projectNo }
  const found = new Map(judgement.findings.map((f) => [cardIdOf(subject, f.rule, f.occasion), f]))
  return (await cardsOfThen(records, [projectNo], at)).map(({ card, moves }) => {
    const given = found.get(card.cardId)
    if (given === undefined) return { card, moves }
    const { limitAt, holder, basis } = undeclined(given, card) ?? declinedAs(given, card)
    return { card: { ...card, limitAt, holder, basis }, moves }
  })
}

/** Of the findings of then, what no card said yet: sure, and above what waits for a calendar or a person (T13, F5). */
const unraisedOf = ({ findings, verdict }: Judgement, projectNo: string, cards: CaseThen['cards']): Level => {
  const subject = { kind: 'case' as const, subject: projectNo }
  const raised = new Set(cards.map(({ card }) => card.cardId))
  const isSure = ({ level, provisional, contested = null }: Finding): boolean =>
    level < 2 || (!provisional && contested === null)
  const open = findings.filter((row) => isSure(row) && !raised.has(cardIdOf(subject, row.rule, row.occasion)))
  return levelOf(open, verdict)
}

/** How far sources had delivered; judging asks for those in batches. One heard since is not known to have said more (I13). */
const deliveredThen = async (records: Records, at: Instant): Promise<Delivered> => {
  const seen = await records.sources()
  return new Map(seen.filter(({ lastAt }) => lastAt <= at).map(({ source, lastEventAt }) => [source, lastEventAt]))
}

/** A case at a past instant; null when nothing of it was known. */
export const caseThen = async (
  parts: { readonly records: Records; readonly laws: LawsThen },
  projectNo: string,
  at: Instant,
): Promise<CaseThen | null> => {
  const numbers = await numbersThen(parts, at)
  const facts = await factsThen(parts.records, numbers, { projectNo, at })
  const said = await readSaid(parts.records, at)
  const law = await parts.laws.at(at)
  const state = foldCase(standingFacts(facts), projectNo, foldingUnder(law, said, projectNo))
  if (state === null) return null
  const judgement = judgeCase(state, law, at, await deliveredThen(parts.records, at))
  const cards = await cardsThen(parts.records, projectNo, at, judgement)
  const joined = await cardsOfThen(parts.records, numbers.aliasesOf(projectNo), at)
  return { state, judgement, facts, law, cards, joined, unraised: unraisedOf(judgement, projectNo, cards) }
}
