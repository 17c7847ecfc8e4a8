// Entries that are no facts: what a person, the clock or a law said. Types only; what their bodies say is known where they are made.

import type { Instant } from '../core/time/instant.ts'

/**
 * What is read back by its kind: imports, the further ways of known facts, withdrawals, voids by an administrator; cases
 * folded again as a source's numbers became its own, what a person said of a number of two items, joinings proposed (I11);
 * what a ledger was upgraded or rebuilt from (A4).
 */
export type InputKind =
  | 'import'
  | 'bringing'
  | 'withdraw'
  | 'void'
  | 'renumber'
  | 'one_case'
  | 'proposal'
  | 'upgrade'
  | 'rebuild'

/** An input to the ledger that is not a fact: a catalogue row set, a move of a person, a setting, a closing. */
export interface InputRow {
  kind: 'law' | 'move' | 'alias' | 'setting' | InputKind
  /** Who brought it. */
  by: string
  /** Canonical JSON. */
  body: string
}

/** An input as it stands in the ledger. */
export interface InputEntry {
  seq: number
  at: Instant
  by: string
  body: string
}
