// The product's answer about a case, through its own doors: facts sorted out and folded by its plan, judged by its judge.
// What is compared is put into the model's few words; nothing else of the product is looked at.

import type { Fact } from '../../server/core/case/event.ts'
import { NOTHING_SAID } from '../../server/core/case/standing.ts'
import type { Law } from '../../server/core/law/law.ts'
import type { Instant } from '../../server/core/time/instant.ts'

/** The product's engine, as it stands or with a fault planted in it. */
export interface Engine {
  readonly planFacts: typeof import('../../server/core/plan.ts').planFacts
  readonly judgeCase: typeof import('../../server/core/case/judge.ts').judgeCase
  readonly foldCase: typeof import('../../server/core/case/fold.ts').foldCase
  readonly buildLaw: typeof import('../../server/core/law/build.ts').buildLaw
  readonly flowsOf: typeof import('../../server/core/measure/count.ts').flowsOf
  readonly changeCards: typeof import('../../server/core/card/change.ts').changeCards
  readonly caseSubject: typeof import('../../server/core/card/subject.ts').caseSubject
  readonly changeOf: typeof import('../../server/core/becoming.ts').changeOf
  readonly planMove: typeof import('../../server/core/card/procedure.ts').planMove
}

export type Told = ReturnType<Engine['judgeCase']>
export type State = NonNullable<ReturnType<Engine['foldCase']>>

type View = Parameters<Engine['planFacts']>[0]

/** A store that holds nothing yet. */
const NOTHING: View = {
  known: new Map(),
  voiders: new Map(),
  targets: new Map(),
  foreign: new Set(),
  cases: new Map(),
  facts: new Map(),
  said: NOTHING_SAID,
}

/** The folded case of a number; null: none of its events stands. Throws what the product threw (J5). */
export const stateOf = (engine: Engine, facts: readonly Fact[], law: Law, now: number): State | null => {
  const number = facts[0]?.projectNo ?? ''
  // two numbers joined by an alias are one case by the time they are planned
  const taken = facts.map((fact) => ({
    fact: { ...fact, projectNo: number },
    body: JSON.stringify(fact),
    personal: null,
    importNo: null,
  }))
  const judging = { law, now: now as Instant, by: 'facts' as const, delivered: new Map() }
  const { changes } = engine.planFacts(NOTHING, taken, judging)
  const change = changes.find(({ projectNo }) => projectNo === number)
  if (change === undefined) return null
  if (change.apart !== null) throw new Error(change.apart)
  return change.state as State | null
}
