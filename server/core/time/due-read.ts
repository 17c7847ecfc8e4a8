// Reading one question to the limit calculator (SPEC part 11): every field checked, every mistake named by field.
// Dates are taken as the office takes them: accepted at 10:00, paused from the day's beginning. Never guesses a format.

import type { Calendar } from './calendar.ts'
import { MINUTE_MS, parseDay, parseInstant, parseLocal } from './civil.ts'
import type { Approval } from './extension.ts'
import { asInstant, type Day, type Instant } from './instant.ts'
import { type Limit, parseLimit, pauseCapAt, type WarnRule } from './limit.ts'
import type { Span } from './run.ts'

/** What the calculator needs of a profile. */
export interface DueProfile {
  readonly countAcceptanceDay: boolean
  readonly dueAtClosing: boolean
  readonly warnShare: number | null
  readonly warnWorkDaysBefore: number | null
  readonly noticeWorkDays: number
  readonly pauseCapWorkDays: number
}

/** null asks for the default. */
export interface DueLaw {
  calendarOf(id: string | null): Calendar | null
  profileOf(name: string | null): DueProfile | null
}

/** One line of `mingjing due --stdin`. Dates YYYY-MM-DD, local date-times, or RFC 3339 instants. */
export interface DueQuestion {
  readonly accept?: string
  readonly limit?: string
  /** A pause without an end is taken to run to the profile's cap. */
  readonly pauses?: readonly (readonly [from: string, to: string | null])[]
  readonly extensions?: readonly (readonly [days: number, approvedOn: string])[]
  readonly count_acceptance_day?: boolean
  readonly calendar?: string
  readonly profile?: string
  readonly received?: string
  readonly notice_on?: string
  readonly corrected_on?: string
  readonly urged_on?: string
  readonly due_on?: string
  /** "90%", "1WD", or both as "80%,1WD": whichever comes first. */
  readonly warn?: string
  readonly concluded?: string
  /** The day or instant as of which `used` and `remaining` are told while nothing is concluded. */
  readonly as_of?: string
  /** Asks for sentences and the strip of days too. */
  readonly explain?: boolean
}

const FIELDS: ReadonlySet<string> = new Set([
  'accept',
  'limit',
  'pauses',
  'extensions',
  'count_acceptance_day',
  'calendar',
  'profile',
  'received',
  'notice_on',
  'corrected_on',
  'urged_on',
  'due_on',
  'warn',
  'concluded',
  'as_of',
  'explain',
  'id',
])

export interface QuestionProblem {
  readonly code:
    | 'not_an_object'
    | 'bad_field'
    | 'missing_field'
    | 'unknown_calendar'
    | 'unknown_profile'
    | 'out_of_range'
  readonly at: string
  readonly zh: string
  readonly en: string
}

/** Carries a problem out of reading; answerDue turns it into an answer. */
export class BadQuestion extends Error {
  readonly problem: QuestionProblem

  constructor(problem: QuestionProblem) {
    super(problem.en)
    this.problem = problem
  }
}

const badField = (at: string, zh: string, en: string): BadQuestion =>
  new BadQuestion({ code: 'bad_field', at, zh: `字段 ${at} 有误：${zh}`, en: `Field ${at} is not right: ${en}` })

/** A point in time as written: a bare date has no hour of its own. */
export interface When {
  readonly day: Day
  readonly at: Instant
  readonly dateOnly: boolean
}

export interface ReadApproval extends Approval {
  readonly dateOnly: boolean
}

export interface ReadQuestion {
  readonly calendar: Calendar
  readonly profile: DueProfile
  readonly accept: When | null
  readonly limit: Limit | null
  readonly pauses: readonly Span[]
  /** Those of them that had no end. */
  readonly openPauses: ReadonlySet<Span>
  /** Those of them that the conclusion ended (T5). */
  readonly cutPauses: ReadonlySet<Span>
  readonly approvals: readonly ReadApproval[]
  readonly countAcceptanceDay: boolean
  readonly received: When | null
  readonly noticeOn: When | null
  readonly correctedOn: When | null
  readonly urgedOn: When | null
  readonly dueOn: When | null
  readonly warn: WarnRule
  readonly concluded: When | null
  readonly asOf: When | null
  readonly explain: boolean
  readonly ignored: readonly string[]
}

