// Verifying finds what was done to a ledger: each way of tampering, with its place, on real files of SQLite.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { digester } from '../../server/evidence/digest.ts'
import { personalDigest } from '../../server/evidence/entry.ts'
import { checkInclusion, proveInclusion } from '../../server/evidence/proof.ts'
import { sealBatch } from '../../server/evidence/seal.ts'
import { verifyStore } from '../../server/evidence/verify.ts'
import { ledgerOver } from '../../server/store/sqlite/ledger.ts'
import { openTrail } from '../../server/store/sqlite/trail.ts'
import { openWriter } from '../../server/store/sqlite/writer.ts'
import { at, batch, fact } from '../store/rows.ts'

const PERSONAL = '{"applicant":"张三","id_no":"110101199001011234"}'

let folder: string

/** A ledger of 520 entries in four commits: 1–3, 4–516 over two tiles, 517–518 law, 519–520. */
async function fill(name: 'sha256' | 'sm3' = 'sha256'): Promise<void> {
  const ledger = ledgerOver(openWriter(folder), (b, tip) => sealBatch(b, tip, name))
  await ledger.commit(
    batch({ facts: [fact('a1'), fact('a2', { personal: PERSONAL }), fact('a3', { projectNo: null })] }),
  )
  const many = Array.from({ length: 513 }, (_, i) => fact(`b${i}`, i % 2 === 0 ? {} : { personal: PERSONAL }))
  await ledger.commit(batch({ at: at(1), facts: many }))
  const law = (body: string) => ({ kind: 'law' as const, by: 'admin', body })
  await ledger.commit(batch({ at: at(1), inputs: [law('{"v":1}'), law('{"v":2}')] }))
  await ledger.commit(batch({ at: at(2), facts: [fact('c1', { voids: 'a1' }), fact('c2')] }))
  await ledger.close()
}

function tamper(...sql: string[]): void {
  const db = new Database(join(folder, 'ledger.sqlite'))
  for (const each of sql) db.exec(each)
  db.close()
}

async function verdict(options?: Parameters<typeof verifyStore>[1]) {
  const trail = openTrail(folder)
  const result = await verifyStore(trail, options)
  await trail.close()
  return result
}

const found = async () => (await verdict()).findings.map((f) => `${f.kind} ${f.seq} ${f.detail}`.trim())

const swap = (a: number, b: number) => [
  `UPDATE entry SET seq = -1 WHERE seq = ${a}`,
  `UPDATE entry SET seq = ${a} WHERE seq = ${b}`,
  `UPDATE entry SET seq = ${b} WHERE seq = -1`,
]
const copyTo = (seq: number, id: string) =>
  `INSERT INTO entry SELECT ${seq}, kind, at, source, '${id}', project_no, occurred_at, voids, voids_too, personal_digest, salt,
     personal, replace(body, 'a1', '${id}'), import_no, historical FROM entry WHERE seq = 1`
const shiftUp = (from: number, top: number) =>
  Array.from({ length: top - from + 1 }, (_, i) => `UPDATE entry SET seq = ${top - i + 1} WHERE seq = ${top - i}`)

