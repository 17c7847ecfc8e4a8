// The proposal of tacit approval (T12, 超时默许): only in a profile that cites a local rule, once the promise has passed, the
// office has urged, and five working days went by without a decision. A finding for a named person to sign, with its
// liability record in the basis. Mingjing grants nothing by itself.

import { answerableAt, nameOf } from './answer.ts'
import { after, type FindingGrounds, type Found, hasPassed, raise } from './findings-ground.ts'
import { groundsAt } from './grounds.ts'

export const tacitFinding = (at: FindingGrounds, out: Found): void => {
  const { promise } = at.clocks
  const local = at.grounds.law.profile.tacitApproval
  if (local === null || promise === null) return
  const passedAt = promise.due.dueAt
  const urge = at.state.urges.find((mark) => mark.at > passedAt)
  const endedAt = at.concluded?.at ?? null
  if (urge === undefined || (endedAt !== null && urge.at > endedAt)) return
  // the answer to an urge is a clock of its own, that starts with it (T10)
  const { calendar } = groundsAt(at.state, at.grounds.law, urge.at)
  const answerBy = calendar.endOf(calendar.addWorkDays(calendar.dayOf(urge.at), local.answerWorkDays))
  if (!hasPassed(at, answerBy, endedAt)) {
    if (endedAt === null || endedAt > answerBy) out.turns.push(after(answerBy))
    return
  }
  const liable = nameOf(answerableAt(at.answers, passedAt))
  const basis = {
    clock: 'promise',
    due_at: passedAt,
    urged_at: urge.at,
    urged_by: urge.operatorName ?? urge.org ?? urge.source,
    answer_by_at: answerBy,
    local_rule: local.source,
    ...(endedAt === null ? {} : { ended_at: endedAt }),
  }
  const provisional = promise.due.provisional || !calendar.isCovered(calendar.dayOf(answerBy))
  const occasion = `urge:${urge.source}:${urge.eventId}`
  raise(at, 'T-12', { occasion, limitAt: answerBy, basis, provisional, byClock: true, holder: liable }, out)
}
