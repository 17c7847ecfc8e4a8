// 954 approvals truly out of order, 34 rows of them twice (I7, I8, F2): whatever the order of rows, the split into files
// and requests and the repeats, the same folded cases, judgements, standing cards and totals; the recount is clean.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { importFiles } from '../../server/cli/import.ts'
import type { Taken } from '../../server/core/plan.ts'
import { isTaken, toFact } from '../../server/intake/fact.ts'
import { openSource } from '../../server/intake/files/bytes.ts'
import { openTable } from '../../server/intake/readers/registry.ts'
import { openAlone } from '../../server/office/alone.ts'
import { openRecords } from '../../server/store/sqlite/records.ts'
import { auditStore } from '../../server/supervision/audit.ts'
import { instant } from '../live/house.ts'
import { seeded, shuffled } from '../plan/city.ts'
import { expectAlike, openOffice, type Standing, standingOf } from '../plan/office.ts'
import { asked, catalogueNamed, folderOfTest, mappingNamed, realFile, settingsAt } from './files.ts'

const FILE = realFile('logs/academic-credentials.csv')
const NOW = '2016-07-02T00:00:00-05:00'
const mapping = mappingNamed('credentials')
/** With what the mapping can say (I12), as an import by the command declares it. */
const catalogue = {
  ...catalogueNamed('co-2016'),
  sources: [{ source: 'credits', name: 'credits', sends: mapping.sends }],
}

/** The mapped events of every row, row by row. */
const rowsOfFile = async (path: string): Promise<Taken[][]> => {
  const context = { source: 'credits', now: instant(NOW), aheadMs: 0, historical: instant(NOW) }
  const table = await openTable(openSource(path), 'csv', mapping.options)
  const rows: Taken[][] = []
  for await (const batch of table.rows()) {
    for (const row of batch) {
      if (row.kind === 'unread') throw new Error(row.detail)
      const mapped = mapping.map(row)
      if ('code' in mapped) throw new Error(mapped.code)
      rows.push(
        mapped.events.map((event) => {
          const taken = toFact(event, context)
          if (!isTaken(taken)) throw new Error(taken.detail)
          return taken
        }),
      )
    }
  }
  return rows
}

const sent = async (taken: readonly Taken[], sizes: () => number): Promise<Standing> => {
  const office = await openOffice(catalogue, instant(NOW), 'sqlite')
  const requests: Taken[][] = []
  for (let from = 0; from < taken.length; ) {
    const size = sizes()
    requests.push(taken.slice(from, from + size))
    from += size
  }
  const outcomes = await office.send(requests)
  expect(outcomes.filter(({ outcome }) => outcome === 'rejected')).toEqual([])
  expect(await office.audit()).toMatchObject({ count: 0, pending: 0, findings: [] })
  const standing = await standingOf(office.records)
  await office.close()
  return standing
}

const withoutWays = (of: Standing): Standing => {
  const bare = ({ state, ...row }: { state: object }) => ({ ...row, state: { ...state, spoken: null } })
  return { ...of, cases: new Map([...of.cases].map(([no, row]) => [no, bare(row as { state: object })])) }
}

describe.runIf(FILE !== null)('recognition of credits, out of order', () => {
  let rows: Taken[][]
  let expected: Standing

  beforeAll(async () => {
    rows = await rowsOfFile(FILE ?? '')
    expected = await sent(rows.flat(), () => 2_000)
  })

  it('I8: 6,870 rows are 954 cases; they are worth it: on time and late, cards of several rules', () => {
    expect(rows).toHaveLength(6_870)
    expect(expected.cases.size).toBe(954)
    const rules = new Set([...expected.cards.keys()].map((id) => id.slice(0, 4)))
    expect(rules.size).toBeGreaterThan(2)
    const of = (kind: string): number => expected.totals.get(`department registry registry ${kind}`) ?? 0
    expect(of('on_time')).toBeGreaterThan(100)
    expect(of('late')).toBeGreaterThan(10)
    expect(of('on_time') + of('late') + of('undated') + of('excluded')).toBe(954)
  })

  it('I8 I2: 34 rows stand twice; an event without an id is known by what it says', () => {
    const ids = rows.map((events) => events.map(({ fact }) => fact.eventId).join())
    expect(rows.length - new Set(ids).size).toBe(34)
  })

  it.each([2])('F2 I7: rows shuffled, split at random, some sent again: seed %i', async (seed) => {
    const random = seeded(seed)
    const again = rows.filter(() => random() < 0.1)
    const all = shuffled([...rows, ...again], seed)
    expectAlike(await sent(all.flat(), () => 1 + Math.floor(random() * 900)), expected)
  })

  it('I8 F2 M7: two files of shuffled rows with an overlap, one after the other: the same store, audit clean', async () => {
    const [header = '', ...lines] = readFileSync(FILE ?? '', 'utf8')
      .trimEnd()
      .split(/\r?\n/)
    const folder = folderOfTest()
    const mixed = shuffled(lines, 9)
    const files = [mixed.slice(0, 4_000), mixed.slice(3_000)].map((part, i) => {
      const path = join(folder, `part-${i}.csv`)
      writeFileSync(path, `${[header, ...part].join('\n')}\n`)
      return path
    })
    const settings = settingsAt(join(folder, 'data'), NOW)
    const office = await openAlone(settings.data, settings.clock)
    await office.loadCatalogue(catalogue, JSON.stringify(catalogue), 'test')
    await office.close()
    const imported = await importFiles(
      asked({ files, settings, mapping, source: null, dryRun: false, historical: instant(NOW) }),
    )
    const distinct = new Set(rows.flat().map(({ fact }) => fact.eventId)).size
    expect(imported.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(distinct)
    expect(imported.map(({ rejected, skipped }) => rejected + skipped)).toEqual([0, 0])
    const records = openRecords(settings.data)
    try {
      expect(await auditStore({ records })).toMatchObject({ cases: 954, count: 0, pending: 0 })
      // the one came by files, the other by wire: which way a fact came is a fact of its own (I12)
      expectAlike(withoutWays(await standingOf(records)), withoutWays(expected))
    } finally {
      await records.close()
    }
  })
})
