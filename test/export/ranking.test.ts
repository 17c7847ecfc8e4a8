// The ranking as a view and as CSV: rows, remarks, scope and titles; the golden file to the byte; nothing in it that a
// spreadsheet would run (R1–R3, X1).

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cellText } from '../../client/figures/cell.ts'
import { wordsOf } from '../../client/i18n/both.ts'
import { rateText } from '../../client/lib/figures.ts'
import { tableCsv } from '../../server/export/csv.ts'
import { rankingFile, rankingTable } from '../../server/export/ranking.ts'
import { printCell, type Table, tenthsOf, tenthsText, widthOf } from '../../server/export/table.ts'
import { tableText } from '../../server/export/text.ts'
import { HALL, measuresOf, rankingOf } from './hall.ts'

const brief = (view: ReturnType<typeof rankingOf>): string[] =>
  view.rows.map(({ place, key, counted, remark }) => [place ?? '—', key, counted, remark].join(' ').trim())

describe('the view', () => {
  it('R1, R3: places, shared ones, the back office ranked, the unranked with their reason', () => {
    expect(brief(rankingOf())).toEqual([
      '1 @MR 12',
      '1 A02 20 红旗候选',
      '1 B01 20 红旗候选',
      '4 A01 2000',
      '5 A03 20',
      '6 A09 20',
      '— B02 6 不足 10 件，不排名',
      '— C01 0 无计入办件，不排名',
    ])
  })

  it('M3: without a case there is no rate; a window not in the catalogue is ranked under its code', () => {
    const rows = new Map(rankingOf().rows.map((row) => [row.key, row]))
    expect(rows.get('C01')).toMatchObject({ timeliness: null, adjusted: null, unranked: 'no_cases', yellows: 1 })
    expect(rows.get('A09')).toMatchObject({ name: 'A09', department: 'MR', timeliness: 0, adjusted: 0 })
    expect(rows.get('@MR')).toMatchObject({ window_no: null, name: '后台（市监）', red_flag: false })
  })

  it.each([
    [{ department: 'HC' }, ['B01', 'B02']],
    [{ region: '990001' }, ['B01', 'B02']],
    [{ region: '990000' }, ['@MR', 'A02', 'B01', 'A01', 'A03', 'A09', 'B02']],
    [{ region: '990000', department: 'MR' }, ['@MR', 'A02', 'A01', 'A03', 'A09']],
    [{ region: '980000', department: 'MR' }, []],
  ])('R1, A1: within %j stand its own rows alone, ranked among themselves', (scope, keys) => {
    expect(rankingOf(HALL, { scope }).rows.map(({ key }) => key)).toEqual(keys)
  })

  it('R1: departments are ranked alike and carry no flag', () => {
    const lines = ['MR MR 30 1', 'HC HC 25 1', 'TX TX 0 0 0 0 1']
    expect(brief(rankingOf(lines, { by: 'department' }))).toEqual(['1 MR 31', '2 HC 26', '— TX 0 无计入办件，不排名'])
  })

  it.each([
    ['2026-Q3', '2026年第三季度', 'third quarter of 2026'],
    ['2026-H1', '2026年上半年', 'first half of 2026'],
    ['2026-H2', '2026年下半年', 'second half of 2026'],
    ['2026', '2026年', '2026'],
    ['2026-07', '2026年7月', 'July 2026'],
    ['2026-07-14', '2026年7月14日', '14 July 2026'],
    ['2026-07-01..2026-07-14', '2026-07-01 至 2026-07-14', '2026-07-01 to 2026-07-14'],
    ['all', '全部期间', 'all time'],
  ])('X1: the period %s is %s in the title', (period, zh, en) => {
    const view = rankingOf(HALL, { period })
    expect(view.title).toBe(`青石县政务服务中心 窗口效能排名（${zh}）`)
    expect(view.title_en).toBe(`Qingshi Service Centre: ranking of windows, ${en}`)
  })

  it('X1: the notes tell period, instant, scheme and versions; a running period says so', () => {
    const [first] = rankingOf().notes
    expect(first?.zh).toBe(
      '期间 2026-07-01 至 2026-09-30（未结束），数据截至 2026-09-29 10:30:00，方案“效能排名（基本）”第 1 版，目录版本 7',
    )
    const over = rankingOf(HALL, { now: '2026-10-09T09:00:00+08:00' })
    expect([over.running, over.notes[0]?.zh.includes('未结束')]).toEqual([false, false])
  })
})

const GOLDEN = `\ufeff${[
  '名次,窗口,名称,部门,按时率,95% 下限,计入办件,按时,超期,超期在办,超期待核,红牌,黄牌,备注',
  '1,—,后台（市监）,市场监督管理局,100%,75.7%,12,12,0,0,0,0,0,',
  '1,A02,"\'=HYPERLINK(""http://x"",""点"")",市场监督管理局,100%,83.9%,20,20,0,0,0,0,0,红旗候选',
  '1,B01,施工许可,住房和城乡建设局,100%,83.9%,20,20,0,0,0,0,0,红旗候选',
  '4,A01,食品经营,市场监督管理局,99.9%,99.7%,2000,1999,1,0,0,0,0,',
  '5,A03,"企业登记,""一窗""\n通办",市场监督管理局,90.0%,69.9%,20,18,1,1,0,1,3,',
  '6,A09,A09,市场监督管理局,0.0%,0.0%,20,0,20,0,0,0,0,',
  "—,B02,'－减号,住房和城乡建设局,83.3%,43.6%,6,5,1,0,0,0,0,不足 10 件，不排名",
  '—,C01,发票,税务局,—,—,0,0,0,0,0,0,1,无计入办件，不排名',
  '',
].join('\r\n')}`

