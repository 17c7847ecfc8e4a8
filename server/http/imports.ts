// Importing files over HTTP (I8): a file is brought once, as bytes, and stays under an id; previews and jobs name it. POST
// /imports/preview takes bytes or {file_id, mapping}; POST /imports takes the same, or all in one, and answers with a job.
// Bodies are spooled as they come and bounded. Nothing here decides what an event is worth: that is the door's.

import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { grantOf } from '../access/permissions.ts'
import type { ImportAsked, ImportJob, ImportJobPage, ImportPreview, PreviewAsked } from '../contract/imports.ts'
import { parseInstant } from '../core/time/civil.ts'
import type { Instant } from '../core/time/instant.ts'
import type { Mapping } from '../intake/files/map.ts'
import { mappingAsked } from '../intake/files/preview.ts'
import { issuesAsCsv } from '../intake/files/report.ts'
import { FileRefused, fileProblemText } from '../intake/files/row.ts'
import { stampFault } from '../intake/stamp.ts'
import type { Records } from '../store/port.ts'
import { openParser } from '../supervision/parse.ts'
import { actorOf, callerOf, need } from './auth.ts'
import { openChanges } from './import-changes.ts'
import { addEntryRoutes, type EntryParts } from './imports-entries.ts'
import { type ImportJobs, type JobParts, openJobs } from './imports-jobs.ts'
import { type ImportLog, openImportLog } from './imports-log.ts'
import { openPreviews, type Previews } from './imports-preview.ts'
import { openSpool, type Spool, tooLarge, type Upload } from './imports-spool.ts'
import { Refusal } from './problems.ts'

export interface ImportParts {
  readonly supervisor: JobParts['supervisor'] & EntryParts['supervisor']
  /** Reads what is long: what an export changed, what it left out. */
  readonly reader: Records
  readonly clock: { now(): Instant }
  readonly aheadMs: number
  readonly uploadBytes: number
  /** The data folder. */
  readonly folder: string
}

interface Inside {
  readonly parts: ImportParts
  readonly spool: Spool
  readonly previews: Previews
  readonly jobs: ImportJobs
  readonly log: ImportLog
}

const NAME = { type: 'string', minLength: 1, maxLength: 400 } as const
const SOURCE = { type: 'string', minLength: 1, maxLength: 64 } as const
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
    after: { type: 'string', pattern: '^\\d{1,15}$' },
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

/** Throws Refusal: past the bound, or nothing that can be taken in. */
const bring = async ({ spool, parts }: Inside, request: FastifyRequest): Promise<Upload> => {
  const { name = 'file' } = request.query as Brought
  if (Number(request.headers['content-length'] ?? 0) > parts.uploadBytes) throw tooLarge(parts.uploadBytes)
  try {
    // not destroyed at an early end: the rest of the body has to run out for the answer to be read
    return await spool.take(name, (request.body as Readable).iterator({ destroyOnReturn: false }))
  } catch (error) {
    request.raw.resume()
    if (error instanceof FileRefused)
      throw new Refusal('bad_file', { detail: fileProblemText(error.code, error.detail) })
    throw error
  }
}

const found = ({ spool }: Inside, fileId: unknown): Upload => {
  const upload = typeof fileId === 'string' ? spool.find(fileId) : null
  if (upload === null) throw new Refusal('no_upload')
  return upload
}

const objectIn = (request: FastifyRequest): Record<string, unknown> => {
  const { body } = request
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new Refusal('bad_request', { detail: 'body' })
  return body as Record<string, unknown>
}

const textIn = (value: unknown, name: string): string | null => {
  if (value === undefined || value === null || value === '') return null
  if (typeof value !== 'string' || value.length > SOURCE.maxLength) throw new Refusal('bad_request', { detail: name })
  return value
}

/** As of when a register is, as whoever imports states it: no word of it, or an instant that has come (I14). */
const statedIn = ({ parts }: Inside, value: unknown): string | null => {
  const said = textIn(value, 'as_of')
  const at = said === null ? null : parseInstant(said)
  if (said !== null && (at === null || at > parts.clock.now()))
    throw new Refusal('bad_instant', { at: '/as_of', detail: at === null ? stampFault(said) : said })
  return said
}

const preview = async (inside: Inside, request: FastifyRequest): Promise<ImportPreview> => {
  if (isBytes(request)) {
    const { mapping, as_of: said } = request.query as Brought
    const asOf = statedIn(inside, said)
    return inside.previews.of(await bring(inside, request), mapping, asOf)
  }
  const { file_id: fileId, mapping, as_of: said } = objectIn(request) as Partial<PreviewAsked>
  return inside.previews.of(found(inside, fileId), mapping, statedIn(inside, said))
}

/** Where none of its columns says it, it has to be stated: never the file's date (I14). */
const asOfIn = (inside: Inside, value: unknown, mapping: Mapping | null): string | null => {
  const said = statedIn(inside, value)
  if (said === null && mapping?.register?.saysAsOf === false) throw new Refusal('no_as_of')
  return said
}

