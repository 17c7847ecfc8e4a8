// What is fresh by its stamp and old by what it does (C5): approvals of days ago, further editions, imports brought once more,
// numbers declared. None of it lifts what was told; each is asked about, and not of whoever said it.

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { PAYLOAD_KEYS } from '../../server/contract/ingest.ts'
import type { Card } from '../../server/core/card/card.ts'
import { DONE_AT } from '../../server/core/case/arrival.ts'
import type { Taken } from '../../server/core/plan.ts'
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

const red = async (): Promise<Card> => (await cardsOf()).find(({ rule }) => rule === 'T-03') as Card
const grounds = async () => (await red()).lift?.grounds.map(({ kind, ref, by }) => `${kind} ${ref} ${by ?? '-'}`)
const moveBy = async (by: string, move = 'lift') =>
  office.supervisor.move({ cardId: (await red()).cardId, move, by, why: '核实', signedBy: null })

/** Accepted on 1 June, red on 30 June by twenty working days; now it is 1 July. */
const late = async (accept = 'P1 06-01 ACCEPT id=a item=PERMIT'): Promise<void> => {
  await send(accept)
  await moveTo('07-01 09:00')
  expect((await red()).state).toBe('notified')
}

const bring = async (id: string, all: readonly Taken[]): Promise<void> => {
  const named = { id, file: `${id}.csv`, digest: null, mapping: null, source: 's1', by: '张' }
  const importNo = await office.supervisor.beginImport({ ...named, historical: null, asOf: null })
  await office.supervisor.ingest(
    all,
    all.map(() => null),
    { source: null, by: '张', importNo },
  )
  await office.supervisor.settled()
}

describe('a fresh stamp over what was done before', () => {
  it('C5: an extension stamped now and approved a week ago leaves the red 待撤 [L6]', async () => {
    await late()
    await send('P1 07-01 08:58 EXTEND id=x days=5 approved_at=2026-06-20T10:00')
    expect([(await red()).state, await grounds()]).toEqual(['to_lift', ['fact x -']])
  })

  it('C5: an instant of the same bare day is no earlier than the day', async () => {
    await send('P1 06-01 ACCEPT id=a item=PERMIT')
    await moveTo('07-01 00:05')
    expect((await red()).state).toBe('notified')
    await send('P1 06-30 00:00 EXTEND id=x days=5 precision=day approved_at=2026-06-30T09:00')
    expect((await red()).state).toBe('lifted')
  })

  it('C5: of every event type each instant of its payload is weighed', () => {
    const keys = Object.values(PAYLOAD_KEYS).flat()
    const instants = new Set(keys.filter(({ shape }) => shape === 'instant').map(({ name }) => name))
    expect([...instants].sort()).toEqual([...DONE_AT].sort())
  })

  it('C5 I12: an extension of after the limit, of a source that cannot say when it was approved, leaves the red 待撤', async () => {
    await office.close()
    const sources = [{ source: 's1', name: '甲系统', sends: ['ACCEPT', 'EXTEND'] }]
    office = await openOffice({ ...CATALOGUE, sources }, at('06-01 12:00'))
    await late()
    await send('P1 07-01 08:59 EXTEND id=x days=5')
    expect([(await red()).state, await grounds()]).toEqual(['to_lift', ['fact x -']])
  })
})

describe('a further edition of a register', () => {
  const FIRST = 'P1 06-01 ACCEPT id=1 item=PERMIT edition=accept@06-08/f1/2'

  it.each([
    ['moves the cell', 'P1 07-01 08:58 ACCEPT id=2 item=PERMIT edition=accept@07-01/f2/2', 'fact 2 -'],
    ['empties it', 'P1 07-01 08:59 VOID id=2 edition=accept@07-01/f2/2', 'void 2 -'],
  ])('C5 I14: one that %s, stamped now, leaves the red 待撤', async (_, story, ground) => {
    await late(FIRST)
    await send(story)
    expect([(await red()).state, await grounds()]).toEqual(['to_lift', [ground]])
  })

  it('C5 I14: a cell filled for the first time, in time, lifts beside one that says the same again', async () => {
    await send(FIRST)
    await moveTo('07-01 00:05')
    await send(`P1 06-01 ACCEPT id=2 item=PERMIT edition=accept@07-01/f2/2
P1 06-30 23:58 DECIDE id=3 result=granted edition=decide@07-01/f2/2`)
    expect((await red()).state).toBe('lifted')
  })
})

