// Whether over-days may be told (M1): only where a card that counts says so; of what waits for a calendar, a delivery or a person
// nobody has said it. One answer for the page of a case, the page of a card and the wall's stream: each asks the same predicate.

import { describe, expect, it } from 'vitest'
import type { Card } from '../../../server/core/card/card.ts'
import { latenessSaid } from '../../../server/core/card/standing.ts'
import { textOf } from '../../house/tree.ts'
import { cards } from './cards.ts'

const open = '06-01 ACCEPT item=PERMIT'
const yellow = cards([], open, '06-16').cards.find(({ rule }) => rule === 'T-02') as Card
const of = (state: Card['state'], more: Partial<Card> = {}): Card => ({ ...yellow, state, ...more })

describe('what cards say of lateness', () => {
  const TABLE: readonly [title: string, cards: readonly Card[], said: ReturnType<typeof latenessSaid>][] = [
    ['M1: none says nothing', [], null],
    ['M1: one that was told says it', [of('notified')], 'said'],
    ['C5: one that somebody is to lift counts until then', [of('to_lift')], 'said'],
    ['C4: one that waits for a person says it is not said', [of('to_confirm')], 'waits'],
    ['T13: one on a date that no calendar covers waits', [of('notified', { provisional: true })], 'waits'],
    ['M1: one that counts says it beside one that waits', [of('to_confirm'), of('closed')], 'said'],
    ['C2: what is lifted or overtaken says nothing', [of('lifted'), of('overtaken')], null],
    ['C4: what is lifted and provisional waits for nobody', [of('lifted', { provisional: true })], null],
  ]
  it.each(TABLE)('%s', (_, all, said) => {
    expect(latenessSaid(all)).toBe(said)
  })

  it('M1: case page, card page and stream ask it, and none decides for itself', () => {
    for (const path of ['server/present/explain.ts', 'server/office/cards.ts', 'server/live/panels/cards.ts']) {
      const text = textOf(path)
      expect([path, /latenessSaid\(/.test(text), /\bis(Pending|Counted)\(/.test(text)]).toEqual([path, true, false])
    }
  })
})
