// The cards of a story (test/core/case/world.ts) at an instant, over those that stood before: what the law books of cards share.

import type { Card } from '../../../server/core/card/card.ts'
import { type CardChange, changeCards } from '../../../server/core/card/change.ts'
import type { CardSubject } from '../../../server/core/card/subject.ts'
import type { Law } from '../../../server/core/law/law.ts'
import { at, judged, law } from '../case/world.ts'

export const subject: CardSubject = {
  kind: 'case',
  subject: 'P1',
  projectNo: 'P1',
  item: 'PERMIT',
  member: false,
  historicalBefore: null,
  rowAt: (_at, told) => ({ department: told ?? 'D1', region: 'R1' }),
}

export interface Given {
  readonly under?: Law
  /** The declared instant of a past record. */
  readonly historical?: string
  readonly by?: 'facts' | 'clock' | 'law'
}

/** `story` null: a case that is gone. */
export const cards = (before: readonly Card[], story: string | null, now: string, given: Given = {}): CardChange => {
  const { under = law, historical, by = 'clock' } = given
  const findings = story === null ? [] : judged(story, now, under).findings
  const calendar = under.homeCalendar
  const historicalBefore = historical === undefined ? null : at(historical)
  const ground = { subject: { ...subject, historicalBefore }, law: under, calendar, now: at(now), by }
  return changeCards(before, findings, ground)
}
