// Rows of access behind the port: keys and their roles (A2).

import type { Instant } from '../core/time/instant.ts'

/** Rows of access: keys and their roles. Hashes only; the plain key is never stored (A2). */
export interface KeyRow {
  keyId: string
  hash: string
  role: string
  source: string | null
  createdAt: Instant
  revokedAt: Instant | null
  note: string
  /** Of a unit: whose own it may read. */
  department?: string | null
  /** Of a source: it may declare a past record (I8). */
  declaresPast?: boolean
}

export interface KeyStore {
  keys(): Promise<KeyRow[]>
  addKey(row: KeyRow): Promise<void>
  revokeKey(keyId: string, at: Instant): Promise<void>
}
