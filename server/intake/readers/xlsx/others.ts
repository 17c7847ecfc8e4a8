// Which sheet of a workbook is read, and how many rows the others hold (I8): one that people see goes before hidden ones, and
// what is not read is counted, so that it can be told. Counts rows with a value in them by their tags; reads no value.

import type { OtherSheet } from '../reader.ts'
import type { BookSheet } from './parts.ts'
import { unfoldedPart, type ZipPart } from './zip.ts'

/** Where nobody has named one: the first that is seen, else the first of all. */
export const sheetSeen = (sheets: readonly BookSheet[]): number =>
  Math.max(
    0,
    sheets.findIndex((one) => !one.isHidden),
  )

/** A value of a cell, or the end of a row. */
const TAGS = /<(?:\w+:)?[vt](?:\s[^<>]*)?>(?=[^<])|<\/(?:\w+:)?(row)\s*>/g
const TAIL_CHARS = 400

/** Rows that hold a value, its heading among them. */
const rowsIn = async (bytes: Buffer, part: ZipPart): Promise<number> => {
  let rows = 0
  let isFilled = false
  let held = ''
  for await (const chunk of unfoldedPart(bytes, part)) {
    const text = held + chunk.toString('latin1')
    let from = 0
    for (const match of text.matchAll(TAGS)) {
      from = match.index + match[0].length
      if (match[1] === undefined) isFilled = true
      else {
        if (isFilled) rows++
        isFilled = false
      }
    }
    held = text.slice(Math.max(from, text.length - TAIL_CHARS))
  }
  return rows
}

/** Sheets that hold rows, but for the one that is read; one that cannot be unfolded holds nobody knows how many. */
export const otherSheets = async (
  bytes: Buffer,
  sheets: readonly BookSheet[],
  read: BookSheet | undefined,
): Promise<OtherSheet[]> => {
  const others: OtherSheet[] = []
  for (const sheet of sheets) {
    if (sheet === read || sheet.part === null) continue
    const rows = await rowsIn(bytes, sheet.part).catch(() => null)
    if (rows !== 0) others.push({ name: sheet.name, rows })
  }
  return others
}
