// Walks (M7, A4, F2): steps that people, sources, the clock and the law can take, in a random seeded order, on a ledger's file.
// After every step the ledger verifies and its replay, caught up with the step, says the same in every column; at the end the
// recount is clean as well, and a fresh store fed the same facts in another order has the same cases.
// Steps stand in steps.ts, one maker a kind: a new kind of step is one row there.

import { rmSync } from 'node:fs'
import { struckBy } from '../../server/core/card/lateness.ts'
import { factKey } from '../../server/core/case/event.ts'
import { readFact } from '../../server/core/case/read.ts'
import type { CaseState } from '../../server/core/case/state.ts'
import type { Taken } from '../../server/core/sorting.ts'
import { asInstant } from '../../server/core/time/instant.ts'
import { verifyStore } from '../../server/evidence/verify.ts'
import { canonicalize } from '../../server/intake/canonical.ts'
import { openMemory } from '../../server/store/memory/store.ts'
import type { CaseRow, Records } from '../../server/store/port.ts'
import { openFrozen } from '../../server/store/sqlite/frozen.ts'
import { openScratch } from '../../server/store/sqlite/scratch.ts'
import { openTrail } from '../../server/store/sqlite/trail.ts'
import type { EntryRow } from '../../server/store/trail.ts'
import { openReplay } from '../../server/supervision/audit/replay.ts'
import { auditStore } from '../../server/supervision/audit.ts'
import { openDisk } from '../audit/ledger.ts'
import { seeded } from '../plan/city.ts'
import { openSupervisorOn, type SupervisorHouse } from '../supervision/house.ts'
import { begin, STEPS } from './steps.ts'
import type { Walker, WalkStep } from './walker.ts'

export interface WalkResult {
  /** What was done, in order. */
  readonly steps: readonly string[]
  /** What was amiss and after which step; empty: nothing. */
  readonly findings: readonly string[]
  /** What came about, and how often. */
  readonly counts: ReadonlyMap<string, number>
}

const START = '2026-04-20T09:00:00+08:00'

const verified = async (folder: string): Promise<string[]> => {
  const trail = openTrail(folder)
  const { findings } = await verifyStore(trail)
  await trail.close()
  return findings.map(({ kind, seq, detail }) => `verify ${kind} ${seq} ${detail}`)
}

/** Which kinds of commits the walk has made, and how many numbers stand in doubt at its end. */
const countCommits = async ({ disk, count }: Walker): Promise<void> => {
  const trail = openTrail(disk.folder)
  for (const { step } of await trail.links(0, 100_000)) count(`commit ${step.kind}`)
  await trail.close()
  for (const { row } of await disk.store.stale(-1, -1, '', 10_000))
    if (row.state !== '' && (JSON.parse(row.state) as CaseState).collision.length > 0) count('numbers in doubt')
}

/** What people did to the cards of a case, of which a fresh store knows nothing. */
interface Heard {
  /** A card of it stands, in the one order or the other, that its facts no longer make. */
  readonly isTold: boolean
  /** The card of a limit was declined. */
  readonly isDeclined: boolean
}

/**
 * What of a case hangs on its facts alone. Where a card of it stands that its facts no longer make, its place and whether it is in
 * hand are told as when the card was told, until somebody decides (F3, C5): then the folded case alone. Where somebody has declined
 * the card of a limit, the case is due by the telling that stands (C5, F5), and its place and next turn with it.
 */
const factual = (row: CaseRow, { isTold, isDeclined }: Heard): string => {
  const { projectNo, state, status, dueAt, inHand, nextTurnAt, region, department, item, source, window } = row
  if (isTold) return JSON.stringify({ projectNo, state, status })
  if (isDeclined) return JSON.stringify({ projectNo, state, status, inHand, item, source })
  return JSON.stringify({
    projectNo,
    state,
    status,
    dueAt,
    inHand,
    nextTurnAt,
    region,
    department,
    item,
    source,
    window,
  })
}

const casesOf = async (records: Records): Promise<Map<string, CaseRow>> => {
  const rows = (await records.stale(-1, -1, '', 10_000)).filter(({ row }) => row.status !== 'void')
  return new Map(rows.map(({ row }) => [row.projectNo, row]))
}

const heardOf = async (records: Records, projectNo: string): Promise<Heard> => {
  const cards = (await records.cases([projectNo])).get(projectNo)?.cards ?? []
  return { isTold: struckBy(cards) !== undefined, isDeclined: cards.some(({ declined = [] }) => declined.length > 0) }
}

const entriesOf = async (folder: string): Promise<EntryRow[]> => {
  const trail = openTrail(folder)
  const entries = await trail.entries(0, 100_000)
  await trail.close()
  return entries
}

/** One coming of one event: how it came the first time, or in a further way. */
interface Coming {
  readonly taken: Taken
  readonly source: string
  readonly importNo: number | null
}

const takenOf = ({ body, personal }: EntryRow, historical: number | null): Taken => ({
  fact: readFact(body, historical === null ? null : asInstant(historical)),
  body,
  personal,
})

/** Every coming of every event that the entries tell of. */
const comingsIn = (entries: readonly EntryRow[]): Coming[] => {
  const facts = new Map(
    entries.filter(({ kind }) => kind === 'fact').map((each) => [factKey(each.source, each.eventId ?? ''), each]),
  )
  const first = [...facts.values()].map((each) => {
    const { source, importNo, historical } = each
    return { taken: takenOf(each, historical), source, importNo }
  })
  const again = entries
    .filter(({ kind }) => kind === 'bringing')
    .flatMap(({ body }) => {
      const {
        import: importNo,
        historical,
        facts: brought,
      } = JSON.parse(body) as {
        import: number | null
        historical: number | null
        facts: [string, string][]
      }
      return brought.map(([source, eventId]) => {
        const kept = facts.get(factKey(source, eventId)) as EntryRow
        return { taken: takenOf(kept, historical), source, importNo }
      })
    })
  return [...first, ...again]
}

