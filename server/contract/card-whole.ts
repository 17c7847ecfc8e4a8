// One card on a page of its own: GET /api/v1/cards/{card_id} (C3, I15). Types only.

import type { CardView, ExplainView } from './api.ts'
import type { CaseWaiting } from './case-waiting.ts'

export interface CardWhole extends CardView {
  /** Its clock as it was known when it was raised; null: it is of no clock. */
  explain: ExplainView | null
  /** What of its case could not be taken, as of now: its finding lacks that; null: it is of no case. */
  waiting: CaseWaiting | null
}
