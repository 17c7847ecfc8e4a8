// T14: a due date laid open, as sentences a clerk reads aloud and as the strip of days on the case page.

import { describe, expect, it } from 'vitest'
import { printDay, printInstant } from '../../../server/core/time/civil.ts'
import { type ExplainOptions, type Explanation, explainClock } from '../../../server/core/time/explain.ts'
import { STRIP_DAYS } from '../../../server/core/time/explain-strip.ts'
import { asDay } from '../../../server/core/time/instant.ts'
import { dueOf, statedDue, statedInput } from '../../../server/core/time/limit.ts'
import { at, clock, cn, type Wording } from './world.ts'

const explained = (w: Wording, options: Partial<ExplainOptions> = {}): Explanation => {
  const input = clock(w)
  const pauseWords = () => ({ zh: '专家评审', en: 'expert review' })
  return explainClock(cn, input, dueOf(cn, input), { concludedAt: null, now: null, pauseWords, ...options })
}

/** The strip in one line: numbers, 停 paused, 班 make-up, 休 off, ! due, + late, ✓ concluded. */
const strip = ({ days }: Explanation): string =>
  days
    .map((one) => {
      const off = one.kind === 'weekend' || one.kind === 'holiday'
      const face = one.paused
        ? '停'
        : one.number !== null
          ? `${one.number}`
          : one.late > 0
            ? `+${one.late}`
            : off
              ? '休'
              : '·'
      return `${face}${one.kind === 'makeup' ? '班' : ''}${one.extended ? 'x' : ''}${one.due ? '!' : ''}${one.concluded ? '✓' : ''}`
    })
    .join(' ')

const segments = ({ segments: all }: Explanation): string =>
  all
    .map(({ kind, from, to, counted }) => `${kind} ${printDay(from).slice(5)}..${printDay(to).slice(5)} ${counted}`)
    .join(' | ')

const CASE: Wording = { accepted: '2026-04-20', limit: '10WD', pauses: '2026-04-24..2026-05-09T00:00' }
const WORDS = {
  zh: '专家评审',
  en: 'expert review',
  note: { zh: '行政许可法第四十五条，当日书面告知', en: 'art. 45, told in writing that day' },
  capped: { zh: '批准 8 个工作日', en: 'approved for 8 working days' },
}

describe('the worked case', () => {
  const told = explained(CASE, { concludedAt: at('2026-05-20'), pauseWords: () => WORDS })

  it('T14, T6: in Chinese', () => {
    expect(told.zh).toBe(
      '4 月 20 日（周一）受理，承诺 10 个工作日。用去 4 个工作日后，4 月 24 日起因专家评审暂停计时（行政许可法第四十五条，当日书面告知），批准 8 个工作日，5 月 9 日（周六，调休上班）期满，该日不计。其间遇劳动节（5 月 1 日至 5 月 5 日）休息，5 月 9 日调休上班。余 6 个工作日，自 5 月 11 日起算，至 5 月 18 日（周一）24:00 到期。5 月 20 日办结，超 2 个工作日。',
    )
  })

  it('T14: in English', () => {
    expect(told.en).toContain(
      'Accepted on Mon 20 Apr; the promise is 10 working days. After 4 working days, the clock stood still from 24 Apr for expert review',
    )
    expect(told.en).toContain(
      'With 6 working days left, counted from 11 May, it runs out on Mon 18 May at 24:00. Concluded on 20 May, late by 2 working days.',
    )
  })

  it('T14: as a strip of days', () => {
    expect(strip(told)).toBe(
      '0 1 2 3 4 休 休 停 停 停 停 休 休 休 休 休 停 停 停 停班 休 5 6 7 8 9 休 休 10! +1 +2✓ · · 休 休',
    )
  })

  it('T14: as segments, and in figures', () => {
    expect(segments(told)).toBe(
      'accept 04-20..04-20 0 | count 04-21..04-24 4 | pause 04-25..05-09 0 | count 05-10..05-18 6 | due 05-18..05-18 0',
    )
    expect([told.used, told.remaining, told.lateBy]).toEqual([12, -2, 2])
  })
})

