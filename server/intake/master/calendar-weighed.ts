// What a notice, or a whole calendar, does to the calendar in force (T1a), before anything is enacted: how far both reach,
// which days in force it does not name, whether coverage would shrink, which statutory days it says work. Nothing of this
// is silent: what whoever loads it has to say yes to is a fault until they have. Lays nothing into the law.

import type { CalendarFile, NoticeFile } from '../../contract/catalogue.ts'
import type { CalendarCoverage, MasterFault, NoticeChoice } from '../../contract/master.ts'
import { arrangedBy, layNotices, type NoticeSource, noticeReach } from '../../core/law/notices.ts'
import { dayBefore, type Reach, unnamedIn } from '../../core/law/reach.ts'
import type { CalendarSource } from '../../core/time/calendar-source.ts'
import { parseDay } from '../../core/time/civil.ts'
import { statutoryDays } from '../../core/time/statutory.ts'
import { type FaultPlace, masterFault } from './faults.ts'

export interface InForce {
  /** The calendar in force under an id, with the notices laid upon it. */
  readonly current: (id: string) => CalendarFile | null
  /** How far whoever loads the file says that it reaches; null: nothing is said. */
  readonly coversTo: string | null
  /** What they say becomes of days in force that a notice does not name; null: nothing. */
  readonly notice: NoticeChoice | null
  /** They say yes to a calendar that covers less than the one in force. */
  readonly shrinks: boolean
}

/** The statutory days that hold for a calendar: its own table, else that of the calendar it adds to. */
export const statutoryOf = (
  file: Pick<CalendarFile, 'statutory' | 'parent'>,
  current: InForce['current'],
): string | null => {
  const seen = new Set<string>()
  for (let one: typeof file | null = file; one !== null; ) {
    if (one.statutory !== undefined) return one.statutory
    if (one.parent === undefined || seen.has(one.parent)) return null
    seen.add(one.parent)
    one = current(one.parent)
  }
  return null
}

/** Whether a day that is said to work is off by statute. */
export const isWrongWork = (statutory: string | null, { on, kind }: CalendarFile['days'][number]): boolean => {
  const day = parseDay(on)
  return kind === 'work' && day !== null && statutoryDays(statutory ?? '')?.has(day) === true
}

export interface WeighedCalendar {
  readonly coverage: CalendarCoverage
  readonly faults: readonly MasterFault[]
}

/** A whole calendar against the one that it replaces. */
export const weighWhole = (
  file: CalendarFile,
  by: Reach['by'],
  at: FaultPlace,
  { current, shrinks }: InForce,
): WeighedCalendar => {
  const before = current(file.calendar_id)
  const statutory = statutoryOf(
    file.statutory === undefined && before !== null ? { ...file, ...own(before) } : file,
    current,
  )
  const named = new Set(file.days.map(({ on }) => on))
  const span = { after: before?.to ?? dayBefore(file.from), upTo: file.to }
  const coverage: CalendarCoverage = {
    calendar_id: file.calendar_id,
    name: file.name,
    from: file.from,
    to: file.to,
    before_from: before?.from ?? null,
    before_to: before?.to ?? null,
    by,
    unnamed: unnamedIn(statutory, named, span),
    left: [],
    notice: null,
  }
  const isLess = before !== null && (file.from > before.from || file.to < before.to)
  if (!isLess || shrinks) return { coverage, faults: [] }
  const detail = `${before.from} – ${before.to} → ${file.from} – ${file.to}`
  return { coverage, faults: [masterFault('coverage_shrinks', at, detail)] }
}

const own = ({ statutory }: CalendarFile): Pick<CalendarFile, 'statutory'> =>
  statutory === undefined ? {} : { statutory }

const MOST_TOLD = 6

/** A notice upon the calendar in force, and the notice as it would be kept. */
export const weighNotice = (
  written: NoticeFile,
  known: CalendarFile,
  at: FaultPlace,
  inForce: InForce,
): WeighedCalendar & { readonly notice: NoticeFile } => {
  const statutory = statutoryOf(written.statutory === undefined ? known : written, inForce.current)
  const said = written.replaces === undefined ? null : written.replaces ? 'replaces' : 'adds'
  const choice = inForce.notice ?? said
  const asked: NoticeSource = choice === null ? written : { ...written, replaces: choice === 'replaces' }
  const { to, by } = noticeReach(asked, known.days, statutory)
  const span = arrangedBy(asked, to, statutory)
  const named = new Set(written.days.map(({ on }) => on))
  const byStatute: ReadonlyMap<number, string> = statutoryDays(statutory ?? '') ?? new Map()
  const left = known.days
    .filter(
      ({ on, kind }) =>
        on >= span.from && on <= span.to && !named.has(on) && !(kind === 'off' && byStatute.has(parseDay(on) ?? -1)),
    )
    .map(({ on, kind, name }) => ({ on, kind, name: name ?? null }))
  const notice = left.length === 0 ? (({ replaces: _, ...bare }) => bare)(asked as NoticeFile) : (asked as NoticeFile)
  const file = layNotices(known as CalendarSource, [notice as NoticeSource])
  const coverage: CalendarCoverage = {
    calendar_id: known.calendar_id,
    name: known.name,
    from: file.from,
    to: file.to,
    before_from: known.from,
    before_to: known.to,
    by: file.to > known.to ? (inForce.coversTo !== null && by === 'stated' ? 'asked' : by) : 'unchanged',
    unnamed: unnamedIn(statutory, new Set(file.days.map(({ on }) => on)), { after: known.to, upTo: file.to }),
    left,
    notice: choice,
  }
  if (left.length === 0 || choice !== null) return { notice, coverage, faults: [] }
  const days = left.slice(0, MOST_TOLD).map(({ on }) => on)
  const detail = `${days.join(' ')}${left.length > MOST_TOLD ? ` … (${left.length})` : ''}`
  return { notice, coverage, faults: [masterFault('days_unnamed', at, detail)] }
}
