// One family of cards on one case (C2): which of T-01, T-02, T-03 stands, and what comes back when a higher one goes. Given
// a story, a law and moves of people, then these states.

import { describe, expect, it } from 'vitest'
import type { Card } from '../../../server/core/card/card.ts'
import { planMove } from '../../../server/core/card/procedure.ts'
import { isCounted, litLevel } from '../../../server/core/card/standing.ts'
import { at, lawOf, lawWith, told } from '../case/world.ts'
import { cards } from './cards.ts'

const open = '06-01 ACCEPT item=PERMIT'
/** Extended in time by so much that the statute is not passed on 1 July; the promise is. */
const extended = `${open}\n06-16 EXTEND days=5`

const states = (all: readonly Card[]): string => all.map(({ rule, state }) => `${rule} ${state}`).join(', ')
const counted = (all: readonly Card[]): string =>
  all
    .filter(isCounted)
    .map(({ rule }) => rule)
    .join(', ')
const of = (all: readonly Card[], rule: string): Card => all.find((card) => card.rule === rule) as Card

/** The cards after a person's move on one of them, and after the family has settled. */
const moved = (all: readonly Card[], rule: string, move: string, now: string, given = {}): readonly Card[] => {
  const asked = { move, by: 'key-1', why: '核实', signedBy: null }
  const result = planMove(of(all, rule), asked, { now: at(now), replyDueAt: null, signed: false })
  if ('refused' in result) throw new Error(result.refused)
  const next = all.map((card) => (card.rule === rule ? result.card : card))
  return cards(next, open, now, given).cards
}

describe('a card that waits', () => {
  const under = lawOf('default', { rules: [{ rule_id: 'T-03', mode: 'confirm' }] })

  it('C2 C4: overtakes nothing; confirmed it does, declined the other stands as it stood [L4]', () => {
    const yellow = cards([], open, '06-16', { under }).cards
    const waiting = cards(yellow, open, '07-01', { under }).cards
    expect(states(waiting)).toBe('T-01 overtaken, T-02 notified, T-03 to_confirm')
    expect(counted(waiting)).toBe('T-02')
    expect(of(waiting, 'T-02').replyDueAt).toBe(of(yellow, 'T-02').replyDueAt)

    const confirmed = moved(waiting, 'T-03', 'confirm', '07-02', { under })
    expect(states(confirmed)).toBe('T-01 overtaken, T-02 overtaken, T-03 notified')
    expect(counted(confirmed)).toBe('T-03')

    const declined = moved(waiting, 'T-03', 'decline', '07-02', { under })
    expect(states(declined)).toBe('T-01 overtaken, T-02 notified, T-03 revoked')
    expect([counted(declined), counted(cards(declined, open, '07-06', { under }).cards)]).toEqual(['T-02', 'T-02'])
  })

  it('C2 T13: a red on a provisional date takes no yellow out of the year before [L4]', () => {
    // the promise ends within the published days; the statute past them, judged at their very end
    const story = '12-04 ACCEPT item=PERMIT'
    const { cards: year } = cards([], story, '2027-01-12')
    const red = of(year, 'T-03')
    expect([red.provisional, red.state]).toEqual([true, 'to_confirm'])
    expect(of(year, 'T-02')).toMatchObject({ state: 'notified', provisional: false })
    expect(counted(year)).toBe('T-02')
  })
})

