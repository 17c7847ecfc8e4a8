// On whose row a case is counted (M1, M5, T10): the department of who answered for late, on time, overdue and cards; the
// department of the case for the rest, by the version of the day; what waits apart, as overdue_unconfirmed.
import { describe, expect, it } from 'vitest'
import type { Card } from '../../../server/core/card/card.ts'
import { changeCards } from '../../../server/core/card/change.ts'
import { caseSubject } from '../../../server/core/card/subject.ts'
import { judgeCase } from '../../../server/core/case/judge.ts'
import { buildLaw } from '../../../server/core/law/build.ts'
import type { Law } from '../../../server/core/law/law.ts'
import { departmentsWithin, regionsWithin } from '../../../server/core/law/region.ts'
import { flowsOf } from '../../../server/core/measure/count.ts'
import type { Flow, FlowKind } from '../../../server/core/measure/flows.ts'
import { parseDay, printDay } from '../../../server/core/time/civil.ts'
import type { Day } from '../../../server/core/time/instant.ts'
import { at, CATALOGUE, folded, law } from '../case/world.ts'

interface Counted {
  readonly flows: readonly Flow[]
  readonly cards: readonly Card[]
  readonly nextTurnAt: number | null
}

const counted = (story: string, now: string, under: Law = law): Counted => {
  const state = folded(story)
  const judged = judgeCase(state, under, at(now))
  const { calendar } = judged.grounds
  const subject = caseSubject(state, judged)
  const ground = { subject, law: under, calendar, now: at(now), by: 'facts' as const }
  const { cards } = changeCards([], judged.findings, ground)
  return { flows: flowsOf(state, judged, cards), cards, nextTurnAt: judged.nextTurnAt }
}

/** `+late 06-16 D2 R1 B01`, in the order they are told. */
const rows = ({ flows }: Counted, ...kinds: FlowKind[]): string[] =>
  flows
    .filter(({ kind }) => kinds.includes(kind))
    .map(
      ({ kind, n, on, department, region, window }) =>
        `${n > 0 ? '+' : '-'}${kind} ${printDay(on).slice(5)} ${department} ${region} ${window}`,
    )

describe('whose row', () => {
  // accepted at D1's window, handed to D2's back office on the 10th, late there since the 16th
  const handed = '06-01 ACCEPT item=PERMIT\n06-10 STEP_START org=D2 window=B01 operator=op2'

  it('M5, M1: late in another department’s hands: overdue, late and the card stand on that department’s row [L7]', () => {
    const open = counted(handed, '06-22')
    expect(rows(open, 'overdue')).toEqual(['+overdue 06-16 D2 R1 B01'])
    expect(
      open.cards.filter(({ rule }) => rule === 'T-02').map(({ department, holder }) => [department, holder.org]),
    ).toEqual([['D2', 'D2']])
    expect(rows(open, 'yellow')).toEqual(['+yellow 06-15 D2 R1 B01'])
    const ended = counted(`${handed}\n06-18 DECIDE result=granted org=D1 window=A01`, '06-22')
    expect(rows(ended, 'late', 'granted')).toEqual(['+late 06-18 D2 R1 B01', '+granted 06-18 D2 R1 B01'])
  })

  it('M5: passing a late case on passes nothing', () => {
    const passed = counted(`${handed}\n06-17 STEP_START org=D1 window=A01 operator=op1`, '06-22')
    expect(rows(passed, 'overdue')).toEqual(['+overdue 06-16 D2 R1 B01'])
    expect(rows(passed, 'in_hand').slice(-1)).toEqual(['+in_hand 06-17 D1 R1 A01'])
  })

  it('M5: in time it is counted for who holds it at the conclusion, received and accepted where they happened', () => {
    const story =
      '06-01 RECEIVE item=PERMIT\n06-02 ACCEPT\n06-08 STEP_START org=D2 window=B01\n06-09 DECIDE result=granted org=D2 window=B01'
    expect(rows(counted(story, '06-10'), 'received', 'accepted', 'on_time')).toEqual([
      '+received 06-01 D1 R1 A01',
      '+accepted 06-02 D1 R1 A01',
      '+on_time 06-09 D2 R1 B01',
    ])
  })

  it('T-09, M5: a joint member that does not reply: its card is in its own list and on its own row [L7]', () => {
    const story = '06-01 ACCEPT item=JOINT\n06-02 JOINT_DISPATCH member=D2'
    const late = counted(story, '06-15')
    const card = late.cards.find(({ rule }) => rule === 'T-09')
    expect([card?.department, card?.region, card?.holder.org]).toEqual(['D2', 'R1', 'D2'])
    expect(rows(late, 'yellow')).toEqual(['+yellow 06-09 D2 R1 @D2'])
  })
})

