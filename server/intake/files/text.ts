// A cell as a text (I8, I9): as people read it, and whether a spreadsheet has cut it. A sheet keeps fifteen digits of a
// number: a longer code that stood in it as one has lost the rest, and a table saved out of it says 1.14E+30. Such a cell
// is no text and no code of anything; a field that is a number may hold it. Decides nothing about rows.

import { UNSEEN } from '../code.ts'
import { isSheetError } from '../nothing.ts'
import type { Cell } from './row.ts'

/** A cell as people read it. */
export const plainText = (cell: Cell): string => {
  if (typeof cell !== 'object' || cell === null) return String(cell)
  if ('error' in cell) return cell.error
  if ('shown' in cell) return cell.shown
  const text = cell.toISOString().slice(0, 19)
  return text.endsWith('T00:00:00') ? text.slice(0, 10) : text
}

/** `="0042"`, `=""0043""` and `'0044`: marks that keep a code text on its way through a spreadsheet. */
const WRAPPED = /^=\s*"((?:[^"]|"")*)"$/s
const OUTER = new RegExp(`^[\\s\\p{Cc}${UNSEEN}]+|[\\s\\p{Cc}${UNSEEN}]+$`, 'gu')

/** Chinese, Japanese, Korean: of what nobody sees the Hangul filler lies between them, below. */
const isPlainEdge = (unit: number): boolean => (unit > 0x20 && unit < 0x7f) || (unit > 0x3164 && unit < 0xd800)

/** A text without what was put about it to keep it one; a leading apostrophe only before one word. */
export const unmarked = (text: string): string => {
  const first = text.charCodeAt(0)
  // nearly all texts begin and end with a letter, a figure or Chinese
  if (isPlainEdge(first) && isPlainEdge(text.charCodeAt(text.length - 1)) && first !== 0x3d && first !== 0x27)
    return text
  const bare = text.replace(OUTER, '')
  const wrapped = WRAPPED.exec(bare)?.[1]
  if (wrapped !== undefined) return wrapped.replaceAll('""', '"').replace(OUTER, '')
  return /^'[\p{L}\p{N}][^'\s]*$/u.test(bare) ? bare.slice(1) : bare
}

/** A cell as a number is written, where a number is asked for: a format adds nothing to it. */
export const numberText = (cell: Cell): string =>
  typeof cell === 'object' && cell !== null && 'number' in cell ? String(cell.number) : plainText(cell)

/** Whether a cell holds an error of a sheet, kept as one or printed as text: it has no value. */
export const isError = (cell: Cell): boolean =>
  typeof cell === 'string' ? isSheetError(cell) : typeof cell === 'object' && cell !== null && 'error' in cell

/** The least whole number of more digits than a sheet keeps. */
const FIRST_CUT = 1e15

/**
 * `4.40106E+17` as sheets write it, with a comma in some countries: only from twelve digits on, below that they show them
 * all. `4.40106E17` as programs that read sheets do, of a number longer than a sheet keeps. `3.2E01` is a window's name.
 */
const SCIENTIFIC = /^[+-]?(?:\d(?:[.,]\d+)?E\+(?:1[1-9]|[2-9]\d|[1-9]\d\d)|\d[.,]\d+E(?:1[5-9]|[2-9]\d))$/i

/** Whether a long code became a number on its way and is no longer whole. */
export const hasLostDigits = (cell: Cell): boolean =>
  typeof cell === 'number'
    ? Number.isInteger(cell) && Math.abs(cell) >= FIRST_CUT
    : typeof cell === 'string' && SCIENTIFIC.test(cell.trim())

/** A number out of a format that writes its digits out: what a double holds to the last of them is no cut code. */
export const wholeDigits = (number: number): number | string =>
  Number.isSafeInteger(number) && Math.abs(number) >= FIRST_CUT ? String(number) : number

const WHOLE = /^-?\d{1,15}(?:\.0+)?$/
const WITH_POWER = /^-?\d(?:\.\d+)?E\+?\d{1,2}$/i
/** From here on a sheet shows six digits of a number and a power of ten, and the rest is gone. */
const FIRST_ROUNDED = 1e11

/** The whole number a text says, also as 1.5E+3; null: it says none, or one that is rounded. */
export const wholeNumber = (text: string): number | null => {
  if (WHOLE.test(text)) return Number(text) + 0
  const number = WITH_POWER.test(text) ? Number(text) : Number.NaN
  return Number.isInteger(number) && Math.abs(number) < FIRST_ROUNDED ? number + 0 : null
}
