// Moves of people on a card (C4): what is in the table and what is refused, who signs (T12), what a move does to a card
// that the clock goes on judging. Whether a rule wants a signature is the law's data, so it is asked of laws here.

import { describe, expect, it } from 'vitest'
import type { Card, CardState } from '../../../server/core/card/card.ts'
import { type Moved, planMove } from '../../../server/core/card/procedure.ts'
import { isWaiting } from '../../../server/core/card/standing.ts'
import type { Law } from '../../../server/core/law/law.ts'
import { at, law, lawOf } from '../case/world.ts'
import { cards } from './cards.ts'

/** A person's move on a card, under a law; `signedBy` where it is signed. */
const moved = (card: Card, move: string, said: { why?: string; signedBy?: string; under?: Law } = {}): Moved => {
  const { why = '停电', signedBy = null, under = law } = said
  const signed = under.rules.get(card.rule)?.signed === true
  return planMove(card, { move, by: 'key-1', why, signedBy }, { now: at('06-17'), replyDueAt: null, signed })
}
const resultOf = (result: Moved): string => ('refused' in result ? result.refused : result.card.state)

const open = '06-01 ACCEPT item=PERMIT'
const [, yellow] = cards([], open, '06-16').cards as [Card, Card]
const inState = (state: CardState): Card => ({ ...yellow, state })

describe('moves of people', () => {
  const table: readonly [from: CardState, move: string, result: string][] = [
    ['notified', 'explain', 'explained'],
    ['escalated', 'explain', 'explained'],
    ['explained', 'explain', 'wrong_state'],
    ['to_confirm', 'explain', 'wrong_state'],
    ['lifted', 'explain', 'wrong_state'],
    ['overtaken', 'explain', 'wrong_state'],
    ['explained', 'close', 'closed'],
    ['upheld', 'close', 'closed'],
    ['rectified', 'close', 'closed'],
    ['notified', 'close', 'wrong_state'],
    ['closed', 'close', 'wrong_state'],
    ['notified', 'revoke', 'unknown_move'],
    ['notified', 'toString', 'unknown_move'],
  ]
  it.each(table)('C4: %s, %s → %s', (from, move, result) => {
    expect(resultOf(moved(inState(from), move))).toBe(result)
  })

  it('C4: every move bears who, when and why, under the next number; without a reason it is refused', () => {
    const explained = moved(yellow, 'explain')
    expect('move' in explained && explained.move).toEqual({
      cardId: 'T-02.case.P1.promise',
      n: 2,
      at: at('06-17'),
      move: 'explain',
      state: 'explained',
      by: 'key-1',
      why: '停电',
    })
    expect(moved(yellow, 'explain', { why: '  ' })).toEqual({ refused: 'no_reason' })
  })

  it('C4: the clock does not undo a person’s move; the next level overtakes it all the same', () => {
    const explained = moved(yellow, 'explain')
    const before = 'card' in explained ? [explained.card] : []
    expect(cards(before, open, '06-18').cards.find(({ rule }) => rule === 'T-02')?.state).toBe('explained')
    expect(cards(before, open, '07-01').cards.find(({ rule }) => rule === 'T-02')?.state).toBe('overtaken')
  })

  it('C2: a revoked card stays revoked whatever is found', () => {
    for (const story of [open, null]) {
      expect(cards([inState('revoked')], story, '06-18').cards[0]?.state).toBe('revoked')
    }
    expect(cards([inState('revoked')], open, '07-01').cards[0]?.state).toBe('revoked')
  })

  it('L4: yellow and red wait until they are answered; warnings and cards of record do not', () => {
    expect(isWaiting(yellow)).toBe(true)
    expect(isWaiting(inState('explained'))).toBe(false)
    expect(isWaiting({ ...yellow, level: 1 })).toBe(false)
    expect(isWaiting({ ...yellow, ofRecord: true })).toBe(false)
  })

  it('C10: nobody answers a card of record', () => {
    const [, ofRecord] = cards([], open, '06-16', { historical: '06-16' }).cards
    expect(moved(ofRecord as Card, 'explain')).toEqual({ refused: 'wrong_state' })
  })
})

