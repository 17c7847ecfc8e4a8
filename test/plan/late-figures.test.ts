// What stands as told stands so in the figures (C5, F5, M1): while somebody is asked whether a card of the limit is to be
// lifted, and after it was kept, its case is late, whatever came later says; lifted, the figures follow the facts. A card
// that waits is not yet said; confirmed or declined, the case is late or in time by that. Audit clean at every step.

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Card } from '../../server/core/card/card.ts'
import { FLOW_KINDS, type FlowKind } from '../../server/core/measure/flows.ts'
import { at, CATALOGUE } from '../core/case/world.ts'
import { openOffice, type TestOffice } from './office.ts'
import { events } from './story.ts'

const EVER = 1_000_000

let office: TestOffice
beforeEach(async () => {
  office = await openOffice(CATALOGUE, at('06-01 12:00'))
})
afterEach(() => office.close())

const SHOWN: readonly FlowKind[] = ['on_time', 'late', 'excluded', 'overdue', 'overdue_unconfirmed']

/** What is not nothing of a row: "late 1, overdue 1"; the audit finds nothing against it. */
const figures = async (dimension: 'department' | 'window' = 'department', key = 'D1'): Promise<string> => {
  expect((await office.audit()).findings).toEqual([])
  const rows = (await office.records.totals(dimension, -EVER, EVER)).filter((row) => row.key === key)
  const of = (kind: FlowKind): number => rows.reduce((sum, row) => sum + (row.kind === kind ? row.n : 0), 0)
  return FLOW_KINDS.filter((kind) => SHOWN.includes(kind) && of(kind) !== 0)
    .map((kind) => `${kind} ${of(kind)}`)
    .join(', ')
}
const send = async (story: string): Promise<void> => {
  await office.send([events(story)])
}
const moveTo = async (now: string): Promise<void> => {
  office.clock.set(at(now))
  await office.supervisor.settled()
}
const cardOf = async (rule: string): Promise<Card> =>
  (await office.records.cardsOf('case', ['P1'])).find((each) => each.rule === rule) as Card
const move = async (rule: string, name: string, by = 'key-1') => {
  const { cardId } = await cardOf(rule)
  return office.supervisor.move({ cardId, move: name, by, why: '核实', signedBy: null })
}

const ACCEPTED = 'P1 06-01 ACCEPT id=a item=PERMIT window=A01'
const PAUSE = 'kind=hearing approved_days=20WD notice_at=2026-06-03T09:00 basis=听证 approver=局长'

/** Told yellow at midnight of 16 June by ten working days, or red too on 30 June by twenty. */
const told = async (now: string): Promise<void> => {
  await send(ACCEPTED)
  await moveTo(now)
}

describe('a card of the limit that somebody is asked to lift', () => {
  it.each([
    // what came too late, the card, figures while it stands, after it is lifted
    ['an end in time', '06-17', '06-10 DECIDE result=granted', 'T-02', 'late 1', 'on_time 1'],
    ['a withdrawal in time', '06-17', '06-10 WITHDRAW', 'T-02', 'late 1', 'excluded 1'],
    ['a pause', '06-17', `06-03 SUSPEND ${PAUSE}`, 'T-02', 'overdue 1', ''],
    ['an extension', '06-17', '06-12 EXTEND days=5', 'T-02', 'overdue 1', ''],
    ['an end in time, of a red', '07-01', '06-10 DECIDE result=granted', 'T-03', 'late 1', 'on_time 1'],
    ['a pause, of a red', '07-01', `06-03 SUSPEND ${PAUSE}`, 'T-03', 'overdue 1', ''],
  ])('C5 M1 M7: %s: late while it stands and after it is kept, as the facts say when it is lifted', async (...row) => {
    const [, now, story, rule, standing, lifted] = row
    await told(`${now} 09:00`)
    expect(await figures()).toBe('overdue 1')
    await send(`P1 ${story} id=x`)
    expect([(await cardOf(rule)).state, await figures()]).toEqual(['to_lift', standing])
    expect(await move(rule, 'keep')).toEqual({ state: 'notified' })
    expect(await figures()).toBe(standing)
    await office.supervisor.loadCatalogue(CATALOGUE, JSON.stringify(CATALOGUE), 'again')
    await office.supervisor.settled()
    expect(await figures()).toBe(standing)
    // a further ground asks anew, and now it is lifted
    await send('P1 06-02 STEP_START id=y step_code=SC')
    expect((await cardOf(rule)).state).toBe('to_lift')
    await move(rule, 'lift')
    expect(await figures()).toBe(lifted)
  })

  it('C5 M5: it is late for whom the card names, whoever the late facts say had it', async () => {
    await told('06-17 09:00')
    await send('P1 06-08 STEP_START id=s step_code=SC window=A02\nP1 06-10 DECIDE id=x result=granted window=A02')
    expect([await figures('window', 'A01'), await figures('window', 'A02')]).toEqual(['late 1', ''])
    await move('T-02', 'lift')
    expect([await figures('window', 'A01'), await figures('window', 'A02')]).toEqual(['', 'on_time 1'])
  })

  it('C5: overdue from the first limit that was told, though that of the red is asked about', async () => {
    await told('07-01 09:00')
    await send(
      'P1 06-03 SUSPEND id=x kind=hearing approved_days=20WD notice_at=2026-06-03T09:00 basis=听证 approver=局长',
    )
    const days = await office.records.daily('department', ['D1'], ['overdue'], -EVER, EVER)
    const first = office.supervisor.law.homeCalendar.dayOf(at('06-16'))
    expect(days.map(({ on, n }) => [on, n])).toEqual([[first, 1]])
  })
})

