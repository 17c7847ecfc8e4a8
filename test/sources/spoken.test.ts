// Who is declared by an import (I12, T10, I14): given a source that has spoken by wire, when a side table is imported under its
// name, then it is declared nothing and no card of it is lifted; given one known by imports alone, then its import declares it,
// says so, and takes the declaration back when it is withdrawn.

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ImportJobPage } from '../../server/contract/imports.ts'
import { newest } from '../../server/core/law/law.ts'
import { frontOf } from '../import/front.ts'
import { answered, clean, HALL } from '../import/registers.ts'
import { type House, openHouse } from '../live/house.ts'

const MAPPING = {
  mapping: 'fees',
  source: 's',
  zone: 'Asia/Shanghai',
  fields: { project_no: '号', org_code: '部门' },
  case: [{ type: 'FEE', at: '时间', payload: { amount_fen: '金额' } }],
}
const FEES = '号,部门,时间,金额\nF-1,d,2026-05-11 10:00:00,100\n'
const WITHOUT_ACCEPTANCE: [no: string, at: string][] = [
  ['W0', '2025-11-25T10:00:00+08:00'],
  ['W1', '2026-05-11T10:00:00+08:00'],
]
const complete = ([no, at]: readonly [string, string]) => ({
  event_id: `c-${no}`,
  event_type: 'COMPLETE',
  occurred_at: at,
  project_no: no,
  org_code: 'd',
})

let house: House
beforeEach(async () => {
  house = await openHouse({ at: '2026-05-20T10:00:00+08:00', sources: ['s'] })
  await house.load(HALL)
})
afterEach(() => house.close())

const speak = async (...said: readonly (readonly [string, string])[]): Promise<void> => {
  await house.post('s', said.map(complete))
  await house.serving.supervisor.settled()
}

const importFees = async (more: object = {}, text = FEES): Promise<ImportJobPage> => {
  const front = frontOf(house)
  const { body } = await front.bring('fees.csv', text)
  const started = await front.start({ file_id: body.file.file_id, mapping: MAPPING, ...more })
  expect(started.status).toBe(202)
  const job = await front.ended(started.body.import_id)
  expect(job.state).toBe('done')
  await house.serving.supervisor.settled()
  return job
}

const withdraw = async ({ import_id: id }: ImportJobPage): Promise<void> => {
  const { status } = await answered(house, `imports/${id}/withdraw`, 'administrator', { why: '导错了' })
  expect(status).toBe(200)
  await house.serving.supervisor.settled()
}

/** What the source is declared to send; null: nothing is declared. */
const declared = (): readonly string[] | null => {
  const sends = newest(house.serving.supervisor.law.tables.sources.get('s'))?.sends ?? null
  return sends === null ? null : [...sends].sort()
}

/** `W0 notified`: the P-01 that are not lifted. */
const missing = async (): Promise<string[]> => {
  const { items } = (await (await house.get('/api/v1/cards?limit=100')).json()) as {
    items: { rule_id: string; subject: string; state: string }[]
  }
  const own = items.filter(({ rule_id: rule, state }) => rule === 'P-01' && state !== 'lifted')
  return own.map(({ subject }) => subject).sort()
}

const ALL = ['FEE', 'FEE.amount_fen']

describe('a source that has spoken by wire', () => {
  beforeEach(() => speak(...WITHOUT_ACCEPTANCE))

  it('I12 T10: is declared nothing by an import of a side table; told cards stay, later events are judged as before', async () => {
    expect(await missing()).toEqual(['W0', 'W1'])
    const job = await importFees()
    expect([declared(), job.declares]).toEqual([null, null])
    await speak(['W2', '2026-05-18T10:00:00+08:00'])
    expect(await missing()).toEqual(['W0', 'W1', 'W2'])
    await withdraw(job)
    expect(await missing()).toEqual(['W0', 'W1', 'W2'])
    await clean(house)
  })
})

describe('a source known by imports alone', () => {
  it('I12: its import declares it and says so: tried, previewed and done', async () => {
    const front = frontOf(house)
    const { body } = await front.bring('fees.csv', FEES)
    const previewed = await front.preview(body.file.file_id, MAPPING)
    expect(previewed.body.declares).toMatchObject({ source: 's', sends: ALL })
    const tried = await importFees({ dry_run: true })
    expect([tried.declares?.sends, declared()]).toEqual([ALL, null])
    const done = await importFees()
    expect([done.declares?.sends, declared()]).toEqual([ALL, ALL])
    expect(done.declares?.zh).toContain('FEE')
    expect((await importFees()).declares, 'again it declares nothing anew').toBeNull()
  })

  it('I14 I12: withdrawn, its declaration goes with it, and what is missing by then is told', async () => {
    const job = await importFees()
    await speak(...WITHOUT_ACCEPTANCE)
    expect(await missing()).toEqual([])
    await withdraw(job)
    expect([declared(), await missing()]).toEqual([null, ['W0', 'W1']])
    await clean(house)
  })

  it('I14 I12: while another import relies on it the declaration stays; it goes with the last of them', async () => {
    const first = await importFees()
    const second = await importFees({}, FEES.replace('F-1', 'F-2'))
    await withdraw(first)
    expect(declared()).toEqual(ALL)
    await withdraw(second)
    expect(declared()).toBeNull()
    await importFees()
    expect(declared(), 'imported again it is declared again').toEqual(ALL)
    await clean(house)
  })
})
