// A small ledger on disk with something of everything in it: cases of every kind of end, cards moved by people, numbers
// joined and parted, what was refused and what became of it, law loaded over and over, turns and slices.

import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asInstant } from '../../server/core/time/instant.ts'
import { sealBatch } from '../../server/evidence/seal.ts'
import { canonicalize } from '../../server/intake/canonical.ts'
import { isTaken, toFact } from '../../server/intake/fact.ts'
import type { QuarantineSteps } from '../../server/store/held.ts'
import type { Ledger, Records } from '../../server/store/port.ts'
import { openKeys } from '../../server/store/sqlite/keys.ts'
import { ledgerOver } from '../../server/store/sqlite/ledger.ts'
import { openRecords } from '../../server/store/sqlite/records.ts'
import { openWriter } from '../../server/store/sqlite/writer.ts'
import { openSupervisorOn, SMALL, SOURCE, type SupervisorHouse } from '../supervision/house.ts'

export interface Disk {
  readonly folder: string
  readonly store: Ledger & Records
  close(): Promise<void>
}

/** A ledger's file of its own, sealed as the ledger thread seals it. */
export const openDisk = (folder = mkdtempSync(join(tmpdir(), 'mingjing-audit-'))): Disk => {
  const ledger = ledgerOver(openWriter(folder), sealBatch)
  const records = openRecords(folder)
  return {
    folder,
    store: { ...records, ...ledger, close: async () => undefined },
    async close() {
      await records.close()
      await ledger.close()
    },
  }
}

const MORE = {
  ...SMALL,
  items: [
    ...(SMALL.items ?? []),
    { task_code: 'quick', name: '即时件', org_code: 'D1', project_type: '1', promise: '1WD', statute: '5WD' },
  ],
}

const load = (house: SupervisorHouse, body: object): Promise<unknown> =>
  house.supervisor.loadCatalogue(body as Record<string, unknown>, canonicalize(body as never), 'admin')

const dismiss = (house: SupervisorHouse, resolved: QuarantineSteps['resolved'], gone: readonly number[] = []) =>
  house.supervisor.record(
    { kind: 'move', by: 'admin', body: canonicalize({ dismissed: 1, why: '已核' } as never) },
    (batch) => {
      batch.quarantineSteps = { gone, resolved }
    },
  )

const refuse = (house: SupervisorHouse, n: number, source = SOURCE) =>
  house.supervisor.ingest(
    [{ code: 'bad_json', at: '', detail: `第 ${n} 行`, eventId: `r${n}`, projectNo: null }],
    [`{"broken":${n}`],
    { source, by: source },
  )

/** Entries enough for a tile of the tree, from a second source, about no case. */
const attend = (house: SupervisorHouse, count: number) => {
  const items = Array.from({ length: count }, (_, i) => {
    const { project_no: _none, ...event } = house.event('ATTEND', `W${i}`)
    const read = toFact(event, { source: 'west', now: house.supervisor.now(), aheadMs: 600_000, historical: null })
    if (!isTaken(read)) throw new Error(`${read.code} ${read.at}`)
    return read
  })
  const raws = items.map(() => null)
  return house.supervisor.ingest(items, raws, { source: 'west', by: 'west' })
}

/** A row of a file that waits, brought by three imports, and one of an import that is taken back. */
const wait = async (house: SupervisorHouse): Promise<void> => {
  const { supervisor } = house
  const file = { file: 'w.csv', digest: null, mapping: null, source: 'rows', by: 'admin', asOf: null, historical: null }
  for (const [i, id] of ['waits', 'again', 'once more', 'no more'].entries()) {
    const importNo = await supervisor.beginImport({ ...file, id })
    const eventId = i < 3 ? 'w1' : 'w2'
    await supervisor.ingest(
      [{ code: 'row_waits', at: '', detail: 'bad_date', eventId, projectNo: 'W1', rowNo: i + 1 }],
      [`{"event_id":"${eventId}"}`],
      { source: 'rows', by: 'admin', importNo },
    )
  }
  await supervisor.withdraw({ id: 'no more', by: 'admin', why: '导错' })
}

