// The end of a day over very many open cases, while requests keep coming (J4, I5): at closing tens of thousands of turns come
// due at once, at midnight the wall reads the sums of another day. Events in batches and alone, /health, a case and a list of
// cards, each with the time it waited before, while turns are taken and sums are read, and after.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Load } from './load.ts'
import { fillOpenCases, screenKey, watch } from './million.ts'
import { residentKb, startServer } from './process.ts'
import { makeKeys, type Part, partOf, type Waits, watchMachine } from './waits.ts'

export interface MidnightOptions {
  readonly folder: string
  readonly cases: number
  readonly entry?: string | undefined
  /** Shortly before a full hour at which something comes due. */
  readonly clock?: string | undefined
  readonly said: (line: string) => void
}

export interface MidnightReport {
  readonly cases: number
  /** Until no turn is due any more. */
  readonly turnSeconds: number
  readonly machine: Readonly<Record<Part, { readonly p99: number; readonly max: number }>>
  readonly waits: Readonly<Record<Part, Waits & { readonly by: Readonly<Record<string, Waits>> }>>
  readonly refused: readonly string[]
  readonly megabytes: number
  readonly patches: number
}

/** Events answered within so many ms, of a hundred ninety-nine (B3). */
export const EVENTS_P99_MS = 50

/** Half a minute before a closing at which one case of six is warned. */
const CLOCK = '2026-10-12T16:59:20+08:00x1'
const HOUR_MS = 3_600_000
/** After the hour, at least: what it brings may come a moment later. */
const LEAST_MS = 10_000
const CALM_MS = 15_000
const LOOK_MS = 100
/** A server that has just started compiles what it runs for the first time. */
const WARM_MS = 10_000

interface Health {
  readonly now: string
  readonly next_turn_at: string | null
}

const moment = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))

const healthOf = async (url: string): Promise<Health> => (await (await fetch(`${url}/health`)).json()) as Health
const isTurned = ({ now, next_turn_at: next }: Health): boolean => next === null || Date.parse(next) > Date.parse(now)

const untilTurned = async (url: string): Promise<void> => {
  while (!isTurned(await healthOf(url))) await moment(LOOK_MS)
}

export const overMidnight = async (options: MidnightOptions): Promise<MidnightReport> => {
  const { folder, cases, entry, said, clock = CLOCK } = options
  if (!existsSync(join(folder, 'ledger.sqlite'))) await fillOpenCases(folder, cases, (n) => said(`${n} cases`))
  const keys = await makeKeys(folder)
  const screen = await screenKey(folder)
  const served = await startServer({ folder, entry, clock }).ready
  const { url } = served
  try {
    const watched = await watch(url, screen)
    await untilTurned(url)
    const load = new Load({ url, keys }, cases)
    await moment(WARM_MS)
    load.samples.length = 0
    const lag = watchMachine()
    const hour = Math.ceil(Date.parse((await healthOf(url)).now) / HOUR_MS) * HOUR_MS
    while (Date.parse((await healthOf(url)).now) < hour - LOOK_MS) await moment(LOOK_MS)
    const from = performance.now()
    const before = lag()
    await moment(LEAST_MS / 2)
    await untilTurned(url)
    const turnSeconds = Math.round(performance.now() - from) / 1_000
    said(`turned in ${turnSeconds} s`)
    await moment(Math.max(0, from + LEAST_MS - performance.now()))
    const to = performance.now()
    const during = lag()
    const megabytes = Math.round((residentKb(served.pid) ?? 0) / 1_024)
    await moment(CALM_MS)
    await load.stop()
    watched.close()
    const { samples, refused } = load
    return {
      cases,
      turnSeconds,
      machine: { before, during, after: lag() },
      waits: {
        before: partOf(samples.filter((sample) => sample.to < from)),
        during: partOf(samples.filter((sample) => sample.to >= from && sample.from <= to)),
        after: partOf(samples.filter((sample) => sample.from > to)),
      },
      refused: (await served.stop()) === 0 ? refused : [...refused, 'the server did not stop cleanly'],
      megabytes,
      patches: watched.patches.length,
    }
  } finally {
    await served.kill()
  }
}
