// What waits of a case and is in none of its figures (I15). Types only.

export interface WaitingLine {
  /** Its number in the quarantine. */
  id: number
  /** When it came. */
  at: string
  source_system: string
  source_name: string
  event_id: string | null
  /** As it was sent; null: it cannot be read. */
  event_type: string | null
  /** Of the case's numbers the one that it names. */
  project_no: string
  code: string
  field: string | null
  message: string
  message_en: string
  /** Entry of the import that brought it, and its row there, counted from 1 without the head; null: it came live. */
  import_no: number | null
  row: number | null
}

/** All of it counted, the first 20 in the order they came. */
export interface CaseWaiting {
  count: number
  items: WaitingLine[]
}
