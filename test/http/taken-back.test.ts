// What is taken back over HTTP: an event by an administrator (F3), a whole import by who may import (I14); and which numbers a
// source may join (I11).

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { frontOf } from '../import/front.ts'
import { type House, openHouse } from '../live/house.ts'
import { SMALL } from '../supervision/house.ts'

let house: House
beforeEach(async () => {
  house = await openHouse({ at: '2026-09-30T10:00:00+08:00', sources: ['east', 'west'] })
  await house.load(SMALL)
})
afterEach(() => house.close())

const told = (id: string, no: string, day = '2026-09-29') => ({
  event_id: id,
  event_type: 'ACCEPT',
  project_no: no,
  occurred_at: `${day}T10:00:00+08:00`,
  task_code: 'five',
})

const post = async (path: string, key: string, body: unknown) => {
  const answer = await fetch(`${house.serving.url}/api/v1/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${house.keys[key]}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

const caseStatus = async (no: string): Promise<unknown> => {
  const headers = { authorization: `Bearer ${house.keys.administrator}` }
  const answer = await fetch(`${house.serving.url}/api/v1/cases/${no}`, { headers })
  return answer.status === 200 ? ((await answer.json()) as { status: string }).status : answer.status
}

describe('an event made void by an administrator', () => {
  it('F3 A1: with a reason, of any source; nobody else may', async () => {
    await house.post('east', [told('a', 'V1'), told('b', 'V1')])
    const asked = { source: 'east', event_id: 'a', why: '误报' }
    for (const key of ['supervisor', 'auditor', 'east'])
      expect((await post('voids', key, asked)).body.code ?? key).toBe('not_allowed')
    expect((await post('voids', 'administrator', { ...asked, why: '' })).status).toBe(400)
    expect((await post('voids', 'administrator', { ...asked, event_id: 'none' })).status).toBe(404)
    const done = await post('voids', 'administrator', asked)
    expect(done).toEqual({ status: 200, body: { source: 'east', event_id: 'a', project_no: 'V1' } })
  })
})

describe('an import taken back', () => {
  it('I14: by its id, once, with a reason; its cases have no fact left, and imported again they are there again', async () => {
    const front = frontOf(house)
    const lines = ['I1', 'I2'].map((no) => JSON.stringify({ ...told(no, no), source_system: 'east' })).join('\n')
    const run = async (): Promise<string> => {
      const { body } = await front.bring('a.ndjson', lines)
      const started = await front.start({ file_id: String(body.file.file_id) })
      return (await front.ended(started.body.import_id)).import_id
    }
    const id = await run()
    expect(await caseStatus('I1')).toBe('accepted')
    expect((await post(`imports/${id}/withdraw`, 'auditor', { why: '导错' })).status).toBe(403)
    expect((await post(`imports/${id}/withdraw`, 'administrator', {})).status).toBe(400)
    expect((await post(`imports/${id}/withdraw`, 'administrator', { why: '导错' })).body).toEqual({
      import_id: id,
      withdrawn: true,
    })
    expect(await caseStatus('I1')).toBe('void')
    expect((await post(`imports/${id}/withdraw`, 'administrator', { why: '导错' })).body.code).toBe('already_withdrawn')
    expect((await post('imports/none/withdraw', 'administrator', { why: '导错' })).status).toBe(404)
    await run()
    expect(await caseStatus('I1')).toBe('accepted')
  })
})

describe('numbers that a source joins', () => {
  const join = async (key: string, alias: string, home: string): Promise<unknown> => {
    const { status, body } = await post('aliases', key, { alias, project_no: home, why: '同一件' })
    return body.code ?? status
  }

  it('I11: only such of which it has spoken itself, and the joined one alone [S12]', async () => {
    await house.post('east', [told('a', 'N1'), told('b', 'N2')])
    await house.post('west', [told('c', 'N3'), told('d', 'N2')])
    expect(await join('east', 'NEVER', 'N1')).toBe('not_yours')
    expect(await join('east', 'N1', 'NEVER')).toBe('not_yours')
    expect(await join('east', 'N3', 'N1')).toBe('not_yours')
    expect(await join('east', 'N1', 'N3')).toBe('not_yours')
    expect(await join('east', 'N2', 'N1')).toBe('not_yours')
    expect(await join('east', 'N1', 'N2')).toBe(200)
    expect(await join('supervisor', 'NEVER', 'N3')).toBe(200)
  })
})
