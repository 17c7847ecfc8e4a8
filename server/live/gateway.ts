// The Socket.IO gateway (L1): a token in the handshake, one inbound event, a snapshot or the missed patches, patches in
// an unbroken chain, a beat every 5 s. A screen that does not read is cut within 5 s or 1 MB queued. Emits nothing that
// is not stored; every room is one scope.

import type { EventEmitter } from 'node:events'
import type { Server as HttpServer } from 'node:http'
import { type DefaultEventsMap, Server, type Socket } from 'socket.io'
import type { ClientToServer, ServerToClient, WallHello } from '../contract/live.ts'
import { BEAT_S, LIVE_PROTOCOL } from '../contract/vocabulary.ts'
import type { Scope } from '../core/scope.ts'
import { narrowed, type Shown } from './outbox.ts'
import type { Pump } from './pump.ts'

const CHECK_MS = 500
const STUCK_MS = 4_000
const QUEUED_CHARS = 1_000_000
/** A screen that reads nothing while little is sent shows it by the pings alone: within 5 s as well (L1). */
const PING_MS = 2_000
const PONG_MS = 2_500
/** Whoever has not shown a key by then is shown out. */
const KEYLESS_MS = 4_000
/** A screen says hello when it comes and at a gap: so many at once, one a second after that. */
const WORDS_AT_ONCE = 20
const WORD_MS = 1_000
/** Whatever a socket sends, answers to pings as well, with a key or without: so many at once, one every so many ms. */
const PACKETS_AT_ONCE = 40
const PACKET_MS = 250

type Wall = Server<ClientToServer, ServerToClient, DefaultEventsMap, Screen>
type WallSocket = Socket<ClientToServer, ServerToClient, DefaultEventsMap, Screen>

/** What may still be said at once; refilled with time. */
interface Bucket {
  left: number
  /** Monotonic ms of the last refill. */
  refilledAt: number
}

const takeOne = (bucket: Bucket, { most, everyMs }: { most: number; everyMs: number }, now: number): boolean => {
  const refill = Math.floor((now - bucket.refilledAt) / everyMs)
  if (refill > 0) {
    bucket.left = Math.min(most, bucket.left + refill)
    bucket.refilledAt += refill * everyMs
  }
  bucket.left -= 1
  return bucket.left >= 0
}

interface Screen {
  scope: string | null
  /** Which panels it shows. */
  panels: Shown
  readonly words: Bucket
  /** Monotonic ms since when its socket takes nothing; null while it does. */
  stuckSince: number | null
}

export interface GatewayParts {
  readonly http: HttpServer
  readonly pump: Pump
  readonly mono: () => number
  /** What the bearer of a token may watch; null: nothing. */
  readonly admit: (token: string | null) => Scope | null
  /** `queued`: characters that waited for it when it was cut. */
  readonly onCut: (why: string, queued: number) => void
}

export interface Gateway {
  /** Sends a patch to every screen of a scope. */
  patch(scope: string, patch: Parameters<ServerToClient['wall:patch']>[0]): void
  /** Keys have changed: cuts the screens whose key opens nothing any more (L8). */
  recheck(): void
  /** Cuts every screen: something on the way to them broke, and they are to come again. */
  cutAll(): void
  screens(): number
  /** Characters that wait for the slowest screen. */
  queued(): number
  close(): Promise<void>
}

const isHello = (hello: unknown): hello is WallHello => {
  if (typeof hello !== 'object' || hello === null) return false
  const { protocol, scope, cursor, panels } = hello as Record<string, unknown>
  const isNamed = typeof protocol === 'number' && typeof scope === 'string'
  const isPlaced = cursor === null || typeof cursor === 'string'
  const isList = panels === undefined || (Array.isArray(panels) && panels.every((name) => typeof name === 'string'))
  return isNamed && isPlaced && isList
}

const REFUSALS = {
  bad_hello: { code: 'bad_hello', zh: '屏幕的请求有误。', en: 'The screen asked in a form this server does not know.' },
  protocol: {
    code: 'protocol',
    zh: '程序已更新，屏幕将重新载入。',
    en: 'The server was updated; the screen will reload.',
  },
  no_panel: { code: 'no_panel', zh: '没有这个面板。', en: 'There is no such panel.' },
  no_scope: { code: 'no_scope', zh: '没有这个范围。', en: 'There is no such scope.' },
} as const

