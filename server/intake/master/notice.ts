// A notice of holidays as clerks keep it (T1a): a table of 日期, 名称 and 放假/上班, its heads in their own words, read as days
// of a calendar. A column nobody can place is told, and a word that says neither 放假 nor 上班 is none.

import type { MasterTableFile } from './mapping.ts'

const DATE_HEADS = ['日期', '公历日期', '放假日期', '年月日', 'date', 'day']
const NAME_HEADS = ['名称', '节日', '节日名称', '假日名称', '节假日', '节假日名称', '假期', '说明', 'name', 'holiday']
/** In the order in which they are believed: a column of 放假 and 上班 before one of kinds of day. */
const KIND_HEADS = [
  '放假/上班',
  '休/班',
  '放假上班',
  '上班/放假',
  '安排',
  '状态',
  '类型',
  '类别',
  'type',
  'kind',
  'status',
]
const OFF_HEADS = ['是否放假', '是否休息', '放假']
const WORK_HEADS = ['是否上班', '是否补班', '是否工作日', '上班']
/** What such tables also bear, and what says nothing of whether a day works. */
const OTHER_HEADS = ['序号', '星期', '周几', '年', '年份', '备注', '天数', '类型', '类别']

const YES = ['是', '1', 'true', 'Y', 'y', 'yes', '√', '✓']
const NO = ['否', '0', 'false', 'N', 'n', 'no', '×', '✗']
const flagMap = (yes: string, no: string): Record<string, string> =>
  Object.fromEntries([...YES.map((word) => [word, yes]), ...NO.map((word) => [word, no])])

const KIND_MAP: Readonly<Record<string, string>> = Object.fromEntries([
  ...['放假', '休', '休息', '休假', '假', '放假日', '法定节假日', '节假日', 'off', 'holiday'].map((word) => [
    word,
    'off',
  ]),
  ...['上班', '班', '补班', '调休上班', '上班日', '工作日', '补班日', 'work', 'workday'].map((word) => [word, 'work']),
])

const found = (columns: readonly string[], heads: readonly string[]): string | undefined =>
  heads.find((head) => columns.includes(head))

/** The rule by which a clerk's table of holidays is read, laid upon `calendarId`; null: it is no such table. */
export const clerkRule = (columns: readonly string[], calendarId: string): MasterTableFile | null => {
  const on = found(columns, DATE_HEADS)
  const off = found(columns, OFF_HEADS)
  const work = found(columns, WORK_HEADS)
  const said = found(columns, KIND_HEADS)
  const kind =
    off !== undefined
      ? { column: off, map: flagMap('off', 'work') }
      : work !== undefined
        ? { column: work, map: flagMap('work', 'off') }
        : said === undefined
          ? null
          : { column: said, map: { ...KIND_MAP } }
  if (on === undefined || kind === null) return null
  const name = found(columns, NAME_HEADS)
  const fields = { calendar_id: { const: calendarId }, on, kind, ...(name === undefined ? {} : { name }) }
  return { table: 'calendars' as MasterTableFile['table'], fields }
}

/** Columns of a clerk's table that nobody reads, beside those which say nothing of the day. */
export const strangeHeads = (columns: readonly string[], rule: MasterTableFile): string[] => {
  const read = new Set(
    Object.values(rule.fields).map((value) =>
      typeof value === 'string' ? value : 'column' in value ? value.column : '',
    ),
  )
  return columns.filter((name) => !read.has(name) && !OTHER_HEADS.includes(name))
}
