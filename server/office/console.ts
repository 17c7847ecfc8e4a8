// What a person at the console may ask of a data folder: keys, catalogue, events of files. The same acts whether a server
// runs on it (through its local socket) or none does (then alone, alone.ts): the console is whoever can open the folder, and
// may do all of it. Rules: A2, A6, I8, I9.

import type { ImportDeclares } from '../contract/import-declares.ts'
import type { ProblemCode } from '../contract/problems.ts'
import { rateScaleAt } from '../core/law/law.ts'
import type { Instant } from '../core/time/instant.ts'
import type { SentMark } from '../intake/files/sent.ts'
import type { Outcome } from '../intake/outcome.ts'
import type { DoorContext } from '../intake/rating.ts'
import type { KeyStore } from '../store/keys.ts'
import type { KeptAsked } from '../supervision/names-kept.ts'
import { CONSOLE, type ImportBegun } from '../supervision/said.ts'
import type { Supervisor } from '../supervision/supervisor.ts'
import { declaresIn } from './imports/declares.ts'
import { deliverEvents } from './imports/door.ts'
import { nameBook } from './imports/names.ts'
import { addKey, type KeyAsked, listKeys, revokeKey } from './keys.ts'
import { enactCatalogue, type LoadYes, noticeChoice } from './law/enact.ts'
import { Refusal } from './refusal.ts'

/** Wire events of a file, of one source; null: each names its own (I8). */
export interface EventsAsked {
  readonly events: readonly unknown[]
  /** What the run says of each of them; absent: each stands by itself. */
  readonly marks?: readonly SentMark[]
  readonly source: string | null
  /** The instant before which they are a declared past record; null: live. */
  readonly historical: Instant | null
  readonly aheadMs: number
  /** Entry number of the import they come with. */
  readonly importNo?: number | null
}

/** One outcome an event, in order, once all are durable. A file waits where a sender over HTTP would be told to. */
export const ingestEvents = async (supervisor: Supervisor, asked: EventsAsked): Promise<readonly Outcome[]> => {
  const { events, marks, source, historical, aheadMs, importNo = null } = asked
  const clock = { now: () => supervisor.now() }
  const handOver = { source, historical, importNo, by: CONSOLE.name }
  const scaleOf: DoorContext['scaleOf'] = (from, at) => rateScaleAt(supervisor.law, from, at)
  return deliverEvents(supervisor, events, { clock, aheadMs, scaleOf, handOver }, marks)
}

/** What whoever loads a catalogue says yes to (T1a). */
const yesOf = ({ notice, shrinks, skip_faulty }: Record<string, unknown>): LoadYes => ({
  notice: noticeChoice(notice),
  shrinks: shrinks === true,
  skipFaulty: skip_faulty === true,
})

/** What is said of an import when it begins; who says it is the console. */
export type ImportSaid = Omit<ImportBegun, 'by' | 'actor'>

/** Its entry number, which what it brings bears (I14). */
export const beginImport = (supervisor: Supervisor, said: ImportSaid): Promise<number> =>
  supervisor.beginImport({ ...said, by: CONSOLE.name, actor: CONSOLE })

/** What a file would declare of its source. */
export interface DeclaresAsked {
  readonly source: string | null
  readonly sends?: readonly string[] | null
}

/** null: nothing. */
export const declaresAsked = (
  supervisor: Parameters<typeof declaresIn>[0],
  { source, sends = null }: DeclaresAsked,
): ImportDeclares | null => declaresIn(supervisor, source, sends === null ? null : { sends })

const withdrawImport = async (
  supervisor: Supervisor,
  { id, why }: { readonly id: string; readonly why: string },
): Promise<{ withdrawn: number }> => {
  const done = await supervisor.withdraw({ id, why, by: CONSOLE.name, actor: CONSOLE })
  if ('refused' in done) throw new Refusal(done.refused as ProblemCode, { detail: id })
  return done
}

export type Command =
  | 'key.add'
  | 'key.list'
  | 'key.revoke'
  | 'catalogue.load'
  | 'import.names'
  | 'import.begin'
  | 'import.declares'
  | 'import.withdraw'
  | 'events.ingest'
  | 'now'
  | 'ping'
export type Handlers = Readonly<Record<Command, (args: Record<string, unknown>) => Promise<unknown>>>

export interface ConsoleParts {
  /** Does something with the keys. */
  readonly keys: <T>(does: (keys: KeyStore) => Promise<T>) => Promise<T>
  readonly changed: () => Promise<void>
  readonly supervisor: () => Promise<Supervisor>
}

/** The acts themselves, over whatever is open. */
export const consoleHandlers = ({ keys, changed, supervisor }: ConsoleParts): Handlers => ({
  ping: async () => 'here',
  now: async () => (await supervisor()).now(),
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
    const enacted = await enactCatalogue(open, args.body, CONSOLE.name, yesOf(args))
    await open.settled()
    return enacted
  },
  'import.names': async (args) => nameBook(await supervisor(), args as unknown as KeptAsked),
  'import.begin': async (args) => beginImport(await supervisor(), args as unknown as ImportSaid),
  'import.declares': async (args) => declaresAsked(await supervisor(), args as unknown as DeclaresAsked),
  'import.withdraw': async (args) => withdrawImport(await supervisor(), { id: String(args.id), why: String(args.why) }),
  'events.ingest': async (args) => ingestEvents(await supervisor(), args as unknown as EventsAsked),
})
