// A bare Socket.IO server in a process of its own that answers whatever is said: what a round trip takes with nothing behind it.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'

export const runEcho = async (): Promise<void> => {
  const http = createServer()
  const io = new Server(http, { transports: ['websocket'], serveClient: false })
  io.on('connection', (socket) => {
    socket.on('echo', (said: unknown, answer: (said: unknown) => void) => answer(said))
  })
  await new Promise<void>((done) => http.listen(0, '127.0.0.1', done))
  process.stdout.write(`http://127.0.0.1:${(http.address() as AddressInfo).port}\n`)
  process.on('disconnect', () => process.exit(0))
}
