// Upgrades (RFC 9110, 7.8): one that is not ours is ignored, and the request answered as if it had not asked. Java's client
// and `curl --http2` ask for h2c with every first request. Newer runtimes ask which upgrades are taken. An older one hands a
// request that asks for any upgrade out raw as soon as somebody listens for one, its body unread: so its head is written
// anew without the wish and read once more. Ours are let in by rate (admission.ts); who is not is told to come again.

import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { type AdmissionRates, openAdmission, SOCKET_RATES } from './admission.ts'
import { lineOf } from './broken.ts'

const SOCKET_PATH = '/socket.io/'

const listIn = (header: string | undefined): string[] =>
  (header ?? '')
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')

const isOurs = ({ url = '', headers }: IncomingMessage): boolean =>
  url.startsWith(SOCKET_PATH) && listIn(headers.upgrade).some((word) => word.toLowerCase() === 'websocket')

/** Headers that only speak of the upgrade. */
const OF_UPGRADE: ReadonlySet<string> = new Set(['upgrade', 'http2-settings'])

/** The head of a request as it came, without the wish for an upgrade. */
const headWithout = ({ method, url, httpVersion, rawHeaders }: IncomingMessage): string => {
  const lines = [`${method} ${url} HTTP/${httpVersion}`]
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] ?? ''
    const value = rawHeaders[i + 1] ?? ''
    const key = name.toLowerCase()
    if (OF_UPGRADE.has(key)) continue
    if (key !== 'connection') lines.push(`${name}: ${value}`)
    else {
      const rest = listIn(value).filter((word) => !OF_UPGRADE.has(word.toLowerCase()))
      if (rest.length > 0) lines.push(`${name}: ${rest.join(', ')}`)
    }
  }
  return `${lines.join('\r\n')}\r\n\r\n`
}

/** A server of a runtime that asks. */
interface AskingServer {
  shouldUpgradeCallback: (request: IncomingMessage) => boolean
}

const asks = (server: object): server is AskingServer => 'shouldUpgradeCallback' in server

type Take = (request: IncomingMessage, socket: Duplex, head: Buffer) => void

/** Real ms of upgrades after which whoever else waits has a turn: a thousand sockets may ask in one moment (I5). */
const TURN_MS = 4

/** Takes upgrades in their order, a few at a time; those that have gone meanwhile are passed over. */
const inTurns = (take: Take, mono: () => number): Take => {
  const waiting: Parameters<Take>[] = []
  const go = (): void => {
    const end = mono() + TURN_MS
    do {
      const next = waiting.shift()
      if (next !== undefined && !next[1].destroyed) take(...next)
    } while (waiting.length > 0 && mono() < end)
    if (waiting.length > 0) setImmediate(go)
  }
  return (...asked) => {
    // until its turn has come nobody else hears of its trouble
    asked[1].on('error', () => asked[1].destroy())
    waiting.push(asked)
    if (waiting.length === 1) setImmediate(go)
  }
}

const RETRY_AFTER_S = 2
/** Made once: it is said a thousand times in a moment. */
const COME_AGAIN = Buffer.from(lineOf('too_many_sockets', {}, { 'retry-after': String(RETRY_AFTER_S) }))

const sendAway = (socket: Duplex): void => {
  socket.on('error', () => socket.destroy())
  socket.end(COME_AGAIN, () => socket.destroy())
}

/** Lets in as many as may come now; the others are answered and gone. */
const byRate = (take: Take, rates: AdmissionRates, mono: () => number): Take => {
  const isLetIn = openAdmission(rates, mono)
  return (request, socket, head) => {
    if (isLetIn(request.socket.remoteAddress ?? '')) take(request, socket, head)
    else sendAway(socket)
  }
}

/**
 * Takes the upgrades that are ours by rate and in turns, and lets the others be answered as plain requests. Call it when
 * whoever takes ours listens already. `mono` in real ms.
 */
export const mindUpgrades = (server: Server, mono: () => number, rates: AdmissionRates = SOCKET_RATES): void => {
  const ours = server.listeners('upgrade') as Take[]
  server.removeAllListeners('upgrade')
  const inOrder = inTurns((...asked) => {
    for (const each of ours) each.apply(server, asked)
  }, mono)
  const take = byRate(inOrder, rates, mono)
  if (asks(server)) {
    server.shouldUpgradeCallback = isOurs
    server.on('upgrade', take)
    return
  }
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (isOurs(request)) {
      take(request, socket, head)
      return
    }
    socket.unshift(Buffer.concat([Buffer.from(headWithout(request), 'latin1'), head]))
    server.emit('connection', socket)
  })
}
