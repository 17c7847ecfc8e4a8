// A screen without a library: a socket that speaks just enough WebSocket and Socket.IO to say hello, and then can stop
// reading as a hung television does: the connection stands, nothing is taken from it.

import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'

const frame = (text: string): Buffer => {
  const body = Buffer.from(text)
  if (body.length > 65_535) throw new Error('too long for this screen')
  const mask = randomBytes(4)
  const head = body.length < 126 ? Buffer.from([0x81, 0x80 | body.length]) : Buffer.alloc(4)
  if (body.length >= 126) {
    head.writeUInt16BE(0x81fe, 0)
    head.writeUInt16BE(body.length, 2)
  }
  const masked = body.map((byte, i) => byte ^ (mask[i % 4] ?? 0))
  return Buffer.concat([head, mask, masked])
}

/**
 * A socket that speaks to the gateway as it is told to: `hear` gets each frame the other side sends and `say`. Resolves when
 * the other side has closed.
 */
export const openRawSocket = (port: number, hear: (text: string, say: (text: string) => void) => void): Promise<void> =>
  new Promise((done, fail) => {
    const socket: Socket = connect(port, '127.0.0.1')
    const key = randomBytes(16).toString('base64')
    socket.write(
      `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\n` +
        `Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`,
    )
    socket.on('data', (chunk: Buffer) => hear(chunk.toString('latin1'), (text) => socket.write(frame(text))))
    socket.on('error', () => undefined)
    socket.on('close', () => done())
    socket.once('timeout', fail)
  })

export interface RawScreen {
  /** Stops reading for good. */
  pause(): void
  /** Reads on until the other side is gone. */
  drained(): Promise<void>
  close(): void
}

/** Resolves once the first board has begun to arrive. */
export const openRawScreen = (port: number, token: string, hello: unknown): Promise<RawScreen> =>
  new Promise((done, fail) => {
    const socket: Socket = connect(port, '127.0.0.1')
    const key = randomBytes(16).toString('base64')
    let heard = ''
    let stage = 0
    const gone = new Promise<void>((end) => socket.once('close', () => end()))
    socket.once('error', fail)
    socket.write(
      `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\n` +
        `Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`,
    )
    socket.on('data', (chunk: Buffer) => {
      heard += chunk.toString('latin1')
      // engine opened → join the namespace with the token → say hello
      if (stage === 0 && heard.includes('0{"sid"')) {
        stage = 1
        socket.write(frame(`40${JSON.stringify({ token })}`))
      } else if (stage === 1 && heard.includes('40{"sid"')) {
        stage = 2
        socket.write(frame(`42${JSON.stringify(['wall:hello', hello])}`))
      } else if (stage === 2 && heard.includes('42["wall:')) {
        stage = 3
        socket.removeListener('error', fail)
        socket.on('error', () => undefined)
        done({
          pause: () => void socket.pause(),
          drained: () => {
            socket.resume()
            return gone
          },
          close: () => void socket.destroy(),
        })
      }
    })
  })
