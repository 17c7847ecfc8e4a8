// A store with very many open cases, made through the real line; and what a fresh server needs to stand on it: time to
// the first answer, memory with the board served, memory after the clock's turns. Rules: J4, and the house's promise
// that a start costs nothing that grows with history and memory does not follow open cases.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { io } from 'socket.io-client'
import { makeCity } from '../../fixtures/city/catalogue.ts'
import { seededRandom } from '../../fixtures/city/random.ts'
import type { WallPatch, WallSnapshot } from '../../server/contract/live.ts'
import { LIVE_PROTOCOL } from '../../server/contract/vocabulary.ts'
import { parseInstant, printInstant } from '../../server/core/time/civil.ts'
import { asDay, asInstant, type Instant } from '../../server/core/time/instant.ts'
import { isTaken, type Rejection, type Taken, toFact } from '../../server/intake/fact.ts'
import { openAlone } from '../../server/office/alone.ts'
import { addKey } from '../../server/office/keys.ts'
import { enactCatalogue } from '../../server/office/law/enact.ts'
import { openKeys } from '../../server/store/sqlite/keys.ts'
import { beginLedger } from '../../server/store/sqlite/open.ts'
import { openRecords } from '../../server/store/sqlite/records.ts'
import { simulatedClock } from '../../server/supervision/clock.ts'
import type { Supervisor } from '../../server/supervision/supervisor.ts'
import { residentKb, type Served, startServer } from './process.ts'

/** A Tuesday afternoon before the long holiday: nothing runs out within the hour. */
export const FILLED_AT = parseInstant('2026-09-29T15:00:00+08:00') as Instant
export const SEED = 77
const BATCH_CASES = 1_000
/** Of so many cases one was accepted long ago: yellow and red cards, as a real hall has them. */
const LATE_SHARE = 0.01
const LATE_WORK_DAYS = 60
const RECENT_WORK_DAYS = 3
const LEAST_PROMISE_WORK_DAYS = 10

const promiseOf = (written: string | undefined): number => Number(/^(\d+)WD$/.exec(written ?? '')?.[1] ?? 0)

interface Made {
  readonly source: string
  readonly wire: Record<string, unknown>
}

/** RECEIVE and ACCEPT of case after case, accepted in the last days and due well ahead. */
function* openCases(supervisor: Supervisor, count: number): Generator<[Made, Made]> {
  const city = makeCity(SEED)
  const random = seededRandom(SEED, 'million')
  const calendar = supervisor.law.homeCalendar
  const matters = city.matters.filter((matter) => promiseOf(matter.row.promise) >= LEAST_PROMISE_WORK_DAYS)
  const today = calendar.dayOf(FILLED_AT)
  for (let n = 0; n < count; n++) {
    const { row, desk } = random.pick(matters)
    const back = random.chance(LATE_SHARE) ? LATE_WORK_DAYS : random.between(1, RECENT_WORK_DAYS)
    const on = calendar.addWorkDays(today, -back)
    const start = calendar.spansOf(asDay(on))[0]?.[0] ?? calendar.startOf(asDay(on))
    const at = (minutes: number) => printInstant(asInstant(start + minutes * 60_000), calendar.zone)
    const minute = random.below(150)
    const clerk = random.pick(desk.clerks)
    const projectNo = `M-${n}`
    const base = { project_no: projectNo, org_code: desk.org, window_no: desk.windowNo, task_code: row.task_code }
    const who = { operator_id: clerk.id, operator_name: clerk.name }
    const received = { event_id: `${projectNo}-1`, event_type: 'RECEIVE', occurred_at: at(minute), ...base, ...who }
    const accepted = { event_id: `${projectNo}-2`, event_type: 'ACCEPT', occurred_at: at(minute + 5), ...base, ...who }
    yield [
      { source: desk.source, wire: received },
      { source: desk.source, wire: accepted },
    ]
  }
}

const take = ({ source, wire }: Made): Taken => {
  const intake: Taken | Rejection = toFact(wire, { source, now: FILLED_AT, aheadMs: 0, historical: null })
  if (!isTaken(intake)) throw new Error(`${intake.code} ${intake.at} ${intake.detail}`)
  return intake
}

/** Fills a folder with so many open cases; `said` hears how far it is. */
export const fillOpenCases = async (folder: string, count: number, said: (cases: number) => void): Promise<void> => {
  const supervisor = await openAlone(folder, simulatedClock(FILLED_AT, 0))
  try {
    await enactCatalogue(supervisor, makeCity(SEED).catalogue, 'torture')
    let batch: Taken[] = []
    let under: Promise<unknown> = Promise.resolve()
    let cases = 0
    const send = async (): Promise<void> => {
      const items = batch
      batch = []
      const sent = supervisor.ingest(
        items,
        items.map(() => null),
        { source: null, by: 'torture' },
      )
      // one under way while the next is made
      await under
      under = sent.then((outcomes) => {
        const odd = outcomes.find(({ outcome }) => outcome !== 'accepted')
        if (odd !== undefined) throw new Error(`not accepted: ${JSON.stringify(odd)}`)
      })
    }
    for (const [received, accepted] of openCases(supervisor, count)) {
      batch.push(take(received), take(accepted))
      cases += 1
      if (cases % BATCH_CASES === 0) await send()
      if (cases % 50_000 === 0) said(cases)
    }
    if (batch.length > 0) await send()
    await under
    await supervisor.settled()
  } finally {
    await supervisor.close()
  }
}

