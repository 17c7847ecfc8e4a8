// The board of a scope: a pure reading of tally, heads of windows and law at an instant. Values only, no increments;
// persons masked, cases by their tails (L4, L7). Never reads a store.

import type { Board, BoardDay, Figures, ForecastDay, HourFlow, SourceLag, StreamCard } from '../contract/live.ts'
import type { WireDayKind } from '../contract/vocabulary.ts'
import type { Card } from '../core/card/card.ts'
import { dayAt, declarationAt, type Law, newest } from '../core/law/law.ts'
import { departmentsWithin } from '../core/law/region.ts'
import type { FlowKind } from '../core/measure/flows.ts'
import { isCardWithin, isWithin, type Scope, scopeOver } from '../core/scope.ts'
import type { Calendar } from '../core/time/calendar.ts'
import { asDay, type Day, type Instant } from '../core/time/instant.ts'
import { officeMsBetween } from '../core/time/run.ts'
import { departmentName, instantIn, itemName, masked, tailOf } from '../present/words.ts'
import type { DepartmentSums, Tally } from './tally.ts'
import { type Head, lateByWorkDays, type TileGround, tileOf, tilePlaces } from './tile.ts'

const FORECAST_DAYS = 14
const STREAM_WAITING = 40
const STREAM_TO_LIFT = 10
const STREAM_CARDS = 60
const HOLIDAY_LOOK_DAYS = 60

export interface BoardGround {
  readonly law: Law
  readonly tally: Tally
  readonly heads: ReadonlyMap<string, Head>
  readonly now: Instant
  readonly speed: number
  readonly scope: Scope
  /** Its figures are sums across departments: without members of joint handlings, which stand beside (M1). */
  readonly across: boolean
}

/** The scope that a screen names: 'all', 'region:CODE', 'department:CODE'; null: there is none such. */
export const scopeNamed = (name: string, law: Law, now: Instant): Scope | null => {
  if (name === 'all') return 'all'
  const split = name.indexOf(':')
  const kind = name.slice(0, split)
  const code = name.slice(split + 1)
  if (kind === 'department') return law.tables.departments.has(code) ? scopeOver([code]) : null
  if (kind !== 'region' || !law.tables.regions.has(code)) return null
  return scopeOver(departmentsWithin(law, code, dayAt(law, now)))
}

/** Whether the figures of a named scope are sums across departments. */
export const isAcross = (name: string): boolean => !name.startsWith('department:')

const inScope = (ground: BoardGround, department: string): boolean => isWithin(ground.scope, department)

const dayKind = (calendar: Calendar, on: Day): WireDayKind => calendar.kindOf(on)

const holidayAhead = (calendar: Calendar, today: Day): BoardDay['holiday'] => {
  for (let n = 0; n <= HOLIDAY_LOOK_DAYS; n++) {
    const on = asDay(today + n)
    if (calendar.kindOf(on) === 'holiday') return { name: calendar.nameOf(on) ?? '', in_days: n }
  }
  return null
}

export const boardDay = (law: Law, now: Instant, speed: number): BoardDay => {
  const calendar = law.homeCalendar
  const today = calendar.dayOf(now)
  return {
    zone: calendar.zone.name,
    speed,
    on: instantIn(calendar, now)?.slice(0, 10) ?? '',
    kind: dayKind(calendar, today),
    holiday: holidayAhead(calendar, today),
    office: calendar.spansOf(today).map(([from, to]) => ({
      from: instantIn(calendar, from) ?? '',
      to: instantIn(calendar, to) ?? '',
    })),
    next_opening: instantIn(calendar, calendar.nextOpening(now)),
  }
}

type SumOf = (sums: DepartmentSums, department: string) => number

/** Sums over the departments of the scope; `beside`: of the members alone that they leave out. */
const summing = (ground: BoardGround) => {
  const { tally, across } = ground
  const inside = [...tally.departments].filter((department) => inScope(ground, department))
  const beside = (of: SumOf): number => (across ? inside.reduce((n, d) => n + of(tally.members, d), 0) : 0)
  const sum = (of: SumOf): number => inside.reduce((n, d) => n + of(tally, d), 0) - beside(of)
  return { sum, beside }
}

