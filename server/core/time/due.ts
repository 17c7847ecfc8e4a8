// The limit calculator (SPEC part 11): one question in, one answer out, by the same engine that judges cases.
// Pauses are lawful and extension days are as given; whether an extension came in time is judged (T7).
// Never throws and never reads a clock: a bad question is answered with what is wrong. Rules: T2–T8, T12–T14.

import { type Acceptance, acceptanceOf } from './acceptance.ts'
import type { Calendar } from './calendar.ts'
import { printDay, printInstant } from './civil.ts'
import { type AnsweredVerdict, extendedIn, untilConcluded } from './due-ended.ts'
import {
  BadQuestion,
  type DueLaw,
  type QuestionProblem,
  type ReadQuestion,
  readQuestion,
  type When,
} from './due-read.ts'
import { type Explanation, explainClock } from './explain.ts'
import { UNSAID_STARTS, type Words } from './explain-words.ts'
import { isVoid } from './extension.ts'
import { asDay, asInstant, type Day, type Instant } from './instant.ts'
import { type ClockInput, type Due, dueOf, type Limit, statedInput, warnAt } from './limit.ts'
import type { Span, Trace } from './run.ts'
import { segmentsOf } from './segments.ts'
import { lateBy, usedAt } from './used.ts'

export interface AnswerSegment {
  readonly kind: string
  readonly from: string
  readonly to: string
  readonly counted: number
}

export interface AnswerDay {
  readonly on: string
  readonly kind: string
  readonly name: string | null
  readonly number: number | null
  readonly paused: string | null
  readonly extended: boolean
  readonly due: boolean
  readonly concluded: boolean
  readonly late: number
}

export interface DueAnswer {
  readonly due_on: string | null
  readonly due_at: string | null
  readonly provisional: boolean
  readonly warn_on: string | null
  readonly warn_at: string | null
  readonly accepted_on: string | null
  readonly deemed: boolean
  /** Last day for the correction notice (T8); null without a receipt. */
  readonly notice_due_on: string | null
  /** At the conclusion, else as of the asked day, else at the beginning of the last pause, else at acceptance. */
  readonly used: number | null
  readonly remaining: number | null
  readonly late_by_wd: number
  /** Last day to answer the urge, and the first day of the proposal (T12). */
  readonly urge_due_on: string | null
  readonly proposal_from: string | null
  /** Some extension asked for is void (T7). */
  readonly extension_void: boolean
  readonly extensions: readonly AnsweredVerdict[]
  readonly segments: readonly AnswerSegment[]
  readonly calendar: string
  /** Keys of the question that mean nothing here. */
  readonly ignored?: readonly string[]
  readonly zh?: string
  readonly en?: string
  readonly days?: readonly AnswerDay[]
}

export type DueReply = DueAnswer | { readonly error: QuestionProblem }

/** A stated due without an acceptance is looked at from so many working days before it. */
const NO_START_WORK_DAYS = 250

/** Working days an office has to answer an urge (T12). */
export const URGE_WORK_DAYS = 5

/** A clock found in a question. */
interface Asked {
  readonly input: ClockInput
  readonly due: Due
  readonly verdicts: readonly AnsweredVerdict[]
  readonly concluded: When | null
}

const NO_ACCEPTANCE: Acceptance = { at: null, on: null, deemed: false, noticeDueAt: null, deemedAt: null }

function acceptanceIn(q: ReadQuestion): Acceptance {
  if (q.accept === null && q.received === null && q.noticeOn === null) return NO_ACCEPTANCE
  const facts = {
    receivedAt: q.received?.at ?? null,
    accepts: q.accept === null ? [] : [q.accept.at],
    notices: q.noticeOn === null ? [] : [{ at: q.noticeOn.at, doneAt: q.correctedOn?.at ?? null }],
    endedAt: q.concluded?.at ?? null,
    applies: true,
  }
  return acceptanceOf(q.calendar, facts, q.profile.noticeWorkDays)
}

const ruleOf = (q: ReadQuestion) => ({
  countAcceptanceDay: q.countAcceptanceDay,
  dueAtClosing: q.profile.dueAtClosing,
})

function clockOf(q: ReadQuestion, start: Instant, limit: Limit): Asked {
  const bare: ClockInput = { start, limit, pauses: q.pauses, extendWorkDays: 0, rule: ruleOf(q) }
  const { workDays, verdicts } = extendedIn(q, bare)
  const input = { ...bare, extendWorkDays: workDays }
  return { input, due: dueOf(q.calendar, input), verdicts, concluded: q.concluded }
}

