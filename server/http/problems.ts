// Errors as problem+json (RFC 9457) with a stable code and two languages (part 11). Never shows a stack, a parser's
// quotation or anything of the machine: an unexpected error is logged under a reference, and only that is told.

import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { FastifySchemaValidationError } from 'fastify/types/schema.js'
import type { Problem } from '../contract/api.ts'
import { type ProblemCode, type ProblemPlace, problemText } from '../contract/problems.ts'
import { laterOf } from '../office/later.ts'
import { Refusal } from '../office/refusal.ts'
import { hearRoutes } from './paths.ts'

export const problemOf = (code: ProblemCode, place: ProblemPlace): Problem => {
  const { status, zh, en } = problemText(code, place)
  const problem: Problem = { type: `urn:mingjing:problem:${code}`, title: en, status, code, zh, en }
  if (place.at) problem.at = place.at
  return problem
}

export const sendProblem = (
  reply: FastifyReply,
  code: ProblemCode,
  place: ProblemPlace = {},
  more: Readonly<Record<string, unknown>> = {},
): FastifyReply => {
  const problem = problemOf(code, place)
  const { status } = problem
  // a caller that asks too much is told when to come again; others who say 503 have said it (I5)
  if (code === 'too_many_questions') reply.header('retry-after', '2')
  if (status === 401) reply.header('www-authenticate', 'Bearer')
  // written here, for a serializer must not decide what a problem may bear
  return reply
    .code(status)
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify({ ...problem, ...more }))
}

const FRAMEWORK_CODES: ReadonlyMap<string, ProblemCode> = new Map<string, ProblemCode>([
  ['FST_ERR_CTP_BODY_TOO_LARGE', 'too_large'],
  ['FST_ERR_CTP_INVALID_MEDIA_TYPE', 'unsupported_media'],
  ['FST_ERR_CTP_INVALID_CONTENT_LENGTH', 'bad_request'],
  ['FST_ERR_CTP_INVALID_JSON_BODY', 'bad_json'],
  ['FST_ERR_CTP_EMPTY_JSON_BODY', 'bad_json'],
  ['FST_ERR_NOT_FOUND', 'not_found'],
  ['FST_STATIC_FORBIDDEN_PATH', 'not_found'],
  ['FST_ERR_BAD_URL', 'not_found'],
])

/** Problem code of an error that the framework raised about the request; null: it is ours. */
const requestFault = (error: FastifyError): ProblemCode | null => {
  const known = FRAMEWORK_CODES.get(error.code)
  if (known !== undefined) return known
  // what the unzipping of a body says
  if (/^Z_[A-Z]+_ERROR$/.test(error.code ?? '')) return 'bad_request'
  const status = error.statusCode ?? 500
  if (status === 404) return 'not_found'
  if (status === 413) return 'too_large'
  if (status === 415) return 'unsupported_media'
  return status >= 400 && status < 500 ? 'bad_request' : null
}

/** What a schema found: of a choice, what may be chosen, for the words of the validator leave it out. */
const schemaDetail = ({ keyword, params, message }: FastifySchemaValidationError): string => {
  const choices = keyword === 'enum' ? params.allowedValues : undefined
  return Array.isArray(choices) ? `one of ${choices.join(', ')}` : (message ?? '')
}

const placeOf = (error: FastifyError, code: ProblemCode, request: FastifyRequest): ProblemPlace => {
  const first = error.validation?.[0]
  if (first !== undefined) return { at: first.instancePath || null, detail: schemaDetail(first) }
  if (code === 'too_large') return { detail: `≤ ${request.routeOptions.bodyLimit} bytes` }
  // the messages of other framework errors may quote the body
  return { detail: code === 'bad_json' ? 'the body' : error.code }
}

export const onError = (error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
  if (error instanceof Refusal) return sendProblem(reply, error.code, error.place, error.more)
  const later = laterOf(error)
  if (later !== null) return sendProblem(reply.header('retry-after', String(later.afterS)), later.code)
  const code = requestFault(error)
  if (code !== null) return sendProblem(reply, code, placeOf(error, code, request))
  request.log.error({ err: error }, 'request failed')
  return sendProblem(reply, 'internal', { detail: request.id })
}

/** A person's browser asking for a path that is none: answered with the client's own polite page. */
const wantsPage = (request: FastifyRequest): boolean =>
  request.method === 'GET' && !request.url.startsWith('/api/') && (request.headers.accept ?? '').includes('text/html')

/** A path that no route answers to. Another method may: that is told, and OPTIONS asks for just that. */
const notFound = (request: FastifyRequest, reply: FastifyReply, allowed: readonly string[]): FastifyReply => {
  if (allowed.length === 0 || allowed.includes(request.method)) return sendProblem(reply, 'not_found')
  reply.header('allow', [...allowed, 'OPTIONS'].join(', '))
  if (request.method === 'OPTIONS') return reply.code(204).send()
  return sendProblem(reply, 'wrong_method', { detail: request.method })
}

/**
 * Errors, unknown paths and wrong methods of the whole server become problems; `page`, where there is one, is for
 * people. Call it before the routes are added: it listens to them being added.
 */
export const speakProblems = (app: FastifyInstance, page: string | null = null): void => {
  const methodsOf = hearRoutes(app)
  app.setErrorHandler(onError)
  app.setNotFoundHandler((request, reply) => {
    const allowed = methodsOf(request.url)
    if (page !== null && wantsPage(request) && allowed.length === 0) return reply.code(404).sendFile(page)
    return notFound(request, reply, allowed)
  })
}
