// What one export of a register changed, as the wire tells it (I14). Types only.

/** One cell of a register that an export changed (I14), as the wire writes its values. */
export interface ImportCellChange {
  project_no: string
  /** Line of its row in the file. */
  line: number
  /** Names the event among those of its row. */
  key: string
  event_type: string
  /** added: the row said nothing there before; emptied: it says nothing there now, and the event is void. */
  what: 'changed' | 'added' | 'emptied'
  /** `occurred_at`, a field, a payload key; `personal`: something personal, whose values are not told. */
  field: string
  was: string | null
  now: string | null
}

/** Two files as of one instant say different things of one event of a row (I14): the greater by file digest and line holds. */
export interface ImportTie {
  project_no: string
  key: string
  line: number
  holds: 'this' | 'other'
  /** Name of the other file, by its latest import; its digest where none is known. */
  other_file: string
  other_line: number
}

/** What one export of a register changed (I14): counts of its rows, and the first of what changed and of what is absent. */
export interface ImportChanges {
  register: string
  /** Cases that its rows are of. */
  rows: number
  new: number
  changed: number
  same: number
  /** Rows that differ from a later export, which holds; and from another file as of the same instant, which holds. */
  older: number
  tied: number
  /** Of a case that the register did not have, and without any date: nothing of them is taken in. */
  dateless: number
  /** Cells that changed, were added or emptied; and those emptied among them, whose events are void. */
  cells: number
  emptied: number
  /** Cases of former exports that this one says nothing of: they stay. */
  absent: number
  /** Rows whose case number cannot be read: whose they are nobody can tell; and the cases that they may be of, not told as absent. */
  unnumbered: number
  unsure: number
  /** Events of which another file as of the same instant says something else, whichever of the two holds. */
  ties: number
  first_cells: ImportCellChange[]
  first_ties: ImportTie[]
  first_absent: string[]
}
