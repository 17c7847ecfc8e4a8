// The quarantine (I6): a person looks, mends and sends again. Nothing leaves it by that: the outcome is recorded
// beside the row. Raw texts may bear personal parts, so reading is a permission of its own.

import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify'
import type { Receipt } from '../contract/api.ts'
import { problemLine } from '../contract/problems.ts'
import type { Instant } from '../core/time/instant.ts'
import { takeIn, type Wired } from '../intake/decode.ts'
import type { Intake, Outcome } from '../intake/outcome.ts'
import { callerOf, need } from './auth.ts'
import { Refusal } from './problems.ts'

/** A rejected event as it is shown: instants as RFC 3339. */
export interface QuarantineView {
  readonly id: number
  readonly at: string
  readonly source_system: string
  readonly event_id: string | null
  readonly project_no: string | null
  readonly code: string
  readonly field: string | null
  readonly message: string
  readonly raw: string
}

export interface QuarantineQuery {
  readonly code?: string
  readonly source?: string
  readonly after?: string
  readonly limit: number
}

export interface Resubmission {
  readonly id: number
  readonly at: Instant
  readonly by: string
  readonly eventId: string | null
  readonly outcome: Outcome
}

export interface QuarantineParts {
  readonly supervisor: Intake
  readonly clock: { now(): Instant }
  readonly aheadMs: number
  list(query: QuarantineQuery): Promise<{ items: readonly QuarantineView[]; next: string | null }>
  get(id: number): Promise<QuarantineView | null>
  recordResubmission(resubmission: Resubmission): Promise<void>
}

const QUERY = {
  type: 'object',
  properties: {
    code: { type: 'string', maxLength: 64 },
    source: { type: 'string', maxLength: 64 },
    after: { type: 'string', maxLength: 200 },
    limit: { type: 'integer', minimum: 1, maximum: 500, default: 100 },
  },
}
const PARAMS = { type: 'object', required: ['id'], properties: { id: { type: 'integer', minimum: 1 } } }

const idOf = (request: FastifyRequest): number => (request.params as { id: number }).id

const found = async (parts: QuarantineParts, request: FastifyRequest): Promise<QuarantineView> => {
  const view = await parts.get(idOf(request))
  if (view === null) throw new Refusal('not_found')
  return view
}

/** A mended event may still stand in its envelope, as it was kept. */
const wiredOf = (body: unknown): Wired => {
  const isEnvelope = typeof body === 'object' && body !== null && 'specversion' in body
  return { wire: body, envelope: isEnvelope ? 'cloudevent' : 'plain', fault: null, raw: null }
}

const resubmit = async (parts: QuarantineParts, request: FastifyRequest): Promise<Receipt> => {
  const kept = await found(parts, request)
  const by = callerOf(request).name
  const now = parts.clock.now()
  const context = { source: kept.source_system, now, aheadMs: parts.aheadMs, historical: false }
  const { intake, raw } = takeIn(wiredOf(request.body), context)
  const handOver = { source: kept.source_system, historical: false, by }
  const [outcome] = await parts.supervisor.ingest([intake], [raw], handOver)
  if (outcome === undefined) throw new Error('no outcome for a resubmitted event')
  const eventId = 'fact' in intake ? intake.fact.eventId : intake.eventId
  await parts.recordResubmission({ id: kept.id, at: parts.clock.now(), by, eventId, outcome })
  const { code, field, detail } = outcome
  const message = code === null ? null : problemLine(code, { at: field, detail })
  return { index: 0, event_id: eventId, outcome: outcome.outcome, code, field, message }
}

const addRoutes = (app: FastifyInstance, parts: QuarantineParts): void => {
  const read = need('quarantine.read')
  app.get('/api/v1/quarantine', { onRequest: read, schema: { querystring: QUERY } }, (request) =>
    parts.list(request.query as QuarantineQuery),
  )
  app.get('/api/v1/quarantine/:id', { onRequest: read, schema: { params: PARAMS } }, (request) => found(parts, request))
  app.post(
    '/api/v1/quarantine/:id/resubmit',
    { onRequest: need('quarantine.write'), schema: { params: PARAMS } },
    (request) => resubmit(parts, request),
  )
}

export const quarantineRoutes =
  (parts: QuarantineParts): FastifyPluginAsync =>
  async (app) =>
    addRoutes(app, parts)
