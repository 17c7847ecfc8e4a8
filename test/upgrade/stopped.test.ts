// An upgrade that is stopped, at any instant, as often as may be: the ledger under its name is always whole, first the former
// one to the byte, then the new one; and asked again it goes on, to the very same ledger as if it had never been stopped.

import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditFolder, verifyFolder } from '../../server/office/proof.ts'
import { needsBringingUp } from '../../server/office/upgrade.ts'
import { ledgerVersion } from '../../server/store/sqlite/former.ts'
import { FORMERS, layFormer, upgraded, upgradeUntil, wholeOf } from './former.ts'

const folders: string[] = []
const laid = (folder: string): string => {
  folders.push(folder)
  return folder
}
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

const digestOf = (folder: string): string =>
  createHash('sha256')
    .update(readFileSync(join(folder, 'ledger.sqlite')))
    .digest('hex')

describe.each(FORMERS)('A6: what brings a ledger up, of %s', (name) => {
  let whole: ReturnType<typeof wholeOf>
  let former = ''
  beforeAll(async () => {
    whole = wholeOf(laid(await upgraded(name)))
    former = digestOf(laid(layFormer(name)))
  })

  it('stopped after one step and after two in turn, each time gone on from, ends as if it had not been', async () => {
    const folder = laid(layFormer(name))
    let stops = 0
    for (; !(await upgradeUntil(folder, { after: 1 + (stops % 2), items: 1 })); stops++) {
      expect(ledgerVersion(folder)).not.toBeNull()
      if (needsBringingUp(folder)) expect(digestOf(folder)).toBe(former)
      if (stops > 500) throw new Error('it does not come to an end')
    }
    expect(stops).toBeGreaterThan(15)
    expect(wholeOf(folder)).toEqual(whole)
    expect(digestOf(folder)).not.toBe(former)
  })

  it.each([1, 4, 17, 30, 32])('stopped after %i steps, what was not kept is done again', async (after) => {
    const folder = laid(layFormer(name))
    await upgradeUntil(folder, { after, items: 5 })
    while (!(await upgradeUntil(folder, { after: 1_000, items: 5 })));
    expect(wholeOf(folder)).toEqual(whole)
    expect(await verifyFolder(folder)).toMatchObject({ count: 0 })
    expect((await auditFolder(folder)).count).toBe(0)
  })

  it('begins anew where what lies there is of another ledger, or of nothing', async () => {
    const folder = laid(layFormer(name))
    const other = laid(layFormer(name === 'format-1' ? 'format-2' : 'format-1'))
    await upgradeUntil(other, { after: 6, items: 1 })
    copyFileSync(join(other, 'ledger.upgrade.sqlite'), join(folder, 'ledger.upgrade.sqlite'))
    while (!(await upgradeUntil(folder, { after: 1_000, items: 5 })));
    expect(wholeOf(folder)).toEqual(whole)
    expect(existsSync(join(folder, 'ledger.upgrade.sqlite'))).toBe(false)
  })
})
