// The list of everything that was not taken, line by line (I8): as CSV for a spreadsheet or as NDJSON, written as it
// goes. Texts of the file are not repeated in it, but for names of columns and activities.

import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { stringify } from 'csv-stringify'
import type { Issue } from './run.ts'

export interface ReportFile {
  add(file: string, issue: Issue): void
  close(): Promise<void>
}

const COLUMNS = ['file', 'line', 'sheet', 'trace', 'event', 'code', 'field', 'message'] as const

const rowOf = (file: string, { place, code, field, message }: Issue): Record<(typeof COLUMNS)[number], unknown> => ({
  file,
  line: place.line,
  sheet: place.sheet ?? null,
  trace: place.trace ?? null,
  event: place.event ?? null,
  code,
  field,
  message,
})

/** Opens, or writes anew, the list under a path; its ending says its kind. */
export const openReport = (path: string): ReportFile => {
  const out = createWriteStream(path)
  if (!path.toLowerCase().endsWith('.csv')) {
    return {
      add: (file, issue) => void out.write(`${JSON.stringify(rowOf(file, issue))}\n`),
      close: () => finished(out.end()),
    }
  }
  const sheet = stringify({
    header: true,
    columns: [...COLUMNS],
    bom: true,
    record_delimiter: '\r\n',
    escape_formulas: true,
  })
  sheet.pipe(out)
  return {
    add: (file, issue) => void sheet.write(rowOf(file, issue)),
    async close() {
      sheet.end()
      await finished(out)
    },
  }
}
