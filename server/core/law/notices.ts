// Notices of holidays laid upon a calendar (T1a). A document keeps what its notice said and nothing of the calendar it was
// laid upon, so that a notice taken back takes its days and its reach with it, whatever lies on it. The coverage is the
// unbroken stretch of calendar and notices; days past a gap are known, never covered. Changes no source handed in.

import { atOnce, type Steps } from '../steps.ts'
import type { CalendarSource } from '../time/calendar-source.ts'
import { parseDay, printDay } from '../time/civil.ts'
import { asDay } from '../time/instant.ts'
import { namesWholeYear, type Reach, reachOf } from './reach.ts'

/** What one notice says of a calendar; what it leaves out is as it was. */
export interface NoticeSource extends Partial<Omit<CalendarSource, 'calendar_id' | 'days' | 'beyond'>> {
  readonly calendar_id: string
  /** First and last day it covers, where it says so itself or whoever loads it does. */
  readonly from?: string
  readonly to?: string
  /** Days in force within its span that it does not name go with it; else they stay. */
  readonly replaces?: boolean
  readonly days: CalendarSource['days']
}

type ListedDays = CalendarSource['days']

export interface Span {
  readonly from: string
  readonly to: string
}

const namedBy = ({ days }: NoticeSource): string[] => days.map(({ on }) => on).sort()

/** How far a notice reaches upon days already listed. */
export const noticeReach = (notice: NoticeSource, known: ListedDays, statutory: string | null | undefined): Reach => {
  const own = namedBy(notice)
  const before = notice.replaces === true ? [] : known.map(({ on }) => on)
  const last = own[own.length - 1] ?? notice.from ?? ''
  return reachOf({ stated: notice.to, asked: null, last, named: new Set([...before, ...own]), statutory })
}

/** The first day that a notice covers: as it says, else the first of the year of the first day it names. */
const beginningOf = (notice: NoticeSource, to: string): string =>
  notice.from ?? `${(namedBy(notice)[0] ?? to).slice(0, 4)}-01-01`

/**
 * The stretch that a notice arranges: as far as it reaches where that is said of it or it names its whole year – a day of
 * December before it is no other year's arrangement –, else from the first to the last day it names.
 */
export const arrangedBy = (notice: NoticeSource, to: string, statutory: string | null | undefined): Span => {
  const own = namedBy(notice)
  const last = own[own.length - 1] ?? to
  const first = own[0] ?? notice.from ?? to
  const isWide =
    notice.replaces === true || notice.to !== undefined || namesWholeYear(statutory, new Set(own), last.slice(0, 4))
  if (notice.from !== undefined) return { from: notice.from < first ? notice.from : first, to: isWide ? to : last }
  if (!isWide) return { from: first, to: last }
  const january = `${last.slice(0, 4)}-01-01`
  return { from: first < january ? first : january, to: to > last ? to : last }
}

const shifted = (on: string, by: number): string => {
  const day = parseDay(on)
  return day === null ? on : printDay(asDay(day + by))
}

/** The unbroken stretch around the first span: looked for forwards and backwards in turn, so that few rounds find it. */
const unbroken = (spans: readonly Span[]): Span => {
  let { from, to } = spans[0] as Span
  const inOrder = [...spans].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
  for (let moved = true; moved; inOrder.reverse()) {
    moved = false
    for (const span of inOrder) {
      if (span.from > shifted(to, 1) || span.to < shifted(from, -1)) continue
      if (span.to > to || span.from < from) moved = true
      if (span.to > to) to = span.to
      if (span.from < from) from = span.from
    }
  }
  return { from, to }
}

const joined = (known: readonly string[] | undefined, more: readonly string[] | undefined): string[] => {
  const before = new Set(known)
  return [...(known ?? []), ...(more ?? []).filter((source) => !before.has(source))]
}

const byDay = (a: ListedDays[number], b: ListedDays[number]): number => (a.on < b.on ? -1 : 1)

/**
 * The calendar that holds once these notices, in the order of their entries, are laid upon it. Stops after each, which may be
 * long (I5).
 */
export function* laySteps(base: CalendarSource, notices: readonly NoticeSource[]): Steps<CalendarSource> {
  if (notices.length === 0) return base
  const days = new Map([...base.days, ...(base.beyond ?? [])].map((day) => [day.on, day]))
  const spans: Span[] = [base]
  let frame = base
  for (const notice of notices) {
    yield
    const { from: _, to: __, replaces, days: named, name: ___, sources, ...own } = notice
    const statutory = own.statutory === undefined ? frame.statutory : own.statutory
    const { to } = noticeReach(notice, [...days.values()], statutory)
    const arranged = arrangedBy(notice, to, statutory)
    if (replaces === true) for (const on of days.keys()) if (on >= arranged.from && on <= arranged.to) days.delete(on)
    for (const day of named) days.set(day.on, day)
    spans.push({ from: beginningOf(notice, to), to })
    const known = joined(frame.sources, sources)
    frame = { ...frame, ...own, ...(known.length === 0 ? {} : { sources: known }) }
  }
  const span = unbroken(spans)
  const isWithin = ({ on }: ListedDays[number]): boolean => on >= span.from && on <= span.to
  const all = [...days.values()].sort(byDay)
  const beyond = all.filter((day) => !isWithin(day))
  const { beyond: _, ...plain } = frame
  return { ...plain, ...span, days: all.filter(isWithin), ...(beyond.length === 0 ? {} : { beyond }) }
}

export const layNotices = (...asked: Parameters<typeof laySteps>): CalendarSource => atOnce(laySteps(...asked))
