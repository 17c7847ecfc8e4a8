// Joint handling in the figures (M1): a parent is one case of the lead, a member with a number of its own one case of its
// department, a JOINT_DISPATCH alone none; what sums across departments leave out stands under dimensions of its own.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldCase } from '../../../server/core/case/fold.ts'
import { judgeCase } from '../../../server/core/case/judge.ts'
import type { CaseState } from '../../../server/core/case/state.ts'
import type { Law } from '../../../server/core/law/law.ts'
import { addFlow, type Deltas, flowsOf } from '../../../server/core/measure/count.ts'
import type { Dimension, Flow, FlowKind } from '../../../server/core/measure/flows.ts'
import type { Instant } from '../../../server/core/time/instant.ts'
import { cityDay, factsByCase } from '../../plan/city.ts'
import { at, facts, folded, judged, law } from '../case/world.ts'

const counted = (state: CaseState, now: Instant, under: Law = law): Flow[] =>
  flowsOf(state, judgeCase(state, under, now), [])
const flowsIn = (story: string, now = '06-30'): Flow[] => counted(folded(story), at(now))
const isMember = (story: string): boolean => {
  const members = new Set(flowsIn(story).map(({ member }) => member))
  expect(members.size).toBe(1)
  return members.has(true)
}

describe('who is a member', () => {
  it.each([
    ['a receipt that names a parent', '06-01 RECEIVE item=PERMIT joint_parent=PAR\n06-02 ACCEPT', true],
    ['one that names none', '06-01 RECEIVE item=PERMIT\n06-02 ACCEPT', false],
    ['its own number is none', '06-01 RECEIVE item=PERMIT joint_parent=P1\n06-02 ACCEPT', false],
    ['the first receipt counts', '06-01 RECEIVE item=PERMIT\n06-02 RECEIVE joint_parent=PAR', false],
    ['whatever a later one says', '06-01 RECEIVE item=PERMIT joint_parent=PAR\n06-02 RECEIVE', true],
    ['an acceptance names nobody', '06-01 RECEIVE item=PERMIT\n06-02 ACCEPT joint_parent=PAR', false],
    [
      'a receipt after the conclusion counts for nothing',
      '06-01 ACCEPT item=PERMIT\n06-04 DECIDE result=granted\n06-08 RECEIVE joint_parent=PAR',
      false,
    ],
  ])('M1: %s', (_, story, expected) => {
    expect(isMember(story)).toBe(expected)
  })

  it.each(['PAR', ' PAR ', '\u3000PAR'])('M1: %j is the number without its outer blanks', (said) => {
    const [receipt] = facts('06-01 RECEIVE item=PERMIT')
    const state = foldCase([{ ...(receipt as object), payload: { joint_parent: said } } as never], 'P1')
    expect(state?.received?.jointParent).toBe('PAR')
  })

  it.each(['', '  ', ' P1 '])('M1: %j names no parent', (said) => {
    const [receipt] = facts('06-01 RECEIVE item=PERMIT')
    const state = foldCase([{ ...(receipt as object), payload: { joint_parent: said } } as never], 'P1')
    expect(state?.received?.jointParent).toBeNull()
  })

  it('M1, I11: nor does its own number as a source says it whose numbers are its own', () => {
    const [receipt] = facts('06-01 RECEIVE item=PERMIT joint_parent=12', 's1:12')
    expect(foldCase([receipt as never], 's1:12')?.received?.jointParent).toBeNull()
  })

  it('F5: two sources that name different parents are a conflict, and one that names none contradicts nobody', () => {
    const one = '06-01 RECEIVE item=PERMIT joint_parent=PAR'
    const conflicts = (second: string) => folded(`${one}\n06-01 RECEIVE source=s2 ${second}`).conflicts
    expect([conflicts('joint_parent=OTHER'), conflicts('joint_parent=PAR'), conflicts('')]).toEqual([
      ['received'],
      [],
      [],
    ])
  })

  it('M1: a parent that nobody knows makes no card', () => {
    const member = judged('06-01 RECEIVE item=PERMIT joint_parent=NOBODY\n06-01 11:00 ACCEPT', '06-02')
    expect(member.findings).toEqual([])
  })
})

