// One case as it stands, and as it was known at a past instant (M9): folded, judged and put in words with its facts, cards
// and what was said of its numbers. What a reader may see comes as data; who it is, is asked before (cases.ts).

import type { CaseView } from '../contract/api.ts'
import { factKey } from '../core/case/event.ts'
import { foldCase, foldingUnder } from '../core/case/fold.ts'
import { judgeCase } from '../core/case/judge.ts'
import type { Said } from '../core/case/standing.ts'
import type { CaseState } from '../core/case/state.ts'
import type { Law } from '../core/law/law.ts'
import { forMany, mapSteps, pause } from '../core/steps.ts'
import type { Instant } from '../core/time/instant.ts'
import { caseView, type ShownFact } from '../present/case.ts'
import { payloadShown } from '../present/personal.ts'
import { struckView } from '../present/struck.ts'
import type { CaseRow, Records } from '../store/port.ts'
import type { CaseNumbers } from '../supervision/numbers.ts'
import { mustRefold } from '../supervision/rows.ts'
import type { Supervisor } from '../supervision/supervisor.ts'
import {
  caseThen,
  factSteps,
  factsThen,
  type KeptFact,
  type LawsThen,
  numbersThen,
  readFactsThen,
  standingFacts,
  type ThenAs,
} from '../supervision/then.ts'
import { cardsOfThen } from '../supervision/then-cards.ts'
import { jointParentOf } from './joint.ts'
import { NONE_NAMED, type NotYours, notYoursIn } from './not-yours.ts'
import { numbersToldOf } from './numbers-told.ts'
import { waitingToldOf } from './waiting-told.ts'

export interface CaseParts {
  readonly supervisor: Pick<Supervisor, 'law' | 'now' | 'homeOf' | 'delivered' | 'numbers' | 'said'>
  /** For one case, read at once. */
  readonly records: Records
  /** For lists. */
  readonly reader: Records
  /** The law as it was known at a past instant. */
  readonly laws: LawsThen
}

const personalOf = (text: string | null, may: boolean): Record<string, unknown> | null =>
  text === null || !may ? null : (JSON.parse(text) as Record<string, unknown>)

const shown = (kept: KeptFact, personal: boolean, notYours: NotYours = NONE_NAMED): ShownFact => ({
  fact: { ...kept.fact, payload: payloadShown(kept.fact, personal) },
  enteredAt: kept.enteredAt,
  void: kept.void,
  notYours: notYours.get(factKey(kept.fact.source, kept.fact.eventId)) ?? null,
  personal: personalOf(kept.personal, personal),
})

/**
 * The stored state; one that another engine has folded, or a law of other settings, is folded again from the facts. Of a case set apart
 * (J5) none: the last one that could be folded would pass for how it stands.
 */
const stateOf = (
  row: CaseRow,
  facts: readonly KeptFact[],
  { said, law }: { readonly said: Said; readonly law: Law },
): CaseState | null => {
  if (row.apart !== null) return null
  if (mustRefold(row, law)) return foldCase(standingFacts(facts), row.projectNo, foldingUnder(law, said, row.projectNo))
  return row.state === '' ? null : (JSON.parse(row.state) as CaseState)
}

export interface Reader {
  readonly personal: boolean
  readonly mayUrge: boolean
  readonly mayRead: (projectNo: string) => Promise<boolean>
}

interface Kept {
  readonly facts: readonly KeptFact[]
  readonly numbers: CaseNumbers
}

interface Asked extends Pick<Reader, 'personal'> {
  readonly projectNo: string
  readonly at: Instant
}

interface AskedThen extends Asked {
  readonly as: ThenAs
}

/** The cards under all numbers of a case: those raised under its own, and under numbers joined to it (I11). */
const cardsOf = async (
  { records, supervisor: { law } }: CaseParts,
  [own, ...others]: readonly string[],
  at: Instant,
) => ({
  cards: await cardsOfThen({ records, law }, own === undefined ? [] : [own], at),
  joined: await cardsOfThen({ records, law }, others, at),
})

