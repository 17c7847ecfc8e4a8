// The evidence as the store keeps it (A4): what a sealed batch carries, where chain and tree end, and the pages that
// verifying reads. Types only: digests are made in evidence and never here, so neither room needs the other.

import type { StoredStep } from './step.ts'

/**
 * What sealing (evidence) adds to a batch, as flat bytes: entries in the order facts, then inputs. The store keeps it
 * and never computes it. A batch without entries has count 0 and a link like any other.
 */
export interface Sealed {
  /** 'sha256' or 'sm3'. */
  hash: string
  commit: number
  firstSeq: number
  count: number
  prev: Uint8Array
  link: Uint8Array
  /** count × 32 bytes. */
  leaves: Uint8Array
  /** 32 bytes for each refused row. */
  rejects: Uint8Array
  /** count × 16 bytes; those of entries without a personal part are not kept. */
  salts: Uint8Array
  /** Tiles of level 1 and up that this batch made or lengthened; level 0 is the leaves themselves. */
  tiles: { level: number; index: number; hashes: Uint8Array }[]
}

/** Where the chain and the tree end: what sealing needs to know of everything before. */
export interface Tip {
  /** Last commit; 0: none. */
  commit: number
  /** Last entry; 0: none. */
  seq: number
  /** Last chain link; 32 zero bytes before the first. */
  link: Uint8Array
  /** By level, the hashes of the tile that is not yet full: fewer than 256 × 32 bytes each. */
  frontier: Uint8Array[]
}

/** An entry as verifying reads it: every column that is kept. */
export interface EntryRow {
  seq: number
  kind: string
  at: number
  source: string
  eventId: string | null
  projectNo: string | null
  occurredAt: number | null
  voids: string | null
  voidsToo: string | null
  importNo: number | null
  historical: number | null
  body: string
  personal: string | null
  salt: Uint8Array | null
  /** H(salt ‖ personal), kept from the moment personal part and salt are erased (A4); else null. */
  personalDigest: Uint8Array | null
}

export interface LinkRow {
  commit: number
  firstSeq: number
  count: number
  at: number
  step: StoredStep
  hash: string
  prev: Uint8Array
  link: Uint8Array
  leaves: Uint8Array
  rejects: Uint8Array
}

/** The evidence as stored, in pages: for verifying and proving, never for planning. */
export interface Trail {
  entries(afterSeq: number, limit: number): Promise<EntryRow[]>
  links(afterCommit: number, limit: number): Promise<LinkRow[]>
  /** Hashes of a tile, as many as there are; null: none. Level 0 is read from the links. */
  tile(level: number, index: number): Promise<Uint8Array | null>
  /** Where the store itself says that it stands. */
  stand(): Promise<{ commit: number; seq: number; link: Uint8Array; at: number | null; tiles: number }>
  close(): Promise<void>
}
