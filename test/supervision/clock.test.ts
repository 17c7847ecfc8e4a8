// A clock that misbehaves (J3, J4, M9): deadlines pass with nobody there, the clock leaps, goes back, the house falls
// between commit and screen; nothing is lost, nothing happens twice, and no entry is older than the one before it.

import { beforeEach, describe, expect, it } from 'vitest'
import { enactCatalogue } from '../../server/office/law/enact.ts'
import { openMemory } from '../../server/store/memory/store.ts'
import { instant, openSupervisorOn, SMALL, type SupervisorHouse } from './house.ts'

const MONDAY = '2026-09-14T10:00:00+08:00'
/** Five working days on; Sunday the 20th works. */
const DUE = '2026-09-20T23:59:59.999+08:00'
const FIVE = { task_code: 'five' }

let store: ReturnType<typeof openMemory>
let at: SupervisorHouse
beforeEach(async () => {
  store = openMemory()
  at = await openSupervisorOn(store, MONDAY)
  await enactCatalogue(at.supervisor, SMALL, 'test')
})

const cards = async () => {
  const { rows } = await store.listCards({ limit: 100 })
  return rows.map(({ card, moves }) => ({
    rule: card.rule,
    state: card.state,
    limitAt: new Date(card.limitAt).toISOString(),
    raisedAt: new Date(card.raisedAt).toISOString(),
    raised: moves.filter(({ move }) => move === 'raise').length,
  }))
}
const iso = (text: string): string => new Date(text).toISOString()

describe('a deadline that passes while nothing happens', () => {
  it('J3, J4: raises the card with the instant of the limit, however late the clock is looked at', async () => {
    await at.take(at.event('ACCEPT', 'C1', FIVE))
    expect(await cards()).toEqual([])
    await at.moveTo('2026-09-22T11:11:11+08:00')
    const late = (await cards()).find(({ rule }) => rule === 'T-02')
    expect(late).toEqual({
      rule: 'T-02',
      state: 'notified',
      limitAt: iso(DUE),
      raisedAt: iso('2026-09-22T11:11:11+08:00'),
      raised: 1,
    })
    expect((await at.audit()).findings).toEqual([])
  })

  it('T3, J2: nothing a millisecond before, the card a millisecond after the last one of the day', async () => {
    await at.take(at.event('ACCEPT', 'C1', FIVE))
    await at.moveTo('2026-09-20T23:59:59.999+08:00')
    expect((await cards()).map(({ rule }) => rule)).not.toContain('T-02')
    await at.moveTo('2026-09-21T00:00:00+08:00')
    expect((await cards()).map(({ rule }) => rule)).toContain('T-02')
  })

  it('J4: the alarm rings by itself, without anybody asking', async () => {
    await at.take(at.event('ACCEPT', 'C1', FIVE))
    const published = new Promise<string[]>((done) => {
      at.supervisor.subscribe({
        take: ({ cards: raised }) => done(raised.map(({ rule }) => rule)),
        cut: () => undefined,
      })
    })
    at.clock.set(instant('2026-09-22T09:00:00+08:00'))
    expect(await published).toContain('T-02')
  })
})

