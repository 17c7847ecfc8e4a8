// What a person at the console may ask of a data folder: keys, catalogue, events of files. The same acts whether a server runs on it
// (through its local socket) or none does (then the writer's lock is taken for the moment). Rules: A2, A6, I8, I9.

import { newKey } from './access/keys.ts'
import { isRole } from './access/permissions.ts'
import { LENGTHS } from './contract/ingest.ts'
import { type ProblemCode, problemLines } from './contract/problems.ts'
import { askServer, type Command, ControlRefusal, type Handlers } from './control.ts'
import { canBeSource, OFFICE_SOURCE } from './core/case/number.ts'
import { rateScaleAt } from './core/law/law.ts'
import { asInstant, type Instant } from './core/time/instant.ts'
import { enactCatalogue } from './http/catalogue.ts'
import { declareSource } from './http/declare.ts'
import { deliverEvents } from './http/imports-door.ts'
import { nameBook } from './http/name-book.ts'
import type { SentMark } from './intake/files/sent.ts'
import type { Outcome } from './intake/outcome.ts'
import { lineOf, Unfit } from './intake/payload.ts'
import type { DoorContext } from './intake/rating.ts'
import type { KeyRow, KeyStore } from './store/keys.ts'
import { openKeys } from './store/sqlite/keys.ts'
import { takeWriterLock, type WriterLock } from './store/sqlite/lock.ts'
import { beginLedger } from './store/sqlite/open.ts'
import { openRecords } from './store/sqlite/records.ts'
import type { Clock } from './supervision/clock.ts'
import { DEFAULT_LIMITS } from './supervision/limits.ts'
import type { KeptAsked } from './supervision/names-kept.ts'
import { CONSOLE, type ImportBegun } from './supervision/said.ts'
import { openSupervisor, type Supervisor } from './supervision/supervisor.ts'
import { openThreads } from './supervision/threads.ts'

export interface KeyAsked {
  readonly source?: string
  readonly role?: string
  readonly department?: string
  readonly note?: string
  /** A key of a source that may declare a past record (I8). */
  readonly historical?: boolean
}

