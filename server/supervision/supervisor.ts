// The supervisor: the one line gather → plan → seal → commit → adopt → publish, one plan at a time, for facts, turns of
// the clock, moves of people and new law alike. Answers a receipt only after the commit; nothing after it can change
// the answer. A broken store stops the line, loudly. Rules: I4, I5, I7, J4, J6, L2.

import type { Delivered } from '../core/case/findings-ground.ts'
import type { Law } from '../core/law/law.ts'
import type { Taken } from '../core/plan.ts'
import type { Instant } from '../core/time/instant.ts'
import type { Batch, InputRow } from '../store/port.ts'
import { joinNumbers, type MoveAsked, moveCard, type Said } from './acts.ts'
import { type Afresh, type AfreshState, openAfresh } from './afresh.ts'
import { Busy } from './busy.ts'
import { judgeDelivered } from './delivered.ts'
import { Flights } from './flights.ts'
import { type IngestOutcome, ingestJobs, type Refused } from './ingest.ts'
import type { SupervisorLimits } from './limits.ts'
import { type Line, type LineParts, openLine } from './line.ts'
import type { AliasStep } from './numbers.ts'
import type { Subscriber } from './publish.ts'
import { Queue, type Queued } from './queue.ts'
import { Rest } from './rest.ts'
import { makeTurns } from './turns.ts'

export interface SupervisorParts extends Omit<LineParts, 'cachedCases'> {
  readonly limits: SupervisorLimits
  /** The store broke: nothing more is taken. Called once. */
  readonly onBroken: (error: Error) => void
}

export interface SupervisorState extends AfreshState {
  readonly queued: number
  readonly apart: number
  readonly broken: string | null
  readonly nextTurnAt: Instant | null
}

export interface Supervisor {
  readonly law: Law
  /** How far each batch source has delivered (I13). */
  readonly delivered: Delivered
  now(): Instant
  /** One outcome an event, in order, once everything accepted is durable. Throws Busy, having taken nothing. */
  ingest(
    items: readonly (Taken | Refused)[],
    raws: readonly (string | null)[],
    from: { readonly source: string | null; readonly by: string },
  ): Promise<IngestOutcome[]>
  /** `body` is a checked catalogue document, `canonical` its canonical text. Throws LawError, CalendarError. */
  loadCatalogue(body: Readonly<Record<string, unknown>>, canonical: string, by: string): Promise<{ entry: number }>
  move(asked: MoveAsked): Promise<{ refused: string } | { state: string }>
  /** Joins two numbers into one case, or undoes it (I11). */
  join(step: AliasStep, said: Said): Promise<{ refused: string } | { home: string }>
  /** The number under which a case is kept. */
  homeOf(projectNo: string): string
  /** Puts an input into the ledger that changes no case. */
  record(input: InputRow, fill?: (batch: Batch) => void): Promise<number>
  subscribe(subscriber: Subscriber): () => void
  /** Runs a reading between two commits: what it reads is one state, and nothing is published meanwhile. */
  between<T>(read: () => Promise<T>): Promise<T>
  /** Resolves when every turn up to now is taken, the queue is empty and no slice is left. */
  settled(): Promise<void>
  state(): SupervisorState
  close(): Promise<void>
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)))
const CLOSED = 'the supervisor is closed'

class Supervision implements Supervisor {
  readonly #line: Line
  readonly #parts: SupervisorParts
  readonly #queue = new Queue()
  readonly #turns: ReturnType<typeof makeTurns>
  readonly #afresh: Afresh
  readonly #flights = new Flights()
  readonly #rest = new Rest()
  #running: Promise<void> | null = null
  #broken: Error | null = null
  #closed = false

