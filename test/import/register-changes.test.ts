// What an export of a register changed (I14): told over HTTP, at the console and as CSV, each list bounded and the rest
// counted; the same for the same import whenever it is asked, and whoever brought it.

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { importFiles } from '../../server/cli/import.ts'
import { importedText } from '../../server/cli/import-told.ts'
import type { CaseView } from '../../server/contract/api.ts'
import type { ImportChanges } from '../../server/contract/import-changes.ts'
import { parseInstant } from '../../server/core/time/civil.ts'
import { type House, openHouse } from '../live/house.ts'
import { asked, fileOfTest, folderOfTest, mappingOf, settingsAt } from './files.ts'
import { answered, bring, bringWeek, get, HALL, MAPPING } from './registers.ts'

const NOW = '2026-03-30T10:00:00+08:00'
const HEAD = '办件编号,受理时间,办结时间,应办结日期'
const csv = (...rows: string[]): string => `${[HEAD, ...rows].join('\n')}\n`

let house: House
beforeEach(async () => {
  house = await openHouse({ at: NOW, sources: [] })
  await house.load(HALL)
})
afterEach(() => house.close())

/** `new 1, same 2, …`: the counts that are not nought. */
const countsOf = (changes: ImportChanges | null): string => {
  if (changes === null) return 'none'
  const { rows, cells, emptied, absent } = changes
  const { changed, same, older, tied, dateless } = changes
  const counts = { rows, new: changes.new, changed, same, older, tied, dateless }
  return Object.entries({ ...counts, cells, emptied, absent })
    .filter(([, n]) => n > 0)
    .map(([name, n]) => `${name} ${n}`)
    .join(', ')
}
const digest = (text: string): string => createHash('sha256').update(text).digest('hex')
const cellsOf = (changes: ImportChanges | null): string[] =>
  (changes?.first_cells ?? []).map(
    ({ project_no: no, line, key, what, field, was, now }) => `${no} ${line} ${key} ${what} ${field}: ${was} → ${now}`,
  )

const FIRST = csv(
  'A-1,2026-03-02 09:00:00,,2026-03-09',
  'A-2,2026-03-02 09:00:00,2026-03-05 10:00:00,2026-03-09',
  'A-3,2026-03-02 09:00:00,,2026-03-09',
  'A-4,2026-03-02 09:00:00,,2026-03-09',
)
const SECOND = csv(
  'A-5,2026-03-09 09:00:00,,2026-03-16',
  'A-1,2026-03-02 09:00:00,2026-03-06 11:00:00,2026-03-11',
  'A-2,2026-03-02 09:00:00,,2026-03-09',
  'A-3,2026-03-02 09:00:00,,2026-03-09',
)
const first = { name: 'first.csv', text: FIRST, asOf: '2026-03-06T18:00:00+08:00' }
const second = { name: 'second.csv', text: SECOND, asOf: '2026-03-13T18:00:00+08:00' }

