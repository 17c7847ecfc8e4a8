// The laws of a clock, ten thousand seeded cases each. A failing seed becomes a named case in the table of cases.

import fc from 'fast-check'
import { describe, it } from 'vitest'
import * as laws from './laws.ts'

const LAWS: readonly (readonly [title: string, law: laws.Law])[] = [
  ['T2, T4: a longer limit never ends earlier', laws.monotoneInLimit],
  ['T5: a lawful pause never makes a due day earlier', laws.pauseNeverEarlier],
  ['T5: the order in which pauses are told is free', laws.orderOfPausesIsFree],
  ['T5: splitting a pause at any instant changes nothing', laws.splittingChangesNothing],
  ['T5: a pause wholly on days off changes nothing', laws.pauseOnDaysOffChangesNothing],
  ['T14, J1: used and remaining have the same sum on every working day', laws.usedAndRemainingAreConstant],
  ['T14: nothing remains on the due day, something before', laws.nothingRemainsOnTheDueDay],
  ['T14: the segments follow each other and sum to the due day', laws.segmentsSumToTheDueDay],
  ['T14: the segments of office hours sum to the limit', laws.officeSegmentsSumToTheLimit],
  ['T2, T4, T5: the engine agrees with the slow day-by-day counter', laws.agreesWithTheSlowCounter],
  ['T4, T5: office hours agree with the slow minute-by-minute counter', laws.officeAgreesWithTheSlowCounter],
  ['T2, T4, T5: the way back from the due day ends at the acceptance', laws.wayBackEndsAtTheAcceptance],
  ['T4, T5: office time counted back from the due instant is the limit', laws.officeTimeCountsBack],
]

describe('the laws of a clock', () => {
  for (const [title, law] of LAWS) {
    it(title, () => fc.assert(law(laws.engine), { seed: 20260420, numRuns: 10_000 }))
  }
})
