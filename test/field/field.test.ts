// Files and feeds as people really have them (I8, I14, I15): for each, what is right and what comes, side by side. What is
// right was written down from the files and the rules before the readers were mended.

import { describe, expect, it } from 'vitest'
import { openSource } from '../../server/intake/files/bytes.ts'
import { PLAIN_OPTIONS } from '../../server/intake/readers/reader.ts'
import { openTable } from '../../server/intake/readers/registry.ts'
import { suggestionOf } from '../import/read.ts'
import { come, fieldFile } from './come.ts'

const ACCEPTED = 'ACCEPT 2026-03-10T01:15:00.000Z'
const COMPLETED = 'COMPLETE 2026-03-12T02:00:00.000Z'
/** Accepted on 10 March at 9:15 and concluded on the 12th at 10, or still open. */
const closed = (no: string, of = 'd t5'): string[] => [`${no} ${ACCEPTED} ${of}`, `${no} ${COMPLETED} ${of}`]
const open = (no: string, of = 'd t5'): string[] => [`${no} ${ACCEPTED} ${of}`]

const APART = {
  case: [
    { type: 'ACCEPT', at: { date: '受理日期', time: '受理时间' } },
    { type: 'COMPLETE', at: { date: '办结日期', time: '办结时间' } },
  ],
}
const TEN = ['C-1', 'C-2', 'C-3', 'C-4', 'C-5', 'C-6', 'C-7']
const QUOTED = '住建局 "一科" x1'
const DUE = '{"promise_due_at":"2026-03-12"}'
const dueOn = (no: string, day: string): string[] => [
  `${no} ${ACCEPTED} d - ${DUE}`,
  `${no} COMPLETE 2026-03-${day}T02:00:00.000Z d -`,
]

interface Right {
  readonly file: string
  readonly right: string
  readonly mapping?: string
  readonly more?: Record<string, unknown>
  readonly taken: readonly string[]
  readonly waits?: readonly string[]
  readonly lines?: readonly string[]
}

