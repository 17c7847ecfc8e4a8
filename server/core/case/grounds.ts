// The ground on which a clock of a case stands: department, region, calendar and item version in force on the day on which
// that clock starts (M5, T1, T10). A case may stand on several: its promise on the day of acceptance, a step on its own.
// Never judges; which version holds is the law's own answer.

import {
  calendarOf,
  dayAt,
  departmentAt,
  type Item,
  inForce,
  isReadEarly,
  type Law,
  MOST_HOPS,
  regionAt,
} from '../law/law.ts'
import type { Calendar } from '../time/calendar.ts'
import type { Day, Instant } from '../time/instant.ts'
import type { CaseState, Received } from './state.ts'

export interface Grounds {
  readonly law: Law
  readonly calendar: Calendar
  readonly department: string
  readonly region: string
  readonly item: Item | null
  /** The item's first version begins later than this day: it is read all the same, and flagged (T10). */
  readonly isItemEarly: boolean
  /** Each row asked has one version: the same holds on every day. */
  readonly isSettled: boolean
}

const hasOne = (rows: readonly unknown[] | undefined): boolean => rows === undefined || rows.length === 1

/** Whether no other version of anything that names the ground could hold on another day. */
const isSettledIn = (law: Law, item: string | null, department: string, region: string): boolean => {
  const { items, departments, regions } = law.tables
  if (item !== null && !hasOne(items.get(item))) return false
  if (!hasOne(departments.get(department))) return false
  for (let code: string | null = region, hops = 0; code !== null && hops < MOST_HOPS; hops++) {
    const rows = regions.get(code)
    if (!hasOne(rows)) return false
    code = rows?.[0]?.parent ?? null
  }
  return true
}

/** Where a case belongs on a day (M5, T10): the department of its item, and that department's region. */
export interface Belongs {
  readonly department: string
  readonly region: string
}

export const belongsOn = (state: CaseState, law: Law, on: Day): Belongs => {
  const department = departmentAt(law, { item: state.item, org: state.accepted?.org ?? state.first.org }, on)
  return { department, region: regionAt(law, department, on, state.region) }
}

/** The region in which a department's row stands on a day; of one that no row knows, the region its case names. */
export const regionOf = (state: CaseState, law: Law, department: string, on: Day): string =>
  regionAt(law, department, on, state.region)

/** Department and region of a row on a day: of the department told, else of the case as the versions of that day have it. */
export const rowOn = (state: CaseState, law: Law, on: Day, told: string | null | undefined): Belongs => {
  const own = belongsOn(state, law, on)
  if (told === null || told === undefined || told === own.department) return own
  return { department: told, region: regionOf(state, law, told, on) }
}

/** A case whose receipt names a parent is a member of its joint handling (M1); a JOINT_DISPATCH makes nobody one. */
export const isMember = ({ received }: { readonly received: Received | null }): boolean =>
  (received?.jointParent ?? null) !== null

/** Days after `after` on which a version may move a case to another department or region, in order (T10). */
export const movesOf = (state: CaseState, law: Law, after: Day): Day[] => {
  const items = state.item === null ? undefined : law.tables.items.get(state.item)
  const org = state.accepted?.org ?? state.first.org
  // a case whose codes have one version each, which nearly all have, moves nowhere
  const orgs = [...(items ?? []).map((item) => item.org), ...(org === null ? [] : [org])]
  const versions = [...(items ?? []), ...orgs.flatMap((code) => law.tables.departments.get(code) ?? [])]
  const days = new Set(versions.map(({ validFrom }) => validFrom).filter((day) => day > after))
  return days.size === 0 ? [] : [...days].sort((a, b) => a - b)
}

const groundsOn = (state: CaseState, law: Law, on: Day): Grounds => {
  const item = state.item === null ? null : inForce(law.tables.items.get(state.item), on)
  const { department, region } = belongsOn(state, law, on)
  const calendar = calendarOf(law, region, on)
  const isSettled = isSettledIn(law, state.item, department, region)
  return { law, calendar, department, region, item, isItemEarly: isReadEarly(item, on), isSettled }
}

/** What holds for a case at an instant. */
export const groundsAt = (state: CaseState, law: Law, at: Instant): Grounds => {
  const on = dayAt(law, at)
  const grounds = groundsOn(state, law, on)
  // where the calendar found lives in another zone, the day is that zone's own
  const own = grounds.calendar.dayOf(at)
  return own === on ? grounds : groundsOn(state, law, own)
}
