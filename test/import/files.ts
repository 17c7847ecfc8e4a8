// What the suites of file import share: real files read in place (or a loud word that they are not there), folders and
// files made for a test, and an import as the command does it.

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { type ImportAsked, type Imported, importFiles, readMapping } from '../../server/cli/import.ts'
import { readSettings, type Settings } from '../../server/config.ts'
import { compileMapping, type Mapping } from '../../server/intake/files/map.ts'
import { handClock } from '../../server/supervision/clock.ts'
import type { Parser } from '../../server/supervision/parse.ts'
import { instant } from '../live/house.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const DATA = join(ROOT, '../shared/data')

/** A file of the folder of real data; null, and said aloud, where that folder is missing. */
export const realFile = (name: string): string | null => {
  const path = join(DATA, name)
  if (existsSync(path)) return path
  console.warn(`NOT TESTED: ${name} is missing (looked in ${DATA})`)
  return null
}

export const realFilesUnder = (folder: string): string[] | null => {
  const at = realFile(folder)
  if (at === null) return null
  const walk = (below: string): string[] =>
    readdirSync(join(at, below))
      .sort()
      .flatMap((name) =>
        statSync(join(at, below, name)).isDirectory() ? walk(join(below, name)) : [join(below, name)],
      )
  return walk('')
}

export const mappingNamed = (name: string): Mapping => readMapping(join(ROOT, `fixtures/mappings/${name}.yaml`))

export const catalogueNamed = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(ROOT, `fixtures/catalogues/${name}.json`), 'utf8')) as Record<string, unknown>

export const mappingOf = (document: unknown): Mapping => {
  const compiled = compileMapping(document)
  if ('faults' in compiled) throw new Error(JSON.stringify(compiled.faults))
  return compiled.mapping
}

/** A folder of this test, gone with it. */
export const folderOfTest = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'mingjing-import-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export const fileOfTest = (name: string, content: string | Uint8Array): string => {
  const path = join(folderOfTest(), name)
  writeFileSync(path, content)
  return path
}

export const settingsAt = (folder: string, at: string): Settings => ({
  ...readSettings({ data: folder, port: 0, log: 'silent' }, {}),
  clock: handClock(instant(at)),
})

const LATER = '2026-11-01T00:00:00Z'

export const asked = (more: Partial<ImportAsked> & Pick<ImportAsked, 'files'>): ImportAsked => ({
  settings: settingsAt('nowhere', LATER),
  mapping: null,
  source: 'test',
  historical: instant(LATER),
  dryRun: true,
  report: null,
  ...more,
})

/** One file through a mapping, nothing kept. */
export const dryRun = async (file: string, mapping: Mapping | null, parser?: Parser): Promise<Imported> => {
  const more = parser === undefined ? {} : { parser }
  const [imported] = await importFiles(asked({ files: [file], mapping, ...more }))
  if (imported === undefined) throw new Error('no report')
  return imported
}
