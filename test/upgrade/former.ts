// A ledger of a former format in a folder of its own: written by the Mingjing of its day (fixtures/former), with what that one
// said of it.

import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import Database from 'better-sqlite3'
import { bringUp } from '../../server/office/upgrade.ts'
import { rebuildLedger } from '../../server/supervision/upgrade/rebuild.ts'
import { upgradeLedger } from '../../server/supervision/upgrade/upgrade.ts'
import type { UpgradeOptions } from '../../server/supervision/upgrade/work.ts'
import { instant } from '../supervision/house.ts'

/** By their files: of a former format, or of this one by an earlier engine. */
export const FORMERS = ['format-1', 'format-2', 'engine-6'] as const
export type Former = (typeof FORMERS)[number]

export type Row = Readonly<Record<string, unknown>>

/** What the API of its day said at the end of the story. */
export interface Said {
  readonly cases: readonly Row[]
  readonly cards: readonly Row[]
  readonly measures: Readonly<Record<string, readonly Row[]>>
  readonly quarantine: readonly Row[]
}

const place = (name: string): string => join(import.meta.dirname, '../../fixtures/former', name)

export const saidOf = (former: Former): Said => JSON.parse(readFileSync(place(`${former}.said.json`), 'utf8')) as Said

export const layFormer = (former: Former): string => {
  const folder = mkdtempSync(join(tmpdir(), 'mingjing-former-'))
  const ledger = gunzipSync(readFileSync(place(`${former}.ledger.sqlite.gz`)))
  writeFileSync(join(folder, 'ledger.sqlite'), ledger, { mode: 0o600 })
  return folder
}

/** The story has ended when it is upgraded. */
export const UPGRADED_AT = '2026-11-16T10:00:00+08:00'

export const now = () => instant(UPGRADED_AT)

export const upgraded = async (former: Former): Promise<string> => {
  const folder = layFormer(former)
  await bringUp(folder, { now })
  return folder
}

/** As an office does it, but for the lock. */
export const bring = async (options: UpgradeOptions): Promise<unknown> =>
  (await upgradeLedger(options)) ?? (await rebuildLedger(options))

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
    await bring({ folder, now, keepEvery: { entries: 1_000, items }, onStep })
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
