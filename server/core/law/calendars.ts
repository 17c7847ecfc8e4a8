// Calendars as the documents of the ledger leave them (T1a, J7): the one that ships, whole ones, and the notices laid upon
// each. A whole calendar says all of its own and ends what lay on the former one. Builds no calendar.

import { atOnce, type Steps } from '../steps.ts'
import type { CalendarSource } from '../time/calendar-source.ts'
import cnCalendar from './data/cn.calendar.json' with { type: 'json' }
import type { LawDocument } from './documents.ts'
import { LawError } from './fault.ts'
import { layNotices, type NoticeSource } from './notices.ts'
import { rowsOf } from './tables.ts'

export interface CalendarGround {
  /** As the last whole document wrote it, and what lies on it in the order of entries. */
  readonly base: CalendarSource
  readonly notices: readonly NoticeSource[]
  /** What both come to. */
  readonly source: CalendarSource
  /** The entry that touched it last; 0: as shipped. */
  readonly version: string
}

export type CalendarGrounds = Map<string, CalendarGround>

export const firstCalendars = (): CalendarGrounds => {
  const source = cnCalendar as unknown as CalendarSource
  return new Map([[source.calendar_id, { base: source, notices: [], source, version: '0' }]])
}

/**
 * Puts what one document says of calendars. Stops after each notice, which may be long (I5). Throws LawError for a notice upon
 * a calendar that is none.
 */
export function* addCalendars(grounds: CalendarGrounds, { entry, body }: LawDocument): Steps<void> {
  const version = String(entry)
  for (const row of rowsOf(body, 'calendars')) {
    const written = row as unknown as CalendarSource
    // a document that says nothing of statutory days leaves them as they were
    const former = grounds.get(written.calendar_id)?.source.statutory
    const source = written.statutory === undefined && former !== undefined ? { ...written, statutory: former } : written
    grounds.set(source.calendar_id, { base: source, notices: [], source, version })
  }
  for (const [index, row] of rowsOf(body, 'notices').entries()) {
    const notice = row as unknown as NoticeSource
    const known = grounds.get(notice.calendar_id)
    if (known === undefined)
      throw new LawError(`/notices/${index}/calendar_id`, `unknown calendar ${notice.calendar_id}`)
    const notices = [...known.notices, notice]
    grounds.set(notice.calendar_id, { ...known, notices, source: layNotices(known.base, notices), version })
    yield
  }
}

/** Calendars after these documents, which stand and come in the order of their entries. */
export const calendarsAfter = (standing: readonly LawDocument[]): CalendarGrounds => {
  const grounds = firstCalendars()
  for (const document of standing) atOnce(addCalendars(grounds, document))
  return grounds
}
