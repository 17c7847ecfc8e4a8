// One tile of the window matrix (L4): the worst level of its cases in hand and of its unanswered cards, what lights it,
// the nearest deadline, and the load. Its place is the hall's; it never moves. Pure.

import type { Tile } from '../contract/live.ts'
import type { Card } from '../core/card/card.ts'
import { type Law, newest, type Window } from '../core/law/law.ts'
import { asDay, type Instant } from '../core/time/instant.ts'
import { departmentName, instantIn, masked, tailOf } from '../present/words.ts'
import type { Tally } from './tally.ts'

/** What the store's index says of a window. */
export interface Head {
  readonly worst: {
    readonly projectNo: string
    readonly level: number
    readonly card: Card | null
    /** Its due instant, by the telling that stands (F5). */
    readonly dueAt: Instant | null
  } | null
  readonly nextDueAt: Instant | null
}

export interface Place {
  readonly window: Window
  readonly row: number
  readonly column: number
}

export interface TileGround {
  readonly law: Law
  readonly tally: Tally
  readonly now: Instant
}

const COLUMNS = 10

/** Working days past a card's limit, up to the end where there was one; 0 for cards that are not about a limit. */
export const lateByWorkDays = (card: Card, law: Law, now: Instant): number => {
  // a card about a limit was raised for the very instant at which that limit ran out
  if (card.basis.due_at !== card.limitAt) return 0
  const calendar = law.homeCalendar
  const ended = card.basis.ended_at
  const until = typeof ended === 'number' && ended < now ? (ended as Instant) : now
  return calendar.countWorkDays(calendar.dayOf(card.limitAt), calendar.dayOf(until))
}

/** Every window of the catalogue with its place; those without one fill rows of their own below the hall. */
export const tilePlaces = (law: Law): Place[] => {
  const windows = [...law.tables.windows.values()].map((rows) => newest(rows)).filter((row) => row !== null)
  const placed = windows.filter((window) => window.row !== null && window.column !== null)
  const below = Math.max(0, ...placed.map((window) => window.row ?? 0))
  const places = placed.map((window): Place => ({ window, row: window.row ?? 1, column: window.column ?? 1 }))
  const rest = windows.filter((window) => window.row === null || window.column === null)
  rest.sort((a, b) => (a.code < b.code ? -1 : 1))
  rest.forEach((window, i) => {
    places.push({ window, row: below + 1 + Math.floor(i / COLUMNS), column: (i % COLUMNS) + 1 })
  })
  return places.sort((a, b) => a.row - b.row || a.column - b.column)
}

const AHEAD = [1, 3, 5] as const

const dueWithin = (code: string, { law, tally }: TileGround): [number, number, number] => {
  const calendar = law.homeCalendar
  const upTo = (workDays: number): number => {
    const last = calendar.addWorkDays(tally.today, workDays)
    let n = 0
    for (let on = tally.today; on <= last; on = asDay(on + 1)) n += tally.windowDue(code, on)
    return n
  }
  return [upTo(AHEAD[0]), upTo(AHEAD[1]), upTo(AHEAD[2])]
}

/** What lights the tile: its worst case in hand, or an unanswered card that is worse. */
const lightOf = (head: Head | undefined, top: Card | null): { level: 0 | 1 | 2 | 3; card: Card | null } => {
  const level = (head?.worst?.level ?? 0) as 0 | 1 | 2 | 3
  if (top !== null && top.level > level) return { level: top.level, card: top }
  return { level, card: level === 0 ? null : (head?.worst?.card ?? null) }
}

/** When the case is due that a warning of its limit speaks of; null: that is not the worst of its window. */
const dueOf = ({ projectNo, rule }: Card, head: Head | undefined): Instant | null =>
  rule === 'T-01' && head?.worst?.projectNo === projectNo ? head.worst.dueAt : null

export const tileOf = (place: Place, head: Head | undefined, ground: TileGround): Tile => {
  const { law, tally, now } = ground
  const { window } = place
  const calendar = law.homeCalendar
  const { level, card } = lightOf(head, tally.cards.topOfWindow(window.code))
  const department = departmentName(law, window.org)
  const rule = card === null ? undefined : law.rules.get(card.rule)
  const projectNo = card?.projectNo ?? (level === 0 ? null : (head?.worst?.projectNo ?? null))
  // a warning of the limit counts down to the due instant of its case, a card counts up from its limit
  const isWarning = card !== null && card.level === 1 && typeof card.basis.due_at === 'number'
  const dueAt = isWarning ? (dueOf(card, head) ?? card.basis.due_at) : null
  const limitAt = card === null ? null : ((dueAt ?? card.limitAt) as Instant)
  const late = card === null ? 0 : lateByWorkDays(card, law, now)
  return {
    window_no: window.code,
    name: window.name,
    name_en: window.nameEn,
    department: window.org,
    department_name: department.shortName,
    department_name_en: department.nameEn,
    row: place.row,
    column: place.column,
    level,
    rule: card?.rule ?? null,
    rule_name: rule?.name ?? null,
    rule_name_en: rule?.nameEn ?? null,
    case_tail: projectNo === null ? null : tailOf(projectNo),
    project_no: projectNo,
    holder: masked(card?.holder.operatorName ?? null),
    limit_at: instantIn(calendar, limitAt),
    late_by_wd: late,
    provisional: card?.provisional ?? false,
    in_hand: tally.windowInHand(window.code),
    waiting_reply: tally.cards.countOfWindow(window.code),
    next_due_at: instantIn(calendar, head?.nextDueAt ?? null),
    due_within: dueWithin(window.code, ground),
  }
}
