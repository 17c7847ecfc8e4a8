// What taking back an import would do is told before it is done (I14), also of cards that a person has lifted or declined and
// that come back: the weighing, beside what the withdrawal then does. Of a load of law: test/rejudge/weigh-told.test.ts.

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Card } from '../../server/core/card/card.ts'
import { isCounted } from '../../server/core/card/standing.ts'
import { at, CATALOGUE } from '../core/case/world.ts'
import { deskOf, openOffice, type TestOffice } from './office.ts'
import { events } from './story.ts'

let office: TestOffice
const { send, cardsOf, ...desk } = deskOf(() => office, events)
const moveTo = (now: string): Promise<void> => desk.moveTo(at(now))
beforeEach(async () => {
  office = await openOffice(CATALOGUE, at('06-01 12:00'))
})
afterEach(async () => expect(await desk.close()).toEqual([]))

const states = async (): Promise<string> => (await cardsOf()).map(({ rule, state }) => `${rule} ${state}`).join(', ')
const say = async (rule: string, move: string): Promise<void> => {
  const { cardId } = (await cardsOf()).find((each) => each.rule === rule) as Card
  const asked = { cardId, move, by: 'key-2', why: '核实', signedBy: null }
  expect(await office.supervisor.move(asked)).toHaveProperty('state')
  await office.supervisor.settled()
}
const bring = async (story: string): Promise<number> => {
  const named = { file: 'f.csv', digest: null, mapping: null, source: null, by: '张', historical: null, asOf: null }
  const importNo = await office.supervisor.beginImport({ ...named, id: 'i' })
  const taken = events(story)
  await office.supervisor.ingest(
    taken,
    taken.map(() => null),
    { source: null, by: '张', importNo },
  )
  await office.supervisor.settled()
  return importNo
}
const counted = async (): Promise<string[]> => (await cardsOf()).filter(isCounted).map(({ cardId }) => cardId)

describe('the withdrawal of an import', () => {
  const OTHER = 'P1 06-10 ACCEPT id=b source=s2'
  it.each([
    // what the import brings to a case told red on 30 June, what a person says, how many come back, how the red stands
    ['an end in time, lifted', 'P1 06-10 DECIDE id=x result=granted', 'T-03 lift', 1, 'T-03 notified'],
    ['an end in time, kept', 'P1 06-10 DECIDE id=x result=granted', 'T-03 keep', 0, 'T-03 notified'],
    ['an end in time, undecided', 'P1 06-10 DECIDE id=x result=granted', '', 0, 'T-03 notified'],
    ['a telling in time, lifted', OTHER, 'T-03 lift', 1, 'T-03 notified'],
    ['an extension, lifted', 'P1 06-20 EXTEND id=x days=5', 'T-03 lift', 1, 'T-03 notified'],
  ])('I14 C5: of %s: the red that comes back is told', async (_, story, said, expected, after) => {
    await send('P1 06-01 ACCEPT id=a item=PERMIT')
    await moveTo('07-01 09:00')
    const importNo = await bring(story)
    if (said !== '') await say(...(said.split(' ') as [string, string]))
    const before = await counted()
    const weighed = await office.supervisor.weighWithdrawal(importNo)
    await office.supervisor.withdraw({ id: 'i', by: '李', why: '有误' })
    await office.supervisor.settled()
    expect(await states()).toContain(after)
    const come = (await cardsOf()).filter((card) => isCounted(card) && !before.includes(card.cardId))
    expect([weighed.cases, weighed.raised, come.length]).toEqual([1, expected, expected])
  })

  it('I14 C5: a card that was declined for what the import told', async () => {
    await send('P1 06-01 ACCEPT id=a item=PERMIT')
    const importNo = await bring(OTHER)
    await moveTo('06-16 09:00')
    await say('T-02', 'decline')
    expect(await states()).toBe('T-01 notified, T-02 revoked')
    expect(await office.supervisor.weighWithdrawal(importNo)).toMatchObject({ raised: 1, lifted: 0, to_lift: 0 })
    await office.supervisor.withdraw({ id: 'i', by: '李', why: '有误' })
    await office.supervisor.settled()
    expect(await states()).toBe('T-01 overtaken, T-02 notified')
  })
})