it('M1: a JOINT_DISPATCH adds no case: the flows are those of the lead alone', () => {
  const lead = '06-01 RECEIVE item=JOINT\n06-01 11:00 ACCEPT item=JOINT'
  const asked = `${lead}\n06-02 JOINT_DISPATCH member=D2\n06-03 JOINT_REPLY member=D2 org=D2`
  const cases = (story: string): string[] =>
    flowsIn(story, '06-08')
      .filter(({ kind }) => kind === 'received' || kind === 'accepted' || kind === 'due')
      .map(({ kind, n, department }) => `${kind} ${n} ${department}`)
  expect(cases(asked)).toEqual(cases(lead))
  expect(cases(asked)).toEqual(['received 1 D1', 'accepted 1 D1', 'due 1 D1'])
  // in hand it moves among windows, and is one case of the lead at every instant
  const inHand = flowsIn(asked, '06-08').filter(({ kind }) => kind === 'in_hand')
  expect(inHand.reduce((sum, { n }) => sum + n, 0)).toBe(1)
  expect(new Set(inHand.map(({ department, member }) => `${department} ${member}`))).toEqual(new Set(['D1 false']))
})

describe('sums', () => {
  const city = cityDay(11)
  const stories = [...factsByCase(city.taken)]
  /** The cases of the day; those whose number falls on the share name a parent. */
  const totalsOf = (share: number): Deltas => {
    const deltas: Deltas = new Map()
    for (const [i, [projectNo, told]] of stories.entries()) {
      const isNamed = (i * 7919) % 100 < share
      const named = told.map((fact) =>
        fact.type === 'RECEIVE' && isNamed ? { ...fact, payload: { ...fact.payload, joint_parent: 'PAR' } } : fact,
      )
      const state = foldCase(named, projectNo)
      if (state !== null) for (const flow of counted(state, city.endAt, city.law)) addFlow(deltas, flow, 1)
    }
    return deltas
  }
  const sumsIn = (deltas: Deltas, ...dimensions: Dimension[]): Map<string, number> => {
    const sums = new Map<string, number>()
    for (const { dimension, department, kind, on, n } of deltas.values())
      if (dimensions.includes(dimension)) {
        const key = `${kind} ${on} ${department}`
        sums.set(key, (sums.get(key) ?? 0) + n)
      }
    return new Map([...sums].filter(([, n]) => n !== 0).sort())
  }

  it('M1: whoever is a member, regions and members together are the departments, for every kind on every day', () => {
    let members = 0
    fc.assert(
      fc.property(fc.constantFrom(0, 5, 30, 60, 100), (share) => {
        const deltas = totalsOf(share)
        const departments = sumsIn(deltas, 'department')
        for (const dimension of ['window', 'operator', 'item', 'source'] as const)
          expect(sumsIn(deltas, dimension)).toEqual(departments)
        expect(sumsIn(deltas, 'region', 'member_region')).toEqual(departments)
        expect(sumsIn(deltas, 'member_region')).toEqual(sumsIn(deltas, 'member_department'))
        const left = [...sumsIn(deltas, 'member_department').keys()]
        expect(new Set(left.map((key) => key.split(' ')[0] as FlowKind)).size).toBeGreaterThanOrEqual(share > 5 ? 5 : 0)
        members += left.length
      }),
      { seed: 4, numRuns: 5 },
    )
    expect(members).toBeGreaterThan(100)
  })

  it('M1: of an hour likewise', () => {
    const [none, some] = [totalsOf(0), totalsOf(40)]
    expect(sumsIn(none, 'member_hour').size).toBe(0)
    expect(sumsIn(some, 'hour', 'member_hour')).toEqual(sumsIn(none, 'hour'))
    expect(sumsIn(some, 'hour')).not.toEqual(sumsIn(none, 'hour'))
  })
})
