// `mingjing bench guard` (I5): no single request, event or question of anybody's holds the others for more than 100 ms. A server
// in a process of its own, a probe in another, the loads from this one. A loaded machine is noise: what an idle server takes,
// what a bare one takes meanwhile and how much of a wait the server was at work is measured and told beside it.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeCity } from '../../../fixtures/city/catalogue.ts'
import { playCity } from '../../../fixtures/city/play.ts'
import { buildLaw } from '../../core/law/build.ts'
import { parseInstant } from '../../core/time/civil.ts'
import { asInstant } from '../../core/time/instant.ts'
import { addKey } from '../../office/keys.ts'
import { openKeys } from '../../store/sqlite/keys.ts'
import { beginLedger } from '../../store/sqlite/open.ts'
import { addressOf, type Child, startOwn } from './child.ts'
import { type Door, JSON_TYPE, post } from './door.ts'
import type { Load } from './load.ts'
import { loadsOf } from './loads.ts'
import { openProbe, type Probe, type Waits } from './probe.ts'
import { fillForSweep, sweepOf } from './sweep.ts'
import type { Route } from './sweep-asked.ts'

/** Nobody may hold the others for longer, in ms. */
export const HELD_MS = 100

export interface Row extends Waits {
  readonly name: string
  /** The longest turn of the server's loop, ms at work: for so long nobody else had one. */
  readonly turn: number
  readonly said: string
  readonly seconds: number
  readonly held: boolean
}

export interface GuardReport {
  readonly limitMs: number
  readonly rows: readonly Row[]
}

const SEED = 10
const START = parseInstant('2026-03-02T08:00:00+08:00') ?? asInstant(0)
/** After everything that is sent. */
const CLOCK = '2027-12-31T00:00:00+08:00x1'
const IDLE_MS = 3_000
const SOURCES = ['s0', 's1', 's2', 's3', 's4', 's9']

const makeKeys = async (folder: string): Promise<Record<string, string>> => {
  beginLedger(folder)
  const store = openKeys(folder)
  const keys: Record<string, string> = {}
  for (const source of SOURCES) keys[source] = (await addKey(store, { source }, 0)).key
  for (const role of ['administrator', 'supervisor', 'screen']) keys[role] = (await addKey(store, { role }, 0)).key
  await store.close()
  return keys
}

/** A city's catalogue and events before the loads, so that lists and figures are of some size. */
const fill = async (door: Door, count: number): Promise<void> => {
  const city = makeCity(SEED)
  await post(door, '/api/v1/catalogue', { key: 'administrator', type: JSON_TYPE, body: JSON.stringify(city.catalogue) })
  const calendar = buildLaw([]).homeCalendar
  const lot: unknown[] = []
  let sent = 0
  for (const { source, event } of playCity(city, { from: START, calendar, seed: SEED, perDay: 3_000 })) {
    lot.push({ ...event, source_system: source })
    if (lot.length < 500 && sent + lot.length < count) continue
    const { status, text } = await post(door, '/api/v1/events', {
      key: 'administrator',
      type: JSON_TYPE,
      body: JSON.stringify(lot.splice(0)),
    })
    if (status !== 200) throw new Error(`the city was refused: ${status} ${text.slice(0, 300)}`)
    sent += 500
    if (sent >= count) break
  }
}

const moment = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))

/** A breath before and after, so that a load's last work is still its own. */
const BREATH_MS = 300

interface Watched {
  readonly probe: Probe
  readonly server: Child
}

const measured = async ({ probe, server }: Watched, name: string, work: () => Promise<string>): Promise<Row> => {
  await moment(BREATH_MS)
  await probe.draw()
  await server.ask('turn')
  const from = performance.now()
  const said = await work()
  const seconds = (performance.now() - from) / 1_000
  await moment(BREATH_MS)
  const waits = await probe.draw()
  const turn = await server.ask<number>('turn')
  const held = Math.max(waits.own, turn) <= HELD_MS && waits.failed === 0
  return { name, ...waits, turn, said, seconds, held }
}

const idle = async (): Promise<string> => {
  await moment(IDLE_MS)
  return ''
}

export interface GuardAsked {
  /** Of the full size of each load; 1 for a measurement. */
  readonly share: number
  readonly said?: (row: Row) => void
  /** Only loads whose name begins so. */
  readonly only?: string
}

interface Running {
  readonly server: Child
  readonly said: (row: Row) => void
}

const runLoads = async (door: Door, loads: readonly Load[], { server, said }: Running): Promise<Row[]> => {
  const probe = await openProbe(door.url, server.process.pid ?? 0)
  const watched = { probe, server }
  const rows: Row[] = []
  const tell = (row: Row): void => {
    rows.push(row)
    said(row)
  }
  try {
    tell(await measured(watched, 'idle', idle))
    for (const load of loads) tell(await measured(watched, load.name, await load.ready(door)))
    tell(await measured(watched, 'idle after', idle))
  } finally {
    await probe.end()
  }
  return rows
}

export const benchGuard = async (asked: GuardAsked): Promise<GuardReport> => {
  const { share, said = () => undefined, only = '' } = asked
  const folder = mkdtempSync(join(tmpdir(), 'mingjing-guard-'))
  let server: Child | null = null
  try {
    const keys = await makeKeys(folder)
    server = startOwn(['bench', 'served', '--data', folder, '--port', '0', '--clock', CLOCK, '--log', 'error'])
    const door: Door = { url: await addressOf(server), keys }
    await fill(door, Math.ceil(20_000 * share))
    const { routes } = await server.ask<{ routes: Route[] }>('routes')
    const loads = [...loadsOf(share), ...sweepOf(routes, share)].filter(({ name }) => name.startsWith(only))
    if (loads.some(({ name }) => name.startsWith('h '))) await fillForSweep(door, share)
    return { limitMs: HELD_MS, rows: await runLoads(door, loads, { server, said }) }
  } finally {
    await server?.end()
    rmSync(folder, { recursive: true, force: true })
  }
}
