// A region with all that lies in it, and the departments of it: one walk for the wall, rankings, measures and lists (M5, S4).
// By the versions in force on a day (T10). Looks up, never guesses.

import type { Day } from '../time/instant.ts'
import { inForce, type Law, regionAt } from './law.ts'

const DEEPEST = 16

/** Whether a region is another, or lies below it. */
export const liesIn = (law: Law, code: string, region: string, on: Day): boolean => {
  let at: string | null = code
  for (let hops = 0; at !== null && hops < DEEPEST; hops++) {
    if (at === region) return true
    at = inForce(law.tables.regions.get(at), on)?.parent ?? null
  }
  return false
}

/** The region itself and those below it. */
export const regionsWithin = (law: Law, region: string, on: Day): ReadonlySet<string> =>
  new Set([region, ...[...law.tables.regions.keys()].filter((code) => liesIn(law, code, region, on))])

/** Listed departments of a region and of the regions below it, in the order of the catalogue. */
export const departmentsWithin = (law: Law, region: string, on: Day): readonly string[] =>
  [...law.tables.departments.keys()].filter((code) => liesIn(law, regionAt(law, code, on), region, on))
