// The format of an entry of the ledger (A4), version 2, and its leaf:
//   leaf = H( 0x00 ‖ header ‖ H(salt ‖ personal) ‖ H(body) ),   32 zero bytes where there is no personal part
//   header = version u8 ‖ text(kind) ‖ instant i64 ‖ text(source) ‖ way ‖ 0x00 | 0x01 text(event_id)
//   way = 0x00 (live) | 0x01 import u64 (0: none) declared instant i64 (−1: none),  text = length u32 ‖ UTF-8
// Numbers are big-endian. After erasing, the kept H(salt ‖ personal) stands in for the two that are gone.

import { type Digester, HASH_BYTES, LEAF } from './digest.ts'

const VERSION = 2 as const
export const SALT_BYTES = 16
/** Everything of a header but its three texts. */
const FIXED_BYTES = 1 + 1 + 4 + 8 + 4 + 17 + 1 + 4 + 2 * HASH_BYTES
const NO_IMPORT = 0
const NOT_DECLARED = -1

export interface SealedContent {
  readonly kind: string
  /** Entry instant, epoch ms. */
  readonly at: number
  readonly source: string
  readonly eventId: string | null
  readonly body: string
  readonly personal: string | null
  /** Needed where there is a personal part. */
  readonly salt: Uint8Array | null
  /** How a fact first came: the entry of its import and the declared instant of a past record; null: live. */
  readonly importNo: number | null
  readonly historical: number | null
  /** H(salt ‖ personal) of a part that was erased. */
  readonly personalDigest: Uint8Array | null
}

/** H(salt ‖ personal): what must be kept when the two are erased. */
export function personalDigest(digest: Digester, salt: Uint8Array, personal: string): Buffer {
  const out = Buffer.alloc(HASH_BYTES)
  digest(Buffer.concat([salt, Buffer.from(personal)]), out, 0)
  return out
}

function writeText(out: Buffer, text: string, at: number): number {
  const length = out.write(text, at + 4)
  out.writeUInt32BE(length, at)
  return at + 4 + length
}

function writeWay(out: Buffer, { importNo, historical }: SealedContent, at: number): number {
  const isLive = importNo === null && historical === null
  out[at] = isLive ? 0 : 1
  if (isLive) return at + 1
  const end = out.writeBigInt64BE(BigInt(importNo ?? NO_IMPORT), at + 1)
  return out.writeBigInt64BE(BigInt(historical ?? NOT_DECLARED), end)
}

function writePersonal(digest: Digester, entry: SealedContent, out: Buffer, at: number): void {
  if (entry.personal !== null && entry.salt !== null) personalDigest(digest, entry.salt, entry.personal).copy(out, at)
  else if (entry.personalDigest !== null) out.set(entry.personalDigest, at)
  else out.fill(0, at, at + HASH_BYTES)
}

export type LeafMaker = (entry: SealedContent, out: Buffer, at: number) => void

/**
 * A maker of leaves with a scratch of its own; `makeLeaf(entry, out, at)` writes 32 bytes. Version 1, of ledgers of format 1,
 * has no way.
 */
export function leafMaker(digest: Digester, version: 1 | 2 = VERSION): LeafMaker {
  let scratch = Buffer.alloc(1024)
  return (entry, out, at) => {
    // A UTF-16 code unit is at most three bytes of UTF-8.
    const room = FIXED_BYTES + 3 * (entry.kind.length + entry.source.length + (entry.eventId?.length ?? 0))
    if (room > scratch.length) scratch = Buffer.alloc(2 * room)
    scratch[0] = LEAF
    scratch[1] = version
    let end = writeText(scratch, entry.kind, 2)
    scratch.writeUInt32BE(Math.floor(entry.at / 2 ** 32) >>> 0, end)
    scratch.writeUInt32BE(entry.at >>> 0, end + 4)
    end = writeText(scratch, entry.source, end + 8)
    if (version > 1) end = writeWay(scratch, entry, end)
    scratch[end++] = entry.eventId === null ? 0 : 1
    if (entry.eventId !== null) end = writeText(scratch, entry.eventId, end)
    writePersonal(digest, entry, scratch, end)
    digest(entry.body, scratch, end + HASH_BYTES)
    digest(scratch.subarray(0, end + 2 * HASH_BYTES), out, at)
  }
}