/** A past record is one up to the import's as_of, where it says one (I8); declaring it is a right. */
const pastBefore = (inside: Inside, request: FastifyRequest, asked: Partial<ImportAsked>, asOf: string | null) => {
  if (asked.historical !== true) return null
  if (grantOf(callerOf(request).role, 'past.declare') === 'no') throw new Refusal('may_not_declare')
  return (asOf === null ? null : parseInstant(asOf)) ?? inside.parts.clock.now()
}

const start = async (inside: Inside, request: FastifyRequest, reply: FastifyReply): Promise<ImportJob> => {
  const isWhole = isBytes(request)
  const asked: Partial<ImportAsked> = isWhole ? (request.query as Brought) : (objectIn(request) as Partial<ImportAsked>)
  // what is wrong with the mapping is said before a file is taken
  const given = asked.mapping === undefined || asked.mapping === null ? null : mappingAsked(asked.mapping)
  const [fault] = given?.faults ?? []
  if (fault !== undefined) throw new Refusal('bad_mapping', fault, { faults: given?.faults })
  const mapping = given?.compiled ?? null
  const source = textIn(asked.source, 'source') ?? mapping?.source ?? null
  if (source === null && mapping !== null) throw new Refusal('no_source')
  const upload = isWhole ? await bring(inside, request) : found(inside, asked.file_id)
  if (mapping === null && upload.format !== 'ndjson')
    throw new Refusal('bad_mapping', { at: '/', detail: fileProblemText('needs_mapping', upload.format) })
  const asOf = asOfIn(inside, asked.as_of, mapping)
  const yes = { dryRun: asked.dry_run === true, acceptUnlisted: asked.accept_unlisted === true }
  const flags = { historical: pastBefore(inside, request, asked, asOf), asOf, ...yes }
  const job = inside.jobs.start({ upload, mapping, source, ...flags, actor: actorOf(request) })
  reply.code(202).header('location', `/api/v1/imports/${job.import_id}`)
  return job
}

const jobAsked = ({ jobs }: Inside, request: FastifyRequest): ImportJob => {
  const job = jobs.find((request.params as { id: string }).id)
  if (job === null) throw new Refusal('not_found')
  return job
}

const pageOf = (inside: Inside, request: FastifyRequest): ImportJobPage => {
  const job = jobAsked(inside, request)
  const { after, limit } = request.query as { after?: string; limit: number }
  const { items, next } = inside.log.page(job.import_id, after ?? null, limit)
  return { ...job, report: items, next }
}

const giveReport = (inside: Inside, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
  const job = jobAsked(inside, request)
  const name = `${job.name}.report.csv`
  const coded = encodeURIComponent(name.replace(/\p{Surrogate}/gu, '\uFFFD'))
  reply.header('content-disposition', `attachment; filename="report.csv"; filename*=UTF-8''${coded}`)
  return reply.type('text/csv; charset=utf-8').send(issuesAsCsv(job.name, inside.log.all(job.import_id)))
}

const addRoutes = (app: FastifyInstance, inside: Inside): void => {
  const onRequest = need('imports.write')
  const brought = { onRequest, schema: { querystring: BROUGHT } }
  const read = need('imports.read')
  const one = { onRequest, schema: { params: ONE } }
  app.post('/api/v1/imports/preview', brought, (request) => preview(inside, request))
  app.post('/api/v1/imports', brought, (request, reply) => start(inside, request, reply))
  app.get('/api/v1/imports', { onRequest: read }, () => ({ items: inside.jobs.list() }))
  app.get('/api/v1/imports/:id', { onRequest: read, schema: { params: ONE, querystring: PAGED } }, async (request) =>
    pageOf(inside, request),
  )
  app.get('/api/v1/imports/:id/report', { ...one, onRequest: read }, (request, reply) =>
    giveReport(inside, request, reply),
  )
  app.post('/api/v1/imports/:id/stop', one, (request) => {
    const job = jobAsked(inside, request)
    inside.jobs.stop(job.import_id)
    return job
  })
}

/** Where files wait and jobs are noted, under the data folder. */
const PLACE = 'uploads'

export const importRoutes =
  (parts: ImportParts): FastifyPluginAsync =>
  async (app) => {
    const folder = join(parts.folder, PLACE)
    const { supervisor, clock, aheadMs, reader } = parts
    const calendar = () => supervisor.law.homeCalendar
    const changes = openChanges(reader, calendar)
    const spool = openSpool(folder, parts.uploadBytes)
    const parser = openParser()
    const log = openImportLog(folder)
    const onTrouble = (error: unknown, reference: string): void =>
      app.log.error({ err: error, reference }, 'import failed')
    const jobs = openJobs({ supervisor, clock, aheadMs, parser, spool, log, changes, onTrouble })
    app.addHook('onClose', async () => {
      await jobs.close()
      await parser.close()
      spool.close()
    })
    app.addContentTypeParser('application/octet-stream', (_, stream, done) => done(null, stream))
    addEntryRoutes(app, { supervisor, records: reader, changes, calendar, jobs })
    addRoutes(app, { parts, spool, previews: openPreviews({ parser, clock, aheadMs, supervisor }), jobs, log })
  }
