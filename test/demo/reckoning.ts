// A second, plain reckoning of the city's stream for its tests: day by day, one case at a time, nothing of the core but
// the calendar. It knows one pause and one extension a case, which is all the generator makes; publicity is no lawful
// pause (行政许可法 45).

import type { City } from '../../fixtures/city/catalogue.ts'
import type { Sent } from '../../fixtures/city/play.ts'
import type { WireEvent } from '../../server/contract/ingest.ts'
import cn from '../../server/core/law/data/cn.calendar.json' with { type: 'json' }
import { buildCalendar, type Calendar } from '../../server/core/time/calendar.ts'
import { asDay, asInstant, type Day, type Instant } from '../../server/core/time/instant.ts'

export const officeCalendar = (): Calendar => buildCalendar(cn as unknown as Parameters<typeof buildCalendar>[0])

export const instant = (text: string): Instant => asInstant(Date.parse(text))

export interface Reckoned {
  projectNo: string
  window: string
  immediate: boolean
  received: boolean
  acceptedOn: Day | null
  concludedAt: Instant | null
  dueOn: Day | null
  redOn: Day | null
  warnOn: Day | null
  excluded: boolean
}

const ENDS = new Set(['DECIDE', 'COMPLETE', 'REFUSE_ACCEPT', 'WITHDRAW', 'TERMINATE'])

const limitDay = (calendar: Calendar, from: Day, limit: string, pause: number, more: number): Day => {
  const [, count = '0', unit = 'WD'] = /^(\d+)(WD|ND|M|H)?$/.exec(limit) ?? []
  const n = Number(count)
  if (unit === 'WD') return calendar.addWorkDays(from, n + pause + more)
  if (unit === 'H') return calendar.addWorkDays(from, Math.ceil(n / 7))
  return calendar.workDayOnOrAfter(asDay(from + (unit === 'ND' ? n : n * 30)))
}

/** T-01: the ⌈0.8·N⌉-th working day or the day before the due day, whichever is earlier; N = 1: the due day. */
const warnDays = (n: number): number => Math.max(1, Math.min(Math.ceil(n * 0.8), n - 1))

/** Events of one case that stand, by the instant at which they occurred. */
const standing = (events: readonly WireEvent[], dead: ReadonlySet<string>): WireEvent[] =>
  events
    .filter((event) => !dead.has(event.event_id) && event.event_type !== 'VOID')
    .sort((a, b) => Date.parse(a.occurred_at) - Date.parse(b.occurred_at))

const reckonCase = (city: City, calendar: Calendar, projectNo: string, events: readonly WireEvent[]): Reckoned => {
  const find = (type: string) => events.find((event) => event.event_type === type)
  const dayOf = (event: WireEvent): Day => calendar.dayOf(instant(event.occurred_at))
  const accept = find('ACCEPT')
  const end = events.find((event) => ENDS.has(event.event_type))
  const code = (accept ?? find('RECEIVE'))?.task_code
  const item = city.catalogue.items?.find((row) => row.task_code === code)
  const acceptedOn = accept === undefined ? null : dayOf(accept)
  const suspend = events.find((event) => event.event_type === 'SUSPEND' && event.payload?.kind !== 'publicity')
  const resume = find('RESUME')
  const approved = suspend?.payload?.approved_days as { value: number } | undefined
  const pause =
    suspend === undefined
      ? 0
      : resume === undefined
        ? (approved?.value ?? 0)
        : calendar.countWorkDays(dayOf(suspend), dayOf(resume))
  const more = Number(find('EXTEND')?.payload?.days ?? 0)
  const by = (limit: string | undefined): Day | null =>
    limit === undefined || acceptedOn === null ? null : limitDay(calendar, acceptedOn, limit, pause, more)
  const dueOn = by(item?.promise)
  const n = dueOn === null || acceptedOn === null ? 0 : calendar.countWorkDays(acceptedOn, dueOn) - pause
  return {
    projectNo,
    window: accept?.window_no ?? find('RECEIVE')?.window_no ?? '',
    immediate: item?.project_type === '1',
    received: find('RECEIVE') !== undefined,
    acceptedOn,
    concludedAt: end === undefined ? null : instant(end.occurred_at),
    dueOn,
    redOn: by(item?.statute) ?? (dueOn === null ? null : calendar.addWorkDays(dueOn, 3)),
    warnOn: n === 0 || acceptedOn === null ? null : calendar.addWorkDays(acceptedOn, warnDays(n) + pause),
    excluded: ['REFUSE_ACCEPT', 'WITHDRAW', 'TERMINATE'].includes(end?.event_type ?? ''),
  }
}

/** Every case of a stream as it stands after these events. */
export const reckon = (city: City, calendar: Calendar, sent: Iterable<Sent>): Reckoned[] => {
  const cases = new Map<string, WireEvent[]>()
  const dead = new Set<string>()
  for (const { event, kind } of sent) {
    if (kind === 'broken' || event.project_no == null) continue
    if (event.supersedes != null) dead.add(event.supersedes)
    if (event.event_type === 'VOID') dead.add(String(event.payload?.target))
    const events = cases.get(event.project_no)
    if (events === undefined) cases.set(event.project_no, [event])
    else events.push(event)
  }
  return [...cases].map(([projectNo, events]) => reckonCase(city, calendar, projectNo, standing(events, dead)))
}

export interface Standing {
  inHand: number
  warned: number
  yellow: number
  red: number
  yellowWindows: number
  redWindows: number
}

/** What a wall would show at an instant. */
export const standingAt = (cases: readonly Reckoned[], calendar: Calendar, now: Instant): Standing => {
  const today = calendar.dayOf(now)
  const open = cases.filter((row) => row.concludedAt === null && (row.received || row.acceptedOn !== null))
  const past = (on: Day | null): boolean => on !== null && on < today
  const reds = open.filter((row) => past(row.redOn))
  const yellows = open.filter((row) => past(row.dueOn) && !past(row.redOn))
  const warned = open.filter((row) => !past(row.dueOn) && row.warnOn !== null && row.warnOn <= today)
  return {
    inHand: open.length,
    warned: warned.length,
    yellow: yellows.length,
    red: reds.length,
    yellowWindows: new Set(yellows.map((row) => row.window)).size,
    redWindows: new Set(reds.map((row) => row.window)).size,
  }
}

/** Cases concluded on their merits in time and late. */
export const onTimeShare = (cases: readonly Reckoned[], calendar: Calendar): { onTime: number; late: number } => {
  let onTime = 0
  let late = 0
  for (const row of cases) {
    if (row.concludedAt === null || row.dueOn === null || row.excluded) continue
    if (calendar.dayOf(row.concludedAt) <= row.dueOn) onTime += 1
    else late += 1
  }
  return { onTime, late }
}
