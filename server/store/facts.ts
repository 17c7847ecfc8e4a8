// Facts as the store keeps and gives them: the text, every way they came, and the facts that name them. Types only; which
// facts stand is core's to say.

import type { Bringing } from '../core/case/standing.ts'
import type { Instant } from '../core/time/instant.ts'

/** A fact as it is kept: its canonical text (RFC 8785) without the personal part, and that part apart. */
export interface FactRow {
  source: string
  eventId: string
  type: string
  projectNo: string | null
  at: Instant
  /** Canonical JSON of the plain and staff parts. */
  body: string
  /** Canonical JSON of the personal part; null: there is none (or it was erased). */
  personal: string | null
  /** event_id of the same source that this fact makes void (F3). */
  voids: string | null
  /** The second one, of a VOID that supersedes as well. */
  voidsToo: string | null
  /** It is the edition of a row of a register (I14): its case is folded again from all of them. */
  isEdition: boolean
  /** How it first came: number of its import, null live; the declared instant of a past record, null live (I8). */
  way: Bringing
}

/** The body of an entry of kind `bringing`: facts that were held came this way, too (I8, I14); they may be of its batch. */
export interface BringingBody {
  /** Entry number of the import; null: live. */
  import: number | null
  historical: Instant | null
  facts: [source: string, eventId: string][]
}

export interface StoredFact {
  seq: number
  enteredAt: Instant
  source: string
  eventId: string
  body: string
  personal: string | null
  /** True when the personal part was erased: identity then rests on the id alone. */
  erased: boolean
  /** Every way it came (I8, I14), the first one first: it stands while one of them does. */
  ways: readonly EnteredWay[]
  /** The facts of its source that name it (F3), wherever they stand. */
  voiders: readonly Voider[]
}

export interface EnteredWay extends Bringing {
  readonly at: Instant
}

export interface Voider {
  readonly eventId: string
  readonly at: Instant
  readonly ways: readonly EnteredWay[]
}

/** Which cases of former exports of a register an export says nothing of (I14). */
export interface AbsentQuery {
  /** Entry numbers of the former exports, and of those that are this one. */
  readonly former: readonly number[]
  readonly present: readonly number[]
  /** Rows of this source and file that wait in the quarantine are there (I15). */
  readonly source: string
  readonly file: string | null
  /** Cases are looked at by number, behind this one ('': all), so many at once. */
  readonly after: string
  readonly limit: number
}

/** What an import brought, by what became of it. */
export interface ImportBrought {
  /** Facts that came by it first, and that were known and came by it again. */
  readonly first: number
  readonly again: number
  /** Events of its rows that were refused, each for a fault of its own; rows of it that wait still, undecided. */
  readonly refused: number
  readonly waiting: number
}

/** A fact that an import brought. */
export interface ImportedFact {
  readonly seq: number
  readonly source: string
  readonly eventId: string
  readonly projectNo: string | null
  readonly voids: readonly string[]
}