export interface KeyMade {
  readonly key: string
  readonly key_id: string
  readonly role: string
  readonly source: string | null
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

/** A code as every door reads it (I15); null: none was given. */
const code = (value: unknown, at: string): string | null => {
  const given = text(value)
  if (given === null) return null
  try {
    const bare = lineOf(given, at, LENGTHS.code)
    if (bare !== '') return bare
  } catch (error) {
    if (!(error instanceof Unfit)) throw error
  }
  throw new ControlRefusal('bad_code', `${at}：编码有误（空白、过长或含控制字符）。 ${at}: not a code.`, null)
}

/** Makes a key, shown once, stored hashed (A2). `--source` alone means the role of a source. */
export const addKey = async (keys: KeyStore, asked: KeyAsked, now: number): Promise<KeyMade> => {
  const source = code(asked.source, '--source')
  const role = text(asked.role) ?? (source === null ? null : 'source')
  if (role === null || !isRole(role))
    throw new ControlRefusal(
      'bad_role',
      `请给出 --source 或有效的 --role；没有这种角色 “${asked.role ?? ''}”。 Give --source or a role; there is no role “${asked.role ?? ''}”.`,
      null,
    )
  if (role === 'source' && source === null)
    throw new ControlRefusal('bad_role', '来源密钥需用 --source 给出来源名称。 A source key needs --source NAME.', null)
  if (source !== null && (!canBeSource(source) || source === OFFICE_SOURCE))
    throw new ControlRefusal(
      'bad_source',
      `来源名称不得含冒号，也不得是 ${OFFICE_SOURCE}（监察室自用）：${source} A source has no colon in its name and is not ${OFFICE_SOURCE}, which is the house itself.`,
      null,
    )
  const department = code(asked.department, '--department')
  if ((role === 'unit') !== (department !== null))
    throw new ControlRefusal(
      'bad_role',
      '单位密钥须用 --department 给出部门编码，其他角色不用。 A key of a unit needs --department CODE, other roles none.',
      null,
    )
  const declaresPast = asked.historical === true
  if (declaresPast && role !== 'source')
    throw new ControlRefusal(
      'bad_role',
      '--historical 只用于来源密钥。 --historical is for keys of sources alone.',
      null,
    )
  const { key, keyId, hash } = newKey()
  const row: KeyRow = {
    keyId,
    hash,
    role,
    source,
    createdAt: asInstant(now),
    revokedAt: null,
    note: text(asked.note) ?? '',
    ...(department === null ? {} : { department }),
    ...(declaresPast ? { declaresPast } : {}),
  }
  await keys.addKey(row)
  return { key, key_id: keyId, role, source }
}

const listKeys = async (keys: KeyStore): Promise<unknown> =>
  (await keys.keys()).map(
    ({ keyId, role, source, createdAt, revokedAt, note, department = null, declaresPast = false }) => ({
      key_id: keyId,
      role,
      source,
      department,
      historical: declaresPast,
      created_at: new Date(createdAt).toISOString(),
      revoked_at: revokedAt === null ? null : new Date(revokedAt).toISOString(),
      note,
    }),
  )

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

export interface OfficeParts {
  readonly keys: KeyStore
  readonly changed: () => Promise<void>
  readonly supervisor: () => Promise<Supervisor>
}

/** The acts themselves, over whatever is open. */
export const officeHandlers = ({ keys, changed, supervisor }: OfficeParts): Handlers => ({
  ping: async () => 'here',
  'key.add': async (args) => {
    const made = await addKey(keys, args as KeyAsked, Date.now())
    await changed()
    return made
  },
  'key.list': () => listKeys(keys),
  'key.revoke': async (args) => {
    const live = (await keys.keys()).some(({ keyId, revokedAt }) => keyId === args.key_id && revokedAt === null)
    if (!live) throw new ControlRefusal('not_found', `没有这个有效密钥 no live key ${args.key_id}`, null)
    await keys.revokeKey(String(args.key_id), asInstant(Date.now()))
    await changed()
    return { revoked: args.key_id }
  },
  'catalogue.load': async (args) => {
    const open = await supervisor()
    const enacted = await enactCatalogue(open, args.body, 'console')
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
    if ('refused' in done)
      throw new ControlRefusal(
        done.refused,
        problemLines(done.refused as ProblemCode, { detail: String(args.id) }),
        null,
      )
    return done
  },
  'events.ingest': async (args) => ingestEvents(await supervisor(), args as unknown as EventsAsked),
})

/** A supervisor on a folder that no server runs on. */
export const openAlone = async (folder: string, clock: Clock): Promise<Supervisor> => {
  const { ledger, reader } = await openThreads(folder, () => undefined)
  await reader.close()
  const records = openRecords(folder)
  return openSupervisor({ ledger, records, clock, limits: DEFAULT_LIMITS, onBroken: () => undefined })
}

const beginOr = (lock: WriterLock, folder: string): void => {
  try {
    beginLedger(folder)
  } catch (error) {
    lock.release()
    throw error
  }
}

const actAlone = async (
  folder: string,
  clock: Clock,
  command: Command,
  args: Record<string, unknown>,
): Promise<unknown> => {
  // a catalogue takes the lock in its own writer; keys take it here
  const lock = command.startsWith('key.') ? takeWriterLock(folder) : null
  // keys are given for a ledger: it is there before the first of them (A6)
  if (lock !== null) beginOr(lock, folder)
  const keys = openKeys(folder)
  let open: Supervisor | null = null
  try {
    const supervisor = async (): Promise<Supervisor> => {
      open ??= await openAlone(folder, clock)
      return open
    }
    return await officeHandlers({ keys, changed: async () => undefined, supervisor })[command](args)
  } finally {
    await (open as Supervisor | null)?.close()
    await keys.close()
    lock?.release()
  }
}

/** Does it through the running server, else alone. */
export const act = async (
  folder: string,
  clock: Clock,
  command: Command,
  args: Record<string, unknown>,
): Promise<unknown> => {
  const answered = await askServer(folder, command, args)
  return answered === null ? actAlone(folder, clock, command, args) : answered.value
}
