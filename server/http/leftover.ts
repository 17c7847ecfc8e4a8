// What is left of a body when the answer is ready: it is let run out unread, so that the sender gets to read the answer
// instead of a broken pipe (I5). The answer goes first and the connection lives on; a sender who wants it closed is
// answered when the body has run out, for closing on unread bytes tears the answer away. Bounded: what goes on beyond
// that is cut, and the server's own timeout of a request holds besides.

import type { IncomingMessage } from 'node:http'
import type { FastifyInstance } from 'fastify'

/** Bytes of one body that are thrown away before its sender is cut. */
const MOST_BYTES = 256 * 1024 * 1024

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0

const wantsClose = ({ headers, httpVersion }: IncomingMessage): boolean => {
  const said = (headers.connection ?? '').toLowerCase()
  return said.includes('close') || (httpVersion === '1.0' && !said.includes('keep-alive'))
}

/** Reads on and keeps nothing; resolves when the body has ended, broken off, or gone on for too long. */
const runOut = (message: IncomingMessage): Promise<void> =>
  new Promise((done) => {
    let bytes = 0
    message.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > MOST_BYTES) message.destroy()
    })
    for (const end of ['end', 'close', 'error']) message.once(end, () => done())
    message.resume()
  })

export const letBodiesRunOut = (app: FastifyInstance): void => {
  app.addHook('onSend', async (request, reply) => {
    const { raw } = request
    if (raw.complete || raw.readableEnded || raw.destroyed || !hasBody(raw)) return
    const gone = runOut(raw)
    if (wantsClose(raw)) await gone
    // the framework closes whenever it could not parse, with the rest of the body still on its way
    else reply.removeHeader('connection')
  })
}
