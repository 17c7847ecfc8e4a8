// What requests of a load waited, by what they asked, and how late this process itself came meanwhile: what the machine does.

import { monitorEventLoopDelay } from 'node:perf_hooks'
import { makeCity } from '../../fixtures/city/catalogue.ts'
import { addKey } from '../../server/office/keys.ts'
import { openKeys } from '../../server/store/sqlite/keys.ts'
import { beginLedger } from '../../server/store/sqlite/open.ts'
import type { Asked, Sample } from './load.ts'
import { SEED } from './million.ts'

export type Part = 'before' | 'during' | 'after'

/** Milliseconds that requests waited for their answers. */
export interface Waits {
  readonly requests: number
  /** How many waited longer than the limit. */
  readonly over: number
  readonly p50: number
  readonly p99: number
  readonly max: number
}

/** No request waits longer because of a new law. */
export const LONGEST_WAIT_MS = 100

const waitsOf = (samples: readonly Sample[]): Waits => {
  const ms = samples.map(({ from, to }) => to - from).sort((a, b) => a - b)
  const at = (share: number): number => Math.round((ms[Math.floor((ms.length - 1) * share)] ?? 0) * 10) / 10
  const over = ms.filter((wait) => wait > LONGEST_WAIT_MS).length
  return { requests: ms.length, over, p50: at(0.5), p99: at(0.99), max: at(1) }
}

const KINDS: readonly Asked[] = ['batch', 'single', 'health', 'case', 'cards', 'catalogue']

export const partOf = (samples: readonly Sample[]): Waits & { by: Record<string, Waits> } => {
  const by = KINDS.map((kind) => [kind, waitsOf(samples.filter(({ asked }) => asked === kind))] as const)
  return { ...waitsOf(samples), by: Object.fromEntries(by.filter(([, { requests }]) => requests > 0)) }
}

/** Keys of all sources and of an administrator. */
export const makeKeys = async (folder: string): Promise<Record<string, string>> => {
  // keys are given for a ledger: it is there before the first of them (A6)
  beginLedger(folder)
  const rows = openKeys(folder)
  const keys: Record<string, string> = {}
  for (const { source } of makeCity(SEED).sources) keys[source] = (await addKey(rows, { source }, 0)).key
  keys.administrator = (await addKey(rows, { role: 'administrator' }, 0)).key
  await rows.close()
  return keys
}

const LAG_RESOLUTION_MS = 5

/** How far the timers of this process are behind, part by part. */
export const watchMachine = () => {
  const lag = monitorEventLoopDelay({ resolution: LAG_RESOLUTION_MS })
  lag.enable()
  const ms = (ns: number): number => Math.round(Math.max(0, ns / 1e6 - LAG_RESOLUTION_MS) * 10) / 10
  return () => {
    const seen = { p99: ms(lag.percentile(99)), max: ms(lag.max) }
    lag.reset()
    return seen
  }
}
