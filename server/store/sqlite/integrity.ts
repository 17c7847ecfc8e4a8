// What SQLite itself can say of a file (A4): its own integrity check (pages, indexes, types of STRICT tables, NOT NULL,
// UNIQUE), its foreign keys, and whether tables and indexes are those of the schema. Reads only, and throws nothing for
// what is damage: each trouble is a sentence with its place.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { asTrouble, type FileKind, openToRead } from './open.ts'
import { compareShapes } from './whole.ts'

export interface Damage {
  /** The file, and in it the table, index or page where it is known. */
  readonly place: string
  readonly said: string
}

const MOST = 100

/** Troubles that are no damage: there is nothing to check, it is not ours to read, or it cannot be read for lack of room. */
const NO_DAMAGE: ReadonlySet<string> = new Set(['store_missing', 'store_format', 'store_folder', 'store_full'])

export function damageOf(folder: string, kind: FileKind): Damage[] {
  const found: Damage[] = []
  const add = (where: string, said: string): void => {
    if (found.length < MOST) found.push({ place: `${kind.name}${where}`, said })
  }
  let db: ReturnType<typeof openToRead> | null = null
  const fresh = new Database(':memory:')
  try {
    db = openToRead(folder, kind, 16)
    for (const { integrity_check: said } of db.pragma(`integrity_check(${MOST})`) as { integrity_check: string }[])
      if (said !== 'ok') add('', said)
    for (const row of db.pragma('foreign_key_check') as unknown[]) add(' foreign key', JSON.stringify(row))
    for (const sql of kind.steps) fresh.exec(sql)
    for (const { table, stored, replayed } of compareShapes(db, fresh))
      add(
        ` ${table}`,
        stored === null ? 'is missing' : replayed === null ? `is none of the schema: ${stored}` : 'is another',
      )
  } catch (error) {
    const trouble = asTrouble(error, join(folder, kind.name))
    if (NO_DAMAGE.has(trouble.code)) throw trouble
    add('', error instanceof Error ? error.message : String(error))
  } finally {
    fresh.close()
    db?.close()
  }
  return found
}

export const isThere = (folder: string, kind: FileKind): boolean => existsSync(join(folder, kind.name))
