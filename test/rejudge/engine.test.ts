// A store that an older engine wrote (house: one engine version; rebuilt from the facts, in slices, before it is
// trusted). Its rows lack what this engine reads: here their states are emptied. Wherever such a row is met before its
// slice, its case is folded again from the facts: by new events, by the clock, on the page of the case; the audit
// counts it as pending. In the end nothing tells the store from one that was never old. Rules: J6, J4, M7, F2.

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Taken } from '../../server/core/plan.ts'
import { asInstant, type Instant } from '../../server/core/time/instant.ts'
import { readCase } from '../../server/office/case-told.ts'
import { enactCatalogue } from '../../server/office/law/enact.ts'
import { openMemory } from '../../server/store/memory/store.ts'
import type { Ledger, Records } from '../../server/store/port.ts'
import { auditStore } from '../../server/supervision/audit.ts'
import type { Supervisor } from '../../server/supervision/supervisor.ts'
import { openLawsThen } from '../../server/supervision/then.ts'
import { openHouse } from '../live/house.ts'
import { type CityDay, cityDay, seeded, someCases } from '../plan/city.ts'
import { expectAlike, standingOf } from '../plan/office.ts'
import { openSupervisorOn, type SupervisorHouse } from '../supervision/house.ts'
import { type FileStore, faultsOf, openFiles, rewrite } from './office.ts'

const SEED = 21
const CASES = 60
const DAY_MS = 86_400_000
const OLD = `UPDATE cases SET engine = 0, state = '{}'`

/** Commits wait for each other and, while it is closed, for the gate. */
const gateBefore = (ledger: Ledger) => {
  let open = (): void => undefined
  let gate: Promise<void> = Promise.resolve()
  return {
    ledger: { ...ledger, commit: (...asked: Parameters<Ledger['commit']>) => gate.then(() => ledger.commit(...asked)) },
    close(): void {
      gate = new Promise((done) => {
        open = done
      })
    },
    open: () => open(),
  }
}

const ingest = async (supervisor: Supervisor, items: readonly Taken[]): Promise<string[]> => {
  const outcomes = await supervisor.ingest(
    items,
    items.map(() => null),
    { source: null, by: 'test' },
  )
  return outcomes.map(({ outcome }) => outcome)
}

let city: CityDay
let first: Taken[]
let second: Taken[]
let noon: Instant
let later: Instant
let files: FileStore
const opened: SupervisorHouse[] = []
const iso = (at: Instant): string => new Date(at).toISOString()

const openOn = async (store: Ledger & Records, at: Instant, ledger: Ledger = store): Promise<SupervisorHouse> => {
  const house = await openSupervisorOn(store, iso(at), { ledger, limits: { sliceCases: 10 } })
  opened.push(house)
  return house
}

beforeEach(async () => {
  city = cityDay(SEED)
  const some = someCases(city.taken, CASES)
  const random = seeded(SEED)
  // late ones, corrections and voids fall into either half
  first = some.filter(() => random() < 0.6)
  second = some.filter((taken) => !first.includes(taken))
  const last = Math.max(...some.map(({ fact }) => fact.at))
  noon = asInstant(last)
  later = asInstant(last + 40 * DAY_MS)
  files = openFiles()
  const before = await openOn(files.store, noon)
  await enactCatalogue(before.supervisor, city.catalogue, 'test')
  await ingest(before.supervisor, first)
  await before.supervisor.settled()
  await before.close()
})
afterEach(async () => {
  for (const house of opened.splice(0)) await house.close()
  await files.close()
})

/** What a store has that was never old, from the same facts at the same instants. */
const neverOld = async (withSecond: boolean) => {
  const store = openMemory()
  const house = await openOn(store, noon)
  await enactCatalogue(house.supervisor, city.catalogue, 'test')
  await ingest(house.supervisor, first)
  await house.supervisor.settled()
  await house.moveTo(iso(later))
  if (withSecond) await ingest(house.supervisor, second)
  await house.supervisor.settled()
  return standingOf(store)
}

