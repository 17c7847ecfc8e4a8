// What an export of a register changed (I14), told: counted with the first of each list, or whole as CSV, a row at a time.
// One reading after the other, for each walks the ledger; nothing of it is kept.

import { pipeline, type Readable } from 'node:stream'
import { stringify } from 'csv-stringify'
import type { ImportCellChange, ImportChanges, ImportTie } from '../../contract/import-changes.ts'
import type { RowChange } from '../../core/case/row-change.ts'
import type { Calendar } from '../../core/time/calendar.ts'
import { cellViews, type FileNames, tieViews } from '../../present/import-change.ts'
import { type Change, changesBy, type ImportFound, importAsked, importsIn } from '../../supervision/import-changes.ts'

/** Of each list so many are told at once; the file has them all. */
const FIRST = 100

const nothingOf = (register: string): ImportChanges => ({
  register,
  rows: 0,
  new: 0,
  changed: 0,
  same: 0,
  older: 0,
  tied: 0,
  dateless: 0,
  cells: 0,
  emptied: 0,
  absent: 0,
  unnumbered: 0,
  unsure: 0,
  ties: 0,
  first_cells: [],
  first_ties: [],
  first_absent: [],
})

const putFirst = <T>(list: T[], more: readonly T[]): void => {
  if (list.length < FIRST) list.push(...more.slice(0, FIRST - list.length))
}

/** How what was read is told. */
interface Telling {
  readonly calendar: Calendar
  /** Names of files by their digest. */
  readonly files: FileNames
}

const noteRow = (told: ImportChanges, change: RowChange, { calendar, files }: Telling): void => {
  told.rows++
  told[change.what]++
  told.cells += change.cells.length
  told.emptied += change.cells.filter(({ what }) => what === 'emptied').length
  told.ties += change.ties.length
  putFirst(told.first_cells, cellViews(change, calendar))
  putFirst(told.first_ties, tieViews(change, files))
}

const counted = async (changes: AsyncIterable<Change>, register: string, telling: Telling): Promise<ImportChanges> => {
  const told = nothingOf(register)
  for await (const change of changes) {
    if (change.what === 'unnumbered') told.unnumbered += change.rows
    else if (change.what === 'unsure') told.unsure++
    else if (change.what === 'absent') {
      told.absent++
      putFirst(told.first_absent, [change.caseNo])
    } else noteRow(told, change, telling)
  }
  return told
}

const WHAT: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  new: ['新增', 'new'],
  changed: ['更改', 'changed'],
  added: ['补填', 'added'],
  emptied: ['清空，原事件不再计入', 'emptied: its event stands no more'],
  older: ['较早的版本，现状不变', 'an older version: nothing changes'],
  tied: ['截至时间相同的另一文件为准，现状不变', 'another file as of the same instant holds: nothing changes'],
  tied_here: [
    '与截至时间相同的另一文件不一，以本文件为准',
    'another file as of the same instant says otherwise: this one holds',
  ],
  dateless: ['没有任何日期，未收入事件', 'no date at all: no event was taken in'],
  unnumbered: [
    '办件编号读不出的行数，在隔离区等待',
    'rows whose case number cannot be read: they wait in the quarantine',
  ],
  unsure: [
    '本次未出现，或在读不出编号的行中；保留原状',
    'absent here, or of a row whose number cannot be read: it stays as it was',
  ],
  absent: ['本次未出现，保留原状', 'absent here: it stays as it was'],
}

const COLUMNS = ['file', 'line', 'project_no', 'key', 'what', 'field', 'was', 'now', 'zh', 'en'] as const
type Line = Partial<Record<(typeof COLUMNS)[number], unknown>>

const lineOf = (file: string, what: string, rest: Line): Line => {
  const [zh, en] = WHAT[what] ?? [what, what]
  return { file, what, ...rest, zh, en }
}

const cellLine = (file: string, { what, event_type: _, ...rest }: ImportCellChange): Line => lineOf(file, what, rest)

/** Which file and line gives way, and which holds. */
const tieLine = (file: string, tie: ImportTie): Line => {
  const [here, there] = [`${file}:${tie.line}`, `${tie.other_file}:${tie.other_line}`]
  const [was, now] = tie.holds === 'this' ? [there, here] : [here, there]
  const { line, project_no, key } = tie
  return lineOf(file, tie.holds === 'this' ? 'tied_here' : 'tied', { line, project_no, key, field: 'file', was, now })
}

/** All but the rows that say what they said before. */
async function* linesOf(file: string, changes: AsyncIterable<Change>, telling: Telling): AsyncGenerator<Line> {
  const { calendar, files } = telling

  for await (const change of changes) {
    const { what } = change
    if (what === 'absent' || what === 'unsure') yield lineOf(file, what, { project_no: change.caseNo })
    else if (what === 'unnumbered') yield lineOf(file, what, { now: change.rows })
    else {
      if (what === 'new' || what === 'older' || what === 'dateless')
        yield lineOf(file, what, { line: change.line, project_no: change.caseNo })
      for (const cell of cellViews(change, calendar)) yield cellLine(file, cell)
      for (const tie of tieViews(change, files)) yield tieLine(file, tie)
    }
  }
}

type Read = Parameters<typeof changesBy>[0]

export interface ChangesTold {
  /** null: it was of no register. */
  of(found: ImportFound): Promise<ImportChanges | null>
  /** By its id or number; null: there is none. */
  find(id: string): Promise<ImportFound | null>
  asCsv(found: ImportFound, head?: boolean): Promise<Readable>
}

/** `calendar`: in whose zone instants are told. */
export const openChanges = (records: Read, calendar: () => Calendar): ChangesTold => {
  let before: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(read: () => Promise<T>): Promise<T> => {
    const next = before.then(read)
    before = next.catch(() => undefined)
    return next
  }
  const changesOf = async (found: ImportFound): Promise<AsyncIterable<Change>> =>
    changesBy(records, await importsIn(records), found.no)
  const telling = async (): Promise<Telling> => {
    const files = new Map((await importsIn(records)).map(({ digest, file }) => [digest ?? '', file]))
    return { calendar: calendar(), files }
  }
  return {
    find: async (id) => importAsked(await importsIn(records), id),
    async of(found) {
      const { register = null } = found
      if (register === null) return null
      return inTurn(async () => counted(await changesOf(found), register, await telling()))
    },
    async asCsv(found, head = true) {
      const sheet = stringify({
        columns: [...COLUMNS],
        record_delimiter: '\r\n',
        escape_formulas: true,
        header: head,
        bom: head,
      })
      // what breaks ends the file where it broke
      pipeline(linesOf(found.file, await changesOf(found), await telling()), sheet, () => undefined)
      return sheet
    },
  }
}
