// Firsts: which receipt, acceptance and decision count, what is only kept, and what waits because it is told differently
// (F5, I11).
import { describe, expect, it } from 'vitest'
import { answerableAt } from '../../../server/core/case/answer.ts'
import type { Judgement } from '../../../server/core/case/judge.ts'
import { at, folded, found, judged, rulesOf, told } from './world.ts'

const contested = ({ findings }: Judgement): string[] =>
  findings.filter((finding) => (finding.contested ?? null) !== null).map(({ rule, contested: by }) => `${rule} ${by}`)

describe('what is stamped after the conclusion', () => {
  it('P-01: an acceptance after the end sets no limit, accepts nothing and moves nobody [L5]', () => {
    const story = `06-01 RECEIVE item=UNDATED window=A01
      06-04 DECIDE result=granted window=A01
      06-05 ACCEPT promise_limit=1WD window=B01`
    const judgement = judged(story, '06-30')
    expect(judgement).toMatchObject({ promise: null, undated: true, verdict: 'undated', accepted: null })
    expect(rulesOf(judgement)).toBe('P-01')
    expect(judgement.holder).toMatchObject({ window: 'A01' })
  })

  it('F5: it does not make an immediate case of one, nor opens the books of a department [L5]', () => {
    const story = '06-01 RECEIVE item=UNDATED\n06-04 DECIDE result=granted\n06-05 ACCEPT project_type=1'
    expect(judged(story, '06-30').promise).toBeNull()
  })

  it('F5: a receipt after the end moves no acceptance behind the conclusion [L15]', () => {
    const judgement = judged('06-01 ACCEPT item=PERMIT\n06-04 DECIDE result=granted\n06-08 RECEIVE', '06-30')
    expect(judgement).toMatchObject({ received: null, receivedAt: null, acceptedAt: at('06-01') })
    const bare = judged('06-04 DECIDE item=PERMIT result=granted\n06-08 RECEIVE', '06-30')
    expect(told(bare.acceptedAt)).toBe('06-04 10:00:00')
    expect(bare.acceptedAt).toBeLessThanOrEqual(bare.concluded?.at ?? 0)
  })

  it('F5: pauses, extensions, notices, tasks and custody after the end change nothing', () => {
    const ended = '06-01 ACCEPT item=PERMIT window=A01\n06-04 DECIDE result=granted window=A01'
    const after = `06-05 CORRECT_NOTICE
      06-05 SUSPEND kind=publicity
      06-05 RESUME kind=hearing
      06-05 EXTEND days=50
      06-05 JOINT_DISPATCH member=D2
      06-05 STEP_START step_code=SC window=B01`
    const alone = judged(ended, '06-08')
    const judgement = judged(`${ended}\n${after}`, '06-08')
    expect(found(judgement)).toEqual(found(alone))
    expect(judgement.holder).toEqual(alone.holder)
    expect(judgement.flags).toEqual(alone.flags)
  })

  it('F5: a refusal followed by an acceptance is no conclusion: the acceptance counts, with its window [L5]', () => {
    const judgement = judged(
      '06-01 RECEIVE item=SERVICE window=A01\n06-02 REFUSE_ACCEPT reason=x\n06-03 ACCEPT window=A02',
      '06-04',
    )
    expect(judgement).toMatchObject({ concluded: null, accepted: { window: 'A02' }, acceptedAt: at('06-03') })
    expect(judgement.holder).toMatchObject({ window: 'A02' })
  })

  it('F5: whether a decision is the end is the law’s: where completion ends it, an acceptance before it counts', () => {
    const story =
      '06-01 RECEIVE item=UNDATED\n06-04 DECIDE result=granted\n06-05 ACCEPT promise_limit=9WD\n06-08 COMPLETE'
    expect(folded(story).accepted).toMatchObject({ at: at('06-05') })
  })

  it('M2: a refusal to accept is told as it was, whatever silence or word accepted before [L14]', () => {
    const story = '06-01 RECEIVE item=PERMIT\n06-02 ACCEPT\n06-04 REFUSE_ACCEPT reason=x'
    expect(judged(story, '06-08')).toMatchObject({ outcome: 'refused', verdict: 'on_time' })
    expect(judged('06-01 RECEIVE item=PERMIT\n06-02 REFUSE_ACCEPT reason=x', '06-08').outcome).toBe(
      'refused_acceptance',
    )
  })
})

