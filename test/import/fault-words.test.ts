// Faults of a mapping in words of our own (I8): Chinese and English, for the format field above all.
import { expect, it } from 'vitest'
import { phraseOf } from '../../server/contract/phrases.ts'
import { compileMapping } from '../../server/intake/files/map.ts'
import { openHouse } from '../live/house.ts'
import { frontOf } from './front.ts'

const BASE = { mapping: 'm', fields: { project_no: 'no' }, case: [{ type: 'ACCEPT', at: 'on' }] }

it('I8: a date format, a zone, an encoding, no event at all [U14]', () => {
  const cases: [more: object, zh: string][] = [
    [{ dates: ['HH:mm'] }, '日期格式未写全年、月、日（如 yyyy-MM-dd）：HH:mm'],
    [{ zone: 'Nowhere' }, '没有这个时区（应如 Asia/Shanghai）：Nowhere'],
    [{ encoding: 'latin-99' }, '没有这种文字编码：latin-99'],
    [{ case: [] }, '没有写明任何事件（case 或 events）'],
  ]
  for (const [more, zh] of cases) {
    const compiled = compileMapping({ ...BASE, ...more })
    if (!('faults' in compiled)) throw new Error('it has no faults')
    expect(compiled.faults.map(({ detail }) => phraseOf(detail).zh)).toEqual([zh])
  }
})

it('I8: a page is told so in its own language [U14]', async () => {
  const house = await openHouse({ at: '2026-09-30T10:00:00+08:00', sources: [] })
  try {
    const { body } = await frontOf(house).bring('t.csv', 'no,on\n1,2026-03-05\n')
    const { body: faulty } = await frontOf(house).preview(body.file.file_id, { ...BASE, dates: ['HH:mm'] })
    expect(faulty.faults).toMatchObject([{ at: '/dates/0', zh: '日期格式未写全年、月、日（如 yyyy-MM-dd）：HH:mm' }])
    expect(faulty.faults[0]?.en).toBe('names no year, month and day: HH:mm')
  } finally {
    await house.close()
  }
})