describe('a store of an older engine', () => {
  it('J6, M7: says that it is rebuilding, is pending in the audit, and is in the end as if it had never been old', async () => {
    const old = rewrite(files.folder, OLD)
    expect(old).toBeGreaterThan(30)
    const gate = gateBefore(files.store)
    gate.close()
    const house = await openOn(files.store, later, gate.ledger)
    expect(house.supervisor.state()).toMatchObject({ rebuilding: true, rejudging: true })
    const report = await auditStore({ records: files.store })
    expect(report).toMatchObject({ pending: old })
    expect(report.findings.filter(({ what }) => what !== 'missed_turn')).toEqual([])
    gate.open()
    await house.supervisor.settled()
    expect(house.supervisor.state()).toMatchObject({ rebuilding: false, rejudging: false, apart: 0 })
    expect(await faultsOf(files)).toEqual([])
    expectAlike(await standingOf(files.store), await neverOld(false))
  })

  it('J6, F2: events for cases that no slice has reached are taken at once, their cases folded from all facts', async () => {
    rewrite(files.folder, OLD)
    const gate = gateBefore(files.store)
    gate.close()
    const house = await openOn(files.store, later, gate.ledger)
    const taking = ingest(house.supervisor, second)
    gate.open()
    const outcomes = await taking
    expect(new Set(outcomes)).toEqual(new Set(['accepted']))
    await house.supervisor.settled()
    expect(house.supervisor.state()).toMatchObject({ rebuilding: false, apart: 0 })
    expect(await faultsOf(files)).toEqual([])
    expectAlike(await standingOf(files.store), await neverOld(true))
  })

  it('J6, J4: turns that are due at once are taken from the facts as well', async () => {
    // as if the server had been down over many a limit, and every turn comes before any slice
    rewrite(files.folder, OLD)
    const due = await files.store.due(later, 1_000)
    expect(due.length).toBeGreaterThan(10)
    const house = await openOn(files.store, later)
    await house.supervisor.settled()
    expect(house.supervisor.state().apart).toBe(0)
    expectAlike(await standingOf(files.store), await neverOld(false))
  })

  it('J6: the page of such a case is folded from its facts, and tells what it told before', async () => {
    const { store } = files
    const gate = gateBefore(store)
    const house = await openOn(store, noon, gate.ledger)
    const parts = { supervisor: house.supervisor, records: store, reader: store, laws: openLawsThen(store) }
    const numbers = [...new Set(first.flatMap(({ fact }) => fact.projectNo ?? []))]
    const pages = () =>
      Promise.all(
        numbers.map((no) => readCase(parts, no, { personal: true, mayUrge: false, mayRead: async () => true })),
      )
    const before = await pages()
    expect(before.filter((page) => page !== null).length).toBeGreaterThan(30)
    rewrite(files.folder, OLD)
    expect(await pages()).toEqual(before)
  })

  it('J6: a case that was set apart under the older engine is tried again', async () => {
    rewrite(
      files.folder,
      `UPDATE cases SET engine = 0, state = '', apart = 'Error: old', next_turn_at = NULL WHERE id = 1`,
    )
    const house = await openOn(files.store, later)
    await house.supervisor.settled()
    expect(house.supervisor.state().apart).toBe(0)
    expectAlike(await standingOf(files.store), await neverOld(false))
  })
})

describe('a server on a store of an older engine', () => {
  it('J6, A5: starts, serves the case and the wall, tells its monitors, and settles clean', async () => {
    const house = await openHouse({ at: iso(noon), sources: ['east'] })
    try {
      await enactCatalogue(house.serving.supervisor, city.catalogue, 'test')
      await ingest(house.serving.supervisor, first)
      await house.serving.supervisor.settled()
      const no = first.find(({ fact }) => fact.type === 'ACCEPT')?.fact.projectNo ?? ''
      const page = await (await house.get(`/api/v1/cases/${no}`)).json()
      // the board as a fresh start draws it: that of a running one is up to a quarter of a second behind its last commit
      await house.reopen()
      const wall = await (await house.get('/api/v1/windows')).text()
      await house.reopen(() => {
        const rows = rewrite(house.folder, OLD)
        expect(rows).toBeGreaterThan(30)
      })
      expect(await (await house.get(`/api/v1/cases/${no}`)).json()).toEqual(page)
      await house.serving.supervisor.settled()
      expect(await (await house.get('/health')).json()).toMatchObject({ rebuilding: false, rejudging: false })
      expect(await (await house.get('/ready')).json()).toMatchObject({ ready: true, rebuilding: false })
      expect(await (await house.get('/api/v1/windows')).text()).toBe(wall)
      expect(await (await house.get(`/api/v1/cases/${no}`)).json()).toEqual(page)
    } finally {
      await house.close()
    }
  })
})
