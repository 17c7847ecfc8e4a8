// A second writer that took the lease between two turns (A6): the line that lost it writes nothing more, answers nobody, and stops
// aloud; what it had answered is kept, and the other goes on upon it. Over the memory store and over files whose lock was lost.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { sealBatch } from '../../server/evidence/seal.ts'
import { verifyStore } from '../../server/evidence/verify.ts'
import { openMemory } from '../../server/store/memory/store.ts'
import type { Ledger, Records } from '../../server/store/port.ts'
import { ledgerOver } from '../../server/store/sqlite/ledger.ts'
import { openRecords } from '../../server/store/sqlite/records.ts'
import { openTrail } from '../../server/store/sqlite/trail.ts'
import { openWriter } from '../../server/store/sqlite/writer.ts'
import { openSupervisorOn, SMALL } from './house.ts'

const MONDAY = '2026-09-21T09:00:00+08:00'

interface Shared {
  readonly records: Records
  /** Another writer each time. */
  readonly writer: () => Ledger
  readonly close: () => Promise<void>
}

const memory = (): Shared => {
  const store = openMemory()
  return { records: store, writer: store.second, close: () => store.close() }
}

const files = (): Shared => {
  const folder = mkdtempSync(join(tmpdir(), 'mingjing-lease-'))
  const open: Ledger[] = []
  const writer = (): Ledger => {
    const made = ledgerOver(
      openWriter(folder, {}, () => ({ release: () => undefined })),
      sealBatch,
    )
    open.push(made)
    return made
  }
  writer()
  const records = openRecords(folder)
  return {
    records,
    writer,
    async close() {
      const trail = openTrail(folder)
      const { count } = await verifyStore(trail)
      await trail.close()
      await records.close()
      for (const each of open) await each.close()
      rmSync(folder, { recursive: true })
      expect(count).toBe(0)
    },
  }
}

it.each([
  ['memory', memory],
  ['files', files],
] as const)('A6: over %s', async (_, open) => {
  const shared = open()
  const house = (ledger: Ledger) => openSupervisorOn({ ...shared.records, ...ledger }, MONDAY, { ledger })
  const first = await house(shared.writer())
  await first.supervisor.loadCatalogue({ ...SMALL }, JSON.stringify(SMALL), 'test')
  await first.supervisor.settled()
  await first.take(first.event('ACCEPT', 'C1', { task_code: 'five' }))

  const second = await house(shared.writer())
  await second.take(second.event('ACCEPT', 'C2', { task_code: 'five' }))

  await expect(first.take(first.event('ACCEPT', 'C3', { task_code: 'five' }))).rejects.toThrow('Another writer')
  expect(first.broken.map((error) => (error as Error & { code?: string }).code)).toEqual(['lease_lost'])
  await expect(first.take(first.event('ACCEPT', 'C4', { task_code: 'five' }))).rejects.toThrow('Another writer')
  expect(second.broken).toEqual([])

  await second.take(second.event('ACCEPT', 'C5', { task_code: 'five' }))
  const stored = await shared.records.cases(['C1', 'C2', 'C3', 'C4', 'C5'])
  expect([...stored.keys()].sort()).toEqual(['C1', 'C2', 'C5'])
  expect((await second.audit()).findings).toEqual([])
  await Promise.all([first.close(), second.close()])
  await shared.close()
})