const shuffled = <T>(list: readonly T[], random: () => number): T[] => {
  const out = [...list]
  for (let i = out.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    const [a, b] = [out[i] as T, out[j] as T]
    out[i] = b
    out[j] = a
  }
  return out
}

/** What people said of facts and numbers, said again in its order. */
const sayAgain = async (house: SupervisorHouse, entries: readonly EntryRow[], imports: ReadonlyMap<number, number>) => {
  for (const { kind, body } of entries) {
    const said = JSON.parse(body)
    const by = { by: 'admin', why: '再说一次' }
    if (kind === 'alias')
      await house.supervisor.join(
        { alias: said.alias, home: said.project_no, joined: said.joined, source: said.source },
        by,
      )
    else if (kind === 'withdraw') await house.supervisor.withdraw({ id: String(imports.get(said.import)), ...by })
    else if (kind === 'one_case')
      await house.supervisor.sayOneCase({ projectNo: said.project_no, oneCase: said.one_case, ...by })
    else if (kind === 'void') await house.supervisor.voidFact({ source: said.source, eventId: said.event_id, ...by })
  }
}

/** A fresh store given the same law, imports and acts, and the events in another order. */
const fresh = async (walker: Walker, folder: string): Promise<string[]> => {
  const store = openMemory()
  const house = await openSupervisorOn(store, START)
  const entries = await entriesOf(folder)
  house.clock.set(walker.house.supervisor.now())
  const imports = new Map<number, number>()
  /** Entries of loads here, by those there: one that takes another back names it by its number. */
  const loads = new Map<number, number>()
  const load = async (seq: number, said: Record<string, unknown>, by: string): Promise<void> => {
    const back = typeof said.takes_back === 'number' ? { takes_back: loads.get(said.takes_back) ?? 0 } : {}
    const document = { ...said, ...back }
    loads.set(seq, (await house.supervisor.loadCatalogue(document, canonicalize(document as never), by)).entry)
  }
  for (const { seq, kind, body, source } of entries)
    if (kind === 'law') await load(seq, JSON.parse(body) as Record<string, unknown>, source)
    else if (kind === 'import') imports.set(seq, await house.supervisor.record({ kind: 'import', by: source, body }))
  for (const { taken, source, importNo } of shuffled(comingsIn(entries), walker.random)) {
    const way = importNo === null ? null : (imports.get(importNo) ?? null)
    await house.supervisor.ingest([taken], [null], { source, by: source, importNo: way })
  }
  await sayAgain(house, entries, imports)
  await house.supervisor.settled()
  const [is, should] = [await casesOf(walker.disk.store), await casesOf(store)]
  const odd: string[] = []
  for (const no of new Set([...is.keys(), ...should.keys()])) {
    const [here, there] = [await heardOf(walker.disk.store, no), await heardOf(store, no)]
    const heard = { isTold: here.isTold || there.isTold, isDeclined: here.isDeclined || there.isDeclined }
    if (heard.isTold) walker.count('told and struck')
    if (heard.isDeclined) walker.count('told and declined')
    const said = (row: CaseRow | undefined): string => (row === undefined ? 'no case' : factual(row, heard))
    const [found, right] = [said(is.get(no)), said(should.get(no))]
    if (found !== right) odd.push(`fresh ${no}: ${found} ≠ ${right}`)
  }
  await house.close()
  return odd
}

/** A step by its weight. */
export const drawn = (walker: Walker): WalkStep => {
  let left = walker.random() * STEPS.reduce((sum, { weight }) => sum + weight, 0)
  for (const step of STEPS) {
    left -= step.weight
    if (left < 0) return step
  }
  return STEPS[0] as WalkStep
}

/** Walks so many steps; stops at the first that leaves something amiss. */
export const walk = async (seed: number, count: number): Promise<WalkResult> => {
  const disk = openDisk()
  const counts = new Map<string, number>()
  const walker: Walker = {
    random: seeded(seed),
    disk,
    house: await openSupervisorOn(disk.store, START),
    events: [],
    cases: [],
    n: 0,
    count: (what) => counts.set(what, (counts.get(what) ?? 0) + 1),
  }
  const scratch = openScratch()
  const steps: string[] = []
  const findings: string[] = []
  try {
    await begin(walker)
    const replay = openReplay(scratch)
    for (let i = 0; i < count && findings.length === 0; i++) {
      const step = drawn(walker)
      const done = await step.take(walker)
      if (done !== null) walker.count(`step ${step.name}`)
      steps.push(`${step.name}: ${done ?? ''}`)
      await walker.house.supervisor.settled()
      findings.push(...(await verified(disk.folder)))
      const frozen = openFrozen(disk.folder)
      const { findings: found } = await replay.catchUp(frozen)
      frozen.close()
      findings.push(...found.map((each) => JSON.stringify(each)))
    }
    await countCommits(walker)
    const { findings: recount } = await auditStore({ records: disk.store })
    findings.push(...recount.map((each) => JSON.stringify(each)))
    if (findings.length === 0) findings.push(...(await fresh(walker, disk.folder)))
  } catch (error) {
    findings.push(error instanceof Error ? (error.stack ?? error.message) : String(error))
  } finally {
    scratch.close()
    await walker.house.close()
    await disk.close()
    rmSync(disk.folder, { recursive: true, force: true })
  }
  return { steps, findings, counts }
}
