// One clock of a case explained (T14) in the shapes of the API: sentences, segments that sum to the due day, the strip
// of days, and the versions of calendar, item and law it rests on. All reckoning is core's; here it is only worded.

import type { ClockName, ExplainView } from '../contract/api.ts'
import type { Card } from '../core/card/card.ts'
import { latenessSaid } from '../core/card/standing.ts'
import type { Judgement } from '../core/case/judge.ts'
import type { JudgedPause } from '../core/case/pauses.ts'
import type { Clock } from '../core/case/reckon.ts'
import type { Law } from '../core/law/law.ts'
import { type ExplainOptions, explainClock } from '../core/time/explain.ts'
import { type EndWords, type PauseWords, UNSAID_STARTS, type Words } from '../core/time/explain-words.ts'
import { asInstant, type Instant } from '../core/time/instant.ts'
import { limitWords, printLimit } from '../core/time/limit.ts'
import { officeLeft } from '../core/time/used.ts'
import { dayText, instantIn } from './words.ts'

const PAUSE_WORDS: Readonly<Record<string, PauseWords>> = {
  hearing: { zh: '听证', en: 'a hearing' },
  tender: { zh: '招标', en: 'a tender' },
  auction: { zh: '拍卖', en: 'an auction' },
  inspection: { zh: '检验', en: 'an inspection' },
  testing: { zh: '检测', en: 'testing' },
  quarantine: { zh: '检疫', en: 'quarantine' },
  appraisal: { zh: '鉴定', en: 'an appraisal' },
  expert_review: { zh: '专家评审', en: 'an expert review' },
  publicity: { zh: '公示', en: 'publicity' },
  other: { zh: '其他特别程序', en: 'another procedure' },
}

export const pauseWords = (kind: string): PauseWords => PAUSE_WORDS[kind] ?? { zh: kind, en: kind }

const LIMIT_NAMES = {
  promise: { zh: '承诺', en: 'promised' },
  statute: { zh: '法定', en: 'statutory' },
  step: { zh: '环节时限', en: 'step limit' },
  notice: { zh: '补正告知时限', en: 'limit for the correction notice' },
  delivery: { zh: '送达时限', en: 'limit for delivery' },
  pause: { zh: '特别程序期限', en: 'limit of the special procedure' },
  review: { zh: '初审时限', en: 'limit of the first review' },
  joint: { zh: '联办回复时限', en: 'limit of the joint reply' },
  complaint_take_up: { zh: '投诉受理时限', en: 'limit to take up the complaint' },
  complaint_answer: { zh: '投诉答复时限', en: 'limit to answer the complaint' },
  bad_rating_answer: { zh: '差评回复时限', en: 'limit to answer the bad rating' },
} as const satisfies Record<ClockName, { zh: string; en: string }>

const GREEN = { zh: '绿色通道时限', en: 'the green channel allows' }
const CUT = { zh: '承诺长于法定，按法定', en: 'the promise is longer than the statute, which holds:' }

/** What began the clock, where it was not acceptance. */
const START_WORDS: Partial<Record<ClockName, { zh: string; en: string }>> = {
  step: { zh: '本环节开始', en: 'The step began' },
  notice: { zh: '收件', en: 'Received' },
  delivery: { zh: '作出准予决定', en: 'Granted' },
  pause: { zh: '特别程序开始', en: 'The special procedure began' },
  joint: { zh: '分发联办', en: 'Dispatched to the member' },
  complaint_take_up: { zh: '收到投诉', en: 'Complained of' },
  complaint_answer: { zh: '收到投诉', en: 'Complained of' },
  bad_rating_answer: { zh: '收到差评', en: 'Rated' },
}

/** What began a clock that runs from acceptance; undefined: acceptance itself, by word. */
const acceptanceWords = ({ acceptedAt, deemed, missing, accepted, received }: Judgement): Words | undefined => {
  if (acceptedAt === null) return undefined
  if (deemed) return UNSAID_STARTS.deemed
  if (missing) return received === null ? UNSAID_STARTS.first : UNSAID_STARTS.received
  return accepted === null ? UNSAID_STARTS.corrected : undefined
}

