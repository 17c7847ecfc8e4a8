// What the loads of `bench guard` knock with: requests with a key, connections that say a word and hold, and sockets without
// a library. Loopback alone.

import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'

export interface Door {
  readonly url: string
  readonly keys: Readonly<Record<string, string>>
}

export interface Answered {
  readonly status: number
  readonly text: string
}

export interface Sent {
  readonly method: string
  readonly path: string
  readonly type?: string
  readonly body?: BodyInit
  /** Whose; the administrator's unless said. */
  readonly key?: string
}

/** A refusal may come before the body has gone out, and the sender finds the connection closed: it was cut, and nobody was held. */
const CUT: Answered = { status: 499, text: '{"code":"cut"}' }

const isCut = (error: unknown): boolean => error instanceof TypeError && error.message === 'fetch failed'

/** Any request; one that was cut is told with the status 499. */
export const request = (door: Door, sent: Sent): Promise<Answered> =>
  requestOnce(door, sent).catch((error: unknown) => {
    if (isCut(error)) return CUT
    throw error
  })

const requestOnce = async (
  door: Door,
  { method, path, type, body, key = 'administrator' }: Sent,
): Promise<Answered> => {
  const headers = {
    authorization: `Bearer ${door.keys[key]}`,
    ...(type === undefined ? {} : { 'content-type': type }),
  }
  const answer = await fetch(`${door.url}${path}`, { method, headers, ...(body === undefined ? {} : { body }) })
  return { status: answer.status, text: Buffer.from(await answer.arrayBuffer()).toString('latin1') }
}

export const JSON_TYPE = 'application/json'
export const LINES_TYPE = 'application/x-ndjson'

export const post = async (
  door: Door,
  path: string,
  asked: { key: string; type: string; body: BodyInit },
): Promise<Answered> => {
  const answer = await fetch(`${door.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${door.keys[asked.key]}`, 'content-type': asked.type },
    body: asked.body,
  })
  return { status: answer.status, text: await answer.text() }
}

export const read = async (door: Door, path: string): Promise<Answered> => {
  const answer = await fetch(`${door.url}${path}`, { headers: { authorization: `Bearer ${door.keys.administrator}` } })
  return { status: answer.status, text: Buffer.from(await answer.arrayBuffer()).toString('latin1') }
}

const lineTo = (door: Door): Promise<Socket> =>
  new Promise((done, fail) => {
    const { port, hostname } = new URL(door.url)
    const socket = connect(Number(port), hostname, () => {
      socket.removeListener('error', fail)
      socket.on('error', () => undefined)
      done(socket)
    })
    socket.once('error', fail)
  })

/** A body that says its length, sends one byte and then nothing; end it with `destroy`. */
export const openSilent = async (
  door: Door,
  path: string,
  asked: { key: string; type: string; bytes: number },
): Promise<Socket> => {
  const socket = await lineTo(door)
  socket.write(
    `POST ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${door.keys[asked.key]}\r\n` +
      `Content-Type: ${asked.type}\r\nContent-Length: ${asked.bytes}\r\n\r\n{`,
  )
  return socket
}

const frame = (text: string): Buffer => {
  const body = Buffer.from(text)
  const mask = randomBytes(4)
  const head = body.length < 126 ? Buffer.from([0x81, 0x80 | body.length]) : Buffer.alloc(4)
  if (body.length >= 126) {
    head.writeUInt16BE(0x81fe, 0)
    head.writeUInt16BE(body.length, 2)
  }
  return Buffer.concat([head, mask, body.map((byte, i) => byte ^ (mask[i % 4] ?? 0))])
}

/** A socket to the gateway; `hear` gets what comes and `say`. Resolves when the other side has closed. */
export const speakTo = async (
  door: Door,
  hear: (text: string, say: (words: readonly string[]) => void) => void,
): Promise<void> => {
  const socket = await lineTo(door)
  const key = randomBytes(16).toString('base64')
  socket.write(
    `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`,
  )
  const say = (words: readonly string[]): void => void socket.write(Buffer.concat(words.map(frame)))
  socket.on('data', (chunk: Buffer) => hear(chunk.toString('latin1'), say))
  await new Promise<void>((done) => socket.once('close', () => done()))
}
