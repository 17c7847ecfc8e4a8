// The figures of a scope (M1, M3): counts of today, the quarter's and the former's timeliness, what waits.

import type { Figures } from '../../contract/live.ts'
import type { FlowKind } from '../../core/measure/flows.ts'
import { asDay } from '../../core/time/instant.ts'
import { type BoardGround, inScope, summing } from '../ground.ts'
import { FORECAST_DAYS } from './forecast.ts'
import type { Panel } from './panel.ts'

/** Cards of the scope without an answer; across departments those on members stand beside (M1). */
const waitingIn = (ground: BoardGround): { waiting: number; membersWaiting: number } => {
  const { cards } = ground.tally
  let [waiting, membersWaiting] = [0, 0]
  for (const department of cards.departments()) {
    if (!inScope(ground, department)) continue
    const members = ground.across ? cards.membersWaitingOf(department) : 0
    waiting += cards.waitingOf(department) - members
    membersWaiting += members
  }
  return { waiting, membersWaiting }
}

const drawFigures = (ground: BoardGround): Figures => {
  const { tally } = ground
  const { sum, beside } = summing(ground)
  const onDay = (kind: FlowKind): number => sum((sums, d) => sums.onDay(d, kind))
  const days = Array.from({ length: FORECAST_DAYS * 2 }, (_, i) => asDay(tally.today + i))
  const { waiting, membersWaiting } = waitingIn(ground)
  return {
    today: { on_time: onDay('on_time'), late: onDay('late') },
    quarter: {
      on_time: sum((s, d) => s.inQuarter(d, 'on_time')),
      late: sum((s, d) => s.inQuarter(d, 'late')),
      overdue: sum((s, d) => s.stock(d, 'overdue')),
    },
    previous_quarter: {
      on_time: sum((s, d) => s.inPreviousQuarter(d, 'on_time')),
      late: sum((s, d) => s.inPreviousQuarter(d, 'late')),
      overdue: sum((s, d) => s.inPreviousQuarter(d, 'overdue')),
    },
    unconfirmed: sum((s, d) => s.stock(d, 'overdue_unconfirmed')),
    received_today: onDay('received'),
    accepted_today: onDay('accepted'),
    concluded_today: onDay('on_time') + onDay('late') + onDay('undated') + onDay('excluded'),
    in_hand: sum((s, d) => s.stock(d, 'in_hand')),
    members_in_hand: beside((s, d) => s.stock(d, 'in_hand')),
    due_today: sum((s, d) => s.due(d, tally.today)),
    at_risk: sum((s, d) => days.reduce((n, on) => n + s.risk(d, on), 0)),
    overdue_in_hand: sum((s, d) => s.stock(d, 'overdue')),
    warnings_today: onDay('warning'),
    yellows_today: onDay('yellow'),
    reds_today: onDay('red'),
    waiting_reply: waiting,
    members_waiting_reply: membersWaiting,
  }
}

export const figures: Panel<Figures> = { name: 'figures', feeds: ['sums', 'cards'], draw: drawFigures }
