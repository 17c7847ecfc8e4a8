// A socket to a gateway without a library: WebSocket frames and as much of Socket.IO as a screen speaks. For screens that are
// measured, so that no client's comforts are measured with them. Loopback alone.

import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'

const TEXT = 0x81
const SHORT = 126

const frameOf = (text: string): Buffer => {
  const body = Buffer.from(text)
  const mask = randomBytes(4)
  const head = body.length < SHORT ? Buffer.from([TEXT, 0x80 | body.length]) : Buffer.alloc(4)
  if (body.length >= SHORT) {
    head.writeUInt16BE((TEXT << 8) | 0x80 | SHORT, 0)
    head.writeUInt16BE(body.length, 2)
  }
  return Buffer.concat([head, mask, body.map((byte, i) => byte ^ (mask[i % 4] ?? 0))])
}

/** The first whole frame of what came, and where it ends; null: there is none yet. */
const frameIn = (bytes: Buffer): { readonly text: string; readonly end: number } | null => {
  if (bytes.length < 2) return null
  const said = (bytes[1] as number) & 0x7f
  const from = said < SHORT ? 2 : said === SHORT ? 4 : 10
  if (bytes.length < from) return null
  const length = said < SHORT ? said : said === SHORT ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2))
  const end = from + length
  return bytes.length < end ? null : { text: bytes.toString('latin1', from, end), end }
}

export interface BareSocket {
  say(text: string): void
  close(): void
}

const HEAD_END = '\r\n\r\n'

/**
 * Joins the gateway with a token. `hear` gets each packet that the other side sends, but for its pings, which are answered.
 * Resolves when it has been let in; rejects when the connection is refused.
 */
export const joinGateway = (url: string, token: string | null, hear: (text: string) => void): Promise<BareSocket> =>
  new Promise((done, fail) => {
    const { port, hostname, host } = new URL(url)
    const socket: Socket = connect(Number(port), hostname)
    socket.setNoDelay(true)
    let bytes = Buffer.alloc(0)
    let isOpen = false
    const say = (text: string): void => void socket.write(frameOf(text))
    const take = (text: string): void => {
      if (text.startsWith('0{')) say(`40${JSON.stringify({ token })}`)
      else if (text === '2') say('3')
      else if (text.startsWith('40')) done({ say, close: () => void socket.destroy() })
      else if (text.startsWith('44')) fail(new Error(`the gateway refused: ${text}`))
      else hear(text)
    }
    socket.once('error', fail)
    socket.write(
      `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n\r\n`,
    )
    socket.on('data', (chunk) => {
      bytes = bytes.length === 0 ? chunk : Buffer.concat([bytes, chunk])
      if (!isOpen) {
        const head = bytes.indexOf(HEAD_END)
        if (head < 0) return
        isOpen = true
        bytes = bytes.subarray(head + HEAD_END.length)
      }
      for (let frame = frameIn(bytes); frame !== null; frame = frameIn(bytes)) {
        bytes = bytes.subarray(frame.end)
        take(frame.text)
      }
    })
  })