describe('tellings that differ', () => {
  const OTHER_START = 'P1 06-10 ACCEPT id=b source=s2'
  const OTHER_END = 'P1 06-12 DECIDE id=e source=s2 result=granted'

  it('F5 C5: a telling that comes too late leaves what was told standing, counted, and asked about', async () => {
    await told('06-17 09:00')
    await send(OTHER_START)
    const { state, contested, lift } = await cardOf('T-02')
    expect([state, contested, lift?.grounds.map(({ ref }) => ref)]).toEqual(['to_lift', 'accepted', ['b']])
    expect(await figures()).toBe('overdue 1')
    await move('T-02', 'keep')
    expect([(await cardOf('T-02')).state, await figures()]).toEqual(['notified', 'overdue 1'])
  })

  it('F5 C5: lifted, the case is in time by the telling that says so, until each of them says it is late', async () => {
    await told('06-17 09:00')
    await send(OTHER_START)
    await move('T-02', 'lift')
    expect([(await cardOf('T-02')).state, await figures()]).toEqual(['lifted', ''])
    await moveTo('06-26 09:00')
    expect([(await cardOf('T-02')).state, await figures()]).toEqual(['notified', 'overdue 1'])
  })

  it('F5 C5: what is kept against one telling is asked anew when a further one comes', async () => {
    await told('06-17 09:00')
    await send(OTHER_START)
    await move('T-02', 'keep')
    await send('P1 06-11 ACCEPT id=c source=s3')
    const { state, lift } = await cardOf('T-02')
    expect([state, lift?.grounds.map(({ ref }) => ref)]).toEqual(['to_lift', ['c']])
  })

  it('F5: one that comes within the usual lag, of before the limit, makes what was told wait by itself', async () => {
    await told('06-16 00:05')
    expect([(await cardOf('T-02')).state, await figures()]).toEqual(['notified', 'overdue 1'])
    await send('P1 06-15 23:58 ACCEPT id=b source=s2')
    expect([(await cardOf('T-02')).state, await figures()]).toEqual(['to_confirm', 'overdue_unconfirmed 1'])
  })

  it('F5 C5: an end told again, in time: late as told; kept it is late, lifted in time', async () => {
    await told('06-17 09:00')
    await send('P1 06-17 09:00 DECIDE id=d result=granted')
    expect(await figures()).toBe('late 1')
    await send(OTHER_END)
    expect([(await cardOf('T-02')).state, await figures()]).toEqual(['to_lift', 'late 1'])
    await move('T-02', 'keep')
    expect(await figures()).toBe('late 1')
    await send('P1 06-12 DECIDE id=f source=s3 result=granted window=A02')
    await move('T-02', 'lift')
    expect(await figures()).toBe('on_time 1')
  })

  it.each([
    ['confirm', 'late 1', 'notified'],
    ['decline', 'on_time 1', 'revoked'],
  ])('F5 M1 C4: what another telling alone gives waits; %s: %s', async (said, expected, state) => {
    await moveTo('06-18 09:00')
    await send(`${ACCEPTED}\n${OTHER_END}\nP1 06-17 DECIDE id=d result=granted`)
    expect([(await cardOf('T-02')).state, await figures()]).toEqual(['to_confirm', 'excluded 1, overdue_unconfirmed 1'])
    await move('T-02', said)
    expect([(await cardOf('T-02')).state, await figures()]).toEqual([state, expected])
  })

  it.each([
    ['confirm', 'late 1'],
    ['decline', 'on_time 1'],
  ])('F5 M1 C4: what the first telling gives and not every one waits; %s: %s', async (said, expected) => {
    await moveTo('06-18 09:00')
    await send(`${ACCEPTED}\n${OTHER_START}\nP1 06-17 DECIDE id=d result=granted`)
    expect(await figures()).toBe('excluded 1, overdue_unconfirmed 1')
    await move('T-02', said)
    expect(await figures()).toBe(expected)
  })

  it('F5 M5: late for each telling, and of whom they differ: declined, it is late all the same', async () => {
    await moveTo('06-18 09:00')
    await send(`${ACCEPTED}\nP1 06-01 ACCEPT id=b source=s2 window=A02\nP1 06-17 DECIDE id=d result=granted`)
    expect([(await cardOf('T-02')).contested, await figures()]).toEqual([
      'accepted',
      'excluded 1, overdue_unconfirmed 1',
    ])
    await move('T-02', 'decline')
    expect(await figures()).toBe('late 1')
  })
})
