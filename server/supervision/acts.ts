// Acts of people on the line: a move on a card (C4), two numbers joined into one case or parted (I11). Each is an entry
// of the ledger with who and why; what the law of the thing does not allow is refused with a word.

import { type MoveAsked as CardMoveAsked, planMove } from '../core/card/procedure.ts'
import { planMoves } from '../core/moves.ts'
import type { Instant } from '../core/time/instant.ts'
import { canonicalize } from '../intake/canonical.ts'
import type { Batch } from '../store/port.ts'
import { judgedAgain } from './afresh.ts'
import type { Line } from './line.ts'
import { type AliasStep, aliasFault } from './numbers.ts'
import { emptyBatch, putCards } from './rows.ts'
import { type Actor, named, type OneCase } from './said.ts'

export interface MoveAsked extends CardMoveAsked {
  readonly cardId: string
}

export type MoveTold = { refused: string } | { state: string }

/** The entry of a move: all that was said, and what came of it. */
const putEntry = (batch: Batch, asked: MoveAsked, said: { n: number; state: string }): void => {
  const { cardId, move, by, why, signedBy, stillOverdue = false } = asked
  const body = {
    at: batch.at,
    by,
    card_id: cardId,
    move,
    signed_by: signedBy,
    still_overdue: stillOverdue,
    why,
    ...said,
  }
  batch.inputs.push({ kind: 'move', by, body: canonicalize(body) })
}

/** A card about a code is of no case and stands in no figures. */
const moveLone = async (line: Line, asked: MoveAsked, at: Instant): Promise<MoveTold> => {
  const found = await line.records.card(asked.cardId)
  if (found === null) return { refused: 'not_found' }
  const signed = line.law.rules.get(found.card.rule)?.signed === true
  const moved = planMove(found.card, asked, { now: at, replyDueAt: null, signed })
  if ('refused' in moved) return moved
  const batch = emptyBatch(at, 'move', asked.by)
  putEntry(batch, asked, { n: moved.move.n, state: moved.move.state })
  putCards(batch, [moved.card], [moved.move])
  await line.finish(batch, [], 'move')
  return { state: moved.card.state }
}

/** A person's move: the case is judged at this instant, then moved, in one commit with its flows and totals (M7). */
export const moveCard = async (line: Line, asked: MoveAsked): Promise<MoveTold> => {
  const found = await line.records.card(asked.cardId)
  if (found === null) return { refused: 'not_found' }
  const at = line.now()
  const { projectNo } = found.card
  const stored = projectNo === null ? undefined : (await line.records.cases([projectNo])).get(projectNo)
  if (projectNo === null || stored === undefined) return moveLone(line, asked, at)
  const [judged] = await judgedAgain(line, [stored], at)
  if (judged === undefined || judged.apart !== null) return { refused: 'case_apart' }
  const planned = planMoves(judged, asked.cardId, asked, line.judging('move', at))
  if ('refused' in planned) return planned
  const batch = emptyBatch(at, 'move', asked.by)
  const { change, move } = planned
  putEntry(batch, asked, { n: move.n, state: move.state })
  await line.finish(batch, [change], 'move')
  // another card of its family may overtake it at once
  return { state: change.cards.find(({ cardId }) => cardId === asked.cardId)?.state ?? move.state }
}

/** Who acts, and why. */
export interface Said {
  readonly by: string
  readonly actor?: Actor
  readonly why: string
  /** The proposal that it accepts; absent: none. */
  readonly proposal?: number
}

export interface OneCaseSaid extends Said {
  readonly projectNo: string
  readonly oneCase: boolean
}

/** A person's word of a number that sources give several items: they are of one case, or it is doubtful again (I11). */
export const sayOneCase = async (
  line: Line,
  { projectNo, oneCase, by, actor, why }: OneCaseSaid,
): Promise<{ refused: string } | { project_no: string }> => {
  const home = line.numbers.homeOf(projectNo)
  const said = new Set(line.said.oneCase)
  if (said.has(home) === oneCase) return { refused: 'no_collision' }
  if (oneCase) said.add(home)
  else said.delete(home)
  const body = canonicalize({ ...named(actor), project_no: home, one_case: oneCase, why } satisfies OneCase)
  await line.say({ kind: 'one_case', by, body, ref: home }, { ...line.said, oneCase: said }, [home])
  return { project_no: home }
}

export const joinNumbers = async (
  line: Line,
  step: AliasStep,
  said: Said,
): Promise<{ refused: string } | { home: string }> => {
  const fault = aliasFault(line.numbers, step)
  if (fault !== null) return { refused: fault }
  const { alias, home, joined, source = null } = step
  const body = canonicalize({
    ...named(said.actor),
    alias,
    project_no: home,
    joined,
    by: said.by,
    why: said.why,
    source,
    proposal: said.proposal ?? null,
  })
  await line.join(step, { kind: 'alias', by: said.by, body })
  return { home: line.numbers.homeOf(alias) }
}