describe('what had been overtaken', () => {
  it('C2 C4: a yellow explained and closed stands again closed, and is told to nobody anew [L11]', () => {
    let all = cards([], open, '06-16').cards
    all = moved(all, 'T-02', 'explain', '06-17')
    all = moved(all, 'T-02', 'close', '06-18')
    const { replyDueAt } = of(all, 'T-02')
    all = cards(all, open, '07-01').cards
    expect(states(all)).toBe('T-01 overtaken, T-02 overtaken, T-03 notified')
    expect(of(all, 'T-02').replyDueAt).toBeNull()
    for (const by of ['facts', 'law'] as const) {
      const back = cards(all, extended, '07-01', { by }).cards
      expect(states(back)).toBe('T-01 overtaken, T-02 closed, T-03 lifted')
      expect(of(back, 'T-02').replyDueAt).toBe(replyDueAt)
      expect(cards(back, extended, '07-02').changed).toEqual([])
    }
  })

  it('C2 C4: a yellow told and unanswered stands again with the reply clock it had', () => {
    const yellow = cards([], open, '06-16').cards
    const red = cards(yellow, open, '07-01').cards
    const back = cards(red, extended, '07-01', { by: 'facts' }).cards
    expect(states(back)).toBe('T-01 overtaken, T-02 notified, T-03 lifted')
    expect(told(of(back, 'T-02').replyDueAt)).toBe('06-22 23:59:59.999')
    expect(of(back, 'T-02').replyDueAt).toBe(of(yellow, 'T-02').replyDueAt)
  })

  it('C2 C4: one that was overtaken from birth was told to nobody: its reply clock begins when it stands', () => {
    const red = cards([], open, '07-01').cards
    expect(of(red, 'T-02').stood).toBeNull()
    const back = cards(red, extended, '07-01 09:00', { by: 'facts' }).cards
    expect([of(back, 'T-02').state, told(of(back, 'T-02').replyDueAt)]).toEqual(['notified', '07-06 23:59:59.999'])
  })

  it('C2: people’s moves stay through being lifted and found again', () => {
    let all = cards([], open, '06-16').cards
    all = moved(all, 'T-02', 'explain', '06-17')
    const { replyDueAt } = of(all, 'T-02')
    all = cards(all, `${open}\n06-03 DECIDE result=granted`, '06-17', { by: 'law' }).cards
    expect(of(all, 'T-02').state).toBe('lifted')
    all = cards(all, open, '06-18', { by: 'facts' }).cards
    expect([of(all, 'T-02').state, of(all, 'T-02').replyDueAt]).toEqual(['explained', replyDueAt])
  })

  it('C2: a warning overtaken from birth and lifted stands when it is found again and nothing is above it', () => {
    // of record, so that all three go by themselves
    const given = { historical: '08-01', by: 'facts' } as const
    const born = cards([], open, '07-01', given).cards
    expect(states(born)).toBe('T-01 overtaken, T-02 overtaken, T-03 raised')
    const gone = cards(born, null, '07-01', given).cards
    expect(states(gone)).toBe('T-01 lifted, T-02 lifted, T-03 lifted')
    const back = cards(gone, open, '06-12', given).cards
    expect(states(back)).toBe('T-01 raised, T-02 lifted, T-03 lifted')
    // judged again it stays so
    expect(states(cards(back, open, '06-12', given).cards)).toBe(states(back))
  })

  it('C2: a revoked red overtakes nothing', () => {
    const red = cards([], open, '07-01').cards
    const revoked = red.map((card) => (card.rule === 'T-03' ? { ...card, state: 'revoked' as const } : card))
    const back = cards(revoked, open, '07-02').cards
    expect(states(back)).toBe('T-01 overtaken, T-02 notified, T-03 revoked')
    expect(counted(back)).toBe('T-02')
  })
})

describe('the order of the family', () => {
  it('C2 C4: a red that a verdict made yellow or less overtakes the yellow all the same, and stays what it was made', () => {
    for (const downgradedTo of [1, 2] as const) {
      const red = cards([], open, '07-01').cards
      const judged = red.map((card) =>
        card.rule === 'T-03' ? { ...card, downgradedTo, level: downgradedTo, state: 'downgraded' as const } : card,
      )
      const after = cards(judged, open, '07-02', { by: 'law' }).cards
      expect(states(after)).toBe('T-01 overtaken, T-02 overtaken, T-03 downgraded')
      expect(of(after, 'T-03').level).toBe(downgradedTo)
      expect([counted(after), litLevel(after, false)]).toEqual(['T-03', downgradedTo])
    }
  })
})

describe('the level at which a case is shown', () => {
  const under = lawOf('default', { rules: [{ rule_id: 'T-02', mode: 'confirm' }] })

  it('I13 T13 C4: a card that waits lights nothing', () => {
    const waiting = cards([], open, '06-16', { under }).cards
    expect(states(waiting)).toBe('T-01 notified, T-02 to_confirm')
    expect(litLevel(waiting, false)).toBe(1)
    expect(litLevel(moved(waiting, 'T-02', 'confirm', '06-17', { under }), false)).toBe(2)
    expect(litLevel(moved(waiting, 'T-02', 'decline', '06-17', { under }), false)).toBe(1)
  })

  it('L4 C4: a closed card of a limit lights its case as long as it is late; a warning ends with the case', () => {
    let all = cards([], open, '06-16').cards
    all = moved(all, 'T-02', 'explain', '06-17')
    all = moved(all, 'T-02', 'close', '06-18')
    expect(litLevel(all, false)).toBe(2)
    const warned = cards([], open, '06-12').cards
    expect([litLevel(warned, false), litLevel(warned, true)]).toEqual([1, 0])
  })

  it('C10: of record it is shown in its period', () => {
    const under = lawWith({ supervisedFrom: at('06-20 00:00') })
    expect(litLevel(cards([], open, '06-16', { under }).cards, false)).toBe(2)
  })
})
