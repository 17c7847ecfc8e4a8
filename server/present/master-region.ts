// A region with all that lies in it, for filters: one code or a whole province by its parents. Looks up, never guesses.

import { type Law, newest } from '../core/law/law.ts'

const DEEPEST = 16

const liesIn = (law: Law, code: string, region: string): boolean => {
  let at: string | null = code
  for (let hops = 0; at !== null && hops < DEEPEST; hops++) {
    if (at === region) return true
    at = newest(law.tables.regions.get(at))?.parent ?? null
  }
  return false
}

/** The region itself and those below it. */
export const regionsWithin = (region: string, law: Law): ReadonlySet<string> =>
  new Set([region, ...[...law.tables.regions.keys()].filter((code) => liesIn(law, code, region))])
