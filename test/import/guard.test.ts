// Guarded parsing (I8): what swells, nests without end, eats memory or stands still is refused with a stable code and a
// place, by the command and over HTTP alike, and whoever asked lives on. Bombs are made here; none is kept.
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { openSource } from '../../server/intake/files/bytes.ts'
import { FileRefused, placeText, type Read } from '../../server/intake/files/row.ts'
import { type Format, PLAIN_OPTIONS } from '../../server/intake/readers/reader.ts'
import { formatOf } from '../../server/intake/readers/registry.ts'
import { openParser, PARSE_BOUNDS, type ParseBounds, type Parser } from '../../server/supervision/parse.ts'
import { openHouse } from '../live/house.ts'
import { bookWith, deep } from './bombs.ts'
import { dryRun, fileOfTest, mappingOf } from './files.ts'
import { frontOf } from './front.ts'
import { read } from './read.ts'

const parser = openParser()
afterAll(() => parser.close())

const readBy = async (by: Parser, path: string, format: Format = formatOf(path)): Promise<string[]> => {
  const lines: string[] = []
  const told = (row: Read): string =>
    `${row.kind}@${placeText(row.place)} ${row.kind === 'unread' ? row.code : JSON.stringify(row.cells)}`
  try {
    const table = await by.openGuarded(openSource(path), format, PLAIN_OPTIONS)
    for await (const rows of table.rows()) lines.push(...rows.map(told))
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error
    lines.push(`refused@${placeText(error.place)} ${error.code}`)
  }
  return lines
}

const zeros = (bytes: number): Buffer => Buffer.alloc(bytes)
const MB = 1024 * 1024

const BOMBS: [what: string, name: string, bytes: () => Buffer | string, last: string][] = [
  [
    'a part of a workbook that unfolds a thousandfold',
    'b.xlsx',
    () => bookWith({ 'xl/worksheets/sheet1.xml': { text: zeros(40 * MB) } }),
    'refused@line 1 bomb',
  ],
  [
    'a part nobody reads that unfolds a thousandfold',
    'b.xlsx',
    () => bookWith({ 'xl/media/a.png': { text: zeros(40 * MB) } }),
    'refused@line 1 bomb',
  ],
  [
    'parts that say more than anyone may unfold',
    'b.xlsx',
    () => bookWith({ 'xl/a': { text: 'x', says: 900 * MB }, 'xl/b': { text: 'x', says: 900 * MB } }),
    'refused@line 1 bomb',
  ],
  [
    'a part that unfolds to more than it says',
    'b.xlsx',
    () => bookWith({ 'xl/sharedStrings.xml': { text: zeros(12 * MB), says: 1_000 } }),
    'refused@line 1 broken_file',
  ],
  ['a zipped table of zeros', 'b.csv.gz', () => gzipSync(zeros(80 * MB)), 'refused@line 1 '],
  [
    'a zipped table of blank lines',
    'b.csv.gz',
    () => gzipSync(Buffer.concat([Buffer.from('a,b\n'), Buffer.alloc(80 * MB, '\n')])),
    'refused@line 1 bomb',
  ],
  ['a log within logs', 'b.xes', () => `<log><trace>${deep('list', 300_000)}</trace></log>`, 'refused@line 1 too_deep'],
  [
    'attributes within attributes of a zipped log',
    'b.xes.gz',
    () => gzipSync(`<log>\n<trace>\n${deep('container', 300_000)}</trace></log>`),
    'refused@line 3 too_deep',
  ],
]

describe('bombs', () => {
  it.each(BOMBS)('I8: %s', async (_, name, bytes, last) => {
    const made = bytes()
    expect(made.length, 'a bomb is small').toBeLessThan(12 * MB)
    const lines = await readBy(parser, fileOfTest(name, made))
    expect(lines.at(-1)?.startsWith(last)).toBe(true)
  })

  it('I8: strings within strings of a workbook do no harm, and its row is read', async () => {
    const book = bookWith({ 'xl/sharedStrings.xml': { text: deep('si', 200_000) } })
    expect(await readBy(parser, fileOfTest('b.xlsx', book))).toEqual(['row@sheet 1!2 {"no":1}'])
  })

  it('I8: attributes of a trace that stand on each of its many events: memory is bounded, the rest is refused', async () => {
    const attributes = Array.from({ length: 1_900 }, (_, i) => `<string key="k${i}" value="v"/>`).join('')
    const log = `<log><trace>${attributes}${'<event/>'.repeat(20_000)}</trace></log>`
    const small = openParser({ ...PARSE_BOUNDS, memoryMb: 96 })
    try {
      expect((await readBy(small, fileOfTest('many.xes', log))).at(-1)).toMatch(/^refused@.* too_heavy$/)
      expect(await readBy(small, fileOfTest('t.xes', '<log><trace/></log>'))).toEqual(['case@trace 1 (line 1) {}'])
    } finally {
      await small.close()
    }
  })
})

