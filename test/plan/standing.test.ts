// Which facts stand: voids of every kind, editions of registers, past records beside the event, imports taken back whole.
// Every order of arrival and every split agree (F2), over both stores; audit and replay are clean after each act.

import { describe, expect, it } from 'vitest'
import type { Taken } from '../../server/core/plan.ts'
import { at, CATALOGUE, told } from '../core/case/world.ts'
import { shuffled } from './city.ts'
import { expectAlike, openOffice, type Standing, standingOf, type TestOffice } from './office.ts'
import { events } from './story.ts'

type Kind = 'memory' | 'sqlite'

const office = (kind: Kind = 'memory'): Promise<TestOffice> => openOffice(CATALOGUE, at('08-03 09:00'), kind)

const clean = async (open: TestOffice): Promise<void> => {
  expect((await open.audit()).findings).toEqual([])
  expect(await open.verify()).toEqual([])
  expect(await open.replay()).toEqual([])
}

const closing = async (open: TestOffice): Promise<Standing> => {
  await clean(open)
  const standing = await standingOf(open.records)
  await open.close()
  return standing
}

const endOf = async (requests: readonly (readonly Taken[])[], kind: Kind = 'memory'): Promise<Standing> => {
  const open = await office(kind)
  const outcomes = await open.send(requests)
  expect(outcomes.filter(({ outcome }) => outcome === 'rejected')).toEqual([])
  return closing(open)
}

/** In order, backwards, one by one, shuffled, twice: all agree. */
const everyWay = async (all: readonly Taken[]): Promise<Standing> => {
  const expected = await endOf([all])
  const orders = [all.slice().reverse(), shuffled(all, 3), shuffled(all, 8)]
  for (const order of orders) {
    expectAlike(await endOf([order]), expected)
    expectAlike(await endOf(order.map((one) => [one])), expected)
  }
  expectAlike(await endOf([shuffled([...all, ...all], 5)]), expected)
  expectAlike(
    await endOf(
      shuffled(all, 13).map((one) => [one]),
      'sqlite',
    ),
    expected,
  )
  return expected
}

/** Hands events in as an import, declared a past record where an instant is given. */
const bring = async (open: TestOffice, id: string, all: readonly Taken[], before: string | null = null) => {
  const historical = before === null ? null : at(before)
  const named = { id, file: `${id}.csv`, digest: null, mapping: null, source: 's1', by: '张', historical, asOf: null }
  const importNo = await open.supervisor.beginImport(named)
  const handed = all.map((one) => ({ ...one, fact: { ...one.fact, historical } }))
  const raws = handed.map(() => null)
  const outcomes = await open.supervisor.ingest(handed, raws, { source: null, by: '张', importNo })
  await open.supervisor.settled()
  return outcomes.map(({ outcome, code }) => code ?? outcome)
}

const takeBack = (open: TestOffice, id: string) => open.supervisor.withdraw({ id, by: '李', why: '文件有误' })

const stateOf = async (open: TestOffice, projectNo: string): Promise<Record<string, unknown> | null> => {
  const row = (await open.records.cases([projectNo])).get(projectNo)?.row
  return row === undefined || row.state === '' ? null : (JSON.parse(row.state) as Record<string, unknown>)
}