describe('an import brought once more', () => {
  it('C5 I14: what stands again lifts nothing told by itself, as it did not the first time', async () => {
    const end = events('P1 06-10 DECIDE id=d result=granted')
    await late()
    await bring('one', end)
    expect((await red()).state).toBe('to_lift')
    await office.supervisor.withdraw({ id: 'one', by: '李', why: '文件有误' })
    expect((await red()).state).toBe('notified')
    await moveTo('07-02 09:00')
    await bring('two', end)
    expect([(await red()).state, await grounds()]).toEqual(['to_lift', ['fact d 张']])
  })
})

describe('what a person brought', () => {
  const END = 'P1 06-10 DECIDE id=d result=granted'

  it.each([
    ['an end', END, ['fact d 张']],
    ['a void', 'P1 06-10 VOID id=v target=a', ['void v 张']],
    [
      'an end of after the limit that takes a telling away',
      `${END}\nP1 06-30 23:59 URGE id=u`,
      ['fact d 张', 'fact u 张'],
    ],
  ])(
    'C5 A2a: %s by an import: whoever imported it does not decide, somebody else does [L6]',
    async (_, story, named) => {
      await late()
      await bring('one', events(story))
      expect([(await red()).state, await grounds()]).toEqual(['to_lift', named])
      for (const move of ['lift', 'keep']) expect(await moveBy('张', move)).toEqual({ refused: 'own_ground' })
      expect(await moveBy('李')).toEqual({ state: 'lifted' })
    },
  )

  it('C5: of several grounds whoever brought one of them does not decide', async () => {
    await late()
    await send('P1 06-12 EXTEND id=x days=5')
    await bring('one', events(END))
    expect(await grounds()).toEqual(['fact x -', 'fact d 张'])
    expect(await moveBy('张')).toEqual({ refused: 'own_ground' })
  })

  it('C5 I6 A4: what a person mended and handed in by hand bars him, in a replay as well', async () => {
    await office.close()
    office = await openOffice(CATALOGUE, at('06-01 12:00'), 'sqlite')
    await late()
    const byHand = { source: 's1', by: 'sup1', person: 'sup1' }
    // beside it, in one batch or before it, what the source sends
    const bySource = { source: 's1', by: 's1' }
    await Promise.all([
      office.supervisor.ingest(events('P2 06-10 RECEIVE id=r item=PERMIT'), [null], bySource),
      office.supervisor.ingest(events('P1 06-12 EXTEND id=x days=5'), [null], bySource),
      office.supervisor.ingest(events(END), [null], byHand),
    ])
    await office.supervisor.settled()
    expect((await grounds())?.sort()).toEqual(['fact d sup1', 'fact x -'])
    expect(await moveBy('sup1')).toEqual({ refused: 'own_ground' })
    expect(await office.replay()).toEqual([])
    expect(await office.verify()).toEqual([])
    expect(await moveBy('sup2', 'keep')).toEqual({ state: 'notified' })
    expect(await office.replay()).toEqual([])
  })

  it('C5 A4: an import is known by who brought it after a restart, too, and in a replay', async () => {
    await office.close()
    office = await openOffice(CATALOGUE, at('06-01 12:00'), 'sqlite')
    await late()
    await bring('one', events(END))
    expect(await moveBy('张')).toEqual({ refused: 'own_ground' })
    expect(await office.replay()).toEqual([])
  })
})

describe('numbers declared', () => {
  const declare = async (numbers: 'own' | 'shared', by: string): Promise<void> => {
    const body = { catalogue: '编号', valid_from: '2026-01-01', sources: [{ source: 's2', name: '乙系统', numbers }] }
    await office.supervisor.loadCatalogue(body, JSON.stringify(body), by)
    await office.supervisor.settled()
  }

  it('C5 I11: facts of long ago that come with them are asked about, and not of whoever declared it', async () => {
    await declare('own', 'key-1')
    await send('P1 06-10 DECIDE id=d source=s2 result=granted')
    await late()
    await declare('shared', 'key-1')
    expect([(await red()).state, await grounds()]).toEqual(['to_lift', ['numbers s2 key-1']])
    expect(await moveBy('key-1')).toEqual({ refused: 'own_ground' })
    await declare('own', 'key-2')
    expect((await red()).state).toBe('notified')
    await declare('shared', 'key-2')
    expect(await moveBy('key-1')).toEqual({ state: 'lifted' })
  })
})