export interface ManyReport {
  readonly cases: number
  readonly inHand: number
  readonly fillSeconds: number | null
  /** From the start of the process to the first 200 of /health. */
  readonly healthSeconds: number
  /** From the hello to the snapshot. */
  readonly snapshotSeconds: number
  /** Cases warned by the clock, all of them due at once. */
  readonly turned: number
  readonly turnSeconds: number
  readonly megabytes: { readonly started: number; readonly served: number; readonly turned: number }
}

export interface ManyOptions {
  readonly folder: string
  readonly cases: number
  readonly entry?: string | undefined
  /** Of the fresh server; default: days after the filling. */
  readonly clock?: string | undefined
  readonly said: (line: string) => void
}

/** Days later, so that warnings have fallen due meanwhile: very many turns at once, as after a machine that slept. */
const LATER = '2026-10-15T09:30:00+08:00x1'

/** After any day there is a case of. */
const EVER_DAY = 100_000

const casesIn = async (folder: string): Promise<number> => {
  const records = openRecords(folder)
  const { cases } = await records.head()
  await records.close()
  return cases
}

export const screenKey = async (folder: string): Promise<string> => {
  // keys are given for a ledger: it is there before the first of them (A6)
  beginLedger(folder)
  const rows = openKeys(folder)
  const { key } = await addKey(rows, { role: 'screen' }, 0)
  await rows.close()
  return key
}

export interface Watched {
  readonly snapshot: WallSnapshot
  readonly patches: WallPatch[]
  close(): void
}

export const watch = (url: string, token: string): Promise<Watched> =>
  new Promise((done, fail) => {
    const socket = io(url, { transports: ['websocket'], auth: { token }, reconnection: false })
    const patches: WallPatch[] = []
    socket.on('connect_error', fail)
    socket.on('wall:patch', (patch: WallPatch) => patches.push(patch))
    socket.on('connect', () => socket.emit('wall:hello', { protocol: LIVE_PROTOCOL, scope: 'all', cursor: null }))
    socket.on('wall:snapshot', (snapshot: WallSnapshot) =>
      done({ snapshot, patches, close: () => void socket.disconnect() }),
    )
  })

interface Health {
  readonly now: string
  readonly next_turn_at: string | null
  readonly status: string
}

const healthOf = async ({ url }: Served): Promise<Health> => {
  const answer = await fetch(`${url}/health`)
  if (answer.status !== 200) throw new Error(`/health answered ${answer.status}`)
  return (await answer.json()) as Health
}

/** Resolves when no turn is due any more. */
const untilTurned = async (served: Served): Promise<void> => {
  for (;;) {
    const { now, next_turn_at: next } = await healthOf(served)
    if (next === null || Date.parse(next) > Date.parse(now)) return
  }
}

const megabytes = ({ pid }: Served): number => Math.round((residentKb(pid) ?? 0) / 1024)
const seconds = (from: number): number => Math.round(performance.now() - from) / 1000

/** Fills a folder where it is empty, starts a fresh server on it, and measures. */
export const startOnMany = async (options: ManyOptions): Promise<ManyReport> => {
  const { folder, cases, entry, said, clock = LATER } = options
  let from = performance.now()
  const isFull = existsSync(join(folder, 'ledger.sqlite'))
  if (!isFull) await fillOpenCases(folder, cases, (n) => said(`${n} cases, ${seconds(from)} s`))
  const fillSeconds = isFull ? null : seconds(from)
  const token = await screenKey(folder)
  from = performance.now()
  const served = await startServer({ folder, entry, clock }).ready
  try {
    await healthOf(served)
    const healthSeconds = seconds(from)
    const started = megabytes(served)
    const turning = performance.now()
    from = performance.now()
    const watched = await watch(served.url, token)
    const snapshotSeconds = seconds(from)
    const shown = megabytes(served)
    await untilTurned(served)
    const turnSeconds = seconds(turning)
    const after = megabytes(served)
    const records = openRecords(folder)
    const sums = await records.totals('department', 0, EVER_DAY)
    const turned = sums.reduce((sum, { kind, n }) => (kind === 'warning' ? sum + n : sum), 0)
    await records.close()
    watched.close()
    const { in_hand: inHand } = watched.snapshot.board.figures
    const figures = { started, served: shown, turned: after }
    return {
      cases: await casesIn(folder),
      inHand,
      fillSeconds,
      healthSeconds,
      snapshotSeconds,
      turned,
      turnSeconds,
      megabytes: figures,
    }
  } finally {
    await served.stop()
    await served.kill()
  }
}
