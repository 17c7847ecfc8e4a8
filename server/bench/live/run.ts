// `mingjing bench live`: from a request that is sent to the patch that shows its card on every screen, while so many events a
// second come in. Server, screens and a bare socket server each in a process of their own, the load in this one. Measured
// are probes, some a second: acceptances whose limit has passed, each sent alone, for which a card is raised at once.

import { rmSync } from 'node:fs'
import { setTimeout as moment } from 'node:timers/promises'
import type { City } from '../../../fixtures/city/catalogue.ts'
import { addressOf, type Child, startOwn } from '../guard/child.ts'
import { benchCity, cityRows, type Lot, lotsOf, type Row, START } from '../ingest/rows.ts'
import { openWire, type Wire } from '../ingest/send.ts'
import { type Begun, ownCommand, prepare, type Served, serve } from '../ingest/served.ts'
import { machineMs, type Noted, PROBE } from './screens.ts'

export interface LiveAsked {
  readonly rates: readonly number[]
  readonly seconds: number
  /** Events before anything is measured. */
  readonly warm: number
  readonly screens: number
  readonly said: (row: LiveRow) => void
}

export interface Waits {
  readonly p50: number
  readonly p99: number
}

export interface LiveRow {
  /** Events a second that were to come, and that came. */
  readonly rate: number
  readonly came: number
  readonly probes: number
  /** Patches with the card of a probe, of all screens; those that never showed one. */
  readonly shown: number
  readonly missed: number
  /** ms from the request to the patch; of a round trip of a bare socket meanwhile; by how much the load came late. */
  readonly patch: Waits
  readonly bare: Waits
  readonly late: Waits
}

const PROBES_A_SECOND = 5
const TICK_MS = 20
const WIRES = 16
const DAY_MS = 86_400_000
/** What a limit of at most twenty working days has long passed. */
const PAST_MS = 50 * DAY_MS
const DRAIN_MS = 1_500

export const waitsOf = (values: readonly number[]): Waits => {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  return { p50: at(0.5), p99: at(0.99) }
}

/** Hands requests to wires that stand, whichever is free; what finds none waits. */
const openWires = async (url: string, count: number) => {
  const free: Wire[] = await Promise.all(Array.from({ length: count }, () => openWire(url)))
  const all = [...free]
  const waiting: ((wire: Wire) => void)[] = []
  return {
    async post(key: string, body: string): Promise<void> {
      const wire = free.pop() ?? (await new Promise<Wire>((got) => waiting.push(got)))
      await wire.post('/api/v1/events', key, body)
      const next = waiting.shift()
      if (next === undefined) free.push(wire)
      else next(wire)
    },
    close: () => all.forEach((wire) => void wire.close()),
  }
}

/** An acceptance of a common item long ago, of which nothing was heard since. */
const probeMaker = (city: City, rows: readonly Row[]) => {
  const items = new Set(
    city.catalogue.items?.filter(({ promise }) => /^\d+WD$/.test(promise ?? '')).map((item) => item.task_code),
  )
  const found = rows.find(({ body }) => {
    const { event_type, task_code } = JSON.parse(body) as { event_type: string; task_code?: string }
    return event_type === 'ACCEPT' && items.has(task_code ?? '')
  })
  if (found === undefined) throw new Error('no acceptance among the events')
  const event = JSON.parse(found.body) as Record<string, unknown>
  const { supersedes: _, payload: __, ...plain } = event
  const occurred_at = new Date(START - PAST_MS).toISOString()
  return (n: number) => ({
    source: found.source,
    id: `${PROBE}${n}`,
    body: JSON.stringify({
      ...plain,
      event_id: `${PROBE}${n}-1`,
      project_no: `${PROBE}${n}`,
      occurred_at,
      payload: {},
    }),
  })
}

interface Stage {
  readonly served: Served
  readonly screens: Child
  readonly probe: ReturnType<typeof probeMaker>
  readonly next: (count: number) => Lot[]
  /** Of the probes so far. */
  probes: number
}

