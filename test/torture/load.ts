// A load with its own times: events in batches and alone, /health, a case, a list of cards, each request at its moment,
// whether the ones before are answered or not, so that a slow answer hides no other. Every wait is kept, and every event
// that was answered `accepted`.

import { performance } from 'node:perf_hooks'
import { makeCity } from '../../fixtures/city/catalogue.ts'
import { type Random, seededRandom } from '../../fixtures/city/random.ts'
import type { Receipts } from '../../server/contract/api.ts'
import { printInstant } from '../../server/core/time/civil.ts'
import { zoneOf } from '../../server/core/time/zone.ts'
import { FILLED_AT, SEED } from './million.ts'

export type Asked = 'batch' | 'single' | 'health' | 'case' | 'cards' | 'catalogue'

const BATCH_EVENTS = 50
const BATCH_EVERY_MS = 150
const SINGLE_EVERY_MS = 25
const READ_EVERY_MS = 40
const HEALTH_EVERY_MS = 50
/** Of the events so many open a new case. */
const NEW_SHARE = 0.3

export interface Door {
  readonly url: string
  readonly keys: Readonly<Record<string, string>>
}

interface Made {
  readonly source: string
  readonly event: Readonly<Record<string, unknown>> & { readonly event_id: string; readonly project_no: string }
}

/** Receipts of new cases and steps of old ones, without end. */
const makeEvents = (random: Random, cases: number): ((source?: string) => Made) => {
  const { matters } = makeCity(SEED)
  const at = printInstant(FILLED_AT, zoneOf('Asia/Shanghai'))
  let n = 0
  return (source) => {
    n += 1
    const { desk, row } = random.pick(matters)
    const isNew = random.chance(NEW_SHARE)
    const event = {
      event_id: `R-${n}`,
      event_type: isNew ? 'RECEIVE' : 'STEP_START',
      project_no: isNew ? `N-${n}` : `M-${random.below(cases)}`,
      occurred_at: at,
      org_code: desk.org,
      window_no: desk.windowNo,
      ...(isNew ? { task_code: row.task_code } : { payload: { step_code: `S${n % 5}` } }),
    }
    return { source: source ?? desk.source, event }
  }
}

export interface Sample {
  readonly asked: Asked
  readonly from: number
  readonly to: number
}

interface Health {
  readonly rejudging: boolean
  readonly law: number
  readonly longest_slice_ms: number
}

/** Requests at their own times, whether the ones before are answered or not: a slow answer hides no other. */
export class Load {
  readonly samples: Sample[] = []
  readonly refused: string[] = []
  /** Project numbers by the ids of events answered `accepted`. */
  readonly accepted = new Map<string, { readonly projectNo: string; readonly at: number }>()
  health: Health | null = null
  readonly #door: Door
  readonly #open = new Set<Promise<void>>()
  readonly #timers: NodeJS.Timeout[]

  constructor(door: Door, cases: number) {
    this.#door = door
    const random = seededRandom(SEED, 'rejudge load')
    const made = makeEvents(random, cases)
    const every = (ms: number, run: () => Promise<void>): NodeJS.Timeout => setInterval(() => this.#start(run), ms)
    this.#timers = [
      every(BATCH_EVERY_MS, () => {
        const first = made()
        return this.#post('batch', [first, ...Array.from({ length: BATCH_EVENTS - 1 }, () => made(first.source))])
      }),
      every(SINGLE_EVERY_MS, () => this.#post('single', [made()])),
      every(HEALTH_EVERY_MS, async () => {
        this.health = JSON.parse(await this.ask('health', '/health')) as Health
      }),
      every(READ_EVERY_MS, async () => {
        await this.ask('case', `/api/v1/cases/M-${random.below(cases)}`)
      }),
      every(READ_EVERY_MS, async () => {
        await this.ask('cards', '/api/v1/cards?limit=50')
      }),
    ]
  }

  /** Asks and keeps how long the answer took. */
  async ask(asked: Asked, path: string, body: string | null = null, key = 'administrator'): Promise<string> {
    const { url, keys } = this.#door
    const from = performance.now()
    const headers = { authorization: `Bearer ${keys[key]}`, 'content-type': 'application/json' }
    const answer = await fetch(`${url}${path}`, body === null ? { headers } : { headers, method: 'POST', body })
    const text = await answer.text()
    this.samples.push({ asked, from, to: performance.now() })
    if (!answer.ok) this.refused.push(`${asked} ${path}: ${answer.status} ${text}`)
    return text
  }

  /** No further requests; resolves when all of them are answered. */
  async stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer)
    await Promise.all(this.#open)
  }

  #start(run: () => Promise<void>): void {
    const open = run()
      .catch((error: unknown) => void this.refused.push(String(error)))
      .finally(() => this.#open.delete(open))
    this.#open.add(open)
  }

  async #post(asked: 'batch' | 'single', made: readonly Made[]): Promise<void> {
    const { source } = made[0] as Made
    const events = made.map(({ event }) => event)
    const body = JSON.stringify(asked === 'single' ? events[0] : events)
    const { receipts } = JSON.parse(await this.ask(asked, '/api/v1/events', body, source)) as Receipts
    for (const [i, { outcome, code }] of receipts.entries()) {
      const { event_id: id, project_no: projectNo } = events[i] as Made['event']
      if (outcome === 'accepted') this.accepted.set(id, { projectNo, at: performance.now() })
      else this.refused.push(`${id}: ${outcome} ${code}`)
    }
  }
}
