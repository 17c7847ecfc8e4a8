// POST /api/v1/catalogue (I9): a catalogue document in, checked, enacted as a law entry of the ledger. GET shows its rows.
// A document with faults is refused whole, every fault named with its place; the former law stays in force.

import type { FastifyPluginAsync } from 'fastify'
import { LawError } from '../core/law/build.ts'
import { CalendarError } from '../core/time/calendar-source.ts'
import { canonicalize } from '../intake/canonical.ts'
import { catalogueFaults, type Fault } from '../intake/catalogue.ts'
import type { Supervisor } from '../supervision/supervisor.ts'
import { callerOf, need } from './auth.ts'
import { Refusal } from './problems.ts'

const MOST_BYTES = 32 * 1024 * 1024

const refuse = (faults: readonly Fault[]): Refusal => {
  const [first] = faults
  return new Refusal('bad_catalogue', { at: first?.at ?? '/', detail: first?.detail ?? '' }, { faults })
}

/** Checks and enacts a document; throws a Refusal that names every fault. */
export const enactCatalogue = async (
  supervisor: Pick<Supervisor, 'loadCatalogue'>,
  body: unknown,
  by: string,
): Promise<{ entry: number }> => {
  const faults = catalogueFaults(body)
  if (faults.length > 0) throw refuse(faults)
  try {
    return await supervisor.loadCatalogue(body as Record<string, unknown>, canonicalize(body), by)
  } catch (error) {
    if (error instanceof LawError || error instanceof CalendarError) {
      throw refuse([{ at: error.at, detail: error.message }])
    }
    throw error
  }
}

const COUNTED = ['calendars', 'regions', 'departments', 'windows', 'operators', 'items', 'sources'] as const

const counts = (body: Record<string, unknown>): Record<string, number> =>
  Object.fromEntries(COUNTED.map((table) => [table, Array.isArray(body[table]) ? body[table].length : 0]))

export const catalogueRoutes =
  (parts: { readonly supervisor: Supervisor }): FastifyPluginAsync =>
  async (app) => {
    app.post(
      '/api/v1/catalogue',
      { onRequest: need('catalogue.write'), bodyLimit: MOST_BYTES },
      async (request, reply) => {
        const { entry } = await enactCatalogue(parts.supervisor, request.body, callerOf(request).name)
        reply.code(201)
        return { entry, rows: counts(request.body as Record<string, unknown>) }
      },
    )
    app.get('/api/v1/law', { onRequest: need('catalogue.read') }, async () => {
      const { law } = parts.supervisor
      const { tables } = law
      return {
        version: law.version,
        centre: law.centre,
        profile: law.profile.id,
        calendars: [...law.calendars.values()].map(({ id, name, zone, version }) => ({
          id,
          name,
          zone: zone.name,
          version,
        })),
        rules: [...law.rules.values()],
        rows: Object.fromEntries(Object.entries(tables).map(([table, rows]) => [table, rows.size])),
      }
    })
  }
