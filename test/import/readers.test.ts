// The readers, format by format (I8): every row with its place, every line that is none with its reason, encodings
// found or named, files that break in the middle. Rows of the tables below are files; nothing is ever lost in silence.
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { writeXlsx } from 'hucre/xlsx'
import { describe, expect, it } from 'vitest'
import { openSource } from '../../server/intake/files/bytes.ts'
import { FileRefused } from '../../server/intake/files/row.ts'
import { delimiterIn } from '../../server/intake/readers/csv/csv.ts'
import { formatOf } from '../../server/intake/readers/registry.ts'
import { fileOfTest } from './files.ts'
import { read } from './read.ts'

const gb18030 = (text: string): Buffer => {
  const known: Record<string, number[]> = { 办: [0xb0, 0xec], 件: [0xbc, 0xfe], 受: [0xca, 0xdc], 理: [0xc0, 0xed] }
  return Buffer.from([...text].flatMap((char) => known[char] ?? [char.charCodeAt(0)]))
}

describe('CSV', () => {
  const CASES: [what: string, text: string, rows: string[]][] = [
    ['plain', 'a,b\n1,2\n', ['row@line 2 {"a":"1","b":"2"}']],
    ['a mark, CRLF, no last line end', '\ufeffa,b\r\n1,2', ['row@line 2 {"a":"1","b":"2"}']],
    [
      'line ends of all kinds in one file',
      'a,b\r1,2\n3,4\r\n5,6',
      ['row@line 2 {"a":"1","b":"2"}', 'row@line 3 {"a":"3","b":"4"}', 'row@line 4 {"a":"5","b":"6"}'],
    ],
    ['semicolons', 'a;b\n1;2,5\n', ['row@line 2 {"a":"1","b":"2,5"}']],
    ['a first line that names the delimiter', 'sep=;\na;b\n1;2,5\n', ['row@line 3 {"a":"1","b":"2,5"}']],
    ['such a line after a mark', '\ufeffSEP=,\r\na,b;c\r\n1,2\r\n', ['row@line 3 {"a":"1","b;c":"2"}']],
    ['a head that only looks like it', 'sep=x,b\n1,2\n', ['row@line 2 {"sep=x":"1","b":"2"}']],
    ['tabs', 'a\tb\n1\t2\n', ['row@line 2 {"a":"1","b":"2"}']],
    [
      'quotes with a line break in them',
      'a,b\n"1\n2","3""4"\n5,6\n',
      ['row@line 2 {"a":"1\\n2","b":"3\\"4"}', 'row@line 4 {"a":"5","b":"6"}'],
    ],
    [
      'line ends of two characters in quotes count once',
      'a,b\r\n"1\r\n2",3\r\n5\r\n',
      ['row@line 2 {"a":"1\\r\\n2","b":"3"}', 'row@line 4 {"a":"5","b":null}'],
    ],
    ['blank lines', 'a,b\n\n1,2\n\n', ['row@line 3 {"a":"1","b":"2"}']],
    ['too few cells', 'a,b\n1\n3,4\n', ['row@line 2 {"a":"1","b":null}', 'row@line 3 {"a":"3","b":"4"}']],
    ['too many cells', 'a,b\n1,2,3\n3,4\n', ['unread@line 2 wrong_columns', 'row@line 3 {"a":"3","b":"4"}']],
    ['a last delimiter too many', 'a,b\n1,2,\n', ['row@line 2 {"a":"1","b":"2"}']],
    ['columns without and with the same name', ' a ,,a\n1,2,3\n', ['row@line 2 {"a":"1","column 2":"2","a#2":"3"}']],
    [
      'a quote inside a cell',
      'a,b\n1,2"x\n3,4\n',
      ['row@line 2 {"a":"1","b":"2\\"x"}', 'row@line 3 {"a":"3","b":"4"}'],
    ],
    [
      'a quote that takes the next lines',
      'a,b\n1,"2\n3,4\n5,"6"\n7,8\n',
      ['unread@line 2 broken_quotes', 'row@line 5 {"a":"7","b":"8"}'],
    ],
    [
      'a quote that is never closed',
      'a,b\n1,2\n3,"4\n5,6\n',
      ['row@line 2 {"a":"1","b":"2"}', 'refused@line 3 broken_file'],
    ],
    ['a header alone', 'a,b\n', []],
    ['nothing', '', ['refused@line 1 empty_file']],
  ]
  it.each(CASES)('I8: %s', async (_, text, rows) => {
    expect(await read(fileOfTest('t.csv', text))).toEqual(rows)
  })

  it('I8: a record without an end is bounded, and what stands before it is read', async () => {
    const text = `a,b\n1,2\n3,"${'x'.repeat(70_000)}\n`.concat('y,'.repeat(600_000))
    expect(await read(fileOfTest('t.csv', text))).toEqual([
      'row@line 2 {"a":"1","b":"2"}',
      'refused@line 3 broken_file',
    ])
  })

  it('I8: lines above the header, columns named, a delimiter named', async () => {
    const text = 'Report of March\n"by us"\na|b\n1|2\n'
    expect(await read(fileOfTest('t.csv', text), { skipRows: 2, delimiter: '|' })).toEqual([
      'row@line 4 {"a":"1","b":"2"}',
    ])
    expect(await read(fileOfTest('t.csv', '1,2\n'), { columns: ['x', 'y'] })).toEqual(['row@line 1 {"x":"1","y":"2"}'])
  })

  it('I8: the delimiter of a header whose names hold others', () => {
    expect(delimiterIn('"a,b,c";d;e\n1;2;3')).toBe(';')
    expect(delimiterIn('one')).toBe(',')
  })
})

