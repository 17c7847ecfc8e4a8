// The HTTP contract at its edges, before a whole server: paging, wrong questions, odd paths, and a wall that does not
// invent lateness.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readSettings } from '../../server/config.ts'
import { addKey } from '../../server/office/keys.ts'
import { openServing, type Serving } from '../../server/serve.ts'

let folder: string
let serving: Serving
let key: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mingjing-contract-'))
  const settings = readSettings({ data: folder, port: 0, clock: '2026-03-31T12:00:00+08:00x0', log: 'silent' }, {})
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

let last = 0
const post = async (events: readonly Record<string, unknown>[]): Promise<void> => {
  const body = events.map((event) => ({ event_id: `e${++last}`, window_no: 'W1', ...event }))
  const answer = await fetch(`${serving.url}/api/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect(await answer.json()).toMatchObject({ accepted: events.length })
}

const get = async (path: string) => {
  const answer = await fetch(`${serving.url}${path}`)
  return { status: answer.status, type: answer.headers.get('content-type') ?? '', body: await answer.json() }
}

const limit = { promise_limit: { value: 5, unit: 'WD' }, legal_limit: { value: 20, unit: 'WD' } }
const accepted = (projectNo: string, at: string) => ({
  event_type: 'ACCEPT',
  project_no: projectNo,
  occurred_at: at,
  payload: limit,
})

describe('the contract at its edges', () => {
  it('L3 C3: the lateness of a card ends with its case, and a card about no limit has none', async () => {
    // given a case due 9 March and decided 11 March, and one concluded without acceptance
    await post([
      accepted('LATE', '2026-03-02T10:00:00+08:00'),
      { event_type: 'DECIDE', project_no: 'LATE', occurred_at: '2026-03-11T10:00:00+08:00' },
      { event_type: 'DECIDE', project_no: 'BARE', occurred_at: '2026-03-12T10:00:00+08:00' },
    ])
    // when the cards are asked three weeks later
    const { body } = await get('/api/v1/cards?level=2')
    const cards = (body as { items: { rule_id: string; basis: Record<string, unknown> }[] }).items
    expect(cards.find((card) => card.rule_id === 'T-02')?.basis.ended_at).toBe('2026-03-11T10:00:00+08:00')
    // then the wall counts to the decision and no further
    const { lateByWorkDays } = await import('../../server/live/tile.ts')
    const { openRecords } = await import('../../server/store/sqlite/records.ts')
    const records = openRecords(folder)
    const { rows } = await records.listCards({ level: 2, limit: 50 })
    await records.close()
    const late = Object.fromEntries(
      rows.map(({ card }) => [card.rule, lateByWorkDays(card, serving.supervisor.law, serving.supervisor.now())]),
    )
    expect(late).toMatchObject({ 'T-02': 2, 'P-01': 0 })
  })

  it('X1: `next` is taken as cursor or as after, and paging ends', async () => {
    for (const name of ['cursor', 'after']) {
      const seen: string[] = []
      for (let next: string | null = ''; next !== null && seen.length < 100; ) {
        const { body } = await get(`/api/v1/cards?limit=1${next === '' ? '' : `&${name}=${encodeURIComponent(next)}`}`)
        const page = body as { items: { card_id: string }[]; next: string | null }
        seen.push(...page.items.map((card) => card.card_id))
        next = page.next
      }
      expect(new Set(seen).size).toBe(seen.length)
      expect(seen.length).toBeGreaterThan(2)
    }
  })

  it.each(['/api/v1/cases/%', '/api/v1/cases/%ff', '/api/v1//cases/x', '/api/v1/nothing'])(
    'A5: %s is not found, as a problem in two languages',
    async (path) => {
      const { status, type, body } = await get(path)
      expect(status).toBe(404)
      expect(type).toContain('application/problem+json')
      expect(body).toMatchObject({ code: 'not_found' })
    },
  )

  it('A5: a wrong question to the limit calculator is a problem; among others it is an answer of its own', async () => {
    const ask = async (body: unknown) => {
      const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
      const answer = await fetch(`${serving.url}/api/v1/due`, { method: 'POST', headers, body: JSON.stringify(body) })
      return { status: answer.status, body: await answer.json() }
    }
    expect(await ask({ accept: '2026-13-01', limit: '20WD' })).toMatchObject({
      status: 400,
      body: { code: 'bad_field' },
    })
    expect(await ask({})).toMatchObject({ status: 400, body: { code: 'missing_field' } })
    const both = await ask([{}, { accept: '2026-03-02', limit: '20WD' }])
    expect(both).toMatchObject({ status: 200, body: [{ error: { code: 'missing_field' } }, { due_on: '2026-03-30' }] })
  })
})
