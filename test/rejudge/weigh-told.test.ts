// What a preview of a load of law says in the cases that a preview of findings alone would miss (T1a): cards that come to count,
// that wait again, that a person has declined; cards of codes; cases set apart. Each laid beside what the load then does.

import { afterEach, describe, expect, it } from 'vitest'
import { openSupervisorOn, SMALL } from '../supervision/house.ts'
import { iso, load, type Walker } from '../walks/walker.ts'
import { LOADS, reaching } from './loads.ts'
import { rewrite } from './office.ts'
import { asTold, drawOf, openWalker, preview } from './weighing.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const open = async (): Promise<Walker> => {
  const { walker, close } = await openWalker(1)
  closing.push(close)
  return walker
}

const doc = (more: object): Record<string, unknown> => ({ catalogue: '一载', valid_from: '2024-01-01', ...more })
const WHOLE = doc({ notices: [{ calendar_id: 'cn', to: '2026-12-31', days: [] }] })
const OFF = doc({
  notices: [
    {
      calendar_id: 'cn',
      days: [
        { on: '2026-04-22', kind: 'off' },
        { on: '2026-04-23', kind: 'off' },
      ],
    },
  ],
})
const CONFIRM = doc({ rules: [{ rule_id: 'T-02', mode: 'confirm' }] })

/** P1 of five working days, accepted on 04-20, is late on 04-28; P2, accepted on 04-27, is in time. */
const late = async (...loads: readonly object[]): Promise<Walker> => {
  const walker = await open()
  const { supervisor, event, take, moveTo } = walker.house
  for (const body of [SMALL, ...loads]) await load(walker, body)
  await take(event('RECEIVE', 'P1', { task_code: 'five' }), event('ACCEPT', 'P1', { task_code: 'five' }))
  await moveTo('2026-04-27T10:00:00+08:00')
  await take(event('RECEIVE', 'P2', { task_code: 'five' }), event('ACCEPT', 'P2', { task_code: 'five' }))
  await moveTo('2026-04-28T10:00:00+08:00')
  await supervisor.settled()
  return walker
}

