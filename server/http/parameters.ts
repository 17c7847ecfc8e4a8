// Query parameters: a name the route does not declare is refused, never ignored, for a mistyped filter
// would answer with everything and look right, and a trial asked for by one would be carried out (T1a). A route declares its names with its query schema, and with nothing else.

import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Refusal } from '../office/refusal.ts'

const SHOWN = 64

const declared = (request: FastifyRequest): readonly string[] => {
  const schema = request.routeOptions.schema?.querystring as { properties?: object } | undefined
  return Object.keys(schema?.properties ?? {})
}

/** Refuses unknown parameters under /api/, naming the first of them and those that are known. */
export const refuseUnknownParameters = (app: FastifyInstance): void => {
  app.addHook('preValidation', async (request) => {
    const { query } = request
    if (request.routeOptions.url?.startsWith('/api/') !== true) return
    const known = declared(request)
    const unknown = Object.keys(query as object).find((name) => !known.includes(name))
    if (unknown === undefined) return
    const detail = known.length === 0 ? { zh: '无', en: 'none' } : known.join(', ')
    throw new Refusal('unknown_parameter', { at: `/${unknown.slice(0, SHOWN)}`, detail }, { known })
  })
}
