// `mingjing bench ingest`: durable events a second over HTTP, a server in a process of its own and the load in this one, beside
// a fixed baseline before, between and after, and beside another checkout where one is named. With the clock that follows
// the events, as a house lives, and with one after all of them, where each open case is overdue at once.

import { rmSync } from 'node:fs'
import { parseInstant } from '../../core/time/civil.ts'
import { asInstant } from '../../core/time/instant.ts'
import { watchLedger } from '../../store/sqlite/watched.ts'
import { baseline } from './baseline.ts'
import { figureOf, type IngestReport, type Leg, type Taken } from './figures.ts'
import { benchCity, cityRows, type Lot, lotsOf, type Row } from './rows.ts'
import { type Sent, send } from './send.ts'
import { type Begun, commandIn, ownCommand, type Prepared, prepare, type Served, serve } from './served.ts'

export interface IngestAsked {
  readonly rows: number
  /** In requests of 500, and in requests of one, of each round. */
  readonly events: number
  readonly singles: number
  /** In requests of 500 before anything is measured: code that runs often is compiled again meanwhile. */
  readonly warm: number
  readonly rounds: number
  readonly clocks: readonly Leg['clock'][]
  /** Folder of another checkout, built by the caller; null: none. */
  readonly beside: string | null
  readonly said: (line: string) => void
}

const CONNECTIONS = 8
const PAGES_SINGLES = 400
const PAGES_EVENTS = 4_000
const SPARE = PAGES_SINGLES + PAGES_EVENTS
/** After everything that is sent. */
const AFTER = parseInstant('2027-12-31T00:00:00+08:00') ?? asInstant(0)
/** How far the clock goes at a step: it stands so far after what is sent, at most. */
const STEP_MS = 60_000

type Before = (lot: Lot) => Promise<void> | null

/** The clock of the server is moved before an event is sent that it would not have reached. */
const following = (served: Served): Before => {
  let told = 0
  let setting: Promise<void> = Promise.resolve()
  return ({ sendAt }) => {
    if (sendAt > told) {
      told = sendAt + STEP_MS
      const at = told
      setting = setting.then(() => served.setClock(at))
    }
    return setting
  }
}

interface Course {
  readonly served: Served
  readonly before: Before
}

const take = async ({ served, before }: Course, lots: readonly Lot[], baseline: number): Promise<Taken> => {
  const watched = watchLedger(served.folder)
  try {
    const from = { ...watched.stand(), cpu: served.cpu() }
    const sent: Sent = await send(served.door, lots, { connections: CONNECTIONS, before })
    const to = { ...watched.stand(), cpu: served.cpu() }
    const perSecond = sent.accepted / sent.seconds
    return {
      perSecond,
      ratio: perSecond / baseline,
      eventsACommit: sent.accepted / (to.commits - from.commits),
      cpuMs: ((to.cpu - from.cpu) * 1000) / sent.accepted,
    }
  } finally {
    watched.close()
  }
}

/** Pages that each of these requests put into the log, one after the other. */
const pagesOf = async ({ served, before }: Course, lots: readonly Lot[]): Promise<number[]> => {
  const watched = watchLedger(served.folder)
  const pages: number[] = []
  try {
    watched.hold()
    let last = watched.logPages()
    for (const lot of lots) {
      await send(served.door, [lot], { connections: 1, before })
      const now = watched.logPages()
      pages.push(now - last)
      last = now
    }
    watched.free()
    return pages
  } finally {
    watched.close()
  }
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0)

interface Round {
  readonly begun: Begun
  readonly prepared: Prepared
  readonly side: Leg['side']
  readonly clock: Leg['clock']
  /** Rows a second. */
  readonly baseline: number
}

const runLeg = async (asked: IngestAsked, rows: readonly Row[], round: Round): Promise<Leg> => {
  const served = await serve(round.begun, round.prepared)
  try {
    const before = round.clock === 'following' ? following(served) : (): null => null
    if (round.clock === 'after') await served.setClock(AFTER)
    const course: Course = { served, before }
    let from = 0
    const next = (count: number, size: number): Lot[] => {
      from += count
      return lotsOf(rows.slice(from - count, from), size)
    }
    await send(served.door, next(asked.warm, 500), { connections: CONNECTIONS, before })
    const batches = await take(course, next(asked.events, 500), round.baseline)
    const singles = await take(course, next(asked.singles, 1), round.baseline)
    const ofSingles = await pagesOf(course, next(PAGES_SINGLES, 1))
    const ofBatches = await pagesOf(course, next(PAGES_EVENTS, 500))
    return {
      side: round.side,
      clock: round.clock,
      batches,
      singles,
      pagesOfOne: figureOf(ofSingles).median,
      pagesOfSingle: sum(ofSingles) / PAGES_SINGLES,
      pagesInBatch: sum(ofBatches) / PAGES_EVENTS,
    }
  } finally {
    await served.end()
  }
}

const legLine = ({ side, clock, batches, singles }: Leg): string =>
  `${side.padEnd(6)} ${clock.padEnd(9)}  500: ${Math.round(batches.perSecond)}/s ratio ${batches.ratio.toFixed(3)} ` +
  `${batches.cpuMs.toFixed(3)} ms   1: ${Math.round(singles.perSecond)}/s ${singles.eventsACommit.toFixed(1)} a commit ${singles.cpuMs.toFixed(3)} ms`

interface Side {
  readonly side: Leg['side']
  readonly begun: Begun
  readonly prepared: Prepared
}

/** @returns what was measured; the caller says whether it is void, and what is missed */
export const benchIngest = async (asked: IngestAsked): Promise<IngestReport> => {
  const city = benchCity()
  const rows = cityRows(city, asked.warm + asked.events + asked.singles + SPARE)
  const sides: Side[] = []
  try {
    const commands: [Leg['side'], Begun][] = [['here', ownCommand()]]
    if (asked.beside !== null) commands.push(['beside', commandIn(asked.beside)])
    for (const [side, begun] of commands) sides.push({ side, begun, prepared: await prepare(begun, city) })
    const baselines: number[] = []
    const measureBaseline = (): number => {
      const rate = baseline(rows, asked.rows)
      baselines.push(rate)
      asked.said(`baseline ${Math.round(rate)} rows/s`)
      return rate
    }
    const legs: Leg[] = []
    let last = measureBaseline()
    for (let round = 0; round < asked.rounds; round++) {
      const fresh: Leg[] = []
      for (const clock of asked.clocks)
        for (const side of sides) {
          const leg = await runLeg(asked, rows, { ...side, clock, baseline: last })
          fresh.push(leg)
        }
      const next = measureBaseline()
      const scale = last / ((last + next) / 2)
      const rated = (taken: Taken): Taken => ({ ...taken, ratio: taken.ratio * scale })
      for (const leg of fresh) {
        legs.push({ ...leg, batches: rated(leg.batches), singles: rated(leg.singles) })
        asked.said(legLine(legs[legs.length - 1] as Leg))
      }
      last = next
    }
    return { baselineRows: asked.rows, baselines, events: asked.events, singles: asked.singles, legs }
  } finally {
    for (const { prepared } of sides) rmSync(prepared.folder, { recursive: true, force: true })
  }
}
