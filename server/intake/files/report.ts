// The list of everything that was not taken, line by line (I8): as CSV for a spreadsheet or as NDJSON. One under a path is
// opened before anything is taken in and each line is written at once: what cannot be written is known there and then.
// Texts of the file are not repeated in it, but for names of columns and activities.

import { closeSync, existsSync, openSync, realpathSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, relative } from 'node:path'
import { pipeline, type Readable } from 'node:stream'
import { stringify } from 'csv-stringify'
import { stringify as written } from 'csv-stringify/sync'
import { troubleOf } from './bytes.ts'
import type { Issue } from './issue.ts'
import { FileRefused } from './row.ts'

export interface ReportFile {
  add(file: string, issue: Issue): void
  close(): void
}

const COLUMNS = ['file', 'line', 'sheet', 'trace', 'event', 'code', 'field', 'zh', 'en'] as const

/** An issue of a list that was kept: its code is a word like another. */
type Listed = Omit<Issue, 'code'> & { readonly code: string }

const rowOf = (file: string, { place, code, field, zh, en }: Listed): Record<(typeof COLUMNS)[number], unknown> => ({
  file,
  line: place.line,
  sheet: place.sheet ?? null,
  trace: place.trace ?? null,
  event: place.event ?? null,
  code,
  field,
  zh,
  en,
})

const LINES = { columns: [...COLUMNS], record_delimiter: '\r\n', escape_formulas: true } as const
const HEADED = { ...LINES, header: true, bom: true } as const

/** The list as CSV, a piece at a time. */
export const issuesAsCsv = (file: string, issues: AsyncIterable<Listed>): Readable => {
  const rows = async function* (): AsyncGenerator<ReturnType<typeof rowOf>> {
    for await (const issue of issues) yield rowOf(file, issue)
  }
  const sheet = stringify(HEADED)
  // what breaks ends the file where it broke
  pipeline(rows(), sheet, () => undefined)
  return sheet
}

/** The list ends half-way: nothing more can be written to it. What was taken in stands. */
export class ReportBroken extends Error {
  constructor(path: string, why: string) {
    super(`${path}: ${why}`)
    this.name = 'ReportBroken'
  }
}

const FIRST = { line: 1 } as const

const isSameFile = (one: string, other: string): boolean => {
  const [a, b] = [one, other].map((path) => statSync(path, { throwIfNoEntry: false }))
  return a !== undefined && b !== undefined && a.dev === b.dev && a.ino === b.ino
}

const isInside = (path: string, folder: string): boolean => {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return false
  const real = existsSync(path) ? realpathSync(path) : join(realpathSync(dirname(path)), basename(path))
  const way = relative(realpathSync(folder), real)
  return !way.startsWith('..') && !isAbsolute(way)
}

/** Whether a file to be written would lie over one that is read. */
export const isReadFile = (path: string, reads: readonly string[]): boolean =>
  reads.some((read) => isSameFile(path, read) || isInside(path, read))

/** Opens the file and writes its head. */
const begun = (path: string, reads: readonly string[], head: string): number => {
  try {
    if (isReadFile(path, reads)) throw new FileRefused('no_report', FIRST, 'a file to be read')
    const to = openSync(path, 'w')
    writeFileSync(to, head)
    return to
  } catch (error) {
    if (error instanceof FileRefused) throw error
    const said = troubleOf(error)
    // what is missing of a file that is to be made is its folder
    const why = said === 'there is no such file' ? 'there is no such folder' : said
    throw new FileRefused('no_report', FIRST, why)
  }
}

/**
 * Opens, or writes anew, the list under a path; its ending says its kind. `reads` are files and folders that are read:
 * the list is none of them and in none of them. Throws FileRefused where there can be no such list, and ReportBroken where it ends half-way.
 */
export const openReport = (path: string, reads: readonly string[]): ReportFile => {
  const isSheet = path.toLowerCase().endsWith('.csv')
  const to = begun(path, reads, isSheet ? written([], HEADED) : '')
  return {
    add(file, issue) {
      const row = rowOf(file, issue)
      const line = isSheet ? written([row], LINES) : `${JSON.stringify(row)}\n`
      try {
        writeFileSync(to, line)
      } catch (error) {
        throw new ReportBroken(path, troubleOf(error))
      }
    },
    close: () => closeSync(to),
  }
}
