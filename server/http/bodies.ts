// One guard at the door for all bodies (I5): gzip is taken on every door and bounded by what comes out of it; texts of a
// JSON body are whole characters, for half of one cannot be stored or sealed; nothing is nested without end. What a body
// means is the route's. Bodies of events have a reader of their own, which does the same.

import { createGunzip } from 'node:zlib'
import type { FastifyInstance, FastifyRequest, RequestPayload } from 'fastify'
import { Refusal } from './problems.ts'

/** No document of ours is half as deep. */
const DEEPEST = 64
/** Half of a character: a lone surrogate. */
const HALF = /\p{Surrogate}/u

const step = (key: string): string => `/${key.replace(/~/g, '~0').replace(/\//g, '~1')}`

/** Looks at every text and every level, without recursion. Throws Refusal with the place of what cannot be taken. */
export const checkDocument = (document: unknown): void => {
  const open: { value: unknown; at: string; depth: number }[] = [{ value: document, at: '', depth: 0 }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, at, depth } = next
    if (typeof value === 'string' && HALF.test(value)) throw new Refusal('half_character', { at })
    if (typeof value !== 'object' || value === null) continue
    if (depth >= DEEPEST) throw new Refusal('too_deep', { detail: String(DEEPEST) })
    for (const [key, inner] of Object.entries(value)) {
      if (HALF.test(key)) throw new Refusal('half_character', { at })
      if (typeof inner === 'string' ? HALF.test(inner) : typeof inner === 'object' && inner !== null)
        open.push({ value: inner, at: `${at}${step(key)}`, depth: depth + 1 })
    }
  }
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
