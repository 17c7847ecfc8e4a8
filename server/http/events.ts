// POST /api/v1/events (I3–I5): bytes in, receipts out, one an event and in order. Bodies are bounded; NDJSON is read
// as a stream and handed on in slices. Answers 200 whenever the request could be read, even if every event in it is
// rejected. `accepted` is the supervisor's word, never this room's. A source sends as itself; an administrator for any.

import type { Readable } from 'node:stream'
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Identity } from '../access/keys.ts'
import { grantOf } from '../access/permissions.ts'
import type { Receipts } from '../contract/api.ts'
import type { Phrase } from '../contract/phrases.ts'
import { atOnce } from '../core/steps.ts'
import { parseInstant } from '../core/time/civil.ts'
import type { Instant } from '../core/time/instant.ts'
import type { HandOver, Intake } from '../intake/outcome.ts'
import type { DoorContext } from '../intake/rating.ts'
import { stampFault } from '../intake/stamp.ts'
import { decodeLines, TooLarge } from '../intake/stream.ts'
import { takeIn } from '../intake/take-in.ts'
import { decodeSteps } from '../intake/whole.ts'
import { type IntakeBounds, MEDIA_TYPES, mediaOf, type Wired } from '../intake/wired.ts'
import { Busy } from '../supervision/busy.ts'
import { openSlices, type Slices } from '../supervision/slices.ts'
import { Unstored } from '../supervision/unstored.ts'
import { callerOf, need } from './auth.ts'
import { Refusal } from './problems.ts'
import { receiptOf } from './receipt.ts'

export interface EventParts {
  readonly supervisor: Intake
  readonly scaleOf: DoorContext['scaleOf']
  readonly clock: { now(): Instant; mono(): number }
  readonly limits: IntakeBounds & { readonly aheadMs: number }
}

/** The declared instant of a past record (I8); null: the events are live. */
const pastBefore = ({ headers }: FastifyRequest, caller: Identity, now: Instant): Instant | null => {
  const said = headers['x-mingjing-historical']
  if (said === undefined) return null
  if (caller.declaresPast !== true && grantOf(caller.role, 'past.declare') === 'no')
    throw new Refusal('may_not_declare')
  const instant = typeof said === 'string' && said.length <= 64 ? parseInstant(said) : null
  if (instant === null)
    throw new Refusal('bad_instant', { at: 'X-Mingjing-Historical', detail: stampFault(String(said)) })
  // limits to come are of no past record
  if (instant > now) throw new Refusal('from_future', { at: 'X-Mingjing-Historical', detail: String(said) })
  return instant
}

/** Whom the events are from. A source's key that names no source can send nothing. */
const handOverOf = (request: FastifyRequest, now: Instant): HandOver => {
  const caller = callerOf(request)
  if (caller.role === 'source' && caller.source === null) throw new Refusal('not_allowed')
  return {
    source: caller.role === 'source' ? caller.source : null,
    historical: pastBefore(request, caller, now),
    by: caller.name,
  }
}

/** One request under way: what has been answered so far. */
interface Run {
  readonly handOver: HandOver
  readonly answer: Receipts
  /** What is long is read in pieces, all requests in one row. */
  readonly slices: Slices
}

/** What is shorter than this is read at a stretch: giving way costs more than it takes. */
const SHORT_BYTES = 32_768
const FEW_EVENTS = 20

const handOn = async (parts: EventParts, run: Run, wired: readonly Wired[]): Promise<void> => {
  const { source, historical } = run.handOver
  const context = { source, historical, now: parts.clock.now(), aheadMs: parts.limits.aheadMs, scaleOf: parts.scaleOf }
  const judge = (event: Wired) => takeIn(event, context)
  const taken = wired.length <= FEW_EVENTS ? wired.map(judge) : await run.slices.map(wired, judge)
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
  const steps = decodeSteps(body, media, request.headers, parts.limits)
  const wired = body.length <= SHORT_BYTES ? atOnce(steps) : await run.slices.run(steps)
  if ('code' in wired) throw new Refusal(wired.code, wired)
  for (let from = 0; from < wired.length; from += parts.limits.slice)
    await handOn(parts, run, wired.slice(from, from + parts.limits.slice))
}

const takeLines = async (parts: EventParts, run: Run, request: FastifyRequest): Promise<void> => {
  if (Number(request.headers['content-length'] ?? 0) > parts.limits.bytes)
    throw new TooLarge(`≤ ${parts.limits.bytes} bytes`)
  // not destroyed at an early end: the rest of the body still has to run out (leftover.ts)
  const chunks = (request.body as Readable).iterator({ destroyOnReturn: false })
  for await (const slice of decodeLines(chunks, parts.limits, run.slices.run)) await handOn(parts, run, slice)
}

/** Room is made by a person: coming back sooner helps nobody. */
const FULL_RETRY_S = 60

const fullOf = ({ receipts }: Receipts): Phrase => {
  const n = receipts.filter(({ code }) => code === 'quarantine_full').length
  return { zh: `共 ${n} 件`, en: `${n} events` }
}

interface Asked {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

const take = async (parts: EventParts, slices: Slices, { request, reply }: Asked): Promise<Receipts> => {
  const answer: Receipts = { accepted: 0, known: 0, rejected: 0, receipts: [] }
  const run: Run = { handOver: handOverOf(request, parts.clock.now()), answer, slices }
  const isStream = mediaOf(request.headers) === 'ndjson'
  try {
    await (isStream ? takeLines(parts, run, request) : takeWhole(parts, run, request))
    if (!answer.receipts.some(({ code }) => code === 'quarantine_full')) return answer
  } catch (error) {
    const answered = answer.receipts.length
    if (error instanceof TooLarge) throw new Refusal('too_large', error, answered > 0 ? { ...answer } : {})
    if (!(error instanceof Busy || error instanceof Unstored)) throw error
    reply.header('retry-after', String(error.retryAfterS))
    if (answered === 0) throw error
    if (error instanceof Unstored) throw new Refusal(error.code, {}, { ...answer })
    throw new Refusal('busy_midway', { detail: String(answered) }, { ...answer })
  }
  // what was taken stands; what could not even be kept is to be sent again
  reply.header('retry-after', String(FULL_RETRY_S))
  throw new Refusal('quarantine_full', { detail: fullOf(answer) }, { ...answer })
}

const readBodies = (app: FastifyInstance): void => {
  app.removeAllContentTypeParsers()
  const lines = MEDIA_TYPES.filter((type) => type.includes('ndjson'))
  const whole = MEDIA_TYPES.filter((type) => !type.includes('ndjson'))
  app.addContentTypeParser(whole, { parseAs: 'buffer' }, (_, body, done) => done(null, body))
  app.addContentTypeParser(lines, (_, stream, done) => done(null, stream))
}

export const eventRoutes =
  (parts: EventParts): FastifyPluginAsync =>
  async (app) => {
    readBodies(app)
    const slices = openSlices(parts.clock.mono)
    const onRequest = need('events.write', { own: true })
    app.post('/api/v1/events', { onRequest, bodyLimit: parts.limits.bytes }, (request, reply) =>
      take(parts, slices, { request, reply }),
    )
  }