describe('a rate of all beside what is not confirmed', () => {
  const waiting = [...HALL, 'B01 HC 0 0 0 0 0 2']
  it('M1: is printed as less than all in every file, with how many wait; the numbers stay exact', () => {
    const view = rankingOf(waiting)
    const row = view.rows.find(({ key }) => key === 'B01')
    expect(row).toMatchObject({ timeliness: 1, counted: 20, on_time: 20, overdue_unconfirmed: 2, place: 1 })
    const csv = tableCsv(rankingTable(view), 'zh').split('\r\n')
    expect(csv.find((line) => line.startsWith('1,B01'))).toBe(
      '1,B01,施工许可,住房和城乡建设局,<100%,83.9%,20,20,0,0,2,0,0,红旗候选',
    )
    expect(csv.find((line) => line.startsWith('1,A02'))).toContain(',100%,')
    expect(tableText(rankingTable(view), 'en')).toMatch(/B01 +Building +Housing +<100%/)
  })

  it('M1: on the page as in the files', () => {
    const view = rankingOf(waiting)
    const column = view.columns.find(({ key }) => key === 'timeliness')
    const shown = view.rows.map((row) => column && [row.key, cellText(wordsOf('zh'), row, column)])
    expect(shown).toContainEqual(['B01', '<100%'])
    expect(shown).toContainEqual(['A02', '100%'])
  })

  it('M1: of measures the same, and of their sum', () => {
    const unless = measuresOf(['A02 MR 20 0', 'B01 HC 20 0 0 0 0 2'])
    const column = unless.columns.find(({ key }) => key === 'on_time_rate')
    const printed = [...unless.rows, unless.total].map((row) => column && printCell({ ...row }, column, 'zh'))
    expect(printed).toEqual(['100%', '<100%', '<100%'])
  })
})

describe('CSV', () => {
  it('X1: the golden file, byte for byte: mark, CRLF, quotes, no formula', async () => {
    expect(tableCsv(rankingTable(rankingOf()), 'zh')).toBe(GOLDEN)
    const file = await rankingFile(rankingOf(), 'csv', 'zh')
    expect([file.name, file.plainName, file.type]).toEqual([
      '窗口效能排名 2026-Q3.csv',
      'ranking-windows-2026-Q3.csv',
      'text/csv; charset=utf-8',
    ])
  })

  it('X1: in English the same rows under English names', () => {
    const lines = tableCsv(rankingTable(rankingOf()), 'en').split('\r\n')
    expect(lines[0]).toContain('Place,Window,Name,Department,Timeliness,95 % low,Counted')
    expect(lines[2]).toContain("'+1+1,Market Regulation,100%")
    expect(lines[7]).toContain('"\'@mention"'.replaceAll('"', ''))
    expect(lines[7]).toContain('"Fewer than 10 cases, not ranked"')
  })

  const oneText = (text: string): Table => ({
    name: { zh: '', en: '' },
    title: { zh: '', en: '' },
    notes: [],
    columns: [{ key: 'a', zh: '甲', en: 'A', type: 'text' }],
    rows: [{ a: text }],
    chart: null,
  })

  it.each(['=1+1', '+1', '-1', '@A1', '＝1', '\t=1', '\r=1', ' =1', '　=1', '\n=1'])(
    'X1: %j is neutralised',
    (text) => {
      const body = tableCsv(oneText(text), 'zh').split('\r\n').slice(1).join('\r\n')
      expect(body.replace('"', '').startsWith("'")).toBe(true)
    },
  )

  it.each(['1-1', 'A=B', '张三', '2026-09-30', "'quoted"])('X1: %j stays as it is', (text) => {
    expect(tableCsv(oneText(text), 'zh')).toBe(`\ufeff甲\r\n${text}\r\n`)
  })
})

describe('printing', () => {
  it('M3: files print a rate as the screens do, whatever its counts', () => {
    fc.assert(
      fc.property(fc.nat(3000), fc.nat(3000), (onTime, late) => {
        fc.pre(onTime + late > 0)
        const file = tenthsText(tenthsOf(onTime, onTime + late))
        const screen = `${rateText({ on_time: onTime, late })}%`
        expect(file).toBe(screen)
      }),
      { seed: 20_260_930, numRuns: 500 },
    )
  })

  it.each(['zh', 'en'] as const)('X1: every cell of the page reads as in the file, %s', (lang) => {
    const view = rankingOf()
    const table = rankingTable(view)
    const t = wordsOf(lang)
    for (const [i, row] of view.rows.entries()) {
      for (const column of view.columns) {
        const file = printCell(table.rows[i] ?? {}, column, lang)
        expect([row.key, column.key, cellText(t, row, column).replace(/(\d),(?=\d{3}$)/, '$1')]).toEqual([
          row.key,
          column.key,
          file,
        ])
      }
    }
  })

  it('X1: for a terminal the columns stand under each other, Chinese counted double', () => {
    const lines = tableText(rankingTable(rankingOf()), 'zh').split('\n').slice(5)
    const at = widthOf((lines[0] ?? '').slice(0, (lines[0] ?? '').indexOf('按时率') + 3))
    expect(widthOf((lines[2] ?? '').slice(0, (lines[2] ?? '').indexOf('100%') + 4))).toBe(at)
  })
})