describe('voids', () => {
  it('F3: a VOID that supersedes as well makes both void, in every order [L9]', async () => {
    const story = `P1 06-01 ACCEPT id=a item=PERMIT
P1 06-02 DECIDE id=b result=granted
P1 06-03 DECIDE id=c result=refused
P1 06-04 VOID id=v target=b supersedes=c`
    const end = await everyWay(events(story))
    expect(end.cases.get('P1')).toMatchObject({ state: { facts: 1, ends: [] } })
  })

  it('F3: what names another source’s event is accepted, told so, and voids nothing, in every order', async () => {
    const story = `P1 06-01 ACCEPT id=a item=PERMIT
P1 06-02 VOID id=v source=s2 target=a
P1 06-03 STEP_START id=w source=s2 supersedes=a step_code=SC`
    const open = await office()
    const answers = await open.send([events(story).slice(0, 1), events(story).slice(1)])
    expect(answers.map(({ outcome, warning }) => [outcome, warning?.code, warning?.field, warning?.detail])).toEqual([
      ['accepted', undefined, undefined, undefined],
      ['accepted', 'not_yours', '/payload/target', 'a'],
      ['accepted', 'not_yours', '/supersedes', 'a'],
    ])
    await open.close()
    const end = await everyWay(events(story))
    expect(end.cases.get('P1')).toMatchObject({ state: { facts: 2, accepted: { source: 's1' } } })
  })

  it('F3: superseding across cases folds both again, in every order', async () => {
    const story = `P1 06-01 ACCEPT id=a item=PERMIT
P1 06-05 DECIDE id=d result=granted
P2 06-01 ACCEPT id=b item=PERMIT
P2 06-05 DECIDE id=e result=granted supersedes=d`
    const end = await everyWay(events(story))
    expect(end.cases.get('P1')).toMatchObject({ status: 'accepted' })
    expect(end.cases.get('P2')).toMatchObject({ status: 'concluded' })
  })

  it.each(['memory', 'sqlite'] as const)(
    'F3: an administrator voids any source’s event, with a reason, over %s',
    async (kind) => {
      const open = await office(kind)
      await open.send([events('P1 06-01 ACCEPT id=a item=PERMIT\nP1 06-05 DECIDE id=d source=s2 result=granted')])
      const asked = { source: 's2', eventId: 'd', by: '管理员', why: '误报' }
      expect(await open.supervisor.voidFact({ ...asked, eventId: 'no' })).toEqual({ refused: 'not_found' })
      expect(await open.supervisor.voidFact(asked)).toEqual({ project_no: 'P1' })
      expect(await stateOf(open, 'P1')).toMatchObject({ facts: 1, ends: [] })
      const again = events('P1 06-05 DECIDE id=d source=s2 result=granted\nP1 06-02 STEP_START id=s step_code=SC')
      expect((await open.send([again])).map(({ outcome }) => outcome)).toEqual(['known', 'accepted'])
      expect(await stateOf(open, 'P1')).toMatchObject({ facts: 2, ends: [] })
      const [entry] = await open.records.inputs('void')
      expect(entry).toMatchObject({ by: '管理员', body: '{"event_id":"d","source":"s2","why":"误报"}' })
      await clean(open)
      await open.close()
    },
  )
})

