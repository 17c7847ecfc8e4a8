// Stated dues (T10, T7, T5) as a table of law: what stands in the acceptance, what came after, which due holds and why. A due
// that was stated is moved by lawful pauses begun and extensions approved after that, and compared unmoved (L3).
// November 2026: Monday the 2nd; no holiday. December 29–31 are provisional.
import { describe, expect, it } from 'vitest'
import { judged, rulesOf, told } from './world.ts'

const PAUSE = 'kind=hearing notice_at=2026-11-05T09:00 basis=45 approver=op9'

interface Row {
  readonly rule: string
  readonly why: string
  readonly accept: string
  readonly after: string
  readonly due: string
  readonly rules?: string
}

const ROWS: readonly Row[] = [
  {
    rule: 'T10',
    why: 'unmoved, the end of its day',
    accept: 'item=UNDATED legal_due_at=2026-11-18',
    after: '',
    due: '11-18 23:59:59.999',
  },
  {
    rule: 'T10 T5',
    why: 'a pause begun with six working days left: they are left behind it',
    accept: 'item=UNDATED legal_due_at=2026-11-18',
    after: `11-10 SUSPEND approved_days=20WD ${PAUSE}`,
    due: '12-16 23:59:59.999',
  },
  {
    rule: 'T10 T5',
    why: 'a stated instant keeps its time of day',
    accept: 'item=UNDATED legal_due_at=2026-11-18T15:30',
    after: `11-10 SUSPEND ${PAUSE}\n11-17 RESUME`,
    due: '11-25 15:30:00',
  },
  {
    rule: 'T10 T5',
    why: 'a pause begun when the stated instant had passed cures nothing',
    accept: 'item=UNDATED legal_due_at=2026-11-18T15:30',
    after: `11-18 16:00 SUSPEND ${PAUSE}\n11-25 RESUME`,
    due: '11-18 15:30:00',
  },
  {
    rule: 'T10 T5',
    why: 'an unlawful pause moves nothing',
    accept: 'item=UNDATED legal_due_at=2026-11-18',
    after: '11-10 SUSPEND kind=other notice_at=2026-11-10T09:00 basis=x approver=op9\n11-17 RESUME',
    due: '11-18 23:59:59.999',
    rules: 'P-03',
  },
  {
    rule: 'T10 T7',
    why: 'an extension approved in time lengthens it by working days',
    accept: 'item=UNDATED legal_due_at=2026-11-13',
    after: '11-12 EXTEND days=5',
    due: '11-20 23:59:59.999',
  },
  {
    rule: 'T10 T7 T-08',
    why: 'approved after it, void for the only clock',
    accept: 'item=UNDATED legal_due_at=2026-11-13',
    after: '11-16 EXTEND days=5',
    due: '11-13 23:59:59.999',
    rules: 'T-03 T-08',
  },
  {
    rule: 'T10 T7 T-08',
    why: 'over the maximum only the maximum counts',
    accept: 'item=UNDATED legal_due_at=2026-11-13',
    after: '11-12 EXTEND days=50',
    due: '11-27 23:59:59.999',
    rules: 'T-08',
  },
  {
    rule: 'T7',
    why: 'approved inside a lawful pause that began in time',
    accept: 'item=UNDATED legal_due_at=2026-11-13',
    after: `11-12 SUSPEND ${PAUSE}\n11-16 EXTEND days=5\n11-17 RESUME`,
    due: '11-25 23:59:59.999',
  },
  {
    rule: 'T10',
    why: 'as of a day behind the pause it holds the pause already',
    accept: 'item=UNDATED legal_due_at=2026-11-18 due_as_of=2026-11-12T09:00',
    after: `11-04 SUSPEND ${PAUSE}\n11-06 RESUME`,
    due: '11-18 23:59:59.999',
  },
  {
    rule: 'T10 T7',
    why: 'as of a day behind the approval it holds the extension already; a second one is void',
    accept: 'item=UNDATED legal_due_at=2026-11-18 due_as_of=2026-11-12T09:00',
    after: '11-04 EXTEND days=5\n11-16 EXTEND days=3',
    due: '11-18 23:59:59.999',
    rules: 'T-08',
  },
  {
    rule: 'T10 D-06',
    why: 'later than the catalogue as they stand: the catalogue’s holds, moved, and D-06 stands',
    accept: 'item=STEPPED promise_due_at=2026-11-18',
    after: `11-05 SUSPEND ${PAUSE}\n11-19 RESUME`,
    due: '11-30 23:59:59.999',
    rules: 'D-06',
  },
  {
    rule: 'T10',
    why: 'earlier than the catalogue as they stand: it holds, and moves',
    accept: 'item=STEPPED promise_due_at=2026-11-12',
    after: `11-05 SUSPEND ${PAUSE}\n11-19 RESUME`,
    due: '11-26 23:59:59.999',
  },
  {
    rule: 'T10',
    why: 'a placeholder of a date is never, and nothing moves it',
    accept: 'item=UNDATED legal_due_at=9999-12-31',
    after: `11-05 SUSPEND ${PAUSE}\n11-19 RESUME\n11-20 EXTEND days=10`,
    due: '2149-12-30 23:59:59.999',
  },
]

