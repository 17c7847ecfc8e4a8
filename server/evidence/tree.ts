// The Merkle tree of RFC 6962 / 9162 over the leaves, grown at its right edge and kept as tiles of 256 hashes:
// hash i of tile (level, index) is the root of the perfect subtree of 256^level leaves at 256·index + i.
// Never reads a store: the frontier (the unfinished tile of each level) is all it needs to grow.

import { type Digester, digester, HASH_BYTES, type HashName, NODE } from './digest.ts'

export const TILE = 256
const TILE_BYTES = TILE * HASH_BYTES

export interface Tile {
  level: number
  index: number
  hashes: Uint8Array
}

export type Frontier = readonly Uint8Array[]

/** H(0x01 ‖ left ‖ right) with a scratch of its own. */
export function nodeMaker(name: HashName): (left: Uint8Array, right: Uint8Array) => Buffer {
  const digest = digester(name)
  const scratch = Buffer.alloc(1 + 2 * HASH_BYTES, NODE)
  return (left, right) => {
    scratch.set(left, 1)
    scratch.set(right, 1 + HASH_BYTES)
    const out = Buffer.alloc(HASH_BYTES)
    digest(scratch, out, 0)
    return out
  }
}

/** Root of a perfect tree: the number of hashes is a power of two. Works level by level in one copy. */
export function perfectRoot(digest: Digester, hashes: Uint8Array): Buffer {
  const level = Buffer.from(hashes)
  const pair = Buffer.alloc(1 + 2 * HASH_BYTES, NODE)
  for (let width = level.length; width > HASH_BYTES; width /= 2)
    for (let at = 0; at < width; at += 2 * HASH_BYTES) {
      level.copy(pair, 1, at, at + 2 * HASH_BYTES)
      digest(pair, level, at / 2)
    }
  return level.subarray(0, HASH_BYTES)
}

/** The tree after `leaves` were put to the right of its `size` leaves, and the tiles (level ≥ 1) that changed. */
export function grow(
  name: HashName,
  size: number,
  frontier: Frontier,
  leaves: Uint8Array,
): { frontier: Uint8Array[]; tiles: Tile[] } {
  const digest = digester(name)
  const next: Uint8Array[] = []
  const tiles: Tile[] = []
  let coming = leaves
  let count = size
  for (let level = 0; level < frontier.length || coming.length > 0; level++) {
    const run = Buffer.concat([frontier[level] ?? new Uint8Array(0), coming])
    const changed = coming.length > 0
    const roots: Buffer[] = []
    let at = 0
    let index = Math.floor(count / TILE)
    for (; run.length - at >= TILE_BYTES; at += TILE_BYTES, index++) {
      const full = run.subarray(at, at + TILE_BYTES)
      roots.push(perfectRoot(digest, full))
      if (level > 0) tiles.push({ level, index, hashes: full })
    }
    const open = run.subarray(at)
    if (level > 0 && changed && open.length > 0) tiles.push({ level, index, hashes: open })
    next.push(open)
    coming = Buffer.concat(roots)
    count = Math.floor(count / TILE)
  }
  return { frontier: next, tiles }
}

/** Widths of the perfect subtrees side by side over `count` hashes, widest first: the bits of the number. */
function perfectWidths(count: number): number[] {
  const widths: number[] = []
  for (let width = TILE; width >= 1; width /= 2) if ((count & width) !== 0) widths.push(width)
  return widths
}

/** Root of the whole tree; of an empty one, H of nothing (RFC 6962, 2.1). */
export function rootOf(name: HashName, frontier: Frontier): Buffer {
  const digest = digester(name)
  const node = nodeMaker(name)
  const peaks: Uint8Array[] = []
  for (const open of [...frontier].reverse()) {
    let at = 0
    for (const width of perfectWidths(open.length / HASH_BYTES)) {
      peaks.push(perfectRoot(digest, open.subarray(at, at + width * HASH_BYTES)))
      at += width * HASH_BYTES
    }
  }
  const last = peaks.pop()
  if (last === undefined) {
    const empty = Buffer.alloc(HASH_BYTES)
    digest('', empty, 0)
    return empty
  }
  return Buffer.from(peaks.reduceRight((right, left) => node(left, right), last as Uint8Array))
}
