// `mingjing catalogue` as a command (I9, A6): a trial, a refusal, rows left out because that was asked for, alone and beside a
// running server; how each ends.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { LawView, MasterLoad } from '../../server/contract/master.ts'
import { openRecords } from '../../server/store/sqlite/records.ts'
import { folderOfTest, realFile } from '../import/files.ts'
import { catalogueCommand as catalogue, type Ran } from './command.ts'
import { openMasterHouse } from './house.ts'

const HEAD = 'task_code,name,org_code,promise'
const GOOD = `${HEAD}\nA,甲,MR,5WD\nB,乙,MR,6WD\n`
const FAULTY = `${GOOD}C,丙,MR,5 天\n`

const lawsIn = async (folder: string): Promise<number> => {
  const records = openRecords(folder)
  try {
    return (await records.laws()).length
  } finally {
    await records.close()
  }
}

describe('the command', () => {
  it('I9: a trial loads nothing; faults refuse the file with 2 and their lines; --skip-faulty loads the rest with 1', async () => {
    const folder = folderOfTest()
    const data = join(folder, 'data')
    const file = (name: string, text: string): string => {
      writeFileSync(join(folder, name), text)
      return join(folder, name)
    }
    const good = file('good.csv', GOOD)
    const faulty = file('faulty.csv', FAULTY)
    const from = ['--valid-from', '2026-01-01', '--data', data]
    const dry = await catalogue([good, ...from, '--dry-run', '--json'])
    expect(dry.code).toBe(0)
    const { files } = JSON.parse(dry.out) as { files: MasterLoad[] }
    expect(files[0]).toMatchObject({ entry: null, tables: [{ table: 'items', taken: 2, added: 2 }] })
    const dayless = await catalogue([good, '--data', data])
    expect([dayless.code, dayless.err]).toEqual([2, expect.stringContaining('valid_from')])
    const refused = await catalogue([faulty, ...from])
    expect(refused.code).toBe(2)
    expect(refused.err).toMatch(/line 4 items promise .*不是时限.*not a limit/)
    expect(refused.err).not.toContain('    at ')
    const left = await catalogue([faulty, ...from, '--skip-faulty', '--name', '试验'])
    expect(left.code).toBe(1)
    expect(left.out).toMatch(/取 taken 2[\s\S]*有误 faulty 1[\s\S]*line 4[\s\S]*loaded, entry 1/)
    expect(await lawsIn(data)).toBe(1)
    const again = await catalogue([good, ...from, '--dry-run'])
    expect(again.out).toMatch(/新 new 0，变 changed 0，同 same 2/)
  })

  it('A6, I9: beside a running server it goes through it; a mapping with a fault is told before the file is read', async () => {
    const house = await openMasterHouse('2026-03-31T10:00:00+08:00x0')
    try {
      const folder = folderOfTest()
      const file = join(folder, 'more.csv')
      writeFileSync(file, GOOD)
      const { code, out } = await catalogue([file, '--valid-from', '2026-02-01', '--data', house.folder])
      expect([code, out]).toEqual([0, expect.stringContaining('loaded')])
      const { loads } = (await house.get<LawView>('/api/v1/law')).body
      expect(loads[0]).toMatchObject({ catalogue: 'more', by: 'console', rows: { items: 2 } })
      const mapping = join(folder, 'm.yaml')
      writeFileSync(mapping, 'mapping: m\ntables: [{ table: items, fields: { colour: x } }]\n')
      const bad = await catalogue([file, '--mapping', mapping, '--data', house.folder])
      expect([bad.code, bad.err]).toEqual([2, expect.stringContaining('/tables/0/fields/colour')])
    } finally {
      await house.close()
    }
  })

  it('T1a, A6: --notice, --shrinks and --covers-to, alone on a folder: asked first, told what each does, then taken', async () => {
    const folder = folderOfTest()
    const data = join(folder, 'data')
    const table = (...rows: string[]): string => ['日期,名称,放假/上班', ...rows, ''].join('\n')
    const run = async (name: string, text: string, ...flags: string[]): Promise<Ran> => {
      const file = join(folder, name)
      writeFileSync(file, text)
      return catalogue([file, '--data', data, ...flags])
    }
    const first = table('2027-01-01,元旦,放假', '2027-01-04,元旦,放假')
    const corrected = table('2027-01-01,元旦,放假', '2027-01-05,元旦,放假')
    expect(await run('f.csv', first, '--covers-to', '2027-12-31')).toMatchObject({ code: 0, err: '' })
    const asked = await run('c.csv', corrected, '--covers-to', '2027-12-31')
    expect([asked.code, asked.err]).toEqual([2, expect.stringMatching(/2027-01-04 元旦[\s\S]*取代原安排/)])
    const wrong = await run('c.csv', corrected, '--covers-to', '2027-12-31', '--notice', 'perhaps')
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('replaces or adds, not perhaps')])
    const trial = await run('c.csv', corrected, '--covers-to', '2027-12-31', '--notice', 'replaces', '--dry-run')
    expect([trial.code, trial.out]).toEqual([0, expect.stringContaining('未列而取消 not named, they go：2027-01-04')])
    const added = await run('c.csv', corrected, '--covers-to', '2027-12-31', '--notice', 'adds')
    expect([added.code, added.out]).toEqual([0, expect.stringContaining('未列而不变 not named, they stay：2027-01-04')])
    const calendar = {
      calendar_id: 'cn',
      name: '历',
      zone: 'Asia/Shanghai',
      from: '2026-01-01',
      to: '2026-12-31',
      days: [],
    }
    const short = JSON.stringify({ catalogue: '短', valid_from: '2026-01-01', calendars: [calendar] })
    const refused = await run('s.json', short)
    expect([refused.code, refused.err]).toEqual([
      2,
      expect.stringContaining('2007-01-01 – 2027-12-31 → 2026-01-01 – 2026-12-31'),
    ])
    const shrunk = await run('s.json', short, '--shrinks')
    expect([shrunk.code, shrunk.out]).toEqual([0, expect.stringContaining('原 formerly 2007-01-01 – 2027-12-31')])
    expect(await lawsIn(data)).toBe(3)
  })

  it('I9: a document of settings, of rules or of the centre alone is taken; one that says nothing is refused, with why [L18]', async () => {
    const folder = folderOfTest()
    const told = async (name: string, more: object): Promise<Ran> => {
      const file = join(folder, `${name}.json`)
      writeFileSync(file, JSON.stringify({ catalogue: name, valid_from: '2026-01-01', ...more }))
      return catalogue([file, '--data', join(folder, name)])
    }
    const [settings, rules, centre, nothing] = await Promise.all([
      told('settings', { settings: { profile: 'hunan' } }),
      told('rules', { rules: [{ rule_id: 'T-04', mode: 'confirm' }] }),
      told('centre', { centre: { name: '滨江市政务服务中心', calendar: 'cn' } }),
      told('nothing', {}),
    ])
    for (const { code, out, err } of [settings, rules, centre])
      expect([code, out, err]).toEqual([0, expect.stringContaining('loaded, entry 1'), ''])
    for (const name of ['settings', 'rules', 'centre']) expect(await lawsIn(join(folder, name))).toBe(1)
    expect([nothing.code, nothing.err]).toEqual([
      2,
      expect.stringMatching(/文件里没有数据.*there is nothing in the file/),
    ])
  })

  const real = realFile('items/gd-items.ndjson')
  it.runIf(real !== null)('I9: 2,044 real items by the mapping that ships', async () => {
    const data = join(folderOfTest(), 'data')
    const { code, out } = await catalogue([
      real as string,
      '--mapping',
      'fixtures/mappings/gd-items.yaml',
      '--data',
      data,
    ])
    expect(code).toBe(0)
    expect(out).toContain('items：取 taken 2044（新 new 2044')
    expect(await lawsIn(data)).toBe(1)
  })
})
