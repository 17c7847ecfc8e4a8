// Measures of a period by one dimension: sums of totals by key, named, with their sum as total (M1, M5).
// Every row is a sum of the same totals; nothing is counted here.

import type { MeasureRow, Measures } from '../contract/api.ts'
import { type Law, newest } from '../core/law/law.ts'
import type { Dimension, FlowKind } from '../core/measure/flows.ts'
import type { Period } from '../core/measure/period.ts'
import { figuresOf } from '../core/measure/rates.ts'
import type { Instant } from '../core/time/instant.ts'
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

type Sums = Partial<Record<FlowKind, number>>

export interface MeasureParts {
  readonly by: MeasureDimension
  readonly period: Period
  readonly totals: readonly { key: string; kind: FlowKind; n: number }[]
  readonly law: Law
  readonly now: Instant
}

export const measuresView = ({ by, period, totals, law, now }: MeasureParts): Measures => {
  const keys = new Map<string, Sums>()
  const all: Sums = {}
  for (const { key, kind, n } of totals) {
    const sums = keys.get(key) ?? {}
    sums[kind] = (sums[kind] ?? 0) + n
    all[kind] = (all[kind] ?? 0) + n
    keys.set(key, sums)
  }
  const rows: MeasureRow[] = []
  for (const [key, sums] of keys) {
    const { name, nameEn } = NAMES[by](law, key)
    const row: MeasureRow = { key, name, name_en: nameEn, ...figuresOf(sums) }
    if (row.received + row.accepted + row.concluded + row.in_hand + row.warnings + row.yellows + row.reds > 0) {
      rows.push(row)
    }
  }
  rows.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
  return {
    period: period.name,
    from: dayText(period.from) ?? '',
    to: dayText(period.to) ?? '',
    by,
    as_of: instantIn(law.homeCalendar, now) ?? '',
    rows,
    total: { key: 'total', name: '合计', name_en: 'Total', ...figuresOf(all) },
  }
}
