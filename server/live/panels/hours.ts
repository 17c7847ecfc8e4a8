// The course of the day, hour by hour, beside the usual of this weekday (L4).

import type { HourFlow } from '../../contract/live.ts'
import type { FlowKind } from '../../core/measure/flows.ts'
import { type BoardGround, summing } from '../ground.ts'
import type { Panel } from './panel.ts'

const drawHours = (ground: BoardGround): HourFlow[] => {
  const { tally, law } = ground
  const { sum } = summing(ground)
  const inHour = (hour: number, kind: FlowKind): number => sum((sums, d) => sums.hour(d, hour, kind))
  const spans = law.homeCalendar.spansOf(law.homeCalendar.workDayOnOrAfter(tally.today))
  const first = spans[0] === undefined ? 8 : law.homeCalendar.zone.hourOf(spans[0][0])
  const last = spans[spans.length - 1]
  const until = last === undefined ? 18 : law.homeCalendar.zone.hourOf(last[1])
  const rows: HourFlow[] = []
  for (let hour = 0; hour < 24; hour++) {
    const row = {
      hour,
      received: inHour(hour, 'received'),
      accepted: inHour(hour, 'accepted'),
      concluded: inHour(hour, 'on_time'),
    }
    const busy = row.received + row.accepted + row.concluded > 0
    const usual = ground.scope === 'all' ? tally.usual(hour) : null
    if (busy || (hour >= Math.min(first, 8) && hour <= until)) rows.push({ ...row, usual })
  }
  return rows
}

export const hours: Panel<HourFlow[]> = { name: 'hours', feeds: ['sums'], draw: drawHours }
