// Checking where the disk has no room (A6): `verify` and `audit` say that they could not, under a code and an exit status of
// their own, and nothing of the ledger; with room again they find it sound. On a small disk in memory, where one can be had.

import { execFileSync } from 'node:child_process'
import { closeSync, cpSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { canonicalize } from '../../server/intake/canonical.ts'
import { openDisk } from '../audit/ledger.ts'
import { openSupervisorOn, SMALL } from '../supervision/house.ts'
import { nodeArgs } from '../torture/process.ts'
import { ranNode } from './run.ts'

let disk: string
let isMounted = false
let folder: string
beforeAll(async () => {
  disk = mkdtempSync(join(tmpdir(), 'mingjing-small-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'none', disk], { stdio: 'ignore' })
    isMounted = true
  } catch {
    console.warn('no small disk can be had here: checking without room was not tried')
    return
  }
  const ledger = openDisk()
  const { supervisor, ...house } = await openSupervisorOn(ledger.store, '2026-04-20T09:00:00+08:00')
  await supervisor.loadCatalogue(SMALL as unknown as Record<string, unknown>, canonicalize(SMALL), 'admin')
  await house.close()
  await ledger.close()
  folder = join(disk, 'data')
  mkdirSync(join(disk, 'tmp'))
  cpSync(ledger.folder, folder, { recursive: true })
  rmSync(ledger.folder, { recursive: true, force: true })
}, 60_000)
afterAll(() => {
  if (isMounted) execFileSync('umount', [disk])
  rmSync(disk, { recursive: true, force: true })
})

/** Takes what room is left, and what a check before has left of its own. */
const fill = (): void => {
  for (const beside of ['-shm', '-wal']) rmSync(join(folder, `ledger.sqlite${beside}`), { force: true })
  const file = openSync(join(disk, 'fill'), 'w')
  for (const bytes of [4_096, 1]) {
    try {
      for (;;) writeSync(file, Buffer.alloc(bytes, 1))
    } catch (error) {
      expect((error as { code: string }).code).toBe('ENOSPC')
    }
  }
  closeSync(file)
}

const ran = (words: string[], temporary = tmpdir()) =>
  ranNode([...nodeArgs(), ...words, '--data', folder], '', { TMPDIR: temporary })

describe('checking a ledger on a full disk', () => {
  it.each([
    ['verify', 'beside the ledger'],
    ['audit', 'beside the ledger'],
  ])('A6: %s, without room %s, says that it could not check, and nothing of the ledger', async (command) => {
    if (!isMounted) return
    fill()
    const { code, out, err } = await ran([command])
    rmSync(join(disk, 'fill'))
    expect(code).toBe(4)
    expect(`${out}${err}`).not.toMatch(/damaged|损坏|intact|完好|一致/)
    expect(err).toMatch(/未能检查.*Nothing was checked/s)
    const again = await ran([command])
    expect([again.code, again.out]).toEqual([0, expect.stringMatching(/intact|clean/)])
  })

  it('A6: audit, without room for its replay, says the same', async () => {
    if (!isMounted) return
    fill()
    const { code, err } = await ran(['audit'], join(disk, 'tmp'))
    rmSync(join(disk, 'fill'))
    expect([code, err]).toEqual([4, expect.stringContaining('Nothing was checked')])
  })
})
