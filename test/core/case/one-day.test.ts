// One day, one of its events known by that day alone (按日): nobody knows which came first, and no guess accuses. An opener
// and a closer are a pair in order; what is wrong at some instants of the day alone is not told (F1, F5, I15).
import { describe, expect, it } from 'vitest'
import { folded, found, judged, rulesOf, told } from './world.ts'

const BARE = 'precision=day'
const LAWFUL = 'kind=hearing notice_at=2026-06-03T09:00 basis=46 approver=op9 approved_days=2WD'

/** Both orders of the stamps, so that the bare one falls behind or before the other in the order of facts. */
const FORMS: readonly (readonly [form: string, opener: string, closer: string])[] = [
  ['a stamp and a stamp', '06-03 09:00 %o', '06-03 16:00 %c'],
  ['a bare opener and a stamp', `06-03 %o ${BARE}`, '06-03 16:00 %c'],
  ['a stamp and a bare closer', '06-03 09:00 %o', `06-03 %c ${BARE}`],
  ['two bare days', `06-03 %o ${BARE}`, `06-03 %c ${BARE}`],
]

const PAIRS: readonly (readonly [pair: string, opener: string, closer: string, item: string])[] = [
  ['P-04 T-07: a pause and its end', `SUSPEND ${LAWFUL}`, 'RESUME', 'SERVICE'],
  ['P-04 T-07: … named by its kind', `SUSPEND ${LAWFUL}`, 'RESUME kind=hearing', 'SERVICE'],
  ['P-04 T-07: … named by its event', `SUSPEND id=s ${LAWFUL}`, 'RESUME pause=s', 'SERVICE'],
  ['F4 T8: a notice and what is handed in', 'CORRECT_NOTICE', 'CORRECT_DONE', 'SERVICE'],
  [
    'T-09: a member asked and its reply',
    'JOINT_DISPATCH member=D2 reply_due_at=2026-06-04T17:00',
    'JOINT_REPLY member=D2',
    'SERVICE',
  ],
  [
    'T-04: a step and its end',
    'STEP_START step_code=SC step_due_at=2026-06-04T17:00',
    'STEP_END step_code=SC',
    'SERVICE',
  ],
  ['T-04: … of no code', 'STEP_START step_code=SC step_due_at=2026-06-04T17:00', 'STEP_END', 'SERVICE'],
]

describe('an opener and a closer of one day', () => {
  const rows = PAIRS.flatMap(([pair, opener, closer, item]) =>
    FORMS.map(
      ([form, one, other]) => [pair, form, one.replace('%o', opener), other.replace('%c', closer), item] as const,
    ),
  )
  it.each(rows)('I15: %s: %s accuse nobody', (_pair, _form, opener, closer, item) => {
    const story = `06-01 09:00 ACCEPT item=${item} window=A01\n${opener}\n${closer}`
    const judgement = judged(story, '06-08')
    expect(rulesOf(judgement).replace('T-01', '').trim()).toBe('')
    expect([judgement.status, judgement.holder.window]).toEqual(['accepted', 'A01'])
  })

  it.each(FORMS.filter(([form]) => form !== 'two bare days'))(
    'T8: %s: what was asked for is handed in, and that accepts',
    (_, one, other) => {
      const story = `06-02 RECEIVE item=PERMIT\n${one.replace('%o', 'CORRECT_NOTICE')}\n${other.replace('%c', 'CORRECT_DONE')}`
      const judgement = judged(story, '06-30')
      expect([judgement.deemed, told(judgement.acceptedAt).slice(0, 5), judgement.holder.role]).toEqual([
        false,
        '06-03',
        'front',
      ])
    },
  )

  it('T-07: a closer of another day closes nothing that began after it', () => {
    const story = `06-01 ACCEPT item=PERMIT\n06-02 16:00 RESUME\n06-03 SUSPEND ${LAWFUL} ${BARE}`
    expect(found(judged(story, '06-10'))).toEqual(
      expect.arrayContaining(['T-07 06-05 23:59:59.999', 'P-04 06-02 16:00:00']),
    )
  })
})

