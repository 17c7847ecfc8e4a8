// Measures of a period by one dimension: sums of totals by key, named, with their sum as total (M1, M5).
// Every row is a sum of the same totals, under columns that page and files share; nothing is counted here.

import type { MeasuredRow, MeasureTable } from '../contract/measures.ts'
import type { TableColumn } from '../contract/ranking.ts'
import type { Figure } from '../core/appraisal/behind.ts'
import { type Law, newest } from '../core/law/law.ts'
import type { Dimension, FlowKind } from '../core/measure/flows.ts'
import type { Period } from '../core/measure/period.ts'
import { figuresOf } from '../core/measure/rates.ts'
import type { Instant } from '../core/time/instant.ts'
import { type InWords, periodWords } from './period.ts'
import { type Area, departmentsIn } from './ranking.ts'
import { dayText, departmentName, instantIn, itemName, type Named, windowName } from './words.ts'

export const MEASURE_DIMENSIONS = ['department', 'window', 'operator', 'item', 'region', 'source'] as const
export type MeasureDimension = Extract<Dimension, (typeof MEASURE_DIMENSIONS)[number]>

const plain = (code: string, name: string | undefined, nameEn?: string): Named => ({
  name: name ?? (code === '-' ? '—' : code),
  nameEn: nameEn ?? name ?? (code === '-' ? '—' : code),
})

const NAMES: Readonly<Record<MeasureDimension, (law: Law, code: string) => Named>> = {
  department: departmentName,
  window: windowName,
  item: itemName,
  operator: (law, code) => plain(code, newest(law.tables.operators.get(code))?.name),
  region: (law, code) => {
    const row = newest(law.tables.regions.get(code))
    return plain(code, row?.name, row?.nameEn)
  },
  source: (law, code) => plain(code, newest(law.tables.sources.get(code))?.name),
}

/** The name of a key of a dimension, in both languages. */
export const nameIn = (by: MeasureDimension, law: Law, key: string): Named => NAMES[by](law, key)

const MEASURED_BY: Readonly<Record<MeasureDimension, InWords>> = {
  department: { zh: '部门', en: 'Department' },
  window: { zh: '窗口', en: 'Window' },
  operator: { zh: '经办人', en: 'Operator' },
  item: { zh: '事项', en: 'Item' },
  region: { zh: '行政区划', en: 'Region' },
  source: { zh: '来源', en: 'Source' },
}

const figure = (key: Figure, zh: string, en: string): TableColumn => ({ key, zh, en, type: 'integer', figure: key })

/** Every figure of a row, in the order of a case: in, through, out, left, lit. */
const MEASURE_COLUMNS: readonly TableColumn[] = [
  figure('received', '收件', 'Received'),
  figure('accepted', '受理', 'Accepted'),
  figure('concluded', '办结', 'Concluded'),
  figure('on_time', '按时', 'On time'),
  figure('late', '超期', 'Late'),
  {
    key: 'on_time_rate',
    zh: '按时率',
    en: 'On-time rate',
    type: 'rate',
    part: 'on_time',
    of: 'timed',
    unless: 'overdue_unconfirmed',
  },
  figure('undated', '无时限', 'Undated'),
  figure('excluded', '不计入', 'Excluded'),
  figure('granted', '准予', 'Granted'),
  figure('refused', '不予许可', 'Refused'),
  figure('withdrawn', '撤回终止', 'Withdrawn'),
  figure('in_hand', '在办', 'In hand'),
  figure('overdue_in_hand', '超期在办', 'Overdue'),
  figure('overdue_unconfirmed', '超期待核', 'Overdue, unconfirmed'),
  figure('warnings', '预警', 'Warnings'),
  figure('yellows', '黄牌', 'Yellows'),
  figure('reds', '红牌', 'Reds'),
  figure('to_lift', '其中待撤', 'To be lifted'),
]

const columnsOf = (by: MeasureDimension): TableColumn[] => [
  { key: 'key', zh: '编码', en: 'Code', type: 'text' },
  { key: 'name', ...MEASURED_BY[by], type: 'text' },
  ...MEASURE_COLUMNS,
]

type Sums = Partial<Record<FlowKind, number>>

interface Total {
  readonly key: string
  readonly department: string
  readonly kind: FlowKind
  readonly n: number
}

export interface MeasureParts {
  readonly by: MeasureDimension
  readonly period: Period
  readonly scope: Area
  readonly totals: readonly Total[]
  /** What a sum across departments leaves out (M1). */
  readonly members: readonly Total[]
  readonly law: Law
  readonly now: Instant
}

