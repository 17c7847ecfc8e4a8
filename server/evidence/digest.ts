// The hash under everything of evidence: SHA-256, or SM3 (GB/T 32905) where a setting asks for it, both 32 bytes.
// Digests are written into given bytes: a batch of thousands of entries then makes no garbage. Rule: A4.

import { hash as digestOf } from 'node:crypto'

export type HashName = 'sha256' | 'sm3'

export const HASH_BYTES = 32
export const NO_HASH: Uint8Array = new Uint8Array(HASH_BYTES)

/** Domain bytes that keep leaf, node and link apart (RFC 6962 for the first two). */
export const LEAF = 0x00
export const NODE = 0x01
export const LINK = 0x02

export type Digester = (input: string | Uint8Array, out: Buffer, at: number) => void

/** Writes H(input) at `at`; text is hashed as UTF-8. Going through latin1 halves the cost of a call. */
export function digester(name: HashName): Digester {
  return (input, out, at) => {
    out.write(digestOf(name, input, 'binary'), at, 'latin1')
  }
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0
}

export const hex = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex')
