// Whose turn it is at the door (I5): requests begin in short lots with everybody else's turn in between, callers one after the
// other, so that many questions of one caller, however many at once, hold nobody: the others wait for one of them each, and
// not for all. Of one caller so many questions that read are in work at a time; the further ones wait in their order, past a
// bound they are told to come again. What a question costs by itself is its route's to bound.

import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Refusal } from '../office/refusal.ts'

/** Real ms of requests begun after which the others have their turn. */
const LOT_MS = 10
/** Questions that read, of one caller, that are in work at a time. */
const READING_AT_ONCE = 4
/** Questions of one caller that wait. */
const MOST_WAITING = 500
/** Steps in which what has been begun gets as far as its first wait. */
const HOPS = 12

const hop = async (): Promise<void> => {
  for (let n = 0; n < HOPS; n++) await null
}

type Begin = () => void

/** What one caller asks. */
class Caller {
  readonly reads: Begin[] = []
  readonly others: Begin[] = []
  reading = 0

  get isIdle(): boolean {
    return this.reading + this.reads.length + this.others.length === 0
  }
  /** Whether one that waits could begin. */
  get isReady(): boolean {
    return this.others.length > 0 || (this.reads.length > 0 && this.reading < READING_AT_ONCE)
  }
  queueOf(isReading: boolean): Begin[] {
    return isReading ? this.reads : this.others
  }
  begin(isReading: boolean, begin: Begin): void {
    if (isReading) this.reading += 1
    begin()
  }
  beginNext(): void {
    const isReading = this.others.length === 0
    const next = this.queueOf(isReading).shift()
    if (next !== undefined) this.begin(isReading, next)
  }
}

export interface Turns {
  /**
   * Calls `begin` at once, or when its turn has come. What it returns is to be called when the request has ended, begun or
   * not. null: too many of this caller wait already.
   */
  take(caller: string, isReading: boolean, begin: Begin): (() => void) | null
}

class Door implements Turns {
  readonly #mono: () => number
  readonly #callers = new Map<string, Caller>()
  /** Those of whom something could begin, in the order of their turns. */
  readonly #ready = new Set<string>()
  /** When the lot of this turn of the loop began; null: none has. */
  #lotFrom: number | null = null

  constructor(mono: () => number) {
    this.#mono = mono
  }

  take(name: string, isReading: boolean, begin: Begin): (() => void) | null {
    const caller = this.#callers.get(name) ?? new Caller()
    const queue = caller.queueOf(isReading)
    if (queue.length >= MOST_WAITING) return null
    this.#callers.set(name, caller)
    const mayBegin = queue.length === 0 && (!isReading || caller.reading < READING_AT_ONCE)
    if (mayBegin && this.#hasRoom()) caller.begin(isReading, begin)
    else {
      queue.push(begin)
      this.#note(name, caller)
    }
    let hasEnded = false
    return () => {
      if (hasEnded) return
      hasEnded = true
      const place = queue.indexOf(begin)
      if (place >= 0) queue.splice(place, 1)
      else if (isReading) caller.reading -= 1
      if (!caller.isIdle) this.#note(name, caller)
      else if (this.#callers.get(name) === caller) this.#callers.delete(name)
    }
  }

  /** Nobody waits for a turn, and the lot is not full. */
  #hasRoom(): boolean {
    return this.#ready.size === 0 && this.#mono() - this.#openLot() < LOT_MS
  }

  #openLot(): number {
    if (this.#lotFrom !== null) return this.#lotFrom
    setImmediate(() => {
      this.#lotFrom = null
      if (this.#ready.size > 0) void this.#work()
    })
    this.#lotFrom = this.#mono()
    return this.#lotFrom
  }

  #note(name: string, caller: Caller): void {
    if (!caller.isReady) return
    this.#ready.add(name)
    this.#openLot()
  }

  /** Begins what waits while the lot lasts, one of each caller after the other. */
  async #work(): Promise<void> {
    const from = this.#openLot()
    do {
      const [name] = this.#ready
      if (name === undefined) return
      this.#ready.delete(name)
      const caller = this.#callers.get(name)
      if (caller === undefined) continue
      caller.beginNext()
      this.#note(name, caller)
      await hop()
    } while (this.#mono() - from < LOT_MS)
  }
}

export const openTurns = (mono: () => number): Turns => new Door(mono)

/** One behind a key is its key's; who shows none that opens anything is known by the address alone. */
const callerOf = ({ identity, ip }: FastifyRequest): string =>
  identity === null || identity.id === 'anonymous' ? `address ${ip}` : `key ${identity.id}`

const READING: ReadonlySet<string> = new Set(['GET', 'HEAD'])

/** Lets the requests of the API in by turns; whether the house lives is asked past them. Call it when keys are read. */
export const letInByTurns = (app: FastifyInstance, mono: () => number): void => {
  const turns = openTurns(mono)
  app.addHook('onRequest', (request, reply, done) => {
    if (!request.url.startsWith('/api/')) return done()
    const end = turns.take(callerOf(request), READING.has(request.method), done)
    if (end !== null) reply.raw.once('close', end)
    else done(new Refusal('too_many_questions'))
  })
}