describe('a pause begun and one ended on one day', () => {
  const rules = (lines: string, now = '06-12') => rulesOf(judged(`06-01 09:00 ACCEPT item=PERMIT\n${lines}`, now))
  const older = `06-02 10:00 SUSPEND id=o ${LAWFUL}`
  const table: readonly (readonly [why: string, lines: string])[] = [
    [
      'a bare day that begins another may have come before a stamp that ends all',
      `${older}\n06-03 16:00 RESUME\n06-03 SUSPEND ${LAWFUL.replace('hearing', 'testing')} ${BARE}`,
    ],
    [
      '… and the end of that other is then of nothing in one order alone',
      `${older}\n06-03 16:00 RESUME\n06-03 SUSPEND ${LAWFUL.replace('hearing', 'testing')} ${BARE}\n06-11 RESUME`,
    ],
    [
      'a bare end may have come before a stamp that begins one of its kind again',
      `${older}\n06-03 10:00 SUSPEND ${LAWFUL}\n06-03 RESUME ${BARE}\n06-11 RESUME`,
    ],
    [
      'a bare end of all may have come before a stamp that begins another',
      `${older}\n06-03 10:00 SUSPEND ${LAWFUL.replace('hearing', 'testing')}\n06-03 RESUME ${BARE}\n06-11 RESUME`,
    ],
    [
      'of two ends of one pause, one of them bare, either may be the one',
      `${older}\n06-03 16:00 RESUME\n06-03 RESUME ${BARE}`,
    ],
    [
      'of two ends before a bare beginning either may be its own',
      `06-03 10:00 RESUME\n06-03 16:00 RESUME\n06-03 SUSPEND ${LAWFUL} ${BARE}`,
    ],
  ]
  it.each(table)('P-04 T-07: %s', (_, lines) => {
    expect(rules(lines)).not.toMatch(/P-04|T-07/)
  })
  it('P-04: what is of nothing at every instant of its day is told', () => {
    expect(rules(`${older}\n06-03 16:00 RESUME\n06-04 RESUME ${BARE}`)).toContain('P-04')
    expect(rules(`06-04 RESUME ${BARE}\n06-05 SUSPEND ${LAWFUL} ${BARE}`)).toContain('P-04')
    expect(rules(`06-03 RESUME kind=testing\n06-03 SUSPEND ${LAWFUL} ${BARE}`)).toContain('P-04')
  })
  it('F2: the same, whatever is folded first', () => {
    const story = `06-01 ACCEPT\n06-03 16:00 RESUME id=r\n06-03 SUSPEND id=s ${LAWFUL} ${BARE}`
    expect(folded(story).pauses).toEqual(folded(story.split('\n').reverse().join('\n')).pauses)
  })
})

