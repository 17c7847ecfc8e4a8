// Whether the promise of an item can read later than its statute (T10): limits in one unit by their numbers, limits in two
// units by trying every acceptance day of the calendar's coverage with the engine itself, for whether 30 natural days are
// longer than 20 working days hangs on the holidays between. Pure; knows no case, reads no clock.

import { atOnce, LOT_ROWS, lotsOf, type Steps } from '../steps.ts'
import type { Calendar } from '../time/calendar.ts'
import { asDay, type Day, type Instant } from '../time/instant.ts'
import { type ClockRule, type Due, dueOf, type Limit } from '../time/limit.ts'
import type { Item, Profile } from './law.ts'

export interface TwoLimits {
  readonly promise: Limit
  readonly statute: Limit
}

/** An acceptance day and where both limits run out from it. */
export interface TriedDay {
  readonly acceptedOn: Day
  readonly promiseDueOn: Day
  readonly statuteDueOn: Day
  /** Civil days by which the promise is later; below nought: earlier. 0 may be later by hours. */
  readonly byDays: number
  /** One of them rests on days that no notice covers yet (T13). */
  readonly provisional: boolean
}

export interface LaterOdds {
  readonly odds: 'never' | 'sometimes' | 'always'
  /** direct: told by the numbers, no day was tried. */
  readonly how: 'direct' | 'tried'
  readonly days: number
  readonly laterDays: number
  readonly first: TriedDay | null
  readonly mostDays: number
  /** The day on which the promise comes nearest to the statute, or goes farthest past it; null: none was tried. */
  readonly closest: TriedDay | null
}

const DIRECT_NEVER: LaterOdds = {
  odds: 'never',
  how: 'direct',
  days: 0,
  laterDays: 0,
  first: null,
  mostDays: 0,
  closest: null,
}

/** The limits an item is judged by, those of the law where it names none; null: there is nothing to compare (T10). */
export const limitsOfItem = (item: Item, profile: Profile): TwoLimits | null => {
  const promise = item.promise ?? (item.projectType === '1' ? profile.immediatePromise : null)
  const ofLaw = item.joint ? profile.jointStatute : profile.permitStatute
  const statute = item.statute ?? (item.itemType === '01' ? ofLaw : null)
  return promise === null || statute === null ? null : { promise, statute }
}

const hangsOnTheHour = ({ unit }: Limit): boolean => unit === 'H' || unit === '0'

/**
 * Acceptance instants of a day that between them show the latest promise and the earliest statute: within office hours
 * 即办 stands still while hours run, at closing it leaps to the next working day.
 */
const instantsOf = (calendar: Calendar, day: Day, { promise, statute }: TwoLimits): readonly Instant[] => {
  const start = calendar.startOf(day)
  if (!hangsOnTheHour(promise) && !hangsOnTheHour(statute)) return [start]
  const closing = calendar.closingOf(day)
  return [start, ...(closing === null ? [] : [closing]), calendar.endOf(day)]
}

interface Tried {
  readonly day: TriedDay
  readonly byMs: number
}

const tryDay = (calendar: Calendar, rule: ClockRule, limits: TwoLimits, day: Day): Tried => {
  let worst: Tried | null = null
  for (const start of instantsOf(calendar, day, limits)) {
    const dueBy = (limit: Limit): Due => dueOf(calendar, { start, limit, pauses: [], extendWorkDays: 0, rule })
    const promise = dueBy(limits.promise)
    const statute = dueBy(limits.statute)
    const byMs = promise.dueAt - statute.dueAt
    if (worst !== null && worst.byMs >= byMs) continue
    const due = { promiseDueOn: promise.dueOn, statuteDueOn: statute.dueOn }
    const provisional = promise.provisional || statute.provisional
    worst = { byMs, day: { acceptedOn: day, ...due, byDays: promise.dueOn - statute.dueOn, provisional } }
  }
  return worst as Tried
}

/** Days that are tried before the others have their turn: two due dates each, of up to three instants. */
const LOT_DAYS = LOT_ROWS

/** Over every acceptance day of the coverage. Costs two due dates a day: keep what it says. Stops after some days (I5). */
export function* oddsSteps(limits: TwoLimits, calendar: Calendar, rule: ClockRule): Steps<LaterOdds> {
  const { promise, statute } = limits
  // rolling over rest days never turns the order of two limits in one unit around
  if (promise.unit === statute.unit && promise.value <= statute.value) return DIRECT_NEVER
  const isFull = lotsOf(LOT_DAYS)
  let days = 0
  let laterDays = 0
  let first: TriedDay | null = null
  let closest: Tried | null = null
  let mostDays = 0
  for (let day = calendar.from; day <= calendar.to; day = asDay(day + 1)) {
    if (isFull()) yield
    const tried = tryDay(calendar, rule, limits, day)
    days++
    if (closest === null || tried.byMs > closest.byMs) closest = tried
    if (tried.byMs <= 0) continue
    laterDays++
    first ??= tried.day
    mostDays = Math.max(mostDays, tried.day.byDays)
  }
  const odds = laterDays === 0 ? 'never' : laterDays === days ? 'always' : 'sometimes'
  return { odds, how: 'tried', days, laterDays, first, mostDays, closest: closest?.day ?? null }
}

export const laterOdds = (...asked: Parameters<typeof oddsSteps>): LaterOdds => atOnce(oddsSteps(...asked))
