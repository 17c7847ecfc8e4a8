// The strip of days (T14): one cell a civil day, saying what that day did to the count. Pure: view → cells.
// Counted days bear their number, days off are hollow, paused ones hatched, the extension stands behind a notch.

import type { ExplainDay, ExplainView } from '../../server/contract/api.ts'
import { clockKey } from '../case/duty.ts'

export type CellKind = 'accept' | 'counted' | 'off' | 'paused' | 'due' | 'late' | 'plain'
export type Flag = 'accept' | 'due' | 'concluded' | 'dueAndConcluded'

export interface Cell {
  on: string
  kind: CellKind
  /** What stands in the cell: its number, "+2", or null where a word of the dictionary stands (休, 停). */
  mark: string | null
  flag: Flag | null
  makeup: boolean
  extended: boolean
  /** First day of the extension: the notch stands before it. */
  notch: boolean
  concluded: boolean
  /** Its number in the count, whatever stands in the cell. */
  number: number | null
  paused: string | null
  /** First day of a pause, with its ground. */
  ground: string | null
  today: boolean
  late: number
  name: string | null
}

/** A day off after the due day carries the lateness of the day before it: it is off, not one more day late. */
const isIdle = (day: ExplainDay): boolean => day.kind === 'weekend' || day.kind === 'holiday'

const kindOf = (day: ExplainDay, first: boolean): CellKind => {
  if (day.due) return 'due'
  if (day.late > 0) return 'late'
  if (first && day.number !== null && day.number <= 0) return 'accept'
  if (day.paused !== null) return 'paused'
  if (day.number !== null) return 'counted'
  return day.kind === 'weekend' || day.kind === 'holiday' ? 'off' : 'plain'
}

const flagOf = (day: ExplainDay, first: boolean): Flag | null => {
  if (day.due && day.concluded) return 'dueAndConcluded'
  if (day.due) return 'due'
  if (day.concluded) return 'concluded'
  return first ? 'accept' : null
}

const markOf = (day: ExplainDay, kind: CellKind): string | null => {
  if (kind === 'late') return isIdle(day) ? null : `+${day.late}`
  return day.number === null ? null : String(day.number)
}

/** Where a pause begins: the first day it takes, days off on the way belonging to it. */
const beginsPause = (days: readonly ExplainDay[], i: number): boolean => {
  const ground = days[i]?.paused ?? null
  if (ground === null) return false
  let before = i - 1
  while (before >= 0 && days[before]?.paused === null && isIdle(days[before] as ExplainDay)) before -= 1
  return days[before]?.paused !== ground
}

export const stripCells = (days: readonly ExplainDay[], today: string | null = null): Cell[] => {
  const notch = days.findIndex((day) => day.extended)
  return days.map((day, i) => {
    const counting = kindOf(day, i === 0)
    const kind = counting === 'late' && isIdle(day) && !day.concluded ? 'off' : counting
    return {
      on: day.on,
      kind,
      mark: markOf(day, kind),
      flag: flagOf(day, i === 0),
      makeup: day.kind === 'makeup',
      extended: day.extended,
      notch: i === notch,
      concluded: day.concluded,
      number: day.number,
      paused: day.paused,
      today: day.on === today,
      ground: beginsPause(days, i) ? day.paused : null,
      late: day.late,
      name: day.name,
    }
  })
}

/** The grounds of pauses in the strip, each once, in order. */
export const groundsOf = (days: readonly ExplainDay[]): string[] => [
  ...new Set(days.flatMap((day) => (day.paused === null ? [] : [day.paused]))),
]

/** Which clock to open first: the one asked for, else the promise, else one that is late, else the first there is. */
export const firstClock = (explain: readonly ExplainView[], asked: string | null = null): number => {
  const wanted = asked === null ? -1 : explain.findIndex((clock) => clockKey(clock) === asked)
  if (wanted >= 0) return wanted
  const late = explain.findIndex((clock) => clock.clock !== 'step' && clock.late_by > 0)
  const promise = explain.findIndex((clock) => clock.clock === 'promise')
  return Math.max(0, promise >= 0 ? promise : late)
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** A sentence cut so that the due date and the days over or left can stand out. */
export const emphasise = (sentence: string, dueOn: string): { text: string; strong: boolean }[] => {
  const [, month = 0, day = 0] = dueOn.split('-').map(Number)
  const due = `(?:\\d{4}\\s*年\\s*)?${month}\\s*月\\s*${day}\\s*日(?:（[^）]*）)?(?:\\s*\\d{1,2}:\\d{2}(?::\\d{2})?|(?=\\s*到期))`
  const over = '(?:已?超|逾期)\\s*\\d+\\s*个?(?:工作|自然)?日'
  const english = `\\w{3} ${day} ${MONTHS[month - 1]}(?: \\d{4})?(?:, [a-z -]+)? at \\d{1,2}:\\d{2}|late by \\d+ working days?`
  return sentence
    .split(new RegExp(`(${due}|${over}|${english})`))
    .map((text, i) => ({ text, strong: i % 2 === 1 }))
    .filter((part) => part.text !== '')
}

/** How wide a span of custody is drawn: by the days it lasted, never so thin that nobody can read it. */
export const custodyWeight = (from: string, to: string | null, countedWorkDays: number): number => {
  const days = to === null ? countedWorkDays : ((Date.parse(to) - Date.parse(from)) / 86_400_000) * (5 / 7)
  return Math.max(0.8, days, countedWorkDays)
}
