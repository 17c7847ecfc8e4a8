// What a reader of any format hands on (I8): rows with their cells and their place, and what could not be read.
// Plain values only, so that a row can cross from a thread. Readers hold one row, or the events of one trace, at most.

import { readerPhrase } from './details.ts'

/** A cell of a sheet that holds an error and no value: #N/A, #REF!. */
export interface ErrorCell {
  readonly error: string
}

/** A number that a sheet shows as a code by its format: 42 as 00000042. */
export interface CodeCell {
  readonly number: number
  readonly shown: string
}

/** A time of day or a duration, as a sheet shows it: no date. */
export interface ClockCell {
  readonly seconds: number
  readonly shown: string
}

/** A Date is a wall time without a zone, as spreadsheets keep it: its UTC fields are what the sheet shows. */
export type Cell = string | number | boolean | Date | ErrorCell | CodeCell | ClockCell | null

export interface Place {
  /** Line of the text file or row of the sheet, from 1. */
  readonly line: number
  readonly sheet?: string
  /** Number of the trace in an XES log and of the event in its trace, from 1. */
  readonly trace?: number
  readonly event?: number
}

export interface Row {
  /** row: of a table · case: the attributes of a trace · event: of a trace, its trace's attributes under `case:`. */
  readonly kind: 'row' | 'case' | 'event'
  readonly place: Place
  readonly cells: Readonly<Record<string, Cell>>
  /** A trace without events. */
  readonly empty?: true
  /** Columns whose cells were not there, for the line ended before them: nobody knows what stands in them. */
  readonly cut?: readonly string[]
  /** The line of NDJSON as it was parsed. */
  readonly value?: unknown
}

export interface Note {
  readonly code: FileCode
  /** Column of the file. */
  readonly column: string
}

/** A line that is no row: the others go on. */
export interface Unread {
  readonly kind: 'unread'
  readonly place: Place
  readonly code: FileCode
  readonly detail: string
  /** Its cells as far as they could be told apart, to be kept as they are written. */
  readonly cells: readonly Cell[]
}

export type Read = Row | Unread

