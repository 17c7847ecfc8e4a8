// What a hand with the whole folder can do, and what a note kept outside finds of it (A4): a tail cut off, steps left out, a
// ledger written anew. And that the folder is nobody else's (S11), and a lost ledger is not begun anew (S14).

import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readCheckpoint, writeCheckpoint } from '../../server/cli/checkpoint-file.ts'
import { asInstant } from '../../server/core/time/instant.ts'
import { verifyFolder } from '../../server/office/proof.ts'
import { openKeys } from '../../server/store/sqlite/keys.ts'
import { beginLedger } from '../../server/store/sqlite/open.ts'
import { narrow } from '../../server/store/sqlite/private.ts'
import { openRecords } from '../../server/store/sqlite/records.ts'
import { openWriter } from '../../server/store/sqlite/writer.ts'
import { at, batch, fact } from '../store/rows.ts'
import { openFile } from './forging.ts'
import { openDisk } from './ledger.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mingjing-outside-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const fill = async (id = 'e'): Promise<void> => {
  const disk = openDisk(folder)
  for (let day = 0; day < 4; day++) await disk.store.commit(batch({ at: at(day), facts: [fact(`${id}${day}`)] }))
  const step = { kind: 'turns', by: 'clock', law: 1, engine: 1, params: { cases: ['P1'] } } as const
  await disk.store.commit(batch({ at: at(5), step, turnedTo: at(5) }))
  await disk.close()
}

const against = async (note: string, pem: string | null = null): Promise<string[]> => {
  const point = readCheckpoint(folder, note, pem)
  if ('refused' in point) return ['refused']
  const { findings } = await verifyFolder(folder, { against: point })
  return findings.map(({ kind, detail }) => `${kind} ${detail}`)
}

describe('a checkpoint kept outside', () => {
  let note: string
  let pem: string
  beforeEach(async () => {
    await fill()
    const { verdict } = await verifyFolder(folder)
    if (verdict === null) throw new Error('not read')
    const path = join(folder, 'note')
    pem = writeCheckpoint(folder, path, verdict).split('\n').slice(1).join('\n')
    note = readFileSync(path, 'utf8')
    rmSync(path)
  })

  it('A4: says nothing of the ledger it was made of, nor of one that went on', async () => {
    expect(await against(note)).toEqual([])
    expect(await against(note, pem)).toEqual([])
    const disk = openDisk(folder)
    await disk.store.commit(batch({ at: at(6), facts: [fact('e9')] }))
    await disk.close()
    expect(await against(note)).toEqual([])
  })

  it('A4: finds the last entries cut off in accord', async () => {
    const db = openFile(folder)
    db.exec(`DELETE FROM commit_link WHERE commit_no > 3; DELETE FROM entry WHERE seq > 3;
      UPDATE stand SET (commit_no, seq, link, at, turned_to) =
        (SELECT commit_no, first_seq, link, at, NULL FROM commit_link WHERE commit_no = 3)`)
    db.close()
    expect((await verifyFolder(folder)).findings).toEqual([])
    expect(await against(note)).toEqual(['checkpoint commit', 'checkpoint size'])
  })

  it('A4: finds a step without entries cut off: a turn that was never taken (B18)', async () => {
    const db = openFile(folder)
    db.exec(`DELETE FROM commit_link WHERE commit_no = 5;
      UPDATE stand SET (commit_no, link, at, turned_to) =
        (SELECT commit_no, link, at, NULL FROM commit_link WHERE commit_no = 4)`)
    db.close()
    expect((await verifyFolder(folder)).findings).toEqual([])
    expect(await against(note)).toEqual(['checkpoint commit'])
  })

  it('A4: finds a ledger written anew, by its root and link, or by a key that is another', async () => {
    const key = readFileSync(join(folder, 'checkpoint.key'), 'utf8')
    rmSync(folder, { recursive: true })
    mkdirSync(folder)
    await fill('f')
    expect(await against(note)).toEqual(['refused'])
    expect(await against(note, pem)).toEqual(['checkpoint root', 'checkpoint link'])
    writeFileSync(join(folder, 'checkpoint.key'), key)
    expect(await against(note)).toEqual(['checkpoint root', 'checkpoint link'])
    expect(await against(note.replace('chain 5', 'chain 4'))).toEqual(['refused'])
  })
})

const others = (path: string): number => statSync(path).mode & 0o077

describe('files at rest', () => {
  it('A4: are made for their owner alone, the log and its index too [S11]', async () => {
    const data = join(folder, 'data')
    const disk = openDisk(data)
    await disk.store.commit(batch({ facts: [fact('e1')] }))
    const keys = openKeys(data)
    expect(readdirSync(data)).toContain('ledger.sqlite-wal')
    expect([data, ...readdirSync(data).map((name) => join(data, name))].filter((path) => others(path) !== 0)).toEqual(
      [],
    )
    await keys.close()
    await disk.close()
  })

  it('A4: are narrowed at the start where they were wider, and nothing else in the folder is touched [S11]', async () => {
    await fill()
    mkdirSync(join(folder, 'imports', 'spool'), { recursive: true })
    writeFileSync(join(folder, 'imports', 'spool', 'a.csv'), 'x', { mode: 0o644 })
    chmodSync(join(folder, 'imports', 'spool', 'a.csv'), 0o644)
    chmodSync(join(folder, 'ledger.sqlite'), 0o644)
    chmodSync(folder, 0o755)
    const { narrowed, left } = narrow(folder)
    expect(narrowed).toEqual(expect.arrayContaining([folder, join(folder, 'ledger.sqlite')]))
    expect(left).toEqual([])
    expect([folder, join(folder, 'ledger.sqlite'), join(folder, 'imports/spool/a.csv')].map(others)).toEqual([0, 0, 0])
    expect(narrow(folder).narrowed).toEqual([])
    writeFileSync(join(folder, 'mine.txt'), '')
    chmodSync(join(folder, 'mine.txt'), 0o644)
    chmodSync(folder, 0o755)
    expect(narrow(folder).narrowed).toEqual([])
  })
})

describe('a lost ledger', () => {
  const key = {
    keyId: 'k1',
    hash: 'h',
    role: 'source',
    source: 's',
    createdAt: asInstant(1),
    revokedAt: null,
    note: '',
  }

  it.each(['missing', 'empty'])('A6: %s beside keys is refused and not begun anew [S14]', async (how) => {
    beginLedger(folder)
    const keys = openKeys(folder)
    await keys.addKey(key)
    await keys.close()
    openWriter(folder).close()
    for (const name of readdirSync(folder)) if (name.startsWith('ledger')) rmSync(join(folder, name))
    if (how === 'empty') writeFileSync(join(folder, 'ledger.sqlite'), '')
    for (const open of [openWriter, beginLedger])
      expect(() => open(folder)).toThrow(expect.objectContaining({ code: 'ledger_gone' }))
    expect(() => openRecords(folder)).toThrow()
  })

  it('A6: a file of keys without a key is no sign of a ledger that was there [S14]', async () => {
    await openKeys(folder).close()
    openWriter(folder).close()
  })
})
