// The steps of a walk: what a source, a person, the clock, the law or a restart can do next. Each maker does one thing, or
// nothing where there is nothing to do it to, and says what it did. A new kind of step is one maker and one row here.

import { STEP_KINDS } from '../../server/store/step.ts'
import { SMALL } from '../supervision/house.ts'
import { alias, cardMove, clock, law, officeVoid, quarantine, restart, withdrawing } from './acts.ts'
import { again, following, importing, opening, past, refused, voiding } from './events.ts'
import { delivering, lifting, notice, takingBack } from './lifting.ts'
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
  lifting,
  notice,
  takingBack,
  delivering,
]

/** What every walk begins with: the law, and a case to act on. */
export const begin = async (walker: Walker): Promise<void> => {
  await load(walker, { ...SMALL, sources: [...(SMALL.sources ?? []), { source: 'west', name: '西区系统' }] })
  await opening.take(walker)
}

/** Nothing writes such commits any more, or yet; an upgrade and a rebuild do, at no step of a walk. */
const UNWRITTEN: ReadonlySet<string> = new Set(['quarantine', 'setting', 'upgrade', 'rebuild'])

/** What has to come about in a long run of walks: every step, every kind of commit, every decision of a person. */
export const EXPECTED: readonly string[] = [
  ...STEPS.map(({ name }) => `step ${name}`),
  ...STEP_KINDS.filter((kind) => !UNWRITTEN.has(kind)).map((kind) => `commit ${kind}`),
  'decided lift',
  'decided keep',
  'proposal accepted',
  'proposal declined',
  'numbers in doubt',
  'doubt settled',
]
