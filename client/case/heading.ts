// The heading of a case in words: its mark, its colour and its level are of one card, the one that lights it, and of nothing
// that waits or is closed (C4, L13). What it says of its end is what the file states: a case ends as 办结, a card as 销号.

import type { CardView, CaseView } from '../../server/contract/api.ts'
import type { WireLevel } from '../../server/contract/vocabulary.ts'
import { named, type Words, wordFor } from '../i18n/words.ts'

export interface Heading {
  level: WireLevel
  /** Name of the rule whose card lights it; '' where none does. */
  rule: string
  /** "按时办结 · 准予", "办理中". */
  said: string
}

type Headed = Pick<CaseView, 'level' | 'lit_by' | 'status' | 'verdict' | 'outcome' | 'unconfirmed' | 'overdue'> & {
  cards: readonly Pick<CardView, 'card_id' | 'rule_id' | 'rule_name' | 'rule_name_en' | 'state'>[]
}

/** Rules whose cards say that a limit has passed. */
const SAYS: ReadonlySet<string> = new Set(['T-02', 'T-03', 'T-03p'])
const OUT: ReadonlySet<CardView['state']> = new Set(['lifted', 'overtaken', 'revoked'])

/** Of a case of which no fact stands: that, and whether it still counts by a card that is asked about, or kept (F3, C5). */
const struckText = (t: Words, { cards }: Headed): string =>
  cards.some(({ state }) => !OUT.has(state)) ? `${t.case.struck} · ${t.case.struckCounts}` : t.case.struck

export const headingOf = (t: Words, found: Headed): Heading => {
  const lit = found.cards.find((card) => card.card_id === found.lit_by) ?? null
  const { verdict } = found
  const isEnded = found.status === 'concluded' && verdict !== null
  const ended = isEnded ? (found.unconfirmed ? t.case.unconfirmed : t.case.verdict[verdict]) : null
  const status = found.status === 'void' ? struckText(t, found) : (ended ?? t.case.status[found.status])
  // past its limit while no card of it says so: waited for, or declined
  const isSaid = found.level >= 2 || found.cards.some((card) => SAYS.has(card.rule_id) && card.state === 'to_lift')
  const overdue = found.overdue === null || isSaid ? '' : ` · ${t.case.overdue[found.overdue]}`
  const isPast = overdue !== '' && lit?.rule_id === 'T-01'
  const outcome = found.outcome === null ? '' : ` · ${wordFor(t.case.outcome, found.outcome)}`
  return {
    level: found.level,
    rule: lit === null || isPast ? '' : named(t, lit.rule_name, lit.rule_name_en),
    said: `${status}${overdue}${outcome}`,
  }
}
