// Faults in what an order that a bare day hides makes of a case (I15, F5).

import { type Fault, fault } from './plant.ts'

export const ONE_DAY: readonly Fault[] = [
  fault('I15 a bare notice waits for ever', 'case/fold-spans.ts', 'isOnDayOf(fact, handedInAt) ?', 'false ?'),
  fault('I15 a pause perhaps ended goes on', 'case/duties.ts', 'pause.perhapsEnded !== true', 'true'),
  fault('I15 a bare pause goes on', 'case/fold-pauses.ts', 'isOnDayOf(fact, told.at) && couldMean', 'couldMean'),
  fault(
    'F5 I15 the other order of one day is not judged',
    'case/rivals.ts',
    'if (doubt !== null && doubt.more !== true)',
    'if (doubt !== null && doubt.more === true)',
  ),
  fault(
    'F5 I15 a telling beside an order that is not known is weighed as sure',
    'case/rivals.ts',
    'doubt.more !== true && state.rivals.length === 0',
    'doubt.more !== true',
  ),
  fault(
    'F5 I15 what a settled pair left is in doubt still',
    'case/fold-firsts.ts',
    '{ ...otherwise, settled: true }',
    '{ ...otherwise }',
  ),
]