const FIELD: readonly Right[] = [
  {
    file: 'backslash-quotes/a.csv',
    right: 'one department, however its quotes are written',
    taken: [...closed('C-1', QUOTED), ...closed('C-2', QUOTED), ...closed('C-3', QUOTED)],
  },
  {
    file: 'closing-date-only/a.csv',
    right: 'a day without a time says only that it happened on that day',
    taken: [
      ['A-1', 't0', '01:15', '01:20', '10'],
      ['A-2', 't5', '06:15', '07:20', '10'],
      ['A-3', 't5', '06:15', '07:20', '12'],
      ['A-4', 't5', '06:15', '07:20', '17'],
      ['A-5', 't5', '06:15', '07:20', '18'],
    ].flatMap(([no, item, received, accepted, day]) => [
      `${no} RECEIVE 2026-03-10T${received}:00.000Z d ${item}`,
      `${no} ACCEPT 2026-03-10T${accepted}:00.000Z d ${item}`,
      `${no} COMPLETE 2026-03-${day}T00:00:00+08:00 d ${item} day`,
    ]),
  },
  {
    file: 'date-and-time-apart/a.csv',
    right: 'two columns are one instant, as text',
    more: { ...APART, dates: ['M/d/yyyy'] },
    taken: closed('C-2'),
  },
  { file: 'date-and-time-apart/a.xlsx', right: 'and as cells', more: APART, taken: closed('C-1') },
  {
    file: 'due-at-midnight/due.csv',
    mapping: 'due-at-midnight/due.yaml',
    right: 'a due at exactly midnight without an offset is that day, as text',
    taken: [...dueOn('U-6', '12'), ...dueOn('U-7', '13'), ...dueOn('U-8', '11')],
  },
  {
    file: 'due-at-midnight/due.xlsx',
    mapping: 'due-at-midnight/due.yaml',
    right: 'and as a cell',
    taken: [...dueOn('V-6', '12'), ...dueOn('V-7', '13'), ...dueOn('V-8', '11')],
  },
  {
    file: 'empty-shared-string/a.xlsx',
    right: 'a typed cell without a value is blank, and a case without a number is told',
    taken: [...closed('C-1', '- t5'), ...closed('C-2', 'd -'), ...closed('C-4', '- t5'), ...closed('C-5', '- t5')],
    waits: ['? ACCEPT row_waits', '? COMPLETE row_waits'],
    lines: ['4 missing_cell 办件编号'],
  },
  {
    file: 'error-cells/a.xlsx',
    right: 'an error has no value: each row told, none taken, none by half',
    taken: [],
    // row 4 is open: it has no end that could wait
    waits: ['?', '?', '?', 'C-4', 'C-5']
      .flatMap((no) => [`${no} ACCEPT row_waits`, `${no} COMPLETE row_waits`])
      .toSpliced(5, 1),
    lines: [
      '2 error_cell 办件编号',
      '3 error_cell 办件编号',
      '4 error_cell 办件编号',
      '5 error_cell 部门',
      '6 error_cell 办结时间',
      '6 row_waits',
    ],
  },
  {
    file: 'iso-date-cells/a.xlsx',
    right: "a sheet's own date needs no format",
    taken: [...closed('C-1'), ...closed('C-2')],
  },
  {
    file: 'merged-department/a.xlsx',
    right: 'what is merged downwards holds for all its rows',
    taken: [...closed('C-1', 'd x1'), ...closed('C-2', 'd x1'), ...closed('C-3', 'd x1')],
  },
  {
    file: 'null-words/a.csv',
    right: 'words for nothing are nothing in a column of dates: seven cases, six open',
    taken: TEN.flatMap((no) => (no === 'C-1' ? closed(no) : open(no))),
  },
  {
    file: 'short-rows/a.csv',
    right: 'last cells that are not there are empty, and told: three cases, two open',
    taken: [...closed('C-1'), ...open('C-2'), ...open('C-3')],
    lines: ['3 short_row', '4 short_row'],
  },
  {
    file: 'text-markers/a.csv',
    right: 'marks about a number are no part of it',
    taken: ['0042', '0043', '0044', '0045', '0046'].flatMap((no) => closed(no)),
  },
  {
    file: 'unix-zero/epoch.ndjson',
    mapping: 'unix-zero/epoch.yaml',
    right: 'zero of Unix time is no conclusion',
    taken: [...open('E-1'), ...closed('E-2'), ...open('E-3')],
    lines: ['1 null_date closed'],
  },
  {
    file: 'unix-zero/text.csv',
    mapping: 'unix-zero/text.yaml',
    right: 'no null date is an event, and each is told',
    taken: ['Y-1', 'Y-2', 'Y-3', 'Y-4'].flatMap((no) => open(no)),
    lines: [2, 3, 4, 5].map((line) => `${line} null_date 办结时间`),
  },
  {
    file: 'unix-zero/due.csv',
    mapping: 'unix-zero/due.yaml',
    right: 'no null date is a due, and the acceptance stands without one',
    taken: ['U-1', 'U-2', 'U-3'].flatMap((no) => closed(no, 'd -')),
    lines: [2, 3].map((line) => `${line} null_date 应办结时间`),
  },
  {
    file: 'zero-padded-numbers/a.xlsx',
    right: 'the number as people see it: three cases',
    taken: [...closed('00000042'), ...open('YS0042'), ...closed('2026-042')],
  },
]

