// The bytes of a master data file brought over a door (I9). Asked for a trial it tells counts, faults, changes and what would
// move in the cases (T1a); else it enacts what may be enacted, under the caller's name and the person's. A file with faults is
// refused whole unless its faulty rows were to be left out. Keeps no copy of the file.

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MasterLoad } from '../../contract/master.ts'
import type { Tables } from '../../contract/tables/registry.ts'
import type { InPieces } from '../../core/steps.ts'
import { openSource } from '../../intake/files/bytes.ts'
import type { MasterMappingFile } from '../../intake/master/mapping.ts'
import type { Records } from '../../store/port.ts'
import type { Supervisor } from '../../supervision/supervisor.ts'
import { weighLaw } from '../../supervision/weigh-law.ts'
import { type Caller, needAll } from '../caller.ts'
import type { Parser } from '../reading.ts'
import { Refusal } from '../refusal.ts'
import type { CatalogueSource } from './catalogue.ts'
import { enactCatalogue, type LoadYes, personBehind } from './enact.ts'
import { masterMapping, type Weighed, weighFile } from './weigh.ts'

export interface FileParts {
  readonly supervisor: Pick<Supervisor, 'law' | 'loadCatalogue' | 'inPieces' | 'now'>
  readonly source: CatalogueSource
  readonly reader: Records
}

export interface FileAsked extends LoadYes {
  /** As people call it; its ending tells the format. */
  readonly file: string
  /** Its bytes, in their order. */
  readonly chunks: readonly Buffer[]
  readonly mapping: MasterMappingFile | null
  /** What the load is called. */
  readonly catalogue: string | null
  readonly validFrom: string | null
  readonly coversTo: string | null
  /** The person behind the key; null: nobody is named. */
  readonly who: string | null
  readonly dryRun: boolean
  /** The version of the law under which the trial was told; null: nobody looked. */
  readonly seen: string | null
}

/** A mapping as text. Throws Refusal that names its faults. */
export const readMapping = async (
  text: string,
  tables: Tables,
  parser: Pick<Parser, 'readYaml'>,
): Promise<MasterMappingFile> => {
  let document: unknown
  try {
    document = await parser.readYaml(text)
  } catch (error) {
    throw new Refusal('bad_mapping', { at: '/', detail: error instanceof Error ? error.message : 'YAML' })
  }
  const read = masterMapping(document, tables)
  if ('mapping' in read) return read.mapping
  const [first] = read.faults
  throw new Refusal('bad_mapping', { at: first?.at ?? '/', detail: first?.detail ?? '' }, { faults: read.faults })
}

/** The ending of a file's name, which tells its format; nothing else of the name touches the disk. */
const endingOf = (name: string): string => /(\.[a-z0-9]{1,8}){1,2}$/i.exec(name)?.[0] ?? ''

const weighBytes = async (
  asked: FileAsked,
  { supervisor, source, parser }: Omit<FileParts, 'reader'> & { readonly parser: Parser },
): Promise<Weighed> => {
  const { file, chunks, mapping, catalogue, validFrom, coversTo, notice, shrinks, skipFaulty } = asked
  const inPieces: InPieces = (work) => supervisor.inPieces(work)
  const said = {
    file,
    mapping,
    catalogue,
    validFrom,
    coversTo,
    notice,
    shrinks,
    skipFaulty,
    open: parser.open,
    inPieces,
  }
  const index = await source.index()
  const folder = await mkdtemp(join(tmpdir(), 'mingjing-master-'))
  try {
    const path = join(folder, `file${endingOf(file)}`)
    await writeFile(path, chunks, { mode: 0o600 })
    return await weighFile(openSource(path), said, index)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Weighs a file and enacts it unless it is a trial. Throws Refusal where nothing of it may be taken, or the law has moved. */
export const loadFile = async (
  { supervisor, source, reader, parser }: FileParts & { readonly parser: Parser },
  caller: Caller,
  asked: FileAsked,
): Promise<MasterLoad> => {
  needAll(caller, 'catalogue.write')
  const { load, document, laws } = await weighBytes(asked, { supervisor, source, parser })
  if (asked.dryRun) {
    if (laws === null) return load
    return { ...load, moves: await weighLaw({ records: reader, ...laws, now: supervisor.now() }) }
  }
  if (asked.seen !== null && asked.seen !== String(load.law)) throw new Refusal('law_moved', {}, { load })
  if (document === null) {
    const [first] = load.faults
    const at = first === undefined ? '/' : `${first.line ?? ''} ${first.field}`.trim()
    throw new Refusal('bad_catalogue', { at, detail: first?.zh ?? '' }, { load })
  }
  const { entry } = await enactCatalogue(supervisor, document, personBehind(caller, asked.who), asked, source.tables)
  return { ...load, entry }
}