/** The correction notice of T8 as a clock: five working days from receipt, met by the notice. */
function noticeClock(q: ReadQuestion, received: Instant): Asked {
  const limit: Limit = { unit: 'WD', value: q.profile.noticeWorkDays }
  const rule = { countAcceptanceDay: false, dueAtClosing: false }
  const input: ClockInput = { start: received, limit, pauses: [], extendWorkDays: 0, rule }
  const concluded = q.noticeOn ?? q.concluded
  return { input, due: dueOf(q.calendar, input), verdicts: [], concluded }
}

/** A stated due (T3, T10): stated with the acceptance, and moved by the pauses begun and extensions approved from then on. */
function statedClock(q: ReadQuestion, start: Instant | null, { day, at, dateOnly }: When): Asked {
  const { calendar } = q
  const stated = { on: day, at: dateOnly ? calendar.endOf(day) : at }
  const from = start ?? calendar.startOf(calendar.addWorkDays(day, -NO_START_WORK_DAYS))
  const pauses = start === null ? q.pauses : q.pauses.filter((pause) => !isBefore(calendar, pause.from, start))
  const bare = statedInput(calendar, { start: from, stated, pauses })
  const { workDays, verdicts } = extendedIn(q, bare)
  const input = workDays === 0 ? bare : { ...bare, extendWorkDays: workDays }
  return { input, due: dueOf(calendar, input), verdicts, concluded: q.concluded }
}

/** On an earlier day: what is given by its date alone is on no side of an hour. */
const isBefore = (calendar: Calendar, at: Instant, other: Instant): boolean =>
  calendar.dayOf(at) < calendar.dayOf(other)

/** When it runs out by what was known at the acceptance, unmoved by what came after (T10). */
function standingAt(calendar: Calendar, { input }: Asked): Instant {
  if (input.stated !== undefined) return input.stated.at
  const pauses = input.pauses.filter((pause) => isBefore(calendar, pause.from, input.start))
  return dueOf(calendar, { ...input, pauses, extendWorkDays: 0 }).dueAt
}

/** The clock a question asks for; of a limit and a stated due, the one that runs out earlier as they stand (T10). */
function askedOf(q: ReadQuestion, acceptance: Acceptance): Asked | null {
  const start = acceptance.at
  const byDue = q.dueOn === null ? null : statedClock(q, start, q.dueOn)
  if (q.limit === null) {
    if (byDue !== null || q.received === null || q.accept !== null) return byDue
    return noticeClock(q, q.received.at)
  }
  if (start === null) return byDue
  const byLimit = clockOf(q, start, q.limit)
  if (byDue === null) return byLimit
  return standingAt(q.calendar, byDue) < standingAt(q.calendar, byLimit) ? byDue : byLimit
}

/** A bare date of conclusion means during that day: in time up to the due day itself. */
function concludedAt(calendar: Calendar, { due, concluded }: Asked): Instant | null {
  if (concluded === null || !concluded.dateOnly) return concluded?.at ?? null
  if (concluded.day === due.dueOn) return due.dueAt
  return asInstant(concluded.day < due.dueOn ? calendar.startOf(concluded.day) : calendar.endOf(concluded.day))
}

/** What is used at the conclusion, else as of the asked day, else where the last pause began, else at the start. */
function usedIn(q: ReadQuestion, asked: Asked, end: Instant | null): { used: number; remaining: number } {
  const at = end ?? q.asOf?.at ?? null
  if (at !== null) return usedAt(q.calendar, asked.input, at)
  const trace: Trace = []
  dueOf(q.calendar, asked.input, trace)
  return usedAt(q.calendar, asked.input, trace.at(-1)?.fromAt ?? asked.input.start)
}

/** A bare date is past a due day, an instant past its due instant. */
const isPast = ({ day, at, dateOnly }: When, due: Due): boolean => (dateOnly ? day > due.dueOn : at > due.dueAt)

/** Tacit approval (T12): urged past the promise, undecided for five working days. Only ever a proposal. */
function urgeDueOn(q: ReadQuestion, asked: Asked | null): Day | null {
  if (q.urgedOn === null || asked === null || !isPast(q.urgedOn, asked.due)) return null
  const last = q.calendar.addWorkDays(q.urgedOn.day, URGE_WORK_DAYS)
  return q.concluded !== null && q.concluded.day <= last ? null : last
}

const PROCEDURE = { zh: '特别程序', en: 'a special procedure' }

/** What began its clock, where it was not an acceptance by word. */
function startWordsOf(q: ReadQuestion, { at, deemed }: Acceptance): Words | undefined {
  // with nothing to count to, the notice is due from the receipt (T8)
  if (at === null || (q.limit === null && q.dueOn === null)) return UNSAID_STARTS.received
  if (deemed) return UNSAID_STARTS.deemed
  return q.accept?.at === at ? undefined : UNSAID_STARTS.corrected
}

