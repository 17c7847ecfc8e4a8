// Words about people served (I1, A1, A3): who may not read them sees none of them at any door – case page, lists, cards,
// windows, quarantine, exports, errors, the wall –, and who may sees all of them on the case.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readSettings } from '../../server/config.ts'
import { PAYLOAD_KEYS, type PayloadKey } from '../../server/contract/ingest.ts'
import { addKey } from '../../server/office/keys.ts'
import { openServing, type Serving } from '../../server/serve.ts'
import { boardText, openScreen, type ScreenAsked } from '../live/house.ts'

const MARK = '密语'
const NO = 'P-1'
let folder = ''
let serving: Serving
const keys: Record<string, string> = {}

const ROLES = ['administrator', 'supervisor', 'reviewer', 'leader', 'auditor', 'screen'] as const
/** Who has not the permission to read what is personal. */
const WITHOUT = ['administrator', 'leader', 'unit', 'screen'] as const

const wordsOf = (type: string, { name, shape }: PayloadKey): unknown =>
  shape === 'texts' ? [`${MARK}${type}${name}`] : `${MARK}${type}${name}`

/** One event of each type, with words in every key that is personal and in one that no table lists. */
const events = () =>
  Object.entries(PAYLOAD_KEYS)
    .filter(([type]) => type !== 'MATTER')
    .map(([type, listed], i) => ({
      event_id: `e-${type}`,
      event_type: type,
      project_no: NO,
      occurred_at: `2026-03-02T${String(9 + Math.floor(i / 6)).padStart(2, '0')}:${String((i % 6) * 10).padStart(2, '0')}:00+08:00`,
      org_code: 'D1',
      window_no: 'W1',
      ...(type === 'VOID' ? { supersedes: 'e-FEE' } : {}),
      payload: {
        remark: `${MARK}${type}remark`,
        ...(type === 'RATE' ? { level: 5, origin: 'active' } : {}),
        ...(type === 'DECIDE' ? { result: 'granted' } : {}),
        ...Object.fromEntries(
          listed.filter((key) => key.class === 'personal').map((key) => [key.name, wordsOf(type, key)]),
        ),
      },
    }))

const ask = (who: string | null, path: string, init: RequestInit = {}) =>
  fetch(`${serving.url}${path}`, {
    ...init,
    headers: { 'content-type': 'application/json', ...(who === null ? {} : { authorization: `Bearer ${keys[who]}` }) },
  })

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mingjing-personal-'))
  const settings = readSettings({ data: folder, port: 0, clock: '2026-03-31T12:00:00+08:00x0', log: 'silent' }, {})
  const onBroken = (error: Error): never => {
    throw error
  }
  serving = await openServing({ settings, anonymous: null, onBroken })
  keys.source = (await addKey(serving.keys, { source: 's', rateScale: 'best_first' } as never, 0)).key
  for (const role of ROLES) keys[role] = (await addKey(serving.keys, { role } as never, 0)).key
  keys.unit = (await addKey(serving.keys, { role: 'unit', department: 'D1' } as never, 0)).key
  await serving.keysChanged()
  const sent = events().map((event) => (event.event_type === 'RATE' ? { ...event, rate_scale: 'best_first' } : event))
  const bad = {
    event_id: 'bad',
    event_type: 'ACCEPT',
    project_no: NO,
    occurred_at: 'gestern',
    payload: { note: `${MARK}bad` },
  }
  const answer = await ask('source', '/api/v1/events', { method: 'POST', body: JSON.stringify([...sent, bad]) })
  expect(await answer.json()).toMatchObject({ accepted: sent.length, rejected: 1 })
  const { items } = (await (await ask('supervisor', '/api/v1/cards?state=notified')).json()) as {
    items: { card_id: string }[]
  }
  expect(items.length).toBeGreaterThan(0)
  const [card] = items
  const moved = await ask('supervisor', `/api/v1/cards/${encodeURIComponent(card?.card_id ?? '')}/moves`, {
    method: 'POST',
    body: JSON.stringify({ move: 'explain', why: `${MARK}why` }),
  })
  expect(moved.status).toBe(200)
}, 60_000)
afterAll(async () => {
  await serving.close()
  rmSync(folder, { recursive: true, force: true })
})

const pathsOf = async (): Promise<string[]> => {
  const { items } = (await (await ask('supervisor', '/api/v1/cards')).json()) as { items: { card_id: string }[] }
  const { items: held } = (await (await ask('supervisor', '/api/v1/quarantine')).json()) as { items: { id: number }[] }
  return [
    `/api/v1/cases/${NO}`,
    `/api/v1/cases/${NO}?as_of=${encodeURIComponent('2026-03-31T12:00:00+08:00')}`,
    '/api/v1/cases',
    '/api/v1/cards',
    ...items.map(({ card_id: id }) => `/api/v1/cards/${encodeURIComponent(id)}`),
    '/api/v1/windows',
    '/api/v1/windows/W1',
    '/api/v1/quarantine',
    ...held.map(({ id }) => `/api/v1/quarantine/${id}`),
    '/api/v1/collisions',
    '/api/v1/aliases/proposals',
    '/api/v1/imports',
    '/api/v1/imports/entries',
    '/api/v1/sources',
    ...['json', 'csv', 'html'].flatMap((format) => [
      `/api/v1/rankings?period=2026-Q1&by=window&format=${format}`,
      `/api/v1/measures?period=2026-Q1&by=department&format=${format}`,
    ]),
    `/api/v1/cases/${MARK.length}`,
    '/health',
  ]
}

it.each(WITHOUT)('I1 A1: %s sees no words about people at any door', async (who) => {
  for (const path of await pathsOf()) {
    const text = await (await ask(who, path)).text()
    expect(text.includes(MARK), path).toBe(false)
  }
})

it('I1 A1: who may read them sees each of them on the case', async () => {
  const text = await (await ask('supervisor', `/api/v1/cases/${NO}`)).text()
  for (const { event_type: type, payload } of events())
    for (const value of Object.values(payload).flat())
      if (typeof value === 'string' && value.startsWith(MARK)) expect(text, type).toContain(value)
  // what moved a card is told to them in the list of cards
  expect(await (await ask('supervisor', '/api/v1/cards')).text()).toContain(`${MARK}why`)
})

it('L7: a wall is sent none of them', async () => {
  const screen = openScreen(serving.url, { token: keys.screen as string } as ScreenAsked)
  await screen.watch.until(() => screen.snapshots > 0, 'a snapshot')
  screen.close()
  expect(boardText(screen.standing?.board)).not.toContain(MARK)
})
