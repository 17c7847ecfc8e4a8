// A ledger of format 1 with entries of another content, sealed again as that format seals: what the versions of then might have
// written and the story does not tell.

import { join } from 'node:path'
import Database from 'better-sqlite3'
import { HASH_BYTES, NO_HASH } from '../../server/evidence/digest.ts'
import { FORMAT_1 } from '../../server/evidence/former.ts'
import type { TrailEntry } from '../../server/evidence/verify.ts'
import { layFormer } from './former.ts'

const ENTRIES = `SELECT kind, at, source, event_id AS eventId, body, personal, salt, personal_digest AS personalDigest
  FROM entry WHERE seq BETWEEN ? AND ? ORDER BY seq`

interface Link {
  readonly commit: number
  readonly firstSeq: number
  readonly count: number
}

/** What a link of format 1 does not say. */
const BARE = {
  hash: 'sha256',
  link: NO_HASH,
  rejects: new Uint8Array(0),
  at: 0,
  step: { kind: 'facts', by: '', law: 0, engine: 0, params: '{}' },
}

/** Fewer entries than a tile of the tree has leaves: there is none to be made again. */
const reseal = (db: Database.Database): void => {
  const links = db
    .prepare('SELECT commit_no AS "commit", first_seq AS firstSeq, count FROM commit_link')
    .all() as Link[]
  const entries = db.prepare(ENTRIES)
  const put = db.prepare('UPDATE commit_link SET prev = ?, link = ?, leaves = ? WHERE commit_no = ?')
  const makeLeaf = FORMAT_1.leaves('sha256')
  let prev: Uint8Array = NO_HASH
  for (const { commit, firstSeq, count } of links) {
    const leaves = Buffer.alloc(count * HASH_BYTES)
    for (const [i, entry] of (entries.all(firstSeq, firstSeq + count - 1) as TrailEntry[]).entries())
      makeLeaf(entry, leaves, i * HASH_BYTES)
    const link = FORMAT_1.linkOf('sha256', { ...BARE, prev, commit, firstSeq, count, leaves })
    put.run(prev, link, leaves, commit)
    prev = link
  }
  db.prepare('UPDATE stand SET link = ?').run(prev)
}

/** The ledger of format 1, changed by these statements and sealed again. */
export const layResealed = (...sql: readonly string[]): string => {
  const folder = layFormer('format-1')
  const db = new Database(join(folder, 'ledger.sqlite'))
  try {
    for (const each of sql) db.exec(each)
    reseal(db)
  } finally {
    db.close()
  }
  return folder
}
