// Numbers that a spreadsheet has cut though they stand as text (I8): of a long number it keeps fifteen digits and fills the rest
// with noughts, and what is then saved as text looks like any other. One of sixteen digits or more of which all past the fifteenth
// and the last three are noughts, in a column where others are not so, is told as a doubt; a column of such codes alone is none.

import type { Mapping } from './map.ts'
import type { FileCode, Place } from './row.ts'
import type { Sample } from './sample.ts'
import { plainText } from './text.ts'

/** Digits that a spreadsheet keeps of a number. */
const KEPT = 15
const LONG = /^[1-9]\d{15,}$/

const looksCut = (digits: string): boolean => digits.endsWith('000') && /^0+$/.test(digits.slice(KEPT))

export interface CutNumbers {
  readonly place: Place
  readonly code: FileCode
  readonly detail: string
}

/** One doubt a column, at the first row that gives it. Without a mapping every column is asked, else those it reads. */
export const cutNumbersIn = ({ columns, rows }: Sample, mapping: Mapping | null): CutNumbers[] =>
  columns.flatMap(({ name }) => {
    if (mapping !== null && !mapping.uses.some(({ column }) => column === name)) return []
    const long = rows.flatMap(({ kind, place, ...row }) => {
      const cell = kind !== 'unread' && 'cells' in row ? (row.cells as Record<string, unknown>)[name] : null
      const digits = typeof cell === 'string' ? plainText(cell).trim() : ''
      return LONG.test(digits) ? [{ place, digits }] : []
    })
    const cut = long.filter(({ digits }) => looksCut(digits))
    const [first] = cut
    if (first === undefined || cut.length === long.length) return []
    return [
      { place: first.place, code: 'number_cut', detail: `${name}: ${first.digits} (${cut.length}/${long.length})` },
    ]
  })