describe('stated dues', () => {
  it.each(ROWS.map((row) => [row.rule, row.why, row] as const))('%s: %s [L3]', (_, __, row) => {
    const judgement = judged(`11-02 ACCEPT ${row.accept}${row.after === '' ? '' : `\n${row.after}`}`, '11-17 12:00')
    const main = judgement.promise ?? judgement.statute
    const rules = rulesOf(judgement).replace(/T-01 ?/, '')
    expect([told(main?.due.dueAt ?? null), rules]).toEqual([row.due, row.rules ?? ''])
  })

  it('T10: a due of before the acceptance, stated as of before it, is moved by the pause begun from then on [L3]', () => {
    const due = (asOf: string) => {
      const accept = `11-02 ACCEPT item=UNDATED legal_due_at=2026-10-29 due_as_of=${asOf}`
      const judgement = judged(`10-28 SUSPEND ${PAUSE}\n${accept}\n11-05 RESUME`, '11-05 12:00')
      return told(judgement.statute?.due.dueAt ?? null)
    }
    // the 29th is left behind the pause
    expect(due('2026-10-27')).toBe('11-06 23:59:59.999')
    // said after the pause had begun, it holds the pause already
    expect(due('2026-10-29')).toBe('10-29 23:59:59.999')
  })

  it('T-01: nobody is warned before the acceptance, nor of a due that had run out by then', () => {
    const accept = (due: string) => `11-03 10:00 ACCEPT item=UNDATED legal_due_at=${due} due_as_of=2026-10-26`
    const warned = (story: string) =>
      judged(story, '11-20').findings.flatMap(({ rule, limitAt }) => (rule === 'T-01' ? told(limitAt) : []))
    expect(warned(accept('2026-10-29'))).toEqual([])
    expect(warned(accept('2026-11-03'))).toEqual(['11-03 10:00:00'])
    // moved behind the acceptance by a pause, to the 6th: on the working day before
    expect(warned(`10-28 SUSPEND ${PAUSE}\n${accept('2026-10-29')}\n11-05 RESUME`)).toEqual(['11-05 09:00:00'])
  })

  it('T10: what is decided within the extension is on time [L3]', () => {
    const story = '11-02 ACCEPT item=UNDATED legal_due_at=2026-11-13\n11-12 EXTEND days=5\n11-18 DECIDE result=granted'
    expect(judged(story, '11-20').verdict).toBe('on_time')
  })

  it('T-01: N is the working days from acceptance to a stated due', () => {
    const { findings } = judged('11-02 ACCEPT item=UNDATED promise_due_at=2026-11-16', '11-16')
    expect(findings.map(({ rule, limitAt, basis }) => [rule, told(limitAt), basis.limit])).toEqual([
      ['T-01', '11-12 09:00:00', '2026-11-16'],
    ])
  })

  it('T-03p: without a statute the red one waits for a person, and vetoes nothing', () => {
    const late = judged('11-02 ACCEPT item=UNDATED promise_due_at=2026-11-04', '11-10')
    expect(late.findings.map(({ rule, limitAt }) => `${rule} ${told(limitAt)}`)).toContain('T-03p 11-09 23:59:59.999')
    expect(late.grounds.law.rules.get('T-03p')).toMatchObject({ level: 3, mode: 'confirm', family: 'limit' })
    expect(late.level).toBe(2)
  })
})
