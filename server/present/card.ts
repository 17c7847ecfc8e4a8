// A card as the API shows it: names instead of codes where the catalogue has them, instants in its zone, its history.

import type { CardView } from '../contract/api.ts'
import type { Card, CardMove } from '../core/card/card.ts'
import { waitsForOf } from '../core/card/standing.ts'
import { calendarOf, dayAt, type Law } from '../core/law/law.ts'
import type { Calendar } from '../core/time/calendar.ts'
import { instantIn } from './words.ts'

/** Basis values that are instants, by the end of their name. */
const isInstant = (key: string): boolean => key.endsWith('_at')

const liftView = ({ lift }: Card, calendar: Calendar): CardView['lift'] => {
  // a question that rests is asked of nobody
  if (lift === null || lift.dormant !== undefined) return null
  return {
    grounds: lift.grounds.map(({ kind, source, ref, type, at, by }) => ({
      kind,
      source_system: source,
      ref,
      event_type: type,
      occurred_at: instantIn(calendar, at),
      by,
    })),
    asked_at: instantIn(calendar, lift.askedAt) ?? '',
    decide_by: instantIn(calendar, lift.decideBy) ?? '',
    decided: lift.decided,
  }
}

export const cardView = (card: Card, moves: readonly CardMove[], law: Law): CardView => {
  const calendar = calendarOf(law, card.region, dayAt(law, card.limitAt))
  const rule = law.rules.get(card.rule)
  const basis: CardView['basis'] = {}
  for (const [key, value] of Object.entries(card.basis)) {
    basis[key] = isInstant(key) && typeof value === 'number' ? instantIn(calendar, value as never) : value
  }
  return {
    card_id: card.cardId,
    rule_id: card.rule,
    rule_name: rule?.name ?? card.rule,
    rule_name_en: rule?.nameEn ?? card.rule,
    level: card.level,
    state: card.state,
    subject_kind: card.subjectKind,
    subject: card.subject,
    project_no: card.projectNo,
    occasion: card.occasion,
    department: card.department,
    // who answers is a unit, whether an event named it or the version of the day does (T10)
    org_code: card.holder.org ?? (card.department === '-' ? null : card.department),
    window_no: card.holder.window,
    operator_id: card.holder.operator,
    operator_name: card.holder.operatorName,
    limit_at: instantIn(calendar, card.limitAt) ?? '',
    raised_at: instantIn(calendar, card.raisedAt) ?? '',
    reply_due_at: instantIn(calendar, card.replyDueAt),
    of_record: card.ofRecord,
    provisional: card.provisional,
    basis,
    legal_basis: rule?.legalBasis ?? '',
    signed: rule?.signed === true,
    waits_for: waitsForOf(card),
    lift: liftView(card, calendar),
    n: card.moves,
    history: moves.map(({ n, at, move, state, by, why }) => ({
      n,
      at: instantIn(calendar, at) ?? '',
      move,
      state,
      by,
      why,
    })),
  }
}
