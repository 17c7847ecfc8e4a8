// The cards of a board are kept in order, put by put: whatever came and went, they lie as if sorted that moment (L1, L4).

import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../fixtures/city/random.ts'
import type { Card, CardState } from '../../server/core/card/card.ts'
import { isWaiting } from '../../server/core/card/standing.ts'
import { asInstant } from '../../server/core/time/instant.ts'
import { ShownCards } from '../../server/live/shown.ts'
import { at, card } from '../store/rows.ts'

const SEEDS = Array.from({ length: 40 }, (_, i) => i + 1)
const PUTS = 300
const STATES: readonly CardState[] = ['notified', 'explained', 'escalated', 'lifted', 'overtaken', 'closed', 'to_lift']
const WINDOWS = ['W1', 'W2', 'W3', null]
const DEPARTMENTS = ['D1', 'D2', '-']
const everything = (): boolean => true

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

describe('the cards of a board', () => {
  it.each(SEEDS)('L1, L4: seed %i: waiting cards lie worst and oldest first, in all and by window', (seed) => {
    const random = seededRandom(seed, 'shown')
    const latest = new Map<string, Card>()
    const made = (id: string): Card =>
      card(id, {
        level: random.between(1, 3) as 1 | 2 | 3,
        state: random.pick(STATES),
        department: random.pick(DEPARTMENTS),
        ofRecord: random.chance(0.1),
        raisedAt: asInstant(at(0) + random.below(50)),
        limitAt: asInstant(at(0) - random.below(50)),
        holder: { ...card('x').holder, window: random.pick(WINDOWS) },
      })
    for (let n = 0; n < 40; n++) latest.set(`c${n}`, made(`c${n}`))
    const shown = new ShownCards(at(0), [...latest.values()].filter(isWaiting))
    for (let n = 0; n < PUTS; n++) {
      const next = made(`c${random.below(60)}`)
      latest.set(next.cardId, next)
      shown.put(next)
    }
    const waiting = [...latest.values()].filter(isWaiting)
    const byLimit = (a: Card, b: Card): number => a.limitAt - b.limitAt || byText(a.cardId, b.cardId)
    const inOrder = waiting.toSorted((a, b) => b.level - a.level || byLimit(a, b))
    expect(shown.waiting(everything, PUTS)).toEqual(inOrder)
    // however few are sent, the oldest, the newest and the gravest are among them
    const own = inOrder.filter(({ department }) => department === 'D1')
    const sent = shown.waiting(({ department }) => department === 'D1', 5)
    expect(sent).toHaveLength(Math.min(5, own.length))
    const newest = own.toSorted((a, b) => b.raisedAt - a.raisedAt || byText(a.cardId, b.cardId))[0]
    for (const one of [own.toSorted(byLimit)[0], newest, own[0]]) if (one !== undefined) expect(sent).toContain(one)
    expect(sent).toEqual(own.filter((one) => sent.includes(one)))
    for (const window of ['W1', 'W2', 'W3']) {
      const here = waiting.filter(({ holder }) => holder.window === window)
      here.sort((a, b) => b.level - a.level || a.limitAt - b.limitAt || byText(a.cardId, b.cardId))
      expect([shown.countOfWindow(window), shown.topOfWindow(window)]).toEqual([here.length, here[0] ?? null])
    }
    const counts = DEPARTMENTS.map((of) => waiting.filter(({ department }) => department === of).length)
    expect(DEPARTMENTS.map((of) => shown.waitingOf(of))).toEqual(counts)
    expect([...shown.departments()].sort()).toEqual(DEPARTMENTS.filter((_, i) => counts[i] !== 0).sort())
  })

  it('L4: of the other cards of today only those that still stand, newest first; a card that waits is no other', () => {
    const shown = new ShownCards(at(0), [])
    const warning = (id: string, raisedAt: number, more: Partial<Card> = {}): Card =>
      card(id, { level: 1, state: 'notified', raisedAt: asInstant(raisedAt), ...more })
    for (const one of [
      warning('a', at(0) + 1),
      warning('b', at(0) + 2),
      warning('yesterday', at(0) - 1),
      warning('record', at(0) + 3, { ofRecord: true }),
      warning('gone', at(0) + 4, { state: 'lifted' }),
    ])
      shown.put(one)
    const ids = (): string[] => shown.others(everything).map(({ cardId }) => cardId)
    expect(ids()).toEqual(['b', 'a'])
    shown.put(warning('a', at(0) + 1, { level: 2 }))
    expect([ids(), shown.waiting(everything, 9).map(({ cardId }) => cardId)]).toEqual([['b'], ['a']])
    shown.put(warning('b', at(0) + 2, { state: 'overtaken' }))
    expect(ids()).toEqual([])
  })
})
