// POST /api/v1/events (I3–I5): bytes in, receipts out, one an event and in order. Bodies are bounded; NDJSON is read
// as a stream and handed on in slices. Answers 200 whenever the request could be read, even if every event in it is
// rejected. `accepted` is the supervisor's word, never this room's. A source sends as itself; an administrator for any.

import type { Readable } from 'node:stream'
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Identity } from '../access/keys.ts'
import type { Receipt, Receipts } from '../contract/api.ts'
import { problemLine } from '../contract/problems.ts'
import type { Instant } from '../core/time/instant.ts'
import {
  decodeBody,
  decodeLines,
  type IntakeBounds,
  MEDIA_TYPES,
  mediaOf,
  TooLarge,
  takeIn,
  type Wired,
} from '../intake/decode.ts'
import type { Rejection, Taken } from '../intake/fact.ts'
import type { HandOver, Intake, Outcome } from '../intake/outcome.ts'
import { Busy } from '../supervision/busy.ts'
import { callerOf, need } from './auth.ts'
import { Refusal } from './problems.ts'

export interface EventParts {
  readonly supervisor: Intake
  readonly clock: { now(): Instant }
  readonly limits: IntakeBounds & { readonly aheadMs: number }
}

const eventIdOf = (intake: Taken | Rejection): string | null =>
  'fact' in intake ? intake.fact.eventId : intake.eventId

const receiptOf = (index: number, intake: Taken | Rejection, outcome: Outcome): Receipt => ({
  index,
  event_id: eventIdOf(intake),
  outcome: outcome.outcome,
  code: outcome.code,
  field: outcome.field,
  message: outcome.code === null ? null : problemLine(outcome.code, { at: outcome.field, detail: outcome.detail }),
})

/** Whom the events are from. A source's key that names no source can send nothing. */
const handOverOf = (request: FastifyRequest, caller: Identity): HandOver => {
  if (caller.role === 'source' && caller.source === null) throw new Refusal('not_allowed')
  return {
    source: caller.role === 'source' ? caller.source : null,
    historical: request.headers['x-mingjing-historical'] === 'true',
    by: caller.name,
  }
}

/** One request under way: what has been answered so far. */
interface Run {
  readonly handOver: HandOver
  readonly answer: Receipts
}

const handOn = async (parts: EventParts, run: Run, wired: readonly Wired[]): Promise<void> => {
  const { source, historical } = run.handOver
  const context = { source, historical, now: parts.clock.now(), aheadMs: parts.limits.aheadMs }
  const taken = wired.map((event) => takeIn(event, context))
  const intakes = taken.map((event) => event.intake)
  const raw = taken.map((event) => event.raw)
  const outcomes = await parts.supervisor.ingest(intakes, raw, run.handOver)
  intakes.forEach((intake, i) => {
    const outcome = outcomes[i]
    if (outcome === undefined) throw new Error(`no outcome for event ${i} of ${intakes.length}`)
    run.answer[outcome.outcome]++
    run.answer.receipts.push(receiptOf(run.answer.receipts.length, intake, outcome))
  })
}

const takeWhole = async (parts: EventParts, run: Run, request: FastifyRequest): Promise<void> => {
  const media = mediaOf(request.headers)
  if (media === null || media === 'ndjson') throw new Refusal('unsupported_media')
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  const wired = decodeBody(body, media, request.headers, parts.limits)
  if ('code' in wired) throw new Refusal(wired.code, wired)
  for (let from = 0; from < wired.length; from += parts.limits.slice)
    await handOn(parts, run, wired.slice(from, from + parts.limits.slice))
}

const takeLines = async (parts: EventParts, run: Run, request: FastifyRequest): Promise<void> => {
  if (Number(request.headers['content-length'] ?? 0) > parts.limits.bytes)
    throw new TooLarge(`≤ ${parts.limits.bytes} bytes`)
  // not destroyed at an early end: the rest of the body still has to run out
  const chunks = (request.body as Readable).iterator({ destroyOnReturn: false })
  for await (const slice of decodeLines(chunks, parts.limits)) await handOn(parts, run, slice)
}

const take = async (parts: EventParts, request: FastifyRequest, reply: FastifyReply): Promise<Receipts> => {
  const answer: Receipts = { accepted: 0, known: 0, rejected: 0, receipts: [] }
  const run: Run = { handOver: handOverOf(request, callerOf(request)), answer }
  const isStream = mediaOf(request.headers) === 'ndjson'
  try {
    await (isStream ? takeLines(parts, run, request) : takeWhole(parts, run, request))
    return answer
  } catch (error) {
    // what is left of the body is let run out unread, so that the sender gets to read the answer
    if (isStream) request.raw.resume()
    const answered = answer.receipts.length
    if (error instanceof TooLarge) throw new Refusal('too_large', error, answered > 0 ? { ...answer } : {})
    if (!(error instanceof Busy)) throw error
    reply.header('retry-after', String(error.retryAfterS))
    if (answered === 0) throw error
    throw new Refusal('busy_midway', { detail: String(answered) }, { ...answer })
  }
}

const readBodies = (app: FastifyInstance, limits: IntakeBounds): void => {
  app.removeAllContentTypeParsers()
  const lines = MEDIA_TYPES.filter((type) => type.includes('ndjson'))
  const whole = MEDIA_TYPES.filter((type) => !type.includes('ndjson'))
  app.addContentTypeParser(whole, { parseAs: 'buffer', bodyLimit: limits.bytes }, (_, body, done) => done(null, body))
  app.addContentTypeParser(lines, (_, stream, done) => done(null, stream))
}

const isEncoded = (request: FastifyRequest): boolean =>
  (request.headers['content-encoding'] ?? 'identity').toLowerCase() !== 'identity'

export const eventRoutes =
  (parts: EventParts): FastifyPluginAsync =>
  async (app) => {
    readBodies(app, parts.limits)
    app.post('/api/v1/events', { onRequest: need('events.write', { own: true }) }, async (request, reply) => {
      if (isEncoded(request)) throw new Refusal('unsupported_media')
      return take(parts, request, reply)
    })
  }
