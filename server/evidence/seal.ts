// Sealing a batch (A4): a salt and a leaf for every entry, one link of the chain for the commit, the tree grown.
//   link = H( 0x02 ‖ previous link ‖ first_seq u64 ‖ count u64 ‖ leaves ),  the first after 32 zero bytes
// Pure but for the salts. A batch without entries leaves chain and tree alone.

import { randomBytes } from 'node:crypto'
import { digester, HASH_BYTES, type HashName, LINK, NO_HASH } from './digest.ts'
import { leafMaker, SALT_BYTES } from './entry.ts'
import { grow, type Tile } from './tree.ts'

/** Where chain and tree end. */
export interface ChainTip {
  seq: number
  link: Uint8Array
  frontier: Uint8Array[]
}

/** What is sealed of a batch: facts first, then inputs. */
export interface Sealable {
  readonly at: number
  readonly facts: readonly { source: string; eventId: string; body: string; personal: string | null }[]
  readonly inputs: readonly { kind: string; by: string; body: string }[]
}

export interface Seal {
  hash: HashName
  firstSeq: number
  count: number
  prev: Uint8Array
  link: Uint8Array
  leaves: Uint8Array
  salts: Uint8Array
  tiles: Tile[]
}

export const EMPTY_TIP: ChainTip = { seq: 0, link: NO_HASH, frontier: [] }

export function linkOf(name: HashName, prev: Uint8Array, firstSeq: number, leaves: Uint8Array): Buffer {
  const bytes = Buffer.alloc(1 + HASH_BYTES + 16 + leaves.length)
  bytes[0] = LINK
  bytes.set(prev, 1)
  bytes.writeBigUInt64BE(BigInt(firstSeq), 1 + HASH_BYTES)
  bytes.writeBigUInt64BE(BigInt(leaves.length / HASH_BYTES), 1 + HASH_BYTES + 8)
  bytes.set(leaves, 1 + HASH_BYTES + 16)
  const out = Buffer.alloc(HASH_BYTES)
  digester(name)(bytes, out, 0)
  return out
}

function leavesOf(name: HashName, batch: Sealable, salts: Uint8Array): Buffer {
  const makeLeaf = leafMaker(digester(name))
  const leaves = Buffer.alloc((batch.facts.length + batch.inputs.length) * HASH_BYTES)
  const { at } = batch
  let i = 0
  for (const { source, eventId, body, personal } of batch.facts) {
    const salt = salts.subarray(i * SALT_BYTES, (i + 1) * SALT_BYTES)
    makeLeaf({ kind: 'fact', at, source, eventId, body, personal, salt, personalDigest: null }, leaves, i * HASH_BYTES)
    i += 1
  }
  for (const { kind, by, body } of batch.inputs) {
    const entry = { kind, at, source: by, eventId: null, body, personal: null, salt: null, personalDigest: null }
    makeLeaf(entry, leaves, i * HASH_BYTES)
    i += 1
  }
  return leaves
}

/** The seal of a batch that follows on `tip`, and the tip after it. */
export function sealBatch(batch: Sealable, tip: ChainTip, name: HashName = 'sha256'): { sealed: Seal; tip: ChainTip } {
  const count = batch.facts.length + batch.inputs.length
  const firstSeq = tip.seq + 1
  if (count === 0) {
    const none = new Uint8Array(0)
    const sealed = { hash: name, firstSeq, count, prev: tip.link, link: tip.link, leaves: none, salts: none, tiles: [] }
    return { sealed, tip }
  }
  const salts = randomBytes(count * SALT_BYTES)
  const leaves = leavesOf(name, batch, salts)
  const link = linkOf(name, tip.link, firstSeq, leaves)
  const { frontier, tiles } = grow(name, tip.seq, tip.frontier, leaves)
  return {
    sealed: { hash: name, firstSeq, count, prev: tip.link, link, leaves, salts, tiles },
    tip: { seq: tip.seq + count, link, frontier },
  }
}
