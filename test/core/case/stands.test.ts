// Events known by their day alone (按日): where they stand in the order, and what is in time (F1, I15).
import { describe, expect, it } from 'vitest'
import { isAfter, isBy, standsAt, type When } from '../../../server/core/case/stands.ts'
import { at, folded, law, told } from './world.ts'

const stamped = (text: string): When => ({ at: at(text), precision: null })
const bare = (day: string): When => ({ at: at(`${day} 00:00`), precision: 'day' })

describe('a bare day', () => {
  it('F1, I15: stands at the last millisecond of its day, after every stamp of it and before the next', () => {
    expect(told(standsAt(bare('06-01')))).toBe('06-01 23:59:59.999')
    expect(isAfter(stamped('06-02 00:00'), bare('06-01'))).toBe(true)
    expect(isAfter(bare('06-01'), bare('06-01'))).toBe(false)
  })

  it('I15: is in time if its day is not after the day of the limit, whatever hour the limit has', () => {
    const { homeCalendar } = law
    expect(isBy(bare('06-01'), at('06-01 00:00'), homeCalendar)).toBe(true)
    expect(isBy(bare('06-01'), at('06-01 23:59:59.999'), homeCalendar)).toBe(true)
    expect(isBy(bare('06-02'), at('06-01 23:59:59.999'), homeCalendar)).toBe(false)
    expect(isBy(stamped('06-01 10:00'), at('06-01 10:00'), homeCalendar)).toBe(true)
    expect(isBy(stamped('06-01 10:00:00.001'), at('06-01 10:00'), homeCalendar)).toBe(false)
  })

  it('F1, I15: what is known by its day alone is folded after that day’s stamped facts, and is marked so', () => {
    const state = folded(
      '06-05 DECIDE precision=day result=granted\n06-05 09:20 ACCEPT\n06-05 16:00 STEP_START step_code=SC',
    )
    expect(told(state.last[0])).toBe('06-05 23:59:59.999')
    expect(state.ends).toMatchObject([{ type: 'DECIDE', at: at('06-05 00:00'), precision: 'day' }])
    expect(state.accepted).toMatchObject({ precision: null })
  })
})
