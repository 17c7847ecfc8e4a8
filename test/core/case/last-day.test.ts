// One period has one last day (民法典 203, T5, T6, T-07): of a pause approved in natural days whose last is off, the case's
// clock and the pause's own say the same. 2026-07-19 is a Sunday.
import { describe, expect, it } from 'vitest'
import { judged, told } from './world.ts'

describe('one pause, one last day (民法典 203)', () => {
  // approved for five natural days, of which the last is a Sunday: 07-20 is its last day, for both clocks
  const paused = (after: string): string =>
    `07-09 ACCEPT item=PERMIT\n07-14 SUSPEND window=A02 kind=hearing approved_days=5ND notice_at=2026-07-14T09:00 basis=46 approver=op9\n${after}`
  const whole = (story: string, now: string) => {
    const judgement = judged(story, now)
    return {
      due: told(judgement.promise?.due.dueAt ?? null),
      rules: judgement.findings
        .filter(({ level }) => level > 1)
        .map(({ rule, limitAt, holder }) => `${rule} ${told(limitAt)} ${holder.window}`)
        .join(', '),
    }
  }

  it.each([
    ['resumed on the morning of it', '07-20 09:30 RESUME\n07-29 10:00 DECIDE', '07-30', ''],
    ['resumed before its end', '07-20 16:00 RESUME\n07-29 10:00 DECIDE', '07-30', ''],
    ['resumed a day later', '07-21 09:00 RESUME\n07-29 10:00 DECIDE', '07-30', 'T-07 07-20 23:59:59.999 A02'],
    ['decided a day too late', '07-20 09:30 RESUME\n07-30 10:00 DECIDE', '07-31', 'T-02 07-29 23:59:59.999 A01'],
  ])(
    'T5 T6 T-07: %s, it took its days out of the case’s clock to the day on which its own runs out',
    (_, after, now, rules) => {
      expect(whole(paused(after), now)).toEqual({ due: '07-29 23:59:59.999', rules })
    },
  )

  it('T6 T-07 F4: open on its last day it stands, and is nobody’s fault; on the next day it is the orderer’s', () => {
    expect([judged(paused(''), '07-20 10:00').paused, whole(paused(''), '07-20 10:00').rules]).toEqual([true, ''])
    expect(judged(paused(''), '07-21 10:00').paused).toBe(false)
    expect(whole(paused(''), '07-21 10:00').rules).toBe('T-07 07-20 23:59:59.999 A02')
  })
})
