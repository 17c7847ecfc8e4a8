// The tree, its proofs and its checkpoints, against the vectors of RFC 6962's reference logs and a slow twin.

import { generateKeyPairSync, hash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openCheckpoint, signCheckpoint } from '../../server/evidence/checkpoint.ts'
import { digester, HASH_BYTES, type HashName } from '../../server/evidence/digest.ts'
import { checkInclusion, proveInclusion } from '../../server/evidence/proof.ts'
import { grow, rootOf, TILE, type Tile } from '../../server/evidence/tree.ts'

/** Inputs and roots of the test trees of RFC 6962's reference implementation (sizes 1 to 8). */
const INPUTS = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]
const leafOf = (input: Uint8Array, name: HashName = 'sha256') =>
  hash(name, Buffer.concat([Buffer.of(0), input]), 'buffer')
const bytes = (hexText: string) => Buffer.from(hexText, 'hex')
const numbered = (count: number, name?: HashName) =>
  Array.from({ length: count }, (_, i) => leafOf(Buffer.from(`${i}`), name))

/** MTH of RFC 6962, 2.1, as it is written there. */
function slowRoot(leaves: readonly Uint8Array[], name: HashName = 'sha256'): Buffer {
  if (leaves.length === 0) return hash(name, '', 'buffer')
  if (leaves.length === 1) return Buffer.from(leaves[0] as Uint8Array)
  let k = 1
  while (k * 2 < leaves.length) k *= 2
  const [left, right] = [slowRoot(leaves.slice(0, k), name), slowRoot(leaves.slice(k), name)]
  return hash(name, Buffer.concat([Buffer.of(1), left, right]), 'buffer')
}

/** The tree grown in the given portions, with its tiles as a store would keep them. */
function grown(leaves: readonly Uint8Array[], portions: readonly number[], name: HashName = 'sha256') {
  const tiles = new Map<string, Uint8Array>()
  let frontier: Uint8Array[] = []
  let size = 0
  for (const portion of [...portions, leaves.length]) {
    const more = Buffer.concat(leaves.slice(size, size + portion))
    const step = grow(name, size, frontier, more)
    frontier = step.frontier
    size += more.length / HASH_BYTES
    for (const tile of step.tiles as Tile[]) tiles.set(`${tile.level}/${tile.index}`, tile.hashes)
  }
  const all = Buffer.concat(leaves)
  const readTile = async (level: number, index: number) =>
    level === 0
      ? all.subarray(index * TILE * HASH_BYTES, (index + 1) * TILE * HASH_BYTES)
      : (tiles.get(`${level}/${index}`) ?? null)
  return { frontier, readTile }
}

describe('the tree', () => {
  it('A4: roots of the RFC 6962 test trees, leaf by leaf', () => {
    const leaves = INPUTS.map((input) => leafOf(bytes(input)))
    const roots = leaves.map((_, i) =>
      rootOf('sha256', grown(leaves.slice(0, i + 1), [1, 1, 1]).frontier).toString('hex'),
    )
    expect(roots).toEqual(ROOTS)
    expect(rootOf('sha256', []).toString('hex')).toMatch(/^e3b0c44298fc1c149afbf4c8996fb924/)
  })

  it('A4: the same root however the leaves are split into commits, in SHA-256 and in SM3', () => {
    const portions = fc.array(fc.integer({ min: 1, max: 700 }), { maxLength: 4 })
    const names = fc.constantFrom<HashName>('sha256', 'sm3')
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1500 }), portions, names, (count, split, name) => {
        const leaves = numbered(count, name)
        expect(rootOf(name, grown(leaves, split, name).frontier)).toEqual(slowRoot(leaves, name))
      }),
      { seed: 6962, numRuns: 40 },
    )
  })

  it('A4: tiles are whole at every level of a tree over 256 × 256 leaves', async () => {
    const leaves = numbered(TILE * TILE + 300)
    const { frontier, readTile } = grown(leaves, [5_000, 60_000])
    expect(frontier.map((open) => open.length / HASH_BYTES)).toEqual([44, 1, 1])
    expect(rootOf('sha256', frontier)).toEqual(slowRoot(leaves))
    expect(await readTile(2, 0)).toEqual(slowRoot(leaves.slice(0, TILE * TILE)))
    const [seq, size] = [40_000, TILE * TILE + 257]
    const path = await proveInclusion(seq, size, readTile)
    const root = slowRoot(leaves.slice(0, size))
    expect(checkInclusion({ leaf: leaves[seq - 1] as Buffer, seq, size, path, root })).toBe(true)
  })
})

