// `mingjing bench ingest`: durable events a second over HTTP, load generator on the same cores, beside a fixed baseline
// in the same run: plain inserts of the same rows by better-sqlite3. Load goes to loopback only and ends by itself.

import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import Database from 'better-sqlite3'
import { makeCity } from '../../fixtures/city/catalogue.ts'
import { playCity } from '../../fixtures/city/play.ts'
import { readSettings } from '../config.ts'
import { buildLaw } from '../core/law/build.ts'
import { parseInstant } from '../core/time/civil.ts'
import { asInstant } from '../core/time/instant.ts'
import { addKey } from '../office/keys.ts'
import { openServing } from '../serve.ts'

export interface Run {
  readonly batch: number
  readonly events: number
  readonly perSecond: number
  /** Against the baseline of the same run. */
  readonly ratio: number
}

export interface BenchReport {
  readonly baselineRows: number
  readonly baselinePerSecond: number
  readonly runs: readonly Run[]
}

interface Row {
  readonly source: string
  readonly eventId: string
  readonly projectNo: string
  readonly at: number
  readonly body: string
}

const SEED = 10
const START = parseInstant('2026-03-02T08:00:00+08:00') ?? asInstant(0)
/** The server's clock stands after everything that is sent. */
const CLOCK = '2027-12-31T00:00:00+08:00x1'

/** Events of the invented city as a source would send them, without end; their texts made beforehand. */
const eventRows = (count: number, salt: string): Row[] => {
  const city = makeCity(SEED)
  const calendar = buildLaw([]).homeCalendar
  const rows: Row[] = []
  for (const { source, event } of playCity(city, { from: START, calendar, seed: SEED, perDay: 3_000 })) {
    const wire: Readonly<Record<string, unknown>> = { ...event }
    if (typeof wire.event_id !== 'string' || typeof wire.occurred_at !== 'string') continue
    const eventId = `${salt}-${wire.event_id}`
    const projectNo = `${salt}-${String(wire.project_no ?? '')}`
    const sent = { ...wire, event_id: eventId, ...(wire.project_no === undefined ? {} : { project_no: projectNo }) }
    rows.push({ source, eventId, projectNo, at: parseInstant(wire.occurred_at) ?? 0, body: JSON.stringify(sent) })
    if (rows.length >= count) break
  }
  return rows
}

const BASE_TABLE = `
  CREATE TABLE fact (seq INTEGER PRIMARY KEY, source TEXT, event_id TEXT, project_no TEXT, at INTEGER,
    received INTEGER, digest BLOB, body TEXT, UNIQUE (source, event_id));
  CREATE INDEX fact_project ON fact (project_no);`

const BASE_TRANSACTION = 500

/** Rows a second of plain inserts: FULL sync, transactions of 500, a fresh file. */
export const baseline = (count: number): number => {
  const folder = mkdtempSync(join(tmpdir(), 'mingjing-bench-'))
  try {
    const rows = eventRows(Math.min(count, 100_000), 'base')
    const db = new Database(join(folder, 'base.sqlite'))
    db.pragma('journal_mode = wal')
    db.pragma('synchronous = full')
    db.exec(BASE_TABLE)
    const insert = db.prepare(
      'INSERT OR IGNORE INTO fact (source, event_id, project_no, at, received, digest, body) VALUES (?, ?, ?, ?, ?, ?, ?)',
    )
    const digest = createHash('sha256').update('x').digest()
    const some = db.transaction((from: number, to: number) => {
      for (let i = from; i < to; i++) {
        const row = rows[i % rows.length] as Row
        const lap = Math.floor(i / rows.length)
        insert.run(row.source, `${row.eventId}-${lap}`, `${row.projectNo}-${lap}`, row.at, row.at, digest, row.body)
      }
    })
    const from = performance.now()
    for (let i = 0; i < count; i += BASE_TRANSACTION) some(i, Math.min(count, i + BASE_TRANSACTION))
    const seconds = (performance.now() - from) / 1000
    db.close()
    return count / seconds
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Door {
  readonly url: string
  readonly keys: Readonly<Record<string, string>>
}

const CONNECTIONS = 8

/** Sends the rows in requests of `size`, by source and in order, a few connections at a time; events a second. */
const send = async (door: Door, rows: readonly Row[], size: number): Promise<number> => {
  const lots: { source: string; body: string; n: number }[] = []
  const open = new Map<string, string[]>()
  const close = (source: string, bodies: readonly string[]): void => {
    lots.push({ source, body: size === 1 ? (bodies[0] ?? '') : `[${bodies.join(',')}]`, n: bodies.length })
    open.delete(source)
  }
  for (const row of rows) {
    const bodies = open.get(row.source) ?? []
    bodies.push(row.body)
    open.set(row.source, bodies)
    if (bodies.length === size) close(row.source, bodies)
  }
  for (const [source, bodies] of open) close(source, bodies)
  let next = 0
  let accepted = 0
  const worker = async (): Promise<void> => {
    for (let lot = lots[next++]; lot !== undefined; lot = lots[next++]) {
      const answer = await fetch(`${door.url}/api/v1/events`, {
        method: 'POST',
        headers: { authorization: `Bearer ${door.keys[lot.source]}`, 'content-type': 'application/json' },
        body: lot.body,
      })
      const counts = (await answer.json()) as { accepted?: number; known?: number }
      if (!answer.ok) throw new Error(`the server answered ${answer.status}: ${JSON.stringify(counts)}`)
      accepted += counts.accepted ?? 0
    }
  }
  const from = performance.now()
  await Promise.all(Array.from({ length: CONNECTIONS }, worker))
  return accepted / ((performance.now() - from) / 1000)
}

const withServer = async <T>(work: (door: Door) => Promise<T>): Promise<T> => {
  const folder = mkdtempSync(join(tmpdir(), 'mingjing-bench-'))
  const settings = readSettings({ data: folder, port: 0, clock: CLOCK, log: 'error' }, {})
  const broken = (error: Error): never => {
    throw error
  }
  const serving = await openServing({ settings, anonymous: null, onBroken: broken })
  try {
    const city = makeCity(SEED)
    const keys: Record<string, string> = {}
    for (const { source } of city.sources) keys[source] = (await addKey(serving.keys, { source }, 0)).key
    keys.administrator = (await addKey(serving.keys, { role: 'administrator' }, 0)).key
    await serving.keysChanged()
    await fetch(`${serving.url}/api/v1/catalogue`, {
      method: 'POST',
      headers: { authorization: `Bearer ${keys.administrator}`, 'content-type': 'application/json' },
      body: JSON.stringify(city.catalogue),
    })
    return await work({ url: serving.url, keys })
  } finally {
    await serving.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

const BATCHES = [500, 20, 1] as const

/** @param events at batches of 500; smaller batches send a tenth and a fiftieth of them */
export const benchIngest = async (rows: number, events: number): Promise<BenchReport> => {
  const baselinePerSecond = baseline(rows)
  const runs: Run[] = []
  await withServer(async (door) => {
    for (const batch of BATCHES) {
      const count = batch === 500 ? events : batch === 20 ? Math.ceil(events / 10) : Math.ceil(events / 50)
      const perSecond = await send(door, eventRows(count, `b${batch}`), batch)
      runs.push({ batch, events: count, perSecond, ratio: perSecond / baselinePerSecond })
    }
  })
  return { baselineRows: rows, baselinePerSecond, runs }
}
