// How far a notice of holidays reaches (T1a): what it says; where it says nothing, it covers its last year only if it names
// every statutory day of it, and else no more than the last day it names. Never infers a year from a handful of days.

import { parseDay, printDay } from '../time/civil.ts'
import { asDay } from '../time/instant.ts'
import { statutoryDays } from '../time/statutory.ts'

export interface Reach {
  readonly to: string
  readonly by: 'stated' | 'asked' | 'whole_year' | 'last_day'
}

/** Statutory days in (after, upTo] that are not among `named`. */
export const unnamedIn = (
  statutory: string | null | undefined,
  named: ReadonlySet<string>,
  { after, upTo }: { after: string; upTo: string },
): { on: string; name: string }[] =>
  [...(statutoryDays(statutory ?? '') ?? [])]
    .map(([day, name]) => ({ on: printDay(day), name }))
    .filter(({ on }) => on > after && on <= upTo && !named.has(on))

export const namesWholeYear = (
  statutory: string | null | undefined,
  named: ReadonlySet<string>,
  year: string,
): boolean => {
  const table = statutoryDays(statutory ?? '') ?? new Map<never, string>()
  const days = [...table].map(([day]) => printDay(day)).filter((on) => on.startsWith(year))
  return days.length > 0 && days.every((on) => named.has(on))
}

/** How far rows reach that name these days: as stated, as asked, else as what they name allows. `last`: the last of them. */
export const reachOf = (said: {
  readonly stated: string | undefined
  readonly asked: string | null
  readonly last: string
  readonly named: ReadonlySet<string>
  readonly statutory: string | null | undefined
}): Reach => {
  const { stated, asked, last, named, statutory } = said
  if (stated !== undefined) return { to: stated, by: 'stated' }
  if (asked !== null) return { to: asked, by: 'asked' }
  const year = last.slice(0, 4)
  return namesWholeYear(statutory, named, year)
    ? { to: `${year}-12-31`, by: 'whole_year' }
    : { to: last, by: 'last_day' }
}

/** The day before the first of January of the year of `on`: a notice begins with its year. */
export const dayBefore = (on: string): string => {
  const day = parseDay(on)
  return day === null ? on : printDay(asDay(day - 1))
}
