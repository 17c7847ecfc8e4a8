// POST /api/v1/catalogue/loads/{entry}/take-back (T1a): a load of law is taken back in one logged act, with its reason; asked
// for a trial it tells first what that would move. The load stays in the ledger and on the list; the law is as without it.

import type { FastifyPluginAsync } from 'fastify'
import { canonicalize } from '../intake/canonical.ts'
import type { Records } from '../store/port.ts'
import type { Supervisor } from '../supervision/supervisor.ts'
import { weighLaw } from '../supervision/weigh-law.ts'
import { callerOf, need } from './auth.ts'
import { weighTakingBack } from './catalogue-load.ts'
import type { CatalogueSource } from './catalogue-source.ts'
import { Refusal } from './problems.ts'

export interface LoadParts {
  readonly supervisor: Pick<Supervisor, 'loadCatalogue' | 'now'>
  readonly source: CatalogueSource
  readonly reader: Records
}

const BODY = {
  type: 'object',
  additionalProperties: false,
  required: ['why'],
  properties: {
    why: { type: 'string', minLength: 1, maxLength: 500, pattern: '\\S' },
    who: { type: 'string', maxLength: 60 },
    dry_run: { type: 'boolean' },
  },
} as const

const PARAMS = {
  type: 'object',
  properties: { entry: { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER } },
} as const

interface Asked {
  Params: { entry: number }
  Body: { why: string; who?: string; dry_run?: boolean }
}

export const catalogueTakeBackRoutes =
  ({ supervisor, source, reader }: LoadParts): FastifyPluginAsync =>
  async (app) => {
    app.post<Asked>(
      '/api/v1/catalogue/loads/:entry/take-back',
      { onRequest: need('catalogue.write'), schema: { params: PARAMS, body: BODY } },
      async (request, reply) => {
        const { entry } = request.params
        const { why, who, dry_run } = request.body
        const weighed = weighTakingBack(entry, why.trim(), await source.index())
        if (weighed === 'not_found') throw new Refusal('load_not_found', { at: '/entry', detail: String(entry) })
        if (weighed === 'taken_back') throw new Refusal('load_taken_back', { at: '/entry', detail: String(entry) })
        if ('contained' in weighed) {
          const { calendarId, entry: later } = weighed.contained
          throw new Refusal(
            'load_contained',
            { at: '/entry', detail: `${calendarId} → ${later}` },
            { contained_in: later },
          )
        }
        if ('code' in weighed) throw new Refusal('bad_catalogue', { at: weighed.field, detail: weighed.en })
        const { document, laws } = weighed
        if (dry_run === true)
          return { entry: null, moves: await weighLaw({ records: reader, ...laws, now: supervisor.now() }) }
        const { name } = callerOf(request)
        const by = who === undefined || who.trim() === '' ? name : `${name} · ${who.trim()}`
        const enacted = await supervisor.loadCatalogue(document, canonicalize(document), by)
        reply.code(201)
        return { entry: enacted.entry, moves: null }
      },
    )
  }
