// Rows of one code and one day that say different things (I9): neither can be trusted, so neither is taken, and each is told
// with the line of the other – also where faulty rows are left out, by the command's way and by the page's.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { catalogueFaults } from '../../server/intake/catalogue.ts'
import { cnWith, draftOf, faultsOf, itemsOf, laidBy, masterMappingOf } from './files.ts'
import { type MasterHouse, openMasterHouse } from './house.ts'

const HEAD = 'task_code,name,org_code,promise,valid_from'
const items = (...lines: string[]): string => `${[HEAD, ...lines].join('\n')}\n`
const row = (code: string, promise: string): string => `${code},甲,MR,${promise},2026-01-01`
const others = (faults: readonly { line: number | null; zh: string }[]): string[] =>
  faults.map(({ line, zh }) => `${line}: ${/[：:](.*)$/.exec(zh)?.[1] ?? ''}`)

describe('rows that contradict each other', () => {
  it('I9: both are faulty, each names the line of the other, and only the rest is left', async () => {
    const draft = await draftOf('t.csv', items(row('A', '5WD'), row('B', '7WD'), row('A', '6WD')))
    expect(faultsOf(draft)).toEqual(['2 items task_code differs', '4 items task_code differs'])
    expect(others(draft.faults)).toEqual(['2: A, 4', '4: A, 2'])
    expect(draft.tables).toEqual([{ table: 'items', taken: 1, repeated: 0, skipped: 0, faulty: 2 }])
    expect(itemsOf(draft).map(({ task_code }) => task_code)).toEqual(['B'])
    expect(draft.fatal).toBe(false)
  })

  it('I9: a third that differs, and a fourth that says again what the first said, bring nothing back', async () => {
    const draft = await draftOf('t.csv', items(row('A', '5WD'), row('A', '6WD'), row('A', '7WD'), row('A', '5WD')))
    expect(others(draft.faults)).toEqual(['2: A, 3', '3: A, 2', '4: A, 2', '5: A, 2'])
    expect(draft.faults.map(({ code }) => code)).toEqual(['differs', 'differs', 'differs', 'twice'])
    expect(draft.tables).toEqual([{ table: 'items', taken: 0, repeated: 0, skipped: 0, faulty: 4 }])
    expect(draft.document).not.toHaveProperty('items')
  })

  it('I9: another day of the same code is another row', async () => {
    const draft = await draftOf('t.csv', items(row('A', '5WD'), row('A', '6WD').replace('2026-01-01', '2027-01-01')))
    expect([faultsOf(draft), itemsOf(draft).length]).toEqual([[], 2])
  })

  const WINDOWS = 'window_no,name,org_code,valid_from'
  it.each([
    [
      'another name',
      'A01,一号,D1,\nA01,二号,D1,2024-01-01',
      ['2 windows window_no differs', '3 windows window_no differs'],
    ],
    ['the same', 'A01,一号,D1,2024-01-01\nA01,一号,D1,', ['3 windows window_no twice']],
    ['another day', 'A01,一号,D1,\nA01,二号,D1,2024-01-02', []],
  ])(
    "I9: a row that spells out the file's own day holds from the day of one that names none: %s",
    async (_, lines, faults) => {
      const csv = `${WINDOWS}\n${lines}\n`
      expect(faultsOf(await draftOf('w.csv', csv, { validFrom: '2024-01-01' }))).toEqual(faults)
      const fields = Object.fromEntries(WINDOWS.split(',').map((name) => [name, name]))
      const tables = [{ table: 'windows', fields }]
      const mapping = masterMappingOf({ mapping: 'm', valid_from: '2024-01-01', tables })
      expect(faultsOf(await draftOf('w.csv', csv, { mapping })), 'the day of a mapping').toEqual(faults)
    },
  )

  it('I9: a document too: its own day, or the one that was asked for, is that of its rows that name none', async () => {
    const window = { window_no: 'A01', name: '一号', org_code: 'D1' }
    const windows = [window, { ...window, name: '二号', valid_from: '2024-01-01' }]
    const document = { catalogue: 'x', valid_from: '2024-01-01', windows }
    const twice = [{ at: '/windows/1/window_no', detail: 'stands twice: A01' }]
    expect(catalogueFaults(document)).toEqual(twice)
    const later = { ...document, valid_from: '2025-01-01' }
    expect(catalogueFaults(later)).toEqual([])
    const draftFrom = (validFrom: string) => draftOf('d.json', JSON.stringify(later), { validFrom })
    expect(faultsOf(await draftFrom('2024-01-01'))).toEqual(['- windows /windows/1/window_no twice'])
    expect(faultsOf(await draftFrom('2026-01-01'))).toEqual([])
  })

  it('I9, I5: a day that a notice names twice is told at its second place, of as many days as one may list', () => {
    const day = (n: number): string => new Date(Date.UTC(2026, 0, 1) + n * 86_400_000).toISOString().slice(0, 10)
    // every day of four thousand years is no calendar, but a body of such a size may come
    const days = Array.from({ length: 4_000 }, (_, n) => ({ on: day(n % 3_999), kind: 'off', name: '休' }))
    const faults = catalogueFaults({ catalogue: 'x', valid_from: '2024-01-01', notices: [{ calendar_id: 'cn', days }] })
    expect(faults.filter(({ detail }) => detail.startsWith('stands twice'))).toEqual([
      { at: '/notices/0/days/3999/on', detail: 'stands twice: 2026-01-01' },
    ])
  })

  it('I9: a department that many rows repeat and one names otherwise is not taken under either name', async () => {
    const mapping = masterMappingOf({
      mapping: 'm',
      valid_from: '2026-01-01',
      tables: [
        { table: 'departments', once: true, fields: { org_code: 'org', name: 'name', region_code: { const: '1' } } },
      ],
    })
    const draft = await draftOf('t.csv', 'org,name\nMR,市监\nMR,市监\nMR,市场监管\nHC,住建\nMR,市监\n', { mapping })
    expect(others(draft.faults)).toEqual(['2: MR, 4', '4: MR, 2'])
    expect(draft.tables).toEqual([{ table: 'departments', taken: 1, repeated: 2, skipped: 0, faulty: 2 }])
    expect(draft.document?.departments).toEqual([{ org_code: 'HC', name: '住建', region_code: '1' }])
  })
})