describe('a preview', () => {
  it('T1a, T13: a shorter calendar: what counted waits again, and its case is overdue without being counted', async () => {
    const walker = await late()
    const { moves } = await preview(walker, reaching('2026-04-24'))
    expect(moves).toMatchObject({ moved: 2, provisional: 2, certain: 0, cards: { waiting: 1, lifted: 0, raised: 0 } })
    expect(moves.figures).toMatchObject({ yellows: -1, overdue_in_hand: -1, overdue_unconfirmed: 1 })
    const waits = { rule: 'T-02', shift: 'waiting', from: 'notified', to: 'to_confirm' }
    expect(moves.examples[0]?.cards).toContainEqual(expect.objectContaining(waits))
    await asTold(walker, reaching('2026-04-24'))
  })

  it('T1a, T13: a calendar that reaches further: what waited comes to count', async () => {
    const walker = await late(reaching('2026-04-24'))
    const { moves } = await preview(walker, WHOLE)
    expect(moves).toMatchObject({ certain: 2, provisional: 0, cards: { counted: 1, raised: 0, lifted: 0 } })
    expect(moves.figures).toMatchObject({ yellows: 1, overdue_in_hand: 1, overdue_unconfirmed: -1 })
    await asTold(walker, WHOLE)
  })

  it('T1a, C4: a card that a person has declined is told neither as lifted nor, taken back, as raised', async () => {
    const walker = await late(CONFIRM)
    const declined = { cardId: 'T-02.case.P1.promise', move: 'decline', by: 'sup1', why: '系统停机', signedBy: null }
    expect(await walker.house.supervisor.move(declined)).toEqual({ state: 'revoked' })
    const none = { lifted: 0, raised: 0, raised_waiting: 0 }
    const { moves } = await preview(walker, OFF)
    expect(moves.examples.map(({ cards }) => cards.filter(({ rule }) => rule === 'T-02'))).toEqual([[]])
    expect(moves.due_moved).toBe(1)
    const entry = await asTold(walker, OFF)
    const back = { catalogue: '撤回', takes_back: entry, why: '有误' }
    expect((await preview(walker, back)).moves.cards).toMatchObject(none)
    await asTold(walker, back)
  })

  it('T1a, C5: a card that somebody is asked about is asked about again, once a law that made it hold is taken back', async () => {
    const walker = await late()
    const { event, take, moveTo, supervisor } = walker.house
    const told = { occurred_at: '2026-04-23T10:00:00+08:00' }
    await take(event('DECIDE', 'P1', { payload: { result: 'granted' }, ...told }))
    await supervisor.settled()
    const stateOf = async () =>
      (await walker.disk.store.cardsOf('case', ['P1'])).find(({ rule }) => rule === 'T-02')?.state
    expect(await stateOf()).toBe('to_lift')
    const entry = await asTold(walker, doc({ items: [{ ...SMALL.items?.[0], promise: '2WD' }] }))
    expect(await stateOf()).toBe('notified')
    await moveTo('2026-04-29T10:00:00+08:00')
    await asTold(walker, { catalogue: '撤回', takes_back: entry, why: '有误' })
    expect(await stateOf()).toBe('to_lift')
    const kept = { cardId: 'T-02.case.P1.promise', move: 'keep', by: 'sup1', why: '补录无据', signedBy: null }
    expect(await supervisor.move(kept)).toEqual({ state: 'notified' })
    const again = await asTold(walker, doc({ items: [{ ...SMALL.items?.[0], promise: '2WD' }] }))
    await asTold(walker, { catalogue: '撤回', takes_back: again, why: '有误' })
    expect(await stateOf()).toBe('notified')
  })

  it('T1a, C5: a card that a person has lifted or declined over tellings, and that a load brings back, is told', async () => {
    const walker = await late()
    const { event, take, moveTo, supervisor } = walker.house
    const again = { payload: { mode: 'normal' }, occurred_at: '2026-04-22T10:00:00+08:00' }
    await take(event('ACCEPT', 'P1', again))
    await supervisor.settled()
    const asked = { cardId: 'T-02.case.P1.promise', by: 'sup1', why: '以后一次受理为准', signedBy: null }
    expect(await supervisor.move({ ...asked, move: 'lift' })).toEqual({ state: 'lifted' })
    await moveTo('2026-04-28T11:00:00+08:00')
    const shorter = doc({ items: [{ ...SMALL.items?.[0], promise: '2WD' }] })
    const { moves } = await preview(walker, shorter)
    const comes = { rule: 'T-02', shift: 'raised', from: 'lifted', to: 'notified' }
    expect(moves.examples[0]?.cards).toContainEqual(expect.objectContaining(comes))
    await asTold(walker, shorter)
  })

  it('T1a, D-05: cards of codes are told beside those of cases', async () => {
    const walker = await open()
    const { event, take, supervisor } = walker.house
    await load(walker, SMALL)
    await take(event('RECEIVE', 'P1', { task_code: 'nowhere' }), event('RECEIVE', 'P2', { task_code: 'nowhere' }))
    await supervisor.settled()
    const listed = LOADS['an item listed']?.(drawOf(walker)) ?? {}
    const { moves } = await preview(walker, listed)
    expect(moves.examples.at(-1)).toMatchObject({
      project_no: null,
      code: 'item:nowhere',
      cards: [{ shift: 'lifted' }],
    })
    await asTold(walker, listed)
  })

  it('T1a, J5: a case set apart is told, for the load judges it again', async () => {
    const walker = await late()
    const now = iso(walker.house.supervisor.now())
    await walker.house.close()
    rewrite(walker.disk.folder, `UPDATE cases SET apart = 'Error: once' WHERE project_no = 'P1'`)
    walker.house = await openSupervisorOn(walker.disk.store, now)
    const { moves, moved } = await preview(walker, { ...SMALL })
    expect(moved.map(({ project_no, apart }) => [project_no, apart])).toEqual([['P1', null]])
    expect(moves).toMatchObject({ moved: 1, set_apart: 0 })
    await asTold(walker, { ...SMALL })
  })
})
