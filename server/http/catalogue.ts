// POST /api/v1/catalogue (I9): a catalogue document in, checked, enacted as a law entry of the ledger. GET law shows what holds.
// A document with faults is refused whole, every fault named with its place; the former law stays in force.

import type { FastifyPluginAsync } from 'fastify'
import type { MappingFault } from '../contract/imports.ts'
import { LawError } from '../core/law/fault.ts'
import { CalendarError } from '../core/time/calendar-source.ts'
import { canonicalize, NotCanonical } from '../intake/canonical.ts'
import { bareCatalogue, catalogueFaults } from '../intake/catalogue.ts'
import { countRows, lawView } from '../present/master-law.ts'
import type { Supervisor } from '../supervision/supervisor.ts'
import { callerOf, need } from './auth.ts'
import type { CatalogueSource } from './catalogue-source.ts'
import { Refusal } from './problems.ts'

const MOST_BYTES = 32 * 1024 * 1024

const refuse = (faults: readonly MappingFault[]): Refusal => {
  const [first] = faults
  return new Refusal('bad_catalogue', { at: first?.at ?? '/', detail: first?.detail ?? '' }, { faults })
}

/** Checks and enacts a document; throws a Refusal that names every fault. */
export const enactCatalogue = async (
  supervisor: Pick<Supervisor, 'loadCatalogue'>,
  document: unknown,
  by: string,
): Promise<{ entry: number }> => {
  const body = bareCatalogue(document)
  const faults = catalogueFaults(body)
  if (faults.length > 0) throw refuse(faults)
  try {
    return await supervisor.loadCatalogue(body as Record<string, unknown>, canonicalize(body), by)
  } catch (error) {
    if (error instanceof LawError || error instanceof CalendarError) {
      throw refuse([{ at: error.at, detail: error.message }])
    }
    if (error instanceof NotCanonical) throw refuse([{ at: error.at, detail: error.detail }])
    throw error
  }
}

export interface CatalogueParts {
  readonly supervisor: Supervisor
  readonly source: CatalogueSource
}

export const catalogueRoutes =
  ({ supervisor, source }: CatalogueParts): FastifyPluginAsync =>
  async (app) => {
    app.post(
      '/api/v1/catalogue',
      { onRequest: need('catalogue.write'), bodyLimit: MOST_BYTES },
      async (request, reply) => {
        const { entry } = await enactCatalogue(supervisor, request.body, callerOf(request).name)
        reply.code(201)
        return { entry, rows: countRows(request.body as Record<string, unknown>) }
      },
    )
    app.get('/api/v1/law', { onRequest: need('catalogue.read') }, async () =>
      lawView(supervisor.law, await source.index()),
    )
  }