describe('encodings', () => {
  const row = 'row@line 2 {"办件":"受理"}'
  it('I8: UTF-8 with and without a mark, UTF-16 with one, GB18030 by its bytes', async () => {
    const text = '办件\n受理\n'
    expect(await read(fileOfTest('t.csv', text))).toEqual([row])
    expect(await read(fileOfTest('t.csv', `\ufeff${text}`))).toEqual([row])
    expect(await read(fileOfTest('t.csv', Buffer.from(`\ufeff${text}`, 'utf16le')))).toEqual([row])
    expect(await read(fileOfTest('t.csv', gb18030(text)))).toEqual([row])
    expect(await read(fileOfTest('t.csv.gz', gzipSync(gb18030(text))))).toEqual([row])
  })

  it('I8: one late GB18030 line after a megabyte of ASCII is still found', async () => {
    const many = Buffer.from(`办件`.replace(/./g, 'x').concat('\n', 'y\n'.repeat(600_000)))
    const lines = await read(fileOfTest('t.csv', Buffer.concat([many, gb18030('受理\n')])))
    expect(lines.at(-1)).toBe('row@line 600002 {"xx":"受理"}')
  })

  const REGISTER = ['号,事项,备注', 'A-1,食品经营许可,无', 'A-2,施工许可,窗口代办', 'A-3,户外广告,x'].join('\n')
  /** The text in UTF-8 without one byte of this word, as a transfer or a cut column leaves it. */
  const cut = (word: string, text = REGISTER): Buffer => {
    const bytes = Buffer.from(text)
    const at = bytes.indexOf(Buffer.from(word)) + 1
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)])
  }

  it.each([
    ['in a cell', cut('品'), 2],
    ['at the end of a line', cut('办\nA-3'), 3],
    ['at the end of the file', Buffer.from(`${REGISTER}完`).subarray(0, -1), 4],
    ['in the head', cut('注'), 1],
    ['in the one row of a file', cut('可', '号,事项\nA-1,施工许可\n'), 2],
  ])(
    'I8: one damaged byte %s turns no file of UTF-8 into another encoding: it is refused with its line',
    async (_, bytes, line) => {
      expect(await read(fileOfTest('t.csv', bytes))).toEqual([`refused@line ${line} not_text`])
    },
  )

  it('I8: GB18030 stays what it is, though one of its lines could be UTF-8 as well', async () => {
    // two characters of GB18030 whose four bytes are two of UTF-8 (C4 A3 C4 A3)
    const odd = Buffer.from([0xc4, 0xa3, 0xc4, 0xa3])
    const text = Buffer.concat([gb18030('件,理\nA-1,受理办件\nA-2,'), odd, gb18030('\nA-3,受理\n')])
    const lines = await read(fileOfTest('t.csv', text))
    expect(lines.map((line) => line.replace(/ \{.*/, ''))).toEqual(['row@line 2', 'row@line 3', 'row@line 4'])
    expect(lines[0]).toContain('受理办件')
  })

  it('I8: a code page is named, never guessed: bytes that are neither are refused with their line', async () => {
    const bytes = Buffer.from(
      [...'a\nb\n'].map((char) => char.charCodeAt(0)).concat([0xd6, 0xfd, 0xfc, 0xfb, 0x20, 0x0a]),
    )
    expect(await read(fileOfTest('t.csv', bytes))).toEqual(['refused@line 3 not_text'])
    expect(await read(fileOfTest('t.csv', bytes), { encoding: 'windows-1251' })).toEqual([
      'row@line 2 {"a":"b"}',
      'row@line 3 {"a":"Цэьы"}'.replace(
        'Цэьы',
        new TextDecoder('windows-1251').decode(new Uint8Array([0xd6, 0xfd, 0xfc, 0xfb, 0x20])),
      ),
    ])
    expect(await read(fileOfTest('t.csv', bytes), { encoding: 'utf-8' })).toEqual(['refused@line 3 not_text'])
  })

  it('I8: the prolog of XML names its own encoding; a wrong one is refused, not read as mojibake', async () => {
    const log = (encoding: string): string =>
      `<?xml version="1.0" encoding="${encoding}"?><log><trace><string key="n" value="办件"/></trace></log>`
    expect(await read(fileOfTest('t.xes', gb18030(log('GBK'))))).toEqual(['case@trace 1 (line 1) {"case:n":"办件"}'])
    expect(await read(fileOfTest('t.xes', gb18030(log('UTF-8'))))).toEqual(['refused@line 1 not_text'])
    expect(await read(fileOfTest('t.xes', gb18030(log('klingon'))))).toEqual(['refused@line 1 not_text'])
  })
})

