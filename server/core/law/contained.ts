// Whether what a load says of a calendar is said again, whole, by a later one (T1a): a calendar as it stood, with the notices
// merged into it, as older ledgers hold them, or a whole calendar of today. Taken back by itself such a load would take no day
// of its own with it, and the law would not be as though it had never come. Pure.

import type { Steps } from '../steps.ts'
import type { CalendarSource } from '../time/calendar-source.ts'
import { type CalendarGround, calendarsAfter } from './calendars.ts'
import type { LawDocument } from './documents.ts'
import { rowsOf } from './tables.ts'

export interface Contained {
  readonly calendarId: string
  /** The later load that says it again: to be taken back first. */
  readonly entry: number
}

type Listed = ReadonlyMap<string, string>

const listed = ({ days, beyond = [] }: CalendarSource): Listed =>
  new Map([...days, ...beyond].map(({ on, kind }) => [on, kind]))

/** Days that a load brought to a calendar, and the day it made it reach to; null: no further than before. */
const broughtBy = (before: CalendarGround | undefined, after: CalendarGround): { days: Listed; to: string | null } => {
  const known: Listed = before === undefined ? new Map() : listed(before.source)
  const days = new Map([...listed(after.source)].filter(([on, kind]) => known.get(on) !== kind))
  const isFurther = before === undefined || after.source.to > before.source.to
  return { days, to: isFurther ? after.source.to : null }
}

/** The last whole document of a calendar among these, and what it says. */
const lastWhole = (documents: readonly LawDocument[], id: string): { entry: number; source: CalendarSource } | null => {
  for (const { entry, body } of [...documents].reverse())
    for (const row of rowsOf(body, 'calendars')) {
      const source = row as unknown as CalendarSource
      if (source.calendar_id === id) return { entry, source }
    }
  return null
}

/**
 * The first calendar of a load that a later standing load contains; null: there is none. `standing` in entry order. Stops after
 * some rows (I5).
 */
export function* containedIn(standing: readonly LawDocument[], entry: number): Steps<Contained | null> {
  const at = standing.findIndex((document) => document.entry === entry)
  if (at < 0) return null
  const before = yield* calendarsAfter(standing.slice(0, at))
  const after = yield* calendarsAfter(standing.slice(0, at + 1))
  for (const [id, ground] of after) {
    yield
    if (ground.version !== String(entry)) continue
    const later = lastWhole(standing.slice(at + 1), id)
    if (later === null) continue
    const { days, to } = broughtBy(before.get(id), ground)
    const said = listed(later.source)
    const isSaidAgain = [...days].some(([on, kind]) => said.get(on) === kind) || (to !== null && later.source.to >= to)
    if (isSaidAgain) return { calendarId: id, entry: later.entry }
  }
  return null
}
