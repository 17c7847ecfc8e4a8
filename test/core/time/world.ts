// The calendar and the defaults that the tests of the time law stand on, and short ways to write their questions.

import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { buildCalendar, type Calendar } from '../../../server/core/time/calendar.ts'
import type { CalendarSource } from '../../../server/core/time/calendar-source.ts'
import { parseDay, parseInstant } from '../../../server/core/time/civil.ts'
import { answerDue, type DueAnswer } from '../../../server/core/time/due.ts'
import type { DueLaw, DueProfile, DueQuestion } from '../../../server/core/time/due-read.ts'
import type { Day, Instant } from '../../../server/core/time/instant.ts'
import { type ClockInput, DEFAULT_CLOCK_RULE, type Limit, parseLimit } from '../../../server/core/time/limit.ts'
import type { Span } from '../../../server/core/time/run.ts'

const root = resolve(import.meta.dirname, '../../..')

export const cnSource = JSON.parse(
  readFileSync(resolve(root, 'server/core/law/data/cn.calendar.json'), 'utf8'),
) as CalendarSource

export const cn: Calendar = buildCalendar(cnSource)

const { days: STATUTORY } = JSON.parse(
  readFileSync(resolve(root, 'server/core/law/data/cn.statutory.json'), 'utf8'),
) as { days: { on: string; name: string }[] }

/** The days of the notices, and past the last of them those that the statute alone makes off (T1a), as plain data. */
export const cnDays: readonly { on: string; kind: 'off' | 'work' }[] = [
  ...cnSource.days,
  ...STATUTORY.filter(({ on }) => on > cnSource.to).map(({ on }) => ({ on, kind: 'off' as const })),
]

/** Path of a stored data set beside the project, or null, said loudly, when it is not there. */
export function stored(path: string): string | null {
  const full = resolve(root, '../shared/data', path)
  if (existsSync(full)) return full
  console.warn(`\n!!! ABSENT: ${full}\n!!! The check against this data set did NOT run.\n`)
  return null
}

export const profile: DueProfile = {
  countAcceptanceDay: false,
  dueAtClosing: false,
  warnShare: 0.8,
  warnWorkDaysBefore: 1,
  noticeWorkDays: 5,
  pauseCapWorkDays: 30,
}

export const law: DueLaw = {
  calendarOf: (id) => (id === null || id === 'cn' ? cn : null),
  profileOf: (name) => (name === null || name === 'default' ? profile : null),
}

/** The answer to a question that must be a good one. */
export function answer(question: DueQuestion, under: DueLaw = law): DueAnswer {
  const reply = answerDue(question, under)
  if ('error' in reply) throw new Error(`${reply.error.code} at ${reply.error.at}: ${reply.error.en}`)
  return reply
}

export function day(text: string): Day {
  const parsed = parseDay(text)
  if (parsed === null) throw new Error(`not a day: ${text}`)
  return parsed
}

/** `2026-03-02` is 10:00 of that day, `2026-03-02T16:00` that minute, both in China. */
export function at(text: string): Instant {
  const full = text.length === 10 ? `${text}T10:00` : text
  const parsed = parseInstant(full.length === 16 ? `${full}:00+08:00` : full)
  if (parsed === null) throw new Error(`not an instant: ${text}`)
  return parsed
}

export function limit(text: string): Limit {
  const parsed = parseLimit(text)
  if (parsed === null) throw new Error(`not a limit: ${text}`)
  return parsed
}

/** `2026-04-24..2026-05-15, …`: pauses from 10:00 to 10:00, or to the minute where one is given. */
export function spans(text: string): Span[] {
  if (text === '') return []
  return text.split(',').map((part) => {
    const [from, to] = part.trim().split('..')
    return { from: at(from ?? ''), to: at(to ?? '') }
  })
}

export interface Wording {
  readonly accepted: string
  readonly limit: string
  readonly pauses?: string
  readonly extend?: number
  readonly rule?: Partial<ClockInput['rule']>
}

export const clock = (w: Wording): ClockInput => ({
  start: at(w.accepted),
  limit: limit(w.limit),
  pauses: spans(w.pauses ?? ''),
  extendWorkDays: w.extend ?? 0,
  rule: { ...DEFAULT_CLOCK_RULE, ...w.rule },
})
