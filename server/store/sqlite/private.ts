// Files at rest are their owner's alone (A4): the data folder 0700, every file of Mingjing in it 0600. What another umask, an
// older Mingjing or a copy made wider is narrowed at the start, and told. Leaves alone what is not its own, and a folder
// that holds something else besides; follows no link.

import { chmodSync, closeSync, lstatSync, openSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'

export const FOLDER_MODE = 0o700
export const FILE_MODE = 0o600

const BITS = 0o777
const OWN =
  /^(?:(?:ledger(?:\.[\w.-]+)?|access)\.sqlite(?:-wal|-shm|-journal)?|writer\.lock(?:-journal)?|checkpoint\.key|made-by-mingjing-demo|control\.sock|imports|\.mingjing.*)$/

export interface Narrowed {
  /** What others could read, and no longer can. */
  readonly narrowed: readonly string[]
  /** What could not be narrowed: it belongs to somebody else. */
  readonly left: readonly string[]
}

/** Makes an empty file of its owner's alone where there is none; what SQLite puts beside it takes its mode from it. */
export function makePrivate(path: string): void {
  closeSync(openSync(path, 'a', FILE_MODE))
}

/** Narrows the data folder and what lies in it. */
export function narrow(folder: string): Narrowed {
  const narrowed: string[] = []
  const left: string[] = []
  const visit = (path: string, isDeep: boolean): void => {
    const stat = lstatSync(path, { throwIfNoEntry: false })
    if (stat === undefined || !(stat.isDirectory() || stat.isFile())) return
    const wanted = stat.isDirectory() ? FOLDER_MODE : FILE_MODE
    if ((stat.mode & BITS & ~wanted) !== 0) {
      try {
        chmodSync(path, stat.mode & wanted)
        narrowed.push(path)
      } catch {
        left.push(path)
      }
    }
    if (isDeep && stat.isDirectory()) for (const name of readdirSync(path)) visit(join(path, name), true)
  }
  const path = resolve(folder)
  const names = lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true ? readdirSync(path) : []
  if (names.length > 0 && names.every((name) => OWN.test(name))) visit(path, false)
  for (const name of names) if (OWN.test(name)) visit(join(path, name), true)
  return { narrowed, left }
}
