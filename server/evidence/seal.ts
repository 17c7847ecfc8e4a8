// Sealing a batch (A4): a salt and a leaf for every entry, one link of the chain for the commit, the tree grown.
//   link = H( 0x02 ‖ previous link ‖ commit u64 ‖ first_seq u64 ‖ count u64 ‖ leaves ‖ rejects u64 ‖ reject digests ‖ step )
// The first follows 32 zero bytes. Every commit has a link, one without entries too: its step hangs on it. Pure but for
// the salts. The tree grows by entries alone.

import { randomBytes } from 'node:crypto'
import { digester, HASH_BYTES, type HashName, LINK, NO_HASH } from './digest.ts'
import { leafMaker, SALT_BYTES } from './entry.ts'
import { rejectDigests, type SealedReject, type SealedStep, stepDigest } from './step.ts'
import { grow, type Tile } from './tree.ts'

/** Where chain and tree end. */
export interface ChainTip {
  commit: number
  seq: number
  link: Uint8Array
  frontier: Uint8Array[]
}

interface SealedFact {
  readonly source: string
  readonly eventId: string
  readonly body: string
  readonly personal: string | null
  readonly way: { readonly importNo: number | null; readonly historical: number | null }
}

/** What is sealed of a batch: facts first, then inputs. */
export interface Sealable {
  readonly at: number
  readonly step: SealedStep
  readonly quarantine: readonly SealedReject[]
  readonly facts: readonly SealedFact[]
  readonly inputs: readonly { kind: string; by: string; body: string }[]
}

export interface Seal {
  hash: HashName
  commit: number
  firstSeq: number
  count: number
  prev: Uint8Array
  link: Uint8Array
  leaves: Uint8Array
  rejects: Uint8Array
  salts: Uint8Array
  tiles: Tile[]
}

export const EMPTY_TIP: ChainTip = { commit: 0, seq: 0, link: NO_HASH, frontier: [] }

/** All of a commit that its link is made of. */
export interface Linked {
  readonly prev: Uint8Array
  readonly commit: number
  readonly firstSeq: number
  readonly leaves: Uint8Array
  readonly rejects: Uint8Array
  readonly at: number
  readonly step: SealedStep
}

export function linkOf(name: HashName, of: Linked): Buffer {
  const digest = digester(name)
  const { prev, leaves, rejects } = of
  const bytes = Buffer.alloc(1 + HASH_BYTES + 24 + leaves.length + 8 + rejects.length + HASH_BYTES)
  bytes[0] = LINK
  let end = 1
  const put = (part: Uint8Array): void => {
    bytes.set(part, end)
    end += part.length
  }
  const count = (n: number): void => {
    end = bytes.writeBigInt64BE(BigInt(n), end)
  }
  put(prev)
  count(of.commit)
  count(of.firstSeq)
  count(leaves.length / HASH_BYTES)
  put(leaves)
  count(rejects.length / HASH_BYTES)
  put(rejects)
  put(stepDigest(digest, of.at, of.step))
  const out = Buffer.alloc(HASH_BYTES)
  digest(bytes, out, 0)
  return out
}

function leavesOf(name: HashName, batch: Sealable, salts: Uint8Array): Buffer {
  const makeLeaf = leafMaker(digester(name))
  const leaves = Buffer.alloc((batch.facts.length + batch.inputs.length) * HASH_BYTES)
  const { at } = batch
  let i = 0
  for (const { source, eventId, body, personal, way } of batch.facts) {
    const salt = salts.subarray(i * SALT_BYTES, (i + 1) * SALT_BYTES)
    const entry = { kind: 'fact', at, source, eventId, body, personal, salt, personalDigest: null, ...way }
    makeLeaf(entry, leaves, i * HASH_BYTES)
    i += 1
  }
  for (const { kind, by, body } of batch.inputs) {
    const none = { eventId: null, personal: null, salt: null, personalDigest: null, importNo: null, historical: null }
    const entry = { kind, at, source: by, body, ...none }
    makeLeaf(entry, leaves, i * HASH_BYTES)
    i += 1
  }
  return leaves
}

/**
 * The seal of a batch that follows on `tip`, and the tip after it. `kept`: salts, 16 bytes an entry, of a batch whose personal parts
 * were salted before; else new ones.
 */
export function sealBatch(
  batch: Sealable,
  tip: ChainTip,
  name: HashName = 'sha256',
  kept: Uint8Array | null = null,
): { sealed: Seal; tip: ChainTip } {
  const count = batch.facts.length + batch.inputs.length
  const firstSeq = tip.seq + 1
  const commit = tip.commit + 1
  const salts = kept ?? randomBytes(count * SALT_BYTES)
  const leaves = leavesOf(name, batch, salts)
  const rejects = rejectDigests(digester(name), batch.quarantine)
  const { at, step } = batch
  const link = linkOf(name, { prev: tip.link, commit, firstSeq, leaves, rejects, at, step })
  const { frontier, tiles } =
    count === 0 ? { frontier: tip.frontier, tiles: [] } : grow(name, tip.seq, tip.frontier, leaves)
  return {
    sealed: { hash: name, commit, firstSeq, count, prev: tip.link, link, leaves, rejects, salts, tiles },
    tip: { commit, seq: tip.seq + count, link, frontier },
  }
}