/** Cards of the scope without an answer; across departments those on members stand beside (M1). */
const waitingIn = (ground: BoardGround): { waiting: number; membersWaiting: number } => {
  const { cards } = ground.tally
  let [waiting, membersWaiting] = [0, 0]
  for (const department of cards.departments()) {
    if (!inScope(ground, department)) continue
    const members = ground.across ? cards.membersWaitingOf(department) : 0
    waiting += cards.waitingOf(department) - members
    membersWaiting += members
  }
  return { waiting, membersWaiting }
}

const figures = (ground: BoardGround): Figures => {
  const { tally } = ground
  const { sum, beside } = summing(ground)
  const onDay = (kind: FlowKind): number => sum((sums, d) => sums.onDay(d, kind))
  const days = Array.from({ length: FORECAST_DAYS * 2 }, (_, i) => asDay(tally.today + i))
  const { waiting, membersWaiting } = waitingIn(ground)
  return {
    today: { on_time: onDay('on_time'), late: onDay('late') },
    quarter: {
      on_time: sum((s, d) => s.inQuarter(d, 'on_time')),
      late: sum((s, d) => s.inQuarter(d, 'late')),
      overdue: sum((s, d) => s.stock(d, 'overdue')),
    },
    previous_quarter: {
      on_time: sum((s, d) => s.inPreviousQuarter(d, 'on_time')),
      late: sum((s, d) => s.inPreviousQuarter(d, 'late')),
      overdue: sum((s, d) => s.inPreviousQuarter(d, 'overdue')),
    },
    unconfirmed: sum((s, d) => s.stock(d, 'overdue_unconfirmed')),
    received_today: onDay('received'),
    accepted_today: onDay('accepted'),
    concluded_today: onDay('on_time') + onDay('late') + onDay('undated') + onDay('excluded'),
    in_hand: sum((s, d) => s.stock(d, 'in_hand')),
    members_in_hand: beside((s, d) => s.stock(d, 'in_hand')),
    due_today: sum((s, d) => s.due(d, tally.today)),
    at_risk: sum((s, d) => days.reduce((n, on) => n + s.risk(d, on), 0)),
    overdue_in_hand: sum((s, d) => s.stock(d, 'overdue')),
    warnings_today: onDay('warning'),
    yellows_today: onDay('yellow'),
    reds_today: onDay('red'),
    waiting_reply: waiting,
    members_waiting_reply: membersWaiting,
  }
}

const hours = (ground: BoardGround): HourFlow[] => {
  const { tally, law } = ground
  const { sum } = summing(ground)
  const inHour = (hour: number, kind: FlowKind): number => sum((sums, d) => sums.hour(d, hour, kind))
  const spans = law.homeCalendar.spansOf(law.homeCalendar.workDayOnOrAfter(tally.today))
  const first = spans[0] === undefined ? 8 : law.homeCalendar.zone.hourOf(spans[0][0])
  const last = spans[spans.length - 1]
  const until = last === undefined ? 18 : law.homeCalendar.zone.hourOf(last[1])
  const rows: HourFlow[] = []
  for (let hour = 0; hour < 24; hour++) {
    const row = {
      hour,
      received: inHour(hour, 'received'),
      accepted: inHour(hour, 'accepted'),
      concluded: inHour(hour, 'on_time'),
    }
    const busy = row.received + row.accepted + row.concluded > 0
    const usual = ground.scope === 'all' ? tally.usual(hour) : null
    if (busy || (hour >= Math.min(first, 8) && hour <= until)) rows.push({ ...row, usual })
  }
  return rows
}

