// The door of `mingjing import`: through a running server, alone on a folder, or dry. Each file is an entry of its own (I14), and
// what comes with it bears its number; a whole import is taken back here, too. Rules: I8, I14, A6.

import { randomBytes } from 'node:crypto'
import { basename } from 'node:path'
import { readSettings, type Settings } from '../config.ts'
import type { ImportDeclares } from '../contract/import-declares.ts'
import { askServer, ControlRefusal } from '../control.ts'
import { type Law, rateScaleAt } from '../core/law/law.ts'
import type { Source } from '../intake/files/bytes.ts'
import type { NameBook } from '../intake/files/names.ts'
import type { SentMark } from '../intake/files/sent.ts'
import type { Outcome } from '../intake/outcome.ts'
import type { DoorContext } from '../intake/rating.ts'
import { openAlone } from '../office/alone.ts'
import { AT_CONSOLE } from '../office/caller.ts'
import { beginImport, declaresAsked, type EventsAsked, type ImportSaid, ingestEvents } from '../office/console.ts'
import { inFolderIfAny } from '../office/folder.ts'
import { tryEvents } from '../office/imports/door.ts'
import { type KeptAsked, NO_NAMES, nameBook, nameBookIn } from '../office/imports/names.ts'
import { act } from './act.ts'

export interface Door {
  /** What its next file declares of its source (I12); null: nothing. */
  declares(): Promise<ImportDeclares | null>
  /** In what names of a file are looked up (I15). */
  names(asked: KeptAsked): Promise<NameBook>
  /** An entry for a file (I14), under an id: what is delivered after it bears its number. */
  begin(file: Source, named: NamedBy): Promise<string>
  deliver(events: readonly unknown[], marks: readonly SentMark[]): Promise<readonly Outcome[]>
  close(): Promise<void>
}

export type Asked = Omit<EventsAsked, 'events' | 'marks' | 'importNo'> &
  Pick<ImportSaid, 'mapping' | 'register' | 'asOf' | 'sends'>

/** Beside a server that runs, else from the folder. A dry run changes nothing of it. */
const bookBeside = async (folder: string, asked: KeptAsked): Promise<NameBook> => {
  const answered = await askServer(folder, 'import.names', { ...asked })
  if (answered !== null) return answered.value as NameBook
  return (await inFolderIfAny(folder, (found) => nameBookIn(found, asked))) ?? NO_NAMES
}

/** Beside a server that runs, else from the folder: nothing is declared in a dry run. */
const declaredBeside = async (
  folder: string,
  clock: Settings['clock'],
  asked: Asked,
): Promise<ImportDeclares | null> => {
  const of = { source: asked.source, sends: asked.sends ?? null }
  const answered = await askServer(folder, 'import.declares', of)
  if (answered !== null) return answered.value as ImportDeclares | null
  return inFolderIfAny(folder, async ({ law }) => declaresAsked({ law, now: clock.now }, of))
}

const dryDoor = ({ clock, data }: Settings, asked: Asked): Door => {
  const { source, historical, aheadMs } = asked
  const handOver = { source, historical, by: AT_CONSOLE.name }
  let law: Promise<Law | null> | null = null
  return {
    names: (of) => bookBeside(data, of),
    declares: () => declaredBeside(data, clock, asked),
    begin: async () => '',
    async deliver(events, marks) {
      law ??= inFolderIfAny(data, async (found) => found.law)
      const known = await law
      const scaleOf: DoorContext['scaleOf'] = (from, at) => (known === null ? null : rateScaleAt(known, from, at))
      return tryEvents(events, { clock, aheadMs, scaleOf, handOver }, marks)
    },
    close: async () => undefined,
  }
}

/** What the entry of a file keeps of it: its digest, and by which names it was let in. */
export type NamedBy = Pick<ImportSaid, 'digest' | 'names'>

/** The entry of one file of this import. */
const begunOf = (file: Source, named: NamedBy, asked: Asked): ImportSaid => {
  const { source, historical, mapping, register, asOf, sends = null } = asked
  const id = randomBytes(9).toString('base64url')
  const of = { id, file: basename(file.path), mapping, register: register ?? null, ...named }
  return { ...of, source, historical, asOf, sends }
}

const serverDoor = (folder: string, asked: Asked): Door => {
  let importNo: number | null = null
  type Acts = 'import.names' | 'import.begin' | 'import.declares' | 'events.ingest'
  const ask = async (command: Acts, args: object): Promise<unknown> => {
    const answered = await askServer(folder, command, { ...args })
    if (answered !== null) return answered.value
    const words =
      '服务已停止；再次运行同一命令即从断点继续。 The server has gone; the same command goes on where this one stopped.'
    throw new ControlRefusal('server_gone', words, null)
  }
  return {
    names: async (of) => (await ask('import.names', of)) as NameBook,
    declares: async () =>
      (await ask('import.declares', { source: asked.source, sends: asked.sends })) as ImportDeclares | null,
    async begin(file, named) {
      const begun = begunOf(file, named, asked)
      importNo = (await ask('import.begin', begun)) as number
      return begun.id
    },
    deliver: async (events, marks) =>
      (await ask('events.ingest', { ...asked, importNo, events, marks })) as readonly Outcome[],
    close: async () => undefined,
  }
}

const aloneDoor = async ({ data, clock }: Settings, asked: Asked): Promise<Door> => {
  const supervisor = await openAlone(data, clock)
  let importNo: number | null = null
  return {
    names: (of) => nameBook(supervisor, of),
    declares: async () => declaresAsked(supervisor, asked),
    async begin(file, named) {
      const begun = begunOf(file, named, asked)
      importNo = await beginImport(supervisor, begun)
      return begun.id
    },
    deliver: (events, marks) => ingestEvents(supervisor, { ...asked, importNo, events, marks }),
    async close() {
      await supervisor.settled()
      await supervisor.close()
    },
  }
}

export const openDoor = async (settings: Settings, asked: Asked, dryRun: boolean): Promise<Door> => {
  if (dryRun) return dryDoor(settings, asked)
  const isServed = (await askServer(settings.data, 'ping', {})) !== null
  return isServed ? serverDoor(settings.data, asked) : aloneDoor(settings, asked)
}

/** `mingjing import --withdraw ID --why TEXT`: the import's id, or the number of its entry. */
export const withdrawImport = async (id: string, flags: Record<string, unknown>): Promise<void> => {
  const why = typeof flags.why === 'string' ? flags.why.trim() : ''
  if (why === '') throw new ControlRefusal('no_reason', '撤回导入须用 --why 说明事由。 Say why with --why.', null)
  const { data, clock } = readSettings({ data: flags.data, clock: flags.clock })
  const done = await act(data, clock, 'import.withdraw', { id, why })
  process.stdout.write(
    flags.json === true
      ? `${JSON.stringify(done)}\n`
      : `${id}: 已撤回，其事件不再计入。 Withdrawn: its events stand no more.\n`,
  )
}
