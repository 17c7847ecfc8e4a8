// The work of the line, one piece at a time: errands, batches of what is queued, turns of the clock, deliveries, slices of
// judging again; and what is done when a commit fails: the line is opened again from the store and waits until the store
// takes something. A broken store ends it, loudly. Rules: I5, J4, J6, A6.

import type { Instant } from '../core/time/instant.ts'
import { type Afresh, type AfreshState, nextTurnOf, openAfresh, type RejudgedFor } from './afresh.ts'
import { sendBatch } from './batch.ts'
import { Stopping } from './busy.ts'
import { Company, SMALL_EVENTS } from './company.ts'
import { judgeDelivered } from './delivered.ts'
import { Hold } from './hold.ts'
import type { SupervisorLimits } from './limits.ts'
import { type Line, type LineParts, openLine } from './line.ts'
import { cut, type Subscriber } from './publish.ts'
import { Queue, type Queued } from './queue.ts'
import { Rest } from './rest.ts'
import { emptyBatch } from './rows.ts'
import { makeTurns } from './turns.ts'
import { Unstored } from './unstored.ts'

export interface WorkParts extends Omit<LineParts, 'cachedCases'> {
  readonly limits: SupervisorLimits
  /** The store broke: nothing more is taken. Called once. */
  readonly onBroken: (error: Error) => void
}

export interface WorkState extends AfreshState {
  readonly queued: number
  readonly apart: number
  readonly broken: string | null
  /** The store takes nothing at present; it is tried again by itself (A6). */
  readonly withheld: Unstored['code'] | null
  readonly nextTurnAt: Instant | null
  /** By how much the clock stands before the last entry of the ledger. */
  readonly clockBehindMs: number
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)))

export class Work {
  readonly line: Line
  readonly #parts: WorkParts
  readonly #queue = new Queue()
  readonly #turns: ReturnType<typeof makeTurns>
  #afresh: Afresh
  readonly #hold: Hold
  readonly #own: Subscriber
  readonly #rest = new Rest()
  readonly #company: Company
  /** Who waits for the last slice of judging again. */
  readonly #waiting: { readonly resolve: () => void; readonly reject: (error: Error) => void }[] = []
  /** Called when the store takes something again. */
  onTaken: () => void = () => undefined
  #running: Promise<void> | null = null
  #broken: Error | null = null
  #closed = false