const forecast = (ground: BoardGround): ForecastDay[] => {
  const { tally, law } = ground
  const calendar = law.homeCalendar
  const { sum } = summing(ground)
  return Array.from({ length: FORECAST_DAYS }, (_, i) => {
    const on = asDay(tally.today + i)
    return {
      on: instantIn(calendar, calendar.startOf(on))?.slice(0, 10) ?? '',
      kind: dayKind(calendar, on),
      name: calendar.nameOf(on),
      due: sum((sums, d) => sums.due(d, on)),
      at_risk: sum((sums, d) => sums.risk(d, on)),
    }
  })
}

/** Rows that wait, of a source and the units of this board (I15): a number, and nothing of the rows (L7). */
const waitingRowsOf = (ground: BoardGround, source: string): number =>
  ground.tally.waiting
    .filter((row) => row.source === source && inScope(ground, row.unit))
    .reduce((sum, { rows }) => sum + rows, 0)

/** Sources that were heard, and those of which nothing was taken yet and rows wait. */
const sources = (ground: BoardGround): SourceLag[] => {
  const { law, tally, now } = ground
  const named = new Set([...tally.sources.keys(), ...tally.waiting.map(({ source }) => source)])
  return [...named].sort().map((source): SourceLag => {
    const lastAt = tally.sources.get(source)?.lastAt ?? null
    return {
      source,
      name: newest(law.tables.sources.get(source))?.name ?? source,
      last_event_at: instantIn(law.homeCalendar, lastAt),
      lag_ms: lastAt === null ? null : Math.max(0, now - lastAt),
      office_lag_ms: lastAt === null ? null : officeMsBetween(law.homeCalendar, lastAt, now),
      batch: (declarationAt(law, source, now)?.batch ?? null) !== null,
      waiting_rows: waitingRowsOf(ground, source),
    }
  })
}

export const streamCard = (card: Card, law: Law, now: Instant): StreamCard => {
  const rule = law.rules.get(card.rule)
  const calendar = law.homeCalendar
  const department = departmentName(law, card.department)
  const item = itemName(law, card.item)
  return {
    card_id: card.cardId,
    rule_id: card.rule,
    rule_name: rule?.name ?? card.rule,
    rule_name_en: rule?.nameEn ?? card.rule,
    level: card.level,
    state: card.state,
    window_no: card.holder.window,
    department_name: department.shortName,
    department_name_en: department.nameEn,
    item_name: card.subjectKind === 'code' ? card.subject : item.name,
    item_name_en: card.subjectKind === 'code' ? card.subject : item.nameEn,
    project_no: card.projectNo,
    case_tail: card.projectNo === null ? null : tailOf(card.projectNo),
    holder: masked(card.holder.operatorName),
    limit_at: instantIn(calendar, card.limitAt) ?? '',
    raised_at: instantIn(calendar, card.raisedAt) ?? '',
    reply_due_at: instantIn(calendar, card.replyDueAt),
    late_by_wd: lateByWorkDays(card, law, now),
    provisional: card.provisional,
    of_record: card.ofRecord,
  }
}

/** Waiting cards, the oldest and the newest among them whatever waits; what is to be lifted; what else came today. */
const stream = (ground: BoardGround): StreamCard[] => {
  const isInside = (card: Card): boolean => isCardWithin(ground.scope, card)
  const { cards } = ground.tally
  const waiting = cards.waiting(isInside, STREAM_WAITING)
  const toLift = cards.toLift(isInside, STREAM_TO_LIFT)
  const shown = [...waiting, ...toLift, ...cards.others(isInside)].slice(0, STREAM_CARDS)
  return shown.map((card) => streamCard(card, ground.law, ground.now))
}

export const boardOf = (ground: BoardGround): Board => {
  const { law, tally, heads, now, speed } = ground
  const tileGround: TileGround = { law, tally, now }
  return {
    centre: { name: law.centre.name, name_en: law.centre.nameEn },
    day: boardDay(law, now, speed),
    figures: figures(ground),
    hours: hours(ground),
    forecast: forecast(ground),
    sources: sources(ground),
    tiles: tilePlaces(law)
      .filter(({ window }) => inScope(ground, window.org))
      .map((place) => tileOf(place, heads.get(place.window.code), tileGround)),
    cards: stream(ground),
  }
}