const MORNING = 10 * 60

function readWhen(calendar: Calendar, value: unknown, at: string, minuteOfDay = MORNING): When | null {
  if (value === undefined || value === null) return null
  if (typeof value === 'string') {
    const day = parseDay(value)
    if (day !== null) return { day, at: calendar.zone.at(day, minuteOfDay), dateOnly: true }
    const instant = parseInstant(value)
    if (instant !== null) return { day: calendar.dayOf(instant), at: instant, dateOnly: false }
    const local = parseLocal(value)
    if (local !== null) {
      const minute = Math.floor(local.ms / MINUTE_MS)
      const point = calendar.zone.at(local.day, minute) + local.ms - minute * MINUTE_MS
      return { day: local.day, at: asInstant(point), dateOnly: false }
    }
  }
  const shown = JSON.stringify(value)
  throw badField(at, `${shown} 不是日期或时间`, `${shown} is neither a date nor an instant`)
}

/** A stated due at exactly midnight without an offset is that day (I15). */
function readDue(calendar: Calendar, value: unknown): When | null {
  const when = readWhen(calendar, value, 'due_on')
  const isMidnight = typeof value === 'string' && parseLocal(value)?.ms === 0
  return when !== null && isMidnight ? { ...when, dateOnly: true } : when
}

function readPauses(calendar: Calendar, profile: DueProfile, value: unknown): { pauses: Span[]; open: Set<Span> } {
  const open = new Set<Span>()
  if (value === undefined || value === null) return { pauses: [], open }
  if (!Array.isArray(value)) throw badField('pauses', '应为 [[起, 止], …]', 'a list of [from, to] is needed')
  const pauses = value.map((pair: unknown, i): Span => {
    const at = `pauses/${i}`
    if (!Array.isArray(pair) || pair.length === 0 || pair.length > 2) {
      throw badField(at, '应为 [起, 止]', '[from, to] is needed')
    }
    const from = readWhen(calendar, pair[0], `${at}/0`, 0)
    if (from === null) throw badField(`${at}/0`, '缺少开始', 'the beginning is missing')
    const to = readWhen(calendar, pair[1], `${at}/1`, 0)
    if (to === null) {
      const cap = { unit: 'WD', value: profile.pauseCapWorkDays } as const
      const unended = { from: from.at, to: pauseCapAt(calendar, from.at, cap) }
      open.add(unended)
      return unended
    }
    if (to.at < from.at) throw badField(`${at}/1`, '止早于起', 'it ends before it begins')
    return { from: from.at, to: to.at }
  })
  return { pauses, open }
}

const MOST_EXTENSION = 9999

function readExtensions(calendar: Calendar, value: unknown): ReadApproval[] {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value))
    throw badField('extensions', '应为 [[天数, 批准日], …]', 'a list of [days, approved_on] is needed')
  return value.map((pair: unknown, i): ReadApproval => {
    const at = `extensions/${i}`
    if (!Array.isArray(pair)) throw badField(at, '应为 [天数, 批准日]', '[days, approved_on] is needed')
    const [days, on] = pair
    if (!Number.isInteger(days) || days < 1 || days > MOST_EXTENSION) {
      throw badField(`${at}/0`, '应为正整数工作日', 'a whole number of working days is needed')
    }
    const approved = readWhen(calendar, on, `${at}/1`)
    if (approved === null) throw badField(`${at}/1`, '缺少批准日', 'the day of approval is missing')
    return { workDays: days as number, approvedAt: approved.at, dateOnly: approved.dateOnly }
  })
}

const WARN = /^(?:(\d{1,3}(?:\.\d{1,4})?)%)?,?(?:(\d{1,3})WD)?$/

