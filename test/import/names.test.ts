// Names where codes are wanted (I15), from the page's preview to the figures: resolved by the catalogue, what is not shown and
// asked about, nothing taken before the yes, the same file the same events ever after.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importFiles } from '../../server/cli/import.ts'
import type { CatalogueFile } from '../../server/contract/catalogue.ts'
import type { NamesFound } from '../../server/contract/import-names.ts'
import type { ImportJobPage } from '../../server/contract/imports.ts'
import { standsOf } from '../field/stands.ts'
import { type House, openHouse } from '../live/house.ts'
import { asked, fileOfTest, mappingOf, settingsAt } from './files.ts'
import { type Front, frontOf } from './front.ts'
import { ended, start } from './started.ts'

const NOW = '2026-04-01T10:00:00+08:00'

const HALL: CatalogueFile = {
  catalogue: '大厅',
  valid_from: '2020-01-01',
  regions: [{ region_code: 'R', name: '本区', calendar: 'cn' }],
  departments: [
    { org_code: 'CJ', name: '市住房和城乡建设局', short_name: '市住建局', region_code: 'R' },
    { org_code: 'MZ', name: '市民政局', region_code: 'R' },
  ],
  windows: [
    { window_no: 'W1', name: '1号窗口', org_code: 'CJ' },
    { window_no: 'W2', name: '1号窗口', org_code: 'MZ' },
  ],
  items: [
    { task_code: 'T1', name: '施工许可（核发）', org_code: 'CJ', item_type: '20', promise: '5WD', statute: '20WD' },
    { task_code: 'T2', name: '低保认定', org_code: 'MZ', item_type: '20', promise: '5WD', statute: '20WD' },
  ],
}

// accepted on Monday 2 March: five working days end on the 9th, twenty on the 30th
const REGISTER = [
  '办件编号,部门,窗口,事项,受理时间,办结时间',
  'A-1,市住建局,1号窗口,施工许可(核发),2026-03-02 09:00,2026-03-04 10:00',
  'A-2,CJ,1号窗口,T1,2026-03-02 09:00,',
  'A-3,市民政局,1号窗口,低保认定,2026-03-02 09:00,2026-03-10 10:00',
  'A-4,市人社局,1号窗口,社保登记,2026-03-02 09:00,2026-03-04 10:00',
  'A-5,市人社局,3号窗口,社保登记,2026-03-02 09:00,2026-03-04 10:00',
  '',
].join('\n')

const MAPPING = {
  mapping: '台账',
  source: 'office',
  zone: 'Asia/Shanghai',
  dates: ['yyyy-MM-dd HH:mm'],
  fields: { project_no: '办件编号', org_code: '部门', window_no: '窗口', task_code: '事项' },
  case: [
    { type: 'ACCEPT', at: '受理时间' },
    { type: 'COMPLETE', at: '办结时间' },
  ],
}

const FOUND = {
  resolved: [
    'org_code 市住建局 CJ 1',
    'org_code 市民政局 MZ 1',
    'task_code 施工许可(核发) T1 1',
    'task_code 低保认定 T2 1',
    'window_no 1号窗口 W1@CJ 2',
    'window_no 1号窗口 W2@MZ 1',
  ].sort(),
  unlisted: ['org_code 市人社局 2', 'task_code 社保登记 2', 'window_no 3号窗口 1'],
  ambiguous: ['window_no 1号窗口 W1|W2 1'],
  cases: 2,
}

const told = (names: NamesFound | null) =>
  names === null
    ? null
    : {
        resolved: names.resolved
          .map(({ field, name, code, of, cases }) => `${field} ${name} ${code}${of === null ? '' : `@${of}`} ${cases}`)
          .sort(),
        unlisted: names.unlisted.map(({ field, name, cases }) => `${field} ${name} ${cases}`).sort(),
        ambiguous: names.ambiguous.map(
          ({ field, name, codes, cases }) => `${field} ${name} ${codes.join('|')} ${cases}`,
        ),
        cases: names.counts.cases,
      }

