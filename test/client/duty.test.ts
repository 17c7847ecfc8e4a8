// The further clocks of a case in words: how each ended, which card tells of it, what a source cannot say, who differs.

import { screen } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import CaseDuties from '../../client/case/CaseDuties.svelte'
import CaseFlags from '../../client/case/CaseFlags.svelte'
import {
  cardOfDuty,
  clockKey,
  clockNames,
  conflictLines,
  dutyEnd,
  dutyEndText,
  isUrgeable,
  missingLines,
  missingText,
  pauseFaults,
} from '../../client/case/duty.ts'
import { firstClock } from '../../client/explain/strip.ts'
import { wordsOf } from '../../client/i18n/both.ts'
import type { CardView, CaseView, DutyView } from '../../server/contract/api.ts'
import { explainPromise, explainStatute, lateCase } from './case.fixture.ts'
import { draw } from './draw.ts'

const t = wordsOf('zh')
const en = wordsOf('en')

const duty = (over: Partial<DutyView>): DutyView => ({
  clock: 'pause',
  ref: 'e4',
  of: 'hearing',
  from: '2026-06-03T10:00:00+08:00',
  due_at: '2026-06-10T23:59:59.999+08:00',
  limit: '5WD',
  met_at: null,
  late: false,
  provisional: false,
  ...over,
})
const eventOf = (type: string, source: string, payload: Record<string, unknown> = {}): CaseView['events'][number] => ({
  ...(lateCase.events[0] as CaseView['events'][number]),
  event_id: `${type}-${source}`,
  event_type: type,
  source_system: source,
  payload,
})

describe('how a duty ended', () => {
  const END = '2026-06-20T15:00:00+08:00'
  test.each([
    ['runs', {}, null, 'running', '进行中'],
    ['is owed and late', { late: true }, null, 'late', '逾期 · 未恢复'],
    [
      'is nobody’s event to tell',
      { clock: 'complaint_answer', of: null, late: null },
      null,
      'unknown',
      '是否已办，未见报送',
    ],
    ['was met in time', { met_at: '2026-06-09T16:00:00+08:00' }, END, 'met', '已恢复 6月9日 周二 16:00'],
    [
      'was met late',
      { met_at: '2026-06-12T09:00:00+08:00', late: true },
      END,
      'late_met',
      '逾期已恢复 6月12日 周五 09:00',
    ],
    ['ended with its case', { met_at: END }, END, 'ended', '随办结终止 6月20日 周六 15:00'],
    [
      'delivered at the hour of the decision is delivered',
      { clock: 'delivery', ref: '', of: null, met_at: END },
      END,
      'met',
      '已送达 6月20日 周六 15:00',
    ],
  ] as const)('T9: %s', (_, over, concluded, kind, text) => {
    const row = duty(over as Partial<DutyView>)
    expect(dutyEnd(row, concluded).kind).toBe(kind)
    expect(dutyEndText(t, row, concluded)).toBe(text)
  })

  test('T9: a member is called by its name where the case knows it, a pause by its kind', () => {
    const found = { ...lateCase, duties: [duty({}), duty({ clock: 'joint', ref: 'j1', of: '1137' })] }
    expect([...clockNames(t, found)]).toEqual([
      ['pause:e4', '暂停 听证'],
      ['joint:j1', '联办 市市场监督管理局'],
    ])
  })

  test('C2: its card is the standing one of the same clock and the same opening fact', () => {
    const card = (over: Partial<CardView>): CardView => ({ ...(lateCase.cards[0] as CardView), ...over })
    const cards = [
      card({ card_id: 'a', basis: { clock: 'pause' }, occasion: 'pause:test:e40' }),
      card({ card_id: 'b', basis: { clock: 'pause' }, occasion: 'pause:test:e4', state: 'lifted' }),
      card({ card_id: 'c', basis: { clock: 'pause' }, occasion: 'pause:test:e4' }),
      card({ card_id: 'd', basis: { clock: 'delivery' }, occasion: 'delivery' }),
    ]
    expect(cardOfDuty(cards, duty({}))?.card_id).toBe('c')
    expect(cardOfDuty(cards, duty({ clock: 'delivery', ref: '' }))?.card_id).toBe('d')
    expect(cardOfDuty(cards, duty({ ref: 'e5' }))).toBeNull()
  })

  test('P-03: faults of a pause are said in words', () => {
    expect(pauseFaults(t, [])).toBe('')
    expect(pauseFaults(t, ['notice', 'approver'])).toBe('（没有书面告知、没有批准人）')
  })
})

