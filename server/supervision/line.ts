// The end of the one line: groups → commit → adopt → publish. Whatever changes a case comes through `launch`: the next
// plan may begin while a commit is under way, and sees what it wrote; receipts and screens wait for it. What the line
// knows ahead of the store stands in one room (ahead.ts); a commit that fails loses all of it, and the line is to be
// opened again from the store before it launches anything more. Rules: L2, A6, M9 (entry instants), J5.

import type { Said } from '../core/case/standing.ts'
import { afterSteps } from '../core/law/build.ts'
import type { LawDocument } from '../core/law/documents.ts'
import type { Law } from '../core/law/law.ts'
import { regionSteps } from '../core/law/regions.ts'
import type { Deltas } from '../core/measure/count.ts'
import { codesTouched, planCodes } from '../core/measure/groups.ts'
import type { FactBound, Judging } from '../core/plan.ts'
import { type CaseChange, deltasOf, planRefold } from '../core/plan.ts'
import type { AnySubjectKind } from '../core/subject.ts'
import { SUBJECTS } from '../core/subjects/registry.ts'
import { asInstant, type Instant } from '../core/time/instant.ts'
import { type Batch, type InputRow, isLost, type Ledger, type Records } from '../store/port.ts'
import { type Ahead, openAhead } from './ahead.ts'
import { claimsOf, lostBy } from './claims.ts'
import type { Clock } from './clock.ts'
import type { Flight, Flights } from './flights.ts'
import { type AliasStep, afterStep, type CaseNumbers, factsByHome, movedBetween } from './numbers.ts'
import { isQuarantined, publish, type Subscriber } from './publish.ts'
import { QUARANTINE_BOUNDS, type QuarantineBounds, type Room } from './room.ts'
import { beforeOf, emptyBatch, keptOfCases, putCards, putChanges } from './rows.ts'
import { bearsIn } from './said.ts'
import { planSaying, type Saying } from './saying.ts'
import { openSlices, type Slices } from './slices.ts'
import type { Subjects } from './subjects.ts'
import { Unstored, unstoredBy } from './unstored.ts'
import type { Deliveries } from './waiting.ts'
import type { World } from './world.ts'

export interface LineParts {
  readonly ledger: Ledger
  /** Point look-ups for planning, on the thread that plans. */
  readonly records: Records
  readonly clock: Clock
  readonly cachedCases: number
  /** Of each source, in the quarantine (I5). */
  readonly quarantine?: QuarantineBounds
  /** Facts of one case and source (I5). */
  readonly factBound?: FactBound
  /** What has a clock and cards beside the cases; absent: the kinds that ship. */
  readonly subjects?: readonly AnySubjectKind[]
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
  /** What people said of facts: imports withdrawn, facts made void (I14, F3). */
  readonly said: Said
  /** Who brought each import, by the number of its entry. */
  readonly importedBy: ReadonlyMap<number, string>
  /** How far batch sources have delivered, and what waits for them (I13). */
  readonly deliveries: Deliveries
  /** Subjects beside the cases (core/subject.ts). */
  readonly subjects: Subjects
  /** Cases set apart (J5). */
  readonly apart: ReadonlySet<string>
  /** Facts of one case and source (I5). */
  readonly factBound: FactBound
  /** Batches under way, oldest first. */
  readonly flights: Flights
  /** What is long is planned in pieces, so that nobody waits for the whole (I5). */
  readonly slices: Slices
  /** Why a commit failed, until the line is opened again; nothing is launched meanwhile. */
  readonly lost: Error | null
  /** Drops all that is under way and reads everything from the store, as a fresh start does (A6). */
  reopen(): Promise<void>
  /** Supervision instant, never before the last commit's: entry instants never go backwards, whatever the clock does. */
  now(): Instant
  /** By how much the clock stands before the last entry; it is then read as that entry's instant (M9). */
  behindMs(): number
  judging(by: Judging['by'], at: Instant): Judging
  /**
   * Sends a batch with these changed cases to be committed and, after that, published. `isAlone`: only the store can tell
   * the next plan what came of it. Throws Unstored, having changed nothing, when the line is lost.
   */
  launch(batch: Batch, changes: readonly CaseChange[], by: Judging['by'], isAlone?: boolean): Promise<Flight>
  /** Launches a batch and waits until it has landed. */
  finish(batch: Batch, changes: readonly CaseChange[], by: Judging['by']): Promise<void>
  /** Commits inputs that change no case; the sequence of the first. */
  record(inputs: readonly InputRow[], fill?: (batch: Batch) => void): Promise<number>
  /** Joins two numbers into one case, or undoes it: both are folded again in the same commit (I11). */
  join(step: AliasStep, input: InputRow): Promise<void>
  /**
   * Says something of facts and folds the cases again that it touches, in one commit (F3, I14). `touched` in home numbers.
   */
  say(step: Saying & { readonly body: string }, said: Said, touched: readonly string[]): Promise<void>
  /** Records a catalogue document and puts the law that holds with it in force. */
  enact(body: LawDocument['body'], canonical: string, by: string): Promise<number>
}

