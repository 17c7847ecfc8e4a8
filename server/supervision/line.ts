// The end of the one line: groups → commit → adopt → publish, and what the line knows of itself: the law in force, the
// last entry, the last instant. Whatever changes a case comes through `launch`: the next plan may begin while a commit
// is under way, and sees what it wrote; receipts and screens wait for it. Rules: L2, M9 (entry instants), J5.

import { buildLaw, type LawDocument, lawAfter } from '../core/law/build.ts'
import type { Law } from '../core/law/law.ts'
import type { Deltas } from '../core/measure/count.ts'
import { codesTouched, planCodes } from '../core/measure/groups.ts'
import type { Judging } from '../core/plan.ts'
import { type CaseChange, deltasOf, planRefold } from '../core/plan.ts'
import { asInstant, type Instant } from '../core/time/instant.ts'
import type { Batch, FactRow, InputRow, Ledger, Records } from '../store/port.ts'
import type { Clock } from './clock.ts'
import { type AliasStep, afterStep, type CaseNumbers, factsByHome, readNumbers } from './numbers.ts'
import { publish, type Subscriber } from './publish.ts'
import { openRoom, QUARANTINE_BOUNDS, type QuarantineBounds, type Room } from './room.ts'
import { beforeOf, emptyBatch, factsOfCases, putCards, putChanges } from './rows.ts'
import { type Deliveries, openDeliveries } from './waiting.ts'
import { makeWorld, type World } from './world.ts'

export interface LineParts {
  readonly ledger: Ledger
  /** Point look-ups for planning, on the thread that plans. */
  readonly records: Records
  readonly clock: Clock
  readonly cachedCases: number
  /** Of each source, in the quarantine (I5). */
  readonly quarantine?: QuarantineBounds
}

/** A batch on its way to the disk. Should it fail, the line is broken and nothing after it is answered. */
export interface Flight {
  readonly facts: readonly FactRow[]
  readonly at: Instant
  /** The next plan needs what only the store can say of it: it waits until this one has landed. */
  readonly alone: boolean
  /** Resolves when the batch is durable and published. */
  readonly landed: Promise<void>
}

export interface Line {
  readonly law: Law
  readonly records: Records
  readonly world: World
  readonly subscribers: Set<Subscriber>
  /** Room for what is rejected (I6). */
  readonly room: Room
  /** Which numbers are one case (I11). */
  readonly numbers: CaseNumbers
  /** How far batch sources have delivered, and what waits for them (I13). */
  readonly deliveries: Deliveries
  /** Cases set apart (J5). */
  readonly apart: ReadonlySet<string>
  /** Supervision instant, never before the last commit's: entry instants never go backwards, whatever the clock does. */
  now(): Instant
  judging(by: Judging['by'], at: Instant): Judging
  /** Sends a batch with these changed cases to be committed and, after that, published. */
  launch(batch: Batch, changes: readonly CaseChange[], by: Judging['by']): Promise<Flight>
  /** Launches a batch and waits until it has landed. */
  finish(batch: Batch, changes: readonly CaseChange[], by: Judging['by']): Promise<void>
  /** Commits inputs that change no case; the sequence of the first. */
  record(inputs: readonly InputRow[], fill?: (batch: Batch) => void): Promise<number>
  /** Joins two numbers into one case, or undoes it: both are folded again in the same commit (I11). */
  join(step: AliasStep, input: InputRow): Promise<void>
  /** Records a catalogue document and puts the law that holds with it in force. */
  enact(body: LawDocument['body'], canonical: string, by: string): Promise<number>
}

/** Every day a group may have sums on. */
const EVER = 1_000_000

/** Judges the groups that the deltas move; whether there were any. */
const putGroups = async (records: Records, batch: Batch, deltas: Deltas, judging: Judging): Promise<boolean> => {
  const codes = codesTouched(deltas)
  if (codes.length === 0) return false
  const daily = await records.daily('code', codes, ['unlisted'], -EVER, EVER)
  const cards = await records.cardsOf('code', codes)
  for (const group of planCodes(codes, deltas, { daily, cards }, judging)) putCards(batch, group.changed, group.moves)
  return true
}

const APART_SHOWN = 1_000

