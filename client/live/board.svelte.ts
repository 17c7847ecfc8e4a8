// The wall's line to the server (L1, L3): one socket, one hello, a snapshot, then patches in an unbroken chain.
// A gap or a beat with another cursor says hello again; ten seconds of silence make the screen stale. What was
// shown stays shown: nothing here ever empties a board.

import { io } from 'socket.io-client'
import type {
  Board,
  ClientToServer,
  ServerToClient,
  WallBeat,
  WallPatch,
  WallSnapshot,
} from '../../server/contract/live.ts'
import { LIVE_PROTOCOL, STALE_AFTER_S } from '../../server/contract/vocabulary.ts'
import { type Anchor, nextShown } from './clock.ts'
import { applyPatch, type Standing, standingOf } from './patch.ts'

type Handlers = ServerToClient & {
  connect: () => void
  disconnect: (reason: string) => void
  connect_error: (error: Error) => void
}

/** As much of a socket as this room needs; the real one or a test's. */
export interface Line {
  on<E extends keyof Handlers>(event: E, handler: Handlers[E]): unknown
  emit<E extends keyof ClientToServer>(event: E, ...args: Parameters<ClientToServer[E]>): unknown
  connect(): unknown
  disconnect(): unknown
}

export interface Refusal {
  code: string
  zh: string
  en: string
}

export interface LiveBoard {
  readonly board: Board | null
  /** Supervision clock, epoch ms; null before the first word of the server. */
  readonly now: number | null
  readonly asOf: string | null
  readonly sourcesAsOf: string | null
  readonly stale: boolean
  readonly refused: Refusal | null
  /** card_id → real monotone ms when it came by a patch; what is in here is new. */
  readonly arrivals: ReadonlyMap<string, number>
  close(): void
}

export interface LiveOptions {
  scope: string
  token: string | null
  open?: (token: string | null) => Line
  mono?: () => number
}

const NEW_FOR_MS = 60_000
const HELLO_AGAIN_MS = 2_000
const TICK_MS = 250
const RETURN_MS = 1_000

/** Reconnects spread out: a power cut brings back two hundred screens, not all in one second (L6). */
const openLine = (token: string | null): Line =>
  io({
    transports: ['websocket'],
    auth: token === null ? {} : { token },
    reconnectionDelay: 800,
    reconnectionDelayMax: 8_000,
    randomizationFactor: 0.6,
  }) as unknown as Line

const KEY_CODES: ReadonlySet<string> = new Set(['no_key', 'bad_key', 'not_allowed'])

/** A refused handshake names its code; anything else is a line that failed and is tried again. */
const refusalIn = (error: Error): Refusal | null =>
  KEY_CODES.has(error.message) ? { code: error.message, zh: '', en: '' } : null

/** Whether a key could mend this refusal. */
export const wantsKey = (refusal: Refusal): boolean => KEY_CODES.has(refusal.code)

export const openBoard = (options: LiveOptions): LiveBoard => {
  const mono = options.mono ?? (() => performance.now())
  let standing = $state.raw<Standing | null>(null)
  let now = $state<number | null>(null)
  let stale = $state(false)
  let refused = $state.raw<Refusal | null>(null)
  let arrivals = $state.raw<ReadonlyMap<string, number>>(new Map())
  let anchor: Anchor | null = null
  let heardAt = mono()
  let helloAt: number | null = null
  let closed = false

  const line = (options.open ?? openLine)(options.token)

  const hello = (): void => {
    if (helloAt !== null && mono() - helloAt < HELLO_AGAIN_MS) return
    helloAt = mono()
    line.emit('wall:hello', { protocol: LIVE_PROTOCOL, scope: options.scope, cursor: standing?.cursor ?? null })
  }

  const heard = (asOf: string, speed: number): void => {
    heardAt = mono()
    anchor = { at: Date.parse(asOf), heardAt, speed }
    stale = false
    now = nextShown(now, anchor, heardAt)
  }

  const noteArrivals = (patch: WallPatch, before: Board): void => {
    const present = new Set(before.cards.map((card) => card.card_id))
    const news = (patch.cards ?? []).filter((card) => !present.has(card.card_id))
    if (news.length > 0) arrivals = new Map([...arrivals, ...news.map((card) => [card.card_id, mono()] as const)])
  }

  const onPatch = (patch: WallPatch): void => {
    const applied = standing ? applyPatch(standing, patch) : ({ kind: 'gap' } as const)
    if (applied.kind === 'gap') hello()
    if (!standing || applied.kind !== 'applied') return
    helloAt = null
    noteArrivals(patch, standing.board)
    standing = applied.standing
    heard(patch.as_of, standing.board.day.speed)
  }

  const tick = (): void => {
    const at = mono()
    if (anchor) now = nextShown(now, anchor, at)
    if (standing && at - heardAt >= STALE_AFTER_S * 1000) stale = true
    const fresh = [...arrivals].filter(([, since]) => at - since < NEW_FOR_MS)
    if (fresh.length !== arrivals.size) arrivals = new Map(fresh)
  }
  const ticking = setInterval(tick, TICK_MS)

  /** A line the server cut is not taken up again by the socket itself; spread out, as every return is. */
  let returning: ReturnType<typeof setTimeout> | undefined
  const comeBack = (): void => {
    clearTimeout(returning)
    if (!refused && !closed) returning = setTimeout(() => line.connect(), RETURN_MS * (1 + Math.random()))
  }

  line.on('connect', () => {
    helloAt = null
    hello()
  })
  line.on('disconnect', (reason) => {
    if (reason === 'io server disconnect') comeBack()
  })
  line.on('wall:snapshot', (snapshot: WallSnapshot) => {
    helloAt = null
    refused = null
    standing = standingOf(snapshot)
    heard(snapshot.as_of, snapshot.board.day.speed)
  })
  line.on('wall:patch', onPatch)
  line.on('wall:beat', (beat: WallBeat) => {
    if (!standing || beat.cursor !== standing.cursor) {
      hello()
      return
    }
    standing = { ...standing, asOf: beat.as_of }
    heard(beat.as_of, standing.board.day.speed)
  })
  line.on('wall:refused', (refusal: Refusal) => {
    refused = refusal
    line.disconnect()
  })
  line.on('connect_error', (error) => {
    const refusal = refusalIn(error)
    if (!refusal) return comeBack()
    refused = refusal
    line.disconnect()
  })

  return {
    get board() {
      return standing?.board ?? null
    },
    get now() {
      return now
    },
    get asOf() {
      return standing?.asOf ?? null
    },
    get sourcesAsOf() {
      return standing?.sourcesAsOf ?? null
    },
    get stale() {
      return stale
    },
    get refused() {
      return refused
    },
    get arrivals() {
      return arrivals
    },
    close() {
      closed = true
      clearTimeout(returning)
      clearInterval(ticking)
      line.disconnect()
    },
  }
}
