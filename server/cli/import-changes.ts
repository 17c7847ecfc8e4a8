// What an export of a register changed, at a console (I14): counted, and every line of it into a CSV where one is asked for.
// Reads the data folder for itself, whether a server runs on it or none does; writes nothing but that file.

import { closeSync, openSync, writeFileSync } from 'node:fs'
import type { ImportChanges } from '../contract/import-changes.ts'
import { troubleOf } from '../intake/files/bytes.ts'
import { isReadFile } from '../intake/files/report.ts'
import { FileRefused } from '../intake/files/row.ts'
import { inFolder } from '../office/folder.ts'
import { openChanges } from '../office/imports/changes.ts'

export interface ChangesFile {
  add(lines: AsyncIterable<Buffer | string>): Promise<void>
  /** The next file has no head. */
  readonly isBegun: boolean
  close(): void
}

/** Opens it before anything is taken in. Throws FileRefused where there can be no such file. */
export const openChangesFile = (path: string, reads: readonly string[]): ChangesFile => {
  let to: number
  try {
    if (isReadFile(path, reads)) throw new Error('a file to be read')
    to = openSync(path, 'w')
  } catch (error) {
    throw new FileRefused('no_report', { line: 1 }, troubleOf(error))
  }
  let isBegun = false
  return {
    get isBegun() {
      return isBegun
    },
    async add(lines) {
      for await (const piece of lines) writeFileSync(to, piece)
      isBegun = true
    },
    close: () => closeSync(to),
  }
}

/** What the import of this id changed; null: it was of no register. */
export const changesIn = async (
  folder: string,
  importId: string,
  file: ChangesFile | null,
): Promise<ImportChanges | null> =>
  inFolder(folder, async ({ records, law }) => {
    const changes = openChanges(records, () => law.homeCalendar)
    const found = await changes.find(importId)
    if (found === null) return null
    if (file !== null) await file.add(await changes.asCsv(found, !file.isBegun))
    return changes.of(found)
  })
