// Imports as the ledger has them (I14): who brought which file when, under which source, what it brought and whether it
// stands; what each changed in its register; and taking one back, told first and then done. Lists come from entries: they are
// there after a restart, and for what came by the command as well.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ImportEntry, ImportEntryPage, ImportJob, ImportWithdrawal } from '../contract/imports.ts'
import type { Calendar } from '../core/time/calendar.ts'
import { asInstant, type Instant } from '../core/time/instant.ts'
import { instantIn } from '../present/words.ts'
import type { Records } from '../store/port.ts'
import { type ImportFound, importsIn } from '../supervision/import-changes.ts'
import type { Supervisor } from '../supervision/supervisor.ts'
import { NUMBERED_PAGE, type PageQuery, pageOf } from './answers.ts'
import { actorOf, need } from './auth.ts'
import type { ChangesTold } from './import-changes.ts'
import { Refusal } from './problems.ts'

export interface EntryParts {
  readonly supervisor: Pick<Supervisor, 'withdraw' | 'weighWithdrawal'>
  readonly records: Pick<Records, 'inputs' | 'importCounts'>
  readonly changes: ChangesTold
  readonly calendar: () => Calendar
  readonly jobs: { find(importId: string): ImportJob | null; stop(importId: string): boolean }
}

const ONE = { type: 'object', required: ['id'], properties: { id: { type: 'string', maxLength: 40 } } } as const
const WHY = {
  type: 'object',
  required: ['why'],
  additionalProperties: false,
  properties: { why: { type: 'string', minLength: 1, maxLength: 4000 } },
} as const

const viewOf = async (parts: EntryParts, one: ImportFound): Promise<ImportEntry> => {
  const { first, again } = await parts.records.importCounts(one.no)
  const job = parts.jobs.find(one.id)
  const told = (at: Instant): string => instantIn(parts.calendar(), at) ?? ''
  const { withdrawn } = one
  return {
    import_id: one.id,
    no: one.no,
    at: told(one.at),
    by: one.by,
    actor: one.actor ?? null,
    name: one.file,
    digest: one.digest,
    mapping: one.mapping,
    register: one.register ?? null,
    source: one.source,
    historical: one.historical !== null,
    as_of: one.asOf === null ? null : told(asInstant(one.asOf)),
    events: first,
    again,
    withdrawn: withdrawn === null ? null : { ...withdrawn, at: told(withdrawn.at), actor: withdrawn.actor ?? null },
    state: job?.state ?? null,
    counts: job?.counts ?? null,
  }
}

/** Newest first; the cursor is the number of an entry. */
const list = async (parts: EntryParts, request: FastifyRequest): Promise<ImportEntryPage> => {
  const { after, limit } = pageOf(request.query as PageQuery)
  const before = after === undefined ? Number.POSITIVE_INFINITY : Number(after)
  const all = (await importsIn(parts.records)).filter(({ no }) => no < before).reverse()
  const page = all.slice(0, limit)
  const items: ImportEntry[] = []
  for (const one of page) items.push(await viewOf(parts, one))
  return { items, next: all.length > limit ? String(page.at(-1)?.no) : null }
}

const found = async ({ changes }: EntryParts, request: FastifyRequest): Promise<ImportFound> => {
  const one = await changes.find((request.params as { id: string }).id)
  if (one === null) throw new Refusal('not_found')
  return one
}

const giveChanges = async (parts: EntryParts, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
  const one = await found(parts, request)
  const name = encodeURIComponent(`${one.file}.changes.csv`.replace(/\p{Surrogate}/gu, '\uFFFD'))
  reply.header('content-disposition', `attachment; filename="changes.csv"; filename*=UTF-8''${name}`)
  return reply.type('text/csv; charset=utf-8').send(await parts.changes.asCsv(one))
}

const weigh = async (parts: EntryParts, request: FastifyRequest): Promise<ImportWithdrawal> => {
  const one = await found(parts, request)
  if (one.withdrawn !== null) throw new Refusal('already_withdrawn')
  const { facts, ...weighed } = await parts.supervisor.weighWithdrawal(one.no)
  return { import_id: one.id, events: facts, ...weighed }
}

/** Takes back a whole import; one that still runs is stopped first (I14). */
const withdraw = async (
  parts: EntryParts,
  request: FastifyRequest,
): Promise<{ import_id: string; withdrawn: true }> => {
  const { id } = request.params as { id: string }
  const { why } = request.body as { why: string }
  parts.jobs.stop(id)
  const actor = actorOf(request)
  const done = await parts.supervisor.withdraw({ id, by: actor.name, actor, why })
  if ('refused' in done) throw new Refusal(done.refused === 'not_found' ? 'not_found' : 'already_withdrawn')
  return { import_id: id, withdrawn: true }
}

export const addEntryRoutes = (app: FastifyInstance, parts: EntryParts): void => {
  const onRequest = need('imports.read')
  const write = need('imports.write')
  const paged = { onRequest, schema: { querystring: { type: 'object', properties: NUMBERED_PAGE } } }
  const one = { onRequest, schema: { params: ONE } }
  app.get('/api/v1/imports/entries', paged, (request) => list(parts, request))
  app.get('/api/v1/imports/:id/changes', one, async (request) => {
    const changes = await parts.changes.of(await found(parts, request))
    if (changes === null) throw new Refusal('not_found')
    return changes
  })
  app.get('/api/v1/imports/:id/changes.csv', one, (request, reply) => giveChanges(parts, request, reply))
  app.get('/api/v1/imports/:id/withdrawal', one, (request) => weigh(parts, request))
  app.post('/api/v1/imports/:id/withdraw', { onRequest: write, schema: { params: ONE, body: WHY } }, (request) =>
    withdraw(parts, request),
  )
}