describe('registers', () => {
  const week1 = `P1 06-01 ACCEPT id=1a item=PERMIT edition=accept@06-08/f1/2 legal_due_at=2026-06-17T23:59
P1 06-05 STEP_START id=1b step_code=SC edition=step@06-08/f1/2`
  const week2 = `P1 06-01 ACCEPT id=2a item=PERMIT edition=accept@06-15/f2/9 legal_due_at=2026-06-24T23:59
P1 06-10 DECIDE id=2c result=granted edition=decide@06-15/f2/9`
  const week3 = `P1 06-16 DECIDE id=3c result=granted edition=decide@06-22/f3/4
P1 06-22 VOID id=3b edition=step@06-22/f3/4`

  it('I14: of a row’s key the latest edition stands, whatever instant it bears and whatever came first', async () => {
    const end = await everyWay(events(`${week1}\n${week2}\n${week3}`))
    expect(end.cases.get('P1')).toMatchObject({
      state: { facts: 2, accepted: { eventId: '2a' }, ends: [{ eventId: '3c' }], steps: [] },
    })
  })

  it('I14: an emptied cell voids its event, though the instant of the VOID is no part of the case', async () => {
    const end = await everyWay(events(`${week1}\nP1 06-08 VOID id=e edition=accept@06-09/f1/2`))
    expect(end.cases.get('P1')).toMatchObject({ state: { facts: 1, accepted: null, steps: [{ code: 'SC' }] } })
  })

  it('I14: within one file the later line holds; another source’s register supersedes nothing', async () => {
    const two = `P1 06-01 ACCEPT id=x item=PERMIT edition=accept@06-08/f1/2
P1 06-02 ACCEPT id=y item=SERVICE edition=accept@06-08/f1/10
P1 06-03 ACCEPT id=z source=s2 item=PERMIT edition=accept@06-09/f9/1`
    const end = await everyWay(events(two))
    expect(end.cases.get('P1')).toMatchObject({ state: { facts: 2, accepted: { eventId: 'y' } } })
  })

  it('I14 F3: an edition that is void goes on superseding those before it', async () => {
    const end = await everyWay(events(`${week1}\n${week2}\nP1 06-20 VOID id=v target=2a`))
    expect(end.cases.get('P1')).toMatchObject({ state: { accepted: null } })
  })

  it('I14 I2: the same row again is known and changes nothing', async () => {
    const open = await office()
    await open.send([events(week1)])
    const before = await stateOf(open, 'P1')
    expect((await open.send([events(week1)])).map(({ outcome }) => outcome)).toEqual(['known', 'known'])
    expect(await stateOf(open, 'P1')).toEqual(before)
    await closing(open)
  })
})

describe('past records', () => {
  const story = 'P1 06-01 ACCEPT id=a item=PERMIT'
  const ofRecord = async (open: TestOffice): Promise<boolean[]> =>
    (await open.records.listCards({ projectNos: ['P1'], level: 3, limit: 9 })).rows.map(({ card }) => card.ofRecord)

  it('I8 C10: the same event once declared and once not is known, and live wins, whichever came first', async () => {
    for (const isLiveFirst of [true, false]) {
      const open = await office()
      if (isLiveFirst) await open.send([events(story)])
      const first = await bring(open, 'past', events(story), '07-15')
      expect(first).toEqual([isLiveFirst ? 'known' : 'accepted'])
      expect(await ofRecord(open)).toEqual([!isLiveFirst])
      if (!isLiveFirst) expect((await open.send([events(story)])).map(({ outcome }) => outcome)).toEqual(['known'])
      expect(await ofRecord(open)).toEqual([false])
      expect(await stateOf(open, 'P1')).toMatchObject({ historicalBefore: null })
      await closing(open)
    }
  })

  it('C10: one event of a past record makes no live case a record [S3]', async () => {
    const open = await office()
    await open.send([events(story)])
    await bring(open, 'past', events('P1 06-20 URGE id=u source=s2'), '08-01')
    expect(await ofRecord(open)).toEqual([false])
    await closing(open)
  })

  it('C10: a card is of record only if its limit passed before the earliest declared instant', async () => {
    const open = await office()
    await bring(open, 'past', events(story), '06-20')
    const cards = (await open.records.listCards({ projectNos: ['P1'], limit: 9 })).rows
    const marks = cards.map(({ card }) => `${card.rule} ${told(card.limitAt).slice(0, 5)} ${card.ofRecord}`).sort()
    expect(marks).toEqual(['T-01 06-11 true', 'T-02 06-15 true', 'T-03 06-30 false'])
    await closing(open)
  })

  it('I8 I14: a further way is an entry, not silence; the same way again is none', async () => {
    const open = await office('sqlite')
    await bring(open, 'one', events(story), '06-20')
    await bring(open, 'two', events(story), '06-10')
    expect(await stateOf(open, 'P1')).toMatchObject({ historicalBefore: at('06-10') })
    expect(await open.records.inputs('bringing')).toHaveLength(1)
    await open.send([events(story)])
    await open.send([events(story)])
    expect(await open.records.inputs('bringing')).toHaveLength(2)
    await closing(open)
  })
})