describe('what an export of a register changed', () => {
  it('I14: rows new, changed, the same and absent; of each cell its old and its new value', async () => {
    expect(countsOf((await bring(house, first)).changes)).toBe('rows 4, new 4')
    const { changes } = await bring(house, second)
    expect(countsOf(changes)).toBe('rows 4, new 1, changed 2, same 1, cells 3, emptied 1, absent 1')
    expect(cellsOf(changes)).toEqual([
      'A-1 3 ACCEPT changed promise_due_at: 2026-03-09 → 2026-03-11',
      'A-1 3 COMPLETE added occurred_at: null → 2026-03-06T11:00:00+08:00',
      'A-2 4 COMPLETE emptied occurred_at: 2026-03-05T10:00:00+08:00 → null',
    ])
    expect(changes?.first_absent).toEqual(['A-4'])
    expect((await get<{ status: string }>(house, 'cases/A-4')).status, 'it stays').toBe('accepted')
  })

  it('I14: the same file again changes nothing; an older export changes nothing either, and says so', async () => {
    await bring(house, second)
    expect(countsOf((await bring(house, second)).changes)).toBe('rows 4, same 4')
    // of the newer export A-5 is no case of a former one
    expect(countsOf((await bring(house, first)).changes)).toBe('rows 4, new 1, same 1, older 2')
    const third = { ...second, name: 'third.csv', asOf: '2026-03-20T18:00:00+08:00' }
    expect(countsOf((await bring(house, third)).changes)).toBe('rows 4, same 4, absent 1')
  })

  it('I14: of two files as of one instant the loser is told as that, and not as older', async () => {
    const due = (day: string) => csv(`A-1,2026-03-02 09:00:00,,${day}`)
    const [one, two] = [due('2026-03-09'), due('2026-03-11')].sort((a, b) => (digest(a) < digest(b) ? 1 : -1))
    await bring(house, { ...first, name: 'greater.csv', text: one ?? '' })
    const { import_id: id, changes } = await bring(house, { ...first, name: 'lesser.csv', text: two ?? '' })
    expect(countsOf(changes)).toBe('rows 1, tied 1')
    const sheet = await (await house.get(`/api/v1/imports/${id}/changes.csv`)).text()
    expect(sheet).toContain(',tied,')
    expect(sheet).toContain('截至时间相同的另一文件为准')
  })

  it('I14: of two files as of one instant both tell which files, rows and cases they differ in, and which holds', async () => {
    // A-2 stands alike in both; of A-1 the end of one file stands on its third line, of the other on its second
    const one = csv('A-2,2026-03-02 09:00:00,,2026-03-09', 'A-1,2026-03-02 09:00:00,2026-03-05 10:00:00,2026-03-09')
    const two = csv('A-1,2026-03-02 09:00:00,2026-03-06 10:00:00,2026-03-09', 'A-2,2026-03-02 09:00:00,,2026-03-09')
    const isOneGreater = digest(one) > digest(two)
    await bring(house, { ...first, name: 'one.csv', text: one })
    const { import_id: id, changes } = await bring(house, { ...first, name: 'two.csv', text: two })
    const holds = isOneGreater ? 'other' : 'this'
    const tie = { project_no: 'A-1', key: 'COMPLETE', line: 2, holds, other_file: 'one.csv', other_line: 3 }
    expect([changes?.ties, changes?.first_ties]).toEqual([1, [tie]])
    const sheet = await (await house.get(`/api/v1/imports/${id}/changes.csv`)).text()
    const [was, now] = isOneGreater ? ['two.csv:2', 'one.csv:3'] : ['one.csv:3', 'two.csv:2']
    expect(sheet).toContain(`two.csv,2,A-1,COMPLETE,${isOneGreater ? 'tied' : 'tied_here'},file,${was},${now},`)
    // which of the two it is says the order of the specification – as_of, digest, line –, and so does the case
    const found = await get<CaseView>(house, 'cases/A-1')
    expect(found.concluded_at).toBe(isOneGreater ? '2026-03-05T10:00:00+08:00' : '2026-03-06T10:00:00+08:00')
  })

  it('I14 I15: a row without any date is no new case; nor is one of nought dates of a sheet', async () => {
    const { import_id: id, changes } = await bring(house, {
      ...first,
      text: csv('A-1,2026-03-02 09:00:00,,2026-03-09', 'A-2,,,', 'A-3,1899-12-30 00:00:00,1899-12-30 00:00:00,'),
    })
    expect(countsOf(changes)).toBe('rows 3, new 1, dateless 2')
    const sheet = await (await house.get(`/api/v1/imports/${id}/changes.csv`)).text()
    expect(sheet.match(/,dateless,/g)).toHaveLength(2)
  })

  it('I14: what was withdrawn is nothing to compare with; the report of an import does not change afterwards', async () => {
    const one = await bring(house, first)
    const two = await bring(house, second)
    const path = `imports/${two.import_id}`
    const before = await get<ImportChanges>(house, `${path}/changes`)
    expect(before).toEqual(two.changes)
    for (const { import_id: id } of [one, two])
      expect((await answered(house, `imports/${id}/withdraw`, 'administrator', { why: '导错' })).status).toBe(200)
    expect(countsOf((await bring(house, second)).changes)).toBe('rows 4, new 4')
    expect(await get(house, `${path}/changes`)).toEqual(before)
    await house.reopen()
    expect(await get(house, `${path}/changes`)).toEqual(before)
  })

  it('I14 I15: a row that waits is not absent; of two versions in one file the last is the row', async () => {
    await bring(house, first)
    const text = csv(
      'A-1,2026-03-02 09:00:00,not a day,2026-03-11',
      'A-2,2026-03-02 09:00:00,2026-03-05 10:00:00,2026-03-10',
      'A-2,2026-03-02 09:00:00,2026-03-05 10:00:00,2026-03-12',
    )
    const { changes, counts } = await bring(house, { ...second, text })
    expect(counts?.waiting).toEqual([{ unit: 'd', rows: 1 }])
    expect(cellsOf(changes)).toEqual(['A-2 4 ACCEPT changed promise_due_at: 2026-03-09 → 2026-03-12'])
    expect(changes?.first_absent).toEqual(['A-3', 'A-4'])
  })

  it('I14 L7: a change of what is personal is told without its values', async () => {
    const mapping = {
      ...(MAPPING as object),
      case: [{ type: 'ACCEPT', at: '受理时间', personal: { applicant_name: '办结时间' } }],
    }
    await bring(house, { ...first, mapping, text: csv('A-1,2026-03-02 09:00:00,张三,') })
    const { import_id: id, changes } = await bring(house, {
      ...second,
      mapping,
      text: csv('A-1,2026-03-02 09:00:00,李四,'),
    })
    expect(cellsOf(changes)).toEqual(['A-1 2 ACCEPT changed personal: null → null'])
    const sheet = await house.get(`/api/v1/imports/${id}/changes.csv`)
    expect(await sheet.text()).not.toMatch(/张三|李四/)
  })

  it('I14: each list is told up to a hundred, the rest counted; the CSV has every line', async () => {
    const rows = (due: string, n: number): string =>
      csv(...Array.from({ length: n }, (_, i) => `B-${1000 + i},2026-03-02 09:00:00,,${due}`))
    await bring(house, { ...first, text: rows('2026-03-09', 700) })
    const { import_id: id, changes } = await bring(house, { ...second, text: rows('2026-03-10', 250) })
    expect(countsOf(changes)).toBe('rows 250, changed 250, cells 250, absent 450')
    expect([changes?.first_cells.length, changes?.first_absent.length]).toEqual([100, 100])
    const sheet = await house.get(`/api/v1/imports/${id}/changes.csv`)
    expect(sheet.headers.get('content-disposition')).toContain('second.csv.changes.csv')
    const lines = (await sheet.text()).trimEnd().split('\r\n')
    expect(lines[0]).toBe('file,line,project_no,key,what,field,was,now,zh,en')
    expect(lines[1]).toBe('second.csv,2,B-1000,ACCEPT,changed,promise_due_at,2026-03-09,2026-03-10,更改,changed')
    expect(lines.filter((line) => line.includes(',absent,'))).toHaveLength(450)
    expect(lines).toHaveLength(1 + 250 + 450)
  })

  it('I14 A1: of a file that is no register there is nothing to tell; who may not read imports is not told', async () => {
    const plain = { mapping: 'm', source: 's', zone: 'Asia/Shanghai', fields: { project_no: '办件编号' } }
    const mapping = { ...plain, case: [{ type: 'ACCEPT', at: '受理时间' }] }
    const job = await bring(house, { ...first, mapping, text: csv('A-1,2026-03-02 09:00:00,,') })
    expect(job.changes).toBeNull()
    expect((await answered(house, `imports/${job.import_id}/changes`, 'auditor')).status).toBe(404)
    expect((await answered(house, `imports/${job.import_id}/changes`, 'screen')).status).toBe(403)
  })
})

