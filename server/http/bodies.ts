// One guard at the door for all bodies (I5): gzip is taken on every door and bounded by what comes out of it; texts of a
// JSON body are whole characters, for half of one cannot be stored or sealed; nothing is nested without end. Large ones are
// read one after the other, with everybody else's turn in between. What a body means is the route's. Bodies of events have a
// reader of their own, which does the same.

import { createGunzip } from 'node:zlib'
import type { FastifyInstance, FastifyRequest, RequestPayload } from 'fastify'
import { atOnce, type Steps } from '../core/steps.ts'
import { NotJson, type ParsePiece, parseSteps, TooDeep } from '../intake/json-steps.ts'
import { DEEPEST, unfitSteps } from '../intake/nesting.ts'
import { Refusal } from '../office/refusal.ts'
import type { Slices } from '../office/slices.ts'

/** Throws Refusal with the place of what cannot be taken. */
function* checkDocument(document: unknown): Steps<void> {
  const unfit = yield* unfitSteps(document)
  if (unfit?.kind === 'half') throw new Refusal('half_character', { at: unfit.at })
  if (unfit !== null) throw new Refusal('too_deep', { detail: String(DEEPEST) })
}

type Counted = RequestPayload & { receivedEncodedLength?: number }

const unzipped = (payload: RequestPayload): Counted => {
  const gunzip = createGunzip()
  const plain: Counted = gunzip
  plain.receivedEncodedLength = 0
  payload.on('data', (chunk: Buffer) => {
    plain.receivedEncodedLength = (plain.receivedEncodedLength ?? 0) + chunk.length
  })
  payload.on('error', (error) => gunzip.destroy(error))
  return payload.pipe(gunzip)
}

/** The encoding of a body, in small letters; several are named as they stand. */
const encodingOf = (request: FastifyRequest): string =>
  (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase()

/** Characters of a body that take no time worth a turn. */
const SMALL = 16_384

type Parsed = (error: Error | null, body?: unknown) => void
/** The framework's own, which refuses names that would reach into prototypes. */
type ParseJson = (request: FastifyRequest, body: string, done: Parsed) => void

const parsedBy = (parse: ParseJson, request: FastifyRequest, body: string): unknown => {
  let parsed: unknown
  parse(request, body, (error, value) => {
    if (error !== null) throw error
    parsed = value
  })
  return parsed
}

/** Throws Refusal for what is not JSON, or is nested without end. */
function* inPieces(body: string, parse: ParsePiece): Steps<unknown> {
  // a mark of the byte order is no part of the text
  const text = body.codePointAt(0) === MARK ? body.slice(1) : body
  try {
    return yield* parseSteps(text, parse)
  } catch (error) {
    if (error instanceof TooDeep) throw new Refusal('too_deep', { detail: String(DEEPEST) })
    if (error instanceof NotJson) throw new Refusal('bad_json', { detail: 'the body' })
    throw error
  }
}

const MARK = 0xfeff

const readJson = (app: FastifyInstance, slices: Slices): void => {
  const parse = app.getDefaultJsonParser('error', 'error') as ParseJson
  const steps = function* (request: FastifyRequest, body: string): Steps<unknown> {
    const parsed = yield* inPieces(body, (text) => parsedBy(parse, request, text))
    yield* checkDocument(parsed)
    return parsed
  }
  app.addContentTypeParser('application/json', { parseAs: 'string' }, async (request: FastifyRequest, body: string) => {
    const work = steps(request, body)
    return body.length <= SMALL ? atOnce(work) : slices.run(work)
  })
}

export const guardBodies = (app: FastifyInstance, slices: Slices): void => {
  app.addHook('preParsing', async (request, _, payload) => {
    const encoding = encodingOf(request)
    if (encoding === 'identity' || encoding === '') return payload
    if (encoding !== 'gzip' && encoding !== 'x-gzip') throw new Refusal('unsupported_media')
    return unzipped(payload)
  })
  readJson(app, slices)
}
