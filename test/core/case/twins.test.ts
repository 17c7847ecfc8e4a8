// Twins: what two sources tell of one thing is told once (F5). Given two tellings, when the case is folded and judged, then
// nothing is added and no card accuses.
import { describe, expect, it } from 'vitest'
import { FOLDING } from '../../../server/core/case/draft.ts'
import { applyFact, foldCase } from '../../../server/core/case/fold.ts'
import type { CaseState } from '../../../server/core/case/state.ts'
import { at, facts, folded, judged, rulesOf, told } from './world.ts'

const ACCEPTED = '06-01 ACCEPT item=PERMIT\n'
const LAWFUL = 'kind=hearing notice_at=2026-06-03T09:00 basis=b approver=a'

describe('two sources that tell of one thing [L8]', () => {
  it('T-08: the same extension from two sources is one, and no second one [L8]', () => {
    const story = `${ACCEPTED}
      06-10 10:00:00 EXTEND source=s1 days=5 approver=a
      06-10 10:00:05 EXTEND source=s2 days=5 approver=a`
    expect(folded(story).extensions).toHaveLength(1)
    expect(rulesOf(judged(story, '06-12'))).not.toContain('T-08')
  })

  it('T-09: a member asked by two sources has replied when one reply came [L8]', () => {
    const story = `06-01 ACCEPT item=JOINT
      06-02 10:00:00 JOINT_DISPATCH source=s1 member=D2
      06-02 10:00:05 JOINT_DISPATCH source=s2 member=D2
      06-04 JOINT_REPLY source=s1 member=D2`
    expect(folded(story).joint).toMatchObject([{ member: 'D2', repliedAt: at('06-04') }])
    expect(rulesOf(judged(story, '06-20'))).not.toContain('T-09')
  })

  it('T-09: the twin of a reply does not answer what was asked a second time [L8]', () => {
    const story = `06-01 ACCEPT item=JOINT
      06-02 JOINT_DISPATCH source=s1 member=D2
      06-03 JOINT_DISPATCH source=s1 member=D2
      06-04 10:00:00 JOINT_REPLY source=s1 member=D2
      06-04 10:00:05 JOINT_REPLY source=s2 member=D2`
    expect(folded(story).joint.map(({ repliedAt }) => told(repliedAt))).toEqual(['06-04 10:00:00', '—'])
  })

  it('P-04: pause and resumption told twice, seconds apart, leave no resumption of nothing [L8]', () => {
    const story = `${ACCEPTED}
      06-03 10:00:00 SUSPEND source=s1 ${LAWFUL}
      06-03 10:00:05 SUSPEND source=s2 ${LAWFUL}
      06-08 10:00:00 RESUME source=s1
      06-08 10:00:05 RESUME source=s2`
    expect(folded(story)).toMatchObject({ pauses: [{ to: at('06-08 10:00') }], resumesOfNothing: [] })
    expect(rulesOf(judged(story, '06-09'))).not.toContain('P-04')
  })

  it.each([
    ['by kind', 'kind=hearing'],
    ['by its own event', 'pause=mine'],
    ['by nothing', ''],
  ])('T6: the other source names the pause %s: it is the same resumption [L8]', (_, name) => {
    const state = folded(`${ACCEPTED}
      06-03 10:00:00 SUSPEND source=s1 id=his kind=hearing
      06-03 10:00:05 SUSPEND source=s2 id=mine kind=hearing
      06-08 10:00:00 RESUME source=s1 pause=his
      06-08 10:00:05 RESUME source=s2 ${name}`)
    expect(state.resumesOfNothing).toEqual([])
    expect(state.pauses.map(({ to }) => told(to))).toEqual(['06-08 10:00:00'])
  })

  it('T6: a pause that has ended by then is still the one that the other source tells of [L8]', () => {
    const state = folded(`${ACCEPTED}
      06-03 10:00 SUSPEND source=s1 kind=hearing
      06-03 10:03 RESUME source=s1
      06-03 10:05 SUSPEND source=s2 id=mine kind=hearing
      06-03 10:08 RESUME source=s2 pause=mine`)
    expect(state.pauses.map(({ to }) => told(to))).toEqual(['06-03 10:03:00'])
    expect(state.resumesOfNothing).toEqual([])
  })

  it('P-02: a notice and a complaint told twice are one each [L8]', () => {
    const story = `06-01 RECEIVE item=PERMIT
      06-02 10:00 CORRECT_NOTICE source=s1
      06-02 10:09:59 CORRECT_NOTICE source=s2
      06-03 10:00 COMPLAIN source=s1
      06-03 10:01 COMPLAIN source=s2`
    expect(folded(story)).toMatchObject({ notices: { length: 1 }, complaints: { length: 1 } })
    expect(rulesOf(judged(story, '06-04'))).not.toContain('P-02')
  })
})

