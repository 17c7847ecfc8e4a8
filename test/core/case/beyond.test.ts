// Numbers past every law (T4, J5): a store that an older door wrote may hold them, and they set nothing apart. They are read
// at the longest there is, and the case says so. 99,999 stands for "never" in many a form.
import { describe, expect, it } from 'vitest'
import { foldCase } from '../../../server/core/case/fold.ts'
import { judgeCase } from '../../../server/core/case/judge.ts'
import { readFact } from '../../../server/core/case/read.ts'
import { asInstant } from '../../../server/core/time/instant.ts'
import { LONGEST_LIMIT, parseLimit, printLimit } from '../../../server/core/time/limit.ts'
import { at, judged, law, rulesOf, told } from './world.ts'

const UNITS = ['WD', 'ND', 'M', 'H'] as const
const paused = (approved: string): string =>
  `06-01 ACCEPT item=PERMIT\n06-03 SUSPEND kind=hearing approved_days=${approved} notice_at=2026-06-03T09:00 basis=45 approver=op9`

describe('a limit longer than any law knows', () => {
  it.each(UNITS)(
    'T4, J5: a promise or a statute of it in %s is read at the longest, and the case is flagged',
    (unit) => {
      for (const key of ['promise_limit', 'legal_limit']) {
        for (const value of [LONGEST_LIMIT[unit] + 1, 90_000, 100_000, 1_000_000_000]) {
          const judgement = judged(`06-01 ACCEPT item=UNDATED ${key}=${value}${unit}`, '06-02')
          const longest = judged(`06-01 ACCEPT item=UNDATED ${key}=${LONGEST_LIMIT[unit]}${unit}`, '06-02')
          expect(judgement.main?.due).toEqual(longest.main?.due)
          expect([judgement.flags, longest.flags]).toEqual([['limit_beyond'], []])
        }
      }
    },
  )

  it('T10, D-06: the catalogue holds over it, and the card says what was stated', () => {
    const judgement = judged('06-01 ACCEPT item=PERMIT promise_limit=99999WD', '06-02')
    expect([told(judgement.promise?.due.dueAt ?? null), rulesOf(judgement)]).toEqual(['06-15 23:59:59.999', 'D-06'])
    expect(judgement.findings[0]?.basis.stated).toBe('99999WD')
  })

  it.each(UNITS)('T6, J5: an approval of a pause in %s likewise', (unit) => {
    const judgement = judged(paused(`1000000000${unit}`), '06-05')
    expect([judgement.paused, judgement.flags, printLimit(judgement.pauses[0]?.cap as never)]).toEqual([
      true,
      ['limit_beyond'],
      `${LONGEST_LIMIT[unit]}${unit}`,
    ])
    expect(judgement.pauses[0]?.capAt).toBe(judged(paused(`${LONGEST_LIMIT[unit]}${unit}`), '06-05').pauses[0]?.capAt)
  })

  it('T7, T-08: days of an extension past every law are cut to the maximum', () => {
    const judgement = judged('06-01 ACCEPT item=PERMIT\n06-03 EXTEND days=1000000000', '06-04')
    expect([judgement.statute?.extendedBy, rulesOf(judgement)]).toEqual([10, 'T-08'])
  })

  it('T4: a catalogue is held to the same bound, and the last of it is a limit', () => {
    for (const unit of UNITS) {
      expect(parseLimit(`${LONGEST_LIMIT[unit]}${unit}`)).toEqual({ unit, value: LONGEST_LIMIT[unit] })
      expect(parseLimit(`${LONGEST_LIMIT[unit] + 1}${unit}`)).toBeNull()
    }
    expect(parseLimit(`1${'0'.repeat(400)}WD`)).toBeNull()
  })

  it('J5: all of it at once, as a store keeps it, folds and judges', () => {
    const kept = (type: string, on: string, payload: unknown): string =>
      JSON.stringify({
        event_id: `${type}${on}`,
        event_type: type,
        occurred_at: at(on),
        payload,
        project_no: 'P1',
        source_system: 's1',
        task_code: 'UNDATED',
      })
    const far = { unit: 'WD', value: 100_000 }
    const facts = [
      kept('ACCEPT', '06-01', {
        legal_limit: far,
        promise_due_at: '9999-12-31',
        promise_limit: { unit: 'M', value: 100_000 },
      }),
      kept('SUSPEND', '06-03', { approved_days: far, kind: 'hearing', notice_at: at('06-03') }),
      kept('EXTEND', '06-04', { days: 100_000 }),
      kept('STEP_START', '06-05', { step_code: 'SC', step_due_at: '9999-12-31' }),
      kept('JOINT_DISPATCH', '06-08', { member: 'D2', reply_due_at: '9999-12-31' }),
    ].map((body) => readFact(body))
    const state = foldCase(facts, 'P1')
    if (state === null) throw new Error('no case')
    const now = at('06-10')
    const judgement = judgeCase(state, law, now)
    expect([judgement.level, judgement.flags.includes('limit_beyond')]).toEqual([0, true])
    expect(() => judgeCase(state, law, asInstant(now + 40 * 366 * 86_400_000))).not.toThrow()
  })
})