const CN = cnWith([{ on: '2026-10-01', kind: 'off', name: '国庆节' }])

describe('days and calendars', () => {
  const notice = (...lines: string[]): string => `calendar_id,on,kind,name\n${lines.join('\n')}\n`

  it('I9, T1: a day of two kinds is neither: it stays as it stands in force, is told, and the rest of the notice stands', async () => {
    const csv = notice('cn,2026-10-01,off,元旦', 'cn,2027-01-02,off,元旦', 'cn,2026-10-01,work,元旦')
    const draft = await draftOf('n.csv', csv, { calendar: CN })
    const told = ['2 calendars on differs', '4 calendars on differs', '4 calendars on day_kept']
    expect([faultsOf(draft), draft.faultCount, draft.fatal]).toEqual([told, 3, false])
    expect(others(draft.faults)).toEqual(['2: 2026-10-01, 4', '4: 2026-10-01, 2', '4: 2026-10-01'])
    expect(draft.tables).toEqual([{ table: 'calendars', taken: 1, repeated: 0, skipped: 0, faulty: 2 }])
    const { days } = laidBy(draft, CN)
    expect(days).toEqual([...CN.days, { on: '2027-01-02', kind: 'off', name: '元旦' }])
  })

  it.each([
    ['beyond the calendar in force', 'cn,2027-01-01,off,元旦', 'cn,2027-01-02,off,元旦', 'cn,2027-01-01,work,元旦'],
    ['of two names', 'cn,2027-01-01,off,元旦', 'cn,2027-01-02,off,元旦', 'cn,2027-01-01,off,春节'],
  ])(
    'I9, T1: a disputed day would be a working day in years that the notice opens: refused whole (%s)',
    async (_, ...lines) => {
      const draft = await draftOf('n.csv', notice(...lines), { calendar: CN })
      expect(faultsOf(draft)).toEqual([
        '2 calendars on differs',
        '4 calendars on differs',
        '4 calendars on disputed_day',
      ])
      expect(draft).toMatchObject({ fatal: true, document: null })
    },
  )

  it.each([
    ['the zone on every row', 'x,UTC,2026-01-01,off', 'x,UTC,2026-01-02,off', 'x,UTC,2026-01-01,work'],
    ['the zone on a row that is not taken', 'x,,2026-01-01,off', 'x,,2026-01-02,off', 'x,UTC,2026-01-01,work'],
  ])('I9, T1: a whole calendar with a disputed day is none, be one in force or not: %s', async (_, ...lines) => {
    const csv = `calendar_id,zone,from,on,kind\n${lines.map((line) => line.replace(',2026', ',2026-01-01,2026')).join('\n')}\n`
    for (const calendar of [CN, { ...CN, calendar_id: 'x' }]) {
      const draft = await draftOf('x.csv', csv, { calendar })
      expect(faultsOf(draft)).toEqual([
        '2 calendars on differs',
        '4 calendars on differs',
        '4 calendars on disputed_day',
      ])
      expect(draft).toMatchObject({ fatal: true, document: null })
    }
  })

  it.each([
    ['the name first', 'cn,2027-01-01,off,元旦', 'cn,2027-01-01,off,', { taken: 1, repeated: 1 }],
    ['the name last', 'cn,2027-01-01,off,', 'cn,2027-01-01,off,元旦', { taken: 2, repeated: 0 }],
  ])('I9, T1: a day with and without its name is one day, and bears it: %s', async (_, first, last, count) => {
    const draft = await draftOf('n.csv', notice(first, last), { calendar: CN })
    expect([faultsOf(draft), draft.tables]).toMatchObject([[], [{ ...count, faulty: 0 }]])
    const made = laidBy(draft, CN)
    expect(made.days.slice(1)).toEqual([{ on: '2027-01-01', kind: 'off', name: '元旦' }])
  })

  it('I9, T1: once a day is disputed all its rows are faulty, and the sums add up', async () => {
    const rows = ['off,', 'off,元旦', 'off,', 'off,春节', 'work,', 'off,元旦'].map((say) => `cn,2027-01-01,${say}`)
    const draft = await draftOf('n.csv', notice(...rows), { calendar: CN })
    expect(draft.tables).toEqual([{ table: 'calendars', taken: 0, repeated: 1, skipped: 0, faulty: 5 }])
    expect(others(draft.faults)).toEqual([
      '2: 2027-01-01, 5',
      '3: 2027-01-01, 5',
      '5: 2027-01-01, 3',
      '6: 2027-01-01, 2',
      '7: 2027-01-01, 5',
    ])
  })

  it.each([
    ['a calendar', 'calendar_id,zone,on,kind\nx,UTC,2026-01-01,off\nx,UTC,2026-02-30,off\n'],
    ['a notice, by its day', notice('cn,2027-01-01,off,元旦', 'cn,2027-02-30,off,春节')],
    ['a notice, by its kind', notice('cn,2027-01-01,off,元旦', 'cn,2027-02-12,?,春节')],
  ])('I9, T1: %s with a row that cannot be read is none, even where faulty rows are left out', async (_, csv) => {
    const draft = await draftOf('x.csv', csv, { calendar: CN })
    expect(faultsOf(draft)).toEqual([
      expect.stringMatching(/^3 calendars (on|kind) not_/),
      '3 calendars calendar_id unread_day',
    ])
    expect(draft).toMatchObject({ fatal: true, document: null })
  })

  it('I9, T1: a notice of which nothing is left changes nothing', async () => {
    const draft = await draftOf('n.csv', notice('cn,2027-01-01,off,元旦', 'cn,2027-01-01,work,元旦'), { calendar: CN })
    expect(draft).toMatchObject({ fatal: false, faultCount: 2 })
    expect(draft.document).not.toHaveProperty('calendars')
  })

  it('I9, T1: a calendar whose rows differ in its zone is none, whatever is left out', async () => {
    const csv = 'calendar_id,zone,on,kind\nx,UTC,2026-01-01,off\nx,Asia/Shanghai,2026-01-02,off\n'
    const draft = await draftOf('x.csv', csv)
    expect(faultsOf(draft)).toEqual(['2 calendars zone differs', '3 calendars zone differs'])
    expect(draft).toMatchObject({ fatal: true, document: null })
  })
})

