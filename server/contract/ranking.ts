// Shapes of rankings and of the way from a figure to its cases (SPEC part 11, R1–R3). Types only.
// A ranking carries its own columns: page and files draw the same ones, in the same order, under the same names.

import type { CaseLine } from './api.ts'

export type ColumnType = 'text' | 'integer' | 'rate' | 'date'

export interface TableColumn {
  /** Member of a row. A text may have an English twin under `<key>_en`. */
  key: string
  zh: string
  en: string
  type: ColumnType
  /** A rate that is exactly one column over another: their keys. */
  part?: string
  of?: string
  /** Of a rate: the count beside it while there is any of which it is never printed as all (M1). */
  unless?: string
  /** The figure of GET /api/v1/measures/cases that lists the cases behind a cell. */
  figure?: string
}

export interface RankingRow {
  /** 1, 2, 2, 4; null: listed without a place. */
  place: number | null
  key: string
  /** null: a back office, or a ranking of departments. */
  window_no: string | null
  name: string
  name_en: string
  department: string
  department_name: string
  department_name_en: string
  /** Denominator of timeliness: on_time + late + overdue_in_hand. */
  counted: number
  on_time: number
  late: number
  overdue_in_hand: number
  /** Past their due instant while a calendar, a delivery or a person is waited for: in no rate (M1). */
  overdue_unconfirmed: number
  /** on_time / counted, exact until printed; null without a case. */
  timeliness: number | null
  /** Lower bound of the interval (R2): beside the place, never deciding it. */
  adjusted: number | null
  adjusted_high: number | null
  reds: number
  yellows: number
  red_flag: boolean
  unranked: 'no_cases' | 'few_cases' | null
  /** What a reader is told of the row: a candidate for the red flag, or why it has no place. */
  remark: string
  remark_en: string
}

export interface Ranking {
  period: string
  from: string
  to: string
  by: 'window' | 'department'
  as_of: string
  /** The period is not over: figures still move. */
  running: boolean
  scope: { region: string | null; department: string | null }
  scheme: {
    scheme_id: string
    version: string
    valid_from: string
    name: string
    name_en: string
    minimum_cases: number
    red_flag: { share_percent: number } | { number: number }
  }
  law_version: number
  title: string
  title_en: string
  /** Period, instant, versions, and the rule in one sentence each. */
  notes: { zh: string; en: string }[]
  columns: TableColumn[]
  rows: RankingRow[]
}

/** GET /api/v1/measures/cases: exactly the cases behind a figure, page after page. */
export interface CasesBehind {
  figure: string
  period: string
  by: string
  key: string
  name: string
  name_en: string
  /** The figure itself, from the totals. */
  value: number
  /** `n`: what the case adds to the figure, 1 but for cards. */
  items: (CaseLine & { n: number })[]
  next: string | null
}
