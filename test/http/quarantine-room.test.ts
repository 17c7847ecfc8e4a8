// The quarantine is bounded (I5, I6): so many rows and bytes of each source. What was resolved makes room, the oldest
// first; what waits for a person never leaves; what finds no room is told to its sender with 503, and its neighbours are
// taken all the same. Over the real server and its store, and the sums again after a restart.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readSettings } from '../../server/config.ts'
import type { Receipts } from '../../server/contract/api.ts'
import { addKey } from '../../server/office/keys.ts'
import type { QuarantineCountView, QuarantineView } from '../../server/office/rejects-kept.ts'
import { openServing, type Serving } from '../../server/serve.ts'
import { openMemory } from '../../server/store/memory/store.ts'
import { openRoom } from '../../server/supervision/room.ts'

let folder = ''
let serving: Serving
let keys: Record<'s' | 't', string>

const open = async (bounds: { quarantine_rows: number; quarantine_bytes?: number }): Promise<void> => {
  const clock = '2026-03-31T12:00:00+08:00x0'
  const settings = readSettings({ data: folder, port: 0, clock, log: 'silent', ...bounds }, {})
  const onBroken = (error: Error): never => {
    throw error
  }
  serving = await openServing({ settings, anonymous: 'administrator', onBroken })
  keys = {
    s: (await addKey(serving.keys, { source: 's' }, 0)).key,
    t: (await addKey(serving.keys, { source: 't' }, 0)).key,
  }
  await serving.keysChanged()
}
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mingjing-room-'))
  await open({ quarantine_rows: 3 })
})
afterEach(async () => {
  await serving.close()
  rmSync(folder, { recursive: true, force: true })
})

const good = (id: string) => ({
  event_id: id,
  event_type: 'RECEIVE',
  project_no: `P-${id}`,
  occurred_at: '2026-03-31T10:00:00+08:00',
})
const bad = (id: string, more: Record<string, unknown> = {}) => ({ ...good(id), occurred_at: 'soon', ...more })

