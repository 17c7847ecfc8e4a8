// Single bits of a ledger's file turned over (A4, S10): each is found by verify or by the comparison with a replay, or every row
// of every table reads as before. Drawn anywhere in the file, or among the bytes that say something (pages.ts), where nearly
// all must be found. `npm run flips [-- how many, seed]` tries many, half of them so and half so; the suite a few.

import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { openFrozen } from '../../server/store/sqlite/frozen.ts'
import { openScratch, type Scratch } from '../../server/store/sqlite/scratch.ts'
import { openReplay } from '../../server/supervision/audit/replay.ts'
import { seeded } from '../plan/city.ts'
import { dumpOf, finds, inCopy } from './forging.ts'
import { writeLedger } from './ledger.ts'
import { lengthOf, nthOf, type Range, usedRanges } from './pages.ts'

export interface Flips {
  readonly found: number
  /** Bits that say nothing: free pages, unused bytes, the header's counters. */
  readonly equal: number
  /** Neither found nor equal: place of the bit. */
  readonly unseen: readonly string[]
  /** What threw instead of telling. */
  readonly thrown: readonly string[]
}

const dumped = (folder: string): string | null => {
  try {
    return dumpOf(folder)
  } catch {
    return null
  }
}

/** A replay of an untouched ledger, to compare with. */
export const replayOf = async (folder: string): Promise<Scratch> => {
  const scratch = openScratch()
  const stored = openFrozen(folder)
  const { count } = await openReplay(scratch).catchUp(stored)
  stored.close()
  if (count > 0) throw new Error('the ledger is not clean before a bit is turned')
  return scratch
}

export const flip = async (
  folder: string,
  replayed: Scratch,
  asked: { count: number; seed: number; where: 'anywhere' | 'used' },
): Promise<Flips> => {
  const random = seeded(asked.seed)
  const whole = readFileSync(join(folder, 'ledger.sqlite'))
  const ranges: readonly Range[] = asked.where === 'used' ? usedRanges(whole) : [[0, whole.length]]
  const length = lengthOf(ranges)
  const before = dumpOf(folder)
  let [found, equal] = [0, 0]
  const unseen: string[] = []
  const thrown: string[] = []
  await inCopy(folder, async (copy) => {
    for (let i = 0; i < asked.count; i++) {
      const at = nthOf(ranges, Math.floor(random() * length))
      const bit = Math.floor(random() * 8)
      const bytes = Buffer.from(whole)
      bytes[at] = (bytes[at] ?? 0) ^ (1 << bit)
      for (const beside of ['-wal', '-shm']) rmSync(join(copy, `ledger.sqlite${beside}`), { force: true })
      writeFileSync(join(copy, 'ledger.sqlite'), bytes)
      const place = `byte ${at} bit ${bit}`
      try {
        const findings = await finds(copy, replayed)
        if (findings.length > 0) found += 1
        else if (dumped(copy) === before) equal += 1
        else unseen.push(place)
      } catch (error) {
        thrown.push(`${place}: ${error instanceof Error ? error.message : String(error)}`)
      }
    }
  })
  return { found, equal, unseen, thrown }
}

const main = async (): Promise<void> => {
  const [count = 2_000, seed = 1] = process.argv.slice(2).map(Number)
  const folder = await writeLedger()
  const replayed = await replayOf(folder)
  let isBad = false
  for (const where of ['anywhere', 'used'] as const) {
    const asked = { count: Math.ceil(count / 2), seed, where }
    const { found, equal, unseen, thrown } = await flip(folder, replayed, asked)
    const bad = [...unseen, ...thrown]
    process.stdout.write(
      `${asked.count} bits ${where}, seed ${seed}: ${found} found, ${equal} equal, ${bad.length} unseen or thrown\n`,
    )
    for (const each of bad) process.stdout.write(`${each}\n`)
    isBad ||= bad.length > 0
  }
  replayed.close()
  rmSync(folder, { recursive: true, force: true })
  process.exitCode = isBad ? 1 : 0
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await main()
