// The folded case (F1): what happened, by facts alone. No law, no clock, no arrival in it; spans may be open.
// It is stored as JSON, so every part is plain data. Judging clips spans to the conclusion and lays the law over it.

import type { Holder } from '../card/card.ts'
import type { Instant } from '../time/instant.ts'
import type { Spoken } from './ability.ts'
import type { OrderKey } from './event.ts'
import type { TwinGroup } from './twins.ts'

/** An event that counts, with who stood behind it. */
export interface Mark {
  /** Of day precision: the start of that day. Compare with isBy, isAfter and standsAt, never by itself. */
  readonly at: Instant
  /** 按日 (I15). */
  readonly precision: 'day' | null
  readonly eventId: string
  readonly source: string
  readonly org: string | null
  readonly window: string | null
  readonly operator: string | null
  readonly operatorName: string | null
}

/** Identity of an event (I2). */
export type Teller = Pick<Mark, 'source' | 'eventId'>

export interface StatedLimit {
  readonly value: number
  readonly unit: string
}

export interface Received extends Mark {
  readonly item: string | null
  readonly applyType: string | null
  readonly projectType: string | null
  readonly visits: number | null
  readonly greenChannel: string | null
  /** The parent's number as it was said: the case is a member of that joint handling (M1); its own number is none. */
  readonly jointParent: string | null
}

export interface Accepted extends Mark {
  readonly item: string | null
  readonly projectType: string | null
  readonly promise: StatedLimit | null
  readonly statute: StatedLimit | null
  /** A stated due date (YYYY-MM-DD) or instant (epoch ms). */
  readonly promiseDue: string | number | null
  readonly statuteDue: string | number | null
  /** Up to when the stated dues hold what had happened; absent: up to the event (T10). */
  readonly dueAsOf?: string | number
  /** normal, tolerant 容缺受理, commitment 告知承诺; null: not said. */
  readonly mode: string | null
}

export interface Notice extends Mark {
  readonly doneAt: Instant | null
  /** Handed in on a bare day: its last instant. */
  readonly doneBy?: Instant
}

export interface Step extends Mark {
  readonly code: string
  /** null: only its end was reported. */
  readonly from: Instant | null
  readonly to: Instant | null
  readonly branch: string | null
  /** Of a bare day on which another began: which of them ended the other is not known, and neither is known to run on. */
  readonly unsure?: true
  /** It ended with a STEP_END; absent: with the next of its branch, or not yet. */
  readonly endTold?: true
  /** That end is a stamp of the bare day on which it began: it had begun by then. */
  readonly endedBefore?: true
  readonly statedDue: string | number | null
  readonly dueAsOf?: string | number
}

export interface Pause extends Mark {
  readonly kind: string
  readonly to: Instant | null
  /** Ended by a bare day: its last instant, up to which it may have gone on. */
  readonly toBy?: Instant
  /** Ended by a RESUME that names neither a pause nor a kind. */
  readonly endedAll?: true
  /** It may have ended on the day on which it began, in another order of that day (I15): nobody is told that it goes on. */
  readonly perhapsEnded?: true
  readonly approvedDays: StatedLimit | null
  /** It named what it rests on; the words are personal. */
  readonly hasBasis: boolean
  readonly approver: string | null
  readonly noticeAt: number | null
  /** Further tellings: SUSPENDs of this kind while it was open, or of another source. A RESUME may name them (T6). */
  readonly also: readonly Teller[]
}

/** A RESUME that found no pause, with what it names. */
export interface ResumeOfNothing extends Mark {
  readonly pause: string | null
  readonly kind: string | null
}

export interface Extend extends Mark {
  readonly days: number
  readonly approvedAt: Instant
  /** The event itself says when it was approved. */
  readonly approvalStated: boolean
  readonly approver: string | null
}

/** What one member of a joint handling was asked for. */
export interface JointTask extends Mark {
  /** org_code of the member. */
  readonly member: string | null
  readonly statedDue: string | number | null
  readonly dueAsOf?: string | number
  readonly repliedAt: Instant | null
  /** Replied on a bare day: its beginning. */
  readonly repliedOn?: Instant
}

export interface End extends Mark {
  readonly type: 'DECIDE' | 'COMPLETE' | 'REFUSE_ACCEPT' | 'WITHDRAW' | 'TERMINATE'
  readonly result: string | null
  readonly item: string | null
}

/** The ends of a case as another order of one day has them. */
export interface Otherwise {
  /** The beginning of that day. */
  readonly day: Instant
  readonly ends: readonly End[]
  readonly refusals: readonly Instant[]
  /** The acceptance that takes the refusal back in that order alone, where it puts somebody in charge whom no span names. */
  readonly handedBy: Mark | null
  /** From when the acceptance has somebody in charge who was not in that order; null: nobody. */
  readonly notFrom: Instant | null
  /** Either order has the same ends since. */
  readonly settled?: true
  /** There is a further such pair: no other order is judged by, and whatever is given waits. */
  readonly more?: true
}

