// Importing files (I8): a file is brought once, as bytes, and stays under an id; previews and jobs name it. Whoever imports
// says under which source, whether it is of a past record, and as of when a register is. Nothing here decides what an event is
// worth: that is the door's.

import { join } from 'node:path'
import type { ImportAsked, ImportIssue, ImportJob, ImportJobPage, ImportPreview } from '../../contract/imports.ts'
import { parseInstant } from '../../core/time/civil.ts'
import type { Instant } from '../../core/time/instant.ts'
import type { Mapping } from '../../intake/files/map.ts'
import { mappingAsked } from '../../intake/files/preview.ts'
import { FileRefused, fileProblemText } from '../../intake/files/row.ts'
import { readerOf } from '../../intake/readers/registry.ts'
import { stampFault } from '../../intake/stamp.ts'
import type { Records } from '../../store/port.ts'
import { openParser, type Parser } from '../../supervision/parse.ts'
import { actorOf, type Caller, needAll, scopeFor } from '../caller.ts'
import { Refusal } from '../refusal.ts'
import { openChanges } from './changes.ts'
import type { EntryParts } from './entries.ts'
import { type ImportJobs, type JobParts, openJobs } from './jobs.ts'
import { type ImportLog, openImportLog } from './log.ts'
import { openPreviews, type Previews } from './preview.ts'
import { openSpool, type Spool, type Upload } from './spool.ts'

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

/** A file that is there, or is on its way: taken when what is said of it has been looked at. */
export type Bringing = () => Upload | Promise<Upload>

interface Inside {
  readonly parts: ImportParts
  readonly spool: Spool
  readonly previews: Previews
  readonly jobs: ImportJobs
  readonly parser: Parser
  readonly log: ImportLog
}

/** Longest name of a source. */
export const SOURCE_CHARS = 64