export const openLine = async (parts: LineParts): Promise<Line> => {
  const { ledger, records, clock } = parts
  const head = await records.head()
  let law = buildLaw((await records.laws()).map(({ seq, body }) => ({ entry: seq, body: JSON.parse(body) })))
  let lastSeq = head.seq
  let lastAt = head.at ?? asInstant(0)
  const world = makeWorld(parts.cachedCases)
  const subscribers = new Set<Subscriber>()
  const room = await openRoom(records, parts.quarantine ?? QUARANTINE_BOUNDS)
  const { rows } = await records.listCases({ apart: true, limit: APART_SHOWN })
  const apart = new Set(rows.map((row) => row.projectNo))
  let numbers = readNumbers(await records.aliases())
  const deliveries = await openDeliveries(records, () => law)

  const commit = async (batch: Batch): Promise<number> => {
    batch.step.law = law.version
    const { firstSeq, lastSeq: last } = await ledger.commit(batch)
    if (last > 0) lastSeq = last
    lastAt = batch.at
    return firstSeq
  }
  const adopt = (changes: readonly CaseChange[]): (() => void) => {
    for (const change of changes) {
      if (change.apart === null) apart.delete(change.projectNo)
      else apart.add(change.projectNo)
    }
    return world.adopt(changes)
  }
  const line: Line = {
    get law() {
      return law
    },
    records,
    get numbers() {
      return numbers
    },
    world,
    subscribers,
    room,
    deliveries,
    apart,
    now: () => asInstant(Math.max(clock.now(), lastAt)),
    judging: (by, at) => ({ law, now: at, by, delivered: deliveries.delivered }),
    async launch(batch, changes, by) {
      const deltas = deltasOf(changes)
      putChanges(batch, changes, law.version)
      const hasGroups = await putGroups(records, batch, deltas, line.judging(by, batch.at))
      for (const delta of deltas.values()) if (delta.n !== 0) batch.totals.push(delta)
      const release = adopt(changes)
      deliveries.heard(batch.sources)
      deliveries.consider(changes)
      lastAt = batch.at
      const { at, facts, cards, totals, sources } = batch
      const landed = commit(batch).then(() => {
        release()
        publish(subscribers, { at, law, changes, cards, totals, sources })
      })
      // heard by whoever waits for it; until then it must not count as unheard
      landed.catch(() => undefined)
      const unfit = changes.some(({ state, apart: why }) => state === null || why !== null)
      return { facts, at, alone: hasGroups || unfit || facts.some((fact) => fact.voids !== null), landed }
    },
    async finish(batch, changes, by) {
      await (await line.launch(batch, changes, by)).landed
    },
    async record(inputs, fill) {
      const batch = emptyBatch(line.now(), inputs[0]?.kind ?? 'quarantine', inputs[0]?.by ?? '')
      batch.inputs.push(...inputs)
      fill?.(batch)
      const seq = await commit(batch)
      for (const card of batch.cards) if (card.projectNo !== null) world.forget(card.projectNo)
      publish(subscribers, { at: batch.at, law, changes: [], cards: batch.cards, totals: [], sources: [] })
      return seq
    },
    async join(step, input) {
      const batch = emptyBatch(line.now(), 'alias', input.by)
      batch.inputs.push(input)
      const both = [step.home, step.alias]
      const next = afterStep(numbers, step)
      const stored = await records.cases(both)
      const befores = new Map(both.map((no) => [no, beforeOf(stored.get(no) ?? null)]))
      const facts = await factsByHome(records, next, both)
      // what it would lift is asked about, and not of whoever joined them (C5)
      const lifts = [{ kind: 'alias', source: null, ref: step.alias, type: null, at: null, by: input.by }] as const
      const changes = planRefold(befores, factsOfCases(facts), { ...line.judging('facts', batch.at), lifts })
      numbers = next
      await line.finish(batch, changes, 'facts')
    },
    async enact(body, canonical, by) {
      const document = { entry: lastSeq + 1, body }
      const next = lawAfter(law, document)
      const batch = emptyBatch(line.now(), 'law', by)
      batch.inputs.push({ kind: 'law', by, body: canonical })
      const seq = await commit(batch)
      if (seq !== document.entry) throw new Error(`law entry ${seq} was planned as ${document.entry}`)
      law = next
      world.clear()
      publish(subscribers, { at: batch.at, law, changes: [], cards: [], totals: [], sources: [], lawChanged: true })
      return seq
    },
  }
  return line
}