describe('files of the field', () => {
  it.each(FIELD)('I8 I15: $file: $right', async ({ file, mapping, more, taken, waits = [], lines = [] }) => {
    const found = await come(file, mapping ?? `${file.split('/')[0]}/mapping.yaml`, more)
    expect(found.taken).toEqual(taken)
    expect(found.waits).toEqual(waits)
    expect(found.lines).toEqual(lines)
  })

  it('I8: xes-odd/a.xes: ten events, six told, offsets and long numbers kept', async () => {
    const { taken, lines, skipped } = await come('xes-odd/a.xes', 'xes-odd/mapping.yaml')
    expect([taken.length, lines.length, skipped]).toEqual([10, 6, 6])
    expect(taken[0]).toContain('T-1 ACCEPT 2026-03-10T04:15:00.000Z')
    expect(taken.map((line) => line.split(' ')[0])).toContain('9007199254740993')
    expect(taken.map((line) => line.split(' ')[0])).toContain('173694')
  })

  it('I8: sheet-formats/fmts.xlsx: dates are dates and numbers numbers', async () => {
    const table = await openTable(openSource(fieldFile('sheet-formats/fmts.xlsx')), 'xlsx', PLAIN_OPTIONS)
    const kinds = new Map<string, string>()
    for await (const rows of table.rows())
      for (const row of rows) {
        if (row.kind === 'unread') throw new Error(row.code)
        const [format, value] = Object.values(row.cells)
        kinds.set(String(format), value instanceof Date ? 'date' : typeof value)
      }
    const of = (part: string): string[] =>
      [...kinds].filter(([format]) => format.includes(part)).map(([, kind]) => kind)
    expect(kinds.size).toBeGreaterThan(70)
    expect(new Set(of('yyyy'))).toEqual(new Set(['date']))
    expect(new Set([...of('0.00'), ...of('General')])).toEqual(new Set(['number']))
  })
})

const WEEKS = [
  ['week1.csv', '2026-03-14T00:00:00Z'],
  ['week2.csv', '2026-03-21T00:00:00Z'],
] as const

describe('a register that is exported again', () => {
  const comeOf = (file: string, asOf: string | null) =>
    come(`register-updated/${file}`, 'register-updated/mapping.yaml', { register: '周报台账' }, asOf)

  it('I14: each event bears its register, its key and its row; an emptied cell is made void', async () => {
    for (const [file, asOf] of WEEKS) {
      const { events, lines } = await comeOf(file, asOf)
      expect(lines).toEqual([])
      expect(events).toHaveLength(24)
      const [accepted, end] = events as Record<string, { name: string; key: string; as_of: string; line: number }>[]
      expect(accepted?.register).toMatchObject({ name: '周报台账', key: 'ACCEPT', as_of: asOf, line: 2 })
      expect(end?.register).toMatchObject({ key: 'COMPLETE', line: 2 })
      expect(end?.event_type).toBe(file === 'week1.csv' ? 'VOID' : 'COMPLETE')
    }
  })

  it('I14: two versions in one file differ by their line, the later one above', async () => {
    const { events } = await comeOf('onefile.csv', '2026-03-21T00:00:00Z')
    const lines = events
      .filter(({ project_no: no, event_type: type }) => no === 'X-1' && type === 'ACCEPT')
      .map(({ register }) => (register as { line: number }).line)
    expect(lines).toEqual([2, 3])
    expect(new Set(events.map(({ event_id: id }) => id)).size).toBe(events.length)
  })

  it('I14: the same file as of the same instant is the same events; as of another, others', async () => {
    const ids = async (asOf: string): Promise<unknown[]> =>
      (await comeOf('week2.csv', asOf)).events.map(({ event_id: id }) => id)
    const first = await ids('2026-03-21T00:00:00Z')
    expect(await ids('2026-03-21T00:00:00Z')).toEqual(first)
    expect((await ids('2026-03-22T00:00:00Z')).some((id) => first.includes(id))).toBe(false)
  })

  it("I14: nobody says as of when: no row is taken, and the file's own date is not asked", async () => {
    const { taken, lines } = await comeOf('week1.csv', null)
    expect([taken.length, lines[0]]).toEqual([0, '2 no_as_of 周报台账'])
  })
})

describe('what a page is told before it imports', () => {
  it('I8: date-and-time-apart: the suggestion finds the pair', async () => {
    for (const file of ['a.csv', 'a.xlsx']) {
      const { document } = await suggestionOf(fieldFile(`date-and-time-apart/${file}`))
      expect(document).toMatchObject(APART)
    }
  })
})
