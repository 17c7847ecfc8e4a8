// The port of the store: Ledger writes, Records reads. Every method returns a Promise; plans cross as data,
// and no transaction callback, handle or cursor does. SQLite and memory stand behind it, one contract suite for all.
// Nothing here assumes that one process sees every case, or one global sequence beyond its own ledger.

import type { Card, CardMove, CardState } from '../core/card/card.ts'
import type { Dimension, Flow, FlowKind } from '../core/measure/flows.ts'
import type { Scope } from '../core/scope.ts'
import type { Instant } from '../core/time/instant.ts'
import type { AbsentQuery, FactRow, ImportBrought, ImportedFact, StoredFact, Voider } from './facts.ts'
import type { QuarantineReads, QuarantineRow, QuarantineSteps } from './held.ts'
import type { InputEntry, InputKind, InputRow } from './inputs.ts'
import type { Claim, Lease, Lost } from './lease.ts'
import type { Step } from './step.ts'
import type { SubjectRow } from './subjects.ts'

export type {
  AbsentQuery,
  BringingBody,
  EnteredWay,
  FactRow,
  ImportBrought,
  ImportedFact,
  StoredFact,
  Voider,
} from './facts.ts'
export type { InputEntry, InputKind, InputRow } from './inputs.ts'
export type { Claim, Lease, Lost } from './lease.ts'
export { isLost } from './lease.ts'
export type { SubjectRow } from './subjects.ts'

export interface CaseRow {
  projectNo: string
  /** JSON of the folded state. */
  state: string
  /** Engine and law version it was folded and judged with. */
  engine: number
  law: number
  judgedAt: Instant
  nextTurnAt: Instant | null
  /** Received or accepted, not concluded. */
  inHand: boolean
  status: string
  level: number
  region: string
  department: string
  item: string
  source: string
  /** Window (or @department) that answers for it now. */
  window: string
  /** Promised (else statutory) due instant; null when undated. */
  dueAt: Instant | null
  /** occurred_at of the newest folded fact: an incoming fact not after it calls for a refold. */
  lastAt: Instant
  /** Set when fold, judge or count threw: the case is set apart (J5). */
  apart: string | null
  flows: Flow[]
}

/** All that one plan writes, in one transaction. Sums are the store's to make, from the flows of the cases. */
export interface Batch {
  step: Step
  /** Entry instant (supervision clock); never before the last commit's. */
  at: Instant
  facts: FactRow[]
  inputs: InputRow[]
  cases: CaseRow[]
  /** Cases whose row goes away (an alias joined them into another). */
  casesGone: string[]
  /** Subjects beside the cases, whole; absent: none of them changed. */
  subjects?: SubjectRow[]
  cards: Card[]
  moves: CardMove[]
  quarantine: QuarantineRow[]
  /** What else happens to the quarantine; absent: nothing. Done before the new rows come in. */
  quarantineSteps?: QuarantineSteps
  /** Every turn up to this instant has been taken; null: unchanged. */
  turnedTo: Instant | null
  /** Largest lag bookkeeping: source → last entry instant. */
  sources: { source: string; lastAt: Instant; lastEventAt: Instant }[]
}

export interface Committed {
  /** Number of the commit (chain link), the first and last entry sequence it wrote (0 when it wrote none). */
  commit: number
  firstSeq: number
  lastSeq: number
}

/** A figure that does not equal its recount (M7). */
export interface AuditDifference {
  dimension: Dimension
  key: string
  department: string
  kind: FlowKind
  on: number
  /** What totals say, and what the flows of the cases sum to. */
  stored: number
  counted: number
}

export interface Ledger {
  /** What this writer holds, and the last commit: what its claims are made of. Nothing is written. */
  lease(): Promise<Lease>
  /**
   * Atomic and durable (the log synced) when the promise resolves with what was committed; nothing of it is kept when it
   * rejects, or answers *lost*: then the claim did not hold. Without a claim nothing is compared: a file that is nobody else's.
   */
  commit(batch: Batch, claim?: Claim): Promise<Committed | Lost>
  close(): Promise<void>
}

