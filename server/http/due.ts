// POST /api/v1/due (SPEC 11): the limit calculator. One question or an array; one answer each, in order. Pure law:
// nothing is read or stored. A long array is answered in slices, so that it holds nobody else, and what one slice could not
// hold is refused (I5). A question with a fault gets an answer that says so.

import type { FastifyPluginAsync } from 'fastify'
import { answerDue } from '../core/time/due.ts'
import { isTooCostly } from '../core/time/due-cost.ts'
import type { DueLaw } from '../core/time/due-read.ts'
import { openSlices } from '../supervision/slices.ts'
import { need } from './auth.ts'
import { Refusal } from './problems.ts'

const MOST_QUESTIONS = 10_000

export const dueRoutes =
  (parts: { readonly law: () => DueLaw; readonly mono: () => number }): FastifyPluginAsync =>
  async (app) => {
    const slices = openSlices(parts.mono)
    app.post('/api/v1/due', { onRequest: need('due.use') }, async (request, reply) => {
      const { body } = request
      const law = parts.law()
      if (isTooCostly(Array.isArray(body) ? body : [body])) throw new Refusal('too_costly')
      if (!Array.isArray(body)) {
        const answer = answerDue(body, law)
        if (!('error' in answer)) return answer
        const { code, at, zh, en } = answer.error
        const known = code === 'missing_field' || code === 'not_an_object' ? code : 'bad_field'
        throw new Refusal(known, { at: `/${at}`, detail: en }, { zh, en, reason: code })
      }
      if (body.length > MOST_QUESTIONS) throw new Refusal('too_large', { detail: String(MOST_QUESTIONS) })
      const answers = await slices.map(body, (question) => JSON.stringify(answerDue(question, law)))
      return reply.type('application/json; charset=utf-8').send(`[${answers.join(',')}]`)
    })
  }