  constructor(line: Line, afresh: Afresh, parts: SupervisorParts) {
    this.#line = line
    this.#afresh = afresh
    this.#parts = parts
    this.#turns = makeTurns(
      parts.clock,
      () => line.now(),
      () => this.#run(),
    )
    line.subscribers.add({
      take: ({ changes }) => {
        for (const { judgement } of changes) this.#turns.consider(judgement?.nextTurnAt ?? null)
      },
      cut: (error) => this.#fail(asError(error)),
    })
  }

  async start(): Promise<this> {
    this.#turns.taken(await this.#line.records.nextTurnAt())
    this.#run()
    return this
  }

  get law(): Law {
    return this.#line.law
  }

  get delivered(): Delivered {
    return this.#line.deliveries.delivered
  }

  now(): Instant {
    return this.#line.now()
  }

  ingest(
    items: readonly (Taken | Refused)[],
    raws: readonly (string | null)[],
    from: { readonly source: string | null; readonly by: string },
  ): Promise<IngestOutcome[]> {
    const stopped = this.#stopped()
    if (stopped !== null) return Promise.reject(stopped)
    const { events } = this.#queue
    if (events > 0 && events + items.length > this.#parts.limits.queueEvents) return Promise.reject(new Busy(1))
    return new Promise((resolve, reject) => {
      const job = { items, raws, from: from.source ?? from.by }
      this.#queue.put({ job, resolve, reject })
      this.#afresh.heard()
      this.#run()
    })
  }

  loadCatalogue(body: Readonly<Record<string, unknown>>, canonical: string, by: string): Promise<{ entry: number }> {
    return this.between(async () => {
      const entry = await this.#line.enact(body, canonical, by)
      this.#afresh.again()
      return { entry }
    })
  }

  move(asked: MoveAsked): Promise<{ refused: string } | { state: string }> {
    return this.between(() => moveCard(this.#line, asked))
  }

  join(step: AliasStep, said: Said): Promise<{ refused: string } | { home: string }> {
    return this.between(() => joinNumbers(this.#line, step, said))
  }

  homeOf(projectNo: string): string {
    return this.#line.numbers.homeOf(projectNo)
  }

  record(input: InputRow, fill?: (batch: Batch) => void): Promise<number> {
    return this.between(() => this.#line.record([input], fill))
  }

  subscribe(subscriber: Subscriber): () => void {
    this.#line.subscribers.add(subscriber)
    return () => this.#line.subscribers.delete(subscriber)
  }

  between<T>(read: () => Promise<T>): Promise<T> {
    const stopped = this.#stopped()
    if (stopped !== null) return Promise.reject(stopped)
    return new Promise((resolve, reject) => {
      this.#queue.putErrand({ run: () => read().then(resolve, (error) => reject(asError(error))), reject })
      this.#run()
    })
  }

  async settled(): Promise<void> {
    this.#afresh.alone()
    this.#run()
    do {
      await this.#running
      await this.#flights.settled()
    } while (this.#running !== null)
    if (this.#broken !== null) throw this.#broken
  }

  state(): SupervisorState {
    return {
      queued: this.#queue.events,
      apart: this.#line.apart.size,
      ...this.#afresh.state(),
      broken: this.#broken?.message ?? null,
      nextTurnAt: this.#turns.next(),
    }
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#turns.stop()
    this.#rest.end()
    await this.#running
    await this.#flights.settled()
    this.#queue.refuseAll(new Error(CLOSED))
    await this.#parts.ledger.close()
    await this.#parts.records.close()
  }

  #stopped(): Error | null {
    return this.#broken ?? (this.#closed ? new Error(CLOSED) : null)
  }

  #run(): void {
    this.#rest.end()
    if (this.#running !== null || this.#stopped() !== null) return
    this.#running = this.#work().finally(() => {
      this.#running = null
      // what came between the last look and this moment found the line running, and would wait for the next comer
      if (this.#hasWork()) this.#run()
    })
  }

  #hasWork(): boolean {
    return this.#isAsked() || this.#afresh.isLeft()
  }

  /** Whether anything waits besides the slices of judging again. */
  #isAsked(): boolean {
    return !this.#queue.isEmpty || this.#line.deliveries.hasReady || this.#turns.isDue(this.#line.now())
  }

  async #work(): Promise<void> {
    try {
      while (!this.#closed && (await this.#once()));
    } catch (error) {
      this.#fail(asError(error))
    }
  }

  /** An errand, or a batch and after it something besides, or a rest; whether anything is left to do. */
  async #once(): Promise<boolean> {
    const errand = this.#queue.takeErrand()
    if (errand !== undefined) {
      await this.#flights.land(0)
      await errand.run()
    } else {
      if (this.#queue.events > 0) await this.#batch(this.#queue.take(this.#parts.limits.batchEvents))
      await this.#besides()
      const rest = this.#afresh.restMs(0) ?? 0
      if (rest > 0 && !this.#isAsked()) await this.#rest.take(rest)
    }
    return this.#hasWork()
  }

  /** One piece of what the clock, a delivery or a new law asks for. */
  async #besides(): Promise<void> {
    const isDue = this.#turns.isDue(this.#line.now())
    const { hasReady } = this.#line.deliveries
    const isSlice = this.#afresh.restMs(this.#queue.events) === 0
    if (isDue || hasReady || isSlice) await this.#flights.land(0)
    if (isDue) this.#turns.taken(await this.#afresh.turns())
    else if (hasReady) await judgeDelivered(this.#line, this.#parts.limits.sliceCases)
    else if (isSlice) await this.#afresh.slice()
  }

  /** Plans a batch and launches it; its receipts go out when it has landed. */
  async #batch(taken: readonly Queued[]): Promise<void> {
    const refuse = (error: unknown): void => {
      for (const queued of taken) queued.reject(asError(error))
    }
    try {
      const jobs = taken.map(({ job }) => job)
      const { answers, flight } = await ingestJobs(this.#line, jobs, this.#flights.underWay())
      const tell = (): void => {
        if (flight !== null) this.#flights.drop(flight)
        for (const [i, queued] of taken.entries()) queued.resolve([...(answers[i] ?? [])])
      }
      if (flight === null) tell()
      else {
        this.#flights.add(flight)
        flight.landed.then(tell, (error) => {
          refuse(error)
          this.#fail(asError(error))
        })
      }
    } catch (error) {
      refuse(error)
      throw error
    }
    await this.#flights.land(1)
  }

  #fail(error: Error): void {
    if (this.#broken !== null) return
    this.#broken = error
    this.#queue.refuseAll(error)
    this.#parts.onBroken(error)
  }
}

/** Opens the line over a store: reads the law, takes what is due, goes on where the last one stopped. */
export const openSupervisor = async (parts: SupervisorParts): Promise<Supervisor> => {
  const line = await openLine({ ...parts, cachedCases: parts.limits.cachedCases })
  return new Supervision(line, await openAfresh(line, parts.limits.sliceCases, parts.clock.mono), parts).start()
}
