// The one shadow: whatever the line knows ahead of the store, in one room. Batches that were launched and have not landed,
// with their facts and pinned cases; numbers, law, cases apart, deliveries, room of the quarantine, the last instant. The
// next plan is made upon it. Nothing here has an inverse: when a commit fails the whole is dropped and opened again from
// the store, so that memory then equals it. Rules: A6, L2, J5, M9 (entry instants).

import type { Said } from '../core/case/standing.ts'
import type { Law } from '../core/law/law.ts'
import type { CaseChange } from '../core/plan.ts'
import type { InPieces } from '../core/steps.ts'
import type { AnySubjectKind } from '../core/subject.ts'
import { asInstant, type Instant } from '../core/time/instant.ts'
import type { Batch, Records } from '../store/port.ts'
import { Flights } from './flights.ts'
import { lawOf } from './laws.ts'
import { type CaseNumbers, readNumbers, withOwn } from './numbers.ts'
import { openRoom, type QuarantineBounds, type Room } from './room.ts'
import { readSaid } from './said.ts'
import { openSubjects, type Subjects } from './subjects.ts'
import { type Deliveries, openDeliveries } from './waiting.ts'
import { makeWorld, type World } from './world.ts'

export interface Ahead {
  readonly law: Law
  /** Which numbers are one case (I11). */
  readonly numbers: CaseNumbers
  /** What people said of facts: imports withdrawn, facts made void (I14, F3). */
  readonly said: Said
  /** Who brought each import, by the number of its entry. */
  readonly importedBy: ReadonlyMap<number, string>
  /** Room for what is rejected (I6). */
  readonly room: Room
  readonly world: World
  /** How far batch sources have delivered, and what waits for them (I13). */
  readonly deliveries: Deliveries
  /** Subjects beside the cases (core/subject.ts). */
  readonly subjects: Subjects
  /** Cases set apart (J5). */
  readonly apart: ReadonlySet<string>
  readonly flights: Flights
  /** Of the last batch that was launched. */
  readonly lastAt: Instant
  /** Of the last entry that landed. */
  readonly lastSeq: number
  /** A batch is about to be committed: the next plan is made upon what it changes. Call the answer when it has landed. */
  launched(batch: Batch, changes: readonly CaseChange[]): (lastSeq: number) => void
  /** What only a landed step may put in force: the law, the numbers, what was said of facts. */
  landed(step: {
    readonly law?: Law
    readonly numbers?: CaseNumbers
    readonly said?: Said
    readonly imports?: readonly (readonly [importNo: number, by: string])[]
  }): void
}

const PAGE = 1_000

/** Every case set apart, however many there are (J5). */
const readApart = async (records: Records): Promise<Set<string>> => {
  const apart = new Set<string>()
  let after: string | undefined
  do {
    const page = await records.listCases({ apart: true, limit: PAGE, ...(after === undefined ? {} : { after }) })
    for (const { projectNo } of page.rows) apart.add(projectNo)
    after = page.next ?? undefined
  } while (after !== undefined)
  return apart
}

/** As the store has it: nothing is under way. */
export const openAhead = async (
  records: Records,
  bounds: {
    readonly cachedCases: number
    readonly quarantine: QuarantineBounds
    readonly inPieces: InPieces
    readonly subjects: readonly AnySubjectKind[]
  },
): Promise<Ahead> => {
  const head = await records.head()
  let law = await lawOf(records, bounds.inPieces)
  let numbers = readNumbers(await records.aliases(), law.numbering.own)
  let said = await readSaid(records)
  const importedBy = new Map((await records.inputs('import')).map(({ seq, by }) => [seq, by]))
  let lastSeq = head.seq
  let lastAt = head.at ?? asInstant(0)
  const world = makeWorld(bounds.cachedCases)
  const room = await openRoom(records, bounds.quarantine)
  const apart = await readApart(records)
  const deliveries = await openDeliveries(records, () => law)
  const subjects = await openSubjects(records, bounds.subjects)
  return {
    get law() {
      return law
    },
    get numbers() {
      return numbers
    },
    get said() {
      return said
    },
    get lastAt() {
      return lastAt
    },
    get lastSeq() {
      return lastSeq
    },
    importedBy,
    room,
    world,
    deliveries,
    subjects,
    apart,
    flights: new Flights(),
    launched(batch, changes) {
      lastAt = batch.at
      const release = world.adopt(changes)
      deliveries.heard(batch.sources)
      deliveries.consider(changes)
      subjects.launched(batch)
      return (seq) => {
        if (seq > 0) lastSeq = seq
        for (const change of changes) {
          if (change.apart === null) apart.delete(change.projectNo)
          else apart.add(change.projectNo)
        }
        release()
      }
    },
    landed(step) {
      if (step.numbers !== undefined) numbers = step.numbers
      if (step.said !== undefined) said = step.said
      for (const [importNo, by] of step.imports ?? []) importedBy.set(importNo, by)
      if (step.law === undefined) return
      law = step.law
      numbers = withOwn(numbers, law.numbering.own)
      world.clear()
    },
  }
}
