// Every folder of the field is asked in a test of this room: one that nobody asks fails here, and where the folder they came
// from is at hand, so does one that is not listed.

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { realFile } from '../import/files.ts'
import { FOLDERS } from './folders.ts'

const HERE = dirname(fileURLToPath(import.meta.url))

const foldersIn = (path: string): string[] =>
  readdirSync(path)
    .filter((name) => statSync(join(path, name)).isDirectory())
    .sort()

const tests = readdirSync(HERE)
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => readFileSync(join(HERE, name), 'utf8'))
  .join('\n')

describe('folders of the field', () => {
  it.each(FOLDERS)('I8: %s: a test reads its files', (folder) => {
    expect(tests).toContain(`${folder}/`)
  })

  it('I8: the folders here are the listed ones', () => {
    expect(foldersIn(join(HERE, 'files'))).toEqual([...FOLDERS])
  })

  it('I8: none of those they came from is left out', () => {
    // said aloud where they are not at hand
    const from = realFile('field')
    if (from !== null) expect(foldersIn(from)).toEqual([...FOLDERS])
  })
})