/** What planning has to know before it plans a set of facts (the only read before it). */
export interface GatherKeys {
  facts: Pick<FactRow, 'source' | 'eventId' | 'projectNo' | 'at' | 'voids' | 'voidsToo' | 'isEdition'>[]
  /** Case rows held in the caller's cache: their rows need not be read again. project → lastAt. */
  cached: ReadonlyMap<string, Instant>
}

export interface StoredCase {
  row: CaseRow
  /** Cards of the case, standing or not. */
  cards: Card[]
}

export interface View {
  /** Stored facts under the incoming ids; by factKey. */
  known: Map<string, StoredFact>
  /** The stored facts that name an incoming one; by its factKey. */
  voiders: Map<string, readonly Voider[]>
  /** Named in `voids` by an incoming fact: where the own source's target lies; by factKey. */
  targets: Map<string, { projectNo: string | null }>
  /** factKeys (own source, named id) that the own source does not hold but another does (F3 not_yours). */
  foreign: Set<string>
  /** Rows of every touched case that is not cached, targets' cases included. A fact that is known touches nothing. */
  cases: Map<string, StoredCase>
  /**
   * All stored facts, void ones too, of each touched case that must be folded again: an incoming fact not after lastAt
   * or of a register, a target's case, an incoming fact that is named already, or a case that has facts but no row.
   * In no promised order.
   */
  facts: Map<string, StoredFact[]>
  /** Which cases those are, whether they have facts under that very number or not. */
  again: Set<string>
}

/** The window a card stands under: its holder's, a window card's own, else the back office of its department (M5). */
export const windowOfCard = (card: Card): string =>
  card.subjectKind === 'window' ? card.subject : (card.holder.window ?? `@${card.department}`)

export interface CardQuery {
  within?: Scope
  state?: string
  level?: number
  rule?: string
  window?: string
  department?: string
  /** Those of the cases under any of these numbers. */
  projectNos?: readonly string[]
  /** Only those that wait for an answer (isWaiting). */
  waiting?: boolean
  /** Opaque cursor of the former page. */
  after?: string
  limit: number
}

export interface CaseQuery {
  /** Only those for which a department of the scope answers (A1); absent: all. */
  within?: Scope
  window?: string
  department?: string
  level?: number
  inHand?: boolean
  apart?: boolean
  /** A number that sources give several items (I11): waiting for a person, or said to be one case. */
  collision?: 'waiting' | 'one_case'
  after?: string
  limit: number
}

export interface BehindQuery {
  /** A figure may be the sum of several kinds. */
  kinds: readonly FlowKind[]
  from: number
  to: number
  dimension: Exclude<Dimension, 'hour' | 'code' | `member_${string}`>
  /** null: all keys. */
  key: string | null
  /** Only flows under one of these departments. */
  departments?: readonly string[]
  /** Only members of joint handlings, or none of them (M1); absent: both. */
  member?: boolean
  after?: string
  limit: number
}

export interface TotalRow {
  key: string
  department: string
  kind: FlowKind
  n: number
}

/** The heads of one window for the wall: found by index, never by scanning its cases. */
export interface WindowHead {
  window: string
  /** Worst case in hand: highest level, then earliest due. */
  worst: { projectNo: string; level: number; dueAt: Instant | null } | null
  /** Earliest due instant ahead of now among its cases in hand. */
  nextDueAt: Instant | null
  /** Cases in hand due in (now, untils[i]]. */
  dueWithin: number[]
}