const measured = (head: { key: string; name: string; name_en: string }, sums: Sums): MeasuredRow => {
  const figures = figuresOf(sums)
  return { ...head, ...figures, timed: figures.on_time + figures.late }
}

/** Back offices and what has no key behind all others. */
const isBehind = ({ key }: MeasuredRow): boolean => key.startsWith('@') || key === '-'
const byKey = (a: MeasuredRow, b: MeasuredRow): number =>
  Number(isBehind(a)) - Number(isBehind(b)) || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)

const hasFigures = (row: MeasuredRow): boolean =>
  MEASURE_COLUMNS.some(({ key, figure }) => figure !== undefined && row[key as keyof MeasuredRow] !== 0)

const notesOf = ({ period, law, now }: MeasureParts, isRunning: boolean): InWords[] => {
  const at = instantIn(law.homeCalendar, now)?.slice(0, 16).replace('T', ' ') ?? ''
  const span = {
    zh: `${dayText(period.from)} 至 ${dayText(period.to)}`,
    en: `${dayText(period.from)} to ${dayText(period.to)}`,
  }
  const stocks = isRunning
    ? { zh: `在办、超期在办为 ${at} 的存量`, en: `in hand and overdue as of ${at}` }
    : { zh: '在办、超期在办为期末存量', en: 'in hand and overdue at the end of the period' }
  return [
    {
      zh: `${period.name === 'all' ? '' : `${span.zh}；`}按时率 = 按时 ÷（按时 + 超期），无时限与不计入的不在其内；${stocks.zh}。`,
      en: `${period.name === 'all' ? '' : `${span.en}; `}on-time rate = on time ÷ (on time + late), without undated and excluded; ${stocks.en}.`,
    },
  ]
}

/** The members of joint handlings, beside the total that leaves them out (M1). */
export const MEMBERS: Named = { name: '并联成员', nameEn: 'Joint members' }

const MEMBERS_NOTE: InWords = {
  zh: '合计及区划行不含并联审批的成员件，另列于“并联成员”；按部门、窗口、经办人、事项、来源的各行含之。',
  en: 'The total and the rows of regions leave out members of joint handlings, which stand beside them; rows by department, window, operator, item and source contain them.',
}

const addTo = (sums: Sums, kind: FlowKind, n: number): void => {
  sums[kind] = (sums[kind] ?? 0) + n
}

/** Figures by key of the dimension, within the departments of the scope, with their sum and what it leaves out. */
export const measuresView = (parts: MeasureParts): MeasureTable => {
  const { by, period, scope, totals, members, law, now } = parts
  const inside = departmentsIn(law, scope, now)
  const keys = new Map<string, Sums>()
  const all: Sums = {}
  for (const { key, department, kind, n } of totals) {
    if (inside !== null && !inside.includes(department)) continue
    const sums = keys.get(key) ?? {}
    addTo(sums, kind, n)
    addTo(all, kind, n)
    keys.set(key, sums)
  }
  const beside: Sums = {}
  for (const { department, kind, n } of members) {
    if (inside !== null && !inside.includes(department)) continue
    addTo(beside, kind, n)
    // the rows of regions do not bear them
    if (by !== 'region') addTo(all, kind, -n)
  }
  const left = measured({ key: 'members', name: MEMBERS.name, name_en: MEMBERS.nameEn }, beside)
  const rows = [...keys].map(([key, sums]) => {
    const { name, nameEn } = nameIn(by, law, key)
    return measured({ key, name, name_en: nameEn }, sums)
  })
  const words = periodWords(period)
  const isRunning = period.to >= law.homeCalendar.dayOf(now)
  return {
    period: period.name,
    from: dayText(period.from) ?? '',
    to: dayText(period.to) ?? '',
    by,
    as_of: instantIn(law.homeCalendar, now) ?? '',
    running: isRunning,
    scope,
    title: `${law.centre.name} ${words.zh}办件统计（按${MEASURED_BY[by].zh}）`,
    title_en: `${law.centre.nameEn}: figures by ${MEASURED_BY[by].en.toLowerCase()}, ${words.en}`,
    notes: [...notesOf(parts, isRunning), ...(hasFigures(left) ? [MEMBERS_NOTE] : [])],
    columns: columnsOf(by),
    rows: rows.filter(hasFigures).sort(byKey),
    total: measured({ key: 'total', name: '合计', name_en: 'Total' }, all),
    members: left,
  }
}
