// `mingjing bench due`: due dates a second of the time law's engine, for 20 working days with two pauses over three
// calendar years, beside a plain loop that walks day by day, in the same run and on one core. Seeded questions; both
// must give the same answers before anything is timed. The loop shares no line with the engine. Rule: T15.

import { performance } from 'node:perf_hooks'
import { type Random, seededRandom } from '../../fixtures/city/random.ts'
import { buildLaw } from '../core/law/build.ts'
import cnCalendar from '../core/law/data/cn.calendar.json' with { type: 'json' }
import type { Calendar } from '../core/time/calendar.ts'
import { parseDay, printInstant } from '../core/time/civil.ts'
import { asDay, asInstant, type Day, type Instant } from '../core/time/instant.ts'
import { type ClockInput, DEFAULT_CLOCK_RULE, dueOf } from '../core/time/limit.ts'
import type { Span } from '../core/time/run.ts'

export interface DueBenchReport {
  readonly dates: number
  readonly enginePerSecond: number
  readonly loopPerSecond: number
  /** The engine against the loop of the same run. */
  readonly ratio: number
  /** Questions on which the two differ, the first few in words: there must be none. */
  readonly differing: number
  readonly differences: readonly string[]
}

export interface DueBenchOptions {
  /** Due dates that each of the two finds while it is timed. */
  readonly dates: number
  /** In place of the engine, for a test that the comparison can fail. */
  readonly engine?: typeof dueOf
}

const SEED = 15
const LIMIT = { unit: 'WD', value: 20 } as const
/** Different questions; beyond so many they come round again. */
const QUESTIONS = 100_000
const YEARS = 3
const MINUTES = 1_440
const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const SHOWN = 5

/** Two pauses near an acceptance: before the end, over it, behind it, apart, touching or one over the other. */
const pauseNear = (random: Random, start: Instant): Span => {
  const from = start + random.between(-2 * MINUTES, 45 * MINUTES) * MINUTE_MS
  return { from: asInstant(from), to: asInstant(from + random.below(25 * MINUTES) * MINUTE_MS) }
}

/** Questions whose acceptances lie in the three calendar years before the last one that a notice covers. */
const questionsOf = (calendar: Calendar, count: number): ClockInput[] => {
  const random = seededRandom(SEED, 'bench due')
  const lastYear = Number(printInstant(calendar.startOf(calendar.to), calendar.zone).slice(0, 4)) - 1
  const first = parseDay(`${lastYear - YEARS + 1}-01-01`) as Day
  const last = parseDay(`${lastYear}-12-31`) as Day
  return Array.from({ length: count }, () => {
    const on = asDay(random.between(first, last))
    const start = calendar.zone.at(on, random.between(9 * 60, 17 * 60))
    const pauses = [pauseNear(random, start), pauseNear(random, start)]
    return { start, limit: LIMIT, pauses, extendWorkDays: 0, rule: DEFAULT_CLOCK_RULE }
  })
}

const OFFSET_MS = 8 * 3_600_000
const dayIn = (at: number): number => Math.floor((at + OFFSET_MS) / DAY_MS)

/** The plain way: from day to day, asking of each whether it works and whether a pause stands over it. */
const makeLoop = (): ((input: ClockInput) => number) => {
  const listed = new Map(cnCalendar.days.map(({ on, kind }) => [parseDay(on) as number, kind]))
  const works = (day: number): boolean => {
    const kind = listed.get(day)
    // 1970-01-01 was a Thursday
    return kind === undefined ? (day + 3) % 7 < 5 : kind === 'work'
  }
  /** The day of resumption on which a pause begun by then lets go; the day itself where none stands. */
  const waited = (due: number, pauses: readonly Span[]): number => {
    for (const { from, to } of pauses) {
      if (dayIn(from) > due || dayIn(to) <= due) continue
      let day = dayIn(to)
      while (!works(day)) day++
      return waited(day, pauses)
    }
    return due
  }
  return ({ start, limit, pauses }) => {
    const accepted = dayIn(start)
    let day = accepted
    for (let used = 0; used < limit.value; ) {
      day++
      if (!works(day)) continue
      let stands = false
      // the first day of a pause counts as used, its last one does not
      for (const { from, to } of pauses) if (Math.max(dayIn(from), accepted) < day && day <= dayIn(to)) stands = true
      if (!stands) used++
    }
    return (waited(day, pauses) + 1) * DAY_MS - OFFSET_MS - 1
  }
}

/** Due dates a second, over the questions again and again. */
const timed = (questions: readonly ClockInput[], dates: number, due: (input: ClockInput) => number): number => {
  let sum = 0
  const from = performance.now()
  for (let done = 0, i = 0; done < dates; done++) {
    sum += due(questions[i] as ClockInput)
    i = i + 1 === questions.length ? 0 : i + 1
  }
  const seconds = (performance.now() - from) / 1000
  // the sum is asked for, so that nothing of the work can be left out
  return Number.isFinite(sum) ? dates / seconds : Number.NaN
}

export const benchDue = ({ dates, engine = dueOf }: DueBenchOptions): DueBenchReport => {
  const calendar = buildLaw([]).homeCalendar
  const questions = questionsOf(calendar, Math.min(dates, QUESTIONS))
  const loop = makeLoop()
  const byEngine = (input: ClockInput): number => engine(calendar, input).dueAt
  const told = (at: number): string => printInstant(asInstant(at), calendar.zone)
  const differences: string[] = []
  let differing = 0
  for (const input of questions) {
    const [found, walked] = [byEngine(input), loop(input)]
    if (found === walked) continue
    differing += 1
    if (differences.length < SHOWN) {
      const pauses = input.pauses.map(({ from, to }) => `${told(from)}..${told(to)}`).join(', ')
      differences.push(`${told(input.start)} 20WD [${pauses}]: ${told(found)}, ${told(walked)}`)
    }
  }
  const loopPerSecond = timed(questions, dates, loop)
  const enginePerSecond = timed(questions, dates, byEngine)
  return { dates, enginePerSecond, loopPerSecond, ratio: enginePerSecond / loopPerSecond, differing, differences }
}
