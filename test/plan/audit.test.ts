// The audit must be able to fail (M7): whatever is changed in a store behind the supervisor's back is named, and nothing
// else is. Sabotage over the memory store by lying records, over SQLite by another hand in the file.
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CaseState } from '../../server/core/case/state.ts'
import type { Flow } from '../../server/core/measure/flows.ts'
import { asInstant } from '../../server/core/time/instant.ts'
import type { Records, StoredCase } from '../../server/store/port.ts'
import { openRecords } from '../../server/store/sqlite/records.ts'
import { auditStore } from '../../server/supervision/audit.ts'
import { handClock } from '../../server/supervision/clock.ts'
import { DEFAULT_LIMITS } from '../../server/supervision/limits.ts'
import { openSupervisor } from '../../server/supervision/supervisor.ts'
import { openThreads } from '../../server/supervision/threads.ts'
import { type CityDay, cityDay, someCases } from './city.ts'
import { openOffice, type TestOffice } from './office.ts'

const audited = async (records: Records): Promise<string[]> =>
  (await auditStore({ records })).findings.map(({ what, where }) => `${what} ${where}`)

let city: CityDay
let office: TestOffice
let victim: StoredCase

beforeAll(async () => {
  city = cityDay(6)
  office = await openOffice(city.catalogue, city.endAt)
  await office.send([someCases(city.taken, 120)])
  const stored = await office.records.stale(-1, -1, '', 1_000)
  const late = stored.find(({ row, cards }) => row.inHand && cards.some(({ state }) => state === 'notified'))
  if (late === undefined) throw new Error('no open case with a card')
  victim = late
})
afterAll(() => office.close())

/** The records with one case told otherwise. */
const lying = (change: (stored: StoredCase) => StoredCase): Records => ({
  ...office.records,
  stale: async (...asked) =>
    (await office.records.stale(...asked)).map((stored) =>
      stored.row.projectNo === victim.row.projectNo ? change(structuredClone(stored)) : stored,
    ),
})

const otherState = ({ row, cards }: StoredCase): StoredCase => {
  const state = { ...(JSON.parse(row.state) as CaseState), conflicts: ['accepted'] }
  return { cards, row: { ...row, state: JSON.stringify(state) } }
}
const otherFlow = ({ row, cards }: StoredCase): StoredCase => {
  const [first, ...rest] = row.flows as [Flow, ...Flow[]]
  return { cards, row: { ...row, flows: [{ ...first, window: 'Z99' }, ...rest] } }
}

describe('the audit', () => {
  it('M7: finds nothing where nothing is amiss', async () => {
    expect(await audited(office.records)).toEqual([])
  })

  const table: readonly [why: string, what: string, change: (stored: StoredCase) => StoredCase][] = [
    ['a changed state', 'state', otherState],
    ['a flow under another window', 'flows', otherFlow],
    ['a flow left out', 'flows', ({ row, cards }) => ({ cards, row: { ...row, flows: row.flows.slice(1) } })],
    ['another level', 'judgement', ({ row, cards }) => ({ cards, row: { ...row, level: 0 } })],
    ['another due instant', 'judgement', ({ row, cards }) => ({ cards, row: { ...row, dueAt: asInstant(1) } })],
    ['a turn forgotten', 'judgement', ({ row, cards }) => ({ cards, row: { ...row, nextTurnAt: asInstant(9e12) } })],
    ['a card gone', 'cards', ({ row }) => ({ row, cards: [] })],
    [
      'a card with another limit',
      'cards',
      ({ row, cards }) => ({ row, cards: cards.map((card) => ({ ...card, limitAt: asInstant(card.limitAt + 1) })) }),
    ],
    [
      'a card lifted for no reason',
      'cards',
      ({ row, cards }) => ({ row, cards: cards.map((card) => ({ ...card, state: 'lifted' as const })) }),
    ],
  ]
  it.each(table)('M7: names %s', async (_, what, change) => {
    expect(await audited(lying(change))).toContain(`${what} ${victim.row.projectNo}`)
  })

  it('M7: names a fact that was taken away, and a case that has none left', async () => {
    const { projectNo } = victim.row
    const without = (most: number): Records => ({
      ...office.records,
      factsOfMany: async (asked) => {
        const facts = await office.records.factsOfMany(asked)
        const all = facts.get(projectNo)
        if (all !== undefined) facts.set(projectNo, all.slice(0, most))
        return facts
      },
    })
    expect(await audited(without(1))).toContain(`state ${projectNo}`)
    expect(await audited(without(0))).toContain(`no_facts ${projectNo}`)
  })

  it('M7: names a case that has facts and no row', async () => {
    const stray = { projectNo: victim.row.projectNo, source: victim.row.source }
    const cases = async () => new Map()
    const gone: Records = { ...office.records, cases, strays: async () => [stray] }
    expect(await audited(gone)).toEqual([`no_case ${victim.row.projectNo}`])
  })

  it('J4: names a turn that was not taken though the clock has passed it', async () => {
    const head = await office.records.head()
    const passed: Records = { ...office.records, head: async () => ({ ...head, turnedTo: asInstant(9e12) }) }
    expect((await auditStore({ records: passed })).findings.some(({ what }) => what === 'missed_turn')).toBe(true)
  })
})

