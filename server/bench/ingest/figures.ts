// Median and spread of what was measured several times; when a run says nothing (void); what must hold.

export interface Figure {
  readonly median: number
  /** (largest − smallest) / median. */
  readonly spread: number
}

export const figureOf = (values: readonly number[]): Figure => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const [low = Number.NaN, high = Number.NaN] =
    sorted.length % 2 === 1 ? [sorted[middle], sorted[middle]] : [sorted[middle - 1], sorted[middle]]
  const median = (low + high) / 2
  return { median, spread: ((sorted[sorted.length - 1] ?? Number.NaN) - (sorted[0] ?? Number.NaN)) / median }
}

/** Above this spread a rate says nothing about the code: the machine was at something else. */
export const MOST_SPREAD = 0.2

/** What one round of one server showed. */
export interface Leg {
  readonly side: 'here' | 'beside'
  readonly clock: 'following' | 'after'
  /** Requests of 500 events over 8 connections. */
  readonly batches: Taken
  /** Requests of one event over 8 connections. */
  readonly singles: Taken
  /** Log pages of a commit of one event, one after the other: the median; and of an event with all that comes in pauses. */
  readonly pagesOfOne: number
  readonly pagesOfSingle: number
  readonly pagesInBatch: number
}

export interface Taken {
  readonly perSecond: number
  /** Against the mean of the baselines before and after. */
  readonly ratio: number
  readonly eventsACommit: number
  /** CPU of the server, milliseconds an event. */
  readonly cpuMs: number
}

export interface IngestReport {
  readonly baselineRows: number
  readonly baselines: readonly number[]
  readonly events: number
  readonly singles: number
  readonly legs: readonly Leg[]
}

export type Measure = (leg: Leg) => number

export const figure = ({ legs }: IngestReport, side: Leg['side'], clock: Leg['clock'], measure: Measure): Figure =>
  figureOf(legs.filter((leg) => leg.side === side && leg.clock === clock).map(measure))

const single: Measure = ({ singles }) => singles.perSecond

/** Single events a second against those of the other checkout, round by round; null: there is none. */
export const besideOf = (report: IngestReport, clock: Leg['clock']): Figure | null => {
  const of = (side: Leg['side']): number[] =>
    report.legs.filter((leg) => leg.side === side && leg.clock === clock).map(single)
  const [here, beside] = [of('here'), of('beside')]
  if (beside.length === 0 || beside.length !== here.length) return null
  return figureOf(here.map((rate, i) => rate / (beside[i] as number)))
}

/** Rates whose spread is above the bound, each in words; a run with any is void. */
export const voidBy = (report: IngestReport): string[] => {
  const found: string[] = []
  const look = (name: string, { spread }: Figure): void => {
    if (spread > MOST_SPREAD) found.push(`${name} ${Math.round(spread * 100)} %`)
  }
  look('baseline', figureOf(report.baselines))
  const kinds = new Set(report.legs.map(({ side, clock }) => `${side} ${clock}`))
  for (const kind of kinds) {
    const [side, clock] = kind.split(' ') as [Leg['side'], Leg['clock']]
    look(
      `${kind} 500`,
      figure(report, side, clock, ({ batches }) => batches.perSecond),
    )
    look(`${kind} 1`, figure(report, side, clock, single))
  }
  return found
}

interface Limit {
  readonly name: string
  readonly measure: Measure
  readonly least?: number
  readonly most?: number
}

/** With the clock following. */
export const LIMITS: readonly Limit[] = [
  { name: 'batches of 500 against the baseline', measure: ({ batches }) => batches.ratio, least: 0.25 },
  { name: 'single events a commit', measure: ({ singles }) => singles.eventsACommit, least: 6 },
  { name: 'log pages of a commit of one event', measure: ({ pagesOfOne }) => pagesOfOne, most: 10 },
  { name: 'server CPU of a single event, ms', measure: ({ singles }) => singles.cpuMs, most: 0.8 },
]
const LEAST_BESIDE = 1.35

/** Limits that are not held, each in words. */
export const missedBy = (report: IngestReport): string[] => {
  const missed: string[] = []
  for (const { name, measure, least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY } of LIMITS) {
    const { median } = figure(report, 'here', 'following', measure)
    if (median < least) missed.push(`${name}: ${median.toFixed(3)} < ${least}`)
    if (median > most) missed.push(`${name}: ${median.toFixed(3)} > ${most}`)
  }
  const beside = besideOf(report, 'following')
  if (beside !== null && beside.median < LEAST_BESIDE)
    missed.push(`single events against the other checkout: ${beside.median.toFixed(2)} < ${LEAST_BESIDE}`)
  return missed
}
