// What an import declares (I12, T10, I14): given a source that speaks by wire, when a side table is imported under its name, then
// no card of it is lifted, whichever came first; what the table cannot say is declared of the cases that it alone tells of, told
// before and after, kept with the entry of the import, and gone when the import is withdrawn.

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CatalogueFile } from '../../server/contract/catalogue.ts'
import type { ImportEntryPage, ImportJobPage } from '../../server/contract/imports.ts'
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

/** What each import that stands declares that its file can say, in the order of their entries. */
const declared = async (): Promise<string[]> => {
  const { body } = await answered<ImportEntryPage>(house, 'imports/entries', 'administrator')
  const standing = body.items.filter(({ withdrawn }) => withdrawn === null)
  return standing.reverse().map(({ sends }) => (sends ?? ['*']).join(' '))
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

describe('a source that speaks by wire', () => {
  it.each([
    ['before', ['W0', 'W1']],
    ['after', []],
  ])(
    'I12 T10: given it spoke %s a side table, what it does not say stays missing, and told cards stay',
    async (when, told) => {
      if (when === 'before') await speak(...WITHOUT_ACCEPTANCE)
      const job = await importFees()
      expect(await missing()).toEqual(told)
      if (when === 'after') await speak(...WITHOUT_ACCEPTANCE)
      await speak(['W2', '2026-05-18T10:00:00+08:00'])
      expect(await missing()).toEqual(['W0', 'W1', 'W2'])
      await withdraw(job)
      expect(await missing()).toEqual(['W0', 'W1', 'W2'])
      await clean(house)
    },
  )
})

describe('an import with a mapping', () => {
  it('I12 I14: declares what its file can say, and says so: previewed, tried, done, and with its entry', async () => {
    const front = frontOf(house)
    const { body } = await front.bring('fees.csv', FEES)
    const previewed = await front.preview(body.file.file_id, MAPPING)
    expect(previewed.body.declares).toMatchObject({ source: 's', sends: ALL })
    const tried = await importFees({ dry_run: true })
    expect([tried.declares?.sends, await declared()]).toEqual([ALL, []])
    const done = await importFees()
    expect([done.declares?.sends, await declared()]).toEqual([ALL, [ALL.join(' ')]])
    expect(done.declares?.zh).toContain('FEE')
    await withdraw(done)
    expect(await declared()).toEqual([])
  })

  it('I12: of a source that the catalogue says sends everything it declares nothing', async () => {
    await house.load({ ...HALL, sources: [{ source: 's', name: '直报系统' }] })
    expect((await importFees()).declares).toBeNull()
  })

  it('I14 I12: a load of law that an import of before made of its source is taken back with it', async () => {
    const [, job] = [await importFees(), await importFees({}, FEES.replace('F-1', 'F-2'))]
    const [entry] = (await answered<ImportEntryPage>(house, 'imports/entries', 'administrator')).body.items
    const former = {
      catalogue: '文件导入申报：s',
      valid_from: '1970-01-01',
      sources: [{ source: 's', name: 's', sends: ALL }],
    }
    await house.load({ ...former, declared_by: entry?.no } as CatalogueFile)
    await speak(...WITHOUT_ACCEPTANCE)
    expect(await missing()).toEqual([])
    await withdraw(job)
    expect(await missing()).toEqual(['W0', 'W1'])
    await clean(house)
  })
})
