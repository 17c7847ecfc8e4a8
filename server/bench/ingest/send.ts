// The load of `mingjing bench ingest`: requests over a few connections that stand, one after the other on each, written and
// read by hand, for a client with comforts would take a good part of the machine from the server. Loopback alone.

import { connect, type Socket } from 'node:net'
import { performance } from 'node:perf_hooks'
import type { Lot } from './rows.ts'

export interface Door {
  readonly url: string
  /** Of each source. */
  readonly keys: Readonly<Record<string, string>>
}

const HEAD_END = '\r\n\r\n'
const LENGTH = /content-length: (\d+)/i
const STATUS = /^HTTP\/1\.1 (\d+)/

/** The body of the one answer in `bytes`; null: it is not whole yet. Throws where it is a refusal. */
const bodyIn = (bytes: Buffer): Buffer | null => {
  const head = bytes.indexOf(HEAD_END)
  if (head < 0) return null
  const text = bytes.toString('latin1', 0, head)
  const length = Number(LENGTH.exec(text)?.[1])
  if (!Number.isSafeInteger(length)) throw new Error(`an answer without a length: ${text}`)
  const from = head + HEAD_END.length
  if (bytes.length < from + length) return null
  const body = bytes.subarray(from, from + length)
  if (!STATUS.exec(text)?.[1]?.startsWith('2')) throw new Error(`the server answered ${text}\n${body.toString('utf8')}`)
  return body
}

export interface Wire {
  /** Posts one body and resolves with the bytes of its answer. */
  post(path: string, key: string, body: string): Promise<Buffer>
  close(): void
}

/** One connection. Rejects what is under way when it is lost. */
export const openWire = async (url: string): Promise<Wire> => {
  const { hostname, port, host } = new URL(url)
  let parts: Buffer[] = []
  let waiting: { done: (body: Buffer) => void; fail: (error: Error) => void } | null = null
  const socket = await new Promise<Socket>((done, fail) => {
    const made = connect(Number(port), hostname, () => done(made))
    made.once('error', fail)
  })
  socket.setNoDelay(true)
  const lost = (error?: Error): void => waiting?.fail(error ?? new Error('the server closed the connection'))
  socket.on('error', lost)
  socket.on('close', () => lost())
  socket.on('data', (chunk) => {
    parts.push(chunk)
    try {
      const bytes = parts.length === 1 ? chunk : Buffer.concat(parts)
      parts = [bytes]
      const body = bodyIn(bytes)
      if (body === null) return
      parts = []
      waiting?.done(body)
    } catch (error) {
      waiting?.fail(error instanceof Error ? error : new Error(String(error)))
    }
  })
  return {
    post(path, key, body) {
      const head = `POST ${path} HTTP/1.1\r\nhost: ${host}\r\nauthorization: Bearer ${key}\r\ncontent-type: application/json\r\n`
      return new Promise((done, fail) => {
        waiting = { done, fail }
        socket.write(`${head}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
      })
    },
    close: () => socket.destroy(),
  }
}

const ACCEPTED = /"accepted":(\d+)/
const REJECTED = /"rejected":(\d+)/
/** Where the counts of an answer stand, before its receipts. */
const COUNTS_BYTES = 100

export interface Sent {
  readonly accepted: number
  readonly rejected: number
  readonly seconds: number
}

/** Sends the lots in order over so many connections. `before` is awaited for each: the clock that follows. */
export const send = async (
  door: Door,
  lots: readonly Lot[],
  { connections, before }: { readonly connections: number; readonly before: (lot: Lot) => Promise<void> | null },
): Promise<Sent> => {
  let next = 0
  let accepted = 0
  let rejected = 0
  const worker = async (wire: Wire): Promise<void> => {
    for (let lot = lots[next++]; lot !== undefined; lot = lots[next++]) {
      const wait = before(lot)
      if (wait !== null) await wait
      const answer = await wire.post('/api/v1/events', door.keys[lot.source] ?? '', lot.body)
      const counts = answer.toString('latin1', 0, COUNTS_BYTES)
      accepted += Number(ACCEPTED.exec(counts)?.[1])
      rejected += Number(REJECTED.exec(counts)?.[1])
    }
  }
  const wires = await Promise.all(Array.from({ length: connections }, () => openWire(door.url)))
  try {
    const from = performance.now()
    await Promise.all(wires.map(worker))
    return { accepted, rejected, seconds: (performance.now() - from) / 1000 }
  } finally {
    for (const wire of wires) wire.close()
  }
}