describe('steps of one day', () => {
  const stepped = (lines: string) => `06-01 ACCEPT item=STEPPED\n${lines}\n06-05 DECIDE result=granted`
  it('P-04: steps of which one is a bare day are not out of order; a day later they are', () => {
    const turned = (day: string) =>
      `06-02 09:00 STEP_START step_code=SL\n06-03 09:00 STEP_START step_code=JD\n${day} STEP_START step_code=SC ${BARE}`
    expect(rulesOf(judged(stepped(turned('06-03')), '06-08'))).not.toContain('P-04')
    expect(rulesOf(judged(stepped(turned('06-04')), '06-08'))).toContain('P-04')
  })
  it('T-04: of two that begin on one day neither is known to run on, until its own end is told', () => {
    const due = 'step_due_at=2026-06-04T17:00'
    const both = `06-01 ACCEPT item=SERVICE\n06-03 09:00 STEP_START step_code=A ${due}\n06-03 STEP_START step_code=B ${due} ${BARE}`
    expect(rulesOf(judged(both, '06-05'))).not.toContain('T-04')
    expect(rulesOf(judged(`${both}\n06-05 09:00 STEP_END step_code=B`, '06-05'))).toContain('T-04')
  })
  const DUE = 'step_due_at=2026-06-04T17:00'
  it.each([
    // whether the step is the member's or the lead's, and what the next one ended, hangs on the order of that day
    [
      'of the bare day on which its member was asked',
      `06-02 STEP_START step_code=A org=D2 ${DUE} ${BARE}\n06-02 JOINT_DISPATCH member=D2 ${BARE}`,
      '06-03 STEP_START step_code=B org=D2',
    ],
    [
      'of a stamp of the bare day on which its member was asked',
      `06-02 09:00 STEP_START step_code=A org=D2 ${DUE}\n06-02 JOINT_DISPATCH member=D2 ${BARE}`,
      '06-03 STEP_START step_code=B org=D2',
    ],
    [
      'of a bare day on which its member was asked by a stamp',
      `06-02 09:00 JOINT_DISPATCH member=D2\n06-02 STEP_START step_code=A org=D2 ${DUE} ${BARE}`,
      '06-03 STEP_START step_code=B org=D1',
    ],
    [
      'before one of the bare day on which the member replied',
      `06-02 09:00 STEP_START step_code=A org=D1 ${DUE}\n06-02 10:00 JOINT_DISPATCH member=D2`,
      `06-03 09:00 STEP_START step_code=B org=D2\n06-03 JOINT_REPLY member=D2 org=D2 ${BARE}`,
    ],
  ])('T-04 F5 I15: a step %s may have ended with the next, until its own end is told', (_, begun, next) => {
    const story = `06-01 ACCEPT item=SERVICE\n${begun}\n${next}`
    expect(rulesOf(judged(story, '06-05'))).not.toContain('T-04')
    expect(rulesOf(judged(`${story}\n06-05 09:00 STEP_END step_code=A`, '06-05'))).toContain('T-04')
  })
  it('T-04 F5: where all is stamped the branch is known, and a step that runs on in it is told', () => {
    const asked = '06-02 10:00 JOINT_DISPATCH member=D2\n06-03 STEP_START step_code=B org=D2'
    const story = `06-01 ACCEPT item=SERVICE\n06-02 09:00 STEP_START step_code=A org=D2 ${DUE}\n${asked}`
    expect(rulesOf(judged(story, '06-05'))).toContain('T-04')
  })
  it('F4: a step of a bare day that had ended hands the case back to nobody', () => {
    const story = `06-01 ACCEPT item=SERVICE window=A01\n06-03 STEP_START step_code=A window=A02 ${BARE}\n06-03 10:00 STEP_END step_code=A\n06-03 11:00 STEP_START step_code=B window=A01 operator=op3`
    expect(judged(story, '06-04').holder.operator).toBe('op3')
  })
})