describe('a version that moves a department', () => {
  // from 10 June the item belongs to D2, whose region is another
  const moving = buildLaw([
    {
      entry: 1,
      body: {
        ...CATALOGUE,
        regions: [...CATALOGUE.regions, { region_code: 'R2', name: '乙区' }],
        departments: [
          { org_code: 'D1', name: '甲局', region_code: 'R1' },
          { org_code: 'D2', name: '乙局', region_code: 'R2' },
        ],
        items: [
          { task_code: 'PERMIT', name: '许可', org_code: 'D1', item_type: '01', promise: '10WD', statute: '20WD' },
          {
            task_code: 'PERMIT',
            name: '许可',
            org_code: 'D2',
            item_type: '01',
            promise: '10WD',
            statute: '20WD',
            valid_from: '2026-06-10',
          },
        ],
      },
    },
  ])
  const story = '06-01 ACCEPT item=PERMIT window=- operator=op1'

  it('T10, M5, C3: the card of a holder of no department stands with the department of the day of its limit, as its flow does', () => {
    const late = counted('06-01 ACCEPT item=PERMIT window=- org=-', '06-16', moving)
    const card = late.cards.find(({ rule }) => rule === 'T-02')
    expect([card?.holder.org, card?.holder.window, card?.department, card?.region]).toEqual([null, null, 'D2', 'R2'])
    expect(rows(late, 'yellow', 'overdue')).toEqual(['+overdue 06-16 D2 R2 @D2', '+yellow 06-15 D2 R2 @D2'])
    // the warning of before the version is of the department of before it
    const early = counted('05-25 ACCEPT item=PERMIT window=- org=-', '06-09', moving)
    expect(early.cards.map(({ rule, department }) => [rule, department])).toEqual([
      ['T-01', 'D1'],
      ['T-02', 'D1'],
    ])
  })

  it('T10, M1: what was counted before stays; what is in hand moves by a pair of flows on its day, by itself [L2]', () => {
    const before = counted('06-01 ACCEPT item=PERMIT', '06-09', moving)
    expect(rows(before, 'received', 'in_hand')).toEqual(['+received 06-01 D1 R1 A01', '+in_hand 06-01 D1 R1 A01'])
    // the day of the version is a turn of its own: nobody has to send an event
    expect(before.nextTurnAt).not.toBeNull()
    expect(before.nextTurnAt as number).toBeLessThanOrEqual(at('06-10 00:00'))
    const after = counted('06-01 ACCEPT item=PERMIT', '06-10', moving)
    expect(rows(after, 'received', 'accepted', 'in_hand')).toEqual([
      '+received 06-01 D1 R1 A01',
      '+accepted 06-01 D1 R1 A01',
      '+in_hand 06-01 D1 R1 A01',
      '-in_hand 06-10 D1 R1 A01',
      '+in_hand 06-10 D2 R2 A01',
    ])
    const sums = new Map<string, number>()
    for (const { kind, department, n } of counted(
      '06-01 ACCEPT item=PERMIT\n06-12 DECIDE result=granted',
      '06-15',
      moving,
    ).flows)
      if (kind === 'in_hand') sums.set(department, (sums.get(department) ?? 0) + n)
    expect([...sums]).toEqual([
      ['D1', 0],
      ['D2', 0],
    ])
  })

  it('T10: a version of next year moves no figure of this one [L2]', () => {
    const later = buildLaw([
      { entry: 1, body: CATALOGUE },
      {
        entry: 2,
        body: {
          items: [
            {
              task_code: 'PERMIT',
              name: '许可',
              org_code: 'D2',
              item_type: '01',
              promise: '10WD',
              valid_from: '2027-03-01',
            },
          ],
        },
      },
    ])
    expect(rows(counted(story, '06-22', later), 'received', 'overdue')).toEqual(
      rows(counted(story, '06-22'), 'received', 'overdue'),
    )
  })
})