export interface Records extends QuarantineReads {
  gather(keys: GatherKeys): Promise<View>
  /** Rows and cards of these cases; absent ones are left out. */
  cases(projectNos: readonly string[]): Promise<Map<string, StoredCase>>
  /** Facts of a case in the order they came, void ones too. */
  factsOf(projectNo: string): Promise<StoredFact[]>
  /** Facts of many cases, void ones too, for refolding: which of them stand is core's to say. */
  factsOfMany(projectNos: readonly string[]): Promise<Map<string, StoredFact[]>>
  /** Cases with a turn at or before `at`, earliest first. */
  due(at: Instant, limit: number): Promise<StoredCase[]>
  nextTurnAt(): Promise<Instant | null>
  /**
   * Cases judged under another law or engine: a slice, in the order they first came, after the case `after` ('': all).
   * `law` null: those of another engine alone.
   */
  stale(law: number | null, engine: number, after: string, limit: number): Promise<StoredCase[]>
  /**
   * Case numbers that facts name and no case row bears, and by which source: cases of which no fact stands, or strays (M7);
   * of these sources every number.
   */
  strays(limit: number, of: readonly string[]): Promise<{ projectNo: string; source: string }[]>
  /** Numbers under which a source spoke of cases in the entries (after, upTo], each once. */
  numbersSaid(source: string, after: number, upTo: number): Promise<string[]>
  /** Cases, newest first; rows that only keep cards of a case without facts (status `void`) are left out. */
  listCases(query: CaseQuery): Promise<{ rows: CaseRow[]; next: string | null }>
  card(cardId: string): Promise<{ card: Card; moves: CardMove[] } | null>
  /** How many cards are in a state, of those within a scope. */
  countCards(state: CardState, within?: Scope): Promise<number>
  cardsOf(subjectKind: string, subjects: readonly string[]): Promise<Card[]>
  listCards(query: CardQuery): Promise<{ rows: { card: Card; moves: CardMove[] }[]; next: string | null }>
  /** Sums by key (and department) of one dimension: kinds that flow over [from, to], stocks over (-∞, to]. */
  totals(dimension: Dimension, from: number, to: number, department?: string): Promise<TotalRow[]>
  /** Day by day sums of some keys of a dimension, for group rules and for the usual day. */
  daily(
    dimension: Dimension,
    keys: readonly string[] | null,
    kinds: readonly FlowKind[],
    from: number,
    to: number,
  ): Promise<{ key: string; kind: FlowKind; on: number; n: number }[]>
  heads(windows: readonly string[], now: Instant, untils: readonly Instant[]): Promise<WindowHead[]>
  /** Cases in hand by due day for the forecast: day-bounded counts over (bounds[i], bounds[i+1]]. */
  dueBetween(bounds: readonly Instant[], department?: string): Promise<{ due: number; warned: number }[]>
  /**
   * Totals against the sum of the flows of the cases (M7), every dimension, the first `limit` differences. With a
   * recount of each case from its facts this makes the audit whole.
   */
  auditFlows(limit: number): Promise<AuditDifference[]>
  /**
   * Cases behind a figure (click-through), by number, each with what it adds to it: the sum of its flows of these kinds
   * under this key, on [from, to], of stocks on (-∞, to]. A case whose flows cancel is not among them.
   */
  casesBehind(query: BehindQuery): Promise<{ cases: { projectNo: string; n: number }[]; next: string | null }>
  /** Law inputs in the order they came: all, or so many after an entry. */
  laws(asked?: { readonly after: number; readonly limit: number }): Promise<InputEntry[]>
  /** Joinings of two numbers into one case and their undoing (I11), in the order they came. */
  aliases(): Promise<InputEntry[]>
  /** Inputs of one kind in the order they came. */
  inputs(kind: InputKind): Promise<InputEntry[]>
  /** Facts that an import brought, after a sequence, in order. */
  importedFacts(importNo: number, afterSeq: number, limit: number): Promise<ImportedFact[]>
  importCounts(importNo: number): Promise<ImportBrought>
  /** One stretch of the cases that an export says nothing of; `next`: the case it came to, null at the end. */
  absentCases(query: AbsentQuery): Promise<{ cases: string[]; next: string | null }>
  /** How many facts each of these cases holds of each source. */
  factCounts(projectNos: readonly string[]): Promise<{ projectNo: string; source: string; n: number }[]>
  /** Where facts lie; by factKey, absent ones left out. */
  placesOf(facts: readonly { source: string; eventId: string }[]): Promise<Map<string, { projectNo: string | null }>>
  sources(): Promise<{ source: string; lastAt: Instant; lastEventAt: Instant }[]>
  /** Every subject beside the cases, by kind and key. */
  subjects(): Promise<SubjectRow[]>
  /** The instant of the last commit at or before one; null: there is none. */
  committedBy(at: Instant): Promise<Instant | null>
  /** Where the store stands. */
  head(): Promise<{ commit: number; seq: number; at: Instant | null; turnedTo: Instant | null; cases: number }>
  close(): Promise<void>
}