function explained(q: ReadQuestion, asked: Asked, end: Instant | null, startWords?: Words): Explanation {
  const isIn = (set: ReadonlySet<Span>, index: number): boolean => set.has(asked.input.pauses[index] as Span)
  return explainClock(q.calendar, asked.input, asked.due, {
    concludedAt: end,
    now: q.asOf?.at ?? null,
    pauseWords: (index) => ({ ...PROCEDURE, open: isIn(q.openPauses, index), cut: isIn(q.cutPauses, index) }),
    limitName: { zh: '时限', en: 'the limit is' },
    latest: q.openPauses.size > 0,
    ...(startWords === undefined ? {} : { startWords }),
  })
}

const printed = (day: Day | null): string | null => (day === null ? null : printDay(day))

const daysOf = (explanation: Explanation): AnswerDay[] =>
  explanation.days.map((day) => ({ ...day, on: printDay(day.on), paused: day.paused?.zh ?? null }))

function warnOf(q: ReadQuestion, asked: Asked, hasStart: boolean): Instant | null {
  // a due date without an acceptance has no share: only the days before it can be told
  const rule = hasStart ? q.warn : { share: null, workDaysBefore: q.warn.workDaysBefore }
  return warnAt(q.calendar, asked.input, asked.due, rule)
}

function answerRead(q: ReadQuestion): DueAnswer {
  const { calendar } = q
  const acceptance = acceptanceIn(q)
  const asked = askedOf(q, acceptance)
  const end = asked === null ? null : concludedAt(calendar, asked)
  const hasStart = acceptance.at !== null || q.received !== null
  const warn = asked === null ? null : warnOf(q, asked, hasStart)
  const known = hasStart ? asked : null
  const segments = known === null ? [] : segmentsOf(calendar, known.input, known.due)
  const explanation = known === null || !q.explain ? null : explained(q, known, end, startWordsOf(q, acceptance))
  const use = known === null ? null : usedIn(q, known, end)
  const urge = urgeDueOn(q, asked)
  return {
    due_on: printed(asked?.due.dueOn ?? null),
    due_at: asked === null ? null : printInstant(asked.due.dueAt, calendar.zone),
    provisional: asked?.due.provisional ?? false,
    warn_on: warn === null ? null : printDay(calendar.dayOf(warn)),
    warn_at: warn === null ? null : printInstant(warn, calendar.zone),
    accepted_on: printed(acceptance.on),
    deemed: acceptance.deemed,
    notice_due_on: acceptance.noticeDueAt === null ? null : printDay(calendar.dayOf(acceptance.noticeDueAt)),
    used: use?.used ?? null,
    remaining: use?.remaining ?? null,
    late_by_wd: asked === null || end === null ? 0 : lateBy(calendar, asked.due, end),
    urge_due_on: printed(urge),
    proposal_from: urge === null ? null : printDay(asDay(urge + 1)),
    extension_void: asked?.verdicts.some((verdict) => verdict !== 'after_end' && isVoid(verdict)) ?? false,
    extensions: asked?.verdicts ?? [],
    segments: segments.map(({ kind, from, to, counted }) => ({
      kind,
      from: printDay(from),
      to: printDay(to),
      counted,
    })),
    calendar: calendar.version,
    ...(q.ignored.length > 0 ? { ignored: q.ignored } : {}),
    ...(explanation === null ? {} : { zh: explanation.zh, en: explanation.en, days: daysOf(explanation) }),
  }
}

const missing = (at: string, zh: string, en: string): QuestionProblem => ({ code: 'missing_field', at, zh, en })

/** What has to be there before anything can be counted. */
function gapIn(q: ReadQuestion): QuestionProblem | null {
  if (q.accept === null && q.received === null && q.noticeOn === null && q.dueOn === null) {
    const zh = '至少应给出 accept、received、notice_on、due_on 之一。'
    return missing('accept', zh, 'One of accept, received, notice_on or due_on is needed.')
  }
  if (q.limit === null && q.dueOn === null && q.received === null) {
    return missing('limit', '缺少时限 limit 或到期日 due_on。', 'A limit or a due_on is needed.')
  }
  return null
}

/** Answers one question, or says what is wrong with it. Never throws. */
export function answerDue(question: unknown, law: DueLaw): DueReply {
  try {
    const q = untilConcluded(readQuestion(question, law))
    const gap = gapIn(q)
    return gap === null ? answerRead(q) : { error: gap }
  } catch (error) {
    if (error instanceof BadQuestion) return { error: error.problem }
    if (!(error instanceof RangeError)) throw error
    const problem = {
      code: 'out_of_range',
      at: '',
      zh: '日期超出日历可计算的范围（1970–2150 年）。',
      en: error.message,
    } as const
    return { error: problem }
  }
}