const oneRate = async (stage: Stage, asked: LiveAsked, rate: number): Promise<LiveRow> => {
  const { served, screens, probe, next } = stage
  const { url, keys } = served.door
  const [wires, alone] = [await openWires(url, WIRES), await openWires(url, 2)]
  const sent = new Map<string, number>()
  const late: number[] = []
  const posts: Promise<void>[] = []
  await screens.ask<Noted>('draw')
  const from = machineMs()
  let [came, probed, clock] = [0, 0, 0]
  const until = from + asked.seconds * 1000
  for (let due = from; due < until; due += TICK_MS) {
    const wait = due - machineMs()
    if (wait > 1) await moment(wait)
    late.push(Math.max(0, machineMs() - due))
    const share = (due + TICK_MS - from) / 1000
    const lots = next(Math.round(share * rate) - came)
    came = Math.round(share * rate)
    const sendAt = Math.max(...lots.map((lot) => lot.sendAt))
    if (sendAt > clock) {
      clock = sendAt + 60_000
      await served.setClock(clock)
    }
    for (const lot of lots) posts.push(wires.post(keys[lot.source] ?? '', lot.body))
    if (Math.floor(share * PROBES_A_SECOND) <= probed) continue
    probed += 1
    stage.probes += 1
    const { id, source, body } = probe(stage.probes)
    sent.set(id, machineMs())
    posts.push(alone.post(keys[source] ?? '', body))
  }
  await Promise.all(posts)
  const seconds = (machineMs() - from) / 1000
  await moment(DRAIN_MS)
  const { seen, bare } = await screens.ask<Noted>('draw')
  wires.close()
  alone.close()
  const patches = seen.flatMap(({ probe: id, at }) => {
    const sentAt = sent.get(id)
    return sentAt === undefined ? [] : [at - sentAt]
  })
  const shown = patches.length
  const missed = sent.size * asked.screens - shown
  const waits = { patch: waitsOf(patches), bare: waitsOf(bare), late: waitsOf(late) }
  return { rate, came: came / seconds, probes: sent.size, shown, missed, ...waits }
}

export const benchLive = async (asked: LiveAsked): Promise<LiveRow[]> => {
  const city = benchCity()
  const sum = asked.rates.reduce((all, rate) => all + Math.ceil(rate * asked.seconds), 0)
  const rows = cityRows(city, asked.warm + sum + 1_000)
  const begun: Begun = ownCommand()
  const prepared = await prepare(begun, city)
  const ends: (() => Promise<void>)[] = []
  try {
    const served = await serve(begun, prepared)
    ends.push(() => served.end())
    const echo = startOwn(['bench', 'echo'])
    ends.push(() => echo.end())
    let from = 0
    const next = (count: number): Lot[] => {
      from += count
      return lotsOf(rows.slice(from - count, from), Math.max(2, count))
    }
    const warm = await openWires(served.door.url, 4)
    for (let n = 0; n < asked.warm; n += 400)
      for (const { sendAt, source, body } of next(400)) {
        await served.setClock(sendAt + 60_000)
        await warm.post(served.door.keys[source] ?? '', body)
      }
    warm.close()
    const where = ['--url', served.door.url, '--echo', await addressOf(echo), '--screens', String(asked.screens)]
    const screens = startOwn(['bench', 'screens', ...where, '--token', served.door.keys.screen ?? ''])
    ends.push(() => screens.end())
    await screens.hear()
    const stage: Stage = { served, screens, probe: probeMaker(city, rows), next, probes: 0 }
    const told: LiveRow[] = []
    for (const rate of asked.rates) {
      const row = await oneRate(stage, asked, rate)
      told.push(row)
      asked.said(row)
    }
    return told
  } finally {
    for (const end of ends.reverse()) await end()
    rmSync(prepared.folder, { recursive: true, force: true })
  }
}
