// In what the names of a file are looked up (I15): the catalogue in force, and what an earlier import of the very file used. One
// answer for the preview, for jobs and for the console. Decides nothing.

import { lookUpNames } from '../../intake/files/look-up.ts'
import type { Mapping } from '../../intake/files/map.ts'
import { listedIn, type NameBook, Names } from '../../intake/files/names.ts'
import { type KeptAsked, namesKeptIn } from '../../supervision/names-kept.ts'
import type { Parser } from '../../supervision/parse.ts'
import { readSaid } from '../../supervision/said.ts'
import type { Supervisor } from '../../supervision/supervisor.ts'
import type { Found } from '../folder.ts'
import { digestIn, sourceOf, type Upload } from './spool.ts'

export type { KeptAsked } from '../../supervision/names-kept.ts'

/** The same from a folder that is read without a supervisor. */
export const nameBookIn = async ({ records, law }: Found, asked: KeptAsked): Promise<NameBook> => {
  const { withdrawn } = await readSaid(records)
  return { listed: listedIn(law.tables), kept: namesKeptIn(await records.inputs('import'), withdrawn, asked) }
}

/** Where no catalogue is yet, and nothing was imported. */
export const NO_NAMES: NameBook = { listed: [], kept: null }

type Knowing = Pick<Supervisor, 'law' | 'namesKept'>

export const nameBook = async (supervisor: Knowing, asked: KeptAsked): Promise<NameBook> => ({
  listed: listedIn(supervisor.law.tables),
  kept: await supervisor.namesKept(asked),
})

/** Names for a file and its mapping, none met yet; null: nothing it fills in is a code that a catalogue could list. */
export const namesFor = async (
  upload: Upload,
  mapping: Mapping | null,
  { supervisor }: { readonly supervisor: Knowing },
): Promise<Names | null> => {
  if (mapping?.isNaming !== true) return null
  return new Names(await nameBook(supervisor, { digest: await digestIn(upload), mapping: mapping.digest }))
}

export interface LookingParts {
  readonly supervisor: Knowing
  readonly parser: Parser
  /** Throws where the import is to end. */
  readonly goOn: () => void
}

/** The names of the whole file, met once before anything of it is taken. */
export const namesIn = async (upload: Upload, mapping: Mapping | null, parts: LookingParts): Promise<Names | null> => {
  const names = await namesFor(upload, mapping, parts)
  if (names === null || mapping === null) return null
  await lookUpNames(sourceOf(upload), { mapping, names, open: parts.parser.open, goOn: parts.goOn })
  return names
}