function readWarn(profile: DueProfile, value: unknown): WarnRule {
  if (value === undefined || value === null)
    return { share: profile.warnShare, workDaysBefore: profile.warnWorkDaysBefore }
  const match = typeof value === 'string' && value !== '' ? WARN.exec(value) : null
  const percent = match?.[1] === undefined ? null : Number(match[1])
  const days = match?.[2] === undefined ? null : Number(match[2])
  if ((percent === null && days === null) || (percent !== null && (percent <= 0 || percent > 100))) {
    throw badField('warn', '应如 "90%" 或 "1WD"', 'write it as "90%" or "1WD"')
  }
  return { share: percent === null ? null : percent / 100, workDaysBefore: days }
}

function readFlag(value: unknown, at: string): boolean | null {
  if (value === undefined || value === null) return null
  if (typeof value !== 'boolean') throw badField(at, '应为 true 或 false', 'true or false is needed')
  return value
}

function readText(value: unknown, at: string): string | null {
  if (value === undefined || value === null) return null
  if (typeof value !== 'string') throw badField(at, '应为文本', 'a text is needed')
  return value
}

function readLimit(value: unknown): Limit | null {
  const text = readText(value, 'limit')
  if (text === null) return null
  const limit = parseLimit(text)
  if (limit === null)
    throw badField('limit', `"${text}" 应如 20WD、30ND、3M、7H、0`, `"${text}"; write 20WD, 30ND, 3M, 7H or 0`)
  return limit
}

function grounds(law: DueLaw, q: Readonly<Record<string, unknown>>): { calendar: Calendar; profile: DueProfile } {
  const id = readText(q.calendar, 'calendar')
  const name = readText(q.profile, 'profile')
  const calendar = law.calendarOf(id)
  const profile = law.profileOf(name)
  if (calendar === null) {
    throw new BadQuestion({
      code: 'unknown_calendar',
      at: 'calendar',
      zh: `没有日历 ${id ?? ''}。`,
      en: `There is no calendar ${id ?? ''}.`,
    })
  }
  if (profile === null) {
    throw new BadQuestion({
      code: 'unknown_profile',
      at: 'profile',
      zh: `没有规则方案 ${name ?? ''}。`,
      en: `There is no profile ${name ?? ''}.`,
    })
  }
  return { calendar, profile }
}

/** Reads a question; throws BadQuestion, and nothing else for wrong input but RangeError for days beyond the calendar. */
export function readQuestion(question: unknown, law: DueLaw): ReadQuestion {
  if (typeof question !== 'object' || question === null || Array.isArray(question)) {
    throw new BadQuestion({
      code: 'not_an_object',
      at: '',
      zh: '每行应为一个 JSON 对象。',
      en: 'Each line must be a JSON object.',
    })
  }
  const q = question as Readonly<Record<string, unknown>>
  const { calendar, profile } = grounds(law, q)
  const { pauses, open } = readPauses(calendar, profile, q.pauses)
  return {
    calendar,
    profile,
    accept: readWhen(calendar, q.accept, 'accept'),
    limit: readLimit(q.limit),
    pauses,
    openPauses: open,
    cutPauses: new Set(),
    approvals: readExtensions(calendar, q.extensions),
    countAcceptanceDay: readFlag(q.count_acceptance_day, 'count_acceptance_day') ?? profile.countAcceptanceDay,
    received: readWhen(calendar, q.received, 'received'),
    noticeOn: readWhen(calendar, q.notice_on, 'notice_on'),
    correctedOn: readWhen(calendar, q.corrected_on, 'corrected_on'),
    urgedOn: readWhen(calendar, q.urged_on, 'urged_on'),
    dueOn: readDue(calendar, q.due_on),
    warn: readWarn(profile, q.warn),
    concluded: readWhen(calendar, q.concluded, 'concluded'),
    asOf: readWhen(calendar, q.as_of, 'as_of'),
    explain: readFlag(q.explain, 'explain') ?? false,
    ignored: Object.keys(q).filter((key) => !FIELDS.has(key)),
  }
}
