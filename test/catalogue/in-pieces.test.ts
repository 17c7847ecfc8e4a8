// A catalogue is read, judged, written and made law in pieces (I5): between two of them few rows are looked at, and what comes
// out is what the same work says at a stretch and of each row alone. Counts rows, no time.

import { describe, expect, it } from 'vitest'
import type { MappingFault } from '../../server/contract/imports.ts'
import { afterSteps, buildLaw, buildSteps } from '../../server/core/law/build.ts'
import { regionSteps } from '../../server/core/law/regions.ts'
import { atOnce, type Steps } from '../../server/core/steps.ts'
import { canonicalize, canonicalSteps } from '../../server/intake/canonical.ts'
import { bareSteps, catalogueFaults, faultSteps } from '../../server/intake/catalogue.ts'
import { judgeRows } from '../../server/intake/master/judge.ts'
import { unfitSteps } from '../../server/intake/nesting.ts'
import { indexSteps, type LawEntry, masterIndex } from '../../server/present/master.ts'
import { compareWithLaw } from '../../server/present/master-changes.ts'
import { seeded } from '../plan/city.ts'

type Row = Record<string, unknown>

/** A row that fits, of every table of which a city has many. */
const FIT: Readonly<Record<string, (n: number) => Row>> = {
  regions: (n) => ({ region_code: `R${n}`, name: '青石' }),
  departments: (n) => ({ org_code: `D${n}`, name: '市场监管', region_code: 'R0' }),
  windows: (n) => ({ window_no: `W${n}`, name: '食品经营', org_code: 'D0' }),
  operators: (n) => ({ operator_id: `P${n}`, name: '欧阳明月', org_code: 'D0' }),
  items: (n) => ({ task_code: `T${n}`, name: '食品经营许可', org_code: 'D0', promise: '5WD' }),
  sources: (n) => ({ source: `S${n}`, name: '来源' }),
}

/** What may be wrong with a row, told by its shape. */
const SHAPE: readonly ((row: Row) => void)[] = [
  (row) => {
    delete row.name
  },
  (row) => {
    row.strange = 1
  },
  (row) => {
    row.name = ' '
  },
  (row) => {
    row['a/b~c'] = { deep: 1 }
  },
]

/** And what only a closer look tells. */
const WITHIN: readonly ((row: Row) => void)[] = [
  (row) => {
    row.valid_from = '2026-02-30'
  },
]

const HEAD = { catalogue: 'x', valid_from: '2026-01-01' }
/** In the order in which the shape has its tables. */
const TABLES = Object.keys(FIT)

/** A document whose rows are at fault here and there. */
const sown = (seed: number, kinds: readonly ((row: Row) => void)[], share: number): Record<string, Row[]> => {
  const random = seeded(seed)
  const tables = TABLES.map((table): [string, Row[]] => {
    const rows = Array.from({ length: Math.floor(random() * 700) }, (_, n) => {
      const row = FIT[table]?.(n) as Row
      if (random() < share) kinds[Math.floor(random() * kinds.length)]?.(row)
      return row
    })
    return [table, rows]
  })
  return Object.fromEntries(tables)
}

/** The faults of each row judged alone, at the place where it stands. */
const rowByRow = (tables: Record<string, Row[]>): MappingFault[] =>
  TABLES.flatMap((table) =>
    (tables[table] ?? []).flatMap((row, n) =>
      catalogueFaults({ ...HEAD, [table]: [row] }).map(({ at, detail }) => ({
        at: at.replace(`/${table}/0`, `/${table}/${n}`),
        detail,
      })),
    ),
  )

describe('what is said', () => {
  const CASES = [1, 2, 3, 4, 5, 6].flatMap((seed) => [
    { seed, share: 0.002, kinds: SHAPE, kind: 'shape' },
    { seed, share: 0.05, kinds: SHAPE, kind: 'shape' },
    { seed, share: 0.002, kinds: WITHIN, kind: 'within' },
    { seed, share: 0.2, kinds: WITHIN, kind: 'within' },
  ])
  it.each(CASES)('I9, I5: the first fifty of what each row is told alone: $kind, seed $seed, share $share', (one) => {
    const tables = sown(one.seed, one.kinds, one.share)
    const expected = rowByRow(tables).slice(0, 50)
    expect(expected.length).toBeGreaterThan(0)
    expect(catalogueFaults({ ...HEAD, ...tables })).toEqual(expected)
    expect(catalogueFaults({ ...tables, ...HEAD })).toEqual(expected)
  })

  it('I9: what the document lacks and has too much stands before what its rows are told', () => {
    const items = [{}, ...Array.from({ length: 300 }, (_, n) => FIT.items?.(n))]
    expect(catalogueFaults({ items, valid_from: '2026-01-01', strange: {}, centre: 5 }).map(({ at }) => at)).toEqual([
      '/',
      '/strange',
      '/',
      '/centre',
      '/items/0',
    ])
  })

  it('I9: of strange members fifty are told, and of rules more than may be', () => {
    const strange = Object.fromEntries(Array.from({ length: 90 }, (_, n) => [`s${n}`, 1]))
    expect(catalogueFaults({ ...HEAD, ...strange }).map(({ at }) => at)).toEqual(
      Array.from({ length: 50 }, (_, n) => `/s${n}`),
    )
    const rules = Array.from({ length: 201 }, (_, n) => ({ rule_id: `T-${n}` }))
    expect(catalogueFaults({ ...HEAD, rules: rules.slice(1) })).toEqual([])
    expect(catalogueFaults({ ...HEAD, rules })).toEqual([{ at: '/rules', detail: 'must not have more than 200 items' }])
    expect(catalogueFaults({ ...HEAD, rules: [...rules, {}] }).map(({ at }) => at)).toEqual(['/rules/201', '/rules'])
  })

  it.each([1, 2, 3])('A4: the canonical text, to the byte: seed %s', (seed) => {
    const tables = sown(seed, SHAPE, 0.2)
    const document = { ...tables, ...HEAD, none: null, 'ä"\n': [null, [], {}, [[[[[{ b: 1, a: [2] }]]]]], -0, 1e21] }
    expect(atOnce(canonicalSteps(document))).toBe(canonicalize(document))
    expect(atOnce(canonicalSteps(document, { dropNull: true }))).toBe(canonicalize(document, { dropNull: true }))
    for (const plain of ['x', 5, null, true, []]) expect(atOnce(canonicalSteps(plain))).toBe(canonicalize(plain))
  })

  it('A4: what has no canonical text is refused at the same place', () => {
    const asked = (work: () => unknown): string => {
      try {
        return String(work())
      } catch (error) {
        return String(error)
      }
    }
    const deep = (levels: number): unknown => (levels === 0 ? 1 : [deep(levels - 1)])
    for (const document of [{ a: [{ 'b/~': Number.NaN }] }, { a: ['\ud800'] }, { '\ud800': 1 }, deep(600)]) {
      expect(asked(() => canonicalize(document))).toMatch(/^NotCanonical/)
      expect(asked(() => atOnce(canonicalSteps(document)))).toBe(asked(() => canonicalize(document)))
    }
  })
})

