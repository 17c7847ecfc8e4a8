// Importing files over HTTP (I8): POST /imports/preview takes bytes or {file_id, mapping}; POST /imports takes the same, or all
// in one, and answers with a job. Bodies are spooled as they come and bounded.

import type { Readable } from 'node:stream'
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { ImportAsked, ImportJob, ImportPreview, PreviewAsked } from '../contract/imports.ts'
import { issuesAsCsv } from '../intake/files/report.ts'
import { type Bringing, type ImportParts, type Imports, openImports, SOURCE_CHARS } from '../office/imports/imports.ts'
import { tooLarge } from '../office/imports/spool.ts'
import { Refusal } from '../office/refusal.ts'
import { PLACE_AFTER } from './answers.ts'
import { callerOf, need } from './auth.ts'
import { addEntryRoutes } from './imports-entries.ts'

const NAME = { type: 'string', minLength: 1, maxLength: 400 } as const
const SOURCE = { type: 'string', minLength: 1, maxLength: SOURCE_CHARS } as const
const FLAG = { type: 'boolean' } as const

const BROUGHT = {
  type: 'object',
  properties: {
    name: NAME,
    mapping: { type: 'string' },
    source: SOURCE,
    historical: FLAG,
    as_of: NAME,
    dry_run: FLAG,
    accept_unlisted: FLAG,
  },
}
const PAGED = {
  type: 'object',
  properties: {
    after: PLACE_AFTER,
    limit: { type: 'integer', minimum: 1, maximum: 500, default: 100 },
  },
}
const ONE = { type: 'object', required: ['id'], properties: { id: { type: 'string', maxLength: 40 } } }

interface Brought {
  readonly name?: string
  readonly mapping?: string
  readonly source?: string
  readonly historical?: boolean
  readonly as_of?: string
  readonly dry_run?: boolean
  readonly accept_unlisted?: boolean
}

const isBytes = (request: FastifyRequest): boolean =>
  (request.headers['content-type'] ?? '').startsWith('application/octet-stream')

/** The body as the file. */
const bytesOf =
  (imports: Imports, request: FastifyRequest): Bringing =>
  async () => {
    const { name = 'file' } = request.query as Brought
    if (Number(request.headers['content-length'] ?? 0) > imports.mostBytes) throw tooLarge(imports.mostBytes)
    try {
      // not destroyed at an early end: the rest of the body has to run out for the answer to be read
      const chunks = (request.body as Readable).iterator({ destroyOnReturn: false })
      return await imports.take(callerOf(request), name, chunks)
    } catch (error) {
      request.raw.resume()
      throw error
    }
  }

const objectIn = (request: FastifyRequest): Record<string, unknown> => {
  const { body } = request
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new Refusal('bad_request', { detail: 'body' })
  return body as Record<string, unknown>
}

const preview = async (imports: Imports, request: FastifyRequest): Promise<ImportPreview> => {
  const caller = callerOf(request)
  if (isBytes(request)) {
    const { mapping, as_of: asOf } = request.query as Brought
    return imports.preview(caller, { mapping, asOf }, bytesOf(imports, request))
  }
  const { file_id: fileId, mapping, as_of: asOf } = objectIn(request) as Partial<PreviewAsked>
  const upload = imports.brought(caller, fileId)
  return imports.preview(caller, { mapping, asOf }, () => upload)
}

const start = async (imports: Imports, request: FastifyRequest, reply: FastifyReply): Promise<ImportJob> => {
  const caller = callerOf(request)
  const isWhole = isBytes(request)
  const asked: Partial<ImportAsked> = isWhole ? (request.query as Brought) : (objectIn(request) as Partial<ImportAsked>)
  const file: Bringing = isWhole ? bytesOf(imports, request) : () => imports.brought(caller, asked.file_id)
  const job = await imports.start(caller, asked, file)
  reply.code(202).header('location', `/api/v1/imports/${job.import_id}`)
  return job
}

const idOf = (request: FastifyRequest): string => (request.params as { id: string }).id

const giveReport = (imports: Imports, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
  const { name, issues } = imports.report(callerOf(request), idOf(request))
  const coded = encodeURIComponent(`${name}.report.csv`.replace(/\p{Surrogate}/gu, '\uFFFD'))
  reply.header('content-disposition', `attachment; filename="report.csv"; filename*=UTF-8''${coded}`)
  return reply.type('text/csv; charset=utf-8').send(issuesAsCsv(name, issues))
}

/** A mapping with long tables of codes; files come as bytes and have a bound of their own. */
const MOST_JSON_BYTES = 1024 * 1024

const addRoutes = (app: FastifyInstance, imports: Imports): void => {
  const onRequest = need('imports.write')
  const brought = { onRequest, bodyLimit: MOST_JSON_BYTES, schema: { querystring: BROUGHT } }
  const read = need('imports.read')
  const one = { onRequest, schema: { params: ONE } }
  app.post('/api/v1/imports/preview', brought, (request) => preview(imports, request))
  app.post('/api/v1/imports', brought, (request, reply) => start(imports, request, reply))
  app.get('/api/v1/imports', { onRequest: read }, async (request) => ({ items: imports.list(callerOf(request)) }))
  app.get('/api/v1/imports/:id', { onRequest: read, schema: { params: ONE, querystring: PAGED } }, async (request) =>
    imports.page(callerOf(request), idOf(request), request.query as { after?: string; limit: number }),
  )
  app.get('/api/v1/imports/:id/report', { ...one, onRequest: read }, (request, reply) =>
    giveReport(imports, request, reply),
  )
  app.post('/api/v1/imports/:id/stop', one, async (request) => imports.stop(callerOf(request), idOf(request)))
}

export const importRoutes =
  (parts: ImportParts): FastifyPluginAsync =>
  async (app) => {
    const imports = openImports(parts, (error, reference) => app.log.error({ err: error, reference }, 'import failed'))
    app.addHook('onClose', () => imports.close())
    app.addContentTypeParser('application/octet-stream', (_, stream, done) => done(null, stream))
    addEntryRoutes(app, imports.entries)
    addRoutes(app, imports)
  }
