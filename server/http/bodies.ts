// One guard at the door for all bodies (I5): gzip is taken on every door and bounded by what comes out of it; texts of a
// JSON body are whole characters, for half of one cannot be stored or sealed; nothing is nested without end. What a body
// means is the route's. Bodies of events have a reader of their own, which does the same.

import { createGunzip } from 'node:zlib'
import type { FastifyInstance, FastifyRequest, RequestPayload } from 'fastify'
import { DEEPEST, unfitIn } from '../intake/nesting.ts'
import { Refusal } from '../office/refusal.ts'

/** Throws Refusal with the place of what cannot be taken. */
export const checkDocument = (document: unknown): void => {
  const unfit = unfitIn(document)
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

const isJson = (request: FastifyRequest): boolean =>
  typeof request.body === 'object' && request.body !== null && /\bjson\b/i.test(request.headers['content-type'] ?? '')

export const guardBodies = (app: FastifyInstance): void => {
  app.addHook('preParsing', async (request, _, payload) => {
    const encoding = encodingOf(request)
    if (encoding === 'identity' || encoding === '') return payload
    if (encoding !== 'gzip' && encoding !== 'x-gzip') throw new Refusal('unsupported_media')
    return unzipped(payload)
  })
  app.addHook('preValidation', async (request) => {
    if (isJson(request) && !Buffer.isBuffer(request.body)) checkDocument(request.body)
  })
}