describe('firsts told differently (数据冲突)', () => {
  const conflicts = (story: string): readonly string[] => folded(story).conflicts

  it('F5: of whatever source, at whatever instant, in whatever they say', () => {
    expect(conflicts('06-01 10:00 RECEIVE project_type=1\n06-01 10:00 RECEIVE source=s2 project_type=2')).toEqual([
      'received',
    ])
    expect(conflicts('06-01 10:00 ACCEPT promise_limit=5WD\n06-01 10:00 ACCEPT promise_limit=6WD')).toEqual([
      'accepted',
    ])
    expect(conflicts('06-01 ACCEPT\n06-05 DECIDE result=granted\n06-08 DECIDE result=refused')).toEqual(['decided'])
  })

  it('F5: the same again is none, silence contradicts nothing, and a bare day is the same as an instant of it', () => {
    expect(conflicts('06-01 10:00 ACCEPT promise_limit=5WD\n06-01 10:00 ACCEPT source=s2 promise_limit=5WD')).toEqual(
      [],
    )
    expect(conflicts('06-01 10:00 ACCEPT promise_limit=5WD\n06-01 10:00 ACCEPT source=s2')).toEqual([])
    expect(conflicts('06-01 10:00 ACCEPT\n06-01 ACCEPT source=s2 precision=day')).toEqual([])
    expect(conflicts('06-01 10:00 ACCEPT\n06-02 ACCEPT source=s2 precision=day')).toEqual(['accepted'])
  })

  it('F5: an acceptance that opens a refused case again contradicts nothing', () => {
    expect(conflicts('06-01 ACCEPT\n06-02 REFUSE_ACCEPT\n06-03 ACCEPT')).toEqual([])
  })

  const REFUSED = '06-01 09:00 ACCEPT item=SERVICE operator=op1\n06-02 REFUSE_ACCEPT reason=x'
  it.each([
    ['by nobody else', '', [], 'op2'],
    ['by another source, of the same person', '06-03 10:00 ACCEPT source=s2 operator=op2', [], 'op2'],
    ['by another source, of somebody else', '06-03 10:00 ACCEPT source=s2 operator=op3', ['T-02 accepted'], 'op2'],
    ['by the same source, later, of somebody else', '06-04 ACCEPT operator=op3', ['T-02 accepted'], 'op2'],
    [
      'of somebody else, and somebody has taken it over since',
      '06-03 10:00 ACCEPT source=s2 operator=op3\n06-04 STEP_START operator=op4',
      [],
      'op4',
    ],
  ])('F5 F4: of an acceptance that takes a refusal back, told again %s', (_, again, waiting, holder) => {
    const judgement = judged(`${REFUSED}\n06-03 10:00 ACCEPT operator=op2\n${again}`, '06-20')
    const [card] = judgement.findings.filter(({ rule }) => rule === 'T-02')
    expect(contested(judgement).filter((said) => said.startsWith('T-02'))).toEqual(waiting)
    expect(card?.holder.operator).toBe(holder)
    expect(judgement.level >= 2).toBe(waiting.length === 0)
  })

  // by the other telling the second refusal came after an end, and the acceptance took the first one back with all since
  const TWICE = '06-01 REFUSE_ACCEPT item=SERVICE\n06-02 10:00 ACCEPT\n06-03 10:00 REFUSE_ACCEPT'
  it.each([
    ['nothing else', '', [], 'REFUSE_ACCEPT'],
    // it may have taken the second one back, which F1 reads so (I15)
    ['an acceptance of that bare day', '06-03 ACCEPT source=s2 precision=day', ['T-02 reopened accepted'], null],
    ['one of the day before', '06-02 11:00 ACCEPT source=s2', [], 'REFUSE_ACCEPT'],
    ['one of the next day, which takes it back in any case', '06-04 ACCEPT source=s2', ['T-02'], null],
  ])('F5 I15: accepted between two refusals, and beside it is told %s', (_, beside, cards, concluded) => {
    const judgement = judged(`${TWICE}\n${beside}`, '07-20')
    const late = judgement.findings.filter(({ rule }) => rule === 'T-02')
    expect(late.map(({ rule, contested: by }) => [rule, by ?? []].flat().join(' '))).toEqual(cards)
    expect(judgement.concluded?.type ?? null).toBe(concluded)
  })

  it('F5 F4: a member that works on it has it still by an acceptance that another telling puts after its step', () => {
    const story = `06-01 ACCEPT item=SERVICE operator=op1
      06-02 JOINT_DISPATCH member=D2
      06-03 STEP_START step_code=A org=D2 window=B01 operator=op7
      06-04 ACCEPT source=s2 operator=op1`
    const [card] = judged(story, '06-30').findings.filter(({ rule }) => rule === 'T-02')
    expect(card?.given?.map(({ holder }) => [holder.role, holder.operator])).toEqual([
      ['joint', 'op7'],
      ['joint', 'op7'],
    ])
    expect(card?.contested ?? null).toBeNull()
  })

  it.each([
    [
      'a step of an office that had it already takes it back from a receipt told otherwise',
      '06-01 RECEIVE item=PERMIT\n06-02 STEP_START operator=op2\n06-03 RECEIVE source=s2 operator=op3\n06-04 STEP_START operator=op2',
      ['front op2', 'front op2'],
    ],
    [
      'what was handed in before an acceptance told otherwise went back to the office',
      '06-01 09:00 RECEIVE item=SERVICE operator=op1\n06-01 CORRECT_NOTICE\n06-02 ACCEPT operator=op2\n06-03 CORRECT_DONE\n06-30 ACCEPT source=s2 operator=op3 promise_due_at=2026-06-05',
      ['front op2', 'front op1'],
    ],
    [
      'a member that is asked while the applicant has it has it not',
      '06-01 CORRECT_NOTICE item=SERVICE\n06-02 ACCEPT operator=op2\n06-03 JOINT_DISPATCH member=D2\n06-08 ACCEPT source=s2 operator=op3 promise_due_at=2026-06-05',
      ['joint -', 'applicant -'],
    ],
    [
      'of one bare day a notice comes before an acceptance told otherwise (F1)',
      '06-01 08:00 ACCEPT item=SERVICE operator=op2\n06-01 CORRECT_NOTICE precision=day\n06-01 ACCEPT source=s2 precision=day operator=op3',
      ['applicant -', 'front op3'],
    ],
  ])('F1 F4 F5: who had it by another telling is read from the same words: %s', (_, story, holders) => {
    const [card] = judged(story, '07-20').findings.filter(({ rule }) => rule === 'T-02')
    expect(card?.given?.map(({ holder: { role, operator } }) => `${role} ${operator ?? '-'}`)).toEqual(holders)
  })

  it('F5: a card above 预警 that only one telling gives waits for a person, until every telling gives it', () => {
    const story = '06-01 ACCEPT item=UNDATED promise_limit=3WD\n06-01 11:00 ACCEPT source=s2 promise_limit=5WD'
    const early = judged(story, '06-05')
    expect(rulesOf(early)).toContain('T-02')
    expect(contested(early)).toEqual(['T-02 accepted'])
    expect(early.findings.find(({ rule }) => rule === 'T-02')?.basis).toMatchObject({ contested: 'accepted' })
    expect(early.level).toBeLessThan(2)
    expect(told(early.nextTurnAt)).toBe('06-09 00:00:00')
    const late = judged(story, '06-09 00:00')
    expect(contested(late)).toEqual([])
    expect(late.level).toBe(2)
  })

  it.each([
    ['window', 'window=A01', 'window=A02'],
    ['department', 'org=D1', 'org=D2'],
    ['operator', 'operator=op1', 'operator=op2'],
    ['item', 'item=SERVICE', 'item=STEPPED'],
  ])(
    'F5: differing in the %s alone it is a conflict and what accuses waits, whichever id is the lower',
    (_, one, two) => {
      const item = one.startsWith('item') ? '' : ' item=SERVICE'
      for (const [a, b] of [
        ['a', 'b'],
        ['b', 'a'],
      ])
        for (const source of ['s1', 's2']) {
          const story = `06-01 ACCEPT id=${a}${item} ${one}\n06-01 ACCEPT id=${b} source=${source}${item} ${two}`
          expect(conflicts(story)).toEqual(['accepted'])
          const judgement = judged(story, '06-09 12:00')
          expect(judgement.findings.filter(({ level }) => level >= 2).map(({ rule }) => rule)).toEqual(['T-02'])
          expect(contested(judgement)).toHaveLength(1)
          expect(judgement.level).toBeLessThan(2)
          const silent = `06-01 ACCEPT id=${a}${item} ${one}\n06-01 ACCEPT id=${b} source=${source} window=- org=- operator=-`
          expect([conflicts(silent), contested(judged(silent, '06-09 12:00'))]).toEqual([[], []])
        }
    },
  )

  it('F5: who took it over since holds it whatever the first was told of: nothing waits', () => {
    const story = '06-01 ACCEPT item=SERVICE window=A01\n06-01 ACCEPT id=x window=A02\n06-02 STEP_START window=A01'
    const judgement = judged(story, '06-09 12:00')
    expect([conflicts(story), contested(judgement), judgement.level]).toEqual([['accepted'], [], 2])
  })

  it.each([
    ['in time, then late', '06-05 COMPLETE', '06-09 COMPLETE'],
    ['late by another source', '06-05 COMPLETE', '06-09 COMPLETE source=s2'],
  ])('F5 M2: a completion told again is a conflict, and the card of either telling waits: %s', (_, one, two) => {
    const story = `06-01 ACCEPT item=SERVICE\n${one}\n${two}`
    expect(conflicts(story)).toEqual(['completed'])
    const judgement = judged(story, '06-20')
    expect(contested(judgement)).toEqual(['T-02 completed'])
    expect(judgement.level).toBe(0)
  })

  it('F5: of two dues of one acceptance the card of the earlier waits, whichever of them counts', () => {
    for (const [a, b] of [
      ['a', 'b'],
      ['b', 'a'],
    ]) {
      const due = (id: string, day: string) => `06-01 ACCEPT id=${id} item=UNDATED promise_due_at=${day}`
      const story = `${due(a as string, '2026-06-05')}\n${due(b as string, '2026-06-12')}\n06-10 COMPLETE`
      const judgement = judged(story, '06-20')
      expect([conflicts(story), contested(judgement), judgement.level]).toEqual([['accepted'], ['T-02 accepted'], 0])
    }
  })

  it('F5: what every telling gives does not wait; a warning never does', () => {
    const story = '06-01 10:00 ACCEPT item=SERVICE\n06-01 11:00 ACCEPT source=s2'
    const judgement = judged(story, '06-20')
    expect(judgement.level).toBeGreaterThanOrEqual(2)
    expect(contested(judgement)).toEqual([])
    expect(contested(judged('06-01 ACCEPT item=SERVICE\n06-10 ACCEPT source=s2', '06-08'))).toEqual([])
  })

  it('F5, T-06: a delivery is owed for sure only where every decision granted it', () => {
    const story = '06-01 ACCEPT item=PERMIT\n06-03 DECIDE result=granted\n06-03 11:00 DECIDE source=s2 result=refused'
    expect(contested(judged(story, '07-20'))).toEqual(['T-06 decided'])
  })

  it('F5: more tellings than are kept make nothing sure', () => {
    const more = Array.from({ length: 9 }, (_, i) => `06-01 1${i}:30 ACCEPT source=x${i}`)
    const state = folded(['06-01 09:00 ACCEPT item=SERVICE', ...more].join('\n'))
    expect(state.rivals).toHaveLength(4)
    expect(state.rivalsBeyond).toBe(true)
    expect(contested(judged(['06-01 09:00 ACCEPT item=SERVICE', ...more].join('\n'), '07-20'))).not.toEqual([])
  })
})

