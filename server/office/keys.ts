// Keys of machines (A2), as a person at the console gives and takes them: made, shown once and stored hashed; listed; taken
// back for good. Whoever serves is told by its caller that they have changed.

import { newKey } from '../access/keys.ts'
import { isRole, type Role } from '../access/permissions.ts'
import { LENGTHS } from '../contract/ingest.ts'
import type { Phrase } from '../contract/phrases.ts'
import { canBeSource, OFFICE_SOURCE } from '../core/case/number.ts'
import { asInstant } from '../core/time/instant.ts'
import { lineOf, Unfit } from '../intake/payload.ts'
import type { KeyRow, KeyStore } from '../store/keys.ts'
import { Refusal } from './refusal.ts'

export interface KeyAsked {
  readonly source?: string
  readonly role?: string
  readonly department?: string
  readonly note?: string
  /** A key of a source that may declare a past record (I8). */
  readonly historical?: boolean
}

export interface KeyMade {
  readonly key: string
  readonly key_id: string
  readonly role: string
  readonly source: string | null
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

/** A code as every door reads it (I15); null: none was given. */
const code = (value: unknown, at: string): string | null => {
  const given = text(value)
  if (given === null) return null
  try {
    const bare = lineOf(given, at, LENGTHS.code)
    if (bare !== '') return bare
  } catch (error) {
    if (!(error instanceof Unfit)) throw error
  }
  throw new Refusal('bad_code', { at })
}

const badRole = (detail: Phrase): Refusal => new Refusal('bad_role', { detail })

const roleOf = (asked: KeyAsked, source: string | null): Role => {
  const role = text(asked.role) ?? (source === null ? null : 'source')
  if (role === null || !isRole(role))
    throw badRole({
      zh: `请给出 --source 或有效的 --role；没有这种角色 “${asked.role ?? ''}”。`,
      en: `Give --source or a role; there is no role “${asked.role ?? ''}”.`,
    })
  if (role === 'source' && source === null)
    throw badRole({ zh: '来源密钥需用 --source 给出来源名称。', en: 'A source key needs --source NAME.' })
  return role
}

/** Makes a key, shown once, stored hashed. `--source` alone means the role of a source. Throws Refusal. */
export const addKey = async (keys: KeyStore, asked: KeyAsked, now: number): Promise<KeyMade> => {
  const source = code(asked.source, '--source')
  const role = roleOf(asked, source)
  if (source !== null && (!canBeSource(source) || source === OFFICE_SOURCE))
    throw new Refusal('bad_source', { detail: source })
  const department = code(asked.department, '--department')
  if ((role === 'unit') !== (department !== null))
    throw badRole({
      zh: '单位密钥须用 --department 给出部门编码，其他角色不用。',
      en: 'A key of a unit needs --department CODE, other roles none.',
    })
  const declaresPast = asked.historical === true
  if (declaresPast && role !== 'source')
    throw badRole({ zh: '--historical 只用于来源密钥。', en: '--historical is for keys of sources alone.' })
  const { key, keyId, hash } = newKey()
  const row: KeyRow = {
    keyId,
    hash,
    role,
    source,
    createdAt: asInstant(now),
    revokedAt: null,
    note: text(asked.note) ?? '',
    ...(department === null ? {} : { department }),
    ...(declaresPast ? { declaresPast } : {}),
  }
  await keys.addKey(row)
  return { key, key_id: keyId, role, source }
}

const printed = (at: number): string => new Date(at).toISOString()

/** Every key that was ever given, without what opens anything. */
export const listKeys = async (keys: KeyStore) =>
  (await keys.keys()).map(
    ({ keyId, role, source, createdAt, revokedAt, note, department = null, declaresPast = false }) => ({
      key_id: keyId,
      role,
      source,
      department,
      historical: declaresPast,
      created_at: printed(createdAt),
      revoked_at: revokedAt === null ? null : printed(revokedAt),
      note,
    }),
  )

/** Takes a key back for good. Throws Refusal where no live key has this id. */
export const revokeKey = async (keys: KeyStore, keyId: string, now: number): Promise<{ revoked: string }> => {
  const isLive = (await keys.keys()).some((row) => row.keyId === keyId && row.revokedAt === null)
  if (!isLive) throw new Refusal('no_live_key', { detail: keyId })
  await keys.revokeKey(keyId, asInstant(now))
  return { revoked: keyId }
}
