// The step of a commit, sealed (A4), version 1, and what was refused in it:
//   step = H( 0x03 ‖ version u8 ‖ instant i64 ‖ law u64 ‖ engine u64 ‖ text(kind) ‖ text(by) ‖ text(params) )
//   reject = H( 0x04 ‖ H(raw) ‖ JSON of the other columns, in order; of its import and row, where it has them ),
//   text = length u32 ‖ UTF-8
// What is of input nature and no entry hangs on the chain by these two. Erasing a raw text keeps its H(raw).

import { type Digester, HASH_BYTES } from './digest.ts'

const STEP = 0x03
const REJECT = 0x04
const VERSION = 1

export interface SealedStep {
  readonly kind: string
  readonly by: string
  readonly law: number
  readonly engine: number
  /** JSON, sealed as it is stored. */
  readonly params: string
}

export interface SealedReject {
  readonly at: number
  readonly source: string
  readonly eventId: string | null
  readonly projectNo: string | null
  readonly code: string
  readonly field: string | null
  readonly message: string
  readonly raw: string
  readonly importNo: number | null
  readonly rowNo: number | null
}

const text = (value: string): Buffer => {
  const bytes = Buffer.from(value)
  const out = Buffer.alloc(4 + bytes.length)
  out.writeUInt32BE(bytes.length, 0)
  bytes.copy(out, 4)
  return out
}

export function stepDigest(digest: Digester, at: number, step: SealedStep): Buffer {
  const head = Buffer.alloc(2 + 3 * 8)
  head[0] = STEP
  head[1] = VERSION
  head.writeBigInt64BE(BigInt(at), 2)
  head.writeBigInt64BE(BigInt(step.law), 10)
  head.writeBigInt64BE(BigInt(step.engine), 18)
  const out = Buffer.alloc(HASH_BYTES)
  digest(Buffer.concat([head, text(step.kind), text(step.by), text(step.params)]), out, 0)
  return out
}

/** Digests of refused rows side by side, 32 bytes each. */
export function rejectDigests(digest: Digester, rows: readonly SealedReject[]): Buffer {
  const out = Buffer.alloc(rows.length * HASH_BYTES)
  const raw = Buffer.alloc(HASH_BYTES)
  for (const [i, row] of rows.entries()) {
    digest(row.raw, raw, 0)
    const { at, source, eventId, projectNo, code, field, message, importNo, rowNo } = row
    // as it was sealed before a row knew of them
    const brought = importNo === null && rowNo === null ? [] : [importNo, rowNo]
    const rest = JSON.stringify([at, source, eventId, projectNo, code, field, message, ...brought])
    digest(Buffer.concat([Buffer.of(REJECT), raw, Buffer.from(rest)]), out, i * HASH_BYTES)
  }
  return out
}
