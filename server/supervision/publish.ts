// What a commit tells the screens: published after it, in its order. A subscriber that throws is cut off here and
// never reaches the receipt (L2).

import type { Card } from '../core/card/card.ts'
import type { Law } from '../core/law/law.ts'
import type { TotalDelta } from '../core/measure/flows.ts'
import type { CaseChange } from '../core/plan.ts'
import type { Instant } from '../core/time/instant.ts'
import type { Batch, SubjectRow } from '../store/port.ts'

export interface Published {
  readonly at: Instant
  readonly law: Law
  readonly changes: readonly CaseChange[]
  /** Subjects beside the cases that changed; absent: none did. */
  readonly subjects?: readonly Pick<SubjectRow, 'nextTurnAt'>[]
  /** Cards that changed or are new. */
  readonly cards: readonly Card[]
  readonly totals: readonly TotalDelta[]
  readonly sources: readonly { source: string; lastAt: Instant; lastEventAt: Instant }[]
  readonly lawChanged?: boolean
  /** Something came into the quarantine, or was dealt with in it. */
  readonly quarantined?: boolean
}

/** Whether a commit moved anything in the quarantine. */
export const isQuarantined = ({ quarantine, quarantineSteps }: Batch): boolean =>
  quarantine.length > 0 || quarantineSteps !== undefined

export interface Subscriber {
  readonly take: (published: Published) => void
  /** Called whenever `take` threw: what stands behind it is to be cut, and to come again. */
  readonly cut: (error: unknown) => void
}

/** What is committed stays answered, even where the cutting fails as well. */
export const cut = (subscriber: Subscriber, error: unknown): void => {
  try {
    subscriber.cut(error)
  } catch {
    // nobody is left to tell
  }
}

export const publish = (subscribers: Set<Subscriber>, published: Published): void => {
  for (const subscriber of subscribers) {
    try {
      subscriber.take(published)
    } catch (error) {
      cut(subscriber, error)
    }
  }
}
