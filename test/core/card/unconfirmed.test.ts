// What waits is no lateness yet (M1, I13, T13, F5): a case is unconfirmed while the card of its main clock waits for a calendar,
// a delivery or a person; and what only one of differing versions gives waits for a person. What was told before they differed: doubted.test.ts.

import { describe, expect, it } from 'vitest'
import type { Card, Finding } from '../../../server/core/card/card.ts'
import { changeCards } from '../../../server/core/card/change.ts'
import { latenessOf } from '../../../server/core/card/lateness.ts'
import { planMove } from '../../../server/core/card/procedure.ts'
import { isCounted, litLevel } from '../../../server/core/card/standing.ts'
import type { Law } from '../../../server/core/law/law.ts'
import { at, judged, law, lawOf } from '../case/world.ts'
import { cards, subject } from './cards.ts'

const open = '06-01 ACCEPT item=PERMIT'

const isWaiting = (all: readonly Card[], story: string, now: string, under: Law = law): boolean =>
  latenessOf(judged(story, now, under), all).kind === 'waits'

const moved = (all: readonly Card[], rule: string, move: string): readonly Card[] =>
  all.map((card) => {
    if (card.rule !== rule) return card
    const asked = { move, by: 'key-1', why: '核实', signedBy: null }
    const result = planMove(card, asked, { now: at('06-17'), replyDueAt: null, signed: false })
    if ('refused' in result) throw new Error(result.refused)
    return result.card
  })

describe('a case that is overdue, unconfirmed', () => {
  const byHand = lawOf('default', { rules: [{ rule_id: 'T-02', mode: 'confirm' }] })
  const batch = lawOf('default', { sources: [{ source: 's1', name: '夜间批量', mode: 'batch' }] })

  it.each([
    ['M1: nothing waits before the due instant', open, '06-15 12:00', byHand, false],
    ['M1: a rule that a person confirms', open, '06-16', byHand, true],
    ['M1 I13: a batch source that may yet deliver', open, '06-16', batch, true],
    ['M1 I13: … and has had its grace', open, '06-17', batch, false],
    ['M1: a card that was told at once', open, '06-16', law, false],
    ['M1 T13: a date past the published calendar', '12-22 ACCEPT item=SERVICE', '2027-01-08', law, true],
  ] as const)('%s', (_, story, now, under, expected) => {
    expect(isWaiting(cards([], story, now, { under }).cards, story, now, under)).toBe(expected)
  })

  it('M1 C4: confirmed or declined it waits no more', () => {
    const waiting = cards([], open, '06-16', { under: byHand }).cards
    for (const move of ['confirm', 'decline'])
      expect(isWaiting(moved(waiting, 'T-02', move), open, '06-17', byHand)).toBe(false)
  })
})

it('I13 C5: what was told is not taken back because a batch source tells of a late end', () => {
  const under = lawOf('default', { sources: [{ source: 'nightly', name: '夜间批量', mode: 'batch' }] })
  const told = cards([], open, '06-16 09:00', { under }).cards
  const ended = `${open}\n06-16 08:00 DECIDE source=nightly result=granted`
  const after = cards(told, ended, '06-16 10:00', { under, by: 'facts' }).cards
  const yellow = after.find(({ rule }) => rule === 'T-02')
  expect([yellow?.state, yellow?.basis.waits_for, after.filter(isCounted).length]).toEqual(['notified', 'nightly', 1])
})

describe('what only one version gives', () => {
  const ground = { subject, law, calendar: law.homeCalendar, now: at('06-16'), by: 'facts' as const }
  const findings = (contested: string | null): Finding[] =>
    judged(open, '06-16').findings.map((finding) => (finding.rule === 'T-02' ? { ...finding, contested } : finding))
  const state = (all: readonly Card[]): string | undefined => all.find(({ rule }) => rule === 'T-02')?.state

  it('F5 C4: waits for a person, counts and lights nothing, and is confirmed or declined', () => {
    const { cards: waiting } = changeCards([], findings('accepted'), ground)
    expect(state(waiting)).toBe('to_confirm')
    expect(waiting.filter(isCounted).map(({ rule }) => rule)).toEqual(['T-01'])
    expect([litLevel(waiting, false), isWaiting(waiting, open, '06-16')]).toEqual([1, true])
    const confirmed = changeCards(moved(waiting, 'T-02', 'confirm'), findings('accepted'), ground).cards
    expect([state(confirmed), litLevel(confirmed, false)]).toEqual(['notified', 2])
    const declined = changeCards(moved(waiting, 'T-02', 'decline'), findings('accepted'), ground).cards
    expect([state(declined), litLevel(declined, false)]).toEqual(['revoked', 1])
  })

  it('F5: when none differs any more it is told', () => {
    const { cards: waiting } = changeCards([], findings('accepted'), ground)
    expect(state(changeCards(waiting, findings(null), ground).cards)).toBe('notified')
  })
})
