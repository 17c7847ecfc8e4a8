// Reading tiles and the unfinished right edge of the tree. Tiles of level 0 are the leaves, which lie in the links
// of their commits; higher tiles have rows of their own. Never computes a hash.

import type { Tip } from '../trail.ts'
import type { Connection } from './open.ts'

const TILE = 256
const HASH_BYTES = 32

/** The commit that holds an entry, found by halving: first_seq never falls along commit_no, so it needs no index. */
function commitOf(db: Connection, seq: number): number {
  const at = db
    .prepare('SELECT commit_no, first_seq FROM commit_link WHERE commit_no >= ? ORDER BY commit_no LIMIT 1')
    .raw()
  let low = 1
  let high = (db.prepare('SELECT max(commit_no) FROM commit_link').pluck().get() as number | null) ?? 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    const row = at.get(middle) as [number, number] | undefined
    if (row !== undefined && row[1] <= seq) low = middle
    else high = middle - 1
  }
  return low
}

/** Leaves of entries first+1 … last, out of the links that hold them. */
function readLeaves(db: Connection, first: number, last: number): Uint8Array {
  const rows = db
    .prepare(
      `SELECT first_seq, leaves FROM commit_link
       WHERE commit_no BETWEEN ? AND ? AND first_seq <= ? AND count > 0 ORDER BY commit_no`,
    )
    .raw()
    .all(commitOf(db, first + 1), commitOf(db, last), last) as [number, Buffer][]
  const parts = rows.map(([from, leaves]) =>
    leaves.subarray(Math.max(0, first + 1 - from) * HASH_BYTES, (last + 1 - from) * HASH_BYTES),
  )
  return new Uint8Array(Buffer.concat(parts))
}

export function readTile(db: Connection, level: number, index: number): Uint8Array | null {
  if (level === 0) {
    const leaves = readLeaves(db, index * TILE, (index + 1) * TILE)
    return leaves.length === 0 ? null : leaves
  }
  const row = db.prepare('SELECT hashes FROM tile WHERE level = ? AND tile_index = ?').raw().get(level, index)
  return row === undefined ? null : (row as [Buffer])[0]
}

export function readTip(db: Connection, stand: { commit: number; seq: number; link: Uint8Array }): Tip {
  const { commit, seq, link } = stand
  const frontier: Uint8Array[] = []
  for (let level = 0, count = seq; count > 0; level++, count = Math.floor(count / TILE)) {
    const open = count % TILE
    const hashes = open === 0 ? new Uint8Array(0) : readTile(db, level, Math.floor(count / TILE))
    frontier.push(Uint8Array.from((hashes ?? new Uint8Array(0)).subarray(0, open * HASH_BYTES)))
  }
  return { commit, seq, link: Uint8Array.from(link), frontier }
}
