// The demonstration: loads the invented city's past through the front door, then plays its present at the supervision
// clock, without end, until stopped. It knows nothing of the server but its HTTP contract: what it can do, any feed can.

import type { City } from '../../fixtures/city/catalogue.ts'
import type { OfficeCalendar } from '../../fixtures/city/office.ts'
import { playCity, type Sent } from '../../fixtures/city/play.ts'
import type { Instant } from '../core/time/instant.ts'
import { answerCards } from './answers.ts'
import { type DemoNote, DemoRefused, type Feed, openFeed, pause, type Tally } from './feed.ts'

export { type DemoNote, DemoRefused }

/** A city with a handful of lit windows on the Tuesday before National Day 2026. */
export const DEMO_SEED = 2

export interface DemoOptions {
  /** http://127.0.0.1:8080, without a slash at the end. */
  readonly baseUrl: string
  /** Key of each source by its name, and of a supervisor under `office`. */
  readonly keys: Readonly<Record<string, string>>
  readonly clock: { now(): Instant; readonly speed: number }
  readonly calendar: OfficeCalendar
  readonly city: City
  /** The past is loaded from here to `start`; from `start` on the stream is played live. */
  readonly from: Instant
  readonly start: Instant
  /** Cases a working day in the past, and from `start` on (the surplus is immediate business). */
  readonly perDay: number
  readonly perDayLive?: number
  /**
   * Events sent before this instant are declared historical (I8); default: none. A case with a historical event has
   * all its cards of record (C10), so a city still at work sets `supervised_from` in its catalogue instead.
   */
  readonly historicalUntil?: Instant
  readonly signal: AbortSignal
  readonly onNote: (note: DemoNote) => void
}

const LOT = 500
const NOTE_EVERY = 10_000
const TURN_S = 0.2
/** Events taken in one turn at most: after a stopped clock or a slept machine the stream catches up in turns. */
const MOST_A_TURN = 2000

/** The stream with its next event in view. */
interface Stream {
  peek(): Sent
  take(): Sent
}

const openStream = (options: DemoOptions): Stream => {
  const { city, calendar, from, start, perDay, perDayLive } = options
  const busy = perDayLive === undefined ? {} : { busy: { from: start, perDay: perDayLive } }
  const events = playCity(city, { from, calendar, seed: city.seed, perDay, ...busy })
  const following = (): Sent => {
    const { value } = events.next()
    if (value === undefined) throw new Error('the stream of the city has ended, which it never does')
    return value
  }
  let next = following()
  return {
    peek: () => next,
    take: () => {
      const taken = next
      next = following()
      return taken
    },
  }
}

/** One lot under way a source at a time: sources run beside each other, each in its own order. */
const openLanes = (feed: Feed) => {
  const underWay = new Map<string, Promise<Tally | null>>()
  const send = async (source: string, lines: readonly string[], historical: Instant | null): Promise<void> => {
    await underWay.get(source)
    const lot = feed.post(source, lines, historical)
    // whoever awaits the lane next hears of a failure; until then it must not count as unheard
    lot.catch(() => undefined)
    underWay.set(source, lot)
  }
  const settle = async (): Promise<void> => {
    await Promise.all(underWay.values())
  }
  return { send, settle }
}

interface Lot {
  readonly source: string
  readonly sent: Sent[]
}

/** The past in lots of whole cases, as a migration sends them, so that none is judged half told; sources in turn. */
const pastLots = (options: DemoOptions, stream: Stream): Lot[] => {
  const cases = new Map<string, Sent[]>()
  while (!options.signal.aborted && stream.peek().sendAt < options.start) {
    const sent = stream.take()
    const key = `${sent.source} ${sent.life}`
    const told = cases.get(key)
    if (told === undefined) cases.set(key, [sent])
    else told.push(sent)
  }
  const lots: Lot[] = []
  const open = new Map<string, Lot>()
  for (const told of cases.values()) {
    const source = (told[0] as Sent).source
    const lot = open.get(source)
    if (lot !== undefined && lot.sent.length + told.length <= LOT) lot.sent.push(...told)
    else {
      if (lot !== undefined) lots.push(lot)
      open.set(source, { source, sent: told.slice() })
    }
  }
  return [...lots, ...open.values()]
}

const loadPast = async (options: DemoOptions, stream: Stream, feed: Feed): Promise<void> => {
  const { signal, onNote, from } = options
  const historicalUntil = options.historicalUntil ?? from
  const lanes = openLanes(feed)
  let loaded = 0
  for (const { source, sent } of pastLots(options, stream)) {
    if (signal.aborted) return
    for (const historical of [historicalUntil, null]) {
      const lines = sent.filter(({ sendAt }) => sendAt < historicalUntil === (historical !== null))
      const bodies = lines.map(({ event }) => JSON.stringify(event))
      if (bodies.length > 0) await lanes.send(source, bodies, historical)
    }
    const before = Math.floor(loaded / NOTE_EVERY)
    loaded += sent.length
    if (Math.floor(loaded / NOTE_EVERY) > before) onNote({ kind: 'loading', events: loaded })
  }
  await lanes.settle()
  if (!signal.aborted) onNote({ kind: 'loaded', events: loaded, tally: { ...feed.tally } })
}

const playLive = async (options: DemoOptions, stream: Stream, feed: Feed): Promise<void> => {
  const { clock, signal } = options
  while (!signal.aborted) {
    const now = clock.now()
    const lots = new Map<string, string[]>()
    for (let taken = 0; taken < MOST_A_TURN && stream.peek().sendAt <= now; taken++) {
      const { source, event } = stream.take()
      const lines = lots.get(source)
      if (lines === undefined) lots.set(source, [JSON.stringify(event)])
      else lines.push(JSON.stringify(event))
    }
    await Promise.all([...lots].map(([source, lines]) => feed.post(source, lines, null)))
    await pause(TURN_S, signal)
  }
}

/**
 * Loads the past and plays on until `signal` aborts; then resolves. Rejects when the front door refuses what no
 * repetition will mend (a key, a path).
 */
export const runDemo = async (options: DemoOptions): Promise<void> => {
  const failed = new AbortController()
  const signal = AbortSignal.any([options.signal, failed.signal])
  const running: DemoOptions = { ...options, signal }
  const feed = openFeed(running)
  const stream = openStream(running)
  await loadPast(running, stream, feed)
  const stopOthers = (error: unknown): never => {
    failed.abort()
    throw error
  }
  await Promise.all([playLive(running, stream, feed), answerCards(running)].map((loop) => loop.catch(stopOthers)))
}
