// What a load of law would do before it is taken (T1a, J6): every stored case planned as the load itself would plan it – what
// is due first, then under the law to come, and where numbers become a source's own from its facts –, with the cards of codes
// after them. Cards are told by what becomes of them as they stand, not by what judging finds. Writes nothing, goes in slices
// that let others in between. Bounded: past the bound it says how many of how many it looked at, and guesses at none.

import type { CardMoved, CaseMoved, LawMoves } from '../contract/law-moves.ts'
import type { Card } from '../core/card/card.ts'
import { CARD_SHIFTS, shiftOf } from '../core/card/shift.ts'
import { addDifference, type Deltas } from '../core/measure/count.ts'
import type { FlowKind } from '../core/measure/flows.ts'
import { codesTouched, planCodes } from '../core/measure/groups.ts'
import type { CaseChange } from '../core/plan.ts'
import { printDay } from '../core/time/civil.ts'
import type { Records } from '../store/port.ts'
import { type LawsWeighed, openTrial, type Trial } from './weigh-trial.ts'

export interface WeighParts extends LawsWeighed {
  readonly records: Records
  /** Cases at most; the rest is told as not looked at. */
  readonly most?: number
  /** Told of everything that moves, the first of it and the rest. */
  readonly each?: (moved: CaseMoved) => void
}

const SLICE = 100
export const MOST_WEIGHED = 100_000
const EXAMPLES = 20
const EVER = 1_000_000

const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const dueOf = ({ judgement }: CaseChange): string | null => {
  const due = judgement?.main?.due
  return due === undefined ? null : `${printDay(due.dueOn)}${due.provisional ? ' ~' : ''}`
}

/** A card as it stands, whatever number of moves brought it there. */
const standing = (card: Card): string => JSON.stringify({ ...card, moves: 0 })

const cardsMoved = (before: readonly Card[], after: readonly Card[]): CardMoved[] => {
  const known = new Map(before.map((card) => [card.cardId, card]))
  return after.flatMap((card) => {
    const was = known.get(card.cardId) ?? null
    if (was !== null && (was.moves === card.moves || standing(was) === standing(card))) return []
    const { cardId, rule, level, state } = card
    return [{ card_id: cardId, rule, level, shift: shiftOf(was, card), from: was?.state ?? null, to: state }]
  })
}

const ENDED: ReadonlySet<FlowKind> = new Set(['on_time', 'late', 'undated', 'excluded'])

/** How it ended as the figures have it, its cards heard (C5, F5, M2); null: it has not ended. */
const verdictOf = ({ flows }: CaseChange): string | null => flows.find(({ kind }) => ENDED.has(kind))?.kind ?? null

const clocksOf = ({ judgement }: CaseChange): string =>
  JSON.stringify([judgement?.promise?.due.dueAt, judgement?.statute?.due.dueAt])

/** Counts of what moves, under construction. */
interface Sums {
  readonly moves: LawMoves
  /** What the taking of what is due adds to the sums, and what that and the law to come add. */
  readonly due: Deltas
  readonly all: Deltas
  readonly each: WeighParts['each']
}

const tell = ({ moves, each }: Sums, moved: CaseMoved): void => {
  moves.moved++
  for (const { shift } of moved.cards) moves.cards[shift]++
  if (moves.examples.length < EXAMPLES) moves.examples.push(moved)
  each?.(moved)
}

const put = (sums: Sums, before: CaseChange, after: CaseChange): void => {
  const { moves, due, all } = sums
  const own: Deltas = new Map()
  addDifference(own, before.flows, after.flows)
  addDifference(due, before.flowsBefore, before.flows)
  addDifference(all, before.flowsBefore, after.flows)
  const cards = cardsMoved(before.cards, after.cards)
  const [was, is] = [before.judgement, after.judgement]
  const isDueMoved = clocksOf(before) !== clocksOf(after)
  const [wasProvisional, isProvisional] = [was?.main?.due.provisional, is?.main?.due.provisional]
  const verdicts = [verdictOf(before), verdictOf(after)] as const
  if (isDueMoved) moves.due_moved++
  if (wasProvisional === true && isProvisional === false) moves.certain++
  if (wasProvisional === false && isProvisional === true) moves.provisional++
  if (verdicts[0] !== verdicts[1]) moves.verdicts_moved++
  if (before.apart === null && after.apart !== null) moves.set_apart++
  const isStill = dueOf(before) === dueOf(after) && verdicts[0] === verdicts[1] && before.apart === after.apart
  if (!isDueMoved && isStill && cards.length === 0 && [...own.values()].every(({ n }) => n === 0)) return
  tell(sums, {
    project_no: after.projectNo,
    code: null,
    due_before: dueOf(before),
    due_after: dueOf(after),
    verdict_before: verdicts[0],
    verdict_after: verdicts[1],
    cards,
    apart: after.apart,
  })
}