/**
 * A case without a state: what was ever said of it, struck out (F3) or set apart (J5), and what stays of it where its facts are
 * of another number since (I11): its cards, of which somebody may be asked; null: there is nothing.
 */
const readStruck = async (
  parts: CaseParts,
  asked: Asked & Partial<AskedThen>,
  kept: Kept,
): Promise<CaseView | null> => {
  const { projectNo, at, personal, as } = asked
  const { facts, numbers } = kept
  const stands = standingFacts(facts).length > 0
  const { cards: own, joined } = await cardsOf(parts, numbers.numbersOf(projectNo), at)
  const cards = [...own, ...joined]
  if (!stands && !facts.some((fact) => fact.void) && cards.length === 0) return null
  const law = await parts.laws.at(at)
  const status = stands ? 'apart' : 'void'
  const notYours = await notYoursIn(parts.records, facts)
  const told = facts.map((fact) => shown(fact, personal, notYours))
  const past = as === undefined ? undefined : { at, as }
  const waiting = await waitingToldOf(parts, numbers, asked)
  return struckView({ projectNo, status, facts: told, cards, law, past, waiting })
}

/** One case as it stands at the supervisor's now; null: no such case. */
export const readCase = async (parts: CaseParts, projectNo: string, reader: Reader): Promise<CaseView | null> => {
  const { personal, mayUrge, mayRead } = reader
  const { law, numbers } = parts.supervisor
  const now = parts.supervisor.now()
  const stored = (await parts.records.cases([projectNo])).get(projectNo)
  const read = await readFactsThen(parts.records, numbers, { projectNo, at: now })
  const cards = await cardsOf(parts, numbers.numbersOf(projectNo), now)
  const told = {
    ...(await numbersToldOf(parts, projectNo, now)),
    waiting: await waitingToldOf(parts, numbers, { projectNo, at: now }),
  }
  const { delivered } = parts.supervisor
  // all of the case has been read, of one state of the store: what is made of it may wait (I5)
  const inPieces = forMany(read.rows.length, parts.laws.inPieces)
  const facts = await inPieces(factSteps(read))
  const state = stored === undefined ? null : stateOf(stored.row, facts, parts.supervisor)
  if (state === null) return readStruck(parts, { projectNo, at: now, personal }, { facts, numbers })
  const notYours = await notYoursIn(parts.records, facts)
  await inPieces(pause())
  const judgement = judgeCase(state, law, now, delivered)
  const view = {
    state,
    judgement,
    facts: await inPieces(mapSteps(facts, (kept) => shown(kept, personal, notYours))),
    ...cards,
    law,
    now,
    mayUrge,
    jointParent: await jointParentOf(parts.records, judgement, { numbers, at: now, mayRead }),
  }
  await inPieces(pause())
  return caseView({ ...view, ...told })
}

/** The case as it was known at a past instant (M9): entries up to it, the law known then, the cards of then. */
export const readCaseThen = async (
  parts: CaseParts,
  asked: AskedThen & Pick<Reader, 'mayRead'>,
): Promise<CaseView | null> => {
  const then = await caseThen(parts, asked)
  const numbers = await numbersThen(parts, asked.at)
  if (then === null) return readStruck(parts, asked, { facts: await factsThen(parts.records, numbers, asked), numbers })
  const notYours = await notYoursIn(parts.records, then.facts)
  const inPieces = forMany(then.facts.length, parts.laws.inPieces)
  const facts = await inPieces(mapSteps(then.facts, (kept) => shown(kept, asked.personal, notYours)))
  const told = {
    ...(await numbersToldOf(parts, asked.projectNo, asked.at)),
    waiting: await waitingToldOf(parts, numbers, asked),
  }
  const jointParent = await jointParentOf(parts.records, then.judgement, { ...asked, numbers })
  await inPieces(pause())
  return caseView({
    ...then,
    facts,
    now: then.judgedAt,
    past: { ...then, at: asked.at },
    mayUrge: false,
    jointParent,
    ...told,
  })
}
