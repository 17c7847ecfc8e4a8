// A limit corrected backwards (J6, J7): the item's row was entered wrongly, and the right one, in force since a day that
// is long past, is loaded when the cases are already closed. What was on time becomes late, what was late on time; cards
// come and go with the law as their reason; the figures move; the recount agrees. Given, when, then.

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SMALL } from '../supervision/house.ts'
import { type Office, openOffice } from './office.ts'

/** Five working days by the catalogue in force; the 20th, a Sunday, is a make-up day and works. */
const FIVE = { task_code: 'five' }

/** The item's row again, with another promise, holding since a day that is past. */
const correction = (promise: string, since: string) => ({
  catalogue: '事项更正',
  valid_from: since,
  items: [{ ...SMALL.items?.[0], promise }],
})

let office: Office
beforeEach(async () => {
  office = await openOffice('2026-10-12T10:00:00+08:00')
  const { take, event } = office
  const of = (type: string, no: string, at: string, more = {}) =>
    event(type, no, { ...FIVE, occurred_at: `2026-${at}+08:00`, ...more })
  // given: QUICK was decided on the fourth working day, SLOW two days after its fifth; OLD was accepted before the
  // day since which the correction holds; OPEN has been standing since then
  await take(
    of('ACCEPT', 'QUICK', '09-14T10:00:00'),
    of('DECIDE', 'QUICK', '09-18T16:00:00', { payload: { result_type: '准予' } }),
    of('ACCEPT', 'SLOW', '09-14T10:00:00'),
    of('DECIDE', 'SLOW', '09-22T16:00:00', { payload: { result_type: '准予' } }),
    of('ACCEPT', 'OLD', '08-28T10:00:00'),
    of('DECIDE', 'OLD', '09-03T16:00:00', { payload: { result_type: '准予' } }),
    of('ACCEPT', 'OPEN', '10-10T10:00:00'),
  )
  await office.supervisor.settled()
})
afterEach(() => office.close())

const verdicts = async () => [await office.total('on_time'), await office.total('late')]
const standingCards = async (no: string) => (await office.cards(no)).filter((card) => !card.endsWith('lifted'))

describe('a limit corrected backwards', () => {
  it('J6, M2: before it, QUICK and OLD are on time, SLOW is late and bears its card', async () => {
    expect(await verdicts()).toEqual([2, 1])
    expect(await office.standing('QUICK')).toMatchObject({ dueAt: '2026-09-20T23:59' })
    expect(await office.cards('QUICK')).not.toContainEqual(expect.stringMatching(/T-02/))
    expect(await office.cards('SLOW')).toContainEqual('T-02 notified')
    expect(await office.faults()).toEqual([])
  })

  it('J6, J7: a shorter promise since 1 September makes QUICK late after the fact, with its card raised by the law', async () => {
    await office.load(correction('3WD', '2026-09-01'))
    expect(await office.standing('QUICK')).toMatchObject({ status: 'concluded', dueAt: '2026-09-17T23:59' })
    expect(await office.cards('QUICK')).toContainEqual('T-02 notified')
    expect(await office.history('QUICK', 'T-02')).toEqual(['raise law'])
    // the figures follow: one on time, two late
    expect(await verdicts()).toEqual([1, 2])
    expect(await office.faults()).toEqual([])
  })

  it('J7: a case accepted before the day since which it holds keeps its own limit', async () => {
    await office.load(correction('3WD', '2026-09-01'))
    expect(await office.standing('OLD')).toMatchObject({ dueAt: '2026-09-04T23:59' })
    expect(await office.cards('OLD')).not.toContainEqual(expect.stringMatching(/T-02/))
  })

  it('J6: corrected once more to five days, QUICK is on time again and its card is lifted, by the law', async () => {
    await office.load(correction('3WD', '2026-09-01'))
    await office.load(correction('5WD', '2026-09-01'))
    expect(await office.standing('QUICK')).toMatchObject({ dueAt: '2026-09-20T23:59' })
    expect(await office.cards('QUICK')).toContainEqual('T-02 lifted')
    expect(await office.history('QUICK', 'T-02')).toEqual(['raise law', 'lift law'])
    expect(await verdicts()).toEqual([2, 1])
    expect(await office.faults()).toEqual([])
  })

  it('J6: a longer promise since 1 September puts SLOW in time: its cards are lifted by the law and count no more', async () => {
    const yellow = await office.total('yellow')
    expect(yellow).toBeGreaterThan(0)
    await office.load(correction('10WD', '2026-09-01'))
    expect(await standingCards('SLOW')).not.toContainEqual(expect.stringMatching(/T-0[23]/))
    expect((await office.history('SLOW', 'T-02')).at(-1)).toBe('lift law')
    expect(await verdicts()).toEqual([3, 0])
    expect(await office.total('yellow')).toBe(yellow - 1)
    expect(await office.faults()).toEqual([])
  })

  it('J6: an open case moves as well, and its turns with it', async () => {
    expect(await office.standing('OPEN')).toMatchObject({ dueAt: '2026-10-16T23:59' })
    await office.load(correction('3WD', '2026-09-01'))
    expect(await office.standing('OPEN')).toMatchObject({ dueAt: '2026-10-14T23:59' })
    await office.moveTo('2026-10-15T09:00:00+08:00')
    expect(await office.history('OPEN', 'T-02')).toEqual(['raise clock'])
    expect(await office.faults()).toEqual([])
  })
})

describe('events that come before the slices do', () => {
  it('J6: a case not yet reached is judged by the new law first: what is lifted is lifted by the law, not by the fact', async () => {
    const { supervisor, take, event } = office
    const { rows } = await office.files.store.listCards({ projectNos: ['SLOW'], rule: 'T-02', limit: 1 })
    expect(rows[0]?.card.state).toBe('notified')
    // the document and the fact in one breath: the fact is planned before any slice
    const document = correction('10WD', '2026-09-01')
    const loaded = supervisor.loadCatalogue(document, JSON.stringify(document), 'legal office')
    const taken = take(event('DELIVER', 'SLOW', { occurred_at: '2026-09-23T10:00:00+08:00' }))
    await Promise.all([loaded, taken])
    await supervisor.settled()
    expect((await office.history('SLOW', 'T-02')).at(-1)).toBe('lift law')
    expect(await office.faults()).toEqual([])
  })
})
