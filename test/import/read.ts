// A file read as short lines for the tables of the reader suites, and as a sample.

import { basename } from 'node:path'
import type { Suggestion } from '../../server/contract/imports.ts'
import { openSource } from '../../server/intake/files/bytes.ts'
import { suggestionFor } from '../../server/intake/files/preview.ts'
import { FileRefused, placeText, type Read } from '../../server/intake/files/row.ts'
import { type Sample, takeSample } from '../../server/intake/files/sample.ts'
import { type Format, PLAIN_OPTIONS, type ReadOptions } from '../../server/intake/readers/reader.ts'
import { formatOf, openTable } from '../../server/intake/readers/registry.ts'

/** Rows as short lines; what ended the reading as the last one. */
export const read = async (path: string, options: Partial<ReadOptions> = {}, format?: Format): Promise<string[]> => {
  const lines: string[] = []
  const told = (row: Read): string => {
    const where = `${row.kind}@${placeText(row.place)}`
    return row.kind === 'unread' ? `${where} ${row.code}` : `${where} ${JSON.stringify(row.cells)}`
  }
  try {
    const table = await openTable(openSource(path), format ?? formatOf(path), { ...PLAIN_OPTIONS, ...options })
    for await (const rows of table.rows()) lines.push(...rows.map(told))
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error
    lines.push(`refused@${placeText(error.place)} ${error.code}`)
  }
  return lines
}

export const sampleOf = async (path: string): Promise<Sample> =>
  takeSample(await openTable(openSource(path), formatOf(path), PLAIN_OPTIONS))

/** What is suggested for a file. */
export const suggestionOf = async (path: string): Promise<Suggestion> =>
  suggestionFor(basename(path), formatOf(path), false, await sampleOf(path))
