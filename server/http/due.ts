// POST /api/v1/due (SPEC 11): the limit calculator, for one question or an array.

import type { FastifyPluginAsync } from 'fastify'
import type { DueLaw } from '../core/time/due-read.ts'
import { answerMany, answerOne, dueParts } from '../office/due.ts'
import { callerOf, need } from './auth.ts'

/** Some ten thousand questions. */
const MOST_BYTES = 1024 * 1024

export const dueRoutes =
  ({ law, mono }: { readonly law: () => DueLaw; readonly mono: () => number }): FastifyPluginAsync =>
  async (app) => {
    const parts = dueParts(law, mono)
    app.post('/api/v1/due', { onRequest: need('due.use'), bodyLimit: MOST_BYTES }, async (request, reply) => {
      const { body } = request
      if (!Array.isArray(body)) return answerOne(parts, callerOf(request), body)
      const answers = await answerMany(parts, callerOf(request), body)
      return reply.type('application/json; charset=utf-8').send(`[${answers.join(',')}]`)
    })
  }
