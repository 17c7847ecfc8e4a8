// Shape of GET /api/v1/measures (SPEC part 11, M1–M3): rows, their sum, and the columns under which page and files draw
// them. Types only.

import type { MeasureRow, Measures } from './api.ts'
import type { TableColumn } from './ranking.ts'

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
}
