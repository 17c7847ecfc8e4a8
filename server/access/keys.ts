// Keys of machines (A2): made here, shown once, kept as SHA-256 only, compared in constant time.
// A key has 256 random bits, so a plain digest is enough; passwords are another matter.
// The ring holds the live keys in memory and is refreshed when they change. Never stores or logs a plain key.

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { isRole, type Role } from './permissions.ts'

export interface Identity {
  /** Of the key, which outlives its name. */
  readonly id: string
  readonly role: Role
  /** The source it sends for; null for people and screens. */
  readonly source: string | null
  /** Of a unit: whose own it may read. */
  readonly department?: string
  /** A source key that may declare a past record (I8): it was issued so. */
  readonly declaresPast?: boolean
  /** For the record: who did it. */
  readonly name: string
}

export interface Access {
  /** Whose key this is; null when unknown or revoked. */
  roleOf(key: string): Identity | null
}

export interface NewKey {
  readonly key: string
  readonly keyId: string
  readonly hash: string
}

const KEY = /^mj_([0-9a-f]{16})_[A-Za-z0-9_-]{43}$/

export const hashKey = (key: string): string => createHash('sha256').update(key, 'utf8').digest('hex')

export const newKey = (): NewKey => {
  const keyId = randomBytes(8).toString('hex')
  const key = `mj_${keyId}_${randomBytes(32).toString('base64url')}`
  return { key, keyId, hash: hashKey(key) }
}

/** What the ring needs of a stored key; the rows of the store's KeyStore have it. */
export interface KeyLine {
  readonly keyId: string
  readonly hash: string
  readonly role: string
  readonly source: string | null
  readonly revokedAt: number | null
  readonly note: string
  readonly department?: string | null
  readonly declaresPast?: boolean
}

export interface KeyRing extends Access {
  /** Reads the rows again; calls that come while one runs share its successor. */
  refresh(): Promise<void>
}

interface Held {
  readonly hash: Buffer
  readonly identity: Identity
}

const held = (line: KeyLine): [string, Held] | null => {
  if (line.revokedAt !== null || !isRole(line.role)) return null
  const name = line.source ?? (line.note === '' ? `${line.role}:${line.keyId}` : line.note)
  const unit = line.department ? { department: line.department } : {}
  const past = line.declaresPast === true ? { declaresPast: true } : {}
  const identity = { id: line.keyId, role: line.role, source: line.source, name, ...unit, ...past }
  return [line.keyId, { hash: Buffer.from(line.hash, 'hex'), identity }]
}

/** The ring of live keys over the store's rows. */
export const openKeyRing = async (rows: { keys(): Promise<readonly KeyLine[]> }): Promise<KeyRing> => {
  let live = new Map<string, Held>()
  let reading: Promise<void> | null = null
  let next: Promise<void> | null = null

  const read = async (): Promise<void> => {
    const lines = await rows.keys()
    live = new Map(lines.map(held).filter((line) => line !== null))
  }
  const start = (): Promise<void> => {
    const run = read().finally(() => {
      if (reading === run) reading = null
    })
    reading = run
    return run
  }
  // a key added while rows are being read may be missing from them: whoever asks then gets a reading of its own
  const refresh = (): Promise<void> => {
    if (reading === null) return start()
    next ??= reading
      .catch(() => undefined)
      .then(() => {
        next = null
        return start()
      })
    return next
  }

  await refresh()
  return {
    refresh,
    roleOf(key) {
      const line = live.get(KEY.exec(key)?.[1] ?? '')
      if (line === undefined) return null
      const hash = Buffer.from(hashKey(key), 'hex')
      return hash.length === line.hash.length && timingSafeEqual(hash, line.hash) ? line.identity : null
    },
  }
}
