// A ledger of a former format in a folder of its own: written by the Mingjing of its day (fixtures/former), with what that one
// said of it.

import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import Database from 'better-sqlite3'
import { bringUp } from '../../server/office/upgrade.ts'
import { upgradeLedger } from '../../server/supervision/upgrade/upgrade.ts'
import { instant } from '../supervision/house.ts'

export const FORMATS = [1, 2] as const
export type Format = (typeof FORMATS)[number]

export type Row = Readonly<Record<string, unknown>>

/** What the API of its day said at the end of the story. */
export interface Said {
  readonly cases: readonly Row[]
  readonly cards: readonly Row[]
  readonly measures: Readonly<Record<string, readonly Row[]>>
  readonly quarantine: readonly Row[]
}

const place = (name: string): string => join(import.meta.dirname, '../../fixtures/former', name)

export const saidOf = (format: Format): Said =>
  JSON.parse(readFileSync(place(`format-${format}.said.json`), 'utf8')) as Said

export const layFormer = (format: Format): string => {
  const folder = mkdtempSync(join(tmpdir(), 'mingjing-former-'))
  const ledger = gunzipSync(readFileSync(place(`format-${format}.ledger.sqlite.gz`)))
  writeFileSync(join(folder, 'ledger.sqlite'), ledger, { mode: 0o600 })
  return folder
}

/** The story has ended when it is upgraded. */
export const UPGRADED_AT = '2026-11-16T10:00:00+08:00'

export const now = () => instant(UPGRADED_AT)

export const upgraded = async (format: Format): Promise<string> => {
  const folder = layFormer(format)
  await bringUp(folder, { now })
  return folder
}

export class Stopped extends Error {}

export interface Stop {
  /** After so many steps. */
  readonly after: number
  /** Items after which what was done is kept. */
  readonly items: number
}

/** Upgrades and stops there, as if the process had ended; whether it was done before. */
export const upgradeUntil = async (folder: string, { after, items }: Stop): Promise<boolean> => {
  let n = 0
  const onStep = (): void => {
    n += 1
    if (n === after) throw new Stopped()
  }
  try {
    await upgradeLedger({ folder, now, keepEvery: { entries: 1_000, items }, onStep })
    return true
  } catch (error) {
    if (error instanceof Stopped) return false
    throw error
  }
}

const TABLES = `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`

const shown = (_: string, value: unknown): unknown =>
  value !== null && typeof value === 'object' && 'type' in value && value.type === 'Buffer' ? 'bytes' : value

/** Every row of every table, as text; of salts, and of the digests that follow from them, that they are there. */
export const wholeOf = (folder: string): Record<string, readonly unknown[]> => {
  const db = new Database(join(folder, 'ledger.sqlite'), { readonly: true })
  try {
    const tables = db.prepare(TABLES).pluck().all() as string[]
    return Object.fromEntries(
      tables.map((table) => [
        table,
        db
          .prepare(`SELECT * FROM "${table}"`)
          .raw()
          .all()
          .map((row) => JSON.stringify(row, shown)),
      ]),
    )
  } finally {
    db.close()
  }
}
