// The tree of regions (S4, T1): a region that is its own ancestor has no calendar to inherit and no sum to belong to.
// Asked when a catalogue comes in; a law that is in force already is read as it is.

import { LOT_VALUES, lotsOf, type Steps } from '../steps.ts'
import { LawError } from './fault.ts'
import { inForce, type Law } from './law.ts'

/** Throws LawError at the first region that lies in itself, on the day on which one of its rows begins. Stops on the way up (I5). */
export function* regionSteps(law: Law): Steps<void> {
  const { regions } = law.tables
  const isFull = lotsOf(LOT_VALUES)
  for (const rows of regions.values()) {
    for (const { code: from, validFrom } of rows) {
      const above = new Set<string>()
      for (let code: string | null = from; code !== null; ) {
        if (isFull()) yield
        if (above.has(code)) throw new LawError('/regions', `region ${code} lies in itself`)
        above.add(code)
        code = inForce(regions.get(code), validFrom)?.parent ?? null
      }
    }
  }
}
