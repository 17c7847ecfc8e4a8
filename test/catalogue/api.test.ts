// Master data over HTTP, on a real server with SQLite (SPEC 11, I9, J7, T1, T10, D-05): lists with every version, flags,
// calendars, unlisted codes, the load history, and the upload of files tried and enacted.

import { readFileSync } from 'node:fs'
import { writeXlsx } from 'hucre/xlsx'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type {
  CalendarLine,
  CalendarView,
  LawView,
  MasterList,
  MasterLoad,
  UnlistedList,
} from '../../server/contract/master.ts'
import { openRecords } from '../../server/store/sqlite/records.ts'
import { realFile } from '../import/files.ts'
import { mappingText } from './files.ts'
import { type MasterHouse, openMasterHouse } from './house.ts'

let house: MasterHouse
// a house of its own for each: none finds what another has loaded
beforeEach(async () => {
  house = await openMasterHouse('2026-03-31T10:00:00+08:00x0')
})
afterEach(() => house.close())

const list = async (path: string): Promise<MasterList> =>
  (await house.get<MasterList>(`/api/v1/catalogue/${path}`)).body
const codes = ({ items }: MasterList): string[] => items.map(({ code }) => code)

describe('lists', () => {
  it('J7, I9: every version of a row with its day, its entry and who brought it; the one in force on a day marked', async () => {
    const second = {
      catalogue: '第二版',
      valid_from: '2026-07-01',
      items: [{ task_code: 'FOOD', name: '食品许可', org_code: 'MR', promise: '8WD' }],
    }
    const { entry } = await house.enact(second)
    const again = { ...second, catalogue: '第二版更正', items: [{ ...second.items[0], promise: '7WD' }] }
    const { entry: last } = await house.enact(again)
    const { items } = await list('items?code=FOOD')
    const versions = items[0]?.versions.map(({ valid_from, in_force, replaced_by, row }) => [
      valid_from,
      in_force,
      replaced_by,
      row.promise,
    ])
    expect(versions).toEqual([
      ['2026-07-01', false, null, '7WD'],
      ['2026-07-01', false, last, '8WD'],
      ['2026-01-01', true, null, '10WD'],
    ])
    expect(items[0]?.versions.map((version) => version.entry)).toEqual([last, entry, house.firstEntry])
    expect(items[0]?.versions[0]).toMatchObject({
      by: expect.stringContaining('administrator'),
      catalogue: '第二版更正',
    })
    const later = await list('items?code=FOOD&as_of=2026-07-01')
    expect(later.items[0]?.versions.map(({ in_force }) => in_force)).toEqual([true, false, false])
    expect(later.items[0]?.name).toBe('食品许可')
    const before = await list('items?code=FOOD&as_of=2025-12-31')
    expect(before.items[0]?.versions.every(({ in_force }) => !in_force)).toBe(true)
  })

  it('I9: filtered by text, department and region with all that lies in it, paged by cursor to the end', async () => {
    expect(codes(await list('items?q=许可'))).toEqual(['BUILD', 'FOOD', 'LATER'])
    expect(codes(await list('items?department=HC'))).toEqual(['BUILD', 'LATER'])
    expect(codes(await list('departments?region=990000'))).toEqual(['HC', 'MR'])
    expect(codes(await list('windows?region=990001'))).toEqual(['B01'])
    expect(codes(await list('operators?q=欧阳'))).toEqual(['op1'])
    const seen: string[] = []
    for (let after: string | null = ''; after !== null && seen.length < 50; ) {
      const page: MasterList = await list(`items?limit=2${after === '' ? '' : `&after=${after}`}`)
      expect(page.total).toBe(5)
      seen.push(...codes(page))
      after = page.next
    }
    expect(seen).toEqual(['BARE', 'BUILD', 'FOOD', 'LATER', 'OPEN'])
  })

  it('T10: a promise that can read later than the statute is flagged with its odds and an example; others are not', async () => {
    const flagged = await list('items?flag=promise_later')
    expect(codes(flagged)).toEqual(['LATER'])
    expect(flagged.items[0]?.flags[0]?.later).toMatchObject({
      odds: 'sometimes',
      days: 7305,
      first: { accepted_on: '2007-01-02', promise_due_on: '2007-02-01', statute_due_on: '2007-01-31', by_days: 1 },
    })
    expect(codes(await list('items?flag=undated'))).toEqual(['OPEN'])
    const lent = await list('items?flag=statute_of_law')
    expect(lent.items.map(({ code, flags }) => [code, flags[0]?.detail])).toEqual([['BARE', '20WD']])
    expect(codes(await list('windows?flag=no_department'))).toEqual(['C01'])
  })

  it('A1: names of operators are behind the permission of the catalogue; a wrong table, day or filter is told', async () => {
    const statusOf = async (path: string, key?: string): Promise<number> => (await house.get(path, key)).status
    expect(await statusOf('/api/v1/catalogue/operators', house.keys.screen)).toBe(403)
    expect(await statusOf('/api/v1/catalogue/operators', house.keys.source)).toBe(403)
    expect(await statusOf('/api/v1/catalogue/operators', house.keys.auditor)).toBe(200)
    expect(await statusOf('/api/v1/catalogue/rules')).toBe(404)
    expect(await statusOf('/api/v1/catalogue/items?as_of=tomorrow')).toBe(400)
    expect(await statusOf('/api/v1/catalogue/items?flag=red')).toBe(400)
  })
})

