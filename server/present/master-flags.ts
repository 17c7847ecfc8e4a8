// What is odd about a row of master data (T10, I9): a promise that can read later than the statute, an item without any
// limit, a limit the law lends, a department, region or window that no row knows. A flag blames nobody: it asks a person
// to look. Odds are reckoned once for each pair of limits and calendar, and kept as long as the law is the same.

import type { LaterView, MasterFlag } from '../contract/master.ts'
import type { MasterTableShape, Referred } from '../contract/tables/shape.ts'
import { calendarOf, type Item, inForce, type Law, regionAt } from '../core/law/law.ts'
import { type LaterOdds, limitsOfItem, oddsSteps } from '../core/law/odds.ts'
import type { Steps } from '../core/steps.ts'
import { LAST_DAY } from '../core/time/calendar.ts'
import { printDay } from '../core/time/civil.ts'
import type { Day } from '../core/time/instant.ts'
import { printLimit } from '../core/time/limit.ts'

export interface Flagging {
  readonly law: Law
  readonly on: Day
  readonly oddsOf: OddsOf
}

/** Odds of an item; null: there is nothing to compare. Stops after some days tried (I5). */
export type OddsOf = (item: Item) => Steps<LaterOdds | null>

type Row = Readonly<Record<string, unknown>>

/** What an item will meet: the versions that hold last. */
const LATEST = LAST_DAY

/** Odds of items under one law. */
export const oddsUnder = (law: Law): OddsOf => {
  const known = new Map<string, LaterOdds>()
  const rule = { countAcceptanceDay: law.profile.countAcceptanceDay, dueAtClosing: law.profile.dueAtClosing }
  return function* (item) {
    const limits = limitsOfItem(item, law.profile)
    if (limits === null) return null
    const calendar = calendarOf(law, regionAt(law, item.org, LATEST), LATEST)
    const id = `${printLimit(limits.promise)} ${printLimit(limits.statute)} ${calendar.id}`
    const odds = known.get(id) ?? (yield* oddsSteps(limits, calendar, rule))
    known.set(id, odds)
    return odds
  }
}

const laterView = ({ odds, days, laterDays, first, mostDays }: LaterOdds): LaterView | null => {
  if (odds === 'never' || first === null) return null
  return {
    odds,
    days,
    later_days: laterDays,
    first: {
      accepted_on: printDay(first.acceptedOn),
      promise_due_on: printDay(first.promiseDueOn),
      statute_due_on: printDay(first.statuteDueOn),
      by_days: first.byDays,
      provisional: first.provisional,
    },
    most_days: mostDays,
  }
}

function* itemFlags(code: string, { law, on, oddsOf }: Flagging): Steps<MasterFlag[]> {
  const versions = law.tables.items.get(code)
  const item = inForce(versions, on)
  if (item === null) return []
  const flags: MasterFlag[] = []
  const odds = yield* oddsOf(item)
  const later = odds === null ? null : laterView(odds)
  if (later !== null) flags.push({ flag: 'promise_later', later })
  const isImmediate = item.projectType === '1'
  const isPermit = item.itemType === '01'
  if (item.promise === null && item.statute === null && !isImmediate && !isPermit) flags.push({ flag: 'undated' })
  if (item.statute === null && isPermit) {
    const { jointStatute, permitStatute } = law.profile
    flags.push({ flag: 'statute_of_law', detail: printLimit(item.joint ? jointStatute : permitStatute) })
  }
  return flags
}

/** What is told of a code that no row of the table it refers to has; of calendars nothing: the law refuses those. */
const UNKNOWN: Readonly<Record<Exclude<Referred, 'calendars'>, MasterFlag['flag']>> = {
  departments: 'no_department',
  regions: 'no_region',
  windows: 'no_window',
}

const missingIn = ({ fields }: MasterTableShape, row: Row, law: Law): MasterFlag[] =>
  Object.entries(fields).flatMap(([field, shape]) => {
    if (shape.kind !== 'code' || shape.refers === undefined || shape.refers === 'calendars') return []
    const code = row[field]
    if (typeof code !== 'string' || law.tables[shape.refers].has(code)) return []
    return [{ flag: UNKNOWN[shape.refers], detail: code }]
  })

/** The flags of a row; `row` is what is said of the code on the day asked. Stops where they take long to find (I5). */
export function* flagsOf(table: MasterTableShape, code: string, row: Row, flagging: Flagging): Steps<MasterFlag[]> {
  const own = table.name === 'items' ? yield* itemFlags(code, flagging) : []
  return [...own, ...missingIn(table, row, flagging.law)]
}