/** Ends and voids come past it, so that a case that was flooded can still be put right; and some of each other source. */
export const factBoundOf = (most: number): FactBound => ({
  most,
  reserve: 50,
  inAll: most,
  least: Math.min(most, 200),
})

export const FACT_BOUND: FactBound = factBoundOf(2_000)

/** Whatever was accepted once, under whichever bound, is taken again. */
export const NO_BOUND: FactBound = factBoundOf(Number.POSITIVE_INFINITY)

/** From so many cases, or facts of one, on the others have their turn between planning and writing (I5). */
const MANY_CASES = 100
const MANY_FACTS = 500

const isLong = (changes: readonly CaseChange[]): boolean =>
  changes.length >= MANY_CASES || changes.some(({ state }) => (state?.facts ?? 0) >= MANY_FACTS)

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

export const openLine = async (parts: LineParts): Promise<Line> => {
  const { ledger, records, clock, cachedCases, quarantine = QUARANTINE_BOUNDS, subjects = SUBJECTS } = parts
  const slices = openSlices(clock.mono)
  const open = (): Promise<Ahead> => openAhead(records, { cachedCases, quarantine, inPieces: slices.run, subjects })
  let ahead = await open()
  let lost: Error | null = null
  /** Batches that follow on one that failed are refused by the ledger, wherever they are on their way. */
  let claims = await claimsOf(ledger)
  const subscribers = new Set<Subscriber>()

  const lose = (error: Error): Error => {
    lost ??= unstoredBy(error) ?? error
    return lost
  }
  const commit = async (batch: Batch): Promise<{ readonly firstSeq: number; readonly lastSeq: number }> => {
    if (lost !== null) throw lost
    batch.step.law = ahead.law.version
    try {
      const answer = await ledger.commit(batch, claims.next())
      if (isLost(answer)) throw lostBy(answer)
      return answer
    } catch (error) {
      throw lose(error instanceof Error ? error : new Error(String(error)))
    }
  }
  const line: Line = {
    get law() {
      return ahead.law
    },
    records,
    get numbers() {
      return ahead.numbers
    },
    get said() {
      return ahead.said
    },
    get importedBy() {
      return ahead.importedBy
    },
    get world() {
      return ahead.world
    },
    subscribers,
    slices,
    factBound: parts.factBound ?? FACT_BOUND,
    get room() {
      return ahead.room
    },
    get deliveries() {
      return ahead.deliveries
    },
    get subjects() {
      return ahead.subjects
    },
    get apart() {
      return ahead.apart
    },
    get flights() {
      return ahead.flights
    },
    get lost() {
      return lost
    },
    async reopen() {
      await ahead.flights.settled()
      ahead = await open()
      claims = await claimsOf(ledger)
      lost = null
    },
    now: () => asInstant(Math.max(clock.now(), ahead.lastAt)),
    behindMs: () => Math.max(0, ahead.lastAt - clock.now()),
    judging: (by, at) => ({ law: ahead.law, now: at, by, delivered: ahead.deliveries.delivered }),
    async launch(batch, changes, by, isAlone = false) {
      if (isLong(changes)) await line.slices.rest()
      const deltas = deltasOf(changes)
      putChanges(batch, changes, ahead.law.version)
      const hasGroups = await putGroups(records, batch, deltas, line.judging(by, batch.at))
      ahead.subjects.putFacts(batch, line.judging('facts', batch.at))
      const totals = [...deltas.values()].filter(({ n }) => n !== 0)
      if (isLong(changes)) await line.slices.rest()
      if (lost !== null) throw lost
      const { flights } = ahead
      const adopt = ahead.launched(batch, changes)
      const { at, facts, cards, sources } = batch
      const landed = commit(batch).then(({ lastSeq }) => {
        adopt(lastSeq)
        flights.drop(flight)
        const told = { at, law: ahead.law, changes, subjects: batch.subjects ?? [], cards, totals, sources }
        publish(subscribers, { ...told, quarantined: isQuarantined(batch) })
      })
      // heard by whoever waits for it; until then it must not count as unheard
      landed.catch(() => undefined)
      const unfit = changes.some(({ state, apart: why }) => state === null || why !== null)
      const hasVoid = facts.some((fact) => fact.voids !== null)
      const flight: Flight = { facts, at, alone: isAlone || hasGroups || unfit || hasVoid, landed }
      flights.add(flight)
      return flight
    },
    async finish(batch, changes, by) {
      await (await line.launch(batch, changes, by)).landed
    },
    async record(inputs, fill) {
      const kind = inputs[0]?.kind ?? 'quarantine'
      const batch = emptyBatch(line.now(), kind === 'bringing' ? 'facts' : kind, inputs[0]?.by ?? '')
      batch.inputs.push(...inputs)
      fill?.(batch)
      const { firstSeq, lastSeq } = await commit(batch)
      ahead.launched(batch, [])(lastSeq)
      const imports = inputs.flatMap(({ kind: of, by }, i) => (of === 'import' ? [[firstSeq + i, by] as const] : []))
      ahead.landed({ imports })
      if (imports.length > 0) {
        const begun = inputs.flatMap(({ kind: of, body }, i) => (of === 'import' ? [{ seq: firstSeq + i, body }] : []))
        ahead.landed({ said: { ...ahead.said, bears: new Map([...ahead.said.bears, ...bearsIn(begun)]) } })
      }
      for (const card of batch.cards) if (card.projectNo !== null) ahead.world.forget(card.projectNo)
      const quarantined = isQuarantined(batch)
      const nothing = { changes: [], totals: [], sources: [] }
      publish(subscribers, { at: batch.at, law: ahead.law, ...nothing, cards: batch.cards, quarantined })
      return firstSeq
    },
    async join(step, input) {
      const batch = emptyBatch(line.now(), 'alias', input.by)
      batch.inputs.push(input)
      const numbers = afterStep(ahead.numbers, step)
      const both = new Set([step.home, step.alias, ...movedBetween(ahead.numbers, numbers)])
      const stored = await records.cases([...both])
      const befores = new Map([...both].map((no) => [no, beforeOf(stored.get(no) ?? null, ahead.law)]))
      const facts = await factsByHome(records, numbers, both)
      // what it would lift is asked about, and not of whoever joined them (C5)
      const lifts = [{ kind: 'alias', source: null, ref: step.alias, type: null, at: null, by: input.by }] as const
      const changes = planRefold(
        befores,
        { of: keptOfCases(facts), said: ahead.said },
        { ...line.judging('facts', batch.at), lifts },
      )
      await line.finish(batch, changes, 'facts')
      ahead.landed({ numbers })
    },
    async say({ kind, by, body, ref }, said, touched) {
      const batch = emptyBatch(line.now(), kind, by)
      batch.inputs.push({ kind, by, body })
      // what waits by an import goes with it (I14)
      if (kind === 'withdraw') batch.quarantineSteps = { gone: [], resolved: [], withdrawn: [Number(ref)] }
      const changes = await planSaying(line, { kind, by, ref }, { said, touched, at: batch.at })
      await line.finish(batch, changes, 'facts')
      ahead.landed({ said })
    },
    async enact(body, canonical, by) {
      const document = { entry: ahead.lastSeq + 1, body }
      // an errand: nothing is launched while others than writers have their turn
      const law = await line.slices.run(afterSteps(ahead.law, document))
      await line.slices.run(regionSteps(law))
      const batch = emptyBatch(line.now(), 'law', by)
      batch.inputs.push({ kind: 'law', by, body: canonical })
      const { firstSeq, lastSeq } = await commit(batch)
      // stored, and not as it was planned: only the store can say what holds
      if (firstSeq !== document.entry)
        throw lose(new Unstored('storage_failed', `law entry ${firstSeq} was planned as ${document.entry}`))
      ahead.launched(batch, [])(lastSeq)
      ahead.landed({ law })
      publish(subscribers, { at: batch.at, law, changes: [], cards: [], totals: [], sources: [], lawChanged: true })
      return firstSeq
    },
  }
  return line
}
