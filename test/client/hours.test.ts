// Reading instants in the centre's zone, and spans.

import { describe, expect, test } from 'vitest'
import { dueText, instantText } from '../../client/frame/tell.ts'
import { wordsOf } from '../../client/i18n/both.ts'
import { clockText, localTime, spanOf } from '../../client/lib/hours.ts'

const ZONE = 'Asia/Shanghai'
const ms = (text: string): number => Date.parse(text)

describe('time on screen', () => {
  test('T1: the clock reads in the zone of the centre, whatever the zone of the screen', () => {
    const time = localTime(ms('2026-09-29T16:30:05Z'), ZONE)
    expect(clockText(time)).toBe('00:30:05')
    expect(time).toMatchObject({ year: 2026, month: 9, day: 30, weekday: 3 })
    expect(wordsOf('zh').date(time)).toBe('2026年9月30日 星期三')
  })

  test('T3: the last instant of a day reads as its end, midnight of the next day as that day', () => {
    const t = wordsOf('zh')
    expect(dueText(t, '2026-05-18', '2026-05-18T23:59:59.999+08:00')).toBe('2026年5月18日 周一 24:00')
    expect(dueText(t, '2026-05-18', '2026-05-18T17:30:00+08:00')).toBe('2026年5月18日 周一 17:30')
    expect(instantText(t, '2026-05-19T00:00:00+08:00')).toBe('5月19日 周二 00:00')
    expect(instantText(t, null)).toBe('—')
  })

  test('L3: a span is told whole', () => {
    expect(spanOf(192_000)).toEqual({ days: 0, hours: 0, minutes: 3, seconds: 12 })
    expect(wordsOf('zh').span(spanOf(192_000))).toBe('3 分 12 秒')
  })
})
