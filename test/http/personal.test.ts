// Words about people served (I1, A1, A3): who may not read them sees none of them at any door – case page, lists, cards,
// windows, quarantine, numbers, imports, law, exports, errors, the wall –, and who may sees all of them on the case. So of the
// words of people who decide: why a card was moved, numbers joined or said to be one, an import or a load of law taken back.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readSettings } from '../../server/config.ts'
import type { ImportJobPage } from '../../server/contract/imports.ts'
import { PAYLOAD_KEYS, type PayloadKey } from '../../server/contract/ingest.ts'
import type { LawView } from '../../server/contract/master.ts'
import { addKey } from '../../server/office/keys.ts'
import { actShown } from '../../server/present/personal.ts'
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

const did = async (who: string, path: string, body: unknown): Promise<Record<string, unknown>> => {
  const answer = await ask(who, path, { method: 'POST', body: JSON.stringify(body) })
  const said = (await answer.json()) as Record<string, unknown>
  expect(answer.ok, `${path} ${JSON.stringify(said)}`).toBe(true)
  return said
}

/** Each kind of deciding that bears a person's own words, once. */
const WORDS_SAID = ['one_case', 'asked', 'declined', 'withdrawn', 'numbers', 'load'] as const

const decide = async (): Promise<void> => {
  const at = '2026-03-02T09:00:00+08:00'
  const told = (no: string, item: string, id: string) => ({
    event_id: id,
    event_type: 'ACCEPT',
    project_no: no,
    occurred_at: at,
    task_code: item,
    payload: { promise_due_at: '2026-03-03' },
  })
  await did('source', '/api/v1/events', [told('N-1', 'i1', 'n1'), told('N-2', 'i1', 'n2')])
  await did('other', '/api/v1/events', [told('N-3', 'i2', 'o1')])
  await did('source', '/api/v1/events', [told('N-3', 'i1', 'n3')])
  await serving.supervisor.settled()
  await did('supervisor', '/api/v1/collisions/N-3', { one_case: true, why: `${MARK}one_case` })
  const asked = await did('source', '/api/v1/aliases', { alias: 'N-2', project_no: 'N-1', why: `${MARK}asked` })
  const path = `/api/v1/aliases/proposals/${asked.proposal}`
  await did('supervisor', path, { accept: false, why: `${MARK}declined` })
  await did('administrator', '/api/v1/sources/other/numbers', { numbers: 'own', why: `${MARK}numbers` })
  const file = `${JSON.stringify(told('N-9', 'i1', 'f1'))}\n`
  const job = (await (
    await fetch(`${serving.url}/api/v1/imports?name=a.ndjson&source=file`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream', authorization: `Bearer ${keys.administrator}` },
      body: file,
    })
  ).json()) as ImportJobPage
  for (let state = job.state; state === 'waiting' || state === 'running'; )
    state = ((await (await ask('administrator', `/api/v1/imports/${job.import_id}`)).json()) as ImportJobPage).state
  await did('administrator', `/api/v1/imports/${job.import_id}/withdraw`, { why: `${MARK}withdrawn` })
  const rows = { catalogue: 'one more', valid_from: '2020-01-01', regions: [{ region_code: 'r9', name: '多余' }] }
  await did('administrator', '/api/v1/catalogue', rows)
  const law = (await (await ask('administrator', '/api/v1/law')).json()) as LawView
  const load = law.loads.find(({ catalogue }) => catalogue === 'one more')
  await did('administrator', `/api/v1/catalogue/loads/${load?.entry}/take-back`, { why: `${MARK}load` })
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mingjing-personal-'))
  const settings = readSettings({ data: folder, port: 0, clock: '2026-03-31T12:00:00+08:00x0', log: 'silent' }, {})
  const onBroken = (error: Error): never => {
    throw error
  }
  serving = await openServing({ settings, anonymous: null, onBroken })
  keys.source = (await addKey(serving.keys, { source: 's', rateScale: 'best_first' } as never, 0)).key
  keys.other = (await addKey(serving.keys, { source: 'other' } as never, 0)).key
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
  await decide()
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
    '/api/v1/collisions?state=one_case',
    '/api/v1/cases/N-1',
    '/api/v1/cases/N-3',
    '/api/v1/law',
    '/api/v1/aliases/proposals',
    '/api/v1/imports',
    '/api/v1/imports/entries',
    '/api/v1/sources',
    ...['json', 'csv', 'html', 'xlsx'].flatMap((format) => [
      `/api/v1/rankings?period=2026-Q1&by=window&format=${format}`,
      `/api/v1/measures?period=2026-Q1&by=department&format=${format}`,
    ]),
    `/api/v1/cases/${MARK.length}`,
    '/health',
  ]
}

/** What an answer says; of a workbook every cell of it, and where there is none of it nobody was shown anything. */
const textOf = async (who: string, path: string): Promise<string> => {
  const answer = await ask(who, path)
  if (!(answer.headers.get('content-type') ?? '').includes('spreadsheet')) return answer.text()
  const { sheets } = await readXlsx(new Uint8Array(await answer.arrayBuffer()))
  expect(sheets.length).toBeGreaterThan(0)
  return JSON.stringify(sheets)
}

it.each(WITHOUT)('I1 A1: %s sees no words about people at any door', async (who) => {
  for (const path of await pathsOf()) {
    expect((await textOf(who, path)).includes(MARK), path).toBe(false)
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

it('I1 A1: so the words of whoever decides: who may read them finds each at some door', async () => {
  const texts: string[] = []
  for (const path of await pathsOf()) texts.push(await textOf('supervisor', path))
  for (const said of WORDS_SAID)
    expect(
      texts.some((text) => text.includes(`${MARK}${said}`)),
      said,
    ).toBe(true)
})

it('I1: a source that asks again for what was declined is told that it was, and not why', async () => {
  const again = await ask('source', '/api/v1/aliases', {
    method: 'POST',
    body: JSON.stringify({ alias: 'N-2', project_no: 'N-1', why: '同一件' }),
  })
  const text = await again.text()
  expect([again.status, text.includes(MARK)]).toEqual([409, false])
})

it('I1: in a view whatever is called why is a person’s, however deep it lies', () => {
  const view = { why: 'x', at: 1, deep: [{ decided_why: 'y', of: { why: 'z', by: 'b' } }], none: { why: null } }
  expect(actShown(view, true)).toBe(view)
  expect(actShown(view, false)).toEqual({
    why: '',
    at: 1,
    deep: [{ decided_why: '', of: { why: '', by: 'b' } }],
    none: { why: null },
  })
})

it('L7: a wall is sent none of them', async () => {
  const screen = openScreen(serving.url, { token: keys.screen as string } as ScreenAsked)
  await screen.watch.until(() => screen.snapshots > 0, 'a snapshot')
  screen.close()
  expect(boardText(screen.standing?.board)).not.toContain(MARK)
})