const textIn = (value: unknown, name: string): string | null => {
  if (value === undefined || value === null || value === '') return null
  if (typeof value !== 'string' || value.length > SOURCE_CHARS) throw new Refusal('bad_request', { detail: name })
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

/** Where none of its columns says it, it has to be stated: never the file's date (I14). */
const asOfIn = (inside: Inside, value: unknown, mapping: Mapping | null): string | null => {
  const said = statedIn(inside, value)
  if (said === null && mapping?.register?.saysAsOf === false) throw new Refusal('no_as_of')
  return said
}

/** A past record is one up to the import's as_of, where it says one (I8); declaring it is a right. */
const pastBefore = (inside: Inside, caller: Caller, asked: Partial<ImportAsked>, asOf: string | null) => {
  if (asked.historical !== true) return null
  if (scopeFor(caller, 'past.declare') === null) throw new Refusal('may_not_declare')
  return (asOf === null ? null : parseInstant(asOf)) ?? inside.parts.clock.now()
}

const start = async (
  inside: Inside,
  caller: Caller,
  asked: Partial<ImportAsked>,
  bringing: Bringing,
): Promise<ImportJob> => {
  // what is wrong with the mapping is said before a file is taken
  const given =
    asked.mapping === undefined || asked.mapping === null ? null : await mappingAsked(asked.mapping, inside.parser)
  const [fault] = given?.faults ?? []
  if (fault !== undefined) throw new Refusal('bad_mapping', fault, { faults: given?.faults })
  const mapping = given?.compiled ?? null
  const source = textIn(asked.source, 'source') ?? mapping?.source ?? null
  if (source === null && mapping !== null) throw new Refusal('no_source')
  const upload = await bringing()
  if (mapping === null && readerOf(upload.format)?.speaksWire !== true)
    throw new Refusal('bad_mapping', { at: '/', detail: fileProblemText('needs_mapping', upload.format) })
  const asOf = asOfIn(inside, asked.as_of, mapping)
  const yes = { dryRun: asked.dry_run === true, acceptUnlisted: asked.accept_unlisted === true }
  const flags = { historical: pastBefore(inside, caller, asked, asOf), asOf, ...yes }
  return inside.jobs.start({ upload, mapping, source, ...flags, actor: actorOf(caller) })
}

/** Throws Refusal: past the bound, or nothing that can be taken in. */
const take = async ({ spool }: Inside, name: string, chunks: AsyncIterable<Buffer>): Promise<Upload> => {
  try {
    return await spool.take(name, chunks)
  } catch (error) {
    if (error instanceof FileRefused)
      throw new Refusal('bad_file', { detail: fileProblemText(error.code, error.detail) })
    throw error
  }
}

/** Where files wait and jobs are noted, under the data folder. */
const PLACE = 'uploads'

export interface Imports {
  /** What imports of the ledger are told and taken back with. */
  readonly entries: EntryParts
  /** Bytes that a file may have. */
  readonly mostBytes: number
  take(caller: Caller, name: string, chunks: AsyncIterable<Buffer>): Promise<Upload>
  /** A file that was brought before; throws Refusal where it is not there any more. */
  brought(caller: Caller, fileId: unknown): Upload
  /** `mapping` undefined: with the mapping that is suggested. */
  preview(
    caller: Caller,
    asked: { readonly mapping: unknown; readonly asOf: unknown },
    file: Bringing,
  ): Promise<ImportPreview>
  start(caller: Caller, asked: Partial<ImportAsked>, file: Bringing): Promise<ImportJob>
  /** Newest first. */
  list(caller: Caller): readonly ImportJob[]
  /** One job with a page of what it did not take; throws Refusal where there is none. */
  page(caller: Caller, id: string, asked: { readonly after?: string; readonly limit: number }): ImportJobPage
  /** Everything it did not take. */
  report(caller: Caller, id: string): { readonly name: string; readonly issues: AsyncIterable<ImportIssue> }
  /** What has been answered stands. */
  stop(caller: Caller, id: string): ImportJob
  close(): Promise<void>
}

export const openImports = (parts: ImportParts, onTrouble: (error: unknown, reference: string) => void): Imports => {
  const folder = join(parts.folder, PLACE)
  const { supervisor, clock, aheadMs, reader } = parts
  const calendar = () => supervisor.law.homeCalendar
  const changes = openChanges(reader, calendar)
  const spool = openSpool(folder, parts.uploadBytes)
  const parser = openParser()
  const log = openImportLog(folder)
  const jobs = openJobs({ supervisor, clock, aheadMs, parser, spool, log, changes, onTrouble })
  const previews = openPreviews({ parser, clock, aheadMs, supervisor })
  const inside: Inside = { parts, spool, previews, jobs, parser, log }
  const jobOf = (caller: Caller, permission: 'imports.read' | 'imports.write', id: string): ImportJob => {
    needAll(caller, permission)
    const job = jobs.find(id)
    if (job === null) throw new Refusal('not_found')
    return job
  }
  return {
    entries: { supervisor, records: reader, changes, calendar, jobs },
    mostBytes: parts.uploadBytes,
    async take(caller, name, chunks) {
      needAll(caller, 'imports.write')
      return take(inside, name, chunks)
    },
    brought(caller, fileId) {
      needAll(caller, 'imports.write')
      const upload = typeof fileId === 'string' ? spool.find(fileId) : null
      if (upload === null) throw new Refusal('no_upload')
      return upload
    },
    async preview(caller, { mapping, asOf }, file) {
      needAll(caller, 'imports.write')
      const stated = statedIn(inside, asOf)
      return inside.previews.of(await file(), mapping, stated)
    },
    async start(caller, asked, file) {
      needAll(caller, 'imports.write')
      return start(inside, caller, asked, file)
    },
    list(caller) {
      needAll(caller, 'imports.read')
      return jobs.list()
    },
    page(caller, id, { after, limit }) {
      const job = jobOf(caller, 'imports.read', id)
      const { items, next } = log.page(job.import_id, after ?? null, limit)
      return { ...job, report: items, next }
    },
    report(caller, id) {
      const job = jobOf(caller, 'imports.read', id)
      return { name: job.name, issues: log.all(job.import_id) }
    },
    stop(caller, id) {
      const job = jobOf(caller, 'imports.write', id)
      jobs.stop(job.import_id)
      return job
    },
    async close() {
      await jobs.close()
      await parser.close()
      spool.close()
    },
  }
}
