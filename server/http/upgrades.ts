// Upgrades (RFC 9110, 7.8): one that is not ours is ignored, and the request answered as if it had not asked. Java's client
// and `curl --http2` ask for h2c with every first request. Newer runtimes ask which upgrades are taken. An older one hands a
// request that asks for any upgrade out raw as soon as somebody listens for one, its body unread: so its head is written
// anew without the wish and read once more.

import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'

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

/** Lets those upgrades that are not ours be answered as plain requests. Call it when whoever takes ours listens already. */
export const ignoreForeignUpgrades = (server: Server): void => {
  if (asks(server)) {
    server.shouldUpgradeCallback = isOurs
    return
  }
  const ours = server.listeners('upgrade') as ((request: IncomingMessage, socket: Duplex, head: Buffer) => void)[]
  server.removeAllListeners('upgrade')
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (isOurs(request)) {
      for (const take of ours) take.call(server, request, socket, head)
      return
    }
    socket.unshift(Buffer.concat([Buffer.from(headWithout(request), 'latin1'), head]))
    server.emit('connection', socket)
  })
}