describe('what a source cannot say', () => {
  test('I12: it is the source of the event that came without it, not another', () => {
    const events = [
      eventOf('SUSPEND', 'old', { kind: 'hearing' }),
      eventOf('SUSPEND', 'new', { kind: 'hearing', notice_at: '2026-06-03T09:00:00+08:00' }),
      eventOf('DECIDE', 'new', { result: 'granted' }),
    ]
    const lines = missingLines({ basis_missing: ['SUSPEND.notice_at', 'DELIVER'], events, source: 'old' })
    expect(lines).toEqual([
      { sources: ['old'], event: 'SUSPEND', key: 'notice_at' },
      { sources: ['new'], event: 'DELIVER', key: null },
    ])
    expect(lines.map((line) => missingText(t, line))).toEqual(['特别程序（暂停计时）的告知时间', '送达'])
    expect(lines.map((line) => missingText(en, line))).toEqual(['written notice of “clock stopped”', 'delivered'])
  })

  test('I12: the strip says that not known is not missing', () => {
    const found: CaseView = { ...lateCase, basis_missing: ['DELIVER'], flags: ['promise_cut'] }
    draw(CaseFlags, { t, found })
    expect(screen.getByText('依据待补')).toBeTruthy()
    expect(screen.getByText(/不知道不等于没有/)).toBeTruthy()
    expect(screen.getByText('承诺晚于法定，按法定计')).toBeTruthy()
  })

  test('F5: where two sources differ, each is quoted', () => {
    const found = {
      conflicts: ['accepted'],
      events: [
        eventOf('ACCEPT', 'a', { promise_limit: { value: 10, unit: 'WD' }, accept_doc_no: 'x' }),
        eventOf('ACCEPT', 'b', { promise_limit: { value: 12, unit: 'WD' } }),
      ],
    }
    expect(conflictLines(t, found)).toEqual([
      {
        field: '受理',
        told: ['a 报 4月20日 周一 09:12 承诺时限 10 个工作日', 'b 报 4月20日 周一 09:12 承诺时限 12 个工作日'],
        why: '几处说法不一，以最先一条为准；请来源核对后更正。',
      },
    ])
  })

  test('F5 I15: of a refusal and an acceptance of one day both are quoted, and that their order is not known', () => {
    const found = {
      conflicts: ['reopened'],
      events: [eventOf('REFUSE_ACCEPT', 'a', {}), { ...eventOf('ACCEPT', 'b', {}), precision: 'day' as const }],
    }
    const [line] = conflictLines(t, found)
    expect(line?.field).toBe('不予受理与受理的先后')
    expect(line?.told).toEqual(['a 报 不予受理 4月20日 周一 09:12', 'b 报 受理 2026年4月20日 周一 按日'])
    expect(line?.why).toContain('先后不明')
  })

  test('I12: nothing to say, nothing shown', () => {
    const { container } = draw(CaseFlags, { t, found: { ...lateCase, flags: [], basis_missing: [], conflicts: [] } })
    expect(container.querySelector('.flags')).toBeNull()
  })
})

describe('the panel of clocks', () => {
  test('T9 T14: a name leads to its explanation, which then stands first', () => {
    const row = duty({ late: true })
    const { container } = draw(CaseDuties, { t, found: { ...lateCase, duties: [row] }, asOf: null })
    const href = container.querySelector('tr[data-duty="pause"] a')?.getAttribute('href') ?? ''
    expect(new URLSearchParams(href.split('?')[1]).get('clock')).toBe(clockKey(row))
    const pause = { ...explainStatute, clock: 'pause' as const, ref: 'e4' }
    const explain = [explainStatute, explainPromise, pause]
    expect(firstClock(explain, 'pause:e4')).toBe(2)
    expect(firstClock(explain, 'pause:gone')).toBe(1)
    expect(firstClock(explain)).toBe(1)
  })

  test('T12: only where a local rule knows it, a case past its promise and not decided can be urged [U10]', () => {
    const due = '2026-06-15T23:59:59.999+08:00'
    const open = { promise_due_at: due, concluded_at: null, status: 'accepted' as const, tacit_rule: '《某省条例》' }
    expect(isUrgeable(open, '2026-06-16T00:00:00+08:00')).toBe(true)
    expect(isUrgeable(open, '2026-06-15T23:59:59+08:00')).toBe(false)
    expect(isUrgeable(open, null)).toBe(false)
    expect(isUrgeable({ ...open, tacit_rule: null }, '2026-06-16T00:00:00+08:00')).toBe(false)
    expect(isUrgeable({ ...open, promise_due_at: null }, '2026-06-16T00:00:00+08:00')).toBe(false)
    expect(isUrgeable({ ...open, concluded_at: due, status: 'concluded' }, '2026-06-16T00:00:00+08:00')).toBe(false)
  })
})
