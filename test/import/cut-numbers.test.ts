// Long numbers that stand as text and were cut before they came to stand so (I8): a doubt of the preview, told by its column and the
// first of its rows; nothing is changed of them, and a column of such codes alone is none.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type House, openHouse } from '../live/house.ts'
import { type Front, frontOf } from './front.ts'

let house: House
let front: Front
beforeAll(async () => {
  house = await openHouse({ at: '2026-03-30T10:00:00+08:00', sources: [] })
  front = frontOf(house)
})
afterAll(() => house.close())

const DOCUMENT = { mapping: 'm', zone: 'UTC', fields: { project_no: 'no' }, case: [{ type: 'ACCEPT', at: 'on' }] }
/** `line column: value (cut/all)` of each doubt. */
const doubts = async (numbers: readonly string[], aside: readonly string[] = []): Promise<string[]> => {
  const rows = numbers.map((no, i) => `${no},2026-03-05,${aside[i] ?? ''}`)
  const { body } = await front.bring('t.csv', `no,on,aside\n${rows.join('\n')}\n`)
  const { body: shown } = await front.preview(body.file.file_id, DOCUMENT)
  expect(shown.counts?.rows).toBe(numbers.length)
  return shown.told
    .filter(({ code }) => code === 'number_cut')
    .map(({ place, field, zh }) => `${place.line} ${field ?? zh}`)
}
const WHOLE = '440106202603050012'
const CUT = '440106202603050000'

describe('a long number that ends in noughts', () => {
  it.each([
    ['among others that do not', [WHOLE, CUT, WHOLE], ['3 no: 440106202603050000 (1/3)']],
    ['of sixteen digits', ['1234567890123456', '1234567890123000'], ['3 no: 1234567890123000 (1/2)']],
    ['twice: told once, at the first', [CUT, WHOLE, '440106202603051000'], ['2 no: 440106202603050000 (2/3)']],
    ['in a column of such alone', [CUT, '440106202603051000'], []],
    ['that was not cut: a digit past the fifteenth is left', ['440106202603050012', '440106202603051120000'], []],
    ['of fifteen digits', ['123456789012000', '123456789012345'], []],
    ['in a code with letters', ['XK440106202603050000', WHOLE], []],
    ['with a nought before it', ['0440106202603050000', WHOLE], []],
  ])('I8: %s', async (_, numbers, told) => {
    expect(await doubts(numbers)).toEqual(told)
  })

  it('I8: in a column that the mapping does not read it is no matter', async () => {
    expect(await doubts(['A-1', 'A-2'], [WHOLE, CUT])).toEqual([])
  })
})
