// Where a run of an import stands, kept beside the data so that one that was killed goes on behind what was answered
// (I8). One small file a run, replaced whole; gone when the run is at its end. It never runs ahead of the answers: a
// lost or stale one costs sending again, which ids make harmless.

import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Source } from './bytes.ts'
import type { Resumed } from './run.ts'

export interface Resume {
  readonly left: Resumed | null
  keep(state: Resumed): void
  done(): void
}

export interface RunKey {
  readonly mapping: string
  readonly from: string
  readonly historical: boolean
}

/** Of what is kept: another shape is another run. */
const SHAPE = 2

/** A changed file, mapping or source is another run. */
const nameOf = ({ path, bytes, modifiedMs }: Source, key: RunKey): string =>
  createHash('sha256')
    .update(JSON.stringify([SHAPE, resolve(path), bytes, modifiedMs, key.mapping, key.from, key.historical]))
    .digest('hex')
    .slice(0, 24)

const leftIn = (path: string): Resumed | null => {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Resumed
  } catch {
    return null
  }
}

export const openResume = (folder: string, source: Source, key: RunKey): Resume => {
  const imports = join(folder, 'imports')
  const path = join(imports, `${nameOf(source, key)}.json`)
  return {
    left: leftIn(path),
    keep(state) {
      mkdirSync(imports, { recursive: true })
      writeFileSync(`${path}.new`, JSON.stringify(state))
      renameSync(`${path}.new`, path)
    },
    done() {
      rmSync(path, { force: true })
      rmSync(`${path}.new`, { force: true })
    },
  }
}
