// The card stream (L4, C4, C5): what waits for an answer, what somebody is to lift or keep, what else came today.

import type { StreamCard } from '../../contract/live.ts'
import type { Card } from '../../core/card/card.ts'
import { latenessSaid } from '../../core/card/standing.ts'
import type { Law } from '../../core/law/law.ts'
import { isCardWithin } from '../../core/scope.ts'
import type { Instant } from '../../core/time/instant.ts'
import { departmentName, instantIn, itemName, loneName, masked, tailOf } from '../../present/words.ts'
import type { BoardGround } from '../ground.ts'
import { lateByWorkDays } from '../tile.ts'
import type { Panel } from './panel.ts'

const STREAM_WAITING = 40
const STREAM_TO_LIFT = 10
const STREAM_CARDS = 60

/** Of what waits for a calendar, a delivery or a person nobody has said yet that it is late: it has no over-days (M1). */
const overDays = (card: Card, law: Law, now: Instant): number =>
  latenessSaid([card]) === 'said' ? lateByWorkDays(card, law, now) : 0

const streamCard = (card: Card, law: Law, now: Instant): StreamCard => {
  const rule = law.rules.get(card.rule)
  const calendar = law.homeCalendar
  const department = departmentName(law, card.department)
  const item = itemName(law, card.item)
  const lone = loneName(law, card)
  return {
    card_id: card.cardId,
    rule_id: card.rule,
    rule_name: rule?.name ?? card.rule,
    rule_name_en: rule?.nameEn ?? card.rule,
    level: card.level,
    state: card.state,
    window_no: card.holder.window,
    department_name: department.shortName,
    department_name_en: department.nameEn,
    item_name: lone ?? item.name,
    item_name_en: lone ?? item.nameEn,
    project_no: card.projectNo,
    case_tail: card.projectNo === null ? null : tailOf(card.projectNo),
    holder: masked(card.holder.operatorName),
    limit_at: instantIn(calendar, card.limitAt) ?? '',
    raised_at: instantIn(calendar, card.raisedAt) ?? '',
    reply_due_at: instantIn(calendar, card.replyDueAt),
    late_by_wd: overDays(card, law, now),
    provisional: card.provisional,
    of_record: card.ofRecord,
  }
}

/** Waiting cards, the oldest and the newest among them whatever waits; what is to be lifted; what else came today. */
const drawStream = (ground: BoardGround): StreamCard[] => {
  const isInside = (card: Card): boolean => isCardWithin(ground.scope, card)
  const { cards } = ground.tally
  const waiting = cards.waiting(isInside, STREAM_WAITING)
  const toLift = cards.toLift(isInside, STREAM_TO_LIFT)
  const shown = [...waiting, ...toLift, ...cards.others(isInside)].slice(0, STREAM_CARDS)
  return shown.map((card) => streamCard(card, ground.law, ground.now))
}

export const cards: Panel<StreamCard[]> = {
  name: 'cards',
  feeds: ['cards'],
  draw: drawStream,
  keyOf: (card) => card.card_id,
}