/** Screens of one scope that show the same panels. */
const roomOf = (scope: string, shown: Shown): string =>
  shown === null ? `scope ${scope}` : `scope ${scope}\npanels ${[...shown].sort().join()}`

const greet = (socket: WallSocket, hello: unknown, shows: { pump: Pump; within: Scope }): void => {
  const { pump, within } = shows
  if (!isHello(hello)) {
    socket.emit('wall:refused', REFUSALS.bad_hello)
    return
  }
  if (hello.protocol !== LIVE_PROTOCOL) {
    socket.emit('wall:refused', REFUSALS.protocol)
    return
  }
  const shown: Shown = hello.panels === undefined ? null : new Set(hello.panels)
  if (shown !== null && [...shown].some((name) => !pump.panels.has(name))) {
    socket.emit('wall:refused', REFUSALS.no_panel)
    return
  }
  const outbox = pump.outbox(hello.scope, within)
  if (outbox === null) {
    socket.emit('wall:refused', REFUSALS.no_scope)
    return
  }
  if (socket.data.scope !== null) void socket.leave(roomOf(socket.data.scope, socket.data.panels))
  socket.data.scope = hello.scope
  socket.data.panels = shown
  void socket.join(roomOf(hello.scope, shown))
  const missed = hello.cursor === null ? null : outbox.since(hello.cursor, shown)
  if (missed === null) socket.emit('wall:snapshot', outbox.snapshot(shown))
  else for (const patch of missed) socket.emit('wall:patch', patch)
  socket.emit('wall:beat', { cursor: outbox.cursor, as_of: pump.asOf() })
}

/** What waits for a socket's transport. The library keeps it private and offers no other word of it. */
const waiting = (socket: WallSocket): readonly { data?: unknown }[] =>
  (socket.conn as unknown as { writeBuffer: { data?: unknown }[] }).writeBuffer

const queuedChars = (socket: WallSocket): number => {
  let chars = 0
  for (const { data } of waiting(socket)) chars += typeof data === 'string' ? data.length : 0
  return chars
}

/**
 * Takes the line itself away: a close would wait for what is queued, and a screen that does not read never takes it. What
 * has come already is heard no more.
 */
const sever = (conn: WallSocket['conn']): void => {
  const { socket: line } = conn.transport as unknown as { socket: { terminate(): void } & EventEmitter }
  line.removeAllListeners('message')
  line.terminate()
}

/** Severs whoever sends more than a screen has to say: each packet costs, whatever it says and whoever sends it (I5). */
const boundPackets = (io: Wall, mono: () => number, onCut: GatewayParts['onCut']): void => {
  io.engine.on('connection', (conn: WallSocket['conn']) => {
    const bucket = { left: PACKETS_AT_ONCE, refilledAt: mono() }
    conn.on('packet', () => {
      if (takeOne(bucket, { most: PACKETS_AT_ONCE, everyMs: PACKET_MS }, mono())) return
      onCut('a socket says too much', 0)
      sever(conn)
    })
  })
}

/** Severs whoever has come and has shown no key in time: a polite close would wait for an answer. */
const showOutKeyless = (io: Wall): void => {
  const admitted = new WeakSet<WallSocket['conn']>()
  io.on('connection', (socket) => admitted.add(socket.conn))
  io.engine.on('connection', (conn: WallSocket['conn']) => {
    // a polite close may be under way: the line stands until the other side has answered it, or is taken away
    const late = setTimeout(() => {
      if (!admitted.has(conn)) sever(conn)
    }, KEYLESS_MS)
    late.unref()
  })
}

