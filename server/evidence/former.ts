// How a ledger of format 1 was sealed: its leaves say nothing of the way a fact came, its links nothing of a step, and a
// commit without entries has no link. Read to verify such a ledger before it is upgraded; nothing is sealed so any more.
//   link = H( 0x02 ‖ previous link ‖ first_seq u64 ‖ count u64 ‖ leaves )

import { digester, HASH_BYTES, LINK } from './digest.ts'
import { leafMaker } from './entry.ts'
import type { Format } from './verify.ts'

export const FORMAT_1: Format = {
  leaves: (name) => leafMaker(digester(name), 1),
  linkOf(name, { prev, firstSeq, leaves }) {
    const bytes = Buffer.alloc(1 + HASH_BYTES + 16 + leaves.length)
    bytes[0] = LINK
    bytes.set(prev, 1)
    bytes.writeBigInt64BE(BigInt(firstSeq), 1 + HASH_BYTES)
    bytes.writeBigInt64BE(BigInt(leaves.length / HASH_BYTES), 1 + HASH_BYTES + 8)
    bytes.set(leaves, 1 + HASH_BYTES + 16)
    const out = Buffer.alloc(HASH_BYTES)
    digester(name)(bytes, out, 0)
    return out
  },
  // of its columns none is read but those that the leaf is over
  columnAtOdds: () => null,
  standsLater: true,
}
