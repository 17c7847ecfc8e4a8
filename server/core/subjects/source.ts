// The source as a subject (I13, W-03): what it has sent and when, its clock of silence, its card. A live source that says
// nothing in office hours for three times its usual gap, and for two hours at least, is silent; a batch source is, when a
// delivery due at one of its hours has not come within its grace. Nothing is said of a source that no catalogue lists, of
// one whose usual gap is not known yet, of one in batches that names no hours or has delivered nothing so far: a guess
// accuses nobody. As soon as it is heard, the card is lifted.

import type { Finding } from '../card/card.ts'
import { declarationAt, type Law, type Source } from '../law/law.ts'
import type { SubjectKind } from '../subject.ts'
import type { Calendar } from '../time/calendar.ts'
import { printDay } from '../time/civil.ts'
import { asInstant, type Instant } from '../time/instant.ts'
import { addOfficeMs, officeMsBetween } from '../time/run.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
/** Gaps that are remembered, and as many as are wanted before any of them is called usual. */
const MOST_GAPS = 16
const LEAST_GAPS = 8
/** Silent for so many times its usual gap, and for so long at least. */
const USUAL_GAPS = 3
const LEAST_SILENCE_MS = 2 * HOUR_MS

export interface SourceState {
  /** Ends of the minutes in which it was heard by wire, the newest last. */
  readonly heard: readonly Instant[]
  /** End of the minute in which anything came of it last, by wire or file; of a past record nothing counts. */
  readonly deliveredAt: Instant | null
}

const NEVER: SourceState = { heard: [], deliveredAt: null }

const minuteEnd = (at: Instant): Instant => asInstant(Math.ceil(at / MINUTE_MS) * MINUTE_MS)

/** The usual gap in office time, ms; null: not known yet. Nights and days off are in none. */
const usualGapMs = (heard: readonly Instant[], calendar: Calendar): number | null => {
  if (heard.length <= LEAST_GAPS) return null
  const gaps = heard.slice(1).map((at, i) => officeMsBetween(calendar, heard[i] as Instant, at))
  gaps.sort((a, b) => a - b)
  const middle = gaps.length >> 1
  const upper = gaps[middle] as number
  return gaps.length % 2 === 1 ? upper : ((gaps[middle - 1] as number) + upper) / 2
}

interface Silence {
  /** When it is silent from. */
  readonly limitAt: Instant
  readonly basis: Finding['basis']
}

const liveSilence = ({ heard }: SourceState, calendar: Calendar): Silence | null => {
  const last = heard.at(-1)
  const usual = usualGapMs(heard, calendar)
  if (last === undefined || usual === null) return null
  const limitMs = Math.max(LEAST_SILENCE_MS, USUAL_GAPS * usual)
  const basis = { heard_at: last, usual_gap_ms: usual, limit_ms: limitMs }
  return { limitAt: addOfficeMs(calendar, last, limitMs), basis }
}

/** The first of its hours on a working day after an instant. */
const deliveryAfter = (at: Instant, hours: readonly string[], calendar: Calendar): Instant => {
  const minutes = hours.map((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3))).sort((a, b) => a - b)
  const onDay = (from: Instant): Instant[] => minutes.map((minute) => asInstant(from + minute * MINUTE_MS))
  const today = calendar.dayOf(at)
  const left = calendar.isWorkDay(today) ? onDay(calendar.startOf(today)).find((hour) => hour > at) : undefined
  return left ?? (onDay(calendar.startOf(calendar.addWorkDays(today, 1)))[0] as Instant)
}

const batchSilence = (
  { deliveredAt }: SourceState,
  { deliversAt, graceWorkDays }: NonNullable<Source['batch']>,
  calendar: Calendar,
): Silence | null => {
  if (deliveredAt === null || deliversAt.length === 0) return null
  const dueAt = deliveryAfter(deliveredAt, deliversAt, calendar)
  const day = calendar.dayOf(dueAt)
  const graceOn = calendar.addWorkDays(day, graceWorkDays)
  const limitAt = asInstant(calendar.startOf(graceOn) + (dueAt - calendar.startOf(day)))
  return { limitAt, basis: { delivered_at: deliveredAt, delivery_due_at: dueAt } }
}

const NOBODY = { role: 'back', org: null, window: null, operator: null, operatorName: null } as const

const findingOf = ({ limitAt, basis }: Silence, key: string, { rules, homeCalendar }: Law): Finding => ({
  rule: 'W-03',
  // the first day of the episode (C2)
  occasion: printDay(homeCalendar.dayOf(limitAt)),
  level: rules.get('W-03')?.level ?? 1,
  limitAt,
  holder: NOBODY,
  basis: { source: key, ...basis },
  provisional: !homeCalendar.isCovered(homeCalendar.dayOf(limitAt)),
  waits: false,
})

/** When another declaration of it begins to hold; null: none is to come. */
const declaredNext = (law: Law, key: string, now: Instant): Instant | null => {
  const { homeCalendar: calendar, tables } = law
  const starts = (tables.sources.get(key) ?? []).map(({ validFrom }) => calendar.startOf(validFrom))
  const ahead = starts.filter((at) => at > now)
  return ahead.length === 0 ? null : asInstant(Math.min(...ahead))
}

const earlier = (a: Instant | null, b: Instant | null): Instant | null => (a === null || (b !== null && b < a) ? b : a)

export const source: SubjectKind<SourceState> = {
  kind: 'source',
  keyOf: ({ source: name, past }) => (past ? null : name),
  fold(before, arrived, at) {
    const state = before ?? NEVER
    const minute = minuteEnd(at)
    const isHeard = arrived.some(({ live }) => live) && state.heard.at(-1) !== minute
    if (!isHeard && state.deliveredAt === minute) return state
    const heard = isHeard ? [...state.heard, minute].slice(-MOST_GAPS - 1) : state.heard
    return { heard, deliveredAt: minute }
  },
  judge(state, key, law, now) {
    const declared = declarationAt(law, key, now)
    const next = declaredNext(law, key, now)
    if (declared === null) return { findings: [], nextTurnAt: next }
    const { batch } = declared
    const calendar = law.homeCalendar
    const silence = batch === null ? liveSilence(state, calendar) : batchSilence(state, batch, calendar)
    if (silence === null) return { findings: [], nextTurnAt: next }
    if (silence.limitAt > now) return { findings: [], nextTurnAt: earlier(silence.limitAt, next) }
    return { findings: [findingOf(silence, key, law)], nextTurnAt: next }
  },
}