describe('what is no twin', () => {
  const extensions = (story: string): number => folded(ACCEPTED + story).extensions.length

  it('F5: one source that tells a thing twice has done it twice', () => {
    expect(extensions('06-10 10:00 EXTEND days=5\n06-10 10:00:05 EXTEND days=5')).toBe(2)
    expect(
      rulesOf(judged(`${ACCEPTED}06-10 10:00 EXTEND days=5 approver=a\n06-10 10:01 EXTEND days=5 approver=a`, '06-12')),
    ).toContain('T-08')
  })

  it('F5: ten minutes are near, a millisecond more is not; counted from the first, not from the last', () => {
    expect(extensions('06-10 10:00 EXTEND days=5\n06-10 10:10 EXTEND source=s2 days=5')).toBe(1)
    expect(extensions('06-10 10:00 EXTEND days=5\n06-10 10:10:00.001 EXTEND source=s2 days=5')).toBe(2)
    const chain = [
      '06-10 10:00 EXTEND days=5',
      '06-10 10:09 EXTEND source=s2 days=5',
      '06-10 10:18 EXTEND source=s3 days=5',
    ]
    expect(extensions(chain.join('\n'))).toBe(2)
  })

  it('F5: one a source: the second of the other source is a thing of its own', () => {
    const story = [
      '06-10 10:00 EXTEND days=5',
      '06-10 10:01 EXTEND source=s2 days=5',
      '06-10 10:02 EXTEND source=s2 days=5',
    ]
    expect(extensions(story.join('\n'))).toBe(2)
  })

  it('F5: another member, another kind of pause are other things', () => {
    const state = folded(`${ACCEPTED}
      06-02 10:00 JOINT_DISPATCH source=s1 member=D2
      06-02 10:01 JOINT_DISPATCH source=s2 member=D3
      06-02 10:00 SUSPEND source=s1 kind=hearing
      06-02 10:01 SUSPEND source=s2 kind=testing`)
    expect(state.joint.map(({ member }) => member)).toEqual(['D2', 'D3'])
    expect(state.pauses.map(({ kind }) => kind)).toEqual(['hearing', 'testing'])
  })

  it('T6: a resumption that ends something of its own is none of another kind’s', () => {
    const state = folded(`${ACCEPTED}
      06-02 SUSPEND kind=hearing
      06-03 SUSPEND kind=testing
      06-05 10:00 RESUME source=s1 kind=hearing
      06-05 10:05 RESUME source=s2 kind=testing`)
    expect(state.pauses.map(({ to }) => told(to))).toEqual(['06-05 10:00:00', '06-05 10:05:00'])
  })

  it('T7: an extension without days extends nothing and hides none', () => {
    expect(extensions('06-10 10:00 EXTEND reason=x\n06-10 10:01 EXTEND source=s2 days=5')).toBe(1)
  })
})

describe('bare days and settings', () => {
  it('F5, I15: where either is a bare day, the same day is near', () => {
    const extensions = (second: string): number =>
      folded(`${ACCEPTED}06-10 09:00 EXTEND source=s1 days=5\n${second}`).extensions.length
    expect(extensions('06-10 EXTEND source=s2 precision=day days=5')).toBe(1)
    expect(extensions('06-11 EXTEND source=s2 precision=day days=5')).toBe(2)
    const bare = `${ACCEPTED}06-10 EXTEND source=s1 precision=day days=5\n06-10 EXTEND source=s2 precision=day days=5`
    expect(folded(bare).extensions).toHaveLength(1)
  })

  it('F5: how near is near is a setting', () => {
    const story = facts(`${ACCEPTED}06-10 10:00 EXTEND days=5\n06-10 10:05 EXTEND source=s2 days=5`)
    expect(FOLDING.twinMsAt(at('06-10'))).toBe(600_000)
    expect(foldCase(story, 'P1', { ...FOLDING, twinMsAt: () => 60_000 })?.extensions).toHaveLength(2)
  })

  it('F2, F5: adding the next fact in order and folding all agree on every twin', () => {
    const story = facts(`
      06-01 ACCEPT item=JOINT
      06-02 10:00 JOINT_DISPATCH member=D2
      06-02 10:02 JOINT_DISPATCH source=s2 member=D2
      06-03 10:00 SUSPEND kind=hearing id=his
      06-03 10:05 SUSPEND source=s2 kind=hearing id=mine
      06-04 10:00 RESUME pause=his
      06-04 10:05 RESUME source=s2 pause=mine
      06-05 10:00 EXTEND days=5
      06-05 10:09 EXTEND source=s2 days=5
      06-05 10:10 EXTEND source=s3 days=5
      06-05 EXTEND source=s4 precision=day days=5
      06-08 10:00 COMPLAIN`)
    let state: CaseState | null = null
    for (const [i, next] of story.entries()) {
      state = applyFact(state, next, 'P1')
      expect(state).toEqual(foldCase(story.slice(0, i + 1), 'P1'))
    }
    expect(state).toMatchObject({ extensions: { length: 1 }, joint: { length: 1 }, resumesOfNothing: [] })
    // what nothing can join any more is not kept
    expect(state?.twins.map(({ key }) => key.trim())).toEqual(['COMPLAIN'])
  })
})
