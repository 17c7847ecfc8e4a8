// How large a catalogue may be (I5): what is more than any city writes, or would make the law too large to be held, is refused
// with its code, over both doors; what is below the bound is taken as any other. Texts that take long to read hold nobody.

import { afterAll, beforeAll, expect, it } from 'vitest'
import { readDocument, writeDocument } from '../../server/intake/files/mapping-text.ts'
import { openReading } from '../../server/office/reading.ts'
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

const calendar = (id: string, days: number) => ({
  calendar_id: id,
  name: id,
  zone: 'Asia/Shanghai',
  from: '2000-01-01',
  to: '2099-12-31',
  days: daysFrom(2000, days),
})
const daysFrom = (year: number, count: number) =>
  Array.from({ length: count }, (_, n) => ({
    on: new Date(Date.UTC(year, 0, 1 + n)).toISOString().slice(0, 10),
    kind: 'off',
  }))
const enact = (more: object): Promise<[number, unknown]> =>
  post(JSON.stringify({ catalogue: 'x', valid_from: '2026-01-01', ...more }))

it('I5, T1a: notices make of a calendar ten thousand days and no more', async () => {
  const notice = (year: number, count: number) => ({ notices: [{ calendar_id: 'long', days: daysFrom(year, count) }] })
  expect(await enact({ calendars: [calendar('long', 4_000)] })).toEqual([201, undefined])
  expect(await enact(notice(2015, 4_000))).toEqual([201, undefined])
  expect(await enact(notice(2030, 2_001))).toEqual([422, 'bad_catalogue'])
  expect(await enact(notice(2030, 2_000))).toEqual([201, undefined])
})

it('I5, T1: a law has a hundred calendars and no more', async () => {
  const many = (from: number, count: number) => ({
    calendars: Array.from({ length: count }, (_, n) => ({ ...calendar(`c${from + n}`, 0), parent: 'cn' })),
  })
  // beside the one that ships and the long one
  expect(await enact(many(0, 60))).toEqual([201, undefined])
  expect(await enact(many(60, 39))).toEqual([422, 'bad_catalogue'])
  expect(await enact(many(60, 38))).toEqual([201, undefined])
  // one that is known is none more
  expect(await enact(many(0, 1))).toEqual([201, undefined])
})

it('I5, I8: the text of a long mapping is read and written elsewhere, and comes out the same', async () => {
  const parser = openReading()
  try {
    const document = {
      mapping: 'x',
      values: Object.fromEntries(Array.from({ length: 400 }, (_, n) => [`码${n}`, `T${n}`])),
    }
    const text = writeDocument(document)
    let turns = 0
    const count = (): void => {
      turns += 1
      counting = setImmediate(count)
    }
    let counting = setImmediate(count)
    expect(await parser.read(text)).toEqual({ document })
    expect(turns).toBeGreaterThan(0)
    turns = 0
    expect(await parser.write(document)).toBe(text)
    expect(turns).toBeGreaterThan(0)
    clearImmediate(counting)
    expect(await parser.readYaml(text)).toEqual(document)
    expect(await parser.read(`${text}\n : [`)).toEqual(readDocument(`${text}\n : [`))
    await expect(parser.readYaml(`${text}\n : [`)).rejects.toThrow()
  } finally {
    await parser.close()
  }
})