const TAMPERING: [title: string, sql: string[], findings: string[]][] = [
  ['one byte of a body', [`UPDATE entry SET body = replace(body, 'ACCEPT', 'ACCEPS') WHERE seq = 7`], ['changed 7']],
  ['the personal part', [`UPDATE entry SET personal = replace(personal, '张三', '张四') WHERE seq = 2`], ['changed 2']],
  ['a salt', ['UPDATE entry SET salt = zeroblob(16) WHERE seq = 2'], ['changed 2']],
  ['an entry instant', ['UPDATE entry SET at = at + 1 WHERE seq = 9'], ['changed 9']],
  ['an input', [`UPDATE entry SET body = '{"v":3}' WHERE seq = 518`], ['changed 518']],
  ['the project column alone', [`UPDATE entry SET project_no = 'P9' WHERE seq = 5`], ['columns 5 project_no']],
  ['the instant column alone', ['UPDATE entry SET occurred_at = 1 WHERE seq = 5'], ['columns 5 occurred_at']],
  ['what an entry makes void', ['UPDATE entry SET voids = NULL WHERE seq = 519'], ['columns 519 voids']],
  ['two entries swapped', swap(4, 500), ['reordered 4 500', 'reordered 500 4']],
  ['two swapped over commits', swap(3, 520), ['reordered 3 520', 'reordered 520 3']],
  ['an entry taken out', ['DELETE FROM entry WHERE seq = 100'], ['removed 100']],
  ['the last entry taken away', ['DELETE FROM entry WHERE seq = 520'], ['removed 520']],
  ['an entry put on the end', [copyTo(521, 'x1')], ['inserted 521']],
  ['an entry put before the first', [copyTo(0, 'x1')], ['inserted 0']],
  [
    'an entry put in between',
    [...shiftUp(518, 520), copyTo(518, 'x1')],
    ['inserted 518', 'reordered 519 518', 'reordered 520 519', 'reordered 521 520'],
  ],
  [
    'a leaf in a link',
    ['UPDATE commit_link SET leaves = zeroblob(64) WHERE commit_no = 4'],
    ['chain 519 link', 'changed 519', 'changed 520'],
  ],
  [
    'the last commit',
    ['DELETE FROM commit_link WHERE commit_no = 4', 'DELETE FROM entry WHERE seq > 518'],
    ['head 520 3/518'],
  ],
  [
    'a link in the middle',
    ['DELETE FROM commit_link WHERE commit_no = 3'],
    ['inserted 517', 'inserted 518', 'chain 519 number', 'chain 519 first_seq', 'chain 519 prev', 'head 520 4/518'],
  ],
  ['a tile', ['UPDATE tile SET hashes = zeroblob(64) WHERE level = 1'], ['tile 1 1/0']],
]

describe('verify', () => {
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mingjing-verify-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  for (const name of ['sha256', 'sm3'] as const)
    it(`A4: a ledger as it was written is clean, sealed with ${name}`, async () => {
      await fill(name)
      expect(await verdict()).toMatchObject({ findings: [], count: 0, size: 520, hash: name })
    })

  it('A4: an empty ledger is clean', async () => {
    openWriter(folder).close()
    expect(await verdict()).toMatchObject({ findings: [], size: 0 })
  })

  for (const [title, sql, findings] of TAMPERING)
    it(`A4: finds ${title}, and says where`, async () => {
      await fill()
      tamper(...sql)
      expect((await found()).sort()).toEqual([...findings].sort())
    })

  it('A4: a personal part erased by a step that names it leaves the chain standing; without a step or a digest it does not', async () => {
    await fill()
    const trail = openTrail(folder)
    const [entry] = await trail.entries(1, 1)
    await trail.close()
    const kept = personalDigest(digester('sha256'), entry?.salt ?? new Uint8Array(), entry?.personal ?? '')
    const erase = (seq: number, digest: string) =>
      tamper(`UPDATE entry SET personal = NULL, salt = NULL, personal_digest = ${digest} WHERE seq = ${seq}`)
    erase(2, `x'${kept.toString('hex')}'`)
    expect(await found()).toEqual(['erased 2'])
    const ledger = ledgerOver(openWriter(folder), sealBatch)
    const step = { kind: 'setting', by: 'admin', law: 1, engine: 1, params: { erased: [2] } } as const
    await ledger.commit(batch({ at: at(3), step }))
    await ledger.close()
    expect(await found()).toEqual([])
    erase(5, 'NULL')
    expect(await found()).toEqual(['changed 5'])
  })

  it('A4: a history rewritten in accord is found by a checkpoint kept elsewhere', async () => {
    await fill()
    const { size, root } = await verdict()
    expect((await verdict({ against: { size, root } })).findings).toEqual([])
    rmSync(folder, { recursive: true })
    await fill()
    expect((await verdict({ against: { size, root } })).findings.map((f) => f.kind)).toEqual(['checkpoint'])
    expect((await verdict({ against: { size: 600, root } })).findings.map((f) => f.kind)).toEqual(['checkpoint'])
  })

  it('A4: an entry of the store is proved against the root, from stored tiles', async () => {
    await fill()
    const { size, root } = await verdict()
    const trail = openTrail(folder)
    for (const seq of [1, 256, 257, 400, 512, 513, 520]) {
      const path = await proveInclusion(seq, size, (level, index) => trail.tile(level, index))
      const leaves = (await trail.tile(0, Math.floor((seq - 1) / 256))) ?? new Uint8Array()
      const leaf = leaves.subarray(((seq - 1) % 256) * 32, (((seq - 1) % 256) + 1) * 32)
      expect(checkInclusion({ leaf, seq, size, path, root })).toBe(true)
    }
    await trail.close()
  })
})
