// The two threads as the port sees them: a Ledger and a Records whose calls cross to a worker.

import type { Ledger, Records } from '../store/port.ts'
import { packBatch } from '../store/sqlite/pack.ts'
import { startThread, type Thread } from './rpc.ts'

export interface Threads {
  readonly ledger: Ledger
  readonly reader: Records
  /** Lets the ledger's file grow to so many pages and no further: a full disk, for whoever tries one. */
  bound(pages: number): Promise<void>
}

const METHODS = [
  'gather',
  'cases',
  'factsOf',
  'factsOfMany',
  'due',
  'nextTurnAt',
  'stale',
  'strays',
  'numbersSaid',
  'listCases',
  'card',
  'countCards',
  'cardsOf',
  'listCards',
  'totals',
  'daily',
  'heads',
  'dueBetween',
  'auditFlows',
  'casesBehind',
  'laws',
  'aliases',
  'inputs',
  'importedFacts',
  'importCounts',
  'absentCases',
  'factCounts',
  'placesOf',
  'quarantine',
  'quarantineCounts',
  'waitingRows',
  'waitingUnder',
  'waitingBeside',
  'waitingBroughtBy',
  'waitingOf',
  'unnumberedRows',
  'quarantineOldest',
  'sources',
  'subjects',
  'committedBy',
  'head',
] as const satisfies readonly (keyof Records)[]

/** Answers of the reader that may come in one turn of the loop: each is taken apart and told on this thread (I5). */
const UNDER_WAY = 2

type Call = Thread['call']

/** Calls in their order, so many under way at a time. */
const fewAtOnce = (call: Call, most: number): Call => {
  const waiting: (() => void)[] = []
  let underWay = 0
  const leave = (): void => {
    const next = waiting.shift()
    if (next === undefined) underWay -= 1
    else next()
  }
  return async (method, args) => {
    if (underWay >= most) await new Promise<void>((go) => waiting.push(go))
    else underWay += 1
    try {
      return await call(method, args)
    } finally {
      leave()
    }
  }
}

const recordsOver = (thread: Thread): Records => {
  const call = fewAtOnce(thread.call, UNDER_WAY)
  const calls = Object.fromEntries(METHODS.map((method) => [method, (...args: unknown[]) => call(method, args)]))
  return { ...(calls as unknown as Omit<Records, 'close'>), close: () => thread.close() }
}

/** Opens the ledger (writer's lock taken, schema brought up) and then the reader of a data folder. */
export const openThreads = async (folder: string, onDeath: (error: Error) => void): Promise<Threads> => {
  // a thread that cannot open says so to whoever opens it: nothing has broken that was running
  let isOpen = false
  const died = (error: Error): void => {
    if (isOpen) onDeath(error)
  }
  const writing = startThread('ledger-thread', { folder, hash: 'sha256' }, died)
  await writing.call('open', [])
  const reading = startThread('reader-thread', { folder }, died)
  try {
    await reading.call('open', [])
  } catch (error) {
    await writing.close()
    throw error
  }
  isOpen = true
  return {
    ledger: {
      lease: () => writing.call('lease', []),
      commit: (batch, claim) => writing.call('commit', [packBatch(batch), claim]),
      close: () => writing.close(),
    },
    reader: recordsOver(reading),
    bound: (pages) => writing.call('bound', [pages]),
  }
}
