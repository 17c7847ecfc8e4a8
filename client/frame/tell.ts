// Saying facts in the words of the office: dates with their weekday, who holds a case, what an event carried. Pure.

import type { CardView, HolderView } from '../../server/contract/api.ts'
import { type Words, wordFor } from '../i18n/words.ts'
import { civilDate, writtenTime } from '../lib/hours.ts'

/** "2026-05-18" → "5月18日 周一", "Mon 18 May"; with the year where asked. */
export const dayText = (t: Words, on: string | null, withYear = false): string => {
  if (on === null) return '—'
  const date = civilDate(on)
  const [day, weekday] = [t.monthDay(date.month, date.day), t.weekday(date.weekday)]
  if (t.lang === 'en') return `${weekday} ${day}${withYear ? ` ${date.year}` : ''}`
  return `${withYear ? `${date.year}年` : ''}${day} ${weekday}`
}

/** The last second of a day is that day's end (T3): people read 24:00, not 23:59. */
const endOfDay = (written: { at: string; seconds: string }): string =>
  written.seconds === '23:59:59' ? '24:00' : written.at

/** An instant as written, with its weekday: "5月19日 周二 00:00". */
export const instantText = (t: Words, instant: string | null): string => {
  if (instant === null) return '—'
  const written = writtenTime(instant)
  return `${dayText(t, written.on)} ${endOfDay(written)}`
}

/**
 * An instant as a list says it: with its year, unless that is the year of the supervision clock (`now`, a day or an
 * instant as written); always with it where the clock is not known.
 */
export const listedText = (t: Words, instant: string | null, now: string | null): string => {
  if (instant === null) return '—'
  const written = writtenTime(instant)
  return `${dayText(t, written.on, written.on.slice(0, 4) !== now?.slice(0, 4))} ${endOfDay(written)}`
}

/** What is known by its day alone (I15): the day as a list says it, and that it is the day alone. */
export const dayOnlyText = (t: Words, instant: string, now: string | null): string => {
  const { on } = writtenTime(instant)
  return `${dayText(t, on, on.slice(0, 4) !== now?.slice(0, 4))} ${t.case.byDay}`
}

/** The last instant of a day reads as that day's end, not as a time of it. */
export const dueText = (t: Words, on: string, at: string | null): string => {
  const text = dayText(t, on, true)
  if (at === null) return text
  return `${text} ${endOfDay(writtenTime(at))}`
}

/** How a card stands; one that wants no answer is told, not waited for. */
export const stateText = (t: Words, card: Pick<CardView, 'state' | 'reply_due_at'>): string =>
  card.state === 'notified' && card.reply_due_at === null ? t.case.told : wordFor(t.state, card.state)

/** A limit of the law's syntax in words: 20WD → 20 个工作日, 0 → 当日办结. */
export const limitText = (t: Words, limit: string): string => {
  // a stated due is printed as it was stated: no limit leads to it (T10)
  if (/^\d{4}-\d\d-\d\d$/.test(limit)) return dayText(t, limit, true)
  if (/^\d{4}-\d\d-\d\dT/.test(limit)) return dueText(t, limit.slice(0, 10), limit)
  const read = /^(\d+)(WD|ND|M|H)?$/.exec(limit)
  return read === null ? limit : t.limit(Number(read[1]), read[2] ?? '')
}

export const holderText = (t: Words, holder: HolderView | null): string => {
  if (holder === null) return '—'
  const named = holder.role === 'applicant' || (holder.role === 'back' && holder.operator_name !== null)
  const place = holder.window_no ?? (named ? null : holder.org_name)
  return [t.role[holder.role], place, holder.operator_name].filter((part) => part !== null).join(' ')
}

const isLimit = (value: object): value is { value: number; unit: string } => 'value' in value && 'unit' in value

const valueText = (t: Words, value: unknown, now: string | null): string => {
  if (value === null || value === undefined) return '—'
  if (typeof value === 'boolean') return value ? t.yes : t.no
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)) return dayText(t, value, true)
  if (typeof value === 'string') return /^\d{4}-\d\d-\d\dT/.test(value) ? listedText(t, value, now) : value
  if (Array.isArray(value)) return value.map((part) => valueText(t, part, now)).join(t.marks.list)
  if (typeof value === 'object')
    return isLimit(value)
      ? limitText(t, `${value.value}${value.unit}`)
      : payloadPairs(t, value as Record<string, unknown>, now)
          .map((pair) => `${pair.key} ${pair.value}`)
          .join(' ')
  return String(value)
}

const codeText = (
  t: Words,
  key: string,
  value: string,
  now: string | null,
  steps: ReadonlyMap<string, string>,
): string => {
  if (key === 'step_code') return steps.get(value) ?? value
  if (key === 'limit') return limitText(t, value)
  if (key === 'limit_from') return wordFor(t.explain.limitFrom, value)
  if (key === 'kind') return wordFor(t.pauseKind, value)
  if (t.values[key] !== undefined) return wordFor(t.values[key], value)
  return key === 'result' ? wordFor(t.case.outcome, value) : valueText(t, value, now)
}

/** What an event carried; its instants say their year as those of a list do, its steps what their item calls them. */
export const payloadPairs = (
  t: Words,
  payload: Record<string, unknown>,
  now: string | null = null,
  steps: ReadonlyMap<string, string> = new Map(),
): { key: string; value: string }[] =>
  Object.entries(payload)
    .filter(([, value]) => value !== null && value !== '')
    .map(([key, value]) => ({
      key: wordFor(t.payload, key),
      value: typeof value === 'string' ? codeText(t, key, value, now, steps) : valueText(t, value, now),
    }))