const urged = `${open}\n06-16 URGE`
const proposalOf = (story: string, under: Law): Card =>
  cards([], story, '06-30', { under }).cards.find(({ rule }) => rule === 'T-12') as Card

describe('a signature', () => {
  const dalian = lawOf('dalian')

  it('T12: what ships asks for one name under the proposal, and under nothing else', () => {
    expect([...law.rules.values()].filter(({ signed }) => signed).map(({ id }) => id)).toEqual(['T-12'])
    const proposal = proposalOf(urged, dalian)
    expect(proposal.state).toBe('to_confirm')
    expect(moved(proposal, 'confirm', { under: dalian })).toEqual({ refused: 'no_signature' })
    expect(moved(proposal, 'confirm', { under: dalian, signedBy: '  ' })).toEqual({ refused: 'no_signature' })
    const signed = moved(proposal, 'confirm', { under: dalian, signedBy: ' 王某 ' })
    expect('move' in signed && signed.move).toMatchObject({ by: '王某 (key-1)', state: 'notified' })
    // a refusal needs no signature, for nothing comes of it
    expect(resultOf(moved(proposal, 'decline', { under: dalian }))).toBe('revoked')
  })

  it('C4, T12: a catalogue in which another rule is signed asks for it there', () => {
    const under = lawOf('default', { rules: [{ rule_id: 'P-02', mode: 'confirm', signed: true }] })
    const story = '06-01 RECEIVE item=PERMIT\n06-02 CORRECT_NOTICE\n06-03 CORRECT_DONE\n06-04 CORRECT_NOTICE'
    const [card] = cards([], story, '06-05', { under }).cards.filter(({ rule }) => rule === 'P-02') as [Card]
    expect(card.state).toBe('to_confirm')
    expect(moved(card, 'confirm', { under })).toEqual({ refused: 'no_signature' })
    expect(resultOf(moved(card, 'confirm', { under, signedBy: '王某' }))).toBe('notified')
  })

  it('T12: once the case has been decided nothing is left to sign', () => {
    const proposal = proposalOf(`${urged}\n06-26 DECIDE result=granted`, dalian)
    expect(resultOf(moved(proposal, 'confirm', { under: dalian, signedBy: '王某' }))).toBe('wrong_state')
  })

  it('C4: a rule signed like it whose case has ended is signed all the same: it proposes nothing', () => {
    const under = lawOf('default', { rules: [{ rule_id: 'T-02', mode: 'confirm', signed: true }] })
    const story = `${open}\n06-17 DECIDE result=granted`
    const card = cards([], story, '06-18', { under }).cards.find(({ rule }) => rule === 'T-02') as Card
    expect(card.basis.ended_at).toBe(at('06-17'))
    expect(resultOf(moved(card, 'confirm', { under, signedBy: '王某' }))).toBe('notified')
  })
})

describe('rules in a catalogue', () => {
  it('J7, C4: what a document leaves out of a rule stays, and the later entry holds', () => {
    const rules = [{ rule_id: 'T-02', reply_work_days: 5, name: '超时' }]
    const under = lawOf('default', { rules })
    expect(under.rules.get('T-02')).toEqual({
      ...law.rules.get('T-02'),
      replyWorkDays: 5,
      name: '超时',
    })
    expect(under.rules.get('T-03')).toEqual(law.rules.get('T-03'))
    expect(under.rules.size).toBe(law.rules.size)
  })

  it.each([
    ['a rule that nothing finds', { rule_id: 'X-99', name: '无' }, 'unknown rule X-99'],
    ['a signature where nobody confirms', { rule_id: 'P-01', signed: true }, 'P-01 is not confirmed by a person'],
    ['a proposal that nobody confirms', { rule_id: 'T-12', mode: 'auto', signed: false }, 'T-12 is always confirmed'],
    ['a proposal that nobody signs', { rule_id: 'T-12', signed: false }, 'T-12 is always signed'],
  ])('J7, C4: %s is no law', (_, row, fault) => {
    expect(() => lawOf('default', { rules: [row] })).toThrow(fault)
  })
})
