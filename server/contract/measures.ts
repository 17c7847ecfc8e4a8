// Shape of GET /api/v1/measures (SPEC part 11, M1–M3): rows, their sum, and the columns under which page and files draw
// them. Types only.

import type { TableColumn } from './ranking.ts'

export interface MeasureRow {
  key: string
  name: string
  name_en: string
  received: number
  accepted: number
  concluded: number
  on_time: number
  late: number
  undated: number
  excluded: number
  granted: number
  refused: number
  withdrawn: number
  on_time_rate: number | null
  in_hand: number
  overdue_in_hand: number
  warnings: number
  yellows: number
  reds: number
  /** Overdue in hand while a calendar, a delivery or a person is waited for (M1): in no rate. */
  overdue_unconfirmed: number
  /** Of the yellows and reds those that somebody is to lift or keep (C5). */
  to_lift: number
}

export interface Measures {
  period: string
  from: string
  to: string
  by: string
  as_of: string
  rows: MeasureRow[]
  /** Across departments without the members of joint handlings (M1). */
  total: MeasureRow
  /** Those members, of whatever the total leaves out; of one department nothing is left out. */
  members: MeasureRow
}

export interface MeasuredRow extends MeasureRow {
  /** on_time + late: the denominator of the on-time rate. */
  timed: number
}

export interface MeasureTable extends Measures {
  /** The period is not over: figures still move. */
  running: boolean
  scope: { region: string | null; department: string | null }
  title: string
  title_en: string
  notes: { zh: string; en: string }[]
  columns: TableColumn[]
  rows: MeasuredRow[]
  total: MeasuredRow
  members: MeasuredRow
}
