// How the front door is shut (A6): from then on nobody is let in, whoever is inside gets the answer, connections that are
// kept alive are closed with it, and what is still open after a while is cut. What was answered is durable already.

import type { FastifyInstance } from 'fastify'
import { Refusal } from '../office/refusal.ts'

/** Real ms for which answers under way are waited for. */
const GRACE_MS = 2_500

export interface Ending {
  /** Resolves when no connection is left. */
  shut(): Promise<void>
}

/** Call it before the routes are added. */
export const prepareEnding = (app: FastifyInstance): Ending => {
  let isEnding = false
  app.addHook('onRequest', async () => {
    if (isEnding) throw new Refusal('stopping')
  })
  app.addHook('onSend', async (_, reply) => {
    if (isEnding) reply.header('connection', 'close')
  })
  return {
    shut: () =>
      new Promise((done) => {
        isEnding = true
        const { server } = app
        const cut = setTimeout(() => server.closeAllConnections(), GRACE_MS)
        server.close(() => {
          clearTimeout(cut)
          done()
        })
        server.closeIdleConnections()
      }),
  }
}