describe('NDJSON', () => {
  it('I8: inner members are cells, bad lines are told with their number', async () => {
    const text = '{"a":1,"b":{"c":"x","d":[true,null]}}\n\nnot json\n[1]\n{"a":2}'
    expect(await read(fileOfTest('t.ndjson', text))).toEqual([
      'row@line 1 {"a":1,"b/c":"x","b/d/0":true,"b/d/1":null}',
      'unread@line 3 bad_line',
      'unread@line 4 bad_line',
      'row@line 5 {"a":2}',
    ])
  })

  it('I8: a line without an end is no event and is not held', async () => {
    const text = `{"a":1}\n${'x'.repeat(3_000_000)}\n{"a":2}\n`
    expect(await read(fileOfTest('t.ndjson', text))).toEqual([
      'row@line 1 {"a":1}',
      'unread@line 2 bad_line',
      'row@line 3 {"a":2}',
    ])
  })
})

describe('XLSX', () => {
  const book = async (rows: (string | number | boolean | Date | null)[][]): Promise<Uint8Array> =>
    writeXlsx({
      sheets: [
        { name: '台账', rows },
        { name: 'second', rows: [['z'], [1]] },
      ],
    })

  it('I8: rows with the number the sheet shows; numbers, truths and wall times keep their kind', async () => {
    const at = new Date(Date.UTC(2026, 2, 5, 8, 30))
    const path = fileOfTest(
      't.xlsx',
      await book([
        ['办件', 'n', 'ok'],
        ['甲', 1.5, true],
        [null, null, null],
        ['乙', null, null],
      ]),
    )
    expect(await read(path)).toEqual([
      'row@sheet 1!2 {"办件":"甲","n":1.5,"ok":true}',
      'row@sheet 1!4 {"办件":"乙","n":null,"ok":null}',
    ])
    expect(await read(path, { sheet: 'second' })).toEqual(['row@second!2 {"z":1}'])
    expect(await read(path, { sheet: 2 })).toEqual(['row@sheet 2!2 {"z":1}'])
    const dated = await read(fileOfTest('t.xlsx', await book([['at'], [at]])))
    expect(dated[0]).toMatch(/^row@sheet 1!2 \{"at":"2026-03-05/)
  })

  it('I8: no workbook, half a workbook, no such sheet: refused with a reason', async () => {
    const bytes = await book([['a'], [1]])
    expect(await read(fileOfTest('t.xlsx', 'a,b\n1,2\n'))).toEqual(['refused@line 1 broken_file'])
    expect((await read(fileOfTest('t.xlsx', bytes.slice(0, bytes.length / 2)))).at(-1)).toMatch(
      /^refused@.* broken_file$/,
    )
    expect((await read(fileOfTest('t.xlsx', bytes), { sheet: 'third' })).at(-1)).toMatch(/^refused@.* empty_file$/)
  })
})

describe('files as such', () => {
  it('I8: the ending tells the format, .gz before it; others are refused', () => {
    expect(
      ['a.csv', 'B.CSV.GZ', 'a.tsv', 'a.ndjson', 'a.jsonl.gz', 'a.xlsx', 'a.xes.gz'].map((name) => formatOf(name)),
    ).toEqual(['csv', 'csv', 'csv', 'ndjson', 'ndjson', 'xlsx', 'xes'])
    for (const name of ['a.parquet', 'a.zip', 'a', 'a.json', 'a.toString'])
      expect(() => formatOf(name)).toThrow(FileRefused)
  })

  it('I8: no such file, a folder, a zipped file cut off', async () => {
    expect(() => openSource('/nowhere/at/all.csv')).toThrow(FileRefused)
    const zipped = gzipSync('a,b\n1,2\n')
    expect(await read(fileOfTest('t.csv.gz', zipped.subarray(0, zipped.length - 9)))).toEqual([
      'refused@line 1 broken_file',
    ])
    expect(await read(fileOfTest('t.csv.gz', 'a,b\n'))).toEqual(['refused@line 1 broken_file'])
  })

  it('I8: any bytes under any name are read or refused, never a throw of another kind', async () => {
    const name = fc.constantFrom('t.csv', 't.ndjson', 't.xes', 't.xlsx', 't.csv.gz')
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc.string({ maxLength: 300 }).map((text) => Buffer.from(text)),
      fc
        .array(
          fc.constantFrom(
            '<log>',
            '<trace>',
            '</trace>',
            '<event>',
            '</event>',
            '<string key="a" value="b"/>',
            '"',
            ',',
            '\n',
            '{}',
            '&lt;',
          ),
          { maxLength: 60 },
        )
        .map((parts) => Buffer.from(parts.join(''))),
    )
    await fc.assert(
      fc.asyncProperty(name, bytes, async (as, content) => {
        await read(fileOfTest(as, content))
      }),
      { seed: 20261121, numRuns: 150 },
    )
  })
})
