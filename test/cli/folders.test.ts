// Odd folders and files (A6): every command says one sentence in both languages and ends with its told exit code; none
// hangs, shows a stack, or writes into what is not its own.

import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mingjing, type Ran } from './run.ts'

const root = mkdtempSync(join(tmpdir(), 'mingjing-odd-'))
const place = (name: string): string => join(root, name)

beforeAll(async () => {
  mkdirSync(place('empty'))
  writeFileSync(place('file'), 'hello')
  mkdirSync(place('rubbish'))
  writeFileSync(join(place('rubbish'), 'ledger.sqlite'), 'this is no database at all, whatever its name says')
  mkdirSync(place('foreign'))
  const foreign = new Database(join(place('foreign'), 'ledger.sqlite'))
  foreign.exec('CREATE TABLE theirs (a)')
  foreign.close()
  mkdirSync(join(place('nested'), 'ledger.sqlite'), { recursive: true })
})
afterAll(() => {
  rmSync(root, { recursive: true, force: true })
})

const isOneSentence = ({ err }: Ran): boolean =>
  err.trim().split('\n').length === 1 &&
  /[\u4e00-\u9fff]/.test(err) &&
  /[a-z]{3,}/.test(err) &&
  !err.includes('    at ')

/** What cannot be a data folder, and where none can be made: the kernel's own tree takes no folder from anybody. */
const UNFIT = [
  ['a file', () => place('file')],
  ['below a file', () => join(place('file'), 'x')],
  ['a device', () => '/dev/null'],
  ['the kernel’s tree', () => '/proc/x'],
  ['below it', () => '/proc/x/y/z'],
  ['no database', () => place('rubbish')],
  ['a database of others', () => place('foreign')],
  ['a folder named as the ledger', () => place('nested')],
] as const

describe('A6: commands that write', () => {
  it.each(UNFIT)('A6: serve on %s', async (_, folder) => {
    const ran = await mingjing(['serve', '--data', folder(), '--port', '0'])
    expect([ran.code, isOneSentence(ran), ran.err]).toEqual([3, true, ran.err])
  })

  it.each([UNFIT[0], UNFIT[3]] as const)('A6: key add on %s', async (_, folder) => {
    const ran = await mingjing(['key', 'add', '--source', 'a', '--data', folder()])
    expect([ran.code, isOneSentence(ran), ran.err]).toEqual([3, true, ran.err])
  })

  it('A6: what is not ours is left as it was', () => {
    const db = new Database(join(place('foreign'), 'ledger.sqlite'), { readonly: true })
    expect(db.prepare('SELECT name FROM sqlite_schema').pluck().all()).toEqual(['theirs'])
    db.close()
    expect(readFileSync(place('file'), 'utf8')).toBe('hello')
  })

  it('A6: a folder several levels deep is made', async () => {
    const deep = join(place('a'), 'b', 'c')
    expect((await mingjing(['key', 'add', '--source', 'a', '--data', deep])).code).toBe(0)
    expect(existsSync(join(deep, 'access.sqlite'))).toBe(true)
  })
})

describe('A6: commands that only read', () => {
  it.each([
    UNFIT[0],
    UNFIT[3],
    UNFIT[5],
    UNFIT[6],
    ['empty', () => place('empty')],
    ['nothing there', () => place('nowhere')],
  ] as const)('A6: audit, verify, rank and due on %s', async (_, folder) => {
    const ran = await Promise.all([
      mingjing(['audit', '--data', folder()]),
      mingjing(['verify', '--data', folder()]),
      mingjing(['rank', '--data', folder()]),
      mingjing(['due', '--accept', '2026-03-02', '--limit', '20WD', '--data', folder()]),
    ])
    const [audit, verify, ...rest] = ran
    for (const each of rest) expect([each.code, isOneSentence(each), each.err]).toEqual([3, true, each.err])
    // what is there and cannot be read is damage: audit and verify find it, with 1, and name the file
    for (const each of [audit, verify])
      if (each.code === 1) expect(each.out).toContain('ledger.sqlite')
      else expect([each.code, isOneSentence(each), each.err]).toEqual([3, true, each.err])
    const isDamaged = existsSync(join(folder(), 'ledger.sqlite'))
    expect([audit.code, verify.code]).toEqual(isDamaged ? [1, 1] : [3, 3])
    expect(existsSync(place('nowhere'))).toBe(false)
  })
})