  constructor(line: Line, afresh: Afresh, parts: WorkParts) {
    this.line = line
    this.#afresh = afresh
    this.#parts = parts
    this.#turns = makeTurns(
      parts.clock,
      () => line.now(),
      () => this.#run(),
    )
    this.#company = new Company(parts.clock.mono, () => this.#queue.requests)
    this.#hold = new Hold(parts.limits.probeMs, () => this.#run())
    this.#own = {
      take: ({ changes, subjects = [] }) => {
        for (const { judgement } of changes) this.#turns.consider(judgement?.nextTurnAt ?? null)
        for (const { nextTurnAt } of subjects) this.#turns.consider(nextTurnAt)
      },
      cut: (error) => this.#fail(asError(error)),
    }
    line.subscribers.add(this.#own)
  }

  async start(): Promise<this> {
    this.#turns.taken(await nextTurnOf(this.line))
    this.#run()
    return this
  }

  /** Why nothing at all is done any more; null: it is. */
  get stopped(): Error | null {
    return this.#broken ?? (this.#closed ? new Stopping() : null)
  }

  /** Why nothing is written at present; null: it is. */
  get withheld(): Unstored | null {
    const { lost } = this.line
    return this.#hold.why ?? (lost instanceof Unstored ? lost : null)
  }

  /** Events that wait. */
  get queued(): number {
    return this.#queue.events
  }

  put(queued: Queued): void {
    this.#queue.put(queued)
    this.#company.heard()
    this.#afresh.heard()
    this.#run()
  }

  /** Runs an errand between two batches. */
  errand<T>(act: () => Promise<T>): Promise<T> {
    if (this.stopped !== null) return Promise.reject(this.stopped)
    return new Promise((resolve, reject) => {
      this.#queue.putErrand({ run: () => act().then(resolve, (error) => reject(asError(error))), reject })
      this.#company.end()
      this.#run()
    })
  }

  /** The law has changed: every case is to be judged again. */
  judgeAgain(why: RejudgedFor): void {
    this.#afresh.again(why)
  }

  /** Resolves when no case is left to be judged again; rejects where the work ends before, or the store takes nothing. */
  async rejudged(): Promise<void> {
    while (this.#afresh.isLeft()) {
      const cut = this.stopped ?? this.withheld
      if (cut !== null) throw cut
      await new Promise<void>((resolve, reject) => this.#waiting.push({ resolve, reject }))
    }
  }

  #tellRejudged(): void {
    const cut = this.stopped ?? this.withheld
    if (cut === null && this.#afresh.isLeft()) return
    for (const { resolve, reject } of this.#waiting.splice(0)) cut === null ? resolve() : reject(cut)
  }

  async settled(): Promise<void> {
    this.#afresh.alone()
    this.#run()
    do {
      await this.#running
      await this.line.flights.settled()
      // what landed meanwhile may have brought a turn that is due already
      if (this.#hasWork()) this.#run()
    } while (this.#running !== null)
    const stopped = this.#broken ?? this.#hold.why
    if (stopped !== null) throw stopped
  }

  state(): WorkState {
    return {
      queued: this.#queue.events,
      apart: this.line.apart.size + this.line.subjects.apart.length,
      ...this.#afresh.state(),
      broken: this.#broken?.message ?? null,
      withheld: this.withheld?.code ?? null,
      nextTurnAt: this.#turns.next(),
      clockBehindMs: this.line.behindMs(),
    }
  }

  /** Ends when what is under way has landed; what waits is refused. */
  async end(): Promise<void> {
    this.#closed = true
    this.#turns.stop()
    this.#hold.end()
    this.#rest.end()
    this.#company.end()
    await this.#running
    await this.line.flights.settled()
    this.#queue.refuseAll(new Stopping())
    this.#tellRejudged()
  }

  #run(): void {
    this.#rest.end()
    if (this.#running !== null || this.stopped !== null) return
    this.#running = this.#work().finally(() => {
      this.#running = null
      // what came between the last look and this moment found the line running, and would wait for the next comer
      if (this.#hasWork()) this.#run()
    })
  }

  #hasWork(): boolean {
    if (this.line.lost !== null || this.#queue.hasErrands) return true
    return this.#hold.why === null ? this.#isAsked() || this.#afresh.isLeft() : this.#hold.isDue
  }

  /** Whether anything waits besides the slices of judging again. */
  #isAsked(): boolean {
    return !this.#queue.isEmpty || this.line.deliveries.hasReady || this.#turns.isDue(this.line.now())
  }

  async #work(): Promise<void> {
    let goesOn = true
    while (goesOn && this.stopped === null) {
      try {
        goesOn = await this.#once()
        this.#tellRejudged()
      } catch (error) {
        // told to whoever waited; the line is lost, and opened again in the next round
        if (!(error instanceof Unstored)) this.#fail(asError(error))
      }
    }
  }

  /** A commit failed: memory is made equal to the store, and nothing is written until the store takes it again (A6). */
  async #recover(why: Error): Promise<void> {
    if (!(why instanceof Unstored)) throw why
    await this.line.reopen()
    const { sliceCases } = this.#parts.limits
    this.#afresh = await openAfresh(this.line, sliceCases, this.#parts.clock.mono)
    this.#turns.taken(await nextTurnOf(this.line))
    this.#hold.begin(why)
    if (this.#hold.why !== null) this.#queue.refuseEvents(this.#hold.why)
    for (const subscriber of this.line.subscribers) if (subscriber !== this.#own) cut(subscriber, why)
  }

  /** Tries the store with the smallest commit there is. */
  async #probe(): Promise<void> {
    await this.line.finish(emptyBatch(this.line.now(), 'turns', 'clock', { cases: [] }), [], 'clock')
    this.#hold.end()
    this.onTaken()
  }

  /** An errand, or a batch and after it something besides, or a rest; whether anything is left to do. */
  async #once(): Promise<boolean> {
    if (this.line.lost !== null) await this.#recover(this.line.lost)
    const errand = this.#queue.takeErrand()
    if (errand !== undefined) {
      // what failed is the line's to mend: the errand comes after it
      await this.line.flights.settled()
      if (this.line.lost !== null) await this.#recover(this.line.lost)
      await errand.run()
    } else if (this.#hold.why !== null) {
      if (this.#hold.isDue) await this.#probe()
    } else {
      if (this.#queue.events > 0) await this.#sendQueued()
      await this.#besides()
      const rest = this.#afresh.restMs(0) ?? 0
      if (rest > 0 && !this.#isAsked()) await this.#rest.take(rest)
    }
    return this.#hasWork()
  }

  /** The next batch of what is queued, planned while the one before is on its way; a small one waits for that and for company. */
  async #sendQueued(): Promise<void> {
    if (this.#queue.events < SMALL_EVENTS) {
      await this.line.flights.land(0)
      await this.#company.gathered()
    }
    await sendBatch(this.line, this.#queue.take(this.#parts.limits.batchEvents), {
      answered: (requests) => this.#company.answered(requests),
      lost: () => this.#run(),
    })
    await this.line.flights.land(1)
  }

  /** One piece of what the clock, a delivery or a new law asks for. */
  async #besides(): Promise<void> {
    const isDue = this.#turns.isDue(this.line.now())
    const { hasReady } = this.line.deliveries
    const isSlice = this.#afresh.restMs(this.#queue.events) === 0
    if (isDue || hasReady || isSlice) await this.line.flights.land(0)
    if (isDue) this.#turns.taken(await this.#afresh.turns())
    else if (hasReady) await judgeDelivered(this.line, this.#parts.limits.sliceCases)
    else if (isSlice) await this.#afresh.slice()
  }

  #fail(error: Error): void {
    if (this.#broken !== null) return
    this.#broken = error
    this.#queue.refuseAll(error)
    this.#tellRejudged()
    this.#parts.onBroken(error)
  }
}

/** Opens the line over a store: reads the law, takes what is due, goes on where the last one stopped. */
export const openWork = async (parts: WorkParts): Promise<Work> => {
  const line = await openLine({ ...parts, cachedCases: parts.limits.cachedCases })
  return new Work(line, await openAfresh(line, parts.limits.sliceCases, parts.clock.mono), parts).start()
}
