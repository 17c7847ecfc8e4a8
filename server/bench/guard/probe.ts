// The probe of `bench guard`: a process that asks /health every few milliseconds, whether the question before is answered or
// not, so that no slow answer hides another. A loaded machine is noise, and told apart twice: of each wait it is known how much
// of it the server's main thread was at work (where the system says so), which is what a quiet machine would have taken; and a
// bare server in the probe's own process is asked as often, for there is nothing behind it.

import { readFileSync } from 'node:fs'
import { Agent, createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { performance } from 'node:perf_hooks'
import { type Child, startOwn } from './child.ts'

const EVERY_MS = 5

/** Waits of one scenario, in ms. */
export interface Waits {
  readonly requests: number
  readonly p50: number
  readonly p99: number
  readonly max: number
  /** The most of one wait for which the server's main thread was at work; where no system says so, `max`. */
  readonly own: number
  /** The longest wait for the bare server meanwhile. */
  readonly noise: number
  /** Answers that did not come or said something else than 200. */
  readonly failed: number
}

/** The value below which a share of the sorted values lies; 0 of none. */
const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0

interface Asking {
  readonly waits: number[]
  failed: number
  own: number
  readonly under: Set<number>
}

const opened = (): Asking => ({ waits: [], failed: 0, own: 0, under: new Set() })

/** For how long the main thread of a process has been at work, ms; null where nobody says so. */
const workedMs = (pid: string | undefined): number | null => {
  if (pid === undefined) return null
  try {
    return Number(readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6
  } catch {
    return null
  }
}

/** Asks once; a question that is still open when the sum is drawn counts with what it has waited so far. */
const ask = (url: string, agent: Agent, asking: Asking, pid?: string): void => {
  const from = performance.now()
  const worked = workedMs(pid)
  asking.under.add(from)
  const end = (isGood: boolean): void => {
    if (!asking.under.delete(from)) return
    const wait = performance.now() - from
    asking.waits.push(wait)
    const now = workedMs(pid)
    asking.own = Math.max(asking.own, worked === null || now === null ? wait : Math.min(wait, now - worked))
    if (!isGood) asking.failed += 1
  }
  const request = get(url, { agent }, (answer) => {
    answer.resume()
    answer.on('end', () => end(answer.statusCode === 200))
  })
  request.on('error', () => end(false))
}

const drawn = (asking: Asking, beside: Asking): Waits => {
  const now = performance.now()
  const sorted = [...asking.waits, ...[...asking.under].map((from) => now - from)].sort((a, b) => a - b)
  const noise = [...beside.waits, ...[...beside.under].map((from) => now - from)]
  return {
    requests: sorted.length,
    p50: percentile(sorted, 0.5),
    p99: percentile(sorted, 0.99),
    max: sorted.at(-1) ?? 0,
    own: asking.own,
    noise: noise.reduce((most, wait) => Math.max(most, wait), 0),
    failed: asking.failed,
  }
}

/** The probe's own process: draws the sum and begins anew whenever its parent says so; ends with it. */
export const runProbe = async (flags: { url?: string; pid?: string }): Promise<void> => {
  const { url, pid } = flags
  if (url === undefined || process.send === undefined) return
  const bare = createServer((_, answer) => answer.end('ok'))
  await new Promise<void>((done) => bare.listen(0, '127.0.0.1', done))
  const besideUrl = `http://127.0.0.1:${(bare.address() as AddressInfo).port}/`
  const agents = [new Agent({ keepAlive: true }), new Agent({ keepAlive: true })] as const
  let health = opened()
  let beside = opened()
  setInterval(() => {
    ask(`${url}/health`, agents[0], health, pid)
    ask(besideUrl, agents[1], beside)
  }, EVERY_MS)
  process.on('message', () => {
    process.send?.(drawn(health, beside))
    health = opened()
    beside = opened()
  })
  process.on('disconnect', () => process.exit())
  process.send('ready')
}

export interface Probe {
  /** The waits since this was last asked. */
  draw(): Promise<Waits>
  end(): Promise<void>
}

export const openProbe = async (url: string, pid: number): Promise<Probe> => {
  const child: Child = startOwn(['bench', 'probe', '--url', url, '--pid', String(pid)])
  let hear: (message: unknown) => void = () => undefined
  let lost: (error: Error) => void = () => undefined
  child.process.on('message', (message) => hear(message))
  child.process.on('exit', (code) => lost(new Error(`the probe ended (${code})`)))
  const heard = <T>(): Promise<T> =>
    new Promise((done, fail) => {
      hear = (message) => done(message as T)
      lost = fail
    })
  await heard()
  return {
    draw() {
      const answer = heard<Waits>()
      child.process.send('draw')
      return answer
    },
    end: () => child.end(),
  }
}
