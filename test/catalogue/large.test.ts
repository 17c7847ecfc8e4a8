// How large a catalogue may be (I5): parsing cannot be cut into pieces, so what would hold the others is refused with its code,
// over both doors; what is below the bound is taken as any other.

import { afterAll, beforeAll, expect, it } from 'vitest'
import { type MasterHouse, openMasterHouse } from './house.ts'

const MOST = 8 * 1024 * 1024

let house: MasterHouse
beforeAll(async () => {
  house = await openMasterHouse('2026-03-31T10:00:00+08:00x0')
})
afterAll(() => house.close())

/** A document of so many bytes; blanks between its members say nothing. */
const ofBytes = (bytes: number, catalogue: string): string => {
  const text = JSON.stringify({ catalogue, valid_from: '2026-01-01', sources: [{ source: 'test', name: '测试来源' }] })
  return `${text.slice(0, -1)}${' '.repeat(bytes - Buffer.byteLength(text))}}`
}

const post = async (body: string): Promise<[number, unknown]> => {
  const headers = { authorization: `Bearer ${house.keys.administrator}`, 'content-type': 'application/json' }
  const answer = await fetch(`${house.url}/api/v1/catalogue`, { method: 'POST', headers, body })
  const { code } = (await answer.json()) as { code?: string }
  return [answer.status, code]
}

it('I5, I9: a document of eight megabytes is taken, one byte more is too large', async () => {
  expect(await post(ofBytes(MOST, '八兆'))).toEqual([201, undefined])
  expect(await post(ofBytes(MOST + 1, '多一'))).toEqual([413, 'too_large'])
})

it('I5, I9: so is a file of JSON', async () => {
  const least = await house.upload(ofBytes(MOST, '八兆'), '目录.json', { dry_run: '1' })
  expect([least.status, least.body.fault_count]).toEqual([200, 0])
  const more = await house.upload(ofBytes(MOST + 1, '多一'), '目录.json', { dry_run: '1' })
  expect([more.status, more.body.fatal, more.body.faults.map(({ code }) => code)]).toEqual([200, true, ['too_large']])
})
