// An office in the tests of new law: a supervisor over a real store in a folder of its own, a small catalogue, and short
// questions about a case as a person of the legal office would ask them. The clock is moved by hand.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { FlowKind } from '../../server/core/measure/flows.ts'
import { printInstant } from '../../server/core/time/civil.ts'
import type { Instant } from '../../server/core/time/instant.ts'
import { zoneOf } from '../../server/core/time/zone.ts'
import { sealBatch } from '../../server/evidence/seal.ts'
import { verifyStore } from '../../server/evidence/verify.ts'
import { enactCatalogue } from '../../server/office/law/enact.ts'
import type { Ledger, Records } from '../../server/store/port.ts'
import { ledgerOver } from '../../server/store/sqlite/ledger.ts'
import { openRecords } from '../../server/store/sqlite/records.ts'
import { openTrail } from '../../server/store/sqlite/trail.ts'
import { openWriter } from '../../server/store/sqlite/writer.ts'
import { auditStore } from '../../server/supervision/audit.ts'
import { type HouseMore, openSupervisorOn, SMALL, type SupervisorHouse } from '../supervision/house.ts'

const zone = zoneOf('Asia/Shanghai')
export const told = (at: Instant | null): string => (at === null ? '—' : printInstant(at, zone).slice(0, 16))

export interface FileStore {
  readonly folder: string
  readonly store: Ledger & Records
  close(): Promise<void>
}

/** Changes the file itself, beside the store's own connections; how many rows. */
export const rewrite = (folder: string, sql: string): number => {
  const db = new Database(join(folder, 'ledger.sqlite'))
  const { changes } = db.prepare(sql).run()
  db.close()
  return changes
}

export const openFiles = (): FileStore => {
  const folder = mkdtempSync(join(tmpdir(), 'mingjing-rejudge-'))
  const ledger = ledgerOver(openWriter(folder), sealBatch)
  const records = openRecords(folder)
  return {
    folder,
    store: { ...records, ...ledger, close: async () => undefined },
    async close() {
      await records.close()
      await ledger.close()
      rmSync(folder, { recursive: true })
    },
  }
}

export interface Office extends SupervisorHouse {
  readonly files: FileStore
  /** Loads a catalogue document and waits until every case is judged under it. */
  load(document: unknown): Promise<void>
  /** Status, due instant, level of a case, as stored. */
  standing(projectNo: string): Promise<{ status: string; dueAt: string; level: number } | null>
  /** Cards of a case: `T-02 notified`, in the order of their rules. */
  cards(projectNo: string): Promise<string[]>
  /** What moved a card, and by what: `raise clock`, `lift law`. */
  history(projectNo: string, rule: string): Promise<string[]>
  /** Sum of a kind over all departments and days. */
  total(kind: FlowKind): Promise<number>
  /** Findings of audit and verify: there should be none. */
  faults(): Promise<string[]>
}

const EVER = 1_000_000

/** Audit, cases still to be judged, and the ledger, in one list. */
export const faultsOf = async ({ folder, store }: FileStore): Promise<string[]> => {
  const { findings, pending } = await auditStore({ records: store })
  const trail = openTrail(folder)
  const verdict = await verifyStore(trail)
  await trail.close()
  return [
    ...findings.map(({ what, where, detail }) => `${what} ${where}: ${detail}`),
    ...(pending > 0 ? [`${pending} pending`] : []),
    ...verdict.findings.map((finding) => JSON.stringify(finding)),
  ]
}

export const openOffice = async (at: string, more: HouseMore = {}): Promise<Office> => {
  const files = openFiles()
  const { store } = files
  const house = await openSupervisorOn(store, at, more)
  await enactCatalogue(house.supervisor, SMALL, 'test')
  await house.supervisor.settled()
  return {
    ...house,
    files,
    async load(document) {
      await enactCatalogue(house.supervisor, document, 'legal office')
      await house.supervisor.settled()
    },
    async standing(projectNo) {
      const row = (await store.cases([projectNo])).get(projectNo)?.row
      return row === undefined ? null : { status: row.status, dueAt: told(row.dueAt), level: row.level }
    },
    async cards(projectNo) {
      return (await store.cardsOf('case', [projectNo])).map(({ rule, state }) => `${rule} ${state}`).sort()
    },
    async history(projectNo, rule) {
      const { rows } = await store.listCards({ projectNos: [projectNo], rule, limit: 1 })
      return (rows[0]?.moves ?? []).map(({ move, by }) => `${move} ${by}`)
    },
    async total(kind) {
      const rows = await store.totals('department', -EVER, EVER)
      return rows.reduce((sum, row) => (row.kind === kind ? sum + row.n : sum), 0)
    },
    faults: () => faultsOf(files),
    async close() {
      await house.close()
      await files.close()
    },
  }
}
