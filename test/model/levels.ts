// How grave each rule's card is, and which of them wait for a batch source (C1, I13).

import { dayOf } from './days.ts'
import type { View } from './judge.ts'
import { workDaysLater } from './pauses.ts'
import { hit } from './tally.ts'
import { declaredOn } from './world.ts'

export const LEVELS: Readonly<Record<string, number>> = {
  ...{ 'T-01': 1, 'T-02': 2, 'T-03': 3, 'T-03p': 3, 'T-04': 2, 'T-05': 2, 'T-06': 2, 'T-07': 2, 'T-08': 2, 'T-09': 2 },
  ...{ 'T-12': 1, 'P-01': 2, 'P-02': 2, 'P-03': 2, 'P-04': 1, 'D-06': 1 },
}

/** What a clock finds waits for a batch source, until it has told of later things or its grace is over (I13). */
export const waitsFor = (view: View, rule: string, limitAt: number): boolean => {
  if (!rule.startsWith('T-') || rule === 'T-08') return false
  const source = (view.story.conclusion ?? view.story.first).source
  const row = declaredOn(view.world, source, dayOf(limitAt))
  if (row?.mode !== 'batch') return false
  const waits =
    (view.delivered.get(source) ?? 0) <= limitAt && view.now <= workDaysLater(view.grounds.calendar, limitAt, 1)
  hit(waits ? 'I13 waits for its batch source' : 'I13 batch source has told, or its grace is over')
  return waits
}
