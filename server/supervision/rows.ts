// Between plans and rows: what the store keeps as text becomes what planning reads, and the other way round.
// The one place that knows both shapes. Never decides anything.

import type { Card, CardMove } from '../core/card/card.ts'
import { isBegun, struckBy, struckWith } from '../core/card/lateness.ts'
import { isCounted, litLevel } from '../core/card/standing.ts'
import { standingBy } from '../core/card/stands-by.ts'
import { factKey, voidsOf } from '../core/case/event.ts'
import { ENGINE_VERSION } from '../core/case/fold.ts'
import { readFact } from '../core/case/read.ts'
import { historicalOf, type Kept, type Said } from '../core/case/standing.ts'
import type { CaseState } from '../core/case/state.ts'
import type { Law } from '../core/law/law.ts'
import { windowKey } from '../core/measure/flow-list.ts'
import { type CaseBefore, type CaseChange, type Handed, type PlanView, type Taken, wayOf } from '../core/plan.ts'
import type { Instant } from '../core/time/instant.ts'
import type { Batch, CaseRow, FactRow, StoredCase, StoredFact, View } from '../store/port.ts'
import type { Step, StepKind } from '../store/step.ts'
import type { Cached } from './world.ts'

/** A case set apart keeps its last state; without one its text is empty. */
const readState = (text: string): CaseState | null => (text === '' ? null : (JSON.parse(text) as CaseState))

/** What of a law says which cases are to be folded again. */
type Folded = Pick<Law, 'twins'>

/**
 * Whether a case can only be folded again from all its facts: it was set apart, another engine has folded it, or it was
 * folded before the law changed what folding takes from it (F5).
 */
export const mustRefold = ({ apart, engine, law }: Pick<CaseRow, 'apart' | 'engine' | 'law'>, by: Folded): boolean =>
  apart !== null || engine !== ENGINE_VERSION || law < by.twins.changedBy

const NO_CASE: CaseBefore = { state: null, flows: [], cards: [], apart: false }

/** What planning knows of a stored case; null: there is none. */
export const beforeOf = (stored: StoredCase | null, law: Folded): CaseBefore =>
  stored === null
    ? NO_CASE
    : {
        // a state of another engine may lack what this one reads
        state: stored.row.engine === ENGINE_VERSION ? readState(stored.row.state) : null,
        flows: stored.row.flows,
        cards: stored.cards,
        apart: mustRefold(stored.row, law),
      }

/** Stored facts with what stands beside them: which of them stand is core's to say. */
export const keptOf = (stored: readonly StoredFact[]): Kept[] =>
  stored.map(({ body, ways, voiders }) => ({
    fact: readFact(body, historicalOf(ways)),
    ways,
    voiders: voiders.map((voider) => voider.ways),
  }))

export const keptOfCases = (stored: ReadonlyMap<string, readonly StoredFact[]>): Map<string, Kept[]> =>
  new Map([...stored].map(([projectNo, rows]) => [projectNo, keptOf(rows)]))

/** The view of planning: stored rows, and over them the cached cases, which are never older. */
export const viewOf = (
  view: View,
  projectNos: Iterable<string>,
  cached: ReadonlyMap<string, Cached>,
  { said, law }: { readonly said: Said; readonly law: Folded },
): PlanView => {
  const cases = new Map<string, CaseBefore>()
  for (const projectNo of projectNos) {
    const kept = cached.get(projectNo)
    const stored = view.cases.get(projectNo)
    if (kept !== undefined) cases.set(projectNo, kept.before)
    else if (stored !== undefined) cases.set(projectNo, beforeOf(stored, law))
  }
  const { known, targets, foreign } = view
  const voiders = new Map([...view.voiders].map(([key, list]) => [key, list.map(({ ways }) => ways)]))
  return { known, voiders, targets, foreign, cases, facts: keptOfCases(view.facts), said }
}

export const factRowOf = (handed: Handed): FactRow => {
  const { fact, body, personal } = handed
  const { source, eventId, type, projectNo, at } = fact
  const [voids = null, voidsToo = null] = voidsOf(fact)
  const way = wayOf(handed)
  return {
    source,
    eventId,
    type,
    projectNo,
    at,
    body,
    personal,
    voids,
    voidsToo,
    isEdition: fact.edition !== null,
    way,
  }
}

const NEVER = 0 as Instant