describe('at the console', () => {
  const run = (folder: string, text: string, asOf: string, changes: string | null = null) =>
    importFiles(
      asked({
        files: [fileOfTest('weekly.csv', text)],
        settings: settingsAt(folder, NOW),
        mapping: mappingOf(MAPPING),
        source: 's',
        historical: null,
        asOf,
        dryRun: false,
        changes,
      }),
    )

  it('I14: the command tells it in both languages, alone and beside a server, and writes every line where asked', async () => {
    for (const folder of [folderOfTest(), house.folder]) {
      await run(folder, FIRST, first.asOf)
      const changes = join(folderOfTest(), 'changes.csv')
      const [imported] = await run(folder, SECOND, second.asOf, changes)
      expect(countsOf(imported?.changes ?? null)).toBe('rows 4, new 1, changed 2, same 1, cells 3, emptied 1, absent 1')
      if (imported === undefined) throw new Error('no report')
      const told = importedText(imported, false)
      expect(told).toContain('新增 new 1，更改 changed 2，相同 the same 1')
      expect(told).toContain('A-1（第 3 行 line 3） ACCEPT promise_due_at: 2026-03-09 → 2026-03-11')
      expect(told).toContain('未出现 absent：A-4')
      const lines = readFileSync(changes, 'utf8').trimEnd().split('\r\n')
      expect(lines).toHaveLength(1 + 1 + 3 + 1)
      expect(lines.at(-1)).toBe('weekly.csv,,A-4,,absent,,,,本次未出现，保留原状,absent here: it stays as it was')
    }
    expect(parseInstant(NOW)).not.toBeNull()
  })

  it('I14: week after week of the field: twelve new, then twelve due dates and ends, then twelve ends', async () => {
    const told = []
    for (const week of ['week1', 'week2', 'week3'] as const) told.push((await bringWeek(house, week)).changes)
    expect(told.map(countsOf)).toEqual([
      'rows 12, new 12',
      'rows 12, changed 12, cells 24',
      'rows 12, changed 12, cells 12',
    ])
    expect(cellsOf(told[2] ?? null)[0]).toBe(
      'W-1 2 COMPLETE changed occurred_at: 2026-03-20T10:00:00+08:00 → 2026-03-26T10:00:00+08:00',
    )
  })
})