describe('names over HTTP', () => {
  let house: House
  let front: Front
  beforeAll(async () => {
    house = await openHouse({ at: NOW, sources: [] })
    await house.load(HALL)
    front = frontOf(house)
  })
  afterAll(() => house.close())

  const run = async (more: object = {}): Promise<ImportJobPage> => {
    const { body } = await front.bring('台账.csv', REGISTER)
    const begun = await front.start({ file_id: body.file.file_id, mapping: MAPPING, ...more })
    expect(begun.status).toBe(202)
    return front.ended(begun.body.import_id)
  }

  it('I15: resolved, asked about, taken after a yes, and counted where they belong [U14]', async () => {
    const { body: brought } = await front.bring('台账.csv', REGISTER)
    const { body: preview } = await front.preview(brought.file.file_id, MAPPING)
    expect(told(preview.names), 'the preview').toEqual(FOUND)
    expect(preview.rows[0]?.events[0]?.fields).toEqual({ org_code: 'CJ', window_no: 'W1', task_code: 'T1' })

    const dry = await run({ dry_run: true })
    expect([told(dry.names), dry.counts?.accepted, dry.refused]).toEqual([FOUND, 9, null])
    const asked = await run()
    expect(asked).toMatchObject({ state: 'done', refused: { code: 'unlisted_name' }, counts: { rows: 0, accepted: 0 } })
    expect(told(asked.names), 'the whole file').toEqual(FOUND)
    expect(asked.report.map(({ code, place }) => `${place.line} ${code}`).sort()).toEqual([
      '5 ambiguous_name',
      '5 unlisted_name',
      '5 unlisted_name',
      '6 unlisted_name',
    ])
    expect(await standsOf(house, '2026-03'), 'nothing before the yes').toEqual({
      cases: [],
      cards: [],
      departments: [],
    })

    const taken = await run({ accept_unlisted: true })
    expect(taken).toMatchObject({ state: 'done', refused: null, counts: { rows: 5, accepted: 9, rejected: 0 } })
    expect(await standsOf(house, '2026-03')).toEqual({
      cases: [
        'A-1 CJ T1 2026-03-09 closed on_time',
        'A-2 CJ T1 2026-03-09 open -',
        'A-3 MZ T2 2026-03-09 closed late',
        'A-4 市人社局 社保登记 - closed undated',
        'A-5 市人社局 社保登记 - closed undated',
      ],
      cards: ['A-2 CJ T-02 yellow', 'A-2 CJ T-03 red', 'A-3 MZ T-02 yellow'],
      departments: [
        'CJ: received 2 on_time 1 late 0 overdue 1',
        'MZ: received 1 on_time 0 late 1 overdue 0',
        '市人社局: received 2 on_time 0 late 0 overdue 0',
      ],
    })
  })

  it('I15 I14: the same file makes the same events, whatever the catalogue says since; withdrawn it is looked up anew', async () => {
    await house.load({
      catalogue: '补录',
      valid_from: '2020-01-01',
      departments: [{ org_code: 'RS', name: '市人社局', region_code: 'R' }],
    })
    const again = await run()
    expect(again).toMatchObject({ refused: null, names: { kept: true }, counts: { accepted: 0, known: 9 } })
    const { items } = (await (await front.send('', {})).json()) as { items: { import_id: string; counts: object }[] }
    for (const { import_id: id } of items)
      await front.send(`/${id}/withdraw`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ why: '部门名称未对上' }),
      })
    const anew = await run({ accept_unlisted: true })
    expect(told(anew.names)?.resolved).toContain('org_code 市人社局 RS 2')
    const { cases } = await standsOf(house, '2026-03')
    expect(cases.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
      'A-1 CJ',
      'A-2 CJ',
      'A-3 MZ',
      'A-4 RS',
      'A-5 RS',
    ])
  })

  it('I9 I15: of a kind of which the catalogue lists nothing nobody is asked', async () => {
    const { body } = await front.bring('a.csv', '号,人,受理\nB-1,张三,2026-03-02 09:00\n')
    const mapping = {
      ...MAPPING,
      fields: { project_no: '号', operator_id: '人' },
      case: [{ type: 'ACCEPT', at: '受理' }],
    }
    const begun = await front.start({ file_id: body.file.file_id, mapping })
    expect(await front.ended(begun.body.import_id)).toMatchObject({ refused: null, counts: { accepted: 1 } })
  })
})

describe('names at the console', () => {
  const files = (): string[] => [fileOfTest('台账.csv', REGISTER)]

  it('I15: exit 2 with the code, the names and their cases; after the yes they are taken, and nobody is asked again', async () => {
    const house = await openHouse({ at: NOW, sources: [] })
    await house.load(HALL)
    await house.serving.close()
    const mapping = fileOfTest('m.json', JSON.stringify(MAPPING))
    const args = [...files(), '--mapping', mapping, '--data', house.folder, '--clock', `${NOW}x0`]
    const refused = await ended(start(args))
    expect(refused.code).toBe(2)
    expect(refused.err).toMatch(
      /unlisted_name[\s\S]*市人社局（2 件）[\s\S]*1号窗口 = W1 \/ W2（1 件）[\s\S]*--accept-unlisted/,
    )
    const settings = settingsAt(house.folder, NOW)
    const again = asked({ files: files(), settings, source: null, historical: null, mapping: mappingOf(MAPPING) })
    const [dry] = await importFiles(again)
    expect(told(dry?.names ?? null), 'a dry run beside nobody').toEqual(FOUND)
    expect((await ended(start([...args, '--accept-unlisted']))).code).toBe(0)
    const [known] = await importFiles({ ...again, dryRun: false })
    expect(known).toMatchObject({ accepted: 0, known: 9, names: { kept: true } })
    await house.reopen(() => undefined)
    await house.close()
  })

  it('I15: through a server that runs, the same', async () => {
    const house = await openHouse({ at: NOW, sources: [] })
    await house.load(HALL)
    const settings = settingsAt(house.folder, NOW)
    const way = asked({ files: files(), settings, source: null, historical: null, mapping: mappingOf(MAPPING) })
    const [dry] = await importFiles(way)
    expect(told(dry?.names ?? null)).toEqual(FOUND)
    await expect(importFiles({ ...way, dryRun: false })).rejects.toMatchObject({ code: 'unlisted_name' })
    expect((await standsOf(house, '2026-03')).cases).toEqual([])
    const [taken] = await importFiles({ ...way, dryRun: false, acceptUnlisted: true })
    expect(taken).toMatchObject({ accepted: 9, rejected: 0 })
    expect((await standsOf(house, '2026-03')).cases).toHaveLength(5)
    await house.close()
  })
})
