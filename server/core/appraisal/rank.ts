// Plain ranking (R1 first sentence, R3): timeliness, then fewer reds, then fewer yellows, then a shared place. Pure.
// Timeliness is compared as crossed products of whole counts, so equal is exactly equal; no quotient is ever compared.
// The interval beside a rate (R2) is for reading; it never decides a place here.

import type { RedFlagShare, Scheme } from './scheme.ts'

/** What a unit is ranked by, in a period. */
export interface Standing {
  readonly key: string
  readonly onTime: number
  readonly late: number
  readonly overdueInHand: number
  readonly reds: number
  readonly yellows: number
  /** May carry the red flag: a window, not a back office or a department. */
  readonly eligible: boolean
}

export type Unranked = 'no_cases' | 'few_cases'

export interface Interval {
  readonly low: number
  readonly high: number
}

export interface Ranked<S extends Standing> {
  readonly standing: S
  /** 1, 2, 2, 4; null: not ranked. */
  readonly place: number | null
  /** Cases in the denominator: on time, late, overdue in hand. */
  readonly counted: number
  readonly unranked: Unranked | null
  /** Wilson interval of timeliness; null without a case. */
  readonly interval: Interval | null
  /** At the top without a red card: a candidate for the red flag, nothing more. */
  readonly candidate: boolean
}

export const countedOf = (row: Pick<Standing, 'onTime' | 'late' | 'overdueInHand'>): number =>
  row.onTime + row.late + row.overdueInHand

/** Wilson score interval of `part` in `whole` (R2): sound for few cases and for rates near 0 and 1. */
export const wilsonInterval = (part: number, whole: number, z: number): Interval | null => {
  if (whole === 0) return null
  const p = part / whole
  const z2 = z * z
  const centre = (p + z2 / (2 * whole)) / (1 + z2 / whole)
  const half = (z / (1 + z2 / whole)) * Math.sqrt((p * (1 - p)) / whole + z2 / (4 * whole * whole))
  return {
    low: part === 0 ? 0 : Math.max(0, centre - half),
    high: part === whole ? 1 : Math.min(1, centre + half),
  }
}

/** Below zero: `a` stands before `b`. Whole counts up to ninety million stay exact. */
export const compareStandings = (a: Standing, b: Standing): number =>
  b.onTime * countedOf(a) - a.onTime * countedOf(b) || a.reds - b.reds || a.yellows - b.yellows

const byKey = (a: Standing, b: Standing): number => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)

const seatsOf = (share: RedFlagShare, ranked: number): number =>
  'number' in share ? share.number : Math.floor((share.sharePercent * ranked + 99) / 100)

/**
 * The candidates: of the eligible rows without a red card, in their order, as many as the scheme seats (a share of all
 * eligible ranked rows, rounded up), and those who share the place of the last of them.
 */
const candidatesOf = (ordered: readonly Standing[], share: RedFlagShare): ReadonlySet<Standing> => {
  const eligible = ordered.filter((row) => row.eligible)
  const clean = eligible.filter((row) => row.reds === 0)
  const seats = seatsOf(share, eligible.length)
  const last = clean[Math.min(seats, clean.length) - 1]
  return new Set(last === undefined ? [] : clean.filter((row) => compareStandings(row, last) <= 0))
}

/** Ranked rows by place (rows of one place by key), then those without a place: few cases, then none; each by key. */
export const rankRows = <S extends Standing>(rows: readonly S[], scheme: Scheme): Ranked<S>[] => {
  const ordered = rows
    .filter((row) => countedOf(row) >= scheme.minimumCases)
    .sort((a, b) => compareStandings(a, b) || byKey(a, b))
  const candidates = candidatesOf(ordered, scheme.redFlag)
  let place = 0
  const ranked = ordered.map((standing, i): Ranked<S> => {
    const before = ordered[i - 1]
    if (before === undefined || compareStandings(before, standing) !== 0) place = i + 1
    return { ...readingOf(standing, scheme), place, unranked: null, candidate: candidates.has(standing) }
  })
  const rest = rows
    .filter((row) => countedOf(row) < scheme.minimumCases)
    .sort((a, b) => Number(countedOf(a) === 0) - Number(countedOf(b) === 0) || byKey(a, b))
    .map((standing): Ranked<S> => {
      const unranked = countedOf(standing) === 0 ? 'no_cases' : 'few_cases'
      return { ...readingOf(standing, scheme), place: null, unranked, candidate: false }
    })
  return [...ranked, ...rest]
}

const readingOf = <S extends Standing>(standing: S, scheme: Scheme) => {
  const counted = countedOf(standing)
  return { standing, counted, interval: wilsonInterval(standing.onTime, counted, scheme.confidenceZ) }
}
