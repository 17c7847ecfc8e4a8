// A new law over very many open cases, while requests keep coming (J6): events in batches and alone, /health, a case,
// a list of cards, each with the time it waited, before the new calendar, while every case is judged again, and after.
// Then everything answered is in the store, every case is of the new law, recount and ledger are clean. The load is the
// same in all three parts: what the machine itself does to a request shows in the first and the last of them.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import cnCalendar from '../../server/core/law/data/cn.calendar.json' with { type: 'json' }
import { openRecords } from '../../server/store/sqlite/records.ts'
import { examine } from './kill.ts'
import { type Door, Load } from './load.ts'
import { fillOpenCases, screenKey, watch } from './million.ts'
import { startServer } from './process.ts'
import { makeKeys, type Part, partOf, type Waits, watchMachine } from './waits.ts'

export interface RejudgeOptions {
  readonly folder: string
  readonly cases: number
  readonly entry?: string | undefined
  /** Milliseconds of load before the new law and after it: for long tails to compare, as long as the law takes. */
  readonly calmMs: number
  readonly said: (line: string) => void
}

export interface RejudgeReport {
  readonly cases: number
  /** Cases of before whose due instant the new law moved. */
  readonly moved: number
  /** From sending the catalogue to the last case. */
  readonly rejudgeSeconds: number
  /** How long one slice held the line at most: what a request waited for judging again itself. */
  readonly longestSliceMs: number
  /** Milliseconds by which this process, which does next to nothing, was itself kept waiting: what the machine does. */
  readonly machine: Readonly<Record<Part, { readonly p99: number; readonly max: number }>>
  readonly waits: Readonly<Record<Part, Waits & { readonly by: Readonly<Record<string, Waits>> }>>
  /** Events answered `accepted` while cases were being judged again. */
  readonly acceptedMeanwhile: number
  /** What a wall was told. */
  readonly patches: number
  /** Everything below should be empty or 0. */
  readonly refused: readonly string[]
  readonly lost: number
  readonly ofOtherLaw: number
  readonly findings: readonly string[]
}

const CLOCK = '2026-09-29T15:20:00+08:00x1'
/** A Monday in the days before which most of the cases run out. */
const HOLIDAY = '2026-10-12'

const moment = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))

/** The calendar in force with one day more off: every limit that runs over it ends a working day later. */
const NEW_LAW = {
  catalogue: '增加一天放假',
  valid_from: '2026-01-01',
  calendars: [{ ...cnCalendar, days: [...cnCalendar.days, { on: HOLIDAY, kind: 'off', name: '全市停工' }] }],
}

const SLICE = 1_000

/** Law and due instant of every case. */
const standingsOf = async (folder: string): Promise<Map<string, readonly [law: number, dueAt: number | null]>> => {
  const records = openRecords(folder)
  const found = new Map<string, readonly [number, number | null]>()
  for (let after = ''; ; ) {
    const rows = await records.stale(-1, -1, after, SLICE)
    for (const { row } of rows) found.set(row.projectNo, [row.law, row.dueAt])
    const last = rows[rows.length - 1]
    if (last === undefined) break
    after = last.row.projectNo
  }
  await records.close()
  return found
}

/** Events answered `accepted` that are not in the store. */
const lostOf = async (folder: string, accepted: Load['accepted']): Promise<number> => {
  const records = openRecords(folder)
  const facts = await records.factsOfMany([...new Set([...accepted.values()].map(({ projectNo }) => projectNo))])
  await records.close()
  const kept = new Set([...facts.values()].flat().map(({ eventId }) => eventId))
  return [...accepted.keys()].filter((id) => !kept.has(id)).length
}

interface Loaded {
  readonly load: Load
  readonly from: number
  readonly to: number
  readonly law: number
  readonly machine: RejudgeReport['machine']
}

const LOOK_MS = 50
/** A server that has just started compiles what it runs for the first time: what it answers meanwhile tells nothing. */
const WARM_MS = 10_000
/** The load, and in the midst of it the new law. */
const loadOver = async (door: Door, options: RejudgeOptions): Promise<Loaded> => {
  const { cases, calmMs, said } = options
  const load = new Load(door, cases)
  await moment(Math.min(WARM_MS, calmMs))
  load.samples.length = 0
  const lag = watchMachine()
  await moment(calmMs)
  const before = lag()
  const from = performance.now()
  const answer = JSON.parse(await load.ask('catalogue', '/api/v1/catalogue', JSON.stringify(NEW_LAW))) as {
    entry: number
  }
  said(`law ${answer.entry} is in force`)
  while (load.health === null || load.health.law !== answer.entry || load.health.rejudging) await moment(LOOK_MS)
  const to = performance.now()
  const during = lag()
  said(`judged again in ${Math.round((to - from) / 100) / 10} s`)
  await moment(calmMs)
  await load.stop()
  return { load, from, to, law: answer.entry, machine: { before, during, after: lag() } }
}

export const rejudgeUnderLoad = async (options: RejudgeOptions): Promise<RejudgeReport> => {
  const { folder, cases, entry, said } = options
  if (!existsSync(join(folder, 'ledger.sqlite'))) await fillOpenCases(folder, cases, (n) => said(`${n} cases`))
  const keys = await makeKeys(folder)
  const screen = await screenKey(folder)
  const standings = await standingsOf(folder)
  const served = await startServer({ folder, entry, clock: CLOCK }).ready
  try {
    const watched = await watch(served.url, screen)
    const { load, from, to, law, machine } = await loadOver({ url: served.url, keys }, options)
    watched.close()
    const code = await served.stop()
    const { samples, refused, accepted } = load
    const now = await standingsOf(folder)
    const moved = [...standings].filter(([no, [, dueAt]]) => now.get(no)?.[1] !== dueAt).length
    const { findings, cardFaults } = await examine(folder)
    return {
      cases: now.size,
      moved,
      rejudgeSeconds: Math.round(to - from) / 1000,
      longestSliceMs: load.health?.longest_slice_ms ?? 0,
      machine,
      waits: {
        before: partOf(samples.filter((sample) => sample.to < from)),
        during: partOf(samples.filter((sample) => sample.to >= from && sample.from <= to)),
        after: partOf(samples.filter((sample) => sample.from > to)),
      },
      acceptedMeanwhile: [...accepted.values()].filter(({ at }) => at >= from && at <= to).length,
      patches: watched.patches.length,
      refused: code === 0 ? refused : [...refused, 'the server did not stop cleanly'],
      lost: await lostOf(folder, accepted),
      ofOtherLaw: [...now.values()].filter(([of]) => of !== law).length,
      findings: [...findings, ...cardFaults],
    }
  } finally {
    await served.kill()
  }
}
