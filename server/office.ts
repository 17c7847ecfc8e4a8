// What a person at the console may ask of a data folder: keys, catalogue, events of files. The same acts whether a server runs on it
// (through its local socket) or none does (then the writer's lock is taken for the moment). Rules: A2, A6, I8, I9.

import type { ProblemCode } from './contract/problems.ts'
import type { Handlers } from './control.ts'
import { rateScaleAt } from './core/law/law.ts'
import type { Instant } from './core/time/instant.ts'
import { enactCatalogue, type LoadYes, noticeChoice } from './http/catalogue.ts'
import { declareSource } from './http/declare.ts'
import { deliverEvents } from './http/imports-door.ts'
import { nameBook } from './http/name-book.ts'
import type { SentMark } from './intake/files/sent.ts'
import type { Outcome } from './intake/outcome.ts'
import type { DoorContext } from './intake/rating.ts'
import { addKey, type KeyAsked, listKeys, revokeKey } from './office/keys.ts'
import { Refusal } from './office/refusal.ts'
import type { KeyStore } from './store/keys.ts'
import type { KeptAsked } from './supervision/names-kept.ts'
import { CONSOLE, type ImportBegun } from './supervision/said.ts'
import type { Supervisor } from './supervision/supervisor.ts'

/** Wire events of a file, of one source; null: each names its own (I8). */
export interface EventsAsked {
  readonly events: readonly unknown[]
  /** What the run says of each of them; absent: each stands by itself. */
  readonly marks?: readonly SentMark[]
  readonly source: string | null
  /** The instant before which they are a declared past record; null: live. */
  readonly historical: Instant | null
  readonly aheadMs: number
  /** What the mapping of the file can fill in (I12); null: there is none, or nothing is to be kept. */
  readonly sends: readonly string[] | null
  /** Entry number of the import they come with. */
  readonly importNo?: number | null
}

/** One outcome an event, in order, once all are durable. A file waits where a sender over HTTP would be told to. */
export const ingestEvents = async (supervisor: Supervisor, asked: EventsAsked): Promise<readonly Outcome[]> => {
  const { events, marks, source, historical, aheadMs, sends, importNo = null } = asked
  if (source !== null && sends !== null) await declareSource(supervisor, { source, sends, by: 'console' })
  const clock = { now: () => supervisor.now() }
  const handOver = { source, historical, importNo, by: 'console' }
  const scaleOf: DoorContext['scaleOf'] = (from, at) => rateScaleAt(supervisor.law, from, at)
  return deliverEvents(supervisor, events, { clock, aheadMs, scaleOf, handOver }, marks)
}

/** What whoever loads a catalogue says yes to (T1a). */
const yesOf = ({ notice, shrinks, skip_faulty }: Record<string, unknown>): LoadYes => ({
  notice: noticeChoice(notice),
  shrinks: shrinks === true,
  skipFaulty: skip_faulty === true,
})

export interface OfficeParts {
  /** Does something with the keys. */
  readonly keys: <T>(does: (keys: KeyStore) => Promise<T>) => Promise<T>
  readonly changed: () => Promise<void>
  readonly supervisor: () => Promise<Supervisor>
}

/** The acts themselves, over whatever is open. */
export const officeHandlers = ({ keys, changed, supervisor }: OfficeParts): Handlers => ({
  ping: async () => 'here',
  'key.add': (args) =>
    keys(async (store) => {
      const made = await addKey(store, args as KeyAsked, Date.now())
      await changed()
      return made
    }),
  'key.list': () => keys(listKeys),
  'key.revoke': (args) =>
    keys(async (store) => {
      const revoked = await revokeKey(store, String(args.key_id), Date.now())
      await changed()
      return revoked
    }),
  'catalogue.load': async (args) => {
    const open = await supervisor()
    const enacted = await enactCatalogue(open, args.body, 'console', yesOf(args))
    await open.settled()
    return enacted
  },
  'import.names': async (args) => nameBook(await supervisor(), args as unknown as KeptAsked),
  'import.begin': async (args) =>
    (await supervisor()).beginImport({ ...(args as unknown as ImportBegun), by: CONSOLE.name, actor: CONSOLE }),
  'import.withdraw': async (args) => {
    const done = await (await supervisor()).withdraw({
      id: String(args.id),
      why: String(args.why),
      by: CONSOLE.name,
      actor: CONSOLE,
    })
    if ('refused' in done) throw new Refusal(done.refused as ProblemCode, { detail: String(args.id) })
    return done
  },
  'events.ingest': async (args) => ingestEvents(await supervisor(), args as unknown as EventsAsked),
})