type Struck = Pick<CaseRow, 'level' | 'region' | 'department' | 'item' | 'source' | 'window' | 'inHand'>

const BLANK: Struck = { level: 0, region: '-', department: '-', item: '-', source: '-', window: '-', inHand: false }

/**
 * Where a case stands of which no fact does: with whom the card names that still counts, of its limit before others, for
 * there its figures stand until somebody has decided (F3, C5). Without one it is no case.
 */
const struckRow = (cards: readonly Card[]): Struck => {
  const by = struckBy(cards) ?? cards.find(isCounted)
  return by === undefined ? BLANK : rowOf(by, cards, false)
}

/** The row of a case that counts as this card says. */
const rowOf = (by: Card, cards: readonly Card[], isEnded: boolean): Struck => {
  const { region, department, item, holder, lift } = by
  const counted = lift?.counted ?? []
  const hand = counted.reduce((sum, { kind, n }) => sum + (kind === 'in_hand' ? n : 0), 0)
  const source = counted[0]?.source ?? lift?.grounds[0]?.source ?? '-'
  const window = windowKey(holder.window, department)
  const inHand = hand > 0 && !isEnded
  return { level: litLevel(cards, !inHand), region, department, item, source, window, inHand }
}

/** The row of a changed case, judged under `law` at `at`. */
export const caseRowOf = (change: CaseChange, law: number, at: Instant): CaseRow => {
  const { projectNo, state, judgement, flows, apart, cards } = change
  const base = { projectNo, engine: ENGINE_VERSION, law, judgedAt: at, apart, flows: [...flows] }
  if (state === null || judgement === null) {
    const text = state === null ? '' : JSON.stringify(state)
    const lastAt = state?.last[0] ?? NEVER
    const standing = apart === null ? struckRow(cards) : BLANK
    const status = apart === null ? 'void' : 'apart'
    return { ...base, ...standing, status, state: text, nextTurnAt: null, dueAt: null, lastAt }
  }
  const { belongs, concluded, holder } = judgement
  const struck = struckWith(judgement, cards)
  return {
    ...base,
    state: JSON.stringify(state),
    nextTurnAt: judgement.nextTurnAt,
    inHand: concluded === null && isBegun(judgement),
    status: judgement.status,
    level: litLevel(cards, concluded !== null),
    region: belongs.region,
    department: belongs.department,
    item: state.item ?? '-',
    source: concluded?.source ?? state.first.source,
    window: windowKey(holder.window, belongs.department),
    dueAt: standingBy(judgement, cards).main?.due.dueAt ?? null,
    lastAt: state.last[0],
    // its facts begin it no more, and it counts as it was told
    ...(struck === undefined ? {} : rowOf(struck, cards, concluded !== null)),
  }
}

/** A batch of a step; the line says under which law it is planned. */
export const emptyBatch = (at: Instant, kind: StepKind, by: string, params: Step['params'] = {}): Batch => ({
  step: { kind, by, law: 0, engine: ENGINE_VERSION, params },
  at,
  facts: [],
  inputs: [],
  cases: [],
  casesGone: [],
  cards: [],
  moves: [],
  quarantine: [],
  turnedTo: null,
  sources: [],
})

/** Puts changed cases with their cards and moves into a batch. */
export const putChanges = (batch: Batch, changes: readonly CaseChange[], law: number): void => {
  for (const change of changes) {
    // a case that lost its last fact keeps a row while cards hang on it: it may come back, and takes them up again
    if (change.state === null && change.apart === null && change.cards.length === 0)
      batch.casesGone.push(change.projectNo)
    else batch.cases.push(caseRowOf(change, law, batch.at))
    putCards(batch, change.cardsChanged, change.moves)
  }
}

export const putCards = (batch: Batch, cards: readonly Card[], moves: readonly CardMove[]): void => {
  for (const card of cards) batch.cards.push(card)
  for (const move of moves) batch.moves.push(move)
}

/** Case numbers that a set of facts may touch, their targets' included. */
export const touchedBy = (taken: readonly Taken[], view: View): Set<string> => {
  const touched = new Set<string>()
  for (const { fact } of taken) {
    if (fact.projectNo !== null) touched.add(fact.projectNo)
    for (const named of voidsOf(fact)) {
      const target = view.targets.get(factKey(fact.source, named))
      if (target !== undefined && target.projectNo !== null) touched.add(target.projectNo)
    }
  }
  return touched
}
