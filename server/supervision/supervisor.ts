// The supervisor: the one line gather → plan → seal → commit → adopt → publish, one plan at a time, for facts, turns of
// the clock, moves of people and new law alike. Answers a receipt only after the commit; nothing after it can change
// the answer. A commit that fails loses all that is under way: the line is opened again from the store and waits for
// room; a broken store stops it, loudly. Rules: I4, I5, I7, J4, J6, L2, A6.

import type { NamePair } from '../contract/import-names.ts'
import type { Delivered } from '../core/case/findings-ground.ts'
import type { Said as SaidOfFacts } from '../core/case/standing.ts'
import type { Law } from '../core/law/law.ts'
import type { Taken } from '../core/plan.ts'
import type { Steps } from '../core/steps.ts'
import type { Instant } from '../core/time/instant.ts'
import type { Batch, InputRow } from '../store/port.ts'
import { joinNumbers, type MoveAsked, moveCard, type OneCaseSaid, type Said, sayOneCase } from './acts.ts'
import { Busy } from './busy.ts'
import type { HandedBy, IngestOutcome, Refused } from './ingest.ts'
import type { Line } from './line.ts'
import { type KeptAsked, namesKeptIn } from './names-kept.ts'
import type { AliasStep, CaseNumbers } from './numbers.ts'
import {
  type Deciding,
  decideProposal,
  type Proposal,
  type ProposedStep,
  proposeAlias,
  type Refused as RefusedProposal,
} from './proposals.ts'
import type { Subscriber } from './publish.ts'
import { renumberOn } from './renumbering.ts'
import type { ImportBegun } from './said.ts'
import {
  beginImport,
  beginWeighing,
  refoldWithdrawn,
  type VoidAsked,
  voidFact,
  type WithdrawAsked,
  type WithdrawalWeighed,
  weighSlice,
  withdrawImport,
} from './takings-back.ts'
import { undeclarings } from './undeclare.ts'
import { Unstored } from './unstored.ts'
import { openWork, type Work, type WorkParts, type WorkState } from './work.ts'

export interface Supervisor {
  readonly law: Law
  /** How far each batch source has delivered (I13). */
  readonly delivered: Delivered
  now(): Instant
  /** One outcome an event, in order, once everything accepted is durable. Throws Busy or Unstored, having taken nothing. */
  ingest(
    items: readonly (Taken | Refused)[],
    raws: readonly (string | null)[],
    from: HandedBy,
  ): Promise<IngestOutcome[]>
  /** An import that is to bring events: its entry number, which they bear (I14). */
  beginImport(asked: ImportBegun): Promise<number>
  /** By which names the very file was let in before (I15); null: it was not, or is withdrawn. */
  namesKept(asked: KeptAsked): Promise<readonly NamePair[] | null>
  /** Takes back a whole import in one act, carried out in slices (I14). */
  withdraw(asked: WithdrawAsked): Promise<{ refused: string } | { withdrawn: number }>
  /** What taking back an import (the number of its entry) would do; nothing is written. */
  weighWithdrawal(importNo: number): Promise<WithdrawalWeighed>
  /** An administrator makes a fact of any source void (F3). */
  voidFact(asked: VoidAsked): Promise<{ refused: string } | { project_no: string | null }>
  /** `body` is a checked catalogue document, `canonical` its canonical text. Throws LawError, CalendarError. */
  loadCatalogue(body: Readonly<Record<string, unknown>>, canonical: string, by: string): Promise<{ entry: number }>
  move(asked: MoveAsked): Promise<{ refused: string } | { state: string }>
  /** Joins two numbers into one case, or undoes it (I11). */
  join(step: AliasStep, said: Said): Promise<{ refused: string } | { home: string }>
  /** A joining that a source asks for and a person is to decide (I11). */
  propose(step: ProposedStep, said: Said): Promise<RefusedProposal | { proposal: number }>
  decide(asked: Deciding): Promise<RefusedProposal | { state: Proposal['state']; home: string }>
  /** A number that sources give several items is one case, or doubtful again (I11). */
  sayOneCase(asked: OneCaseSaid): Promise<{ refused: string } | { project_no: string }>
  /** What people said of facts and of numbers. */
  readonly said: SaidOfFacts
  /** Which numbers are one case, and whose are their own (I11). */
  readonly numbers: CaseNumbers
  /** The number under which a case is kept. */
  homeOf(projectNo: string): string
  /** Puts an input into the ledger that changes no case. */
  record(input: InputRow, fill?: (batch: Batch) => void): Promise<number>
  subscribe(subscriber: Subscriber): () => void
  /** Runs a reading between two commits: what it reads is one state, and nothing is published meanwhile. */
  between<T>(read: () => Promise<T>): Promise<T>
  /** Drives long work that writes nothing, everybody else's turn in between (I5). */
  inPieces<R>(work: Steps<R>): Promise<R>
  /** Resolves when every turn up to now is taken, the queue is empty and no slice is left. */
  settled(): Promise<void>
  state(): WorkState
  close(): Promise<void>
}

