// A fault planted in the engine: one operator or constant of one file of `server/core`, changed in a copy of the tree. A
// fault whose text is not there, or is there twice, is no fault and fails loudly.

import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { centresOf } from './centre.ts'
import { differences } from './differ.ts'
import { engineOf, HOUSE } from './engine.ts'
import { caseOf } from './generate.ts'
import type { Engine } from './product.ts'

export interface Fault {
  readonly name: string
  /** Under server/core. */
  readonly file: string
  readonly from: string
  readonly to: string
}

export const fault = (name: string, file: string, from: string, to: string): Fault => ({ name, file, from, to })

/** The text with the fault in it. */
export const planted = (text: string, { name, from, to }: Fault): string => {
  const parts = text.split(from)
  if (parts.length !== 2) throw new Error(`${name}: its text stands ${parts.length - 1} times where it must stand once`)
  const changed = parts.join(to)
  if (changed === text) throw new Error(`${name}: changes nothing`)
  return changed
}

/** Runs something with the engine of a tree in which the fault is planted. */
export const withFault = async <T>(fault: Fault, work: (engine: Engine) => T): Promise<T> => {
  const tree = mkdtempSync(join(tmpdir(), 'mingjing-fault-'))
  try {
    cpSync(join(HOUSE, 'server/core'), join(tree, 'server/core'), { recursive: true })
    cpSync(join(HOUSE, 'package.json'), join(tree, 'package.json'))
    symlinkSync(join(HOUSE, 'node_modules'), join(tree, 'node_modules'))
    const file = join(tree, 'server/core', fault.file)
    writeFileSync(file, planted(readFileSync(file, 'utf8'), fault))
    return work(await engineOf(tree))
  } finally {
    rmSync(tree, { recursive: true, force: true })
  }
}

/** The seed whose case shows the fault first, of so many; null: none does. */
export const caughtBy = (engine: Engine, sound: Engine, cases: number): number | null => {
  const faulty = centresOf(engine)
  const whole = centresOf(sound)
  for (let seed = 1; seed <= cases; seed++) {
    const one = caseOf(seed, whole)
    const { law } = faulty[whole.indexOf(one.centre)] as (typeof faulty)[number]
    const found = differences(engine, { ...one.centre, ...one, law })
    if (found.length === 0) continue
    // what the sound engine shows as well is no catch
    if (JSON.stringify(found) !== JSON.stringify(differences(sound, { ...one.centre, ...one }))) return seed
  }
  return null
}
