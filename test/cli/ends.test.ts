// How commands end when the world is small (A6): a reader that has had enough, and a disk without room, are a sentence or nothing
// at all, in both languages, with a told code, and never a stack.

import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { explainTrouble } from '../../server/cli/trouble.ts'
import { ControlRefusal } from '../../server/control.ts'
import { addKey } from '../../server/office/keys.ts'
import { openKeys } from '../../server/store/sqlite/keys.ts'
import { beginLedger } from '../../server/store/sqlite/open.ts'
import { nodeArgs, ROOT } from '../torture/process.ts'

const folder = mkdtempSync(join(tmpdir(), 'mingjing-ends-'))
beforeAll(async () => {
  beginLedger(folder)
  const keys = openKeys(folder)
  for (let n = 0; n < 400; n++) await addKey(keys, { source: `s${n}`, note: 'x'.repeat(400) }, 0)
  await keys.close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('whoever reads no further', () => {
  it('A6: a command whose output is closed after the first piece ends without a stack [S18]', async () => {
    const child = spawn(process.execPath, [...nodeArgs(undefined), 'key', 'list', '--data', folder], { cwd: ROOT })
    let err = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text
    })
    // as `head -1` does
    child.stdout.once('data', () => child.stdout.destroy())
    const code = await new Promise((done) => child.once('close', done))
    expect([err, code]).toEqual(['', 0])
  })
})

describe('a key on a full disk', () => {
  /** The keys, and the very connection that they are written through. */
  const openFull = () => {
    const spy = vi.spyOn(Database.prototype, 'pragma')
    const keys = openKeys(folder)
    const db = spy.mock.contexts.at(-1) as Database.Database
    spy.mockRestore()
    db.pragma('max_page_count = 1')
    return { keys, db }
  }

  it('A6, A2: is not made, and told with its code and in both languages; with room it is made [S18]', async () => {
    const { keys, db } = openFull()
    const before = await keys.keys()
    const asked = { source: 'one-more', note: '长'.repeat(4_000) }
    const error: unknown = await addKey(keys, asked, 0).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ name: 'StoreError', code: 'store_full' })
    const told = explainTrouble(error)
    expect([told.code, told.text]).toEqual([3, expect.stringMatching(/磁盘已满.*No room left/s)])
    expect(told.text).not.toContain('    at ')
    expect(await keys.keys()).toEqual(before)
    db.pragma('max_page_count = 1000000')
    await addKey(keys, asked, 0)
    expect(await keys.keys()).toHaveLength(before.length + 1)
    await keys.close()
  })

  it('A6: is told alike where a running server was asked for it [S18]', () => {
    const told = explainTrouble(new ControlRefusal('store_full', 'No room left on the disk', null))
    expect([told.code, told.text]).toEqual([3, expect.stringMatching(/磁盘已满.*No room left/s)])
  })
})
