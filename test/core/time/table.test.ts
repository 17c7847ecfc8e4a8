// The table of cases under three oracles: the engine, the slow day-by-day counter, and the way back from the due day.

import { describe, expect, it } from 'vitest'
import { dueOf } from '../../../server/core/time/limit.ts'
import { inverts, quickly, slowly } from './oracles.ts'
import { worldOf } from './slow.ts'
import { ROWS, type Row } from './table.ts'
import { clock, cn, cnDays } from './world.ts'

const world = worldOf(cnDays)

const inputOf = (row: Row) => clock({ ...row, rule: { countAcceptanceDay: row.countAcceptanceDay } })

const told = ({ rule, accepted, limit, pauses, due, why }: Row): string =>
  `${rule}: ${accepted} ${limit}${pauses ? `, paused ${pauses}` : ''} → ${due}: ${why}`

describe('the table of the time law', () => {
  it('T2–T13: is long enough and tells no case twice', () => {
    expect(ROWS.length).toBeGreaterThanOrEqual(120)
    expect(new Set(ROWS.map((row) => JSON.stringify(inputOf(row)))).size).toBe(ROWS.length)
  })

  for (const row of ROWS) {
    it(told(row), () => {
      const input = inputOf(row)
      expect({ due: quickly(cn, input), provisional: dueOf(cn, input).provisional }).toEqual({
        due: row.due,
        provisional: row.provisional,
      })
      expect(slowly(world, cn, input)).toBe(row.due)
      expect(inverts(cn, input)).toBe(true)
    })
  }
})
