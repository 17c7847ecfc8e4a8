// Names where codes are wanted in master data (I9, I15): a clerk's table of windows, operators or items says the name of a
// department, for that is what people call it. Over every door it becomes the code, and is told; what several codes bear is a
// fault with its place; what nobody bears is unlisted and told. No department comes into being by its name.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MasterList, MasterName, MasterRow } from '../../server/contract/master.ts'
import { type MasterHouse, openMasterHouse } from './house.ts'

let house: MasterHouse
beforeAll(async () => {
  house = await openMasterHouse('2026-09-16T10:00:00+08:00x0')
  await house.enact({
    catalogue: '同名',
    valid_from: '2026-01-01',
    departments: [
      { org_code: 'T1', name: '税务所', region_code: '990000' },
      { org_code: 'T2', name: '税务所', region_code: '990001' },
    ],
    windows: [
      { window_no: 'X1', name: '一号窗口', org_code: 'T1' },
      { window_no: 'X2', name: '一号窗口', org_code: 'T2' },
    ],
  })
})
afterAll(() => house.close())

const rowOf = async (table: string, code: string) => {
  const { items } = (await house.get<MasterList>(`/api/v1/catalogue/${table}?q=${encodeURIComponent(code)}`)).body
  return items.find((one) => one.code === code)
}
const said = (row: MasterRow | undefined) => row?.versions[0]?.row ?? {}
const csv = (...lines: readonly string[]): string => `${lines.join('\n')}\n`
const toldOf = ({ table, field, name, kind, codes, rows, line }: MasterName): string =>
  `${table}.${field} ${name} ${kind} ${codes.join('|')} ×${rows} @${line}`

describe('a name where the code of a department, region or window belongs', () => {
  const WINDOWS = 'window_no,name,org_code,valid_from'
  const OPERATORS = 'operator_id,name,org_code,window_no,valid_from'

  it.each([
    ['windows', csv(WINDOWS, 'N1,新窗,市场监督管理局,2026-02-01', 'N2,新窗二,市场监督管理局,2026-02-01'), 'N1', 'MR'],
    ['items', csv('task_code,name,org_code,valid_from', 'N3,新事项,住房和城乡建设局,2026-02-01'), 'N3', 'HC'],
    ['operators', csv(OPERATORS, 'N4,王五,市场监督管理局,食品经营,2026-02-01'), 'N4', 'MR'],
    ['departments', csv('org_code,name,region_code,valid_from', 'N5,新局,青石县,2026-02-01'), 'N5', null],
    ['windows', csv(WINDOWS, 'N6,新窗,市场监督管理局 ,2026-02-01'), 'N6', 'MR'],
  ])('I9 I15: of a file of %s is taken as its code, and told in the trial', async (table, text, code, department) => {
    const name = `${table}.csv`
    const { body: load } = await house.upload(text, name, { dry_run: '1' })
    expect([load.fault_count, load.names.every(({ kind }) => kind === 'resolved')]).toEqual([0, true])
    expect(load.names.map(toldOf)).not.toEqual([])
    expect(load.changes.flatMap(({ fields }) => fields).map(({ after }) => after)).not.toContain('市场监督管理局')
    expect((await house.upload(text, name)).status).toBe(201)
    const row = await rowOf(table, code)
    expect(row?.flags.map(({ flag }) => flag)).toEqual(table === 'items' ? ['undated'] : [])
    if (department !== null) expect(said(row).org_code).toBe(department)
  })

  it('I15: says in which rows, and first in which line', async () => {
    const text = csv(WINDOWS, 'N1,a,市场监督管理局,2026-03-01', 'N2,b,市场监督管理局,2026-03-01', 'N7,c,WHO,2026-03-01')
    const { body: load } = await house.upload(text, 'windows.csv', { dry_run: '1' })
    expect(load.names.map(toldOf)).toEqual([
      'windows.org_code 市场监督管理局 resolved MR ×2 @2',
      'windows.org_code WHO unlisted  ×1 @4',
    ])
  })

  it('I15: that several codes bear is a fault with its line; the rest can be taken without it', async () => {
    const text = csv(WINDOWS, 'N8,a,税务所,2026-02-01', 'N9,b,MR,2026-02-01')
    const whole = await house.upload(text, 'windows.csv')
    expect([whole.status, whole.load?.faults.map(({ line, field, code }) => [line, field, code])]).toEqual([
      422,
      [[2, 'org_code', 'name_of_several']],
    ])
    const rest = await house.upload(text, 'windows.csv', { skip_faulty: '1' })
    expect([rest.status, rest.body.tables.map(({ taken, faulty }) => [taken, faulty])]).toEqual([201, [[1, 1]]])
    expect([await rowOf('windows', 'N8'), (await rowOf('windows', 'N9'))?.code]).toEqual([undefined, 'N9'])
  })

  it('I15: of a window is told apart by the department of the row', async () => {
    const text = csv(OPERATORS, 'O1,甲,T2,一号窗口,2026-02-01', 'O2,乙,T1,一号窗口,2026-02-01')
    expect((await house.upload(text, 'operators.csv')).status).toBe(201)
    const rows = [await rowOf('operators', 'O1'), await rowOf('operators', 'O2')]
    expect(rows.map((row) => said(row).window_no)).toEqual(['X2', 'X1'])
  })

  it('I9: of a department that the document itself brings, wherever it stands in it', async () => {
    await house.enact({
      catalogue: '自带',
      valid_from: '2026-02-01',
      windows: [{ window_no: 'D9', name: '医保窗', org_code: '医疗保障局' }],
      departments: [{ org_code: 'YB', name: '医疗保障局', region_code: '青石市' }],
    })
    const row = await rowOf('windows', 'D9')
    expect([said(row).org_code, row?.flags]).toEqual(['YB', []])
  })

  it('I9: of a document by the API as of a file; what several bear refuses it with its pointer', async () => {
    await house.enact({
      catalogue: '文档',
      valid_from: '2026-02-01',
      windows: [{ window_no: 'D1', name: 'a', org_code: '住房和城乡建设局' }],
    })
    expect(said(await rowOf('windows', 'D1')).org_code).toBe('HC')
    const refused = house.enact({
      catalogue: '文档',
      valid_from: '2026-02-01',
      windows: [{ window_no: 'D2', name: 'a', org_code: '税务所' }],
    })
    await expect(refused).rejects.toThrow(/"at":"\/windows\/0\/org_code".*"code":"name_of_several"/)
  })
})
