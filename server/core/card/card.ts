// A card (C2–C5) is Found and Held. Found is what judging says of it, written anew each time it judges: rule, occasion,
// limit, holder, basis. Held is what people and notifications made of it, and is never recomputed: its state, what was
// confirmed or declined, the reply clock, how it stood before something overtook it. A card is never deleted.

import type { Flow } from '../measure/flows.ts'
import type { Instant } from '../time/instant.ts'

/** 监察预警类型代码 of GB/T 39046-2020: 1 预警, 2 黄牌, 3 红牌. */
export type CardLevel = 1 | 2 | 3

export type SubjectKind = 'case' | 'window' | 'operator' | 'post' | 'source' | 'code'

export type HolderRole = 'applicant' | 'front' | 'back' | 'joint' | 'intermediary' | 'upper'

/** Who held or answers for a case at an instant (F4). */
export interface Holder {
  readonly role: HolderRole
  readonly org: string | null
  readonly window: string | null
  readonly operator: string | null
  readonly operatorName: string | null
}

/** What judging found to hold: a card that should stand. Pure, the same for any order of arrival. */
export interface Finding {
  readonly rule: string
  /** What made it possible (C2): 'promise', 'statute', the opening fact's key, the first day of an episode. */
  readonly occasion: string
  readonly level: CardLevel
  /** The computed instant at which the limit passed (J3). */
  readonly limitAt: Instant
  readonly holder: Holder
  /** Measured value against limit, in words of data: {due_at, limit, measured, unit …}. */
  readonly basis: Readonly<Record<string, string | number | boolean | null>>
  /** On a provisional date, cards above 预警 are not counted until the calendar covers it (T13). */
  readonly provisional: boolean
  /** A batch source may yet deliver what was done in time: shown as 待核, not told, not counted (I13). */
  readonly waits: boolean
  /**
   * What it rests on is not sure: only one of differing versions gives it (F5), or the type of the item is not known (T8).
   * Names what; a person confirms or declines it.
   */
  readonly contested?: string | null
  /** Where firsts are told differently: every telling that gives it, its own before the others (F5). */
  readonly given?: readonly GivenBy[]
}

/** What a telling says: the events it follows, of each first that is told differently one, and the limit by it (F5). */
export interface ToldLimit {
  readonly by: readonly string[]
  readonly limitAt: Instant
}

/** A finding as one telling gives it. */
export interface GivenBy extends ToldLimit {
  readonly holder: Holder
  readonly basis: Finding['basis']
}

/** What a person is asked about: the tellings that give it, and why it is not sure. */
export interface Doubted {
  readonly tellings: readonly ToldLimit[]
  readonly contested: string | null
  readonly provisional: boolean
}

/** What a person has declined, and when. */
export interface Declined extends Doubted {
  readonly at: Instant
}

export const CARD_STATES = [
  'raised',
  'to_confirm',
  'notified',
  'explained',
  'appealed',
  'upheld',
  'revoked',
  'downgraded',
  'rectifying',
  'rectified',
  'closed',
  'lifted',
  'overtaken',
  'escalated',
  'to_lift',
] as const
export type CardState = (typeof CARD_STATES)[number]

/** What would lift a told card though it came too late to do so by itself (C5). */
export interface LiftGround {
  readonly kind: 'fact' | 'void' | 'alias' | 'numbers' | 'withdrawal' | 'clock'
  readonly source: string | null
  /** event_id, the other case number, the import, or the source whose numbers were declared. */
  readonly ref: string
  /** Event type and stamp of a fact. */
  readonly type: string | null
  readonly at: Instant | null
  /** The person behind it – who said it, imported it or handed it in –, who cannot decide; null: a source. */
  readonly by: string | null
}

/** How a card stood: so it stands again. */
export interface Stood {
  readonly state: CardState
  readonly replyDueAt: Instant | null
}

/** A case as it was before what would lift a told card came. */
export interface Former {
  /** Which engine has folded it: no other reads it. */
  readonly engine: number
  /** When that came. */
  readonly at: Instant
  /** The folded state, as JSON. */
  readonly state: string
}

/** 待撤: whether a card is to be lifted is asked of a person, and what the person said. */
export interface LiftAsked {
  readonly grounds: readonly LiftGround[]
  readonly askedAt: Instant
  /** Until when somebody is to decide. */
  readonly decideBy: Instant
  /** null: nobody has decided yet; `keep` holds against these grounds, a further one asks anew. */
  readonly decided: 'lift' | 'keep' | null
  /**
   * A law makes the finding hold again, so that nothing is asked now: how the card stood, and what was found of it. Were
   * that law taken back, it would be to be lifted, kept, or lifted by a person, as it was (T1a).
   */
  readonly dormant?: { readonly stood: Stood; readonly found: CardFound }
  /**
   * Of a card of the limit whose case has no fact left that receives or accepts it: what the case added to the figures when
   * it lost the last one, cards apart. So it counts until somebody decides (F3, C5).
   */
  readonly counted?: readonly Flow[]
  /** What was told, for a law to judge (J6); absent: not known, and no law that moves its limit lifts it. */
  readonly former?: Former
}

/** What judging says of a card, with the names under which it is kept. */
export interface CardFound {
  readonly cardId: string
  readonly rule: string
  /** Cards of one family overtake each other; only the highest standing one of a case counts. null: none. */
  readonly family: string | null
  /** The level it has now: its finding's, unless a verdict gave it another. */
  readonly level: CardLevel
  readonly subjectKind: SubjectKind
  /** project_no, window_no, operator_id, … of the subject. */
  readonly subject: string
  readonly projectNo: string | null
  readonly occasion: string
  readonly department: string
  readonly region: string
  readonly item: string
  /** Of a member of a joint handling: sums across departments leave it out and show it beside (M1). */
  readonly member: boolean
  readonly holder: Holder
  readonly limitAt: Instant
  /** Of record (C10): never notified, no reply clock, no chime. */
  readonly ofRecord: boolean
  readonly provisional: boolean
  /** What the versions of its case differ in, where only one of them gives it (F5). */
  readonly contested: string | null
  /** What is doubted of it; null: nothing is. */
  readonly doubted: Doubted | null
  readonly basis: Readonly<Record<string, string | number | boolean | null>>
}

/** What people and notifications made of a card; judging never recomputes it. */
export interface CardHeld {
  readonly raisedAt: Instant
  readonly state: CardState
  /** While it is overtaken, lifted or to be lifted: how it stood. null: it stands, or never stood. */
  readonly stood: Stood | null
  readonly replyDueAt: Instant | null
  /** A person has confirmed what waited for one (rules of mode `confirm`, differing versions). */
  readonly confirmed: boolean
  /** A law has made sure what was confirmed over this doubt (T1a). */
  readonly confirmedOver?: Doubted
  /** The level a verdict gave it instead of its own. */
  readonly downgradedTo: CardLevel | null
  readonly lift: LiftAsked | null
  /**
   * What people have declined of it, or lifted over a doubt: these, and nothing further (C5, F5). Absent of cards that an
   * engine before this was kept wrote.
   */
  readonly declined?: readonly Declined[]
  /** Number of the last move in its history, from 1. */
  readonly moves: number
}

export interface Card extends CardFound, CardHeld {}

/** One line of a card's history: who, when, what, why. */
export interface CardMove {
  readonly cardId: string
  readonly n: number
  readonly at: Instant
  readonly move: string
  readonly state: CardState
  /** 'clock', 'facts', 'law', 'move' (of another card of its family), or the name of the person or key. */
  readonly by: string
  readonly why: string
}