describe('what is not yet said', () => {
  it('M1, T13: overdue on a provisional date stands apart, outside overdue', () => {
    const { flows, cards } = counted('12-21 ACCEPT item=SERVICE', '2027-01-11')
    expect(cards.map(({ rule, state }) => `${rule} ${state}`)).toContain('T-02 notified')
    expect(flows.filter(({ kind }) => kind === 'overdue_unconfirmed')).toEqual([])
    const provisional = counted('12-28 ACCEPT item=SERVICE', '2027-01-11')
    expect(rows(provisional, 'overdue')).toEqual([])
    expect(rows(provisional, 'overdue_unconfirmed')).toEqual(['+overdue_unconfirmed 01-06 D1 R1 A01'])
  })

  it('M1 M3: concluded late while that waits is neither on time nor late, and stands apart as long as it waits', () => {
    const kinds = ['on_time', 'late', 'excluded', 'overdue', 'overdue_unconfirmed', 'granted'] as const
    const apart = ['+excluded 06-09 D1 R1 A01', '+granted 06-09 D1 R1 A01', '+overdue_unconfirmed 06-09 D1 R1 A01']
    // two tellings of the acceptance, of which one alone makes it late (F5)
    const ended = '06-09 DECIDE result=granted'
    const differing = `06-01 ACCEPT item=SERVICE\n06-02 ACCEPT source=s2\n${ended}`
    expect(rows(counted(differing, '06-22'), ...kinds)).toEqual(apart)
    // one number, two items (I11)
    const collided = `06-01 ACCEPT item=SERVICE\n06-02 STEP_START source=s2 item=STEPPED step_code=SL\n${ended}`
    expect(rows(counted(collided, '06-22'), ...kinds)).toEqual(apart)
    // a provisional date (T13)
    expect(
      rows(counted('12-28 ACCEPT item=SERVICE\n2027-01-08 DECIDE result=granted', '2027-01-11'), ...kinds),
    ).toEqual(['+excluded 01-08 D1 R1 A01', '+granted 01-08 D1 R1 A01', '+overdue_unconfirmed 01-06 D1 R1 A01'])
    const sure = counted(`06-01 ACCEPT item=SERVICE\n${ended}`, '06-22')
    expect(rows(sure, 'late', 'excluded', 'overdue_unconfirmed')).toEqual(['+late 06-09 D1 R1 A01'])
  })
})

describe('one walk of regions', () => {
  const on = parseDay('2026-06-01') as Day
  const tree = buildLaw([
    {
      entry: 1,
      body: {
        ...CATALOGUE,
        regions: [
          { region_code: 'R0', name: '省' },
          { region_code: 'R1', name: '市', parent: 'R0' },
          { region_code: 'R2', name: '县', parent: 'R1' },
          { region_code: 'R2', name: '县', parent: 'R0', valid_from: '2027-01-01' },
        ],
        departments: [
          { org_code: 'D1', name: '甲局', region_code: 'R1' },
          { org_code: 'D2', name: '乙局', region_code: 'R2' },
        ],
      },
    },
  ])

  it('M5: a region holds what lies in its parts, by the version of the day [L22]', () => {
    expect([...regionsWithin(tree, 'R1', on)]).toEqual(['R1', 'R2'])
    expect(departmentsWithin(tree, 'R0', on)).toEqual(['D1', 'D2'])
    expect(departmentsWithin(tree, 'R1', on)).toEqual(['D1', 'D2'])
    expect(departmentsWithin(tree, 'R2', on)).toEqual(['D2'])
    expect(departmentsWithin(tree, 'R1', parseDay('2027-06-01') as Day)).toEqual(['D1'])
  })
})