describe('the guard', () => {
  const within = async (bounds: Partial<ParseBounds>, path: string): Promise<string[]> => {
    const guarded = openParser({ ...PARSE_BOUNDS, ...bounds })
    try {
      return await readBy(guarded, path)
    } finally {
      await guarded.close()
    }
  }

  it('I8: no progress, or more time than a file is given: stopped, with a code and a place', async () => {
    const path = fileOfTest('t.xes', '<log><trace/></log>')
    expect(await within({ stallMs: 0 }, path)).toEqual(['refused@line 1 stalled'])
    expect(await within({ ceilingMs: 0 }, path)).toEqual(['refused@line 1 stalled'])
  })

  const SAME: [name: string, content: string | Buffer][] = [
    ['t.csv', 'a,b\n1,2\n3\n"4\n5",6\n'],
    ['t.ndjson', '{"a":1,"constructor":"x"}\nno\n'],
    [
      't.xes',
      `<log><trace><string key="n" value="c"/>${'<event><int key="i" value="1"/></event>'.repeat(1_300)}</trace><trace></log>`,
    ],
    ['t.xes.gz', gzipSync('<log><trace/><trace/></log>')],
    ['t.xlsx', bookWith({})],
    ['half.xlsx', bookWith({}).subarray(0, 300)],
    ['t.csv.gz', gzipSync('a,b\n1,2\n').subarray(0, 12)],
  ]
  it.each(SAME)('I8: %s: the same rows and the same refusals as without it', async (name, content) => {
    const path = fileOfTest(name, content)
    const expected = await read(path)
    const placed = expected.map((line) => line.replace(/@(?:sheet 1)!/, '@sheet 1!'))
    expect(await readBy(parser, path)).toEqual(placed)
  })

  it('I8: a column is never found among the members every object has', async () => {
    const table = await parser.openGuarded(openSource(fileOfTest('t.csv', 'a\n1\n')), 'csv', PLAIN_OPTIONS)
    for await (const rows of table.rows())
      for (const row of rows) expect(row.kind === 'unread' ? null : row.cells.constructor).toBe(undefined)
  })

  it('I8: left in the middle, the thread goes and the next file is read', async () => {
    const path = fileOfTest('long.csv', `a\n${'1\n'.repeat(50_000)}`)
    for (let n = 0; n < 3; n++) {
      const table = await parser.openGuarded(openSource(path), 'csv', PLAIN_OPTIONS)
      let rows = 0
      for await (const batch of table.rows()) {
        rows += batch.length
        if (rows > 1_000) break
      }
      expect(rows).toBeLessThan(3_000)
    }
    expect(await readBy(parser, fileOfTest('t.csv', 'a\n1\n'))).toEqual(['row@line 2 {"a":"1"}'])
  })
})

describe('whoever asked lives on', () => {
  const mapping = {
    mapping: 'm',
    source: 's',
    zone: 'UTC',
    fields: { project_no: 'no' },
    case: [{ type: 'RECEIVE', at: 'on' }],
  }
  const bomb = (): Buffer => bookWith({ 'xl/worksheets/sheet1.xml': { text: zeros(40 * MB) } })

  it('I8: the command: refused in the report', async () => {
    const { refused, accepted } = await dryRun(fileOfTest('b.xlsx', bomb()), mappingOf(mapping))
    expect(refused).toMatchObject({ code: 'bomb', place: { line: 1 } })
    expect(refused?.zh).toContain('展开')
    expect(accepted).toBe(0)
  })

  it('I8: the server: a preview and a job are refused, health and the next file are as before', async () => {
    const house = await openHouse({ at: '2026-09-30T10:00:00+08:00', sources: [] })
    try {
      const front = frontOf(house)
      const { status, body } = await front.bring('bomb.xlsx', bomb())
      expect(status).toBe(200)
      expect(body.refused).toMatchObject({ code: 'bomb', place: { line: 1 } })
      const deepLog = await front.bring('deep.xes', `<log><trace>${deep('list', 300_000)}</trace></log>`)
      expect(deepLog.body.refused).toMatchObject({ code: 'too_deep', place: { line: 1 } })
      const { body: job } = await front.start({ file_id: body.file.file_id, mapping })
      expect(await front.ended(job.import_id)).toMatchObject({ state: 'done', refused: { code: 'bomb' }, issues: 1 })
      expect((await house.get('/health')).status).toBe(200)
      const next = await front.bring('t.csv', 'no,on\nG-1,2026-03-05\n')
      const { body: good } = await front.start({ file_id: next.body.file.file_id, mapping })
      expect(await front.ended(good.import_id)).toMatchObject({ counts: { accepted: 1 }, refused: null })
    } finally {
      await house.close()
    }
  })
})
