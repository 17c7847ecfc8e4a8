// The receipt of one event (I3): its outcome, and where it was rejected the place and the reason in both languages.

import type { Receipt } from '../contract/api.ts'
import { problemText } from '../contract/problems.ts'
import type { Rejection, Taken } from '../intake/fact.ts'
import type { Outcome } from '../intake/outcome.ts'

export const eventIdOf = (intake: Taken | Rejection): string | null =>
  'fact' in intake ? intake.fact.eventId : intake.eventId

export const receiptOf = (index: number, intake: Taken | Rejection, outcome: Outcome): Receipt => {
  const { code, field, detail } = outcome
  const said = code === null ? null : problemText(code, { at: field, detail })
  return {
    index,
    event_id: eventIdOf(intake),
    outcome: outcome.outcome,
    code,
    field,
    message: said?.zh ?? null,
    message_en: said?.en ?? null,
  }
}
