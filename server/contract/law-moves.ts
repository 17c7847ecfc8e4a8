// What a load of law would do, on the wire (T1a, J6): case by case and card by card, before it is taken. Types only.

/**
 * What becomes of a card. raised: it comes to stand and counts · raised_waiting: it comes to stand and waits · counted: it
 * waited and counts · waiting: it counted and waits · to_lift: somebody is asked whether it is lifted · lifted: it stands no
 * more · overtaken: another of its family stands above it · restored: what stood above it does so no more · changed: it
 * stands as it stood, with another limit, level, holder or reply clock.
 */
export type CardShiftName =
  | 'raised'
  | 'raised_waiting'
  | 'counted'
  | 'waiting'
  | 'to_lift'
  | 'lifted'
  | 'overtaken'
  | 'restored'
  | 'changed'

/** A card that a load would move; states as of the list of cards, null: there is none yet. */
export interface CardMoved {
  card_id: string
  rule: string
  level: 1 | 2 | 3
  shift: CardShiftName
  from: string | null
  to: string
}

/** A case, or a code that stands in no catalogue (D-05), of which a load would move something. */
export interface CaseMoved {
  /** null: a code. */
  project_no: string | null
  /** `window:B99`; null: a case. */
  code: string | null
  /** Due day of the clock that decides, with its mark of provisional; null: it has none. */
  due_before: string | null
  due_after: string | null
  verdict_before: string | null
  verdict_after: string | null
  cards: CardMoved[]
  /** What keeps it from being judged under the law to come (J5); null: nothing. */
  apart: string | null
}

/** What a load of law would do, every case planned under both laws as the load would plan it (T1a, J6). */
export interface LawMoves {
  /** Cases planned under both laws, and all there are; fewer: the bound was reached and the rest is not known. */
  looked: number
  cases: number
  /** Cases and codes of which anything moves: a limit, a verdict, a card, a figure, its row in the figures. */
  moved: number
  /** Promised or statutory due instants. */
  due_moved: number
  /** Due dates that become certain, and that become provisional. */
  certain: number
  provisional: number
  verdicts_moved: number
  /** Cases that could not be judged under the law to come: they would be set apart. */
  set_apart: number
  cards: Record<CardShiftName, number>
  /** By what the sums of all departments and days would change, by the names of the measures; what stays is left out. */
  figures: Record<string, number>
  /** The first of them. */
  examples: CaseMoved[]
}
