// Bodies past their bound over real sockets (I5): whoever sends them, and however, reads the answer and never a broken
// pipe, and the connection serves on. With content-length and in chunks, in haste and slowly, as JSON and as lines.

import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEFAULT_BOUNDS } from '../../server/intake/wired.ts'
import { wire } from '../intake/wire.ts'
import { bearer, openHouse } from './house.ts'

const MEGABYTE = 1024 * 1024
const NINE = Buffer.alloc(9 * MEGABYTE, ' ')
const PIECE = 64 * 1024

const JSON_TYPE = 'application/json'
const LINES_TYPE = 'application/x-ndjson'
const KINDS = [JSON_TYPE, LINES_TYPE, 'application/cloudevents-batch+json'] as const

let house: ReturnType<typeof openHouse>
let port = 0
beforeAll(async () => {
  house = openHouse()
  await house.app.listen({ port: 0, host: '127.0.0.1' })
  port = (house.app.server.address() as { port: number }).port
})
afterAll(() => house.app.close())

const url = (): string => `http://127.0.0.1:${port}/api/v1/events`

/** Nine megabytes, a piece at a time, each when the one before was taken. */
const inPieces = (): ReadableStream<Uint8Array> => {
  let sent = 0
  return new ReadableStream({
    pull(into) {
      if (sent >= NINE.length) into.close()
      else into.enqueue(new Uint8Array(NINE.subarray(sent, sent + PIECE)))
      sent += PIECE
    },
  })
}

const told = async (answer: Response): Promise<unknown[]> => {
  const body = (await answer.json()) as { code: string; zh: string; en: string }
  expect(answer.headers.get('content-type')).toContain('application/problem+json')
  expect(body.zh).toContain(String(DEFAULT_BOUNDS.bytes))
  return [answer.status, body.code]
}

describe('I5: nine megabytes by fetch', () => {
  it.each(KINDS)('I5: %s with its length announced', async (type) => {
    const headers = { ...bearer('source'), 'content-type': type }
    for (let i = 0; i < 5; i++) {
      expect(await told(await fetch(url(), { method: 'POST', headers, body: NINE }))).toEqual([413, 'too_large'])
    }
  })

  it.each(KINDS)('I5: %s in chunks', async (type) => {
    const headers = { ...bearer('source'), 'content-type': type }
    for (let i = 0; i < 5; i++) {
      const sent = fetch(url(), { method: 'POST', headers, body: inPieces(), duplex: 'half' } as RequestInit)
      expect(await told(await sent)).toEqual([413, 'too_large'])
    }
  })

  it('I5: no key, and nine megabytes: told that the key is missing', async () => {
    const answer = await fetch(url(), { method: 'POST', headers: { 'content-type': JSON_TYPE }, body: NINE })
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([401, 'no_key'])
  })

  it('I5: a type that is not taken in, and nine megabytes', async () => {
    const headers = { ...bearer('source'), 'content-type': 'text/csv' }
    const answer = await fetch(url(), { method: 'POST', headers, body: NINE })
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([415, 'unsupported_media'])
  })
})

interface Line {
  readonly socket: Socket
  /** Resolves with what was read so far once it holds `wanted`. */
  until(wanted: RegExp): Promise<string>
  /** Resolves with all that was read when the other side has ended; rejects when the line breaks. */
  readonly ended: Promise<string>
  /** Resolves when what was written has left. */
  write(part: Buffer | string): Promise<void>
}

/** A plain line, so that the sender behaves as it is told to and not as a library would. */
const openLine = async (): Promise<Line> => {
  const socket = connect(port, '127.0.0.1')
  await new Promise<void>((done) => socket.once('connect', () => done()))
  let read = ''
  const waiting: { wanted: RegExp; done: (text: string) => void }[] = []
  socket.setEncoding('utf8').on('data', (text: string) => {
    read += text
    for (const { wanted, done } of waiting) if (wanted.test(read)) done(read)
  })
  const ended = new Promise<string>((done, fail) => {
    socket.once('error', fail)
    socket.once('end', () => done(read))
  })
  ended.catch(() => undefined)
  return {
    socket,
    ended,
    until: (wanted) => new Promise((done) => (wanted.test(read) ? done(read) : waiting.push({ wanted, done }))),
    write: (part) => new Promise((done, fail) => socket.write(part, (error) => (error == null ? done() : fail(error)))),
  }
}

const headOf = (type: string, framing: string, more = ''): string =>
  `POST /api/v1/events HTTP/1.1\r\nhost: x\r\nauthorization: Bearer source\r\ncontent-type: ${type}\r\n${framing}\r\n${more}\r\n`

const ANNOUNCED = `content-length: ${NINE.length}`
const CHUNKED = 'transfer-encoding: chunked'
const chunk = (part: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n')])

const sendAll = async (line: Line, framing: string): Promise<void> => {
  for (let at = 0; at < NINE.length; at += PIECE) {
    const part = NINE.subarray(at, at + PIECE)
    await line.write(framing === CHUNKED ? chunk(part) : part)
  }
  if (framing === CHUNKED) await line.write('0\r\n\r\n')
}

const good = `${JSON.stringify(wire({ event_id: 'after' }))}\n`

describe.each([ANNOUNCED, CHUNKED])('I5: a sender that sends all before it reads, %s', (framing) => {
  it.each(KINDS)('I5: %s is answered, and the line serves on', async (type) => {
    const line = await openLine()
    line.socket.pause()
    await line.write(headOf(type, framing))
    await sendAll(line, framing)
    line.socket.resume()
    expect(await line.until(/\r\n\r\n\{.*\}/s)).toMatch(/^HTTP\/1\.1 413 [\s\S]*"code":"too_large"/)
    await line.write(headOf(LINES_TYPE, `content-length: ${good.length}`) + good)
    expect(await line.until(/"receipts":\[\{.*\}\]/s)).toMatch(/HTTP\/1\.1 200 /)
    line.socket.destroy()
  })

  it.each(KINDS)('I5: %s and wants the line closed: reads the whole answer, then its end', async (type) => {
    const line = await openLine()
    line.socket.pause()
    await line.write(headOf(type, framing, 'connection: close\r\n'))
    await sendAll(line, framing)
    line.socket.resume()
    expect(await line.ended).toMatch(/^HTTP\/1\.1 413 [\s\S]*"code":"too_large"[\s\S]*\}$/)
  })

  it('I5: a slow sender is answered as soon as it is too much, and may end in its own time', async () => {
    const line = await openLine()
    await line.write(headOf(JSON_TYPE, framing))
    // a body announced too long is answered at once; in chunks, when the bound is passed
    if (framing === CHUNKED) await line.write(chunk(NINE.subarray(0, DEFAULT_BOUNDS.bytes + 1)))
    expect(await line.until(/\r\n\r\n\{.*\}/s)).toMatch(/^HTTP\/1\.1 413 /)
    const rest = framing === CHUNKED ? NINE.subarray(DEFAULT_BOUNDS.bytes + 1) : NINE
    for (let at = 0; at < rest.length; at += MEGABYTE) {
      const part = rest.subarray(at, at + MEGABYTE)
      await line.write(framing === CHUNKED ? chunk(part) : part)
    }
    if (framing === CHUNKED) await line.write('0\r\n\r\n')
    await line.write(headOf(LINES_TYPE, `content-length: ${good.length}`) + good)
    expect(await line.until(/"receipts":\[\{.*\}\]/s)).toMatch(/HTTP\/1\.1 200 /)
    line.socket.destroy()
  })
})
