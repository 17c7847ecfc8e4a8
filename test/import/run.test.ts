// A run of an import (I8): flat in memory whatever the length, truthful about how far it is, cut before any slice and gone
// on without a double.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openSource } from '../../server/intake/files/bytes.ts'
import { openResume } from '../../server/intake/files/resume.ts'
import { type Answered, importFile, type Resumed } from '../../server/intake/files/run.ts'
import { Seen } from '../../server/intake/files/seen.ts'
import type { Outcome } from '../../server/intake/outcome.ts'
import { openTable } from '../../server/intake/readers/registry.ts'
import { fileOfTest, folderOfTest, mappingOf } from './files.ts'
import { MANY, manyAt } from './many.ts'

const sumOf = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)

/** A door that keeps ids, and may break before a slice. */
const doorOf = (breaksAt = Number.POSITIVE_INFINITY) => {
  const ids = new Set<string>()
  const slices: number[] = []
  return {
    ids,
    slices,
    deliver: async (events: readonly unknown[]): Promise<Outcome[]> => {
      if (slices.length >= breaksAt) throw new Error('the door broke')
      slices.push(events.length)
      return events.map((event) => {
        const { event_id } = event as { event_id: string }
        const outcome = ids.has(event_id) ? 'known' : 'accepted'
        ids.add(event_id)
        return { outcome, code: null, field: null, detail: null }
      })
    },
  }
}

const NOTHING = {
  open: openTable,
  onIssue: () => undefined,
  onProgress: () => undefined,
  onAnswered: () => undefined,
  resumed: null,
}

describe('memory and progress', () => {
  /** Imports so many rows; the most bytes that were read ahead of the rows answered. */
  const furthestAhead = async (name: string, rows: number): Promise<number> => {
    const source = openSource(manyAt(name, rows))
    const seen: { bytes: number; rows: number }[] = []
    const door = doorOf()
    const report = await importFile(source, {
      ...NOTHING,
      mapping: MANY,
      deliver: door.deliver,
      onProgress: (progress) => seen.push({ bytes: progress.bytes ?? -1, rows: progress.rows }),
    })
    expect(report).toMatchObject({ rows, events: rows, accepted: rows, skipped: 0, refused: null })
    expect(seen.at(-1)).toEqual({ bytes: source.bytes, rows })
    for (const [i, { bytes }] of seen.entries()) expect(bytes).toBeGreaterThanOrEqual(seen[i - 1]?.bytes ?? 0)
    expect(Math.max(...door.slices)).toBeLessThanOrEqual(1_005)
    return Math.max(...seen.map(({ bytes, rows: answered }) => bytes - (source.bytes * answered) / rows))
  }

  // in which pieces a runtime hands out bytes is its own affair: what is ahead must not follow the size of the file
  it.each(['many.csv', 'many.csv.gz'])(
    'I8: %s: bytes read run with rows answered, never back, to the last one; what is ahead does not grow with the file',
    async (name) => {
      const ahead = await furthestAhead(name, 15_000)
      expect(await furthestAhead(name, 60_000)).toBeLessThan(2 * ahead)
    },
  )

  it('I8: identical rows are counted, by what they say', () => {
    const digest = fc.integer({ min: 0, max: 300 }).map((n) => `${n}`.padStart(13, '0'))
    fc.assert(
      fc.property(fc.array(digest, { maxLength: 9_000 }), (rows) => {
        const counted = new Seen()
        const known = new Set<string>()
        for (const row of rows) {
          expect(counted.note(row)).toBe(known.has(row))
          known.add(row)
        }
      }),
      { seed: 5, numRuns: 20 },
    )
    const many = new Seen()
    const hex = (n: number): string => n.toString(16).padStart(13, '0')
    for (let n = 0; n < 50_000; n++) expect(many.note(hex(n * 7_919))).toBe(false)
    for (let n = 0; n < 50_000; n++) expect(many.note(hex(n * 7_919))).toBe(true)
  })
})

describe('cut and gone on', () => {
  const mapping = mappingOf({
    mapping: 'm',
    zone: 'UTC',
    fields: { project_no: 'no' },
    events: [{ activity: 'act', start: 'from', complete: 'to' }],
  })
  const lines = Array.from({ length: 60 }, (_, i) =>
    i % 13 === 5 ? `c${i},a,soon,2026-03-05` : `c${i % 20},a${i % 9},2026-03-0${1 + (i % 9)},2026-03-1${i % 9}`,
  )
  const text = `no,act,from,to\n${lines.join('\n')}\n`

  it('I8 I2: broken before any slice and run again: the same events, the same counts, nothing twice', async () => {
    const whole = doorOf()
    const source = openSource(fileOfTest('t.csv', text))
    const expected = await importFile(source, { ...NOTHING, mapping, deliver: whole.deliver, sliceEvents: 10 })
    expect(whole.slices.length).toBeGreaterThan(8)
    for (let at = 0; at < whole.slices.length; at++) {
      const folder = folderOfTest()
      const key = { mapping: mapping.digest, from: 's', historical: true }
      const first = openResume(folder, source, key)
      const parts = { ...NOTHING, mapping, sliceEvents: 10 }
      const door = doorOf(at)
      const cut = importFile(source, {
        ...parts,
        deliver: door.deliver,
        resumed: first.left,
        onAnswered: (state) => first.keep(state),
      })
      await expect(cut).rejects.toThrow('the door broke')
      const second = openResume(folder, source, key)
      const rest = doorOf()
      const report = await importFile(source, { ...parts, deliver: rest.deliver, resumed: second.left })
      second.done()
      expect(report).toEqual({
        ...expected,
        resumed_rows: report.resumed_rows,
        accepted: expect.any(Number),
        known: expect.any(Number),
      })
      expect(report.accepted + report.known).toBe(expected.events)
      // what cannot be read of a row is handed over to be kept, and is no event
      expect(sumOf([...door.slices, ...rest.slices])).toBe(sumOf(whole.slices))
      expect(new Set([...door.ids, ...rest.ids])).toEqual(whole.ids)
      expect(readdirSync(join(folder, 'imports').replace(/imports$/, at === 0 ? '' : 'imports'))).toEqual([])
    }
  })

  it('I8: another file, mapping, source or word of history is another run', () => {
    const folder = folderOfTest()
    const source = openSource(fileOfTest('t.csv', text))
    const state: Resumed = {
      rows: 3,
      answered: { accepted: 1, known: 2, rejected: 0 } satisfies Answered,
      rejections: [],
    }
    const key = { mapping: 'm', from: 's', historical: false }
    openResume(folder, source, key).keep(state)
    expect(openResume(folder, source, key).left).toEqual(state)
    expect(openResume(folder, source, { ...key, mapping: 'n' }).left).toBe(null)
    expect(openResume(folder, source, { ...key, from: 't' }).left).toBe(null)
    expect(openResume(folder, source, { ...key, historical: true }).left).toBe(null)
    expect(openResume(folder, { ...source, bytes: source.bytes + 1 }, key).left).toBe(null)
  })
})
