// POST /api/v1/events (I3–I5): bytes in, receipts out, one an event and in order. Bodies are bounded; NDJSON is read
// as a stream and handed on in slices. Answers 200 whenever the request could be read, even if every event in it is
// rejected.

import type { Readable } from 'node:stream'
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { Receipts } from '../contract/api.ts'
import type { Phrase } from '../contract/phrases.ts'
import { atOnce } from '../core/steps.ts'
import { decodeLines, TooLarge } from '../intake/stream.ts'
import { decodeSteps } from '../intake/whole.ts'
import { MEDIA_TYPES, mediaOf } from '../intake/wired.ts'
import { type EventDoor, type EventParts, openEventDoor, type PastSaid, type Sending } from '../office/events.ts'
import { laterOf } from '../office/later.ts'
import { Refusal } from '../office/refusal.ts'
import { callerOf, need } from './auth.ts'

/** One request under way. */
interface Run {
  readonly door: EventDoor
  readonly sending: Sending
  readonly limits: EventParts['limits']
}

/** What is shorter than this is read at a stretch: giving way costs more than it takes. */
const SHORT_BYTES = 32_768

const takeWhole = async ({ door, sending, limits }: Run, request: FastifyRequest): Promise<void> => {
  const media = mediaOf(request.headers)
  if (media === null || media === 'ndjson') throw new Refusal('unsupported_media')
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  const steps = decodeSteps(body, media, request.headers, limits)
  const wired = body.length <= SHORT_BYTES ? atOnce(steps) : await door.slices.run(steps)
  if ('code' in wired) throw new Refusal(wired.code, wired)
  for (let from = 0; from < wired.length; from += limits.slice)
    await door.take(sending, wired.slice(from, from + limits.slice))
}

const takeLines = async ({ door, sending, limits }: Run, request: FastifyRequest): Promise<void> => {
  if (Number(request.headers['content-length'] ?? 0) > limits.bytes) throw new TooLarge(`≤ ${limits.bytes} bytes`)
  // not destroyed at an early end: the rest of the body still has to run out (leftover.ts)
  const chunks = (request.body as Readable).iterator({ destroyOnReturn: false })
  for await (const slice of decodeLines(chunks, limits, door.slices.run)) await door.take(sending, slice)
}

/** Room is made by a person: coming back sooner helps nobody. */
const FULL_RETRY_S = 60

const fullOf = ({ receipts }: Receipts): Phrase => {
  const n = receipts.filter(({ code }) => code === 'quarantine_full').length
  return { zh: `共 ${n} 件`, en: `${n} events` }
}

const PAST = 'X-Mingjing-Historical'

const pastIn = ({ headers }: FastifyRequest): PastSaid | null => {
  const said = headers[PAST.toLowerCase()]
  return said === undefined ? null : { said: String(said), at: PAST }
}

interface Asked {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

const take = async (parts: EventParts, door: EventDoor, { request, reply }: Asked): Promise<Receipts> => {
  const sending = door.begin(callerOf(request), pastIn(request))
  const { answer } = sending
  const run: Run = { door, sending, limits: parts.limits }
  try {
    await (mediaOf(request.headers) === 'ndjson' ? takeLines(run, request) : takeWhole(run, request))
    if (!answer.receipts.some(({ code }) => code === 'quarantine_full')) return answer
  } catch (error) {
    const answered = answer.receipts.length
    if (error instanceof TooLarge) throw new Refusal('too_large', error, answered > 0 ? { ...answer } : {})
    const later = laterOf(error)
    if (later === null || later.code === 'stopping') throw error
    reply.header('retry-after', String(later.afterS))
    if (answered === 0) throw error
    if (later.code !== 'busy') throw new Refusal(later.code, {}, { ...answer })
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
    const door = openEventDoor(parts)
    const onRequest = need('events.write', { own: true })
    app.post('/api/v1/events', { onRequest, bodyLimit: parts.limits.bytes }, (request, reply) =>
      take(parts, door, { request, reply }),
    )
  }
