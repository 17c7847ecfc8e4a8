// A catalogue document checked and enacted as a law entry of the ledger (I9). A document with faults is refused whole, every
// fault named with its place; the former law stays in force. What of a calendar must be said yes to is asked here, of every
// door alike: the page, the file, the document, the command, the socket.

import type { CalendarFile } from '../../contract/catalogue.ts'
import type { MappingFault } from '../../contract/imports.ts'
import type { MasterFault, NoticeChoice } from '../../contract/master.ts'
import { MASTER_TABLES, type Tables } from '../../contract/tables/registry.ts'
import { calendarSourceOf } from '../../core/law/build.ts'
import { LawError } from '../../core/law/fault.ts'
import type { Law } from '../../core/law/law.ts'
import { CalendarError } from '../../core/time/calendar-source.ts'
import { canonicalSteps, NotCanonical } from '../../intake/canonical.ts'
import { bareSteps, faultSteps } from '../../intake/catalogue.ts'
import { weighDocument } from '../../intake/master/calendar-document.ts'
import { countRows } from '../../present/master-law.ts'
import type { Supervisor } from '../../supervision/supervisor.ts'
import { type Caller, needAll } from '../caller.ts'
import { Refusal } from '../refusal.ts'

const refuse = (faults: readonly MappingFault[]): Refusal => {
  const [first] = faults
  return new Refusal('bad_catalogue', { at: first?.at ?? '/', detail: first?.detail ?? '' }, { faults })
}

/** What whoever loads a document says yes to (T1a); by default to nothing. */
export interface LoadYes {
  /** Days in force that its notices do not name: they go, or they stay. */
  readonly notice: NoticeChoice | null
  /** A calendar may cover less than the one in force. */
  readonly shrinks: boolean
  /** Days that are not taken as they are said are left as they are. */
  readonly skipFaulty: boolean
}

/** What is said of days that a notice does not name; throws a Refusal where that is no choice. */
export const noticeChoice = (said: unknown): NoticeChoice | null => {
  if (said === undefined || said === null || said === 'replaces' || said === 'adds') return said ?? null
  throw new Refusal('bad_field', { at: '/notice', detail: 'replaces | adds' })
}

export const NO_YES: LoadYes = { notice: null, shrinks: false, skipFaulty: false }

const faultOf = ({ field, code, zh, en }: MasterFault): MappingFault => ({ at: field, detail: zh, code, zh, en })

/** The document with what was chosen for its notices; throws a Refusal that names what must be said yes to. */
const askedOf = (law: Law, body: Record<string, unknown>, yes: LoadYes): Record<string, unknown> => {
  const { notice, shrinks, skipFaulty } = yes
  const current = (id: string): CalendarFile | null => calendarSourceOf(law, id) as CalendarFile | null
  const weighed = weighDocument(body, { current, coversTo: null, notice, shrinks })
  const faults = skipFaulty ? weighed.faults : [...weighed.faults, ...weighed.kept]
  if (faults.length > 0) throw refuse(faults.map(faultOf))
  return weighed.body
}

type Enacting = Pick<Supervisor, 'law' | 'loadCatalogue' | 'inPieces'>

/** Checks and enacts a document; throws a Refusal that names every fault. */
export const enactCatalogue = async (
  supervisor: Enacting,
  document: unknown,
  by: string,
  yes: LoadYes = NO_YES,
  tables: Tables = MASTER_TABLES,
): Promise<{ entry: number }> => {
  const written = await supervisor.inPieces(bareSteps(document))
  const faults = await supervisor.inPieces(faultSteps(written, tables))
  if (faults.length > 0) throw refuse(faults)
  const body = askedOf(supervisor.law, written as Record<string, unknown>, yes)
  try {
    return await supervisor.loadCatalogue(body, await supervisor.inPieces(canonicalSteps(body)), by)
  } catch (error) {
    if (error instanceof LawError || error instanceof CalendarError) {
      throw refuse([{ at: error.at, detail: error.message }])
    }
    if (error instanceof NotCanonical) throw refuse([{ at: error.at, detail: error.detail }])
    throw error
  }
}

const PERSON_CHARS = 60

/** Who enacts: the key says which caller, a word beside it which person stands behind the key. */
export const personBehind = ({ name }: Caller, who: string | null): string => {
  const said = who?.trim() ?? ''
  return said === '' ? name : `${name} · ${said.slice(0, PERSON_CHARS)}`
}

/** A document that a caller brings; its entry, and how many rows of each table it had. */
export const loadDocument = async (
  { supervisor, source }: { readonly supervisor: Enacting; readonly source: { readonly tables: Tables } },
  caller: Caller,
  { document, ...yes }: LoadYes & { readonly document: unknown },
) => {
  needAll(caller, 'catalogue.write')
  const { entry } = await enactCatalogue(supervisor, document, caller.name, yes, source.tables)
  return { entry, rows: countRows(document as Record<string, unknown>, source.tables) }
}
