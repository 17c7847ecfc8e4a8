// What comes due on the days ahead, and how much of it is warned already (M8).

import type { ForecastDay } from '../../contract/live.ts'
import { asDay } from '../../core/time/instant.ts'
import { instantIn } from '../../present/words.ts'
import { type BoardGround, summing } from '../ground.ts'
import type { Panel } from './panel.ts'

export const FORECAST_DAYS = 14

const drawForecast = (ground: BoardGround): ForecastDay[] => {
  const { tally, law } = ground
  const calendar = law.homeCalendar
  const { sum } = summing(ground)
  return Array.from({ length: FORECAST_DAYS }, (_, i) => {
    const on = asDay(tally.today + i)
    return {
      on: instantIn(calendar, calendar.startOf(on))?.slice(0, 10) ?? '',
      kind: calendar.kindOf(on),
      name: calendar.nameOf(on),
      due: sum((sums, d) => sums.due(d, on)),
      at_risk: sum((sums, d) => sums.risk(d, on)),
    }
  })
}

export const forecast: Panel<ForecastDay[]> = { name: 'forecast', feeds: ['sums'], draw: drawForecast }
