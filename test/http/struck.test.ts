// A case all of whose events are void is shown as that, now and as it was known then (F3, M9): facts struck out, cards
// lifted with their history. A number of which nothing was ever said, or only a void of what never came, is not found.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readSettings } from '../../server/config.ts'
import type { CaseView } from '../../server/contract/api.ts'
import { addKey } from '../../server/office/keys.ts'
import { openServing, type Serving } from '../../server/serve.ts'

const START = '2026-03-31T12:00:00+08:00'
let folder = ''
let serving: Serving
let key = ''
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mingjing-struck-'))
  const settings = readSettings({ data: folder, port: 0, clock: `${START}x0`, log: 'silent' }, {})
  const onBroken = (error: Error): never => {
    throw error
  }
  serving = await openServing({ settings, anonymous: 'leader', onBroken })
  key = (await addKey(serving.keys, { source: 's' }, 0)).key
  await serving.keysChanged()
})
afterAll(async () => {
  await serving.close()
  rmSync(folder, { recursive: true, force: true })
})

const take = async (...events: readonly Record<string, unknown>[]): Promise<void> => {
  const answer = await fetch(`${serving.url}/api/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(events),
  })
  expect(await answer.json()).toMatchObject({ accepted: events.length })
}

const read = async (projectNo: string, asOf: string | null = null) => {
  const query = asOf === null ? '' : `?as_of=${encodeURIComponent(asOf)}`
  const answer = await fetch(`${serving.url}/api/v1/cases/${projectNo}${query}`)
  return { status: answer.status, view: (await answer.json()) as CaseView & { code?: string; zh?: string } }
}

const accept = (no: string, more: Record<string, unknown> = {}) => ({
  event_id: `${no}-1`,
  event_type: 'ACCEPT',
  project_no: no,
  occurred_at: '2026-03-02T10:00:00+08:00',
  window_no: 'W1',
  payload: { promise_limit: { value: 5, unit: 'WD' } },
  ...more,
})
const strike = (no: string) => ({
  event_id: `${no}-v`,
  event_type: 'VOID',
  project_no: no,
  occurred_at: '2026-03-31T11:00:00+08:00',
  payload: { target: `${no}-1`, reason: '误录' },
})

it('F3 C2: every event void: the facts struck out, the cards lifted or to be lifted with their history, nothing made up', async () => {
  await take(accept('LATE'))
  const before = (await read('LATE')).view
  expect(before.cards.some((card) => card.level === 2 && card.state !== 'lifted')).toBe(true)
  await take(strike('LATE'))
  const { status, view } = await read('LATE')
  expect([status, view.status, view.level, view.holder, view.explain]).toEqual([200, 'void', 0, null, []])
  expect([view.accepted_at, view.promise_due_on, view.on_time, view.next_turn_at]).toEqual([null, null, null, null])
  expect(view.events.map((event) => [event.event_type, event.void])).toEqual([
    ['ACCEPT', true],
    ['VOID', false],
  ])
  const own = view.cards.filter((card) => card.rule_id.startsWith('T-'))
  expect(own.length).toBeGreaterThan(0)
  const highest = own
    .filter(({ history }) => history.some(({ state }) => state === 'notified'))
    .map(({ rule_id }) => rule_id)
    .sort()
    .at(-1)
  for (const card of own) {
    // a card that was told is not lifted by a void alone: a person decides (F3, C5)
    const out = card.rule_id === highest ? 'to_lift' : 'lifted'
    expect(card.state).toBe(out)
    expect(card.history.map(({ state }) => state).at(-1)).toBe(out)
    expect(card.history.length).toBeGreaterThan(1)
  }
})

const ask = async (path: string) => (await (await fetch(`${serving.url}/api/v1/${path}`)).json()) as never
const measured = async () => {
  const { total } = (await ask('measures?period=2026&by=department')) as { total: Record<string, number> }
  const { received, accepted, in_hand, overdue_in_hand } = total
  return { received, accepted, in_hand, overdue_in_hand }
}
const behind = async (): Promise<string[]> => {
  const { items } = (await ask('measures/cases?period=2026&by=department&kind=overdue_in_hand')) as {
    items: { project_no: string }[]
  }
  return items.map((item) => item.project_no)
}

it('F3 C5 M1: late still while somebody is asked: in the list, in the figures, and among the cases behind a figure', async () => {
  const listed = async (): Promise<string[]> => {
    const { items } = (await ask('cases')) as { items: { project_no: string; status: string }[] }
    return items.filter(({ project_no }) => project_no === 'ALL-VOID').map(({ status }) => status)
  }
  await take(accept('ALL-VOID'))
  const [before, ofFigure] = [await measured(), await behind()]
  expect(ofFigure).toContain('ALL-VOID')
  await take(strike('ALL-VOID'))
  expect([await measured(), await behind(), await listed()]).toEqual([before, ofFigure, ['void']])
})

it('F3 C5 M1: so it is where its acceptance alone is void, and what is left begins no case', async () => {
  await take(accept('HALF-VOID'))
  const step = { event_type: 'STEP_START', event_id: 'HALF-VOID-s', payload: { step_code: 'XX' } }
  await take(accept('HALF-VOID', step))
  const [before, ofFigure] = [await measured(), await behind()]
  expect(ofFigure).toContain('HALF-VOID')
  await take(strike('HALF-VOID'))
  expect([await measured(), await behind()]).toEqual([before, ofFigure])
})

it('F3: a case that never had a card leaves no row, and is shown all the same', async () => {
  await take(accept('YOUNG', { occurred_at: '2026-03-31T09:00:00+08:00' }), strike('YOUNG'))
  const { status, view } = await read('YOUNG')
  expect([status, view.status, view.project_no, view.events.length]).toEqual([200, 'void', 'YOUNG', 2])
})

it('M9: as it was known when all was void already, and before anything was known', async () => {
  await take(accept('THEN'), strike('THEN'))
  expect((await read('THEN', START)).view).toMatchObject({ status: 'void', project_no: 'THEN' })
  expect((await read('THEN', '2026-03-31T11:59:59+08:00')).status).toBe(404)
})

it('F3: a void of what never came is no case, and a number nobody spoke of is not found', async () => {
  await take(strike('NEVER'))
  expect((await read('NEVER')).status).toBe(404)
  expect((await read('NOBODY')).status).toBe(404)
})

it('F3: what comes after the void brings the case back', async () => {
  await take(accept('BACK'), strike('BACK'))
  await take(accept('BACK', { event_id: 'BACK-2' }))
  expect((await read('BACK')).view.status).toBe('accepted')
})

it('M9: an instant that cannot be read says why', async () => {
  const { status, view } = await read('LATE', '2026-03-31T24:00:00+08:00')
  expect([status, view.code]).toEqual([400, 'bad_instant'])
  expect(view.zh).toContain('没有 24 时')
})
