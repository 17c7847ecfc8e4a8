// POST /api/v1/catalogue/files (I9): the bytes of a master data file, with a mapping if it has one, as a form.

import type { Readable } from 'node:stream'
import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import type { Tables } from '../contract/tables/registry.ts'
import type { MasterMappingFile } from '../intake/master/mapping.ts'
import { noticeChoice } from '../office/law/enact.ts'
import { type FileAsked, type FileParts, loadFile, readMapping } from '../office/law/files.ts'
import { openReading, type Parser } from '../office/reading.ts'
import { Refusal } from '../office/refusal.ts'
import { callerOf, need } from './auth.ts'
import { type Form, readForm } from './form.ts'

const MOST_BYTES = 32 * 1024 * 1024
const MOST_MAPPING = 256 * 1024

const isSet = (form: Form, name: string): boolean => ['1', 'true', 'yes'].includes(form.text(name) ?? '')

const formOf = async (request: FastifyRequest): Promise<Form> => {
  // not destroyed at an early end: the rest of the body still has to run out (leftover.ts)
  const chunks = (request.body as Readable).iterator({ destroyOnReturn: false })
  const form = await readForm(chunks, request.headers['content-type'] ?? '', MOST_BYTES)
  if (form === null) throw new Refusal('bad_request', { detail: 'multipart/form-data' })
  return form
}

interface Reading {
  readonly tables: Tables
  readonly parser: Parser
}

const mappingIn = async (form: Form, { tables, parser }: Reading): Promise<MasterMappingFile | null> => {
  const file = form.file('mapping')
  if (file !== null && file.length > MOST_MAPPING) throw new Refusal('too_large', { detail: `${MOST_MAPPING}` })
  const text = file === null ? form.text('mapping') : new TextDecoder().decode(Buffer.concat(file.chunks))
  return text === null ? null : readMapping(text, tables, parser)
}

const askedIn = async (form: Form, reading: Reading): Promise<FileAsked> => {
  const file = form.file('file')
  if (file === null) throw new Refusal('bad_field', { at: '/file', detail: 'empty' })
  return {
    file: file.name,
    mapping: await mappingIn(form, reading),
    catalogue: form.text('catalogue'),
    validFrom: form.text('valid_from'),
    coversTo: form.text('covers_to'),
    notice: noticeChoice(form.text('notice')),
    shrinks: isSet(form, 'shrinks'),
    skipFaulty: isSet(form, 'skip_faulty'),
    chunks: file.chunks,
    who: form.text('who'),
    dryRun: isSet(form, 'dry_run'),
    seen: form.text('law'),
  }
}

export const catalogueFileRoutes =
  (parts: FileParts): FastifyPluginAsync =>
  async (app) => {
    const parser = openReading()
    app.addHook('onClose', () => parser.close())
    app.addContentTypeParser('multipart/form-data', (_, stream, done) => done(null, stream))
    app.post(
      '/api/v1/catalogue/files',
      { onRequest: need('catalogue.write'), bodyLimit: MOST_BYTES },
      async (request, reply) => {
        const asked = await askedIn(await formOf(request), { tables: parts.source.tables, parser })
        const load = await loadFile({ ...parts, parser }, callerOf(request), asked)
        if (!asked.dryRun) reply.code(201)
        return load
      },
    )
  }
