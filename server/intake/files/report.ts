// The list of everything that was not taken, line by line (I8): as CSV for a spreadsheet or as NDJSON, written as it
// goes. Texts of the file are not repeated in it, but for names of columns and activities.

import { createWriteStream } from 'node:fs'
import { pipeline, type Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { type Stringifier, stringify } from 'csv-stringify'
import type { Issue } from './run.ts'

export interface ReportFile {
  add(file: string, issue: Issue): void
  close(): Promise<void>
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

const sheetOfIssues = (): Stringifier =>
  stringify({ header: true, columns: [...COLUMNS], bom: true, record_delimiter: '\r\n', escape_formulas: true })

/** The list as CSV, a piece at a time. */
export const issuesAsCsv = (file: string, issues: AsyncIterable<Listed>): Readable => {
  const rows = async function* (): AsyncGenerator<ReturnType<typeof rowOf>> {
    for await (const issue of issues) yield rowOf(file, issue)
  }
  const sheet = sheetOfIssues()
  // what breaks ends the file where it broke
  pipeline(rows(), sheet, () => undefined)
  return sheet
}

/** Opens, or writes anew, the list under a path; its ending says its kind. */
export const openReport = (path: string): ReportFile => {
  const out = createWriteStream(path)
  if (!path.toLowerCase().endsWith('.csv')) {
    return {
      add: (file, issue) => void out.write(`${JSON.stringify(rowOf(file, issue))}\n`),
      close: () => finished(out.end()),
    }
  }
  const sheet = sheetOfIssues()
  sheet.pipe(out)
  return {
    add: (file, issue) => void sheet.write(rowOf(file, issue)),
    async close() {
      sheet.end()
      await finished(out)
    },
  }
}
