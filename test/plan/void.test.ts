// VOID and supersedes (F3), in both orders, within a case and across cases, over a real supervisor; identity (I2); a
// case set apart (J5). Given these requests, then these cases, cards and answers.
import { describe, expect, it } from 'vitest'
import type { Taken } from '../../server/core/plan.ts'
import { at, CATALOGUE } from '../core/case/world.ts'
import { expectAlike, openOffice, type Standing, standingOf, type TestOffice } from './office.ts'
import { events } from './story.ts'

const NOW = at('08-03 09:00')
const office = (): Promise<TestOffice> => openOffice(CATALOGUE, NOW)

const endOf = async (requests: readonly (readonly Taken[])[]): Promise<Standing> => {
  const open = await office()
  await open.send(requests)
  expect((await open.audit()).findings).toEqual([])
  const standing = await standingOf(open.records)
  await open.close()
  return standing
}

const orders = <T>(rows: readonly T[]): T[][] =>
  rows.length <= 1
    ? [rows.slice()]
    : rows.flatMap((row, i) => orders(rows.filter((_, j) => j !== i)).map((rest) => [row, ...rest]))

// what was granted in June and not delivered by August is yellow (T-06)
describe('void events', () => {
  const table: readonly [why: string, story: string, expected: Record<string, string>][] = [
    [
      'VOID takes an event out of its case',
      'P1 06-01 ACCEPT id=a item=PERMIT\nP1 06-02 DECIDE id=b result=granted\nP1 06-03 VOID id=c target=b',
      { P1: 'accepted' },
    ],
    [
      'an event supersedes another of its case',
      'P1 06-01 ACCEPT id=a item=PERMIT\nP1 06-20 DECIDE id=b result=granted\nP1 06-05 DECIDE id=c result=granted supersedes=b',
      { P1: 'concluded' },
    ],
    [
      'an event supersedes one that was written under another case: both are folded again',
      'P1 06-01 ACCEPT id=a item=PERMIT\nP1 06-05 DECIDE id=b result=granted\nP2 06-02 ACCEPT id=c item=PERMIT\nP2 06-05 DECIDE id=d result=granted supersedes=b',
      { P1: 'accepted', P2: 'concluded' },
    ],
    [
      'a case whose only event was written under the wrong number is no case',
      'P1 06-01 ACCEPT id=a item=PERMIT\nP2 06-01 ACCEPT id=b item=PERMIT supersedes=a',
      { P2: 'accepted' },
    ],
    [
      'an event is void whether the one that names it is void or not',
      'P1 06-01 ACCEPT id=a item=PERMIT\nP1 06-05 DECIDE id=b result=granted\nP1 06-05 DECIDE id=c result=granted supersedes=b\nP1 06-06 VOID id=d target=c',
      { P1: 'accepted' },
    ],
  ]
  const statusOf = (row: unknown): string => (row as { status: string }).status

  it.each(table)('F3 F2: %s, in every order, in one request and one by one', async (_, story, expected) => {
    const all = events(story)
    const ends: Standing[] = []
    for (const order of orders(all)) {
      ends.push(await endOf([order]))
      ends.push(await endOf(order.map((each) => [each])))
    }
    for (const end of ends) {
      expect(Object.fromEntries([...end.cases].map(([no, row]) => [no, statusOf(row)]))).toEqual(expected)
      expectAlike(end, ends[0] as Standing)
    }
  })

  it('F3 I2: the same id of another source is another event and is not touched', async () => {
    const story = 'P1 06-01 ACCEPT id=a item=PERMIT\nP1 06-02 STEP_START id=a source=s2 step_code=JD'
    const all = [...events(story), ...events('P1 06-03 VOID id=v source=s2 target=a')]
    const ends = [await endOf([all]), await endOf([all.slice().reverse()]), await endOf(all.map((each) => [each]))]
    for (const end of ends) {
      expect(end.cases.get('P1')).toMatchObject({ state: { facts: 1, accepted: { source: 's1' }, steps: [] } })
      expectAlike(end, ends[0] as Standing)
    }
  })

  it('F3: ids of two sources may be alike: one’s own, told in the same request, is one’s own', async () => {
    const open = await office()
    await open.send([events('P1 06-01 ACCEPT id=1 item=PERMIT')])
    const answers = await open.send([
      events(
        'P2 06-02 VOID id=2 source=s2 target=1\nP2 06-01 RECEIVE id=1 source=s2\nP2 06-01 ACCEPT id=3 source=s2 item=PERMIT',
      ),
    ])
    expect(answers.map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted', 'accepted'])
    expect((await open.audit()).findings).toEqual([])
    await open.close()
  })

  it('C2 F3: a case that lost its last fact and comes back takes up the cards it had', async () => {
    const open = await office()
    await open.send([events('P1 06-01 ACCEPT id=a item=PERMIT')])
    await open.send([events('P1 06-02 VOID id=v target=a')])
    const lifted = await open.records.listCards({ limit: 10 })
    // what was told is asked about, and stands again as it stood (C5)
    expect(lifted.rows.map(({ card }) => card.state)).toEqual(['to_lift', 'lifted', 'lifted'])
    const [answer] = await open.send([events('P1 06-01 ACCEPT id=b item=PERMIT')])
    expect(answer?.outcome).toBe('accepted')
    const back = await open.records.card('T-03.case.P1.statute')
    expect(back?.card.state).toBe('notified')
    expect(back?.moves.map(({ n, move }) => `${n} ${move}`)).toEqual(['1 raise', '2 ask_lift', '3 restore'])
    expect((await open.audit()).findings).toEqual([])
    await open.close()
  })
})

describe('identity', () => {
  it('I2: the same content again is known, other content is a conflict and the first stays, also within one request', async () => {
    const open = await office()
    const [a] = events('P1 06-01 ACCEPT id=a item=PERMIT')
    const [other] = events('P1 06-01 ACCEPT id=a item=SERVICE')
    const first = await open.send([[a as Taken, a as Taken, other as Taken]])
    expect(first.map(({ outcome, code }) => code ?? outcome)).toEqual(['accepted', 'known', 'id_conflict'])
    const second = await open.send([[a as Taken], [other as Taken]])
    expect(second.map(({ outcome, code }) => code ?? outcome)).toEqual(['known', 'id_conflict'])
    const kept = await open.records.quarantine({ limit: 10 })
    expect(kept.rows.map(({ code, eventId }) => `${code} ${eventId}`)).toEqual(['id_conflict a', 'id_conflict a'])
    await open.close()
  })

  it('I3: one bad event never harms its neighbours', async () => {
    const open = await office()
    await open.send([events('P1 06-01 ACCEPT id=a item=PERMIT')])
    const request = events(
      'P1 06-02 STEP_START id=b\nP1 06-01 ACCEPT id=a item=SERVICE\nP1 06-03 DECIDE id=c result=granted',
    )
    const answers = await open.send([request])
    expect(answers.map(({ outcome }) => outcome)).toEqual(['accepted', 'rejected', 'accepted'])
    await open.close()
  })
})

describe('a case set apart', () => {
  // a stamp beyond the days that any calendar can count
  const beyond = 'P1 2151-06-01 ACCEPT id=x item=PERMIT'

  it('J5: a throw inside one case sets it apart with its facts kept, the others go on, the audit names it', async () => {
    const open = await office()
    const answers = await open.send([events(`${beyond}\nP2 06-01 ACCEPT id=a item=PERMIT`)])
    expect(answers.map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted'])
    const cases = await open.records.cases(['P1', 'P2'])
    expect(cases.get('P1')?.row.apart).toMatch(/RangeError/)
    expect(cases.get('P2')?.row).toMatchObject({ apart: null, status: 'accepted' })
    expect(open.supervisor.state().apart).toBe(1)
    expect((await open.audit()).findings.map(({ what, where }) => `${what} ${where}`)).toEqual(['apart P1'])
    await open.close()
  })

  it('J5: it is folded again from all its facts by whatever touches it, and whole once the cause is gone', async () => {
    const open = await office()
    await open.send([events(`P1 06-01 ACCEPT id=a item=PERMIT\n${beyond}`)])
    await open.send([events('P1 06-02 STEP_START id=b step_code=JD')])
    expect(open.supervisor.state().apart).toBe(0)
    const cases = await open.records.cases(['P1'])
    expect(JSON.parse(cases.get('P1')?.row.state ?? '')).toMatchObject({ facts: 3, accepted: { eventId: 'a' } })
    await open.send([events('P1 06-03 VOID id=v target=x')])
    expect((await open.audit()).findings).toEqual([])
    await open.close()
  })
})
