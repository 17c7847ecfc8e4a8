// A property that no bug fails proves nothing: each one here meets an engine with a planted bug and must catch it.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Engine, Law } from '../laws.ts'
import * as laws from '../laws.ts'
import * as bugs from './bugs.ts'

const PLANTS: readonly (readonly [bug: string, rule: string, law: Law, engine: Engine])[] = [
  [
    'limits compared by their first digit',
    'T4: a longer limit never ends earlier',
    laws.monotoneInLimit,
    bugs.firstDigit,
  ],
  [
    'what was used is forgotten',
    'T5: a pause never makes a due day earlier',
    laws.pauseNeverEarlier,
    bugs.forgetsWhatWasUsed,
  ],
  ['pauses taken as told', 'T5: the order of pauses is free', laws.orderOfPausesIsFree, bugs.asTold],
  ['a running total of pauses', 'T5: splitting changes nothing', laws.splittingChangesNothing, bugs.runningTotal],
  [
    'pauses in natural days',
    'T5: a pause on days off changes nothing',
    laws.pauseOnDaysOffChangesNothing,
    bugs.naturalPauses,
  ],
  [
    'remaining never below nought',
    'T14: used and remaining are constant',
    laws.usedAndRemainingAreConstant,
    bugs.clampedRemaining,
  ],
  [
    'the acceptance day used',
    'T2: nothing remains on the due day',
    laws.nothingRemainsOnTheDueDay,
    bugs.acceptanceUsed,
  ],
  ['a roll left out', 'T14: segments sum to the due day', laws.segmentsSumToTheDueDay, bugs.noRoll],
  ['a minute lost', 'T14: segments sum to the limit', laws.officeSegmentsSumToTheLimit, bugs.losesAMinute],
  ['Monday to Friday', 'T1: the slow counter', laws.agreesWithTheSlowCounter, bugs.weekdaysOnly],
  ['the day of resumption counted', 'T5: the slow counter', laws.agreesWithTheSlowCounter, bugs.resumptionCounts],
  ['a union counted twice', 'T5: the slow counter', laws.agreesWithTheSlowCounter, bugs.runningTotal],
  ['off by one', 'T2: the slow counter', laws.agreesWithTheSlowCounter, bugs.offByOne],
  ['noon worked through', 'T4: the slow minutes', laws.officeAgreesWithTheSlowCounter, bugs.worksAtNoon],
  ['off by one', 'T2: the way back', laws.wayBackEndsAtTheAcceptance, bugs.offByOne],
  ['noon worked through', 'T4: the way back in office time', laws.officeTimeCountsBack, bugs.worksAtNoon],
]

describe('planted bugs', () => {
  it.each(PLANTS)('"%s" is caught by %s', (_bug, _rule, law, engine) => {
    const outcome = fc.check(law(engine), { seed: 20260420, numRuns: 10_000, endOnFailure: true })
    expect(outcome.failed).toBe(true)
    // caught by what it says, not by falling over
    expect(String(outcome.errorInstance)).toMatch(/returning false/)
  })
})