describe('calendars and law', () => {
  it('T1, T13: coverage, certainty, hours, and each day of a year with what is known of it', async () => {
    const lines = (await house.get<{ items: CalendarLine[] }>('/api/v1/calendars')).body.items
    expect(lines[0]).toMatchObject({
      calendar_id: 'cn',
      is_home: true,
      to: '2026-12-31',
      certain_to: '2026-12-28',
      weekend: [6, 7],
    })
    const of = async (year: number): Promise<CalendarView> =>
      (await house.get<CalendarView>(`/api/v1/calendars/cn?year=${year}`)).body
    const view = await of(2026)
    expect(view.days).toHaveLength(365)
    const kinds = (kind: string): number => view.days.filter((day) => day.kind === kind).length
    const line = view.years.find(({ year }) => year === 2026)
    expect(line).toEqual({
      year: 2026,
      covered: 'whole',
      work_days: kinds('work') + kinds('makeup'),
      off_days: kinds('holiday'),
      makeup_days: kinds('makeup'),
    })
    expect(view.days.filter(({ covered }) => covered === 'later').map(({ on }) => on)).toEqual([
      '2026-12-29',
      '2026-12-30',
      '2026-12-31',
    ])
    expect(new Set((await of(2027)).days.map(({ covered }) => covered))).toEqual(new Set(['no']))
    expect((await house.get('/api/v1/calendars/mars')).status).toBe(404)
  })

  it('J7, C1: the profiles with every value, which is in force, and every load with who and what', async () => {
    const { body } = await house.get<LawView>('/api/v1/law')
    expect(body.profiles.filter(({ in_force }) => in_force).map(({ id }) => id)).toEqual([body.profile])
    expect(body.profiles[0]).toMatchObject({ permit_statute: '20WD', immediate_promise: '0', notice_work_days: 5 })
    expect(body.rules.length).toBeGreaterThan(5)
    const [newest] = body.loads
    expect(newest?.entry).toBe(body.version)
    expect(body.loads.at(-1)).toMatchObject({
      entry: house.firstEntry,
      catalogue: '试验目录',
      rows: { items: 5, windows: 3 },
    })
  })
})

