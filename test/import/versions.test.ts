// Two rows of one case in one export of a register (I14): which is meant nobody knows, so it is told; the same row again is
// not. As of one instant the later line holds, as it always did.
import { expect, it } from 'vitest'
import { fileOfTest } from './files.ts'
import { toldOf } from './told.ts'

const REGISTER = {
  mapping: 'm',
  register: '台账',
  zone: 'UTC',
  fields: { project_no: '办件编号' },
  case: [
    { type: 'ACCEPT', at: '受理时间' },
    { type: 'COMPLETE', at: '办结时间' },
  ],
}
const HEAD = '办件编号,受理时间,办结时间'
const told = async (document: object, ...rows: string[]): Promise<string[]> =>
  (await toldOf(fileOfTest('t.csv', [HEAD, ...rows].join('\n')), document as never, { asOf: '2026-04-01T00:00:00Z' }))
    .lines

const A = 'A1,2026-03-02 09:00,2026-03-04 09:00'
const B = 'A1,2026-03-02 09:00,2026-03-05 09:00'

it('I14: two versions of one row in one file are told at the later line', async () => {
  expect(await told(REGISTER, A, 'A2,2026-03-02 09:00,', B)).toEqual(['4 row_again'])
})
it('I14: the same row again, and rows of a file that is no register, are not', async () => {
  expect(await told(REGISTER, A, 'A2,2026-03-02 09:00,', A)).toEqual([])
  const { register: _, ...plain } = REGISTER
  expect(await told(plain, A, B)).toEqual([])
})