/** An end that was told, or an acceptance that took a refusal back. */
export type Ending = End | (Mark & { readonly type: 'ACCEPT' })

export interface Custody {
  readonly from: Instant
  /** Who has it in fact. */
  readonly holder: Holder
  /** While joint members have it: who has it but for them; null: no member has it. */
  readonly lead: Holder | null
  /** The office that has it was named with its org; else that is only taken from who handed it over. */
  readonly orgTold: boolean
  /** It had the case by the receipt or the acceptance that counts, or by one that took a refusal back. */
  readonly of?: First | 'reopened'
  /** The word names nobody: back with the office before the applicant, or still with whoever has it. */
  readonly carried?: 'back' | 'still'
  /** Of the event that moved it: of one instant the phases are in order (F1). */
  readonly phase: number
}

/** The firsts that move a case. */
export type First = 'received' | 'accepted'

/** A first told again, and differently: of a RECEIVE, an ACCEPT, a DECIDE or a COMPLETE (F5). */
export type Rival =
  | { readonly of: 'received'; readonly told: Received }
  | { readonly of: 'accepted'; readonly told: Accepted }
  | { readonly of: 'decided'; readonly told: End }
  | { readonly of: 'completed'; readonly told: End }

/** Another source's item for this case (I11). */
export interface OtherItem {
  readonly source: string
  readonly item: string
}

/** 1 best … 5 worst; whether somebody gave it or the system did because nobody spoke. */
export interface Rating extends Mark {
  readonly level: number
  readonly active: boolean
}

export interface CaseState {
  readonly projectNo: string
  readonly facts: number
  readonly last: OrderKey
  readonly first: Mark
  readonly item: string | null
  readonly region: string | null
  /** Every fact is of a declared past record (I8): the earliest declared instant; null: one of them is live. */
  readonly historicalBefore: Instant | null
  /** Of each source that speaks of it, what could come the ways its facts came (I12). */
  readonly spoken: Spoken
  readonly received: Received | null
  readonly accepted: Accepted | null
  readonly notices: readonly Notice[]
  readonly steps: readonly Step[]
  readonly pauses: readonly Pause[]
  /** RESUME with nothing open (P-04). */
  readonly resumesOfNothing: readonly ResumeOfNothing[]
  readonly extensions: readonly Extend[]
  readonly joint: readonly JointTask[]
  /** Handed to an upper level (许可 43). */
  readonly upward: readonly Mark[]
  /** In order; the first of each type counts, a refusal to accept is taken out by a later ACCEPT (F5). */
  readonly ends: readonly End[]
  readonly deliveries: readonly Mark[]
  readonly urges: readonly Mark[]
  readonly complaints: readonly Mark[]
  readonly ratings: readonly Rating[]
  /** Refusals to accept that a later ACCEPT took back (F5): they broke the silence of T8 all the same. */
  readonly refusals: readonly Instant[]
  /**
   * Where the first acceptance itself took a refusal back: the ends that it took, and every end and every taking back told
   * since, in order. By another telling that acceptance was not, and took nothing back (F5). Absent: it took none.
   */
  readonly endings?: readonly Ending[]
  /**
   * A refusal to accept and an acceptance of one day, one of them bare: nobody knows which came first (I15). What ended the
   * case, and what was taken back, in the other order of the two than that of F1. Absent: no such pair was told.
   */
  readonly otherwise?: Otherwise
  readonly custody: readonly Custody[]
  /** Firsts that were told again and differently, by whatever source: 数据冲突 (F5). */
  readonly conflicts: readonly string[]
  /** The first of those differing tellings, each once, to be judged by. */
  readonly rivals: readonly Rival[]
  /** There were more than are kept. */
  readonly rivalsBeyond: boolean
  /** Items that other sources than the first to name one give this number: 疑似撞号 (I11). */
  readonly collision: readonly OtherItem[]
  /** A person has said that they are of one case all the same; absent: nobody has. */
  readonly oneCase?: true
  /** Who named `item`. */
  readonly itemSource: string | null
  /** When something was handed in last, by a stamp: a notice of that bare day may have come before it (I15). */
  readonly handedInAt: Instant | null
  /** Replies of the last day that nothing had asked for: a dispatch of that bare day may have (I15). */
  readonly replies: readonly { readonly member: string | null; readonly at: Instant }[]
  /** SUSPENDs of the last day of a kind that was open: a RESUME of that bare day may have come between (I15). */
  readonly again: readonly Pause[]
  /** What a twin may still join (F5). */
  readonly twins: readonly TwinGroup[]
  /** Codes the facts name and when first: [`window:A01`, at]. */
  readonly codes: readonly (readonly [code: string, at: Instant])[]
}
