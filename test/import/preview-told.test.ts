// What an import would tell of a file, its preview tells (I8, I15): sheets beside the one that is read, cells that are
// missing, null dates, and the rows that would wait.

import { readFileSync } from 'node:fs'
import { writeXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ImportPreview } from '../../server/contract/imports.ts'
import { type House, openHouse } from '../live/house.ts'
import { fileOfTest } from './files.ts'
import { type Front, frontOf } from './front.ts'
import { toldOf } from './told.ts'

let house: House
let front: Front
beforeAll(async () => {
  house = await openHouse({ at: '2026-04-01T10:00:00+08:00', sources: [] })
  front = frontOf(house)
})
afterAll(() => house.close())

const MAPPING = {
  mapping: 'm',
  zone: 'Asia/Shanghai',
  fields: { project_no: '办件编号' },
  case: [{ type: 'ACCEPT', at: '受理时间' }],
}
const HEAD = ['办件编号', '受理时间', '办结时间']
const ROWS = [
  ['A1', '2026-03-02 09:00', '2026-03-04 09:00'],
  ['A2', '2026-03-02 09:00', '1970-01-01 08:00'],
  ['A3', '2026-03-02 09:00'],
  ['A4', '2026-03-02 09:00', '下周'],
]
const csv = (): Buffer => Buffer.from([HEAD, ...ROWS].map((row) => row.join(',')).join('\n'))

const toldBy = ({ told, rows }: ImportPreview): string[] =>
  [
    ...told,
    ...rows.flatMap(({ issue, notes, events }) => [issue, ...notes, ...events.map((event) => event.issue)]),
  ].flatMap((issue) => (issue === null ? [] : [`${issue.place.line} ${issue.code}`]))

const codesOf = (lines: readonly string[]): Set<string> =>
  new Set(lines.map((line) => line.split(' ').slice(0, 2).join(' ')))

const MAPPED = { ...MAPPING, case: [MAPPING.case[0], { type: 'COMPLETE', at: '办结时间' }] }

it('I8 I15: of a table: cells that are missing, null dates, what cannot be read and what waits for it', async () => {
  const { body } = await front.bring('t.csv', csv())
  const preview = (await front.preview(body.file.file_id, MAPPED)).body
  expect(codesOf(toldBy(preview))).toEqual(new Set(['3 null_date', '4 short_row', '5 bad_date', '5 row_waits']))
  expect(preview.counts).toMatchObject({ rows: 4, skipped: 1, waiting: 1 })
  const path = fileOfTest('t.csv', csv())
  // the door that keeps a row tells it of each of its events
  expect(codesOf((await toldOf(path, MAPPED)).lines)).toEqual(new Set(['3 null_date', '4 short_row', '5 bad_date']))
})

it('I8: of a workbook: another sheet that holds rows', async () => {
  const sheets = [
    { name: '三月', rows: [HEAD, ROWS[0] as string[]] },
    { name: '四月', rows: [HEAD, ROWS[0] as string[]] },
  ]
  const path = fileOfTest('t.xlsx', await writeXlsx({ sheets }))
  const { body } = await front.bring('t.xlsx', readFileSync(path))
  const preview = (await front.preview(body.file.file_id, MAPPED)).body
  expect(preview.told.map(({ code, place }) => [code, place.sheet])).toEqual([['other_sheet', '四月']])
})