describe('the audit over a file', () => {
  let folder: string
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'mingjing-audit-'))
    const { ledger, reader } = await openThreads(folder, () => undefined)
    const parts = { clock: handClock(city.endAt), limits: DEFAULT_LIMITS, onBroken: () => undefined }
    const supervisor = await openSupervisor({ ledger, records: reader, ...parts })
    await supervisor.loadCatalogue(city.catalogue, JSON.stringify(city.catalogue), 'test')
    const some = someCases(city.taken, 120)
    await supervisor.ingest(some, [], { source: null, by: 'test' })
    await supervisor.settled()
    await supervisor.close()
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  /** What the audit finds in a copy of the file after another hand changed it. */
  const sabotaged = async (...changes: readonly string[]): Promise<string[]> => {
    const copy = mkdtempSync(join(tmpdir(), 'mingjing-sabotage-'))
    cpSync(folder, copy, { recursive: true })
    const db = new Database(join(copy, 'ledger.sqlite'))
    for (const change of changes) expect(db.prepare(change).run().changes).toBeGreaterThan(0)
    db.close()
    const records = openRecords(copy)
    const findings = await audited(records)
    await records.close()
    rmSync(copy, { recursive: true, force: true })
    return findings
  }

  it('M7: finds nothing in what the supervisor wrote', async () => {
    expect(await sabotaged()).toEqual([])
  })

  const one = (table: string, where = '1 = 1'): string => `rowid = (SELECT min(rowid) FROM ${table} WHERE ${where})`
  const table: readonly [why: string, what: string, change: string][] = [
    ['a total', 'total', 'UPDATE total SET n = n + 1 WHERE dimension = 1 AND kind = 0'],
    ['a total of hours', 'total', 'DELETE FROM total WHERE dimension = 6'],
    ['the place of flows', 'total', `UPDATE place SET department = 'D' WHERE ${one('place')}`],
    ['a flow', 'total', `UPDATE flow SET on_day = on_day + 1 WHERE ${one('flow', "code = ''")}`],
    ['a flow that is gone', 'total', `DELETE FROM flow WHERE ${one('flow')}`],
    [
      'the flows of a case',
      'flows',
      'UPDATE cases SET flows = (SELECT flows FROM cases b WHERE b.flows <> cases.flows)',
    ],
    ['a state', 'state', `UPDATE cases SET state = replace(state, '"facts":', '"facts":1') WHERE ${one('cases')}`],
    ['a level', 'judgement', `UPDATE cases SET level = 3 - level WHERE ${one('cases')}`],
    [
      'a turn',
      'judgement',
      `UPDATE cases SET next_turn_at = next_turn_at + 1 WHERE ${one('cases', 'next_turn_at > 0')}`,
    ],
    ['a card', 'cards', `DELETE FROM card WHERE ${one('card', "state = 'notified' AND project_no > ''")}`],
    [
      'the level of a card',
      'cards',
      `UPDATE card SET body = json_set(body, '$.level', 1) WHERE ${one('card', "state = 'notified' AND level > 1")}`,
    ],
    [
      'a fact',
      'state',
      `DELETE FROM entry WHERE seq = (SELECT min(seq) FROM entry WHERE kind = 'fact' OR event_id > '')`,
    ],
    ['a case', 'no_case', `DELETE FROM cases WHERE ${one('cases')}`],
  ]
  it.each(table)('M7: names %s', async (_, what, change) => {
    const findings = await sabotaged(change)
    expect(findings.map((finding) => finding.split(' ')[0])).toContain(what)
  })
})
