// Imports as the ledger has them (I14): who brought which file when, under which source, what it brought and whether it
// stands; what each changed in its register; and taking one back, told first and then done. Lists come from entries: they are
// there after a restart, and for what came by the command as well.

import type { Readable } from 'node:stream'
import type { ImportChanges } from '../../contract/import-changes.ts'
import type { ImportWithdrawal } from '../../contract/import-withdrawal.ts'
import type { ImportEntry, ImportEntryPage, ImportJob } from '../../contract/imports.ts'
import type { Calendar } from '../../core/time/calendar.ts'
import { asInstant, type Instant } from '../../core/time/instant.ts'
import { actShown } from '../../present/personal.ts'
import { instantIn } from '../../present/words.ts'
import { cursorAtPlace, placeIn } from '../../store/cursor.ts'
import type { Records } from '../../store/port.ts'
import { type ImportFound, importsIn } from '../../supervision/import-changes.ts'
import type { Supervisor } from '../../supervision/supervisor.ts'
import { actorOf, type Caller, mayAll, needAll } from '../caller.ts'
import { Refusal } from '../refusal.ts'
import type { ChangesTold } from './changes.ts'

export interface EntryParts {
  readonly supervisor: Pick<Supervisor, 'withdraw' | 'weighWithdrawal'>
  readonly records: Pick<Records, 'inputs' | 'importCounts'>
  readonly changes: ChangesTold
  readonly calendar: () => Calendar
  readonly jobs: { find(importId: string): ImportJob | null; stop(importId: string): boolean }
}

const viewOf = async (parts: EntryParts, one: ImportFound): Promise<ImportEntry> => {
  const { first, again, refused, waiting } = await parts.records.importCounts(one.no)
  const job = parts.jobs.find(one.id)
  const told = (at: Instant): string => instantIn(parts.calendar(), at) ?? ''
  const { withdrawn } = one
  return {
    import_id: one.id,
    no: one.no,
    at: told(one.at),
    by: one.by,
    actor: one.actor ?? null,
    name: one.file,
    digest: one.digest,
    mapping: one.mapping,
    register: one.register ?? null,
    source: one.source,
    historical: one.historical !== null,
    as_of: one.asOf === null ? null : told(asInstant(one.asOf)),
    sends: one.sends == null ? null : [...one.sends],
    events: first,
    again,
    refused,
    waiting,
    withdrawn: withdrawn === null ? null : { ...withdrawn, at: told(withdrawn.at), actor: withdrawn.actor ?? null },
    state: job?.state ?? null,
    counts: job?.counts ?? null,
  }
}

/** Newest first; the cursor is the number of an entry. */
export const listEntries = async (
  parts: EntryParts,
  caller: Caller,
  { after, limit }: { readonly after?: string; readonly limit: number },
): Promise<ImportEntryPage> => {
  needAll(caller, 'imports.read')
  const before = placeIn(after) ?? Number.POSITIVE_INFINITY
  const all = (await importsIn(parts.records)).filter(({ no }) => no < before).reverse()
  const page = all.slice(0, limit)
  const items: ImportEntry[] = []
  for (const one of page) items.push(await viewOf(parts, one))
  const shown = actShown(items, mayAll(caller, 'personal.read'))
  const last = page.at(-1)
  return { items: shown, next: all.length > limit && last !== undefined ? cursorAtPlace(last.no) : null }
}

const found = async ({ changes }: EntryParts, caller: Caller, id: string): Promise<ImportFound> => {
  needAll(caller, 'imports.read')
  const one = await changes.find(id)
  if (one === null) throw new Refusal('not_found')
  return one
}

/** What an import changed in its register. Throws Refusal where there is none of this id or number, or it is of no register. */
export const showChanges = async (parts: EntryParts, caller: Caller, id: string): Promise<ImportChanges> => {
  const changes = await parts.changes.of(await found(parts, caller, id))
  if (changes === null) throw new Refusal('not_found')
  return changes
}

/** The same whole, as CSV, and the name of the file it came in. */
export const changesFile = async (
  parts: EntryParts,
  caller: Caller,
  id: string,
): Promise<{ readonly file: string; readonly csv: Readable }> => {
  const one = await found(parts, caller, id)
  return { file: one.file, csv: await parts.changes.asCsv(one) }
}

/** What taking it back would do; nothing is written. */
export const weighWithdrawal = async (parts: EntryParts, caller: Caller, id: string): Promise<ImportWithdrawal> => {
  const one = await found(parts, caller, id)
  if (one.withdrawn !== null) throw new Refusal('already_withdrawn')
  const { facts, ...weighed } = await parts.supervisor.weighWithdrawal(one.no)
  return { import_id: one.id, events: facts, ...weighed }
}

/** Takes back a whole import; one that still runs is stopped first (I14). */
export const withdrawImport = async (
  parts: EntryParts,
  caller: Caller,
  { id, why }: { readonly id: string; readonly why: string },
): Promise<{ import_id: string; withdrawn: true }> => {
  needAll(caller, 'imports.write')
  parts.jobs.stop(id)
  const actor = actorOf(caller)
  const done = await parts.supervisor.withdraw({ id, by: actor.name, actor, why })
  if ('refused' in done) throw new Refusal(done.refused === 'not_found' ? 'not_found' : 'already_withdrawn')
  return { import_id: id, withdrawn: true }
}
