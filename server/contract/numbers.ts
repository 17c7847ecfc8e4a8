// Shapes of what is said of case numbers (I11): own ones, numbers that sources give several items, joinings that wait for a
// person. Types only.

/** A joining of two numbers that a source asks for and a person decides (I11). */
export interface AliasProposal {
  /** Its entry in the ledger. */
  proposal: number
  asked_at: string
  source: string
  source_name: string
  alias: string
  project_no: string
  /** false: it asks to part them. */
  joined: boolean
  why: string
  state: 'waiting' | 'accepted' | 'declined'
  /** The two are one case at present. */
  stands: boolean
  decided_at: string | null
  decided_by: string | null
  decided_why: string | null
}

/** Which item a source gives a number, and since when (I11). */
export interface ItemTold {
  source: string
  source_name: string
  item: string
  item_name: string
  item_name_en: string
  event_id: string
  occurred_at: string
  entered_at: string
}

/** A number that sources give several items (I11, 疑似撞号). */
export interface Collision {
  project_no: string
  department: string
  department_name: string
  department_name_en: string
  status: string
  told: ItemTold[]
  /** When the second of them came in. */
  since: string | null
  /** Cards that wait for it. */
  waiting_cards: number
  /** A person has said that they are one case; null: nobody has. */
  one_case: { by: string; at: string; why: string } | null
}

/** A source's own number, as the source says it (I11). */
export interface OwnNumber {
  source: string
  source_name: string
  said: string
}
