// Rows of access keys in a file of their own beside the ledger: hashes only (A2). A few rows, written seldom, so
// reading and writing share one connection; SQLite's lock keeps a command beside a running server honest (A6).

import type { Instant } from '../../core/time/instant.ts'
import type { KeyRow, KeyStore } from '../keys.ts'
import { ACCESS_FILE, asTrouble, openToWrite } from './open.ts'

type Stored = Omit<KeyRow, 'department' | 'declaresPast'> & { department: string | null; declaresPast: number }

export function openKeys(folder: string): KeyStore & { close(): Promise<void> } {
  const db = openToWrite(folder, ACCESS_FILE, 2)
  db.pragma('wal_autocheckpoint = 100')
  const all = db.prepare(
    `SELECT key_id AS keyId, hash, role, source, created_at AS createdAt, revoked_at AS revokedAt, note, department,
            declares_past AS declaresPast
     FROM access_key ORDER BY created_at, key_id`,
  )
  const add = db.prepare(
    `INSERT INTO access_key (key_id, hash, role, source, created_at, revoked_at, note, department, declares_past)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const revoke = db.prepare('UPDATE access_key SET revoked_at = ? WHERE key_id = ? AND revoked_at IS NULL')
  /** Throws StoreError: a full disk is told like that of the ledger. */
  const written = (write: () => void): void => {
    try {
      write()
    } catch (error) {
      throw asTrouble(error, db.name)
    }
  }
  return {
    async keys() {
      return (all.all() as Stored[]).map(({ department, declaresPast, ...row }) => ({
        ...row,
        ...(department === null ? {} : { department }),
        ...(declaresPast === 1 ? { declaresPast: true } : {}),
      }))
    },
    async addKey(row: KeyRow) {
      written(() => {
        const { keyId, hash, role, source, createdAt, revokedAt, note, department = null, declaresPast = false } = row
        add.run(keyId, hash, role, source, createdAt, revokedAt, note, department, declaresPast ? 1 : 0)
      })
    },
    async revokeKey(keyId: string, at: Instant) {
      written(() => revoke.run(at, keyId))
    },
    async close() {
      db.close()
    },
  }
}
