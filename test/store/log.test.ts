// The log of the ledger's file, bounded (A6): brought over and cut back when nobody holds it; held by whoever reads one state
// for long it grows only while the disk has room for it and for bringing it over; service resumes when that reader has ended.

import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sealBatch } from '../../server/evidence/seal.ts'
import { openFrozen } from '../../server/store/sqlite/frozen.ts'
import { LOG_BOUNDS } from '../../server/store/sqlite/log.ts'
import { packBatch } from '../../server/store/sqlite/pack.ts'
import { openRecords } from '../../server/store/sqlite/records.ts'
import { openWriter, type Writer } from '../../server/store/sqlite/writer.ts'
import { batch, fact } from './rows.ts'

const KB = 1_024
const PAGE = 4 * KB
let folder: string
/** Bytes free on the disk. */
let free: () => number
let writer: Writer
let sent: number
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mingjing-log-'))
  free = () => Number.POSITIVE_INFINITY
  sent = 0
  // sixty-four pages, cut back to half a megabyte
  writer = openWriter(folder, { pages: 64, keptBytes: 512 * KB, spareBytes: 256 * KB, freeBytes: () => free() })
})
afterEach(() => {
  writer.close()
  rmSync(folder, { recursive: true })
})

const logBytes = (): number => statSync(join(folder, 'ledger.sqlite-wal')).size

const commit = (): void => {
  sent += 1
  const packed = packBatch(batch({ facts: [fact(`e${sent}`)] }))
  writer.commit(packed, sealBatch(packed, writer.tip()).sealed)
}
const commits = (count: number): void => {
  for (let n = 0; n < count; n++) commit()
}
/** Somebody who reads one state until it is closed. */
const holding = async () => {
  const reader = openFrozen(folder)
  await reader.records.head()
  return reader
}

const untilRefused = (most: number): string => {
  try {
    commits(most)
  } catch (error) {
    return (error as { code: string }).code
  }
  return 'taken'
}

describe('the log of a ledger', () => {
  it('A6: however much is written at a stretch, its file stays within its bound and a commit more', () => {
    let most = 0
    for (let n = 0; n < 100; n++) {
      commit()
      most = Math.max(most, logBytes())
    }
    expect(most).toBeLessThan(2 * 64 * PAGE)
  })

  it('A6: with readers coming and going it is begun anew all the same', async () => {
    let most = 0
    for (let n = 0; n < 30; n++) {
      const records = openRecords(folder)
      await records.head()
      commits(5)
      await records.head()
      await records.close()
      most = Math.max(most, logBytes())
    }
    expect(most).toBeLessThan(2 * 64 * PAGE)
  })

  it('A6: held by a reader it grows, every commit taken; when that one has ended, a pause cuts it back', async () => {
    commit()
    const reader = await holding()
    for (let n = 0; logBytes() <= 2 * 512 * KB; n++) {
      commit()
      expect(n).toBeLessThan(1_000)
    }
    reader.close()
    writer.rest({ flows: 1, pages: 0 })
    expect(writer.logPages()).toBe(0)
    expect(logBytes()).toBeLessThanOrEqual(512 * KB)
  })

  it('A6: held, and the disk without room for bringing it over, nothing more is taken; ended, it goes on by itself', async () => {
    commit()
    const reader = await holding()
    const before = logBytes()
    // what the log takes is free no more
    free = () => 2_048 * KB - (logBytes() - before)
    expect(untilRefused(1_000)).toBe('store_full')
    const [taken, held] = [writer.head().seq, logBytes()]
    expect(free()).toBeGreaterThanOrEqual(writer.logPages() * PAGE)
    expect(untilRefused(20)).toBe('store_full')
    expect(logBytes()).toBe(held)
    reader.close()
    expect(untilRefused(10)).toBe('taken')
    expect(writer.head().seq).toBe(taken + 10)
  })

  it('A6: as it ships, 64 MB of log are begun anew, and a held one leaves as much of the disk', () => {
    const { pages, keptBytes, spareBytes, freeBytes } = LOG_BOUNDS
    expect([pages * PAGE, keptBytes, spareBytes].map((bytes) => bytes / KB / KB)).toEqual([64, 128, 64])
    expect(freeBytes(folder)).toBeGreaterThan(0)
  })
})
