// What a table of master data is (I9), as data: its name in a catalogue document, what names its rows, its fields. From this
// one descriptor follow the shape that is checked, the headers of a file, the kinds its cells are read as, limits and days,
// the names shown for codes, and what is flagged. What core reads of a row is core's own matter (core/law/tables.ts).

/** Other tables whose rows a code may name. */
export type Referred = 'regions' | 'departments' | 'windows' | 'calendars'

export type FieldShape = {
  /** Whether every row must say it; absent: it may be left out. */
  readonly must?: true
} & (
  | { readonly kind: 'text' }
  | { readonly kind: 'code'; readonly most?: number; readonly refers?: Referred }
  /** In the syntax of T4. */
  | { readonly kind: 'limit' }
  /** YYYY-MM-DD. */
  | { readonly kind: 'day' }
  | { readonly kind: 'whole'; readonly from: number; readonly to: number }
  | { readonly kind: 'flag' }
  | { readonly kind: 'word'; readonly of: readonly string[] }
  | { readonly kind: 'texts'; readonly most: number; readonly pattern: string; readonly chars?: number }
  /** Rows within a row. */
  | { readonly kind: 'rows'; readonly most: number; readonly fields: Fields }
)

export type Fields = Readonly<Record<string, FieldShape>>

export interface MasterTableShape {
  /** The member of a catalogue document, and of the path under which it is listed. */
  readonly name: string
  /** The field that names a row. */
  readonly key: string
  readonly fields: Fields
}

/** What every row may say: the first day it holds. */
export const VALID_FROM: Fields = { valid_from: { kind: 'day' } }

/** What people call it. */
export const NAMES: Fields = { name: { kind: 'text', must: true }, name_en: { kind: 'text' } }
