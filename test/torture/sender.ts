// The other side of the line, as the torture plays it: connections that push lots and keep, word for word, what was
// answered `accepted`. A lot whose answer was lost is neither kept nor forgotten: it is sent again later.

import type { Receipts } from '../../server/contract/api.ts'
import type { Lot } from './lots.ts'

export interface Sender {
  /** Pushes lots over so many connections until the server is gone; `enough` resolves after so many answers. */
  push(
    url: string,
    connections: number,
    answers: number,
  ): { readonly done: Promise<void>; readonly enough: Promise<void> }
  /** Sends the lots without an answer again; every event of them must now be taken or known. */
  settle(url: string): Promise<{ accepted: number; known: number }>
  /** Sends accepted events again, `since` the count of an earlier look; those not answered `known`. */
  recall(url: string, since: number): Promise<string[]>
  readonly acceptedCount: () => number
  readonly unansweredCount: () => number
}

const RECALL_EVENTS = 500
const MISTAKES: ReadonlySet<string> = new Set(['not_yours', 'source_mismatch'])

interface Kept {
  readonly source: string
  readonly eventId: string
  readonly text: string
}

/** Kept events in lots of one source each. */
const lotsOfKept = (kept: readonly Kept[]): Lot[] => {
  const lots: { source: string; events: [string, string][] }[] = []
  const open = new Map<string, [string, string][]>()
  for (const { source, eventId, text } of kept) {
    let events = open.get(source)
    if (events === undefined || events.length === RECALL_EVENTS) {
      events = []
      open.set(source, events)
      lots.push({ source, events })
    }
    events.push([eventId, text])
  }
  return lots
}

export const openSender = (lots: Generator<Lot, never>, keys: Readonly<Record<string, string>>): Sender => {
  const accepted: Kept[] = []
  const held = new Set<string>()
  let unanswered: Lot[] = []

  const post = async (url: string, lot: Lot): Promise<Receipts> => {
    const answer = await fetch(`${url}/api/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${keys[lot.source]}`, 'content-type': 'application/x-ndjson' },
      body: lot.events.map(([, text]) => text).join('\n'),
    })
    if (!answer.ok) throw new Error(`the server answered ${answer.status}: ${await answer.text()}`)
    return (await answer.json()) as Receipts
  }
  const keep = (lot: Lot, receipts: Receipts): void => {
    for (const [i, { outcome, event_id: told, code }] of receipts.receipts.entries()) {
      const [eventId, text] = lot.events[i] ?? ['', '']
      if (told !== eventId) throw new Error(`receipt ${i} is for ${told} and not for ${eventId}`)
      // a rejection is an answer as well, where the city has made one of its mistakes
      if (outcome === 'rejected' && !MISTAKES.has(code ?? '')) throw new Error(`${eventId} was rejected: ${code}`)
      if (outcome === 'rejected' || held.has(`${lot.source} ${eventId}`)) continue
      held.add(`${lot.source} ${eventId}`)
      accepted.push({ source: lot.source, eventId, text })
    }
  }
  /** Whether the line is still there. */
  const sendOne = async (url: string, lot: Lot): Promise<boolean> => {
    try {
      keep(lot, await post(url, lot))
      return true
    } catch (error) {
      // a cut line comes as a TypeError of fetch; whatever else is wrong must not be swallowed
      if (!(error instanceof TypeError) && !(error instanceof SyntaxError)) throw error
      unanswered.push(lot)
      return false
    }
  }
  return {
    push(url, connections, wanted) {
      let left = wanted
      let tell = (): void => undefined
      const enough = new Promise<void>((done) => {
        tell = done
      })
      const connection = async (): Promise<void> => {
        while (await sendOne(url, lots.next().value)) {
          left -= 1
          if (left === 0) tell()
        }
      }
      const done = Promise.all(Array.from({ length: connections }, connection)).then(() => undefined)
      return { done, enough }
    },
    async settle(url) {
      const again = unanswered
      unanswered = []
      const sum = { accepted: 0, known: 0 }
      for (const lot of again) {
        const receipts = await post(url, lot)
        keep(lot, receipts)
        sum.accepted += receipts.accepted
        sum.known += receipts.known
      }
      return sum
    },
    async recall(url, since) {
      const missing: string[] = []
      for (const lot of lotsOfKept(accepted.slice(since))) {
        const { receipts } = await post(url, lot)
        for (const { outcome, event_id: id } of receipts) if (outcome !== 'known') missing.push(`${lot.source} ${id}`)
      }
      return missing
    },
    acceptedCount: () => accepted.length,
    unansweredCount: () => unanswered.length,
  }
}
