// POST /api/v1/catalogue (I9): a catalogue document in, checked, enacted as a law entry of the ledger. GET law shows what holds.
// A document with faults is refused whole, every fault named with its place; the former law stays in force. What of a
// calendar must be said yes to is asked here, of every door alike: the page, the file, this path, the command, the socket.

import type { FastifyPluginAsync } from 'fastify'
import type { CalendarFile } from '../contract/catalogue.ts'
import type { MappingFault } from '../contract/imports.ts'
import type { MasterFault, NoticeChoice } from '../contract/master.ts'
import { calendarSourceOf } from '../core/law/build.ts'
import { LawError } from '../core/law/fault.ts'
import type { Law } from '../core/law/law.ts'
import { CalendarError } from '../core/time/calendar-source.ts'
import { canonicalize, NotCanonical } from '../intake/canonical.ts'
import { bareCatalogue, catalogueFaults } from '../intake/catalogue.ts'
import { weighDocument } from '../intake/master/calendar-document.ts'
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

/** What whoever loads a document says yes to (T1a); by default to nothing. */
export interface LoadYes {
  /** Days in force that its notices do not name: they go, or they stay. */
  readonly notice: NoticeChoice | null
  /** A calendar may cover less than the one in force. */
  readonly shrinks: boolean
  /** Days that are not taken as they are said are left as they are. */
  readonly skipFaulty: boolean
}

/** What is said of days that a notice does not name; throws a Refusal where that is no choice. */
export const noticeChoice = (said: unknown): NoticeChoice | null => {
  if (said === undefined || said === null || said === 'replaces' || said === 'adds') return said ?? null
  throw new Refusal('bad_field', { at: '/notice', detail: 'replaces | adds' })
}

export const NO_YES: LoadYes = { notice: null, shrinks: false, skipFaulty: false }

const faultOf = ({ field, code, zh, en }: MasterFault): MappingFault => ({ at: field, detail: zh, code, zh, en })

/** The document with what was chosen for its notices; throws a Refusal that names what must be said yes to. */
const askedOf = (law: Law, body: Record<string, unknown>, yes: LoadYes): Record<string, unknown> => {
  const { notice, shrinks, skipFaulty } = yes
  const current = (id: string): CalendarFile | null => calendarSourceOf(law, id) as CalendarFile | null
  const weighed = weighDocument(body, { current, coversTo: null, notice, shrinks })
  const faults = skipFaulty ? weighed.faults : [...weighed.faults, ...weighed.kept]
  if (faults.length > 0) throw refuse(faults.map(faultOf))
  return weighed.body
}

/** Checks and enacts a document; throws a Refusal that names every fault. */
export const enactCatalogue = async (
  supervisor: Pick<Supervisor, 'law' | 'loadCatalogue'>,
  document: unknown,
  by: string,
  yes: LoadYes = NO_YES,
): Promise<{ entry: number }> => {
  const written = bareCatalogue(document)
  const faults = catalogueFaults(written)
  if (faults.length > 0) throw refuse(faults)
  const body = askedOf(supervisor.law, written as Record<string, unknown>, yes)
  try {
    return await supervisor.loadCatalogue(body, canonicalize(body), by)
  } catch (error) {
    if (error instanceof LawError || error instanceof CalendarError) {
      throw refuse([{ at: error.at, detail: error.message }])
    }
    if (error instanceof NotCanonical) throw refuse([{ at: error.at, detail: error.detail }])
    throw error
  }
}

const QUERY = {
  type: 'object',
  properties: {
    notice: { type: 'string' },
    shrinks: { type: 'string', enum: ['1'] },
    skip_faulty: { type: 'string', enum: ['1'] },
  },
} as const

interface Asked {
  notice?: string
  shrinks?: '1'
  skip_faulty?: '1'
}

export interface CatalogueParts {
  readonly supervisor: Supervisor
  readonly source: CatalogueSource
}

export const catalogueRoutes =
  ({ supervisor, source }: CatalogueParts): FastifyPluginAsync =>
  async (app) => {
    app.post<{ Querystring: Asked }>(
      '/api/v1/catalogue',
      { onRequest: need('catalogue.write'), bodyLimit: MOST_BYTES, schema: { querystring: QUERY } },
      async (request, reply) => {
        const { notice, shrinks, skip_faulty } = request.query
        const yes = { notice: noticeChoice(notice), shrinks: shrinks === '1', skipFaulty: skip_faulty === '1' }
        const { entry } = await enactCatalogue(supervisor, request.body, callerOf(request).name, yes)
        reply.code(201)
        return { entry, rows: countRows(request.body as Record<string, unknown>) }
      },
    )
    app.get('/api/v1/law', { onRequest: need('catalogue.read') }, async () =>
      lawView(supervisor.law, await source.index()),
    )
  }