/** Three imports of the same events, two of them past records, one taken back; and an event made void by an administrator. */
const bring = async (house: SupervisorHouse): Promise<void> => {
  const { supervisor, event } = house
  const file = { file: 'a.csv', digest: null, mapping: null, source: 'register', by: 'admin', asOf: null }
  const wires = ['B1', 'B2'].map((no) => event('ACCEPT', no, { task_code: 'five' }))
  for (const [i, id] of ['first', 'again', 'third'].entries()) {
    const historical = i === 0 ? null : asInstant(supervisor.now() - i * 86_400_000)
    const importNo = await supervisor.beginImport({ ...file, id, historical })
    const items = wires.map((wire) => {
      const read = toFact(wire, { source: 'register', now: supervisor.now(), aheadMs: 600_000, historical })
      if (!isTaken(read)) throw new Error(`${read.code} ${read.at}`)
      return read
    })
    const from = { source: 'register', by: 'admin', importNo }
    await supervisor.ingest(
      items,
      items.map(() => null),
      from,
    )
  }
  await supervisor.withdraw({ id: 'first', by: 'admin', why: '导错' })
  await supervisor.voidFact({ source: 'register', eventId: String(wires[1]?.event_id), by: 'admin', why: '误报' })
}

/** Writes the ledger; its folder is the caller's to remove. */
export const writeLedger = async (): Promise<string> => {
  const disk = openDisk()
  const house = await openSupervisorOn(disk.store, '2026-04-20T09:00:00+08:00')
  const { event, take, moveTo, supervisor } = house
  await load(house, SMALL)
  const open = (no: string, item: string) =>
    take(event('RECEIVE', no, { task_code: item }), event('ACCEPT', no, { task_code: item, operator_name: '李玉梅' }))
  for (const no of ['P1', 'P2', 'P3', 'P4', 'P5']) await open(no, 'five')
  await open('P6', 'nowhere')
  await bring(house)
  await attend(house, 260)
  await refuse(house, 1)
  await refuse(house, 2)
  await moveTo('2026-04-22T10:00:00+08:00')
  await take(event('COMPLETE', 'P1', { payload: { outcome: 'granted' } }))
  await take(event('VOID', 'P2', { payload: { target: 'P2-ACCEPT-4' } }))
  await dismiss(house, [{ source: SOURCE, from: 1, upTo: 1, code: null, how: 'dismissed' }])
  await moveTo('2026-05-11T10:00:00+08:00')
  const { rows } = await disk.store.listCards({ state: 'notified', limit: 10 })
  for (const { card } of rows.slice(0, 2))
    await supervisor.move({ cardId: card.cardId, move: 'explain', by: 'unit1', why: '系统停机', signedBy: null })
  await load(house, MORE)
  await supervisor.settled()
  await supervisor.join({ alias: 'P9', home: 'P3', joined: true }, { by: 'admin', why: '同一件' })
  await take(event('SUSPEND', 'P9', { payload: { reason: '听证' } }))
  await supervisor.join({ alias: 'P4', home: 'P5', joined: true }, { by: 'admin', why: '同一件' })
  await supervisor.join({ alias: 'P4', home: 'P5', joined: false }, { by: 'admin', why: '误并' })
  await refuse(house, 3)
  await refuse(house, 4, 'west')
  await dismiss(house, [], [1])
  await wait(house)
  await open('P7', 'quick')
  await moveTo('2026-06-01T10:00:00+08:00')
  await take(event('COMPLETE', 'P5', { payload: { outcome: 'granted' } }))
  await house.close()
  await disk.close()
  const keys = openKeys(disk.folder)
  await keys.close()
  return disk.folder
}