describe('an import taken back whole', () => {
  const good = 'P1 06-01 ACCEPT id=a item=PERMIT\nP2 06-01 ACCEPT id=b item=SERVICE'
  const wrong = `P1 06-05 DECIDE id=w result=granted supersedes=a
P3 06-02 ACCEPT id=c item=PERMIT
P2 06-03 VOID id=v target=b
P2 06-01 ACCEPT id=b item=SERVICE`

  it.each(['memory', 'sqlite'] as const)(
    'I14 F2: its events neither stand nor supersede nor void; the store equals one fed the rest, over %s',
    async (kind) => {
      const open = await office(kind)
      await open.send([events(good)])
      expect(await bring(open, 'wrong', events(wrong))).toEqual(['accepted', 'accepted', 'accepted', 'known'])
      expect(await stateOf(open, 'P2')).toBeNull()
      expect(await takeBack(open, 'nothing')).toEqual({ refused: 'not_found' })
      expect(await takeBack(open, 'wrong')).toHaveProperty('withdrawn')
      expect(await takeBack(open, 'wrong')).toEqual({ refused: 'already_withdrawn' })
      await open.supervisor.settled()
      expectAlike(await closing(open), await endOf([events(good)], kind))
    },
  )

  it('I14: what another standing import brought as well stays; imported again it stands again', async () => {
    const open = await office('sqlite')
    await bring(open, 'one', events(good))
    await bring(open, 'two', events(good))
    await takeBack(open, 'one')
    expect(await stateOf(open, 'P1')).toMatchObject({ facts: 1 })
    await takeBack(open, 'two')
    expect(await stateOf(open, 'P1')).toBeNull()
    await clean(open)
    expect(await bring(open, 'three', events(good))).toEqual(['known', 'known'])
    expect(await stateOf(open, 'P1')).toMatchObject({ facts: 1, accepted: { eventId: 'a' } })
    expectAlike(await closing(open), await endOf([events(good)]))
  })

  it('I14: voids of a withdrawn import hold again once it is imported again', async () => {
    const open = await office('sqlite')
    await open.send([events(good)])
    await bring(open, 'one', events(wrong))
    await takeBack(open, 'one')
    expect(await stateOf(open, 'P2')).toMatchObject({ facts: 1 })
    await bring(open, 'again', events(wrong))
    expect(await stateOf(open, 'P2')).toBeNull()
    expect(await stateOf(open, 'P1')).toMatchObject({ accepted: null, ends: [{ eventId: 'w' }] })
    await closing(open)
  })

  it('I14: an edition of a withdrawn import supersedes no more', async () => {
    const open = await office()
    await bring(open, 'week1', events('P1 06-01 ACCEPT id=1 item=PERMIT edition=accept@06-08/f1/2'))
    await bring(open, 'week2', events('P1 06-02 ACCEPT id=2 item=SERVICE edition=accept@06-15/f2/2'))
    expect(await stateOf(open, 'P1')).toMatchObject({ accepted: { eventId: '2' } })
    await takeBack(open, 'week2')
    expect(await stateOf(open, 'P1')).toMatchObject({ accepted: { eventId: '1' } })
    await closing(open)
  })

  it('I14: a large one is carried out in slices, and what a stop cut short goes on at the next start', async () => {
    const story = Array.from({ length: 1_200 }, (_, i) => `Q${i} 06-01 ACCEPT id=q${i} item=SERVICE`).join('\n')
    const open = await office('sqlite')
    await open.send([events(good)])
    await bring(open, 'large', events(story))
    await takeBack(open, 'large')
    const isLast = (await open.records.inputs('withdraw')).map(({ body }) => JSON.parse(body).to === null)
    expect(isLast.length).toBeGreaterThan(2)
    expect(isLast.map((last, i) => last === (i === isLast.length - 1))).not.toContain(false)
    expectAlike(await closing(open), await endOf([events(good)]))
  })
})