/** What meets a clock, where it is not the conclusion of the case. */
const END_WORDS: Partial<Record<ClockName, EndWords>> = {
  step: {
    done: { zh: '本环节结束', en: 'The step ended on' },
    open: { zh: '本环节未结束', en: 'the step was still open' },
  },
  notice: { done: { zh: '告知', en: 'Told on' }, open: { zh: '未告知', en: 'nothing had been told' } },
  delivery: { done: { zh: '送达', en: 'Delivered on' }, open: { zh: '未送达', en: 'it was not delivered' } },
  pause: { done: { zh: '恢复', en: 'Resumed on' }, open: { zh: '未恢复', en: 'it was not resumed' } },
  review: {
    done: { zh: '转报上级', en: 'Handed upward on' },
    open: { zh: '未转报上级', en: 'it was not handed upward' },
  },
  joint: { done: { zh: '回复', en: 'Replied on' }, open: { zh: '未回复', en: 'there was no reply' } },
}

/** When the clock was met, or its case ended; `now` up to which it is told, null where nobody knows how it went on. */
const standingOf = (clock: Clock, judgement: Judgement, now: Instant): Pick<ExplainOptions, 'concludedAt' | 'now'> => {
  if (clock.kind === 'step') {
    const step = judgement.steps.find((row) => row.clock === clock)
    return { concludedAt: step?.endedAt ?? null, now }
  }
  const duty = judgement.duties.find((row) => row.clock === clock)
  if (duty === undefined) return { concludedAt: judgement.concluded?.at ?? null, now }
  return { concludedAt: duty.endedAt, now: duty.heard ? now : null }
}

/** The pause behind the input's pause of that index. */
const behind = (clock: Clock, judged: readonly JudgedPause[], index: number): JudgedPause | null => {
  const span = clock.input.pauses[index]
  // of a limit in hours the span ends with the last approved day
  const isSpan = (pause: JudgedPause): boolean => pause.from === span?.from && pause.until === span.to
  return judged.find((pause) => pause === span) ?? judged.find(isSpan) ?? null
}

const kindOf = (clock: Clock, judged: readonly JudgedPause[], index: number): string =>
  behind(clock, judged, index)?.pause.kind ?? 'other'

/** Ground and end of a pause, as they stand at `now`: only what was resumed is told as resumed. */
const wordsOf = (found: JudgedPause | null, now: Instant): PauseWords => {
  if (found === null) return pauseWords('other')
  const { pause, cap, capAt, to, overAt } = found
  const ground = pauseWords(pause.kind)
  if (to < capAt && (pause.to === null || to < pause.to)) return { ...ground, cut: true }
  if (pause.to !== null && pause.to <= now && pause.to < overAt) return ground
  if (overAt > now) return { ...ground, open: true }
  const days = limitWords(cap)
  return { ...ground, capped: { zh: `批准 ${days.zh}`, en: `approved for ${days.en}` } }
}

/** What its limit is called: by whose word it holds. */
const limitNameOf = (clock: Clock, judgement: Judgement): { zh: string; en: string } => {
  if (clock.limitFrom === 'green') return GREEN
  return clock.kind === 'promise' && judgement.flags.includes('promise_cut') ? CUT : LIMIT_NAMES[clock.kind]
}

/** A stated due is printed as it was stated: no limit leads to it. */
const limitText = ({ stated, limit, grounds }: Clock): string => {
  if (stated === null) return printLimit(limit)
  return typeof stated === 'string' ? stated : (instantIn(grounds.calendar, asInstant(stated)) ?? '')
}

const optionsFor = (clock: Clock, judgement: Judgement, now: Instant): ExplainOptions => {
  // a member without a limit of its own answers within the statute, which begins with acceptance
  const fromAcceptance = clock.kind === 'joint' && clock.input.start === judgement.acceptedAt
  const startWords = (fromAcceptance ? undefined : START_WORDS[clock.kind]) ?? acceptanceWords(judgement)
  const standing = standingOf(clock, judgement, now)
  const endedAt = standing.concludedAt
  // a clock that its case's end cut short was not met by it: that is said as the end of the case
  const cutShort = endedAt !== null && endedAt === judgement.concluded?.at && clock.kind !== 'delivery'
  const endWords = cutShort ? undefined : END_WORDS[clock.kind]
  return {
    ...standing,
    pauseWords: (index) => wordsOf(behind(clock, judgement.pauses, index), now),
    limitName: limitNameOf(clock, judgement),
    latest: judgement.paused && clock.input.pauses.length > 0,
    ...(startWords === undefined ? {} : { startWords }),
    ...(endWords === undefined ? {} : { endWords }),
  }
}

