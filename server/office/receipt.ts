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
  const { warning } = outcome
  const warned = warning === undefined ? null : problemText(warning.code, { at: warning.field, detail: warning.detail })
  return {
    index,
    event_id: eventIdOf(intake),
    outcome: outcome.outcome,
    code,
    field,
    message: said?.zh ?? null,
    message_en: said?.en ?? null,
    ...(warning === undefined || warned === null
      ? {}
      : { warning: { code: warning.code, field: warning.field, message: warned.zh, message_en: warned.en } }),
  }
}
