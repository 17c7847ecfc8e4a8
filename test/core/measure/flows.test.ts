// Flows: what one case adds to the measures, day by day and under whom (M1, M2, M5). Stocks are running sums.
import { describe, expect, it } from 'vitest'
import { changeCards } from '../../../server/core/card/change.ts'
import { caseSubject } from '../../../server/core/card/subject.ts'
import { judgeCase } from '../../../server/core/case/judge.ts'
import type { Law } from '../../../server/core/law/law.ts'
import { addFlow, type Deltas, flowsOf } from '../../../server/core/measure/count.ts'
import type { Flow, FlowKind } from '../../../server/core/measure/flows.ts'
import { printDay } from '../../../server/core/time/civil.ts'
import { at, folded, law, lawWith } from '../case/world.ts'

const flowing = (story: string, now: string, under: Law = law): Flow[] => {
  const state = folded(story)
  const judgement = judgeCase(state, under, at(now))
  const { grounds, findings } = judgement
  const subject = caseSubject(state, judgement)
  const ground = { subject, law: under, calendar: grounds.calendar, now: at(now), by: 'facts' as const }
  return flowsOf(state, judgement, changeCards([], findings, ground).cards)
}

/** `+late 06-16 A01 op1`, in the order they are told. */
const lines = (flows: readonly Flow[], ...kinds: FlowKind[]): string[] =>
  flows
    .filter(({ kind }) => kinds.includes(kind))
    .map(
      ({ kind, n, on, window, operator }) =>
        `${n > 0 ? '+' : '-'}${kind} ${printDay(on).slice(5)} ${window} ${operator}`,
    )

const open = '06-01 09:00 RECEIVE item=PERMIT operator=op0\n06-01 10:00 ACCEPT'

describe('movements', () => {
  it('M1: received by the receipt, accepted by the acceptance, each under the window of its event', () => {
    const story = '06-01 09:00 RECEIVE item=PERMIT window=A02 operator=op0\n06-02 10:00 ACCEPT'
    expect(lines(flowing(story, '06-03'), 'received', 'accepted')).toEqual([
      '+received 06-01 A02 op0',
      '+accepted 06-02 A01 op1',
    ])
  })

  it('M1: without a receipt received by the acceptance', () => {
    expect(lines(flowing('06-02 ACCEPT item=PERMIT', '06-03'), 'received', 'accepted')).toEqual([
      '+received 06-02 A01 op1',
      '+accepted 06-02 A01 op1',
    ])
  })

  it('M1 M2: concluded on the merits without either, received and accepted on the first event’s day', () => {
    const story = '06-02 STEP_START item=SERVICE window=A02\n06-03 DECIDE result=granted'
    expect(lines(flowing(story, '06-04'), 'received', 'accepted', 'on_time')).toEqual([
      '+received 06-02 A02 op1',
      '+accepted 06-02 A02 op1',
      '+on_time 06-03 A02 op1',
    ])
  })

  it('M1: deemed acceptance is accepted on the receipt day, found after five working days', () => {
    expect(lines(flowing('06-01 RECEIVE item=PERMIT', '06-08'), 'accepted')).toEqual([])
    expect(lines(flowing('06-01 RECEIVE item=PERMIT', '06-09 00:00'), 'accepted')).toEqual(['+accepted 06-01 A01 op1'])
  })

  it('M1: the hour is the local hour of the movement', () => {
    const flows = flowing('06-01 09:59:59.999 RECEIVE item=PERMIT\n06-01 23:30 ACCEPT', '06-02')
    expect(flows.filter(({ hour }) => hour !== null).map(({ kind, hour }) => `${kind} ${hour}`)).toEqual([
      'received 9',
      'accepted 23',
    ])
  })

  const outcomes: readonly [why: string, end: string, flows: readonly string[]][] = [
    ['granted in time', '06-15 DECIDE result=granted', ['+on_time', '+granted']],
    ['refused in time', '06-15 DECIDE result=refused', ['+on_time', '+refused']],
    ['granted late', '06-16 DECIDE result=granted', ['+late', '+granted']],
    ['withdrawn in time', '06-15 WITHDRAW', ['+excluded', '+withdrawn']],
    ['withdrawn late', '06-16 WITHDRAW', ['+late', '+withdrawn']],
    ['terminated in time', '06-15 TERMINATE', ['+excluded', '+withdrawn']],
    ['refused after acceptance', '06-15 REFUSE_ACCEPT', ['+on_time', '+refused']],
  ]
  const ending: FlowKind[] = ['on_time', 'late', 'undated', 'excluded', 'granted', 'refused', 'withdrawn']
  it.each(outcomes)('M2: %s', (_, end, expected) => {
    const flows = flowing(`${open}\n${end}`, '06-17')
    expect(lines(flows, ...ending).map((line) => line.split(' ')[0])).toEqual(expected)
  })

  it('M2: refused at the door is excluded and no refusal', () => {
    const flows = flowing('06-01 RECEIVE item=SERVICE\n06-02 REFUSE_ACCEPT', '06-17')
    expect(lines(flows, ...ending)).toEqual(['+excluded 06-02 A01 op1'])
  })
})

