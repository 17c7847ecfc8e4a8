// A form with a file, cut where its boundaries stand: as the platform writes it and reads it, and as other programs write it.

import { expect, it } from 'vitest'
import { atOnce } from '../../server/core/steps.ts'
import { type Form, readForm } from '../../server/http/form.ts'
import { seeded } from '../plan/city.ts'

const readOf = (body: Buffer, type: string): Form | null => atOnce(readForm(body, type))

const written = async (form: FormData): Promise<[Buffer, string]> => {
  const response = new Response(form)
  return [Buffer.from(await response.arrayBuffer()), response.headers.get('content-type') ?? '']
}

const NAMES = ['目录.csv', 'a "b".csv', 'semi;colon=.xlsx', "it's.json", 'x.csv']

it.each([1, 2, 3, 4, 5, 6, 7, 8])('I9: what the platform writes is read as it was: seed %s', async (seed) => {
  const random = seeded(seed)
  const bytes = Buffer.from(
    Array.from({ length: Math.floor(random() * 5_000) + 1 }, () => {
      const n = Math.floor(random() * 300)
      // breaks and dashes, of which boundaries are made, more often than others
      return n < 256 ? n : ([13, 10, 45, 45][n % 4] as number)
    }),
  )
  const name = NAMES[seed % NAMES.length] as string
  const form = new FormData()
  form.set('empty', '')
  form.set('who', ' 欧阳明月 ')
  form.set('lines', 'a\r\nb\r\n--c')
  form.set('file', new File([bytes], name))
  form.set('none', new File([], 'none.csv'))
  const read = readOf(...(await written(form)))
  expect(read?.file('file')?.name).toBe(name)
  expect(read?.file('file')?.bytes.equals(bytes)).toBe(true)
  expect([
    read?.text('who'),
    read?.text('lines'),
    read?.text('empty'),
    read?.text('file'),
    read?.text('absent'),
  ]).toEqual(['欧阳明月', 'a\r\nb\r\n--c', null, null, null])
  expect([read?.file('none'), read?.file('who'), read?.file('absent')]).toEqual([null, null, null])
})

const TYPE = 'multipart/form-data; boundary="e d"'
const disposition = (more: string): string => `Content-Disposition: form-data; name="file"; filename=${more}\r\n`

it.each([
  ['as curl quotes it', `--e d\r\n${disposition('"a \\"b\\".csv"')}\r\nx\r\n--e d--\r\n`, 'a "b".csv', 'x'],
  ['not quoted at all', `--e d\r\n${disposition('a.csv')}\r\nx\r\n--e d--`, 'a.csv', 'x'],
  ['behind a preamble', `hear\r\n--e d \t\r\n${disposition('"a.csv"')}\r\nx\r\n\r\n--e d--`, 'a.csv', 'x\r\n'],
  [
    'said to be binary',
    `--e d\r\n${disposition('"a.csv"')}Content-Transfer-Encoding: binary\r\n\r\nx\r\n--e d--`,
    'a.csv',
    'x',
  ],
])('I9: a file %s', (_, body, name, text) => {
  const file = readOf(Buffer.from(body), TYPE)?.file('file')
  expect([file?.name, file?.bytes.toString()]).toEqual([name, text])
})

it.each([
  ['no boundary', TYPE.replace('boundary', 'other'), `--e d\r\n${disposition('"a"')}\r\nx\r\n--e d--`],
  ['another boundary', TYPE, `--e\r\n${disposition('"a"')}\r\nx\r\n--e--`],
  ['no end', TYPE, `--e d\r\n${disposition('"a"')}\r\nx`],
  ['an end of its lines alone', TYPE, `--e d\r\n${disposition('"a"')}`],
  ['something behind the boundary', TYPE, `--e dx\r\n${disposition('"a"')}\r\nx\r\n--e d--`],
  ['a part without a name', TYPE, '--e d\r\nContent-Type: text/plain\r\n\r\nx\r\n--e d--'],
  [
    'a part in a coding of its own',
    TYPE,
    `--e d\r\n${disposition('"a"')}Content-Transfer-Encoding: base64\r\n\r\nx\r\n--e d--`,
  ],
  ['nothing', TYPE, ''],
])('I9: none with %s', (_, type, body) => {
  expect(readOf(Buffer.from(body), type)).toBeNull()
})

it('I5: a large file is looked through a stretch at a time, wherever its boundary stands', () => {
  const MEGABYTE = 1024 * 1024
  for (const length of [3 * MEGABYTE - 130, 3 * MEGABYTE - 100, 3 * MEGABYTE - 70, 3 * MEGABYTE]) {
    const text = 'x\r\n-'.repeat(MEGABYTE).slice(0, length)
    const work = readForm(Buffer.from(`--e d\r\n${disposition('"a.csv"')}\r\n${text}\r\n--e d--`), TYPE)
    let stops = 0
    for (;;) {
      const { done, value } = work.next()
      if (done === true) {
        expect((value as Form | null)?.file('file')?.bytes.toString() === text).toBe(true)
        break
      }
      stops++
    }
    expect(stops).toBeGreaterThanOrEqual(2)
  }
})