describe('codes in no catalogue', () => {
  it('D-05: each with its cases, days and card, most first; a code that is loaded leaves the list', async () => {
    await house.post([
      { no: 'P1', at: '2026-03-10T10:00:00+08:00', task_code: 'GHOST' },
      { no: 'P2', at: '2026-03-12T10:00:00+08:00', task_code: 'GHOST', window_no: 'Z9' },
      { no: 'P3', at: '2026-03-11T10:00:00+08:00', task_code: 'FOOD', org_code: 'NOBODY' },
    ])
    const unlisted = async (query = ''): Promise<UnlistedList> =>
      (await house.get<UnlistedList>(`/api/v1/catalogue/unlisted${query}`)).body
    const { items, total } = await unlisted()
    expect(items.map(({ kind, code, cases, first_on, last_on }) => [kind, code, cases, first_on, last_on])).toEqual([
      ['item', 'GHOST', 2, '2026-03-10', '2026-03-12'],
      ['department', 'NOBODY', 1, '2026-03-11', '2026-03-11'],
      ['window', 'Z9', 1, '2026-03-12', '2026-03-12'],
    ])
    expect(total).toBe(3)
    for (const { card } of items) expect(card).toMatchObject({ level: 1 })
    expect((await unlisted('?kind=window')).items.map(({ code }) => code)).toEqual(['Z9'])
    const first = await unlisted('?limit=2')
    expect((await unlisted(`?limit=2&after=${first.next}`)).items.map(({ code }) => code)).toEqual(['Z9'])
    await house.enact({
      catalogue: '补录',
      valid_from: '2026-01-01',
      items: [{ task_code: 'GHOST', name: '幽灵事项', org_code: 'MR' }],
    })
    await house.settled()
    expect((await unlisted()).items.map(({ code }) => code)).toEqual(['NOBODY', 'Z9'])
  })
})

const CSV = [
  'task_code,name,org_code,item_type,promise,statute,valid_from',
  'FOOD,食品经营许可,MR,01,10WD,20WD,2026-01-01',
  'BUILD,施工许可,HC,01,6WD,15WD,2026-01-01',
  'TREE,树木移植,HC,01,5WD,20WD,2026-02-01',
].join('\n')