const post = async (path: string, body: unknown, key?: string) => {
  const headers = {
    'content-type': 'application/json',
    ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
  }
  const answer = await fetch(`${serving.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  const read = (await answer.json()) as Receipts & { code?: string; zh?: string; en?: string }
  return { status: answer.status, retry: answer.headers.get('retry-after'), body: read }
}
const send = (of: 's' | 't', ...events: unknown[]) => post('/api/v1/events', events, keys[of])
const get = async <T>(path: string): Promise<T> => (await (await fetch(`${serving.url}${path}`)).json()) as T
const counts = async () => (await get<{ items: QuarantineCountView[] }>('/api/v1/quarantine/counts')).items
const held = async () =>
  (await get<{ items: QuarantineView[] }>('/api/v1/quarantine')).items
    .filter((row) => row.source_system === 's')
    .map(({ event_id: id, resolution }) => `${id}${resolution === null ? '' : ` ${resolution}`}`)

const fill = async (): Promise<void> => {
  expect(await send('s', bad('a'), bad('b'), bad('c'))).toMatchObject({ status: 200, body: { rejected: 3 } })
}

it('I5 I6: full, the sender is told 503 and which were not kept; the good among them are taken', async () => {
  await fill()
  const { status, retry, body } = await send('s', bad('d'), good('g'), bad('e'))
  expect([status, retry, body.code, body.accepted, body.rejected]).toEqual([503, '60', 'quarantine_full', 1, 2])
  expect([body.zh, body.en].map((text) => /共 2 件|2 events/.test(text ?? ''))).toEqual([true, true])
  expect(body.receipts.map(({ event_id: id, outcome, code }) => [id, outcome, code])).toEqual([
    ['d', 'rejected', 'quarantine_full'],
    ['g', 'accepted', null],
    ['e', 'rejected', 'quarantine_full'],
  ])
  expect(body.receipts[0]?.message).toContain('bad_instant')
  expect(await held()).toEqual(['c', 'b', 'a'])
  expect((await counts()).find((row) => row.source_system === 's')).toMatchObject({ rows: 3, waiting: 3, full: true })
})

it('I6: another source has room of its own, and good events alone are told nothing of it', async () => {
  await fill()
  expect(await send('t', bad('d'))).toMatchObject({ status: 200, body: { rejected: 1 } })
  expect(await send('s', good('g'))).toMatchObject({ status: 200, body: { accepted: 1 } })
})

it('I6: what was mended makes room, the oldest first, and stays to be read until then', async () => {
  await fill()
  const rows = (await get<{ items: QuarantineView[] }>('/api/v1/quarantine')).items
  for (const id of ['b', 'a']) {
    const row = rows.find((each) => each.event_id === id)
    expect((await post(`/api/v1/quarantine/${row?.id}/resubmit`, good(id))).body).toMatchObject({ outcome: 'accepted' })
  }
  expect(await held()).toEqual(['c', 'b resubmitted', 'a resubmitted'])
  expect((await send('s', bad('d'))).status).toBe(200)
  expect(await held()).toEqual(['d', 'c', 'b resubmitted'])
  expect((await send('s', bad('e'), bad('f'))).body.receipts.map(({ code }) => code)).toEqual([
    'bad_instant',
    'quarantine_full',
  ])
  expect(await held()).toEqual(['e', 'd', 'c'])
})

it('I6: what is still wrong when it is sent again resolves nothing', async () => {
  await fill()
  const [row] = (await get<{ items: QuarantineView[] }>('/api/v1/quarantine')).items
  await post(`/api/v1/quarantine/${row?.id}/resubmit`, bad('c', { source_system: 's' }))
  expect(await held()).toEqual(['c', 'b', 'a'])
})

it('I6: a person sets rows down with a reason, and they make room', async () => {
  await fill()
  expect((await post('/api/v1/quarantine/dismiss', { source_system: 's', up_to: 2 })).status).toBe(400)
  const done = await post('/api/v1/quarantine/dismiss', { source_system: 's', up_to: 2, why: '试报数据' })
  expect(done).toMatchObject({ status: 200, body: { source_system: 's', rows: 3, waiting: 1, full: false } })
  expect(await held()).toEqual(['c', 'b dismissed', 'a dismissed'])
  expect((await send('s', bad('d'), bad('e'))).status).toBe(200)
  expect(await held()).toEqual(['e', 'd', 'c'])
  expect((await send('s', bad('f'))).status).toBe(503)
})

it('I5: bounded by bytes too; the sums are the same after a restart', async () => {
  await serving.close()
  await open({ quarantine_rows: 1_000, quarantine_bytes: 2_000 })
  const long = { payload: { note: '长'.repeat(400) } }
  expect((await send('s', bad('a', long))).status).toBe(200)
  expect((await send('s', bad('b', long))).status).toBe(503)
  const before = await counts()
  expect(before[0]?.bytes).toBeGreaterThan(1_200)
  await serving.close()
  await open({ quarantine_rows: 1_000, quarantine_bytes: 2_000 })
  expect(await counts()).toEqual(before)
  expect((await send('s', bad('b', long))).status).toBe(503)
  expect((await send('s', bad('c'))).status).toBe(200)
})

it('I6: two batches under way never count one leaving row twice', async () => {
  const store = openMemory()
  const row = (id: string) => ({
    at: 1 as never,
    source: 's',
    eventId: id,
    projectNo: null,
    code: 'bad_json',
    field: null,
    message: '',
    raw: 'x',
    importNo: null,
    rowNo: null,
  })
  const step = { kind: 'quarantine' as const, by: 'test', law: 0, engine: 1, params: {} }
  const none = {
    step,
    facts: [],
    inputs: [],
    cases: [],
    casesGone: [],
    cards: [],
    moves: [],
    turnedTo: null,
  }
  await store.commit({ ...none, at: 1 as never, sources: [], quarantine: [row('a'), row('b'), row('c')] })
  const resolved = [{ source: 's', from: 1, upTo: 2, code: null, how: 'dismissed' as const }]
  await store.commit({ ...none, at: 1 as never, sources: [], quarantine: [], quarantineSteps: { gone: [], resolved } })
  const room = await openRoom(store, { rows: 3, bytes: 1_000 })
  expect(await room.take([row('d')])).toEqual({ kept: [true], gone: [1] })
  expect(await room.take([row('e')])).toEqual({ kept: [true], gone: [2] })
  expect(await room.take([row('f')])).toEqual({ kept: [false], gone: [] })
})
