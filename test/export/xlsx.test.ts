// The workbook read back, cell by cell, against the table it was made of; and once opened by a real office program, which
// must read what the page says (X1). Where that program is absent the second part says so loudly.

import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getCharts, openXlsx } from 'hucre'
import { readXlsx } from 'hucre/xlsx'
import { afterAll, describe, expect, it } from 'vitest'
import { tableCsv } from '../../server/export/csv.ts'
import { rankingTable } from '../../server/export/ranking.ts'
import { cellOf, type Lang, printCell, type Table } from '../../server/export/table.ts'
import { tableXlsx } from '../../server/export/xlsx.ts'
import { HALL, rankingOf } from './hall.ts'

const table = rankingTable(rankingOf())
const HEAD = 1 + table.notes.length

const sheetsOf = async (of: Table, lang: Lang = 'zh') =>
  (await readXlsx(await tableXlsx(of, lang), { readStyles: true })).sheets

describe('read back', () => {
  it('X1: what XML does not allow is left out, and the book opens', async () => {
    const odd = 'bad\ufffe\uffff\ud800\u0008x😀'
    const [first, ...others] = table.rows
    const text = table.columns.find(({ type }) => type === 'text')
    if (first === undefined || text === undefined) throw new Error('no row of text')
    const of = { ...table, title: { zh: odd, en: odd }, rows: [{ ...first, [text.key]: odd }, ...others] }
    const [sheet] = await sheetsOf(of as Table)
    expect(sheet?.rows[0]?.[0]).toBe('badx😀')
    expect(sheet?.rows).toHaveLength(HEAD + 1 + table.rows.length)
  })

  it.each(['zh', 'en'] as const)('X1: title, notes, header and every typed cell, %s', async (lang) => {
    const [sheet] = await sheetsOf(table, lang)
    const rows = sheet?.rows ?? []
    expect(rows.slice(0, HEAD).map((row) => row[0])).toEqual([
      table.title[lang],
      ...table.notes.map((note) => note[lang]),
    ])
    expect(rows[HEAD]).toEqual(table.columns.map((column) => column[lang]))
    for (const [i, row] of table.rows.entries()) {
      for (const [j, column] of table.columns.entries()) {
        const value = rows[HEAD + 1 + i]?.[j] ?? ''
        const cell = cellOf(row, column, lang)
        expect([i, column.key, value]).toEqual([i, column.key, cell ?? '—'])
      }
    }
    expect(rows).toHaveLength(HEAD + 1 + table.rows.length)
  })

  it('X1: figures are numbers, rates exact numbers in a percent format that never rounds up to all', async () => {
    const [sheet] = await sheetsOf(table)
    const at = (row: number, key: string) =>
      sheet?.cells?.get(`${HEAD + 1 + row},${table.columns.findIndex((column) => column.key === key)}`)
    expect(at(3, 'counted')).toMatchObject({ value: 2000, type: 'number' })
    expect(at(3, 'timeliness')).toMatchObject({ value: 0.9995, type: 'number', style: { numFmt: '"99.9%"' } })
    expect(at(4, 'timeliness')).toMatchObject({ value: 0.9, style: { numFmt: '0.0%' } })
    expect(at(1, 'timeliness')).toMatchObject({ value: 1, style: { numFmt: '0%' } })
  })

  it('X1: a name that looks like a formula is text', async () => {
    const [sheet] = await sheetsOf(table)
    const formulas = [...(sheet?.cells?.values() ?? [])].filter(({ formula }) => formula !== undefined)
    expect(formulas).toEqual([])
    expect(sheet?.rows[HEAD + 2]?.[2]).toBe('=HYPERLINK("http://x","点")')
  })

  it('X1: the header is frozen and filtered, and columns are as wide as their Chinese', async () => {
    const [sheet] = await sheetsOf(table)
    expect(sheet?.freezePane).toMatchObject({ rows: HEAD + 1 })
    const department = table.columns.findIndex(({ key }) => key === 'department_name')
    expect(sheet?.columns?.[department]?.width ?? 0).toBeGreaterThanOrEqual(2 * '住房和城乡建设局'.length)
  })

  it('X1: one real bar for each ranked row, labelled with number and name, zero to all', async () => {
    const bytes = await tableXlsx(table, 'zh')
    const [found, ...others] = getCharts(await openXlsx(bytes))
    expect(others).toEqual([])
    expect(found?.chart.kinds).toEqual(['bar'])
    expect(found?.chart.title).toContain('按时率')
    const ranked = table.rows.filter(({ place }) => place !== null)
    const drawn = (await readXlsx(bytes)).sheets[1]?.rows.slice(1) ?? []
    expect(drawn.map((row) => row[1])).toEqual(ranked.map(({ timeliness }) => timeliness))
    expect(drawn[3]?.[0]).toBe('A01 食品经营')
    expect(found?.chart.series?.[0]?.valuesRef).toContain(`$B$2:$B$${ranked.length + 1}`)
  })

  it('X1: nobody ranked, nobody at all: a sheet without a chart', async () => {
    expect(await sheetsOf(rankingTable(rankingOf(['A01 MR 3'])))).toHaveLength(1)
    expect(await sheetsOf(rankingTable(rankingOf([])))).toHaveLength(1)
    expect(await sheetsOf(rankingTable(rankingOf(HALL)))).toHaveLength(2)
  })
})

const OFFICE = ['/usr/bin/soffice', '/usr/bin/libreoffice', '/opt/libreoffice/program/soffice'].find((path) =>
  existsSync(path),
)

describe('opened by LibreOffice', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mingjing-xlsx-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  /** The first sheet as LibreOffice prints its cells. */
  const convert = async (of: Table): Promise<string> => {
    writeFileSync(join(folder, 'ranking.xlsx'), await tableXlsx(of, 'zh'))
    const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`
    const filter = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,true'
    const args = [profile, '--headless', '--convert-to', filter, '--outdir', folder, join(folder, 'ranking.xlsx')]
    const { status, stderr } = spawnSync(OFFICE ?? '', args, { encoding: 'utf8', timeout: 110_000 })
    if (status !== 0) throw new Error(`LibreOffice ended with ${status}: ${stderr}`)
    return readFileSync(join(folder, 'ranking.csv'), 'utf8')
  }

  it('X1: it says what the page says', { timeout: 120_000 }, async () => {
    if (OFFICE === undefined) {
      console.warn('LibreOffice is NOT installed here: the workbook was read back by its own library only.')
      expect((await sheetsOf(table))[0]?.rows.length).toBe(HEAD + 1 + table.rows.length)
      return
    }
    const said = (await convert(table)).replace(/^\ufeff/, '')
    const lines = said.split('\n')
    expect(lines[0]).toContain(table.title.zh)
    // the file has no apostrophe before a formula's sign: in a typed text cell there is nothing to neutralise
    const expected = tableCsv(table, 'zh')
      .replace(/^\ufeff/, '')
      .replaceAll('\r\n', '\n')
      .replaceAll("'", '')
    expect(lines.slice(HEAD).join('\n').trimEnd()).toBe(expected.trimEnd())
    expect(said).toContain(
      printCell(table.rows[3] ?? {}, table.columns[4] ?? { key: '', zh: '', en: '', type: 'rate' }, 'zh'),
    )
  })
})
