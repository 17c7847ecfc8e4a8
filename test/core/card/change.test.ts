// Cards: what should stand against what does (C2, C10, T13). Given findings, when they come and go, then these moves.
import { describe, expect, it } from 'vitest'
import type { Card } from '../../../server/core/card/card.ts'
import type { CardChange } from '../../../server/core/card/change.ts'
import { isCounted, isStanding, isWaiting } from '../../../server/core/card/standing.ts'
import { cardIdOf } from '../../../server/core/card/subject.ts'
import { at, lawOf, lawWith, told } from '../case/world.ts'
import { cards, subject } from './cards.ts'

const states = ({ cards: all }: CardChange): string => all.map(({ rule, state }) => `${rule} ${state}`).join(', ')
const moves = (change: CardChange): string =>
  change.moves.map(({ cardId, n, move, state, by }) => `${cardId.slice(0, 4)} ${n} ${move}→${state} ${by}`).join(', ')

const open = '06-01 ACCEPT item=PERMIT'
const decided = `${open}\n06-03 DECIDE result=granted`

describe('cards of a case', () => {
  it('C2: a card is (subject, rule, occasion) and is raised once', () => {
    const first = cards([], open, '06-11')
    expect(first.cards[0]).toMatchObject({
      cardId: 'T-01.case.P1.promise',
      family: 'limit',
      level: 1,
      state: 'notified',
      moves: 1,
      raisedAt: at('06-11'),
      limitAt: at('06-11 09:00'),
    })
    expect(moves(first)).toBe('T-01 1 raise→notified clock')
    const again = cards(first.cards, open, '06-12')
    expect([again.changed, again.moves]).toEqual([[], []])
    expect(again.cards).toEqual(first.cards)
  })

  it('C3 F4: a hand-over that comes late moves a told card to who answered, and both read so in its history', () => {
    const told = cards([], open, '06-16')
    const late = `${open}\n06-02 HANDOVER to=D2 direction=front_to_back`
    const moved = cards(told.cards, late, '06-17')
    const yellow = ({ cards: all }: CardChange) => all.find(({ rule }) => rule === 'T-02')
    expect([yellow(told)?.department, yellow(moved)?.department, yellow(moved)?.state]).toEqual([
      'D1',
      'D2',
      'notified',
    ])
    const said = moved.moves.filter(({ cardId }) => cardId.startsWith('T-02'))
    expect(said.map(({ move, why }) => [move, why])).toEqual([['reassign', expect.stringMatching(/^D1·.* → D2·/)]])
    expect(cards(moved.cards, late, '06-18').moves).toEqual([])
  })

  it('C2: ids hang on subject, rule and occasion alone', () => {
    expect(cardIdOf(subject, 'T-04', 'step:s1:e2')).toBe('T-04.case.P1.step:s1:e2')
    const steps = `${open}\n06-02 STEP_START id=a step_code=SC\n06-04 STEP_START id=b step_code=SC step_due_at=2026-06-04`
    const ids = cards([], steps, '06-09').cards.map(({ cardId }) => cardId)
    expect(ids).toEqual(['T-04.case.P1.step:s1:b'])
    expect(cards([], steps, '06-10').cards.map(({ cardId }) => cardId)).toEqual(ids)
  })

  it('C2: T-01, T-02, T-03 are one family: the next overtakes the former, none is deleted', () => {
    const warned = cards([], open, '06-11')
    const yellow = cards(warned.cards, open, '06-16')
    expect(states(yellow)).toBe('T-01 overtaken, T-02 notified')
    expect(moves(yellow)).toBe('T-01 2 overtake→overtaken clock, T-02 1 raise→notified clock')
    const red = cards(yellow.cards, open, '07-01')
    expect(states(red)).toBe('T-01 overtaken, T-02 overtaken, T-03 notified')
    expect(red.cards.filter(isCounted).map(({ rule }) => rule)).toEqual(['T-03'])
    expect(red.cards.find(({ rule }) => rule === 'T-02')?.replyDueAt).toBeNull()
  })

  it('C2: found all at once, the lower ones are overtaken from birth', () => {
    expect(states(cards([], open, '07-01'))).toBe('T-01 overtaken, T-02 overtaken, T-03 notified')
  })

  it('C2: the standing set hangs on the findings alone, not on the way there (F2)', () => {
    const slow = ['06-11', '06-16', '07-01', '07-02'].reduce<readonly Card[]>(
      (held, now) => cards(held, open, now).cards,
      [],
    )
    const fast = cards([], open, '07-02').cards
    const standing = (all: readonly Card[]) =>
      all.filter(isStanding).map(({ cardId, level, limitAt, state }) => ({ cardId, level, limitAt, state }))
    expect(standing(slow)).toEqual(standing(fast))
  })

  it('C2: what no longer holds is lifted and kept; what holds again is restored under the same id', () => {
    const yellow = cards([], open, '06-16')
    const lifted = cards(yellow.cards, decided, '06-16', { by: 'facts' })
    expect(states(lifted)).toBe('T-01 lifted, T-02 lifted')
    expect(moves(lifted)).toBe('T-01 2 lift→lifted facts, T-02 2 lift→lifted facts')
    expect(lifted.cards.some(isStanding)).toBe(false)
    expect(cards(lifted.cards, decided, '06-17').changed).toEqual([])
    const restored = cards(lifted.cards, open, '06-17', { by: 'facts' })
    expect(states(restored)).toBe('T-01 overtaken, T-02 notified')
    expect(moves(restored)).toBe('T-01 3 overtake→overtaken facts, T-02 3 restore→notified facts')
    expect(restored.cards[1]).toMatchObject({ raisedAt: at('06-16'), limitAt: at('06-15 23:59:59.999') })
  })

  it('C2: the overtaken comes back when its overtaker is lifted', () => {
    const red = cards([], open, '07-01')
    const extended = cards(red.cards, `${open}\n06-16 EXTEND days=5`, '07-01', { by: 'facts' })
    expect(states(extended)).toBe('T-01 overtaken, T-02 notified, T-03 lifted')
  })

  it('C2: another limit instant is reckoned into the same card, and said in its history', () => {
    const yellow = cards([], open, '06-24')
    const paused = `${open}\n06-03 SUSPEND kind=hearing approved_days=5WD notice_at=2026-06-03T09:00\n06-08 RESUME`
    const moved = cards(yellow.cards, paused, '06-24', { by: 'facts' })
    expect(moved.cards.find(({ rule }) => rule === 'T-02')).toMatchObject({
      limitAt: at('06-18 23:59:59.999'),
      moves: 2,
    })
    expect(moves(moved)).toContain('T-02 2 reckon→notified facts')
  })

  it('C2: a case without a valid fact lifts its cards and keeps them', () => {
    const gone = cards(cards([], open, '06-16').cards, null, '06-17', { by: 'facts' })
    expect(states(gone)).toBe('T-01 lifted, T-02 lifted')
  })

  it('C3: a card names the answerable holder when the limit passed, with basis, limit and due', () => {
    const story = `${open}\n06-10 STEP_START step_code=JD window=A02 operator=op2\n06-20 STEP_START step_code=JD window=A01 operator=op9`
    const card = cards([], story, '06-22').cards.find(({ rule }) => rule === 'T-02')
    expect(card?.holder).toMatchObject({ window: 'A02', operator: 'op2', org: 'D1' })
    expect(card?.basis).toEqual({
      clock: 'promise',
      due_at: at('06-15 23:59:59.999'),
      limit: '10WD',
      limit_from: 'catalogue',
    })
  })

  it('C4 C1: a level that another school gives a standing card starts its own reply clock', () => {
    const warned = cards([], open, '06-12').cards
    expect(warned.map(({ level, replyDueAt }) => [level, replyDueAt])).toEqual([[1, null]])
    const [yellow] = cards(warned, open, '06-12', { under: lawOf('yulin'), by: 'law' }).cards
    expect([yellow?.rule, yellow?.level, told(yellow?.replyDueAt ?? null)]).toEqual(['T-01', 2, '06-17 23:59:59.999'])
    const [again] = cards([yellow as Card], open, '06-12', { by: 'law' }).cards
    expect([again?.level, again?.replyDueAt]).toEqual([1, null])
  })

  it('C4 J7: a rule that asks for a person from now on pulls back no card that was told', () => {
    const before = cards([], open, '06-30').cards
    expect(states({ cards: before } as CardChange)).toContain('T-02 notified')
    const under = lawOf('default', { rules: [{ rule_id: 'T-02', mode: 'confirm' }] })
    const after = cards(before, open, '06-30', { under, by: 'law' })
    expect([states(after), after.moves]).toEqual([states({ cards: before } as CardChange), []])
    expect(states(cards([], open, '06-30', { under })), 'a new one waits').toContain('T-02 to_confirm')
    // what was taken back and comes again is told anew, and so asked for
    const lifted = cards(before, decided, '06-30', { by: 'facts' }).cards
    expect(states(cards(lifted, open, '06-30', { under }))).toContain('T-02 to_confirm')
  })

  it('C4: reply three working days yellow, two red, from the day of notification', () => {
    const due = (now: string, rule: string) =>
      told(cards([], open, now).cards.find((card) => card.rule === rule)?.replyDueAt ?? null)
    expect(due('06-16 15:00', 'T-02')).toBe('06-22 23:59:59.999')
    expect(due('07-01 00:00', 'T-03')).toBe('07-03 23:59:59.999')
    expect(due('06-11', 'T-01')).toBe('—')
  })
})

