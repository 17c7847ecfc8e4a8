// POST /api/v1/catalogue/files (I9): the bytes of a master data file, with a mapping if it has one, as a form. Asked for a
// trial it tells counts, faults, changes and what would move in the cases (T1a); else it enacts what may be enacted, under
// the caller's name and the person's.
// A file with faults is refused whole unless its faulty rows were to be left out. Keeps no copy of the file.

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import { openSource } from '../intake/files/bytes.ts'
import type { MasterMappingFile } from '../intake/master/mapping.ts'
import { parseYaml } from '../intake/yaml.ts'
import type { Records } from '../store/port.ts'
import { openParser, type Parser } from '../supervision/parse.ts'
import type { Supervisor } from '../supervision/supervisor.ts'
import { weighLaw } from '../supervision/weigh-law.ts'
import { callerOf, need } from './auth.ts'
import { enactCatalogue, type LoadYes, noticeChoice } from './catalogue.ts'
import { masterMapping, type Weighed, weighFile } from './catalogue-load.ts'
import type { CatalogueSource } from './catalogue-source.ts'
import { Refusal } from './problems.ts'

const MOST_BYTES = 32 * 1024 * 1024
const MOST_MAPPING = 256 * 1024
const MOST_WHO = 60

export interface FileParts {
  readonly supervisor: Pick<Supervisor, 'law' | 'loadCatalogue' | 'now'>
  readonly source: CatalogueSource
  readonly reader: Records
}

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
  if (text === null) return null
  let document: unknown
  try {
    document = parseYaml(text)
  } catch (error) {
    throw new Refusal('bad_mapping', { at: '/', detail: error instanceof Error ? error.message : 'YAML' })
  }
  const read = masterMapping(document)
  if ('mapping' in read) return read.mapping
  const [first] = read.faults
  throw new Refusal('bad_mapping', { at: first?.at ?? '/', detail: first?.detail ?? '' }, { faults: read.faults })
}

/** The ending of a file's name, which tells its format; nothing else of the name touches the disk. */
const endingOf = (name: string): string => /(\.[a-z0-9]{1,8}){1,2}$/i.exec(name)?.[0] ?? ''

const yesIn = (form: FormData): LoadYes => ({
  notice: noticeChoice(textIn(form, 'notice')),
  shrinks: isSet(form, 'shrinks'),
  skipFaulty: isSet(form, 'skip_faulty'),
})

const weighUpload = async (form: FormData, source: CatalogueSource, parser: Parser): Promise<Weighed> => {
  const file = fileIn(form, 'file')
  if (file === null) throw new Refusal('bad_field', { at: '/file', detail: 'empty' })
  const asked = {
    file: file.name,
    mapping: await mappingIn(form),
    catalogue: textIn(form, 'catalogue'),
    validFrom: textIn(form, 'valid_from'),
    coversTo: textIn(form, 'covers_to'),
    ...yesIn(form),
    open: parser.open,
  }
  const index = await source.index()
  const folder = await mkdtemp(join(tmpdir(), 'mingjing-master-'))
  try {
    const path = join(folder, `file${endingOf(file.name)}`)
    await writeFile(path, Buffer.from(await file.arrayBuffer()), { mode: 0o600 })
    return await weighFile(openSource(path), asked, index)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The key says which caller, the form which person stands behind it. */
const whoOf = (request: FastifyRequest, form: FormData): string => {
  const { name } = callerOf(request)
  const who = textIn(form, 'who')
  return who === null ? name : `${name} · ${who.slice(0, MOST_WHO)}`
}

export const catalogueFileRoutes =
  ({ supervisor, source, reader }: FileParts): FastifyPluginAsync =>
  async (app) => {
    const parser = openParser()
    app.addHook('onClose', () => parser.close())
    app.addContentTypeParser('multipart/form-data', { parseAs: 'buffer' }, (_, body, done) => done(null, body))
    app.post(
      '/api/v1/catalogue/files',
      { onRequest: need('catalogue.write'), bodyLimit: MOST_BYTES },
      async (request, reply) => {
        const form = await formOf(request)
        const { load, document, laws } = await weighUpload(form, source, parser)
        if (isSet(form, 'dry_run')) {
          if (laws === null) return load
          return { ...load, moves: await weighLaw({ records: reader, ...laws, now: supervisor.now() }) }
        }
        const seen = textIn(form, 'law')
        if (seen !== null && seen !== String(load.law)) throw new Refusal('law_moved', {}, { load })
        if (document === null) {
          const [first] = load.faults
          const at = first === undefined ? '/' : `${first.line ?? ''} ${first.field}`.trim()
          throw new Refusal('bad_catalogue', { at, detail: first?.zh ?? '' }, { load })
        }
        const { entry } = await enactCatalogue(supervisor, document, whoOf(request, form), yesIn(form))
        reply.code(201)
        return { ...load, entry }
      },
    )
  }
