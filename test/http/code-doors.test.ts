// Codes at every door but that of events (I15): outer blanks and invisible characters are no part of them, a control
// character is refused with a code; and a parameter that a door does not know is refused, whatever the method (T1a).

import { afterAll, beforeAll, expect, it } from 'vitest'
import { addKey } from '../../server/office/keys.ts'
import { type House, openHouse } from '../live/house.ts'
import { SMALL } from '../supervision/house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse({ at: '2026-09-30T10:00:00+08:00', sources: ['east'] })
  await house.load(SMALL)
  const accept = { event_type: 'ACCEPT', occurred_at: '2026-09-14T10:00:00+08:00', task_code: 'five' }
  await house.post(
    'east',
    ['N1', 'N2', 'N3'].map((no) => ({ ...accept, event_id: `e${no}`, project_no: no })),
  )
})
afterAll(() => house.close())

const ask = async (method: string, path: string, body?: unknown) => {
  const answer = await fetch(`${house.serving.url}/api/v1/${path}`, {
    method,
    headers: { authorization: `Bearer ${house.keys.administrator}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

const why = '核实'
const DOORS: readonly [
  name: string,
  method: string,
  path: (code: string) => string,
  body: (code: string) => unknown,
][] = [
  ['alias', 'POST', () => 'aliases', (code) => ({ alias: code, project_no: 'N1', why })],
  ['home', 'POST', () => 'aliases', (code) => ({ alias: 'N2', project_no: code, why })],
  ['source', 'POST', (code) => `sources/${code}/numbers`, () => ({ numbers: 'shared', why })],
  ['void', 'POST', () => 'voids', (code) => ({ source: 'east', event_id: code, why })],
  ['void source', 'POST', () => 'voids', (code) => ({ source: code, event_id: 'eN3', why })],
  ['collision', 'POST', (code) => `collisions/${code}`, () => ({ one_case: true, why })],
  ['case', 'GET', (code) => `cases/${code}`, () => undefined],
  ['cases', 'GET', (code) => `cases?department=${code}`, () => undefined],
  ['cards', 'GET', (code) => `cards?department=${code}`, () => undefined],
  ['cards of a case', 'GET', (code) => `cards?project_no=${code}`, () => undefined],
  ['figures', 'GET', (code) => `measures?period=2026-Q3&department=${code}`, () => undefined],
]

it.each(DOORS)('I15: the door %s refuses a control character and a blank in a code', async (_, method, path, body) => {
  for (const odd of ['a\u0000b', 'a\u0007', ' \u200b']) {
    const { status, body: told } = await ask(method, path(encodeURIComponent(odd)), body(odd))
    expect([status, told.code]).toEqual([400, 'bad_field'])
  }
})

const SPELT = '\u200b N1\u3000'

it('I15: a code means the same at every door, however it came', async () => {
  const spelt = encodeURIComponent(SPELT)
  expect((await ask('GET', `cases/${spelt}`)).body.project_no).toBe('N1')
  const of = async (query: string) => ((await ask('GET', query)).body.items as unknown[]).length
  expect(await of(`cards?project_no=${spelt}`)).toBe(await of('cards?project_no=N1'))
  expect(await of(`cases?department=${encodeURIComponent(' D1\u200b')}`)).toBe(3)
  const joined = await ask('POST', 'aliases', { alias: ' N2', project_no: SPELT, why })
  expect(joined.body).toMatchObject({ alias: 'N2', project_no: 'N1' })
  const gone = await ask('POST', 'voids', { source: 'east ', event_id: '\ufeffeN3', why })
  expect(gone.body).toMatchObject({ source: 'east', event_id: 'eN3', project_no: 'N3' })
  const own = await ask('POST', `sources/${encodeURIComponent('east ')}/numbers`, { numbers: 'own', why })
  expect(own.body).toMatchObject({ source: 'east' })
})

it('T1a: a trial asked for by a parameter is never carried out', async () => {
  const before = (await ask('GET', 'law')).body
  const tried = await ask('POST', 'catalogue?dry_run=true', SMALL)
  expect([tried.status, tried.body.code, tried.body.at]).toEqual([400, 'unknown_parameter', '/dry_run'])
  expect((await ask('GET', 'law')).body).toEqual(before)
})

it('I15: the source and the department of a key are codes like any other', async () => {
  const made = await addKey(house.serving.keys, { source: '\u200b west ' }, 0)
  expect(made.source).toBe('west')
  await addKey(house.serving.keys, { role: 'unit', department: ' D1\u3000' }, 0)
  expect((await house.serving.keys.keys()).flatMap(({ department }) => department ?? [])).toEqual(['D1'])
  for (const odd of ['a\u0000b', ' \u200b'])
    for (const asked of [{ source: odd }, { role: 'unit', department: odd }])
      await expect(addKey(house.serving.keys, asked, 0)).rejects.toMatchObject({ code: 'bad_code' })
})
