// The demonstration's line to the front door: posts lots of events as NDJSON with the key of their source, like any
// approval system would. Busy answers and broken connections are waited out and the same lot is sent again (ids make
// that harmless), so nothing is lost. Never reaches past HTTP. Rules: I3, I5.

import { setTimeout as wait } from 'node:timers/promises'
import type { Instant } from '../core/time/instant.ts'

export type DemoNote =
  | { readonly kind: 'loading'; readonly events: number }
  | { readonly kind: 'loaded'; readonly events: number; readonly tally: Tally }
  | { readonly kind: 'waiting'; readonly why: string; readonly seconds: number }
  | { readonly kind: 'answered'; readonly cardId: string; readonly move: string }
  | { readonly kind: 'refused'; readonly what: string; readonly status: number }

export interface Tally {
  accepted: number
  known: number
  rejected: number
}

export interface FeedOptions {
  readonly baseUrl: string
  /** Key of each source by its name, and of the office under `office`. */
  readonly keys: Readonly<Record<string, string>>
  readonly signal: AbortSignal
  readonly onNote: (note: DemoNote) => void
}

export interface Feed {
  /** Resolves when the lot is answered; null when the demonstration was stopped before. */
  post(source: string, lines: readonly string[], historical: Instant | null): Promise<Tally | null>
  readonly tally: Tally
}

/** The server refuses what no repetition will mend: a key, a path, a shape. */
export class DemoRefused extends Error {
  readonly status: number
  constructor(status: number, text: string) {
    super(`the front door refused the demonstration: ${status} ${text.slice(0, 300)}`)
    this.name = 'DemoRefused'
    this.status = status
  }
}

const FIRST_WAIT_S = 0.5
const LONGEST_WAIT_S = 10
const INTERNAL_TRIES = 5

/** Waits, or returns at once when stopped. */
export const pause = async (seconds: number, signal: AbortSignal): Promise<void> => {
  await wait(seconds * 1000, undefined, { signal }).catch(() => undefined)
}

type Answer = { readonly tally: Tally } | { readonly again: string; readonly afterS: number | null }

const isPassing = (status: number): boolean => status === 429 || status >= 502

const once = async (
  options: FeedOptions,
  source: string,
  body: string,
  historical: Instant | null,
): Promise<Answer> => {
  const headers: Record<string, string> = {
    authorization: `Bearer ${options.keys[source] ?? ''}`,
    'content-type': 'application/x-ndjson',
  }
  if (historical !== null) headers['x-mingjing-historical'] = new Date(historical).toISOString()
  const url = `${options.baseUrl}/api/v1/events`
  let response: Response
  try {
    response = await fetch(url, { method: 'POST', headers, body, signal: options.signal })
    const text = await response.text()
    if (response.ok) {
      const { accepted, known, rejected } = JSON.parse(text) as Tally
      return { tally: { accepted, known, rejected } }
    }
    if (!isPassing(response.status) && response.status !== 500) throw new DemoRefused(response.status, text)
  } catch (error) {
    if (error instanceof DemoRefused) throw error
    return { again: 'connection', afterS: null }
  }
  const after = Number(response.headers.get('retry-after'))
  return { again: String(response.status), afterS: Number.isFinite(after) && after > 0 ? after : null }
}

export const openFeed = (options: FeedOptions): Feed => {
  const { signal, onNote } = options
  const tally: Tally = { accepted: 0, known: 0, rejected: 0 }
  const post: Feed['post'] = async (source, lines, historical) => {
    const body = lines.join('\n')
    let backoff = FIRST_WAIT_S
    for (let internal = 0; !signal.aborted; ) {
      const answer = await once(options, source, body, historical)
      if ('tally' in answer) {
        tally.accepted += answer.tally.accepted
        tally.known += answer.tally.known
        tally.rejected += answer.tally.rejected
        return answer.tally
      }
      if (signal.aborted) return null
      if (answer.again === '500' && ++internal >= INTERNAL_TRIES) throw new DemoRefused(500, source)
      const seconds = answer.afterS ?? backoff
      backoff = Math.min(LONGEST_WAIT_S, backoff * 2)
      onNote({ kind: 'waiting', why: answer.again, seconds })
      await pause(seconds, signal)
    }
    return null
  }
  return { post, tally }
}