describe('a clock that leaps', () => {
  it('J4: forward over a quarter: every turn on the way is taken, each card once, the highest stands', async () => {
    await at.take(at.event('ACCEPT', 'C1', FIVE), at.event('ACCEPT', 'C2', FIVE))
    await at.moveTo('2026-12-14T09:00:00+08:00')
    const seen = await cards()
    expect(seen.filter(({ rule }) => rule === 'T-03').map(({ state }) => state)).toEqual(['notified', 'notified'])
    expect(seen.filter(({ rule }) => rule === 'T-02').map(({ state }) => state)).toEqual(['overtaken', 'overtaken'])
    expect(seen.every(({ raised }) => raised === 1)).toBe(true)
    expect((await at.audit()).findings).toEqual([])
  })

  it('J4, F2: in one leap or day by day, the same cards stand with the same instants of limit', async () => {
    await at.take(at.event('ACCEPT', 'C1', FIVE))
    const twin = openMemory()
    const slow = await openSupervisorOn(twin, MONDAY)
    await enactCatalogue(slow.supervisor, SMALL, 'test')
    await slow.take(slow.event('ACCEPT', 'C1', FIVE))
    for (let day = 14; day <= 30; day++) await slow.moveTo(`2026-09-${day}T13:00:00+08:00`)
    await at.moveTo('2026-09-30T13:00:00+08:00')
    const standing = async (of: typeof store) =>
      (await of.listCards({ limit: 100 })).rows
        .map(({ card: { rule, limitAt, state } }) => `${rule} ${limitAt} ${state}`)
        .sort()
    expect(await standing(twin)).toEqual(await standing(store))
  })

  it('J4, M9: back by an hour: what comes is entered no earlier than what came, nothing is undone or done twice', async () => {
    await at.take(at.event('ACCEPT', 'C1', FIVE))
    await at.moveTo('2026-09-21T09:00:00+08:00')
    const before = await cards()
    await at.moveTo('2026-09-20T20:00:00+08:00')
    await at.take(at.event('RECEIVE', 'C2', FIVE))
    const { at: head } = await store.head()
    expect(head).toBe(Date.parse('2026-09-21T09:00:00+08:00'))
    expect(at.supervisor.now()).toBe(head)
    await at.moveTo('2026-09-21T09:30:00+08:00')
    expect(await cards()).toEqual(before)
    expect((await at.audit()).findings).toEqual([])
  })

  it('J4, M9: a house opened again under an earlier clock goes on where the last one stood', async () => {
    await at.take(at.event('ACCEPT', 'C1', FIVE))
    await at.moveTo('2026-09-22T09:00:00+08:00')
    const before = await cards()
    await at.close()
    const again = await openSupervisorOn(store, MONDAY)
    await again.supervisor.settled()
    await again.take(again.event('RECEIVE', 'C2', FIVE))
    expect(await cards()).toEqual(before)
    expect(again.supervisor.now()).toBe(Date.parse('2026-09-22T09:00:00+08:00'))
    // eight days less an hour, and it says so
    expect(again.supervisor.state().clockBehindMs).toBe((8 * 24 - 1) * 3_600_000)
    await again.close()
  })
})

describe('a house that falls', () => {
  it('L2, I4: between commit and screen: the fact is kept, the cards stand once, the sender hears no yes', async () => {
    let falls = false
    const ledger = {
      ...store,
      commit: async (batch: Parameters<typeof store.commit>[0]) => {
        const committed = await store.commit(batch)
        if (falls) throw new Error('the power went')
        return committed
      },
    }
    await at.close()
    const falling = await openSupervisorOn(store, '2026-10-12T10:00:00+08:00', { ledger })
    await falling.supervisor.settled()
    const shown: string[] = []
    falling.supervisor.subscribe({
      take: (published) => shown.push(...published.cards.map(({ rule }) => rule)),
      cut: () => undefined,
    })
    falls = true
    const late = falling.event('ACCEPT', 'C1', { ...FIVE, occurred_at: '2026-09-14T10:00:00+08:00' })
    await expect(falling.take(late)).rejects.toThrow('the power went')
    expect(shown).toEqual([])
    // the store is not broken: it is asked again, and until it answers nothing is taken
    expect(falling.broken).toEqual([])
    await expect(falling.take(late)).rejects.toMatchObject({ code: 'storage_failed' })
    await falling.close()

    const again = await openSupervisorOn(store, '2026-10-12T10:00:00+08:00')
    expect((await again.take(late)).map(({ outcome }) => outcome)).toEqual(['known'])
    await again.supervisor.settled()
    const seen = await cards()
    expect(seen.map(({ rule }) => rule).sort()).toEqual(['T-01', 'T-02'])
    expect(seen.every(({ raised }) => raised === 1)).toBe(true)
    expect((await again.audit()).findings).toEqual([])
    await again.close()
  })

  it('J4: while nobody was there deadlines passed: they are found at the start', async () => {
    await at.take(at.event('ACCEPT', 'C1', FIVE))
    await at.close()
    const again = await openSupervisorOn(store, '2026-09-24T10:00:00+08:00')
    await again.supervisor.settled()
    const late = (await cards()).find(({ rule }) => rule === 'T-02')
    expect(late?.limitAt).toBe(iso(DUE))
    await again.close()
  })
})
