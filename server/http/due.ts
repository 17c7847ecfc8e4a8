// POST /api/v1/due (SPEC 11): the limit calculator. One question or an array; one answer each, in order. Pure law:
// nothing is read or stored. A question with a fault gets an answer that says so.

import type { FastifyPluginAsync } from 'fastify'
import { answerDue } from '../core/time/due.ts'
import type { DueLaw } from '../core/time/due-read.ts'
import { need } from './auth.ts'
import { Refusal } from './problems.ts'

const MOST_QUESTIONS = 10_000

export const dueRoutes =
  (parts: { readonly law: () => DueLaw }): FastifyPluginAsync =>
  async (app) => {
    app.post('/api/v1/due', { onRequest: need('due.use') }, async (request) => {
      const { body } = request
      const law = parts.law()
      if (!Array.isArray(body)) {
        const answer = answerDue(body, law)
        if (!('error' in answer)) return answer
        const { code, at, zh, en } = answer.error
        const known = code === 'missing_field' || code === 'not_an_object' ? code : 'bad_field'
        throw new Refusal(known, { at: `/${at}`, detail: en }, { zh, en, reason: code })
      }
      if (body.length > MOST_QUESTIONS) throw new Refusal('too_large')
      return body.map((question) => answerDue(question, law))
    })
  }