/** What is left of office time, of a clock that still runs; the hours that wait for it to close count no night. */
const officeLeftView = (clock: Clock, judgement: Judgement, now: Instant): ExplainView['office_left'] => {
  const { concludedAt, now: at } = standingOf(clock, judgement, now)
  const left = concludedAt !== null || at === null ? null : officeLeft(clock.grounds.calendar, clock.input, now)
  return left === null ? null : { work_days: left.workDays, minutes: left.minutes }
}

/** Past its due instant, when it was met or now. */
const isOver = (clock: Clock, judgement: Judgement, now: Instant): boolean => {
  const { concludedAt, now: at } = standingOf(clock, judgement, now)
  const end = concludedAt ?? at
  return end !== null && end > clock.due.dueAt
}

export interface Explained {
  readonly clock: Clock
  readonly judgement: Judgement
  readonly law: Law
  /** Up to which it is told. */
  readonly now: Instant
  /** Whether it was missed is not said yet (M1): no over-days are told, in words, number or strip. */
  readonly unsaid: boolean
}

export const explainView = ({ clock, judgement, law, now, unsaid }: Explained): ExplainView => {
  const { calendar, item } = clock.grounds
  const told = explainClock(calendar, clock.input, clock.due, {
    ...optionsFor(clock, judgement, now),
    unsaid,
  })
  return {
    clock: clock.kind,
    ref: clock.ref,
    step_code: clock.stepCode,
    limit: limitText(clock),
    limit_from: clock.limitFrom,
    due_on: dayText(clock.due.dueOn) ?? '',
    due_at: instantIn(calendar, clock.due.dueAt) ?? '',
    provisional: clock.due.provisional,
    used: told.used,
    remaining: told.remaining,
    late_by: unsaid ? 0 : told.lateBy,
    late_unsaid: unsaid && isOver(clock, judgement, now),
    office_left: officeLeftView(clock, judgement, now),
    segments: told.segments.map((segment) => ({
      kind: segment.kind,
      from: dayText(segment.from) ?? '',
      to: dayText(segment.to) ?? '',
      counted: segment.counted,
      note: segment.pause === null ? null : pauseWords(kindOf(clock, judgement.pauses, segment.pause)).zh,
    })),
    days: told.days.map((day) => ({
      on: dayText(day.on) ?? '',
      kind: day.kind,
      name: day.name,
      number: day.number,
      paused: day.paused?.zh ?? null,
      extended: day.extended,
      due: day.due,
      concluded: day.concluded,
      late: unsaid ? 0 : day.late,
    })),
    zh: told.zh,
    en: told.en,
    versions: {
      calendar: `${calendar.id}@${calendar.version}`,
      item: item === null ? null : `${item.code}@${item.entry}`,
      law: `${law.profile.id}@${law.version}`,
    },
  }
}

/** The clock that a card is about, in a judgement of its case; null: it is about none. */
export const clockOfCard = (card: Card, judgement: Judgement): Clock | null => {
  const { promise, statute, steps, duties } = judgement
  const clocks = [promise, statute, ...steps.map((step) => step.clock), ...duties.map((duty) => duty.clock)]
  const isIt = (clock: Clock): boolean =>
    clock.kind === card.basis.clock && (clock.ref === '' || card.occasion.endsWith(`:${clock.ref}`))
  return clocks.find((clock) => clock !== null && isIt(clock)) ?? null
}

const OF_LIMIT: readonly Clock['kind'][] = ['promise', 'statute']

/**
 * The clocks of which it is not yet said whether they were missed: their card waits for a calendar, a delivery or a person
 * and none that counts says it; of promise and statute also where the case as a whole waits (M1).
 */
export const unsaidClocks = (
  judgement: Judgement,
  cards: readonly Card[],
  isWaiting: boolean,
): ((of: Clock) => boolean) => {
  const about = cards
    .filter(({ rule }) => rule !== 'T-01')
    .map((card) => ({ card, clock: clockOfCard(card, judgement) }))
  return (of) => {
    const said = latenessSaid(about.filter(({ clock }) => clock === of).map(({ card }) => card))
    return said === 'waits' || (said === null && isWaiting && OF_LIMIT.includes(of.kind))
  }
}