describe('what else a bare day leaves open', () => {
  it('P-02: a notice of a bare day and a stamp of it tell of one; a day later of another', () => {
    const notices = (day: string) =>
      `06-01 RECEIVE item=PERMIT\n06-02 10:00 CORRECT_NOTICE\n${day} CORRECT_NOTICE ${BARE}`
    expect(rulesOf(judged(notices('06-02'), '06-04'))).toBe('')
    expect(rulesOf(judged(notices('06-03'), '06-04'))).toBe('P-02')
  })
  const REFUSED = '06-01 RECEIVE item=SERVICE\n06-02 10:00 REFUSE_ACCEPT\n'
  const ACCEPTED = `06-02 ACCEPT ${BARE}`
  it.each([
    // the rest of the story; how it ends in the order of F1; what of it waits for a person
    ['no more', '', ACCEPTED, 'accepted', 'reopened', 'T-02 T-03p'],
    ['granted too late', '06-16 DECIDE result=granted', ACCEPTED, 'concluded', 'reopened', 'T-02 T-03p'],
    ['granted in time', '06-05 DECIDE result=granted', ACCEPTED, 'concluded', 'reopened', ''],
    ['accepted on the next day for sure', '', '06-03 ACCEPT', 'accepted', '', ''],
    ['accepted on that day by a stamp after it', '', '06-02 10:01 ACCEPT', 'accepted', '', ''],
    ['accepted by a stamp before it', '', '06-02 09:59 ACCEPT', 'concluded', '', ''],
    ['accepted once more for sure', '06-03 ACCEPT', ACCEPTED, 'accepted', 'accepted', ''],
  ])(
    'F5 I15: a refusal to accept and an acceptance of one day may have come in either order: %s [F1]',
    (_, rest, acceptance, status, conflicts, waiting) => {
      const judgement = judged(`${REFUSED}${acceptance}\n${rest}`, '06-30')
      expect(judgement.status).toBe(status)
      expect(folded(`${REFUSED}${acceptance}\n${rest}`).conflicts.join(' ')).toBe(conflicts)
      const waits = judgement.findings.filter(({ level, contested }) => level >= 2 && contested !== undefined)
      expect(waits.flatMap(({ rule, contested }) => (contested === 'reopened' ? rule : [])).join(' ')).toBe(waiting)
      if (waiting !== '') expect(judgement.level).toBeLessThan(2)
    },
  )
  it.each([
    ['of a bare refusal', `06-02 10:00 ACCEPT item=SERVICE\n06-02 REFUSE_ACCEPT ${BARE}`],
    ['where both are bare', `06-02 ACCEPT item=SERVICE ${BARE}\n06-02 REFUSE_ACCEPT ${BARE}`],
    ['of an acceptance told again', `06-01 ACCEPT item=SERVICE\n06-02 10:00 ACCEPT\n06-02 REFUSE_ACCEPT ${BARE}`],
  ])('F5 I15: likewise %s, which F1 reads as the end: what an open case would be told waits', (_, story) => {
    const judgement = judged(story, '06-30')
    expect(judgement).toMatchObject({ status: 'concluded', verdict: 'on_time' })
    expect(
      judgement.findings.filter(({ contested }) => contested?.includes('reopened')).map(({ rule }) => rule),
    ).toEqual(expect.arrayContaining(['T-02', 'T-03p']))
  })
  const PAIR = `06-02 10:00 REFUSE_ACCEPT\n06-02 ACCEPT ${BARE}`
  it.each([
    // every yellow and red waits, and the case is flagged; what is told is what one doubt alone gives
    [
      'the acceptance told twice before',
      `06-01 ACCEPT item=SERVICE\n06-01 ACCEPT source=s2 promise_limit=2WD\n${PAIR}`,
    ],
    [
      'a receipt told by two windows',
      `06-01 RECEIVE item=SERVICE window=A01\n06-01 RECEIVE source=s2 window=A02\n${PAIR}`,
    ],
    [
      'a further pair of another day',
      `06-01 RECEIVE item=SERVICE\n${PAIR}\n06-03 10:00 REFUSE_ACCEPT\n06-03 ACCEPT ${BARE}`,
    ],
    [
      'a further pair, after one that a sure acceptance has settled',
      `06-01 RECEIVE item=SERVICE\n${PAIR}\n06-03 ACCEPT\n06-04 10:00 REFUSE_ACCEPT\n06-04 ACCEPT ${BARE}`,
    ],
  ])('F5 I15: of several doubts nobody asks what they give together: %s: whatever is given waits', (_, story) => {
    const judgement = judged(story, '06-30')
    const accusing = judgement.findings.filter(({ level }) => level >= 2)
    expect(accusing.map(({ rule }) => rule)).toContain('T-02')
    for (const { contested } of accusing) expect(contested).toContain('reopened')
    expect(judgement.flags).toContain('tellings_unweighed')
    expect(judgement).toMatchObject({ inTimeBySome: true })
    expect(judgement.level).toBeLessThan(2)
  })
  it('F5 I15: a pair that came after the end is no doubt, whatever else is told differently', () => {
    const late = '06-01 ACCEPT item=SERVICE\n06-01 ACCEPT source=s2 operator=op9\n06-20 DECIDE result=granted'
    const after = `06-23 10:00 REFUSE_ACCEPT\n06-23 ACCEPT ${BARE}`
    const given = (story: string) =>
      judged(story, '06-30').findings.flatMap(({ level, rule, contested }) => (level >= 2 ? [rule, contested] : []))
    const sure = late.replace('\n06-01 ACCEPT source=s2 operator=op9', '')
    for (const story of [sure, late]) {
      expect(judged(`${story}\n${after}`, '06-30').flags).not.toContain('tellings_unweighed')
      const rules = given(`${story}\n${after}`).filter((one) => one?.startsWith('T-'))
      expect(rules).toEqual(given(story).filter((one) => one?.startsWith('T-')))
    }
    expect(judged(`${sure}\n${after}`, '06-30').level).toBe(judged(sure, '06-30').level)
  })
  it('T4: what is to be done at once is due on the next working day where the bare day may have been over', () => {
    const due = (accepted: string) =>
      told(judged(`${accepted} ACCEPT item=UNDATED project_type=1 precision=day`, '06-02').promise?.due.dueAt ?? null)
    const stamped = (accepted: string) =>
      told(judged(`${accepted} ACCEPT item=UNDATED project_type=1`, '06-02').promise?.due.dueAt ?? null)
    expect([stamped('06-01 17:30'), stamped('06-01 17:31')].map((at) => at.slice(0, 5))).toEqual(['06-01', '06-02'])
    expect(due('06-01').slice(0, 5)).toBe('06-02')
    // Friday: the Monday after
    expect(due('06-05').slice(0, 5)).toBe('06-08')
  })
  it('T10: a pause and an extension of the bare day of a stated due move it', () => {
    const stated = '06-01 10:00 ACCEPT item=SERVICE promise_due_at=2026-06-05'
    const due = (line: string) => told(judged(`${stated}\n${line}`, '06-02').promise?.due.dueAt ?? null).slice(0, 5)
    expect(due('')).toBe('06-05')
    expect(due(`06-01 EXTEND days=2 ${BARE}`)).toBe('06-09')
    expect(due(`06-01 SUSPEND ${LAWFUL} ${BARE}`)).toBe('06-09')
  })
  it('D-06: a stated due is later than the catalogue’s only where it is so with and without what came on its day', () => {
    const accept = (day: string) => `06-01 10:00 ACCEPT item=SERVICE promise_due_at=2026-06-${day}`
    const rules = (day: string) => rulesOf(judged(`${accept(day)}\n06-01 SUSPEND ${LAWFUL} ${BARE}`, '06-02'))
    // the catalogue’s five working days end on the 8th, with the two of the pause on the 10th
    expect([rules('09'), rules('10'), rules('11')]).toEqual(['', '', 'D-06'])
  })
  it('T4: office hours begin for sure when the bare day is over, and a bare resumption lets them stand to its end', () => {
    const due = (story: string) => told(judged(story, '06-30').promise?.due.dueAt ?? null)
    const limit = 'item=UNDATED promise_limit=7H'
    expect(due(`06-01 09:00 ACCEPT ${limit}`)).toBe('06-01 17:30:00')
    expect(due(`06-01 ACCEPT ${limit} ${BARE}`)).toBe('06-02 17:30:00')
    const paused = `06-01 10:00 ACCEPT ${limit}\n06-01 11:00 SUSPEND ${LAWFUL}`
    expect(due(`${paused}\n06-02 00:00 RESUME`)).toBe('06-02 16:30:00')
    expect(due(`${paused}\n06-02 RESUME ${BARE}`)).toBe('06-03 16:30:00')
  })
})