const NOTHING = { due_before: null, due_after: null, verdict_before: null, verdict_after: null, apart: null } as const

/** Cards of codes (D-05): from the sums as they would be. */
const putCodes = async (sums: Sums, records: Records, { judging }: Trial): Promise<void> => {
  const codes = codesTouched(sums.all)
  if (codes.length === 0) return
  const daily = await records.daily('code', codes, ['unlisted'], -EVER, EVER)
  const stored = await records.cardsOf('code', codes)
  const before = planCodes(codes, sums.due, { daily, cards: stored }, judging('before', 'clock'))
  const cards = before.flatMap((group) => group.cards)
  const after = planCodes(codes, sums.all, { daily, cards }, judging('after', 'law'))
  for (const [i, code] of codes.entries()) {
    const moved = cardsMoved(before[i]?.cards ?? [], after[i]?.cards ?? [])
    if (moved.length > 0) tell(sums, { ...NOTHING, project_no: null, code, cards: moved })
  }
}

/** A kind of flow as the measures call it. */
const FIGURE: Partial<Record<FlowKind, string>> = {
  overdue: 'overdue_in_hand',
  warning: 'warnings',
  yellow: 'yellows',
  red: 'reds',
}

/** A department's row holds every flow of a case once. */
const figuresOf = ({ due, all }: Sums): Record<string, number> => {
  const figures: Record<string, number> = {}
  const add = (deltas: Deltas, times: 1 | -1): void => {
    for (const { dimension, kind, n } of deltas.values())
      if (dimension === 'department') {
        const name = FIGURE[kind] ?? kind
        figures[name] = (figures[name] ?? 0) + times * n
      }
  }
  add(all, 1)
  add(due, -1)
  return Object.fromEntries(Object.entries(figures).filter(([, n]) => n !== 0))
}

/** Counts of what would move, with the first of it. */
export const weighLaw = async (parts: WeighParts): Promise<LawMoves> => {
  const { records, most = MOST_WEIGHED, each } = parts
  const trial = await openTrial(records, parts)
  const cards = Object.fromEntries(CARD_SHIFTS.map((shift) => [shift, 0])) as LawMoves['cards']
  const none = { moved: 0, due_moved: 0, certain: 0, provisional: 0, verdicts_moved: 0, set_apart: 0 }
  const { cases } = await records.head()
  const moves: LawMoves = { looked: 0, cases, ...none, cards, figures: {}, examples: [] }
  const sums: Sums = { moves, due: new Map(), all: new Map(), each }
  for (let last = ''; moves.looked < most; ) {
    // no case is of law −1: asking for those of another gives all, in order
    const rows = await records.stale(-1, -1, last, Math.min(SLICE, most - moves.looked))
    const end = rows[rows.length - 1]
    if (end === undefined) break
    moves.looked += rows.length
    const own = rows.filter(({ row }) => !trial.isRenumbered(row.projectNo))
    for (const { before, after } of await trial.judged(own)) put(sums, before, after)
    last = end.row.projectNo
    await breathe()
  }
  const { homes } = trial
  for (let from = 0; from < homes.length && from < most; from += SLICE) {
    const some = homes.slice(from, Math.min(from + SLICE, most))
    for (const { before, after } of await trial.renumbered(some)) put(sums, before, after)
    await breathe()
  }
  // what only a part of the cases says of a code is no word about the code
  if (moves.looked >= moves.cases && homes.length <= most) await putCodes(sums, records, trial)
  moves.figures = figuresOf(sums)
  return moves
}
