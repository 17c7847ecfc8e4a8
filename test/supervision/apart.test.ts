// A case that cannot be judged is set apart (J5): its facts are kept, it is shown, the others go on, and it heals when
// its facts are mended. And a case that went away comes back with its history (C2, F3). On both stores.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sealBatch } from '../../server/evidence/seal.ts'
import { enactCatalogue } from '../../server/office/law/enact.ts'
import { openMemory } from '../../server/store/memory/store.ts'
import type { Ledger, Records } from '../../server/store/port.ts'
import { ledgerOver } from '../../server/store/sqlite/ledger.ts'
import { openRecords } from '../../server/store/sqlite/records.ts'
import { openWriter } from '../../server/store/sqlite/writer.ts'
import { openSupervisorOn, SMALL, SOURCE, type SupervisorHouse } from './house.ts'
import { letInBefore } from './older.ts'

interface Opened {
  readonly store: Ledger & Records
  close(): Promise<void>
}

const inFiles = (): Opened => {
  const folder = mkdtempSync(join(tmpdir(), 'mingjing-apart-'))
  const ledger = ledgerOver(openWriter(folder), sealBatch)
  const records = openRecords(folder)
  return {
    store: { ...records, ...ledger, close: async () => undefined },
    async close() {
      await records.close()
      await ledger.close()
      rmSync(folder, { recursive: true })
    },
  }
}
const inMemory = (): Opened => ({ store: openMemory(), close: async () => undefined })

const STORES: readonly (readonly [string, () => Opened])[] = [
  ['files', inFiles],
  ['memory', inMemory],
]

describe.each(STORES)('a case set apart, on %s', (_, open) => {
  const within = async (work: (at: SupervisorHouse, store: Opened['store']) => Promise<void>): Promise<void> => {
    const { store, close } = open()
    const at = await openSupervisorOn(store, '2026-09-30T10:00:00+08:00')
    await enactCatalogue(at.supervisor, SMALL, 'test')
    try {
      await work(at, store)
    } finally {
      await at.close()
      await close()
    }
  }
  const unjudged = (at: SupervisorHouse) =>
    letInBefore(at.supervisor, at.event('ACCEPT', 'BAD', { task_code: 'open' }), SOURCE)
  const late = (at: SupervisorHouse, no: string) =>
    at.event('ACCEPT', no, { task_code: 'five', occurred_at: '2026-09-14T10:00:00+08:00' })

  it('J5: its fact is accepted and kept, it is counted as apart, and its neighbours in the same lot go on', async () => {
    await within(async (at, store) => {
      // of one batch: they queue in one turn
      const taken = [at.take(late(at, 'C1')), unjudged(at), at.take(late(at, 'C2'))]
      const outcomes = (await Promise.all(taken)).flat()
      expect(outcomes.map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted', 'accepted'])
      expect(at.supervisor.state().apart).toBe(1)
      const bad = (await store.cases(['BAD'])).get('BAD')
      expect(bad?.row.apart).toMatch(/RangeError/)
      expect(await store.factsOf('BAD')).toHaveLength(1)
      expect((await store.cardsOf('case', ['C1', 'C2'])).filter(({ rule }) => rule === 'T-02')).toHaveLength(2)
      expect(at.broken).toEqual([])
      // never silently fine
      expect((await at.audit()).findings.map(({ what, where }) => `${what} ${where}`)).toEqual(['apart BAD'])
    })
  })

  it('J5, J4: the clock and a later law pass it by and take the others', async () => {
    await within(async (at, store) => {
      await unjudged(at)
      await at.take(at.event('ACCEPT', 'C1', { task_code: 'five' }))
      await at.moveTo('2026-10-20T10:00:00+08:00')
      await enactCatalogue(at.supervisor, { ...SMALL, catalogue: '再载' }, 'test')
      await at.supervisor.settled()
      expect(at.supervisor.state()).toMatchObject({ apart: 1, rejudging: false, broken: null })
      expect((await store.cardsOf('case', ['C1'])).map(({ rule }) => rule)).toContain('T-02')
    })
  })

  it('J5: it heals when its facts are mended, and is then as if it had never been broken', async () => {
    await within(async (at) => {
      await at.take(at.event('RECEIVE', 'BAD', { task_code: 'open' }))
      await unjudged(at)
      const bad = at.lastId()
      expect(at.supervisor.state().apart).toBe(1)
      await at.take(at.event('STEP_START', 'BAD', { payload: { step_code: 's1' } }))
      expect(at.supervisor.state().apart).toBe(1)
      await at.take(at.event('VOID', 'BAD', { payload: { target: bad, reason: '时间填错' } }))
      expect(at.supervisor.state().apart).toBe(0)
      expect((await at.audit()).findings).toEqual([])
    })
  })

  it('J5: what was apart is still apart after a restart', async () => {
    const { store, close } = open()
    const first = await openSupervisorOn(store, '2026-09-30T10:00:00+08:00')
    await unjudged(first)
    await first.close()
    const second = await openSupervisorOn(store, '2026-09-30T10:00:00+08:00')
    expect(second.supervisor.state().apart).toBe(1)
    await second.close()
    await close()
  })

  it('J5: however many are apart, a restart knows every one of them [L25]', async () => {
    const { store, close } = open()
    const first = await openSupervisorOn(store, '2026-09-30T10:00:00+08:00')
    const many = Array.from({ length: 2_003 }, (_, i) => `BAD${i}`)
    await Promise.all(
      many.map((no) => letInBefore(first.supervisor, first.event('ACCEPT', no, { task_code: 'open' }), SOURCE)),
    )
    expect(first.supervisor.state().apart).toBe(many.length)
    await first.close()
    const second = await openSupervisorOn(store, '2026-09-30T10:00:00+08:00')
    expect(second.supervisor.state().apart).toBe(many.length)
    await second.close()
    await close()
  })

  it('C2, F3: a case whose every fact was made void and that comes back takes up its cards, none is raised twice', async () => {
    await within(async (at, store) => {
      await at.take(late(at, 'C1'))
      await at.take(at.event('VOID', 'C1', { payload: { target: at.lastId(), reason: '误录' } }))
      // its card counts until a person has decided, and so does the case by it (F3, C5)
      const flows = (await store.cases(['C1'])).get('C1')?.row.flows ?? []
      expect(flows.map(({ kind }) => kind)).toEqual(['received', 'accepted', 'in_hand', 'overdue', 'yellow', 'to_lift'])
      await at.take(late(at, 'C1'))
      expect(at.broken).toEqual([])
      const { rows } = await store.listCards({ projectNos: ['C1'], rule: 'T-02', limit: 10 })
      expect(rows.map(({ card: { state }, moves }) => [state, moves.map(({ move }) => move)])).toEqual([
        ['notified', ['raise', 'ask_lift', 'restore']],
      ])
      expect((await at.audit()).findings).toEqual([])
    })
  })
})
