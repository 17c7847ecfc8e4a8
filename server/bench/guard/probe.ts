// The probe of `bench guard`: a process that asks /health every few milliseconds, whether the question before is answered or
// not, so that no slow answer hides another: on connections that stand already, and now and then as one who has just come and
// must be let in first. A loaded machine is noise, and told apart: of each wait the longest that the probe itself came late is taken off;
// of the rest it is known how long the server's main thread was at work (where the system says so), which is what a quiet
// machine would have taken; and a bare server in the probe's own process is asked as often, for there is nothing behind it.

import { readFileSync } from 'node:fs'
import { Agent, createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { performance } from 'node:perf_hooks'
import { type Child, startOwn } from './child.ts'

const EVERY_MS = 5
/** Connections that stand: a question waits for none of them to be let in. */
const STANDING = 40
/** Every so many asks one comes anew. */
const NEWCOMER_EVERY = 20

/** Waits of one scenario, in ms. */
export interface Waits {
  readonly requests: number
  readonly p50: number
  readonly p99: number
  readonly max: number
  /** The most of one wait for which the server's main thread was at work; where no system says so, `max`. */
  readonly own: number
  /** The same of one who comes anew: it stands behind all who come before it. */
  readonly fresh: number
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

/** The longest that this process came late since an instant, of what it remembers. */
class Lateness {
  readonly #gaps: { readonly at: number; readonly ms: number }[] = []
  #last = performance.now()

  tick(): void {
    const at = performance.now()
    this.#gaps.push({ at, ms: at - this.#last - EVERY_MS })
    if (this.#gaps.length > REMEMBERED) this.#gaps.shift()
    this.#last = at
  }

  since(from: number): number {
    let longest = performance.now() - this.#last - EVERY_MS
    for (let n = this.#gaps.length - 1; n >= 0; n--) {
      const gap = this.#gaps[n]
      if (gap === undefined || gap.at < from) break
      longest = Math.max(longest, gap.ms)
    }
    return Math.max(0, longest)
  }
}

const REMEMBERED = 4_000

interface Asked {
  readonly url: string
  /** false: on a connection of its own. */
  readonly agent: Agent | false
  readonly late: Lateness
  /** Of the process whose work counts. */
  readonly pid?: string | undefined
}

/** Asks once; a question that is still open when the sum is drawn counts with what it has waited so far. */
const ask = (asking: Asking, { url, agent, late, pid }: Asked): void => {
  const from = performance.now()
  const worked = workedMs(pid)
  asking.under.add(from)
  const end = (isGood: boolean): void => {
    if (!asking.under.delete(from)) return
    const wait = performance.now() - from
    asking.waits.push(wait)
    const now = workedMs(pid)
    const own = Math.max(0, wait - late.since(from))
    asking.own = Math.max(asking.own, worked === null || now === null ? own : Math.min(own, now - worked))
    if (!isGood) asking.failed += 1
  }
  const request = get(url, { agent }, (answer) => {
    answer.resume()
    answer.on('end', () => end(answer.statusCode === 200))
  })
  request.on('error', () => end(false))
}

const drawn = (asking: Asking, fresh: Asking, beside: Asking): Waits => {
  const now = performance.now()
  const sorted = [...asking.waits, ...[...asking.under].map((from) => now - from)].sort((a, b) => a - b)
  const noise = [...beside.waits, ...[...beside.under].map((from) => now - from)]
  return {
    requests: sorted.length,
    p50: percentile(sorted, 0.5),
    p99: percentile(sorted, 0.99),
    max: sorted.at(-1) ?? 0,
    own: asking.own,
    fresh: fresh.own,
    noise: noise.reduce((most, wait) => Math.max(most, wait), 0),
    failed: asking.failed + fresh.failed,
  }
}

/** The probe's own process: draws the sum and begins anew whenever its parent says so; ends with it. */
export const runProbe = async (flags: { url?: string; pid?: string }): Promise<void> => {
  const { url, pid } = flags
  if (url === undefined || process.send === undefined) return
  const bare = createServer((_, answer) => answer.end('ok'))
  await new Promise<void>((done) => bare.listen(0, '127.0.0.1', done))
  const besideUrl = `http://127.0.0.1:${(bare.address() as AddressInfo).port}/`
  const agent = (): Agent => new Agent({ keepAlive: true, maxSockets: STANDING, scheduling: 'fifo' })
  const late = new Lateness()
  const health = { url: `${url}/health`, agent: agent(), late, pid }
  const bareOne = { url: besideUrl, agent: agent(), late }
  let [asking, fresh, beside] = [opened(), opened(), opened()]
  for (let n = 0; n < STANDING; n++) ask(asking, health)
  let asks = 0
  setInterval(() => {
    late.tick()
    ask(asking, health)
    ask(beside, bareOne)
    asks += 1
    if (asks % NEWCOMER_EVERY === 0) ask(fresh, { ...health, agent: false })
  }, EVERY_MS)
  process.on('message', () => {
    process.send?.(drawn(asking, fresh, beside))
    ;[asking, fresh, beside] = [opened(), opened(), opened()]
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
  await child.hear()
  return { draw: () => child.ask<Waits>('draw'), end: () => child.end() }
}
