// Sums that are rolled up and sums that wait for it are one figure (M7): a store that rolls up when it likes answers as the
// memory twin does, whatever came between; and what another hand made of a rolled-up sum is named.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DIMENSIONS, FLOW_KINDS, type Flow } from '../../server/core/measure/flows.ts'
import { sealBatch } from '../../server/evidence/seal.ts'
import { openMemory } from '../../server/store/memory/store.ts'
import type { Records } from '../../server/store/port.ts'
import { ledgerOver } from '../../server/store/sqlite/ledger.ts'
import { openRecords } from '../../server/store/sqlite/records.ts'
import { openWriter } from '../../server/store/sqlite/writer.ts'
import { batch, caseRow, flow, on } from './rows.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mingjing-rolled-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const NOW = { flows: 1, pages: Number.MAX_SAFE_INTEGER }

const someFlow: fc.Arbitrary<Flow> = fc
  .record({
    kind: fc.constantFrom('received', 'late', 'in_hand', 'due', 'unlisted'),
    day: fc.integer({ min: 0, max: 3 }),
    n: fc.constantFrom(1, -1),
    window: fc.constantFrom('W1', 'W2'),
    department: fc.constantFrom('D1', 'D2'),
    hour: fc.constantFrom(9, 10),
    member: fc.boolean(),
  })
  .map(({ kind, day, n, window, department, hour, member }) =>
    flow(kind as Flow['kind'], day, {
      n: n as 1 | -1,
      window,
      department,
      member,
      hour: kind === 'received' ? hour : null,
      code: kind === 'unlisted' ? `window:${window}` : null,
    }),
  )

type Step =
  | { readonly what: 'case'; readonly no: string; readonly flows: Flow[] }
  | { readonly what: 'gone'; readonly no: string }
  | { readonly what: 'roll' }
  | { readonly what: 'look' }

const someNo = fc.constantFrom('P1', 'P2', 'P3')
const someStep: fc.Arbitrary<Step> = fc.oneof(
  {
    arbitrary: fc.record({
      what: fc.constant('case' as const),
      no: someNo,
      flows: fc.array(someFlow, { maxLength: 6 }),
    }),
    weight: 5,
  },
  { arbitrary: fc.record({ what: fc.constant('gone' as const), no: someNo }), weight: 1 },
  { arbitrary: fc.record({ what: fc.constant('roll' as const) }), weight: 2 },
  { arbitrary: fc.record({ what: fc.constant('look' as const) }), weight: 1 },
)

/** All that can be asked of figures. */
const figuresOf = async (records: Records): Promise<string[]> => {
  const told: string[] = []
  for (const dimension of DIMENSIONS) {
    for (const row of await records.totals(dimension, on(0), on(2))) told.push(`${dimension} ${JSON.stringify(row)}`)
    for (const row of await records.totals(dimension, on(1), on(3), 'D2')) told.push(`D2 ${JSON.stringify(row)}`)
    for (const row of await records.daily(dimension, null, FLOW_KINDS, on(0), on(3)))
      told.push(`${dimension} ${row.key} ${row.kind} ${row.on} ${row.n}`)
  }
  for (const keys of [['W1'], ['W1', 'W2']])
    for (const row of await records.daily('window', keys, ['late', 'due'], on(0), on(3)))
      told.push(`${row.key} ${row.kind} ${row.on} ${row.n}`)
  for (const kinds of [['late'], ['in_hand', 'due']] as const)
    for (const more of [{}, { member: true }, { member: false }]) {
      const query = { kinds, from: on(1), to: on(2), dimension: 'window', key: 'W1', limit: 10, ...more } as const
      for (const { projectNo, n } of (await records.casesBehind(query)).cases)
        told.push(`behind ${kinds} ${JSON.stringify(more)} ${projectNo} ${n}`)
    }
  return told.sort()
}

describe('sums rolled up in pauses', () => {
  it('M7, M1: whatever is rolled up when, every figure is the memory twin’s', async () => {
    let n = 0
    await fc.assert(
      fc.asyncProperty(fc.array(someStep, { minLength: 1, maxLength: 12 }), async (steps) => {
        const place = join(folder, String(n++))
        const [writer, twin] = [openWriter(place), openMemory()]
        const ledger = ledgerOver(writer, sealBatch)
        const records = openRecords(place)
        try {
          for (const step of steps) {
            if (step.what === 'roll') writer.rest(NOW)
            if (step.what === 'look') await figuresOf(records)
            const made =
              step.what === 'case'
                ? batch({ cases: [caseRow(step.no, { flows: step.flows })] })
                : batch({ casesGone: step.what === 'gone' ? [step.no] : [] })
            await ledger.commit(made)
            await twin.commit(made)
          }
          expect(await figuresOf(records)).toEqual(await figuresOf(twin))
          expect(await records.auditFlows(9)).toEqual([])
          writer.rest(NOW)
          expect(await figuresOf(records)).toEqual(await figuresOf(twin))
          expect(await records.auditFlows(9)).toEqual([])
        } finally {
          await records.close()
          await ledger.close()
        }
      }),
      { numRuns: 60, seed: 20261130 },
    )
  })

  it('M7: more than may wait are rolled up in the commit itself', async () => {
    const ledger = ledgerOver(openWriter(folder), sealBatch)
    const flows = Array.from({ length: 2_000 }, (_, day) => flow('late', day))
    await ledger.commit(batch({ cases: [caseRow('P1', { flows })] }))
    const rolled = (): unknown => {
      const db = new Database(join(folder, 'ledger.sqlite'), { readonly: true })
      const row = db
        .prepare('SELECT rolled, (SELECT count(*) FROM flow_day), (SELECT max(n) FROM total) FROM stand')
        .raw()
        .get()
      db.close()
      return row
    }
    expect(rolled()).toEqual([0, 0, null])
    await ledger.commit(batch({ cases: [caseRow('P2', { flows: [flow('late')] })] }))
    expect(rolled()).toEqual([2_001, 2_001, 2])
    await ledger.close()
  })

  it('M7: a sum that another hand changed is named, and no more than asked for', async () => {
    const ledger = ledgerOver(openWriter(folder), sealBatch)
    await ledger.commit(batch({ cases: [caseRow('P1', { flows: [flow('late'), flow('on_time', 2)] })] }))
    await ledger.close()
    const db = new Database(join(folder, 'ledger.sqlite'))
    db.exec(`UPDATE total SET n = n + 1 WHERE dimension = 2 AND key = 'W1' AND on_day = ${on(0)}`)
    db.exec(`DELETE FROM total WHERE dimension = 4 AND on_day = ${on(2)}`)
    db.close()
    const records = openRecords(folder)
    const found = await records.auditFlows(99)
    expect(found.map((d) => [d.dimension, d.key, d.kind, d.stored, d.counted]).sort()).toEqual([
      ['item', 'I1', 'on_time', 0, 1],
      ['window', 'W1', 'late', 2, 1],
    ])
    expect(await records.auditFlows(1)).toHaveLength(1)
    await records.close()
  })
})