const ROWS = 2_000
/** A lot of rows, and one in which the count of it is begun. */
const MOST = 400

/** Rows that tell whenever they are looked at. */
const watched = (table: string, look: (row: number) => void): Row[] =>
  Array.from({ length: ROWS }, (_, n) => {
    const row = { ...FIT[table]?.(n), valid_from: '2026-01-01' } as Row
    const { name } = row
    return Object.defineProperty(row, 'name', {
      enumerable: true,
      get: () => {
        look(n)
        return name
      },
    })
  })

/** The most rows of a table that this looks at between two of its stops, and how many it looks at in all. */
const stretches = <R>(table: string, make: (rows: Row[]) => Steps<R>): { most: number; all: number } => {
  let piece = new Set<number>()
  const all = new Set<number>()
  const work = make(
    watched(table, (row) => {
      piece.add(row)
      all.add(row)
    }),
  )
  piece = new Set()
  let most = 0
  for (let isDone = false; !isDone; ) {
    isDone = work.next().done === true
    most = Math.max(most, piece.size)
    piece = new Set()
  }
  return { most, all: all.size }
}

const entryOf = (body: Row): LawEntry => ({ entry: 1, at: 0 as LawEntry['at'], by: 'test', body })

const WORKS: Readonly<Record<string, (table: string, rows: Row[]) => Steps<unknown>>> = {
  'looked over for what no door takes': (table, rows) => unfitSteps({ ...HEAD, [table]: rows }),
  'bared of what nobody sees': (table, rows) => bareSteps({ ...HEAD, [table]: rows }),
  'judged, fit': (table, rows) => faultSteps({ ...HEAD, [table]: rows }),
  'judged, at fault': (table, rows) => faultSteps({ ...HEAD, [table]: [...rows, {}] }),
  'written canonically': (table, rows) => canonicalSteps({ ...HEAD, [table]: rows }),
  'made law': (table, rows) => buildSteps([{ entry: 1, body: { ...HEAD, [table]: rows } }]),
  'made law after another': (table, rows) => afterSteps(buildLaw([]), { entry: 1, body: { ...HEAD, [table]: rows } }),
  'made law by the taking back of another': (table, rows) => {
    const law = buildLaw([
      { entry: 1, body: { ...HEAD, [table]: rows } },
      { entry: 2, body: HEAD },
    ])
    return afterSteps(law, { entry: 3, body: { ...HEAD, takes_back: 2 } })
  },
  'judged as rows of a file': (table, rows) =>
    judgeRows(
      table,
      rows.map((row, n) => ({ row, place: { line: n } })),
      () => undefined,
    ),
  'compared with the law': (table, rows) => compareWithLaw({ ...HEAD, [table]: rows }, masterIndex([])),
}

describe('how much is done at a time', () => {
  it.each(Object.keys(WORKS).flatMap((work) => TABLES.map((table) => ({ work, table }))))(
    'I5: $table are $work a lot at a time',
    ({ work, table }) => {
      const { most, all } = stretches(table, (rows) => (WORKS[work] as (typeof WORKS)[string])(table, rows))
      expect(all).toBe(ROWS)
      expect(most).toBeLessThanOrEqual(MOST)
    },
  )

  const stops = (work: Steps<unknown>): number => {
    let count = 0
    while (work.next().done !== true) count++
    return count
  }

  it('I5: rows are laid into the index a lot at a time', () => {
    const items = Array.from({ length: ROWS }, (_, n) => FIT.items?.(n))
    expect(stops(indexSteps([entryOf({ ...HEAD, items })]))).toBeGreaterThanOrEqual(ROWS / MOST)
  })

  it('I5: regions one within the other are climbed a lot at a time', () => {
    const regions = Array.from({ length: 300 }, (_, n) => ({ region_code: `R${n}`, name: 'x', parent: `R${n + 1}` }))
    expect(stops(regionSteps(buildLaw([{ entry: 1, body: { ...HEAD, regions } }])))).toBeGreaterThanOrEqual(20)
  })
})