describe('one number, two items (疑似撞号)', () => {
  const TWO = '06-01 ACCEPT item=SERVICE\n06-02 STEP_START source=s2 item=PERMIT step_code=SC'

  it('I11: two sources that give one number different items are shown, and whatever accuses waits', () => {
    expect(folded(TWO)).toMatchObject({
      item: 'SERVICE',
      itemSource: 's1',
      collision: [{ source: 's2', item: 'PERMIT' }],
    })
    const judgement = judged(TWO, '07-20')
    const above = judgement.findings.filter(({ level }) => level >= 2)
    expect(above.length).toBeGreaterThan(0)
    expect(above.every((finding) => finding.contested === 'item')).toBe(true)
    expect(above[0]?.basis).toMatchObject({ items: 's1=SERVICE s2=PERMIT' })
    expect(judgement.level).toBeLessThan(2)
  })

  it('I11: the same item of both, or another of the same source, is no collision', () => {
    expect(folded('06-01 ACCEPT item=SERVICE\n06-02 STEP_START source=s2 item=SERVICE').collision).toEqual([])
    expect(folded('06-01 ACCEPT item=SERVICE\n06-02 STEP_START item=PERMIT').collision).toEqual([])
  })
})

describe('the window that counts', () => {
  it('M5: who answered at a conclusion is never who came after it [L5]', () => {
    const { answers, concluded } = judged('06-04 DECIDE item=UNDATED window=A01\n06-05 ACCEPT window=B01', '06-30')
    expect(answerableAt(answers, concluded?.at ?? at('06-04'))).toMatchObject({ window: 'A01' })
  })
})
