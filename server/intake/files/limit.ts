// A limit as tables of offices write it (I8): `10个工作日`, `即办`, or as the wire does. Guesses no unit.

import { parseLimit } from '../../core/time/limit.ts'
import type { Cell } from './row.ts'
import { plainText } from './text.ts'

/** As tables of offices write limits. A bare number or 日 is no limit: in 许可 82 a 日 is a working day, elsewhere not. */
const SPOKEN: readonly (readonly [RegExp, string])[] = [
  [/^(\d{1,4})\s*个?工作日$/, 'WD'],
  [/^(\d{1,4})\s*个?自然日$/, 'ND'],
  [/^(\d{1,3})\s*个月$/, 'M'],
  [/^(\d{1,4})\s*个?(?:工作|办公)小时$/, 'H'],
]

const limitText = (text: string): string => {
  for (const [pattern, unit] of SPOKEN) {
    const number = pattern.exec(text)?.[1]
    if (number !== undefined) return `${number}${unit}`
  }
  return text === '即办' || text === '当日' ? '0' : text
}

/** The limit a cell says; null: none that can be read. */
export const limitIn = (cell: Cell): ReturnType<typeof parseLimit> => parseLimit(limitText(plainText(cell).trim()))

/** Whether a cell says a limit as offices write one. */
export const isLimit = (cell: Cell): boolean => limitIn(cell) !== null
