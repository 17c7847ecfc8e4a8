// Why a row of a master data file is not taken (I9): one table of codes in two languages, and a list that keeps the first
// faults and counts them all. Nothing is dropped in silence, and no list grows without bound.

import type { MasterFault } from '../../contract/master.ts'
import { FILE_PROBLEMS, fileDetail, type Place } from '../files/row.ts'

const MASTER_PROBLEMS = {
  ...FILE_PROBLEMS,
  half_text: {
    zh: '文字含有不完整的字符（半个代理对），不能保存',
    en: 'the text holds half a character (a lone surrogate), which cannot be kept',
  },
  no_table: {
    zh: '看不出这是哪一张表；请用字段名作表头，或给出映射',
    en: 'no table can be told from the header: use the field names, or give a mapping',
  },
  unknown_column: {
    zh: '表头有目录里没有的列；请改列名，或给出映射',
    en: 'the header has a column that is no field: rename it, or give a mapping',
  },
  missing: { zh: '必填项为空', en: 'a required field is empty' },
  not_listed: { zh: '映射未列出该值', en: 'the mapping does not list this value' },
  not_a_limit: { zh: '不是时限（应形如 20WD、30ND、3M、7H、0）', en: 'not a limit (20WD, 30ND, 3M, 7H, 0)' },
  not_a_day: { zh: '不是日期（应为 YYYY-MM-DD）', en: 'not a date (YYYY-MM-DD)' },
  not_a_number: { zh: '应为整数', en: 'must be a whole number' },
  not_a_flag: { zh: '应为 是 或 否', en: 'must be yes or no' },
  not_a_list: { zh: '应为 JSON 列表', en: 'must be a list in JSON' },
  twice: { zh: '同一编码、同一生效日已有一行', en: 'this code and day already has a row' },
  differs: { zh: '同一编码的两行内容不同', en: 'two rows of one code say different things' },
  too_long: { zh: '过长', en: 'too long' },
  shape: { zh: '不合规格', en: 'not of the shape that is asked' },
  no_valid_from: {
    zh: '未说明自哪一日起生效；请填写生效日',
    en: 'it does not say from which day it holds: name the day',
  },
  bad_calendar: { zh: '日历不能成立', en: 'the calendar does not hold' },
  name_of_several: {
    zh: '名称对应多个编码，不知指哪一个；请填写编码',
    en: 'a name that several codes bear, and it is not known which is meant: write the code',
  },
  disputed_day: {
    zh: '同一日的两行互相矛盾，该日是否上班无从得知，日历不能成立',
    en: 'rows of one day contradict each other: whether it works is not known, and the calendar does not hold',
  },
  unread_day: {
    zh: '日历有一行不能读取，缺了它日历不能成立',
    en: 'a row of the calendar cannot be read, and without it the calendar does not hold',
  },
  day_kept: {
    zh: '同一日的两行互相矛盾，均未取；该日仍按现行日历',
    en: 'rows of one day contradict each other, none is taken: the day stays as the calendar in force has it',
  },
  unknown_calendar: {
    zh: '没有这个日历，通知无从并入；新日历须写明时区、起止日',
    en: 'there is no such calendar to add a notice to; a new one needs its zone and its first and last day',
  },
  calendar_gap: {
    zh: '通知与现有日历之间有空档，中间的年份还没有通知',
    en: 'a gap lies between the notice and the calendar in force: the years between have no notice yet',
  },
  statutory_work: {
    zh: '法定节假日不能安排上班，该行不取；该日仍按放假计',
    en: 'a statutory day cannot be said to work: the row is not taken, and the day stays off',
  },
  days_unnamed: {
    zh: '现行日历在通知安排的时段内有通知未列的日子；请说明通知是取代原安排（这些日子取消），还是补充原安排（这些日子不变）',
    en: 'within the stretch it arranges the calendar in force has days that the notice does not name: say whether it replaces the former arrangement (they go) or adds to it (they stay)',
  },
  coverage_shrinks: {
    zh: '载入后日历的覆盖变短；确要缩短的，请明示',
    en: 'the calendar would cover less than it does: where that is meant, say so',
  },
  coverage_short: {
    zh: '所称覆盖止日早于通知所列的最后一日',
    en: 'the day up to which it is said to reach lies before the last day it names',
  },
} as const

export type MasterCode = keyof typeof MASTER_PROBLEMS

export interface FaultPlace {
  readonly place: Place | null
  readonly table: string | null
  readonly field: string
}

const MOST_DETAIL = 80

const shortened = (detail: string): string =>
  detail.length <= MOST_DETAIL ? detail : `${detail.slice(0, MOST_DETAIL)}…`

export const masterFault = (code: MasterCode, at: FaultPlace, detail = ''): MasterFault => {
  const { zh, en } = MASTER_PROBLEMS[code]
  const what = fileDetail(code, shortened(detail))
  return {
    line: at.place?.line ?? null,
    sheet: at.place?.sheet ?? null,
    table: at.table,
    field: at.field,
    code,
    zh: detail === '' ? zh : `${zh}：${what.zh}`,
    en: detail === '' ? en : `${en}: ${what.en}`,
  }
}

/** Thrown inside the reading of a row, told outside. */
export class Untaken extends Error {
  readonly code: MasterCode
  readonly field: string
  readonly detail: string
  constructor(code: MasterCode, field: string, detail = '') {
    super(code)
    this.code = code
    this.field = field
    this.detail = detail
  }
}

const KEPT = 200

export class FaultList {
  readonly kept: MasterFault[] = []
  count = 0

  add(fault: MasterFault): void {
    this.count++
    if (this.kept.length < KEPT) this.kept.push(fault)
  }

  /** In the order of the file, what concerns it as a whole first. */
  sorted(): MasterFault[] {
    return [...this.kept].sort((a, b) => (a.line ?? 0) - (b.line ?? 0))
  }
}

/** Of a list of items nothing is open that could be behind the end of a line. */
export const SHORT_LINE = {
  zh: '该行缺少末尾的单元格，按空处理',
  en: 'the last cells of the row are missing and taken as empty',
} as const
