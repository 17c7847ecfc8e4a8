// A catalogue document checked and enacted as a law entry of the ledger (I9). A document with faults is refused whole, every
// fault named with its place; the former law stays in force. What of a calendar must be said yes to is asked here, of every
// door alike: the page, the file, the document, the command, the socket.

import type { MappingFault } from '../../contract/imports.ts'
import type { MasterFault, NoticeChoice } from '../../contract/master.ts'
import { MASTER_TABLES, type Tables } from '../../contract/tables/registry.ts'
import { calendarSourceOf } from '../../core/law/build.ts'
import { LawError } from '../../core/law/fault.ts'
import type { Law } from '../../core/law/law.ts'
import type { Steps } from '../../core/steps.ts'
import { CalendarError, type CalendarSource } from '../../core/time/calendar-source.ts'
import { canonicalSteps, NotCanonical } from '../../intake/canonical.ts'
import { bareSteps, faultSteps } from '../../intake/catalogue.ts'
import { MOST_CALENDARS, rowsOf } from '../../intake/catalogue-shape.ts'
import { weighDocument } from '../../intake/master/calendar-document.ts'
import type { InForce } from '../../intake/master/calendar-weighed.ts'
import { referredSteps } from '../../intake/master/referred.ts'
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

/** Days that a calendar may list with the notices laid upon it, and past a gap. */
const MOST_LISTED = 10_000

/** What of it would make the law more than it may be: calendars in all, and days that one of them comes to (I5). */
const excessOf = (
  law: Law,
  body: Record<string, unknown>,
  current: (id: string) => CalendarSource | null,
): MappingFault[] => {
  const named = new Set([...law.calendars.keys(), ...rowsOf(body, 'calendars').map(({ calendar_id: id }) => id)])
  if (named.size > MOST_CALENDARS) return [{ at: '/calendars', detail: `≤ ${MOST_CALENDARS} (${named.size})` }]
  const lengthOf = ({ days, beyond = [] }: Pick<CalendarSource, 'days' | 'beyond'>): number =>
    days.length + beyond.length
  const listed = new Map<unknown, number>()
  for (const file of rowsOf(body, 'calendars'))
    listed.set(file.calendar_id, lengthOf(file as unknown as CalendarSource))
  for (const [i, notice] of rowsOf(body, 'notices').entries()) {
    const { calendar_id: id } = notice as { calendar_id: string }
    const known = current(id)
    const days = (listed.get(id) ?? (known === null ? 0 : lengthOf(known))) + rowsOf(notice, 'days').length
    if (days > MOST_LISTED) return [{ at: `/notices/${i}/days`, detail: `${id}: ≤ ${MOST_LISTED} (${days})` }]
    listed.set(id, days)
  }
  return []
}

/** The document with what was chosen for its notices; throws a Refusal that names what must be said yes to. */
function* askedOf(law: Law, body: Record<string, unknown>, yes: LoadYes): Steps<Record<string, unknown>> {
  const { notice, shrinks, skipFaulty } = yes
  const laid = (id: string): CalendarSource | null => calendarSourceOf(law, id)
  const excess = excessOf(law, body, laid)
  if (excess.length > 0) throw refuse(excess)
  const current = laid as InForce['current']
  const weighed = yield* weighDocument(body, { current, coversTo: null, notice, shrinks })
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
  const asked = await supervisor.inPieces(askedOf(supervisor.law, written as Record<string, unknown>, yes))
  const referred = await supervisor.inPieces(referredSteps(asked, supervisor.law.tables, tables))
  if (referred.faults.length > 0) throw refuse(referred.faults.map(faultOf))
  const body = { ...referred.body }
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