describe('a file', () => {
  const upload = (file: string | Uint8Array, name: string, more: Record<string, string> = {}) =>
    house.upload(file, name, more)

  it('I9: tried, it tells new, changed and same and changes nothing; enacted, it is an entry under the person’s name', async () => {
    const before = (await house.get<LawView>('/api/v1/law')).body.version
    const { status, body } = await upload(CSV, '事项.csv', { dry_run: '1' })
    expect(status).toBe(200)
    expect(body).toMatchObject({ file: '事项.csv', catalogue: '事项', entry: null, law: before, fault_count: 0 })
    expect(body.tables[0]).toMatchObject({ table: 'items', taken: 3, added: 1, changed: 1, same: 1 })
    expect(body.changes).toEqual([
      {
        ...{ table: 'items', code: 'BUILD', name: '施工许可', valid_from: '2026-01-01', state: 'changed' },
        fields: [{ field: 'promise', before: '5WD', after: '6WD' }],
      },
      { table: 'items', code: 'TREE', name: '树木移植', valid_from: '2026-02-01', state: 'new', fields: [] },
    ])
    expect((await house.get<LawView>('/api/v1/law')).body.version).toBe(before)
    const enacted = await upload(CSV, '事项.csv', { who: '王五', law: String(before) })
    expect(enacted.status).toBe(201)
    expect(enacted.body.entry).toBeGreaterThan(before)
    const [load] = (await house.get<LawView>('/api/v1/law')).body.loads
    expect(load).toMatchObject({ entry: enacted.body.entry, by: expect.stringMatching(/administrator.* · 王五$/) })
    const moved = await upload(CSV, '事项.csv', { law: String(before) })
    expect([moved.status, moved.problem]).toEqual([409, 'law_moved'])
  })

  it('I9: with a faulty row it is refused whole; asked to, the rest is taken and the row is told', async () => {
    const faulty = `${CSV}\nBAD,坏行,HC,01,5 天,20WD,2026-02-01`
    const refused = await upload(faulty, 'f.csv')
    expect([refused.status, refused.problem]).toEqual([422, 'bad_catalogue'])
    expect(refused.load?.faults).toMatchObject([{ line: 5, table: 'items', field: 'promise', code: 'not_a_limit' }])
    const taken = await upload(faulty.replace('TREE', 'BUSH'), 'f.csv', { skip_faulty: '1' })
    expect(taken.status).toBe(201)
    expect(taken.body).toMatchObject({ fault_count: 1 })
    expect(codes(await list('items?q=BUSH'))).toEqual(['BUSH'])
    expect(codes(await list('items?q=BAD'))).toEqual([])
  })

  it('I9, T13, T1a: a notice of December is laid upon the calendar in force, and reaches as far as its loader says', async () => {
    const notice = 'calendar_id,on,kind,name\ncn,2027-01-01,off,元旦\ncn,2027-01-03,work,元旦\n'
    const part = (await upload(notice, 'n.csv', { dry_run: '1' })).body
    expect(part.coverage).toMatchObject([{ to: '2027-01-03', before_to: '2026-12-31', by: 'last_day' }])
    const short = (await upload(notice, 'n.csv', { dry_run: '1', covers_to: '2027-01-02' })).body
    expect([short.fatal, short.faults.map(({ code }) => code)]).toEqual([true, ['coverage_short']])
    const { body } = await upload(notice, 'n.csv', { dry_run: '1', covers_to: '2027-12-31' })
    const [reach] = body.coverage
    expect(reach).toMatchObject({ to: '2027-12-31', by: 'asked' })
    expect(reach?.unnamed[0]).toEqual({ on: '2027-02-05', name: '春节' })
    const fields = body.changes[0]?.fields.map(({ field, after }) => [field, after])
    expect(fields).toEqual([
      ['to', '2027-12-31'],
      ['2027-01-01', 'off 元旦'],
      ['2027-01-03', 'work 元旦'],
    ])
    const enacted = await upload(notice, 'n.csv', { who: '王五', covers_to: '2027-12-31' })
    expect(enacted.status).toBe(201)
    const view = (await house.get<CalendarView>('/api/v1/calendars/cn?year=2027')).body
    expect(view).toMatchObject({ to: '2027-12-31', certain_to: '2027-12-28', version: String(enacted.body.entry) })
    expect(view.days[0]).toMatchObject({ kind: 'holiday', name: '元旦', covered: 'yes' })
    expect(
      (await house.get<CalendarView>('/api/v1/calendars/cn?year=2026')).body.days.every(
        ({ covered }) => covered === 'yes',
      ),
    ).toBe(true)
  })

  it('I9: what the law itself cannot hold is told by the trial too', async () => {
    const orphan = { catalogue: 'x', valid_from: '2026-01-01', settings: { profile: 'no-such' } }
    const { body } = await upload(JSON.stringify(orphan), 'x.json', { dry_run: '1' })
    expect(body).toMatchObject({ fatal: true, fault_count: 1, faults: [{ field: '/settings/profile' }] })
  })

  it('I9, A1: a workbook; a mapping with a fault; no file; no right', async () => {
    const book = await writeXlsx({
      sheets: [
        {
          name: 'S',
          rows: [
            ['source', 'name', 'valid_from'],
            ['east', '东区', '2026-01-01'],
          ],
        },
      ],
    })
    expect((await upload(book, 's.xlsx')).status).toBe(201)
    expect(codes(await list('sources'))).toContain('east')
    const mapping = await upload(CSV, 'i.csv', { mapping: 'mapping: m\ntables: []\n' })
    expect([mapping.status, mapping.problem]).toEqual([422, 'bad_mapping'])
    const empty = await upload('', 'i.csv')
    expect(empty.status).toBe(400)
    const auditor = await house.upload(CSV, 'i.csv', { dry_run: '1' }, house.keys.auditor)
    expect(auditor.status).toBe(403)
  })

  const real = realFile('items/gd-items.ndjson')
  it.runIf(real !== null)('I9, M7: 2,044 real items through the upload, then nothing is left to change', async () => {
    const file = readFileSync(real as string)
    const mapping = { mapping: mappingText('gd-items') }
    const { status, body } = await upload(file, 'gd-items.ndjson', mapping)
    expect(status).toBe(201)
    expect(body.tables.find(({ table }) => table === 'items')).toMatchObject({ taken: 2044, added: 2044 })
    expect((await list('items?department=006940116')).total).toBeGreaterThan(0)
    expect((await list('items?region=440100')).total).toBe(208)
    const again = await upload(file, 'gd-items.ndjson', { ...mapping, dry_run: '1' })
    expect(again.body).toMatchObject({ change_count: 0, fault_count: 0 } satisfies Partial<MasterLoad>)
    const records = openRecords(house.folder)
    expect((await records.laws()).at(-1)?.seq).toBe(body.entry)
    await records.close()
  })
})