const NAMES_OF_A_DOCUMENT: ReadonlySet<string> = new Set(['catalogue', 'valid_from', 'sources'])

/** A document that says what sources can send, and nothing of items, rules and calendars. */
const isOfSources = (body: Readonly<Record<string, unknown>>): boolean =>
  Object.keys(body).every((key) => NAMES_OF_A_DOCUMENT.has(key))

class Supervision implements Supervisor {
  readonly #work: Work
  readonly #parts: WorkParts

  constructor(work: Work, parts: WorkParts) {
    this.#work = work
    this.#parts = parts
    work.onTaken = () => this.goOn()
  }

  get law(): Law {
    return this.#work.line.law
  }

  get said(): SaidOfFacts {
    return this.#work.line.said
  }

  get numbers(): CaseNumbers {
    return this.#work.line.numbers
  }

  get delivered(): Delivered {
    return this.#work.line.deliveries.delivered
  }

  now(): Instant {
    return this.#work.line.now()
  }

  ingest(
    items: readonly (Taken | Refused)[],
    raws: readonly (string | null)[],
    from: HandedBy,
  ): Promise<IngestOutcome[]> {
    const refused = this.#work.stopped ?? this.#work.withheld
    if (refused !== null) return Promise.reject(refused)
    const { queued } = this.#work
    if (queued > 0 && queued + items.length > this.#parts.limits.queueEvents) return Promise.reject(new Busy(1))
    return new Promise((resolve, reject) => {
      const job = {
        items,
        raws,
        from: from.source ?? from.by,
        importNo: from.importNo ?? null,
        person: from.person ?? null,
      }
      this.#work.put({ job, resolve, reject })
    })
  }

  beginImport(asked: ImportBegun): Promise<number> {
    return this.#write(() => beginImport(this.#work.line, asked))
  }

  async namesKept(asked: KeptAsked): Promise<readonly NamePair[] | null> {
    const { records, said } = this.#work.line
    return namesKeptIn(await records.inputs('import'), said.withdrawn, asked)
  }

  voidFact(asked: VoidAsked): Promise<{ refused: string } | { project_no: string | null }> {
    return this.#write(() => voidFact(this.#work.line, asked))
  }

  async withdraw(asked: WithdrawAsked): Promise<{ refused: string } | { withdrawn: number }> {
    const begun = await this.#write(() => withdrawImport(this.#work.line, asked))
    // asked again, what a stop cut short is done
    if ('refused' in begun && begun.refused !== 'already_withdrawn') return begun
    await this.#unlessWithheld(this.#refoldOn())
    for (const { body, canonical } of await undeclarings(this.#work.line.records, asked.why))
      await this.loadCatalogue(body, canonical, asked.by)
    return begun
  }

  async weighWithdrawal(importNo: number): Promise<WithdrawalWeighed> {
    const weighing = beginWeighing(this.#parts.limits.weighedCases)
    while (weighing.after !== null) {
      await this.between(() => weighSlice(this.#work.line, importNo, weighing))
      await this.#work.line.slices.rest()
    }
    return weighing.found
  }

  /** Goes on with what a stop, or a commit that failed, cut short; whatever stops it again is told by the line. */
  goOn(): void {
    this.#refoldOn().catch(() => undefined)
  }

  /** What was said stands: where the store takes the rest of it no more, that goes on by itself once it does (A6). */
  async #unlessWithheld(rest: Promise<void>): Promise<void> {
    try {
      await rest
    } catch (error) {
      if (!(error instanceof Unstored)) throw error
    }
  }

  /** Carries out what of a withdrawal or a renumbering is left. */
  async #refoldOn(): Promise<void> {
    await this.#goOn(refoldWithdrawn)
    await this.#renumberOn()
  }

  /** What a law lifts it lifts by itself (J6); of what other numbers would lift a person is asked, and that comes after it. */
  async #renumberOn(): Promise<void> {
    if (this.#work.line.law.numbering.changes.length > 0) await this.#work.rejudged()
    await this.#goOn(renumberOn)
  }

  /** Slice by slice, between batches. */
  async #goOn(slice: (line: Line) => Promise<boolean>): Promise<void> {
    while (await this.#write(() => slice(this.#work.line))) await this.#work.line.slices.rest()
  }

  async loadCatalogue(
    body: Readonly<Record<string, unknown>>,
    canonical: string,
    by: string,
  ): Promise<{ entry: number }> {
    const enacted = await this.#write(async () => {
      const entry = await this.#work.line.enact(body, canonical, by)
      this.#work.judgeAgain(isOfSources(body) ? 'sources' : 'law')
      return { entry }
    })
    await this.#unlessWithheld(this.#renumberOn())
    return enacted
  }

  move(asked: MoveAsked): Promise<{ refused: string } | { state: string }> {
    return this.#write(() => moveCard(this.#work.line, asked))
  }

  join(step: AliasStep, said: Said): Promise<{ refused: string } | { home: string }> {
    return this.#write(() => joinNumbers(this.#work.line, step, said))
  }

  propose(step: ProposedStep, said: Said): Promise<RefusedProposal | { proposal: number }> {
    return this.#write(() => proposeAlias(this.#work.line, step, said))
  }

  decide(asked: Deciding): Promise<RefusedProposal | { state: Proposal['state']; home: string }> {
    return this.#write(() => decideProposal(this.#work.line, asked))
  }

  sayOneCase(asked: OneCaseSaid): Promise<{ refused: string } | { project_no: string }> {
    return this.#write(() => sayOneCase(this.#work.line, asked))
  }

  homeOf(projectNo: string): string {
    return this.#work.line.numbers.homeOf(projectNo)
  }

  record(input: InputRow, fill?: (batch: Batch) => void): Promise<number> {
    return this.#write(() => this.#work.line.record([input], fill))
  }

  subscribe(subscriber: Subscriber): () => void {
    this.#work.line.subscribers.add(subscriber)
    return () => this.#work.line.subscribers.delete(subscriber)
  }

  between<T>(read: () => Promise<T>): Promise<T> {
    return this.#work.errand(read)
  }

  inPieces<R>(work: Steps<R>): Promise<R> {
    return this.#work.line.slices.run(work)
  }

  settled(): Promise<void> {
    return this.#work.settled()
  }

  state(): WorkState {
    return this.#work.state()
  }

  async close(): Promise<void> {
    await this.#work.end()
    await this.#parts.ledger.close()
    await this.#parts.records.close()
  }

  /** An errand that writes: refused at once while the store takes nothing. */
  #write<T>(act: () => Promise<T>): Promise<T> {
    const { withheld } = this.#work
    return withheld === null ? this.#work.errand(act) : Promise.reject(withheld)
  }
}

export const openSupervisor = async (parts: WorkParts): Promise<Supervisor> => {
  const supervision = new Supervision(await openWork(parts), parts)
  supervision.goOn()
  return supervision
}