describe('the load of the page', () => {
  let house: MasterHouse
  beforeAll(async () => {
    house = await openMasterHouse('2026-03-31T10:00:00+08:00x0')
  })
  afterAll(() => house.close())

  it('I9: with faulty rows left out neither of the two is enacted', async () => {
    const csv = items(row('TWO', '5WD'), row('TWO', '6WD'), row('ONE', '7WD'))
    const refused = await house.upload(csv, 'i.csv')
    expect([refused.status, refused.load?.fault_count]).toEqual([422, 2])
    const taken = await house.upload(csv, 'i.csv', { skip_faulty: '1' })
    expect(taken.status).toBe(201)
    expect(taken.body).toMatchObject({ fault_count: 2, tables: [{ table: 'items', taken: 1, faulty: 2 }] })
    expect(others(taken.body.faults)).toEqual(['2: TWO, 3', '3: TWO, 2'])
    const day = (on: string, kind: string): string => `new,Asia/Shanghai,2026-01-01,2026-12-31,${on},${kind}\n`
    const days = day('2026-01-01', 'off') + day('2026-01-02', 'off') + day('2026-01-01', 'work')
    const calendar = await house.upload(`calendar_id,zone,from,to,on,kind\n${days}`, 'c.csv', { skip_faulty: '1' })
    expect([calendar.status, calendar.load?.fatal], 'a calendar with a disputed day').toEqual([422, true])
    const found = await house.get<{ items: { code: string }[] }>('/api/v1/catalogue/items?q=TWO')
    expect(found.body.items).toEqual([])
    expect((await house.get<{ items: { code: string }[] }>('/api/v1/catalogue/items?q=ONE')).body.items).toHaveLength(1)
  })
})
