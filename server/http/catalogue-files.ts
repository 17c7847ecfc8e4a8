// POST /api/v1/catalogue/files (I9): the bytes of a master data file, with a mapping if it has one, as a form.

import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import type { MasterMappingFile } from '../intake/master/mapping.ts'
import { noticeChoice } from '../office/law/enact.ts'
import { type FileAsked, type FileParts, loadFile, readMapping } from '../office/law/files.ts'
import { openReading } from '../office/reading.ts'
import { Refusal } from '../office/refusal.ts'
import { callerOf, need } from './auth.ts'

const MOST_BYTES = 32 * 1024 * 1024
const MOST_MAPPING = 256 * 1024

const textIn = (form: FormData, name: string): string | null => {
  const value = form.get(name)
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}

const isSet = (form: FormData, name: string): boolean => ['1', 'true', 'yes'].includes(textIn(form, name) ?? '')

const formOf = async (request: FastifyRequest): Promise<FormData> => {
  const headers = { 'content-type': request.headers['content-type'] ?? '' }
  try {
    return await new Response(request.body as Buffer<ArrayBuffer>, { headers }).formData()
  } catch {
    throw new Refusal('bad_request', { detail: 'multipart/form-data' })
  }
}

const fileIn = (form: FormData, name: string): File | null => {
  const value = form.get(name)
  return value === null || typeof value === 'string' || value.size === 0 ? null : value
}

const mappingIn = async (form: FormData): Promise<MasterMappingFile | null> => {
  const file = fileIn(form, 'mapping')
  if (file !== null && file.size > MOST_MAPPING) throw new Refusal('too_large', { detail: `${MOST_MAPPING}` })
  const text = file === null ? textIn(form, 'mapping') : await file.text()
  return text === null ? null : readMapping(text)
}

const askedIn = async (form: FormData): Promise<FileAsked> => {
  const file = fileIn(form, 'file')
  if (file === null) throw new Refusal('bad_field', { at: '/file', detail: 'empty' })
  return {
    file: file.name,
    mapping: await mappingIn(form),
    catalogue: textIn(form, 'catalogue'),
    validFrom: textIn(form, 'valid_from'),
    coversTo: textIn(form, 'covers_to'),
    notice: noticeChoice(textIn(form, 'notice')),
    shrinks: isSet(form, 'shrinks'),
    skipFaulty: isSet(form, 'skip_faulty'),
    bytes: Buffer.from(await file.arrayBuffer()),
    who: textIn(form, 'who'),
    dryRun: isSet(form, 'dry_run'),
    seen: textIn(form, 'law'),
  }
}

export const catalogueFileRoutes =
  (parts: FileParts): FastifyPluginAsync =>
  async (app) => {
    const parser = openReading()
    app.addHook('onClose', () => parser.close())
    app.addContentTypeParser('multipart/form-data', { parseAs: 'buffer' }, (_, body, done) => done(null, body))
    app.post(
      '/api/v1/catalogue/files',
      { onRequest: need('catalogue.write'), bodyLimit: MOST_BYTES },
      async (request, reply) => {
        const asked = await askedIn(await formOf(request))
        const load = await loadFile({ ...parts, parser }, callerOf(request), asked)
        if (!asked.dryRun) reply.code(201)
        return load
      },
    )
  }
