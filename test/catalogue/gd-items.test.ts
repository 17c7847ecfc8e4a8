// 2,044 real service items through the project's own mapping (I9, T10): every figure beside a plain count of the file, and
// the nine items whose two limits are in different units weighed day by day. Loud where the data is missing.

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { MASTER_TABLES } from '../../server/contract/tables/registry.ts'
import { buildLaw } from '../../server/core/law/build.ts'
import { laterOdds, limitsOfItem } from '../../server/core/law/odds.ts'
import { atAStretch } from '../../server/core/steps.ts'
import { DEFAULT_CLOCK_RULE, type Limit, parseLimit } from '../../server/core/time/limit.ts'
import { openSource } from '../../server/intake/files/bytes.ts'
import { draftMaster, type MasterDraft } from '../../server/intake/master/draft.ts'
import { openTable } from '../../server/intake/readers/registry.ts'
import { realFile } from '../import/files.ts'
import { faultsOf, itemsOf, shippedMapping } from './files.ts'

interface Line {
  TASK_CODE: string
  TASK_NAME: string
  ORGCODE: string
  AREACODE: string
  TASK_TYPE_TEXT: string
  handle_time: string
  handle_time_limit: string
}

const path = realFile('items/gd-items.ndjson')
const lines: Line[] =
  path === null
    ? []
    : readFileSync(path, 'utf8')
        .split('\n')
        .filter((text) => text !== '')
        .map((text) => JSON.parse(text) as Line)

const draftOfAll = (): Promise<MasterDraft> =>
  draftMaster(openSource(path as string), {
    file: 'gd-items.ndjson',
    mapping: shippedMapping('gd-items'),
    catalogue: null,
    validFrom: null,
    calendar: () => null,
    home: 'cn',
    coversTo: null,
    notice: null,
    shrinks: false,
    open: openTable,
    inPieces: atAStretch,
    tables: MASTER_TABLES,
  })

/** Read with the eyes: the number before the bracket, the unit in it. */
const plainLimit = (text: string): string | undefined => {
  if (text === '无') return undefined
  const number = text.slice(0, text.indexOf('('))
  return number + (text.endsWith('(工作日)') ? 'WD' : text.endsWith('(自然日)') ? 'ND' : '?')
}

const count = <T>(rows: readonly T[], is: (row: T) => boolean): number => rows.filter(is).length
const unitOf = (text: string): string => /\((.+)\)/.exec(text)?.[1] ?? text

describe.runIf(path !== null)('the items of a province', () => {
  it('I9: all 2,044 load, with their departments and regions, and none is faulty', async () => {
    const draft = await draftOfAll()
    expect(faultsOf(draft)).toEqual([])
    expect(lines).toHaveLength(2044)
    const departments = new Set(lines.map(({ ORGCODE }) => ORGCODE)).size
    const regions = new Set(lines.map(({ AREACODE }) => AREACODE)).size
    expect([departments, regions]).toEqual([174, 2])
    const counted = (table: string, taken: number) => ({ table, taken, repeated: 2044 - taken, skipped: 0, faulty: 0 })
    expect(draft.tables).toEqual([counted('regions', 2), counted('departments', 174), counted('items', 2044)])
    expect(draft.validFrom).toBe('2020-01-01')
  })

  it('I9: both units, nothing where the list says 无, type and department of each are those of the line', async () => {
    const items = itemsOf(await draftOfAll())
    const TYPES: Record<string, string> = {
      ...{ 行政许可: '01', 行政给付: '05', 行政确认: '07', 行政奖励: '08', 行政裁决: '09' },
      ...{ 其他行政权力: '10', 公共服务: '20' },
    }
    const expected = lines.map((line) => ({
      task_code: line.TASK_CODE,
      // one name ends in a space of its own width
      name: line.TASK_NAME.trim(),
      org_code: line.ORGCODE,
      item_type: TYPES[line.TASK_TYPE_TEXT],
      promise: plainLimit(line.handle_time_limit),
      statute: plainLimit(line.handle_time),
    }))
    expect(items.map((item) => ({ promise: undefined, statute: undefined, ...item }))).toEqual(expected)
    const withUnit = (field: 'promise' | 'statute', unit: string): number =>
      count(items, (item) => String(item[field] ?? '').endsWith(unit))
    expect([
      withUnit('statute', 'WD'),
      withUnit('statute', 'ND'),
      withUnit('promise', 'WD'),
      withUnit('promise', 'ND'),
    ]).toEqual([1390, 11, 1565, 2])
    expect([
      count(items, ({ promise }) => promise === undefined),
      count(items, ({ statute }) => statute === undefined),
    ]).toEqual([477, 643])
    expect(count(lines, (line) => line.handle_time_limit === '无')).toBe(477)
    expect(count(lines, (line) => line.handle_time === '无')).toBe(643)
  })

  it('T10: the nine with limits in two units have a promise of working days, and it never reads later than the statute', () => {
    const law = buildLaw([])
    const isMixed = ({ handle_time, handle_time_limit }: Line): boolean =>
      handle_time !== '无' && handle_time_limit !== '无' && unitOf(handle_time) !== unitOf(handle_time_limit)
    const mixed = lines.filter(isMixed)
    const pairs = mixed.map((line) => `${plainLimit(line.handle_time_limit)} ${plainLimit(line.handle_time)}`).sort()
    expect(pairs).toEqual(['15WD 60ND', ...Array<string>(5).fill('1WD 90ND'), '1WD 91ND', '20WD 91ND', '7WD 30ND'])
    for (const pair of new Set(pairs)) {
      const [promise, statute] = pair.split(' ').map((text) => parseLimit(text) as Limit) as [Limit, Limit]
      const odds = laterOdds({ promise, statute }, law.homeCalendar, DEFAULT_CLOCK_RULE)
      expect({ pair, odds: odds.odds, laterDays: odds.laterDays }).toEqual({ pair, odds: 'never', laterDays: 0 })
      // twenty years of acceptance days were tried; the nearest still leaves the statute days away
      expect(odds.days).toBe(7305)
      expect(odds.closest?.byDays).toBeLessThan(-10)
    }
  })

  it('T10: so no item of the list is flagged, while one day more or another unit would be', async () => {
    const draft = await draftOfAll()
    const law = buildLaw([{ entry: 1, body: draft.document ?? {} }])
    const rule = DEFAULT_CLOCK_RULE
    const odds = [...law.tables.items.values()].flatMap(([item]) => {
      const two = item === undefined ? null : limitsOfItem(item, law.profile)
      return two === null ? [] : [{ two, odds: laterOdds(two, law.homeCalendar, rule).odds }]
    })
    const permits = count(
      lines,
      (line) => line.TASK_TYPE_TEXT === '行政许可' && line.handle_time === '无' && line.handle_time_limit !== '无',
    )
    const both = count(lines, (line) => line.handle_time !== '无' && line.handle_time_limit !== '无')
    expect(odds).toHaveLength(both + permits)
    expect(odds.filter((one) => one.odds !== 'never')).toEqual([])
    const tight = odds.filter(
      ({ two }) => two.promise.unit === 'WD' && two.statute.unit === 'WD' && two.promise.value === two.statute.value,
    )
    expect(tight.length).toBeGreaterThan(50)
    for (const { two } of tight.slice(0, 3)) {
      const more = { ...two, promise: { ...two.promise, value: two.promise.value + 1 } }
      expect(laterOdds(more, law.homeCalendar, rule).odds).toBe('always')
    }
  })
})
