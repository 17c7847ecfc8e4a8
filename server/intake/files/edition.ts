// The events of a row of a register (I14): each bears the register, its key in the row, as of when the register was so, and
// where the row stands; a key that the row says nothing of is made void, for its cell may have been emptied since. Knows
// no other export: which edition holds is settled where facts are.

import type { WireRegister } from '../../contract/ingest.ts'
import type { Made } from './making.ts'
import type { Row } from './row.ts'

/** Which export of a register a row stands in. */
export interface EditionFrom {
  /** Digest of the file. */
  readonly file: string
  /** RFC 3339; null: each row says it. */
  readonly asOf: string | null
}

/** What one rule made of the row. */
export interface Keyed {
  readonly key: string
  readonly made: readonly Made[]
  /** The row ends before it: whether there is such an event it does not say. */
  readonly isCut: boolean
}

interface Editing {
  readonly name: string
  readonly file: string
  /** null: the row does not say it; then it waits, and says no cell empty. */
  readonly asOf: string | null
  /** null: it cannot be read; then the row waits, too. */
  readonly projectNo: string | null
}

/** One event a key, in the order of the rules. */
export const editionsOf = (row: Row, keyed: readonly Keyed[], { name, file, asOf, projectNo }: Editing): Made[] => {
  const byKey = new Map<string, Made[]>()
  const cut = new Set(keyed.flatMap(({ key, isCut }) => (isCut ? [key] : [])))
  for (const { key, made } of keyed) byKey.set(key, [...(byKey.get(key) ?? []), ...made])
  return [...byKey].flatMap(([key, made]): Made[] => {
    const register: WireRegister = { name, key, as_of: asOf ?? '', file, line: row.place.line }
    if (made.length > 0) return made.map((one) => ({ ...one, event: { ...one.event, register } }))
    // a cell that is not there is no emptied one
    if (asOf === null || projectNo === null || cut.has(key)) return []
    const event = { event_id: null, event_type: 'VOID', occurred_at: asOf, project_no: projectNo, register } as const
    return [{ event, isScaled: false }]
  })
}