export const openGateway = (parts: GatewayParts): Gateway => {
  const { pump, mono } = parts
  const io: Wall = new Server(parts.http, {
    transports: ['websocket'],
    maxHttpBufferSize: 16_384,
    pingInterval: PING_MS,
    pingTimeout: PONG_MS,
    serveClient: false,
    perMessageDeflate: false,
    // what asks for another upgrade is none of ours, and answered by the front door (RFC 9110, 7.8)
    destroyUpgrade: false,
  })
  showOutKeyless(io)
  boundPackets(io, mono, parts.onCut)
  const scopeOf = (socket: WallSocket): Scope | null => {
    const { token } = socket.handshake.auth as { token?: unknown }
    return parts.admit(typeof token === 'string' ? token : null)
  }
  const mayWatch = (socket: WallSocket): boolean => scopeOf(socket) !== null
  const cut = (socket: WallSocket, why: string): void => {
    parts.onCut(why, queuedChars(socket))
    sever(socket.conn)
    socket.disconnect(true)
  }
  io.use((socket, next) => {
    if (mayWatch(socket)) next()
    else {
      next(new Error('no_key'))
      // told why, and gone: nobody stands here without a key
      setImmediate(() => socket.conn.close())
    }
  })
  io.on('connection', (socket) => {
    socket.data = { scope: null, panels: null, stuckSince: null, words: { left: WORDS_AT_ONCE, refilledAt: mono() } }
    socket.use((_, next) => {
      if (!takeOne(socket.data.words, { most: WORDS_AT_ONCE, everyMs: WORD_MS }, mono()))
        cut(socket, 'a screen says too much')
      else if (!mayWatch(socket)) cut(socket, 'the key of a screen was revoked')
      else next()
    })
    // whoever takes something is not stuck, however much is on its way
    socket.conn.transport.on('drain', () => {
      socket.data.stuckSince = null
    })
    // the library says goodbye to a silent screen and waits half a minute for the answer
    socket.on('disconnect', (reason) => {
      if (reason === 'ping timeout') sever(socket.conn)
    })
    socket.on('wall:hello', (hello: unknown) => {
      const within = scopeOf(socket)
      if (within !== null) greet(socket, hello, { pump, within })
    })
  })
  /** Where there are screens, each room once. */
  const rooms = (): Iterable<{ scope: string; shown: Shown; room: string }> => {
    const found = new Map<string, { scope: string; shown: Shown; room: string }>()
    for (const { data } of io.sockets.sockets.values()) {
      if (data.scope === null) continue
      const room = roomOf(data.scope, data.panels)
      found.set(room, { scope: data.scope, shown: data.panels, room })
    }
    return found.values()
  }
  const beat = setInterval(() => {
    for (const { scope, room } of rooms()) {
      const outbox = pump.outbox(scope)
      if (outbox !== null) io.to(room).emit('wall:beat', { cursor: outbox.cursor, as_of: pump.asOf() })
    }
  }, BEAT_S * 1000)
  const cutStuck = (socket: WallSocket): void => {
    const queued = queuedChars(socket)
    if (queued === 0 && socket.conn.transport.writable) socket.data.stuckSince = null
    else socket.data.stuckSince ??= mono()
    const since = socket.data.stuckSince
    if ((since === null || mono() - since <= STUCK_MS) && queued <= QUEUED_CHARS) return
    cut(socket, 'a screen does not read')
  }
  const check = setInterval(() => {
    for (const socket of io.sockets.sockets.values()) cutStuck(socket)
  }, CHECK_MS)
  return {
    patch: (scope, patch) => {
      for (const each of rooms())
        if (each.scope === scope) io.to(each.room).emit('wall:patch', narrowed(patch, each.shown))
      // a flood fills memory between two checks
      for (const socket of io.sockets.sockets.values()) if (queuedChars(socket) > QUEUED_CHARS) cutStuck(socket)
    },
    recheck() {
      for (const socket of io.sockets.sockets.values())
        if (!mayWatch(socket)) cut(socket, 'the key of a screen was revoked')
    },
    cutAll: () => io.disconnectSockets(true),
    screens: () => io.sockets.sockets.size,
    queued: () => Math.max(0, ...[...io.sockets.sockets.values()].map(queuedChars)),
    async close() {
      clearInterval(beat)
      clearInterval(check)
      io.disconnectSockets(true)
      // the front door is not ours to shut
      io.engine.close()
    },
  }
}