describe('other clocks laid open', () => {
  it('T7: an extension stands behind a notch', () => {
    const told = explained({ accepted: '2026-03-02', limit: '3WD', extend: 2 })
    expect(strip(told)).toBe('0 1 2 3 4x 休x 休x 5x! · · · ·')
    expect(told.zh).toContain('承诺 3 个工作日，经批准延长 2 个工作日。')
  })

  it('T4: natural days are numbered through, the roll is not', () => {
    const told = explained({ accepted: '2026-03-28', limit: '7ND' })
    expect(strip(told)).toBe('0 1 2 3 4 5 6 7 休 休 ·! · · · 休')
    expect(told.zh).toContain('至 4 月 7 日（周二）24:00 到期（末日逢休息日，顺延）。')
  })

  it('T5: nothing was left when the clock stopped', () => {
    const told = explained({ accepted: '2026-04-20', limit: '20WD', pauses: '2026-05-20..2026-05-24' })
    expect(told.zh).toContain('暂停时已无余日，以恢复后首个工作日为限，至 5 月 25 日（周一）24:00 到期。')
    expect(segments(told)).toContain('pause 05-21..05-24 0 | roll 05-25..05-25 0 | due')
  })

  it('T4: office hours tell the clock', () => {
    const told = explained({ accepted: '2026-05-08T16:00', limit: '7H', pauses: '2026-05-09T10:00..2026-05-09T11:00' })
    expect(told.zh).toContain('5 月 9 日 10:00 起因专家评审暂停计时，5 月 9 日 11:00 恢复。')
    expect(told.zh).toContain('余 4 个办公小时 30 分，自 5 月 9 日起算，至 5 月 9 日（周六，调休上班）17:00 到期。')
    expect(told.segments.map(({ counted }) => counted)).toEqual([0, 150, 0, 270, 0])
    expect(printInstant(told.segments[2]?.toAt ?? at('2026-01-01'), cn.zone)).toBe('2026-05-09T11:00:00+08:00')
  })

  it('T3: a stated date is told as stated', () => {
    const due = statedDue(cn, '2026-03-08')
    if (due === null) throw new Error('a date')
    const stated = { on: due.dueOn, at: due.dueAt }
    const input = statedInput(cn, { start: at('2026-03-02'), stated, pauses: [] })
    const told = explainClock(cn, input, due, { concludedAt: null, now: at('2026-03-04'), pauseWords: () => WORDS })
    expect(told.zh).toBe(
      '3 月 2 日（周一）受理，载明 3 月 8 日（周日）到期。至 3 月 8 日（周日）24:00 到期。截至 3 月 4 日用去 2 个工作日，余 2 个工作日。',
    )
  })

  it('T13, T6: says what is provisional, and what is only the latest', () => {
    const told = explained(
      { accepted: '2026-12-21', limit: '20WD', pauses: '2026-12-23..2026-12-25' },
      { latest: true },
    )
    expect(told.zh).toContain(
      '至 2027 年 1 月 21 日（周四）24:00 到期（暂停未恢复，此为最迟日期；暂定，放假安排尚未公布）。',
    )
  })

  it.each<[string, Partial<ExplainOptions>, string]>([
    ['running, in time', { now: at('2026-03-04') }, '截至 3 月 4 日用去 2 个工作日，余 3 个工作日。'],
    ['running, late', { now: at('2026-03-11') }, '截至 3 月 11 日未办结，已超 2 个工作日。'],
    ['concluded in time', { concludedAt: at('2026-03-06') }, '3 月 6 日办结，用时 4 个工作日，未超期。'],
    ['a calculation', {}, '至 3 月 9 日（周一）24:00 到期。'],
  ])('T14: %s', (_how, options, end) => {
    expect(explained({ accepted: '2026-03-02', limit: '5WD' }, options).zh.endsWith(end)).toBe(true)
  })

  it('T14: late on days off is less than a working day', () => {
    expect(explained({ accepted: '2026-03-02', limit: '4WD' }, { concludedAt: at('2026-03-07') }).zh).toContain(
      '3 月 7 日办结，超期不足 1 个工作日。',
    )
  })

  it('T14: 即办', () => {
    expect(explained({ accepted: '2026-05-16', limit: '0' }, { concludedAt: at('2026-05-18') }).zh).toBe(
      '5 月 16 日（周六）受理，承诺当日办结。至 5 月 18 日（周一）24:00 到期。5 月 18 日办结，未超期。',
    )
  })

  const dates = ({ days }: Explanation): string[] => days.map(({ on }) => printDay(on))
  const jumps = ({ days }: Explanation): number =>
    days.filter(({ on }, i) => i > 0 && on !== (days[i - 1]?.on ?? 0) + 1).length

  it('T14: a strip too long loses its middle, never its turns, and the numbers run on behind the gap', () => {
    const told = explained(
      { accepted: '2024-01-02', limit: '400WD', pauses: '2024-03-01..2024-08-30', extend: 10 },
      { concludedAt: at('2026-09-29T15:00') },
    )
    const input = clock({ accepted: '2024-01-02', limit: '400WD', pauses: '2024-03-01..2024-08-30', extend: 10 })
    const due = dueOf(cn, input)
    expect(told.days.length).toBeLessThanOrEqual(STRIP_DAYS)
    expect(jumps(told)).toBeGreaterThan(2)
    const turns = told.segments.flatMap(({ from, to }) => [printDay(from), printDay(to)])
    for (const on of ['2024-01-02', printDay(due.dueOn), '2026-09-29', ...turns]) expect(dates(told)).toContain(on)
    expect(told.days.filter((day) => day.due).map(({ number }) => number)).toEqual([410])
    expect(told.days.find(({ extended, number }) => extended && number !== null)?.number).toBe(401)
  })

  it.each(['20WD', '390ND', '12M'])('T14: a strip of %s that fits is whole', (limit) => {
    expect(jumps(explained({ accepted: '2026-01-05', limit }))).toBe(0)
  })

  it.each(['450WD', '900ND', '40M'])(
    'T14: the days left in a strip of %s bear the numbers of the whole one',
    (limit) => {
      const { days } = explained({ accepted: '2024-01-02', limit })
      const first = days[0]?.on ?? 0
      const inWorkDays = limit.endsWith('WD')
      let jumpedOver = 0
      let slow = 0
      let before = first
      for (const { on, number } of days) {
        jumpedOver += on - before > 1 ? 1 : 0
        for (let day = before + 1; day <= on; day++) slow += inWorkDays ? Number(cn.isWorkDay(asDay(day))) : 1
        before = on
        if (number !== null) expect([printDay(on), number]).toEqual([printDay(on), slow])
      }
      expect(jumpedOver).toBe(1)
      expect(days.filter(({ number }) => number !== null).length).toBeGreaterThan(10)
      expect(days.some((day) => day.due)).toBe(true)
    },
  )

  it('T14: what runs into another year says the year of its start too', () => {
    expect(explained({ accepted: '2026-12-21', limit: '20WD' }).zh).toMatch(/^2026 年 12 月 21 日/)
    expect(explained({ accepted: '2026-04-20', limit: '20WD' }).zh).toMatch(/^4 月 20 日/)
  })

  it('T14: hundreds of pauses keep every edge', () => {
    const pauses = Array.from({ length: 120 }, (_, i) => {
      const from = asDay(((clock({ accepted: '2024-01-02', limit: '20WD' }).start / 86_400_000) | 0) + 10 + i * 14)
      return `${printDay(from)}..${printDay(asDay(from + 12))}`
    }).join(',')
    const told = explained({ accepted: '2024-01-02', limit: '300WD', pauses })
    for (const { from, to } of told.segments) {
      expect(dates(told)).toContain(printDay(from))
      expect(dates(told)).toContain(printDay(to))
    }
  })
})
