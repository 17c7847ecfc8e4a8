// Proof that an entry is in the tree of a checkpoint (RFC 6962, 2.1.1; checked as RFC 9162, 2.1.3.2 says).
// Making one reads a few tiles; checking needs the leaf, the path and the root and nothing else: it works offline.

import { digester, HASH_BYTES, type HashName, sameBytes } from './digest.ts'
import { nodeMaker, perfectRoot, TILE } from './tree.ts'

const TILE_BITS = 8

export type ReadTile = (level: number, index: number) => Promise<Uint8Array | null>

const isPowerOfTwo = (n: number): boolean => 2 ** Math.round(Math.log2(n)) === n

/** The largest power of two below n (n > 1). */
const splitOf = (n: number): number => {
  let k = 1
  while (k * 2 < n) k *= 2
  return k
}

/** Root of the perfect subtree of `width` leaves at `from`: both whole in one tile of the level below its height. */
async function perfectSubtree(name: HashName, from: number, width: number, readTile: ReadTile): Promise<Uint8Array> {
  const level = Math.floor(Math.round(Math.log2(width)) / TILE_BITS)
  const unit = TILE ** level
  const first = from / unit
  const tile = await readTile(level, Math.floor(first / TILE))
  const start = (first % TILE) * HASH_BYTES
  const end = start + (width / unit) * HASH_BYTES
  if (tile === null || tile.length < end) throw new Error(`tile ${level}/${Math.floor(first / TILE)} is incomplete`)
  return perfectRoot(digester(name), tile.subarray(start, end))
}

async function subtree(name: HashName, from: number, width: number, readTile: ReadTile): Promise<Uint8Array> {
  if (isPowerOfTwo(width)) return perfectSubtree(name, from, width, readTile)
  const left = splitOf(width)
  const node = nodeMaker(name)
  return node(
    await perfectSubtree(name, from, left, readTile),
    await subtree(name, from + left, width - left, readTile),
  )
}

/** Hashes from the leaf's sibling up to the root of the tree of the first `size` entries. seq counts from 1. */
export async function proveInclusion(
  seq: number,
  size: number,
  readTile: ReadTile,
  name: HashName = 'sha256',
): Promise<Uint8Array[]> {
  if (seq < 1 || seq > size) throw new RangeError(`entry ${seq} is not in a tree of ${size}`)
  const path: Uint8Array[] = []
  let from = 0
  let width = size
  while (width > 1) {
    const left = splitOf(width)
    if (seq - 1 < from + left) {
      path.push(await subtree(name, from + left, width - left, readTile))
      width = left
    } else {
      path.push(await perfectSubtree(name, from, left, readTile))
      from += left
      width -= left
    }
  }
  return path.reverse()
}

export interface Inclusion {
  readonly leaf: Uint8Array
  readonly seq: number
  readonly size: number
  readonly path: readonly Uint8Array[]
  readonly root: Uint8Array
}

export function checkInclusion(proof: Inclusion, name: HashName = 'sha256'): boolean {
  const node = nodeMaker(name)
  let at = proof.seq - 1
  let last = proof.size - 1
  if (at < 0 || at > last) return false
  let root = proof.leaf
  for (const sibling of proof.path) {
    if (last === 0) return false
    if (at % 2 === 1 || at === last) {
      root = node(sibling, root)
      while (at % 2 === 0 && at !== 0) {
        at = Math.floor(at / 2)
        last = Math.floor(last / 2)
      }
    } else root = node(root, sibling)
    at = Math.floor(at / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 && sameBytes(root, proof.root)
}
