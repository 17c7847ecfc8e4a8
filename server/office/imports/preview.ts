// The preview of a file under a mapping (I8): its first rows read in the guarded thread, kept while the way of reading them
// stays the same, and mapped anew at every change. One preview at a time; nothing of it goes further than its answer.

import type { ImportFile, ImportPreview } from '../../contract/imports.ts'
import { phraseOf } from '../../contract/phrases.ts'
import { rateScaleAt } from '../../core/law/law.ts'
import type { Instant } from '../../core/time/instant.ts'
import { isZipped } from '../../intake/files/bytes.ts'
import { fileIssue } from '../../intake/files/issue.ts'
import { isWire, mappingAsked, readingIn, showRows, suggestionFor } from '../../intake/files/preview.ts'
import { FileRefused } from '../../intake/files/row.ts'
import { type Sample, takeSample } from '../../intake/files/sample.ts'
import type { DoorContext } from '../../intake/rating.ts'
import { type Format, PLAIN_OPTIONS, type ReadOptions } from '../../intake/readers/reader.ts'
import type { Parser } from '../../supervision/parse.ts'
import type { Supervisor } from '../../supervision/supervisor.ts'
import { declaresIn } from './declares.ts'
import { namesFor } from './names.ts'
import { sourceOf, type Upload } from './spool.ts'

export interface PreviewParts {
  readonly parser: Parser
  readonly clock: { now(): Instant }
  readonly aheadMs: number
  readonly supervisor: Pick<Supervisor, 'law' | 'now' | 'namesKept'>
}

export interface Previews {
  /** `asked` undefined: with the mapping that is suggested. `asOf`: as of when a register was stated to be (I14). */
  of(upload: Upload, asked: unknown, asOf: string | null): Promise<ImportPreview>
}

const NO_ROWS = { columns: [], rows: [], more: false, refused: null }
const UNREAD: Sample = { encoding: '', delimiter: null, sheets: [], heads: { columns: null }, ...NO_ROWS }

const NO_MAPPING = { mapping: null, faults: [], compiled: null }

const readSample = async (parser: Parser, upload: Upload, format: Format, options: ReadOptions): Promise<Sample> => {
  const by = JSON.stringify([format, options])
  if (upload.sample?.by === by) return upload.sample.sample
  try {
    const sample = await takeSample(await parser.openGuarded(sourceOf(upload), format, options))
    upload.sample = { by, sample }
    return sample
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error
    const { code, place, detail } = error
    return { ...UNREAD, refused: { code, place, detail } }
  }
}

const fileOf = (upload: Upload, format: Format, sample: Sample): ImportFile => ({
  file_id: upload.fileId,
  name: upload.name,
  bytes: upload.bytes,
  format,
  zipped: isZipped(upload.path),
  encoding: sample.encoding === '' ? null : sample.encoding,
  delimiter: sample.delimiter,
  sheets: [...sample.sheets],
  columns: [...sample.columns],
  looked: sample.rows.length,
  more: sample.more,
  wire: isWire(format, sample.columns),
})

interface Asked {
  readonly mapping: unknown
  readonly asOf: string | null
}

const previewOf = async (parts: PreviewParts, upload: Upload, asked: Asked): Promise<ImportPreview> => {
  const { parser, clock, aheadMs } = parts
  const given = asked.mapping === undefined ? null : await mappingAsked(asked.mapping, parser)
  const said = readingIn(given?.mapping?.document ?? null)
  const format = said.format ?? upload.format
  const sample = await readSample(parser, upload, format, given === null ? PLAIN_OPTIONS : said.options)
  const file = fileOf(upload, format, sample)
  const canSuggest = given === null && !file.wire && sample.columns.length > 0
  const suggested = canSuggest ? suggestionFor(upload.name, format, !upload.isNamed, sample) : null
  const made = given ?? (suggested === null ? NO_MAPPING : await mappingAsked(suggested.document, parser))
  const { mapping, faults, compiled } = made
  // a mapping that names its source speaks for it; else any name will do to try the rest of an event
  const source = file.wire && given === null ? null : (compiled?.source ?? 'preview')
  const { law } = parts.supervisor
  const scaleOf: DoorContext['scaleOf'] = (from, at) => rateScaleAt(law, from, at)
  const context = { source, historical: null, aheadMs, scaleOf, now: clock.now() }
  const isWired = file.wire && given === null
  const names = await namesFor(upload, compiled, parts)
  return {
    file,
    suggested,
    mapping,
    faults: faults.map((fault) => ({ ...fault, ...phraseOf(fault.detail) })),
    ...showRows(sample, compiled, isWired, { context, names, asOf: asked.asOf }),
    declares: declaresIn(parts.supervisor, compiled?.source ?? null, compiled),
    refused:
      sample.refused === null ? null : fileIssue(sample.refused.place, sample.refused.code, sample.refused.detail),
  }
}

export const openPreviews = (parts: PreviewParts): Previews => {
  let last: Promise<unknown> = Promise.resolve()
  return {
    of(upload, mapping, asOf) {
      const mine = last.then(() => previewOf(parts, upload, { mapping, asOf }))
      last = mine.catch(() => undefined)
      return mine
    },
  }
}