/** Codes of the report: why a line was skipped, or a file refused. */
export const FILE_PROBLEMS = {
  bad_line: { zh: '该行不是有效的 JSON 对象', en: 'the line is not a JSON object' },
  broken_quotes: { zh: '引号不配对', en: 'quotes do not match' },
  lost_digits: {
    zh: '长编码成了数字，电子表格只留 15 位，其余已失；请将该列设为文本后重新导出',
    en: 'a long code became a number, of which a spreadsheet keeps 15 digits: make the column text and export again',
  },
  number_cut: {
    zh: '这一列的长编码中有的末尾全是零、有的不是：末尾是零的可能已被电子表格截断（只留 15 位），请核对原系统；未作改动，照原样读取',
    en: 'of the long codes of this column some end in noughts and others do not: those may have been cut by a spreadsheet, which keeps 15 digits. Compare them with the system they come from; they are read as they stand',
  },
  error_cell: {
    zh: '单元格里没有可读的值：公式错误（如 #N/A）、公式没有存下结果（请在表格软件中打开并另存），或内容已损坏',
    en: 'the cell holds no value that can be read: an error of the sheet (such as #N/A), a formula whose result was not saved (open it in a spreadsheet and save it again), or something broken',
  },
  wrong_columns: { zh: '列数与表头不符', en: 'other number of cells than the header has' },
  missing_cell: { zh: '必填的单元格为空', en: 'a required cell is empty' },
  bad_date: { zh: '日期无法识别', en: 'the date cannot be read' },
  null_date: {
    zh: '空日期（如 1970-01-01、1900-01-01、2099-12-31），视为没有时间',
    en: 'a null date of a machine (such as 1970-01-01, 1900-01-01, 2099-12-31) is taken as none',
  },
  short_row: {
    zh: '该行缺少末尾的单元格，其内容未知：不作为清空，已有内容不变',
    en: 'the last cells of the row are missing and what stands in them is not known: nothing is taken as emptied',
  },
  other_sheet: {
    zh: '工作簿中另一张有数据的工作表未读取（括号内为含表头的行数）；如需导入，请在映射中写明 sheet',
    en: 'another sheet of the workbook holds rows and was not read (in brackets: its rows with the heading); to import it name it in the mapping (sheet)',
  },
  double_column: {
    zh: '有多列用同一表头，只读取了其中第一列；另一列在映射中写作“表头#2”',
    en: 'several columns bear this heading and only the first was read; the second is called HEADING#2 in a mapping',
  },
  unlisted_name: {
    zh: '目录中没有这个名称，等待确认后再收',
    en: 'the catalogue has no such name; it is taken after a yes',
  },
  ambiguous_name: {
    zh: '这个名称对应多个编码，不作猜测；请在映射中写明是哪一个（map）',
    en: 'several codes bear this name and none is guessed: say in the mapping which is meant (map)',
  },
  row_again: {
    zh: '台账中同一件另有一行，内容不同；截至时间相同的，以后一行为准',
    en: 'the register has another row of this case that says something else; as of one instant the later line holds',
  },
  no_as_of: { zh: '台账没有写明截至时间', en: 'the register does not say as of when it is' },
  no_zone: { zh: '时间没有偏移，映射也未写明时区', en: 'the stamp has no offset and the mapping names no zone' },
  bad_value: { zh: '值无法识别', en: 'the value cannot be read' },
  unmapped_activity: { zh: '映射未列出该环节', en: 'the mapping does not list this activity' },
  unmapped_lifecycle: { zh: '映射未列出该生命周期状态', en: 'the mapping does not list this lifecycle transition' },
  no_event: { zh: '该行没有产生任何事件', en: 'nothing in the row makes an event' },
  empty_trace: { zh: '该案例没有事件', en: 'the trace has no events' },
  no_file: { zh: '文件无法打开', en: 'the file cannot be opened' },
  no_report: { zh: '报告无法写入', en: 'the report cannot be written' },
  unknown_format: { zh: '不支持的文件格式', en: 'this kind of file is not taken in' },
  needs_mapping: { zh: '此类文件需要映射文件', en: 'a file of this kind needs a mapping' },
  not_text: { zh: '文字编码无法识别', en: 'the encoding of the text cannot be read' },
  missing_column: { zh: '表头缺少映射所需的列', en: 'the header lacks a column the mapping needs' },
  empty_file: { zh: '文件里没有数据', en: 'there is nothing in the file' },
  too_large: { zh: '超过上限', en: 'past the bound' },
  bomb: {
    zh: '文件展开后远大于其本身，不予展开',
    en: 'the file unfolds to far more than it is, and is not unfolded',
  },
  too_deep: { zh: '嵌套过深', en: 'nested too deeply' },
  too_heavy: { zh: '解析所需内存超过上限', en: 'reading it takes more memory than it is given' },
  stalled: { zh: '解析长时间没有进展，已停止', en: 'reading it made no progress and was stopped' },
  broken_file: { zh: '自此处起文件无法读取', en: 'from here on the file cannot be read' },
} as const

export type FileCode = keyof typeof FILE_PROBLEMS

/** Codes whose detail a reader says; that of the others is a name out of the file, and never a phrase. */
const SAID: ReadonlySet<string> = new Set<FileCode>([
  'bad_line',
  'no_file',
  'no_report',
  'unknown_format',
  'not_text',
  'empty_file',
  'too_large',
  'too_deep',
  'broken_file',
])

/** What a code is about, each language apart. */
export const fileDetail = (code: string, detail: string): { zh: string; en: string } =>
  SAID.has(code) ? readerPhrase(detail) : { zh: detail, en: detail }

/** The words of a code with what it is about, each language apart. */
export const fileProblemText = (code: FileCode, field: string): { zh: string; en: string } => {
  const { zh, en } = FILE_PROBLEMS[code]
  if (field === '') return { zh, en }
  const said = fileDetail(code, field)
  return { zh: `${zh}：${said.zh}`, en: `${en}: ${said.en}` }
}

/** The file as a whole cannot be read, or not from here on. What was handed on before stands. */
export class FileRefused extends Error {
  readonly code: FileCode
  readonly place: Place
  readonly detail: string
  constructor(code: FileCode, place: Place, detail: string) {
    super(`${code}: ${detail}`)
    this.name = 'FileRefused'
    this.code = code
    this.place = place
    this.detail = detail
  }
}

/** `第 5 行 line 5`, `Sheet1!7`, `trace 3 event 2 (line 57)`: where a person has to look. */
export const placeText = ({ line, sheet, trace, event }: Place): string => {
  if (sheet !== undefined) return `${sheet}!${line}`
  if (trace === undefined) return `line ${line}`
  return `trace ${trace}${event === undefined ? '' : ` event ${event}`} (line ${line})`
}