describe('an inclusion proof', () => {
  it('A4: every entry of every tree up to 70 leaves proves, at exactly its place', async () => {
    const leaves = numbered(70)
    const { readTile } = grown(leaves, [9])
    for (let size = 1; size <= leaves.length; size++) {
      const root = slowRoot(leaves.slice(0, size))
      for (let seq = 1; seq <= size; seq++) {
        const path = await proveInclusion(seq, size, readTile)
        const proof = { leaf: leaves[seq - 1] as Buffer, seq, size, path, root }
        expect(checkInclusion(proof)).toBe(true)
        if (size > 1) expect(checkInclusion({ ...proof, seq: (seq % size) + 1 })).toBe(false)
        expect(checkInclusion({ ...proof, leaf: Buffer.alloc(32) })).toBe(false)
        expect(checkInclusion({ ...proof, path: [...path, root] })).toBe(false)
        if (size > 1) expect(checkInclusion({ ...proof, path: path.slice(1) })).toBe(false)
      }
    }
  })

  it('A4: the known audit path of leaf 0 in the tree of 8', async () => {
    const { readTile } = grown(
      INPUTS.map((input) => leafOf(bytes(input))),
      [],
    )
    const path = await proveInclusion(1, 8, readTile)
    expect(path.map((each) => Buffer.from(each).toString('hex'))).toEqual([
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ])
  })

  it('A4: an entry outside the tree has no proof', async () => {
    const { readTile } = grown(numbered(3), [])
    await expect(proveInclusion(4, 3, readTile)).rejects.toThrow(RangeError)
    await expect(proveInclusion(0, 3, readTile)).rejects.toThrow(RangeError)
  })
})

describe('a checkpoint', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const root = slowRoot(numbered(12))
  const point = { origin: '政务服务中心/明镜', size: 12, root, hash: 'sha256' as const, chain: null }

  it('A4: is a signed note of origin, size and root, and opens with the public key', () => {
    const note = signCheckpoint(point, 'mingjing', privateKey)
    expect(note.split('\n').slice(0, 4)).toEqual([point.origin, '12', point.root.toString('base64'), ''])
    expect(note).toMatch(/\n\n— mingjing [A-Za-z0-9+/]{90,}=*\n$/)
    expect(openCheckpoint(note, 'mingjing', publicKey)).toEqual(point)
    const sm3 = { ...point, hash: 'sm3' as const, chain: { commit: 7, link: slowRoot(numbered(3)) } }
    expect(openCheckpoint(signCheckpoint(sm3, 'mingjing', privateKey), 'mingjing', publicKey)).toEqual(sm3)
  })

  it('A4: does not open when anything of it was changed, or under another name or key', () => {
    const note = signCheckpoint(point, 'mingjing', privateKey)
    const other = generateKeyPairSync('ed25519').publicKey
    expect(openCheckpoint(note.replace('\n12\n', '\n13\n'), 'mingjing', publicKey)).toBeNull()
    expect(openCheckpoint(note, 'someone', publicKey)).toBeNull()
    expect(openCheckpoint(note, 'mingjing', other)).toBeNull()
    expect(openCheckpoint('', 'mingjing', publicKey)).toBeNull()
  })

  it('A4: SM3 gives the digest of GB/T 32905, example 1', () => {
    const out = Buffer.alloc(HASH_BYTES)
    digester('sm3')('abc', out, 0)
    expect(out.toString('hex')).toBe('66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0')
  })
})