describe('under whom', () => {
  const moved = `${open}\n06-10 STEP_START step_code=JD window=A02 operator=op2\n06-17 STEP_START step_code=JD window=- operator=op3`

  it('M5: late counts for the answerable holder when the limit passed, in time for the holder at the conclusion', () => {
    expect(lines(flowing(`${moved}\n06-18 DECIDE result=granted`, '06-22'), 'late')).toEqual(['+late 06-18 A02 op2'])
    const early = `${open}\n06-10 STEP_START step_code=JD window=A02 operator=op2\n06-11 DECIDE result=granted`
    expect(lines(flowing(early, '06-22'), 'on_time')).toEqual(['+on_time 06-11 A02 op2'])
  })

  it('M5 F4: late through an unlawful pause counts for who ordered it', () => {
    const story = `${moved.split('\n').slice(0, 3).join('\n')}\n06-12 SUSPEND kind=other operator=op9\n06-18 DECIDE result=granted`
    expect(lines(flowing(story, '06-22'), 'late')).toEqual(['+late 06-18 A01 op9'])
  })

  it('M5: in hand moves with custody, with no window to the back office of the department, and ends with the case', () => {
    expect(lines(flowing(`${moved}\n06-18 DECIDE result=granted`, '06-22'), 'in_hand')).toEqual([
      '+in_hand 06-01 A01 op0',
      '-in_hand 06-01 A01 op0',
      '+in_hand 06-01 A01 op1',
      '-in_hand 06-10 A01 op1',
      '+in_hand 06-10 A02 op2',
      '-in_hand 06-17 A02 op2',
      '+in_hand 06-17 @D1 op3',
      '-in_hand 06-18 @D1 op3',
    ])
  })

  it('M5: overdue in hand begins the day after the due day, and stays with who answered then: handing on hands on nothing', () => {
    expect(lines(flowing(moved, '06-22'), 'overdue')).toEqual(['+overdue 06-16 A02 op2'])
    const concluded = lines(flowing(`${moved}\n06-18 WITHDRAW`, '06-22'), 'overdue')
    expect(concluded).toEqual(['+overdue 06-16 A02 op2', '-overdue 06-18 A02 op2'])
  })

  it('M1: a receipt stamped after the acceptance takes nothing out of hand', () => {
    const story = '06-01 ACCEPT item=SERVICE\n06-20 RECEIVE'
    expect(lines(flowing(story, '06-22'), 'in_hand', 'overdue')).toEqual([
      '+in_hand 06-01 A01 op1',
      '+overdue 06-09 A01 op1',
    ])
  })

  it('M1: due stands with its holder while the case is open, at risk once it is warned of', () => {
    expect(lines(flowing(open, '06-10'), 'due', 'risk')).toEqual(['+due 06-15 A01 op1'])
    expect(lines(flowing(open, '06-11'), 'due', 'risk')).toEqual(['+due 06-15 A01 op1', '+risk 06-15 A01 op1'])
    expect(lines(flowing(`${open}\n06-11 DECIDE result=granted`, '06-12'), 'due', 'risk')).toEqual([])
  })

  it('M5: department by the item, else the org of ACCEPT, else of the first event; region from it; source of the end', () => {
    const keys = (story: string) => {
      const [flow] = flowing(story, '06-22')
      return `${flow?.department} ${flow?.region} ${flow?.source}`
    }
    expect(keys('06-01 ACCEPT item=PERMIT org=D2')).toBe('D1 R1 s1')
    expect(keys('06-01 RECEIVE item=X org=D1\n06-02 ACCEPT org=D2')).toBe('D2 R1 s1')
    expect(keys('06-01 RECEIVE item=X org=D9 region=R7\n06-02 STEP_START org=D2')).toBe('D9 R7 s1')
    expect(keys('06-01 RECEIVE item=PERMIT\n06-02 ACCEPT\n06-03 DECIDE source=s2 result=granted')).toBe('D1 R1 s2')
  })
})

describe('cards in the measures', () => {
  it('C2: only the highest standing one of a family counts, on the day of its limit, under its holder', () => {
    const kinds: FlowKind[] = ['warning', 'yellow', 'red']
    expect(lines(flowing(open, '06-11'), ...kinds)).toEqual(['+warning 06-11 A01 op1'])
    expect(lines(flowing(open, '06-16'), ...kinds)).toEqual(['+yellow 06-15 A01 op1'])
    expect(lines(flowing(open, '07-01'), ...kinds)).toEqual(['+red 06-30 A01 op1'])
  })

  it('T13: on a provisional date nothing above 预警 counts; of record counts (C10)', () => {
    expect(lines(flowing('12-22 ACCEPT item=SERVICE', '12-30'), 'yellow')).toEqual([])
    const past = lawWith({ supervisedFrom: at('07-01') })
    expect(lines(flowing(open, '06-16', past), 'yellow')).toEqual(['+yellow 06-15 A01 op1'])
  })

  it('D-05: each unlisted code once a case, on its first day, under the code alone', () => {
    const flows = flowing('06-01 RECEIVE item=NEW window=K01 org=D9\n06-02 ACCEPT item=NEW window=K01 org=D9', '06-03')
    const unlisted = flows.filter(({ kind }) => kind === 'unlisted')
    expect(unlisted.map(({ code, on }) => `${code} ${printDay(on)}`)).toEqual([
      'item:NEW 2026-06-01',
      'window:K01 2026-06-01',
      'department:D9 2026-06-01',
    ])
    const deltas: Deltas = new Map()
    for (const flow of unlisted) addFlow(deltas, flow, 1)
    expect([...deltas.values()].map(({ dimension, key }) => `${dimension} ${key}`)).toEqual([
      'code item:NEW',
      'code window:K01',
      'code department:D9',
    ])
  })
})
