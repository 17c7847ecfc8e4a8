// The steps of a walk: what a source, a person, the clock, the law or a restart can do next. Each maker does one thing, or
// nothing where there is nothing to do it to, and says what it did. A new kind of step is one maker and one row here.

import { SMALL } from '../supervision/house.ts'
import { alias, cardMove, clock, law, officeVoid, quarantine, restart, withdrawing } from './acts.ts'
import { again, following, importing, opening, past, refused, voiding } from './events.ts'
import { numbering, oneCase, proposing } from './numbers.ts'
import { load, type Walker, type WalkStep } from './walker.ts'

export const STEPS: readonly WalkStep[] = [
  opening,
  following,
  past,
  voiding,
  again,
  refused,
  clock,
  cardMove,
  importing,
  withdrawing,
  officeVoid,
  alias,
  law,
  quarantine,
  restart,
  numbering,
  oneCase,
  proposing,
]

/** What every walk begins with: the law, and a case to act on. */
export const begin = async (walker: Walker): Promise<void> => {
  await load(walker, { ...SMALL, sources: [...(SMALL.sources ?? []), { source: 'west', name: '西区系统' }] })
  await opening.take(walker)
}
