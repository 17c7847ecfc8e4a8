// Groups: rules over many cases, judged from the totals of their key and never by scanning cases. A group takes its
// facts in any order and gives them back. So far D-05: a code that is not in the catalogue, one card a code.
// Rules: D-05, C2. Cards about a code count in no department's figures: nobody there is blamed.

import type { Card, Finding } from '../card/card.ts'
import { type CardChange, changeCards } from '../card/change.ts'
import { bareSubject } from '../card/subject.ts'
import type { Law } from '../law/law.ts'
import { asDay, type Instant } from '../time/instant.ts'
import type { Deltas } from './count.ts'

/** Codes whose unlisted totals a plan moves: `window:B99`. */
export const codesTouched = (deltas: Deltas): string[] => {
  const codes = new Set<string>()
  for (const delta of deltas.values()) if (delta.dimension === 'code' && delta.n !== 0) codes.add(delta.key)
  return [...codes]
}

export interface CodeView {
  /** Stored day sums of kind `unlisted` by code. */
  readonly daily: readonly { key: string; on: number; n: number }[]
  readonly cards: readonly Card[]
}

interface Judging {
  readonly law: Law
  readonly now: Instant
  readonly by: 'facts' | 'clock' | 'law' | 'move'
}

const NOBODY = { role: 'back', org: null, window: null, operator: null, operatorName: null } as const

/** Round two: the D-05 cards of the touched codes, from day sums before plus the plan's differences. */
export const planCodes = (codes: readonly string[], deltas: Deltas, view: CodeView, judging: Judging): CardChange[] => {
  const days = new Map<string, Map<number, number>>(codes.map((code) => [code, new Map()]))
  const add = (code: string, on: number, n: number): void => {
    const sums = days.get(code)
    if (sums !== undefined) sums.set(on, (sums.get(on) ?? 0) + n)
  }
  for (const row of view.daily) add(row.key, row.on, row.n)
  for (const delta of deltas.values()) if (delta.dimension === 'code') add(delta.key, delta.on, delta.n)
  return codes.map((code) => {
    const { law } = judging
    const named = [...(days.get(code) ?? [])].filter(([, n]) => n > 0).map(([on]) => on)
    const findings: Finding[] = []
    if (named.length > 0) {
      const first = asDay(Math.min(...named))
      const level = law.rules.get('D-05')?.level ?? 1
      const limitAt = law.homeCalendar.startOf(first)
      findings.push({
        rule: 'D-05',
        occasion: 'code',
        level,
        limitAt,
        holder: NOBODY,
        basis: { code },
        provisional: false,
        waits: false,
      })
    }
    const ground = { subject: bareSubject('code', code, null), calendar: law.homeCalendar, ...judging }
    return changeCards(
      view.cards.filter((card) => card.subject === code),
      findings,
      ground,
    )
  })
}