describe('cards on provisional dates', () => {
  const late = '12-22 ACCEPT item=SERVICE'
  it('T13: above 预警 they wait for confirmation and are not counted; a warning is', () => {
    const warned = cards([], late, '12-30')
    // a card that waits overtakes nothing: the warning goes on counting
    expect(states(warned)).toBe('T-01 notified, T-02 to_confirm')
    expect(warned.cards.map(isCounted)).toEqual([true, false])
    expect(cards([], late, '12-28').cards.map(isCounted)).toEqual([true])
    expect(warned.cards.map(({ replyDueAt }) => replyDueAt)).toEqual([null, null])
  })
})

describe('cards of record', () => {
  it('C10: of a historical import: shown and counted, never notified, no reply clock', () => {
    const [, yellow] = cards([], open, '06-16', { historical: '06-16' }).cards
    expect(yellow).toMatchObject({ state: 'raised', ofRecord: true, replyDueAt: null })
    expect(yellow !== undefined && isCounted(yellow) && !isWaiting(yellow)).toBe(true)
  })

  it('C10: of limits passed before the setting supervised_from, and of no later ones', () => {
    const under = lawWith({ supervisedFrom: at('06-20 00:00') })
    expect(states(cards([], open, '07-01', { under }))).toBe('T-01 overtaken, T-02 overtaken, T-03 notified')
    expect(states(cards([], open, '06-16', { under }))).toBe('T-01 overtaken, T-02 raised')
    const edge = lawWith({ supervisedFrom: at('06-15 23:59:59.999') })
    expect(states(cards([], open, '06-16', { under: edge }))).toBe('T-01 overtaken, T-02 notified')
  })

  it('C10 T13: of record and provisional is not counted either', () => {
    const change = cards([], '12-22 ACCEPT item=SERVICE', '12-30', { historical: '12-30' })
    expect(change.cards.find(({ rule }) => rule === 'T-02')).toMatchObject({ state: 'to_confirm', ofRecord: true })
  })
})
