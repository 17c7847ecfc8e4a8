// A form with a file, cut where its boundaries stand: as the platform writes it and reads it, and as other programs write it.

import { expect, it } from 'vitest'
import { type Form, type FormFile, readForm } from '../../server/http/form.ts'
import { seeded } from '../plan/city.ts'

const MEGABYTE = 1024 * 1024

/** The body in pieces of so many bytes, as a socket gives it. */
async function* pieces(body: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < body.length; at += size) yield body.subarray(at, at + size)
}

const readOf = (body: Buffer, type: string, size = 65_536): Promise<Form | null> =>
  readForm(pieces(body, size), type, 8 * MEGABYTE)

const bytesOf = (file: FormFile | null | undefined): Buffer => Buffer.concat(file?.chunks ?? [])

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
  const read = await readOf(...(await written(form)), 1 + Math.floor(random() * 700))
  expect(read?.file('file')?.name).toBe(name)
  expect(bytesOf(read?.file('file')).equals(bytes)).toBe(true)
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
  ['behind a preamble', `hear\r\n--e d\r\n${disposition('"a.csv"')}\r\nx\r\n\r\n--e d--`, 'a.csv', 'x\r\n'],
  [
    'said to be binary',
    `--e d\r\n${disposition('"a.csv"')}Content-Transfer-Encoding: binary\r\n\r\nx\r\n--e d--`,
    'a.csv',
    'x',
  ],
])('I9: a file %s', async (_, body, name, text) => {
  for (const size of [1, 7, 65_536]) {
    const file = (await readOf(Buffer.from(body), TYPE, size))?.file('file')
    expect([file?.name, bytesOf(file).toString()]).toEqual([name, text])
  }
})

it.each([
  ['no boundary', TYPE.replace('boundary', 'other'), `--e d\r\n${disposition('"a"')}\r\nx\r\n--e d--`],
  ['another boundary', TYPE, `--e\r\n${disposition('"a"')}\r\nx\r\n--e--`],
  ['no end', TYPE, `--e d\r\n${disposition('"a"')}\r\nx`],
  ['an end of its lines alone', TYPE, `--e d\r\n${disposition('"a"')}`],
  ['something behind the boundary', TYPE, `--e dx\r\n${disposition('"a"')}\r\nx\r\n--e d--`],
  // only mail has blanks there; what cannot be read as it is meant is refused, whole
  ['blanks behind the boundary', TYPE, `--e d \t\r\n${disposition('"a"')}\r\nx\r\n--e d--`],
  ['a part without a name', TYPE, '--e d\r\nContent-Type: text/plain\r\n\r\nx\r\n--e d--'],
  [
    'a part in a coding of its own',
    TYPE,
    `--e d\r\n${disposition('"a"')}Content-Transfer-Encoding: base64\r\n\r\nx\r\n--e d--`,
  ],
  ['nothing', TYPE, ''],
])('I9: none with %s', async (_, type, body) => {
  for (const size of [1, 7, 65_536]) expect(await readOf(Buffer.from(body), type, size)).toBeNull()
})

it('I5: a large file is never copied: what the form hands out are the bytes that came', async () => {
  const text = 'x\r\n-'.repeat(MEGABYTE / 4)
  const body = Buffer.from(`--e d\r\n${disposition('"a.csv"')}\r\n${text}\r\n--e d--`)
  const file = (await readOf(body, TYPE))?.file('file')
  expect(bytesOf(file).toString() === text).toBe(true)
  // but for what might have been the beginning of a boundary, a few bytes at the end of a piece
  const own = file?.chunks.filter(({ buffer }) => buffer === body.buffer).reduce((sum, { length }) => sum + length, 0)
  expect(own).toBeGreaterThan(text.length - 10_000)
})

it('I5: past its bound a form is refused before the rest of it has come', async () => {
  const most = 100_000
  let came = 0
  async function* endless(): AsyncGenerator<Buffer> {
    yield Buffer.from(`--e d\r\n${disposition('"a.csv"')}\r\n`)
    for (;;) {
      came += 10_000
      yield Buffer.alloc(10_000)
    }
  }
  await expect(readForm(endless(), TYPE, most)).rejects.toMatchObject({ code: 'too_large' })
  expect(came).toBeLessThanOrEqual(most + 10_000)
})

it('I5: a form of very many parts is none, and read no further', async () => {
  let came = 0
  async function* parts(): AsyncGenerator<Buffer> {
    for (; ; came++) yield Buffer.from(`--e d\r\nContent-Disposition: form-data; name="n${came}"\r\n\r\nx\r\n`)
  }
  expect(await readForm(parts(), TYPE, 8 * MEGABYTE)).toBeNull()
  expect(came).toBeLessThan(100)
})

const SIZES = [1, 100, 16_000, 16_384, 17_000, 30_000, 65_000, 65_536, 70_000, 140_000]
it.each(SIZES)(
  'I9: a file of %s bytes ends, be it in the chunk in which it began or in another [S16]',
  async (size) => {
    const form = new FormData()
    form.set('file', new File(['x'.repeat(size)], 'a.csv'))
    form.set('dry_run', '1')
    const [body, type] = await written(form)
    for (const chunk of [1_000, 16_384, 65_536, 1_000_000]) {
      const read = await readOf(body, type, chunk)
      expect([read?.file('file')?.length, read?.text('dry_run')]).toEqual([size, '1'])
    }
  },
)
