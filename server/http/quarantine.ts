// The quarantine (I6): a person looks, mends and sends again. Nothing leaves it by that: the outcome is recorded
// beside the row. Raw texts may bear personal parts, so reading is a permission of its own.

import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify'
import { grantOf } from '../access/permissions.ts'
import type { Receipt } from '../contract/api.ts'
import type { Instant } from '../core/time/instant.ts'
import type { Intake, Outcome } from '../intake/outcome.ts'
import type { DoorContext } from '../intake/rating.ts'
import { takeIn } from '../intake/take-in.ts'
import type { Wired } from '../intake/wired.ts'
import { NUMBERED_PAGE, type PageQuery, pageOf, TEXT } from './answers.ts'
import { callerOf, need } from './auth.ts'
import { Refusal } from './problems.ts'
import { eventIdOf, receiptOf } from './receipt.ts'

/** A rejected event as it is shown: instants as RFC 3339. */
export interface QuarantineView {
  readonly id: number
  readonly at: string
  readonly source_system: string
  readonly event_id: string | null
  readonly project_no: string | null
  readonly code: string
  readonly field: string | null
  /** In Chinese; in English beside it. */
  readonly message: string
  readonly message_en: string
  /** null: withheld, for it may bear personal parts and the caller may not read them. */
  readonly raw: string | null
  /** null: it waits for a person. */
  readonly resolved_at: string | null
  readonly resolution: 'resubmitted' | 'dismissed' | null
}

/** How much the quarantine holds of a source, and how much it may. */
export interface QuarantineCountView {
  readonly source_system: string
  readonly rows: number
  readonly bytes: number
  /** Rows that were not resolved. */
  readonly waiting: number
  readonly most_rows: number
  readonly most_bytes: number
  /** Nothing of it can make room: what is rejected now is not kept, and its sender is told (503). */
  readonly full: boolean
}

/** Rows of a source, of one code or of all, that need no mending: with the reason of whoever says so. */
export interface Dismissal {
  readonly source: string
  readonly from: number
  readonly upTo: number
  readonly code: string | null
  readonly by: string
  readonly why: string
}

export interface QuarantineQuery {
  readonly code?: string
  readonly source?: string
  readonly after?: string
  readonly limit: number
}

type Asked = PageQuery & Pick<QuarantineQuery, 'code' | 'source'>

export interface Resubmission {
  readonly id: number
  readonly source: string
  readonly at: Instant
  readonly by: string
  readonly eventId: string | null
  readonly outcome: Outcome
}

export interface QuarantineParts {
  readonly supervisor: Intake
  readonly clock: { now(): Instant }
  readonly aheadMs: number
  readonly scaleOf: DoorContext['scaleOf']
  list(query: QuarantineQuery): Promise<{ items: readonly QuarantineView[]; next: string | null }>
  get(id: number): Promise<QuarantineView | null>
  recordResubmission(resubmission: Resubmission): Promise<void>
  counts(): Promise<readonly QuarantineCountView[]>
  dismiss(dismissal: Dismissal): Promise<void>
}

const QUERY = {
  type: 'object',
  properties: {
    ...NUMBERED_PAGE,
    code: { type: 'string', maxLength: 64 },
    source: { type: 'string', maxLength: 64 },
  },
}
const PARAMS = { type: 'object', required: ['id'], properties: { id: { type: 'integer', minimum: 1 } } }

const queryOf = ({ code, source, ...page }: Asked): QuarantineQuery => ({
  ...pageOf(page),
  ...(code === undefined ? {} : { code }),
  ...(source === undefined ? {} : { source }),
})

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
  const context = { source: kept.source_system, now, aheadMs: parts.aheadMs, historical: null, scaleOf: parts.scaleOf }
  const { intake, raw } = takeIn(wiredOf(request.body), context)
  const handOver = { source: kept.source_system, historical: null, by }
  const [outcome] = await parts.supervisor.ingest([intake], [raw], handOver)
  if (outcome === undefined) throw new Error('no outcome for a resubmitted event')
  const eventId = eventIdOf(intake)
  await parts.recordResubmission({
    id: kept.id,
    source: kept.source_system,
    at: parts.clock.now(),
    by,
    eventId,
    outcome,
  })
  return receiptOf(0, intake, outcome)
}

interface DismissBody {
  readonly source_system: string
  readonly from: number
  readonly up_to: number
  readonly code?: string
  readonly why: string
}

const NUMBER = { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER } as const
const DISMISS = {
  type: 'object',
  required: ['source_system', 'up_to', 'why'],
  additionalProperties: false,
  properties: { source_system: TEXT, from: { ...NUMBER, default: 1 }, up_to: NUMBER, code: TEXT, why: TEXT },
} as const

/** Sets rows down as needing no mending. They stay to be read until their place is needed. */
const dismiss = async (parts: QuarantineParts, request: FastifyRequest): Promise<QuarantineCountView | null> => {
  const { source_system: source, from, up_to: upTo, code = null, why } = request.body as DismissBody
  const isHeld = (await parts.counts()).some((count) => count.source_system === source)
  if (!isHeld) throw new Refusal('not_found')
  await parts.dismiss({ source, from, upTo, code, by: callerOf(request).name, why })
  return (await parts.counts()).find((count) => count.source_system === source) ?? null
}

/** What may be personal is shown only to those who may read it (A1). */
const shownTo = (request: FastifyRequest, view: QuarantineView): QuarantineView =>
  grantOf(callerOf(request).role, 'personal.read') === 'all' ? view : { ...view, raw: null }

const addRoutes = (app: FastifyInstance, parts: QuarantineParts): void => {
  const read = need('quarantine.read')
  app.get('/api/v1/quarantine', { onRequest: read, schema: { querystring: QUERY } }, async (request) => {
    const { items, next } = await parts.list(queryOf(request.query as Asked))
    return { items: items.map((view) => shownTo(request, view)), next }
  })
  app.get('/api/v1/quarantine/counts', { onRequest: read }, async () => ({ items: await parts.counts(), next: null }))
  app.post(
    '/api/v1/quarantine/dismiss',
    { onRequest: need('quarantine.write'), schema: { body: DISMISS } },
    (request) => dismiss(parts, request),
  )
  app.get('/api/v1/quarantine/:id', { onRequest: read, schema: { params: PARAMS } }, async (request) =>
    shownTo(request, await found(parts, request)),
  )
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
