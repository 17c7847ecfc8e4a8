// Calendars as the documents of the ledger leave them (T1a, J7): the one that ships, whole ones, and the notices laid upon
// each. A whole calendar says all of its own and ends what lay on the former one. Documents are gathered first and notices
// laid once, however many came (I5). Builds no calendar.

import { LOT_ROWS, lotsOf, type Steps } from '../steps.ts'
import type { CalendarSource } from '../time/calendar-source.ts'
import cnCalendar from './data/cn.calendar.json' with { type: 'json' }
import type { LawDocument } from './documents.ts'
import { LawError } from './fault.ts'
import { laySteps, type NoticeSource } from './notices.ts'
import { rowsOf } from './tables.ts'

interface Gathered {
  /** As the last whole document wrote it, and what lies on it in the order of entries. */
  readonly base: CalendarSource
  readonly notices: readonly NoticeSource[]
  /** The entry that touched it last; 0: as shipped. */
  readonly version: string
}

export interface CalendarGround extends Gathered {
  /** What both come to. */
  readonly source: CalendarSource
}

/** What documents say of calendars, its notices not yet laid but where `source` is known. */
export type GatheredCalendars = Map<string, Gathered & { readonly source: CalendarSource | null }>
export type CalendarGrounds = ReadonlyMap<string, CalendarGround>

export const firstCalendars = (): GatheredCalendars => {
  const source = cnCalendar as unknown as CalendarSource
  return new Map([[source.calendar_id, { base: source, notices: [], source, version: '0' }]])
}

/** The table of statutory days that a calendar was last given. */
const statutoryOf = ({ base, notices }: Gathered): CalendarSource['statutory'] =>
  (notices.findLast(({ statutory }) => statutory !== undefined) ?? base).statutory

/**
 * Puts what one document says of calendars. Stops after some rows (I5). Throws LawError for a notice upon a calendar that is
 * none.
 */
export function* addCalendars(grounds: GatheredCalendars, { entry, body }: LawDocument): Steps<void> {
  const version = String(entry)
  const isFull = lotsOf(LOT_ROWS)
  for (const row of rowsOf(body, 'calendars')) {
    if (isFull()) yield
    const written = row as unknown as CalendarSource
    // a document that says nothing of statutory days leaves them as they were
    const known = grounds.get(written.calendar_id)
    const former = known === undefined ? undefined : statutoryOf(known)
    const source = written.statutory === undefined && former !== undefined ? { ...written, statutory: former } : written
    grounds.set(source.calendar_id, { base: source, notices: [], source, version })
  }
  const more = new Map<string, NoticeSource[]>()
  for (const [index, row] of rowsOf(body, 'notices').entries()) {
    if (isFull()) yield
    const notice = row as unknown as NoticeSource
    const { calendar_id: id } = notice
    if (!grounds.has(id)) throw new LawError(`/notices/${index}/calendar_id`, `unknown calendar ${id}`)
    const those = more.get(id) ?? []
    those.push(notice)
    more.set(id, those)
  }
  for (const [id, those] of more) {
    const known = grounds.get(id) as Gathered
    grounds.set(id, { base: known.base, notices: [...known.notices, ...those], source: null, version })
  }
}

/** Lays what notices are not laid yet; the same map, whole. Stops after each (I5). */
export function* layCalendars(grounds: GatheredCalendars): Steps<CalendarGrounds> {
  for (const [id, ground] of grounds)
    if (ground.source === null) grounds.set(id, { ...ground, source: yield* laySteps(ground.base, ground.notices) })
  return grounds as CalendarGrounds
}

/** Calendars after these documents, which stand and come in the order of their entries. Stops after some rows (I5). */
export function* calendarsAfter(standing: readonly LawDocument[]): Steps<CalendarGrounds> {
  const grounds = firstCalendars()
  for (const document of standing) yield* addCalendars(grounds, document)
  return yield* layCalendars(grounds)
}
