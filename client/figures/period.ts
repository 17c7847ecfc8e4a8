// Periods as the pickers speak of them: 2026, 2026-H1, 2026-Q3, 2026-07, 2026-07-14; the one before, the one after, the
// one of another kind around a day. A range and all time are shown and not stepped. Pure.

import type { Words } from '../i18n/words.ts'
import { civilDate } from '../lib/hours.ts'

export const PERIOD_KINDS = ['quarter', 'half', 'year', 'month', 'day'] as const
export type PeriodKind = (typeof PERIOD_KINDS)[number]

type Named = Exclude<PeriodKind, 'day'>

interface Read {
  kind: Named
  year: number
  /** 1 to 4, 1 to 2, 1, 1 to 12. */
  n: number
}

const IN_YEAR: Readonly<Record<Named, number>> = { quarter: 4, half: 2, year: 1, month: 12 }

const two = (n: number): string => String(n).padStart(2, '0')

const readNamed = (name: string): Read | null => {
  const match = /^(\d{4})(?:-(?:Q([1-4])|H([12])|(0[1-9]|1[0-2])))?$/.exec(name)
  if (match === null) return null
  const year = Number(match[1])
  if (match[2] !== undefined) return { kind: 'quarter', year, n: Number(match[2]) }
  if (match[3] !== undefined) return { kind: 'half', year, n: Number(match[3]) }
  if (match[4] !== undefined) return { kind: 'month', year, n: Number(match[4]) }
  return { kind: 'year', year, n: 1 }
}

const nameOf = ({ kind, year, n }: Read): string => {
  if (kind === 'quarter') return `${year}-Q${n}`
  if (kind === 'half') return `${year}-H${n}`
  return kind === 'month' ? `${year}-${two(n)}` : String(year)
}

const DAY = /^\d{4}-\d\d-\d\d$/
const DAY_MS = 86_400_000

const isDay = (name: string): boolean => DAY.test(name) && !Number.isNaN(Date.parse(`${name}T00:00:00Z`))

/** What kind a period is; null for a range, all time, or what cannot be read. */
export const kindOf = (name: string): PeriodKind | null => (isDay(name) ? 'day' : (readNamed(name)?.kind ?? null))

/** The period so many steps later; null for a period that has no steps. */
export const stepPeriod = (name: string, by: number): string | null => {
  if (isDay(name)) return new Date(Date.parse(`${name}T00:00:00Z`) + by * DAY_MS).toISOString().slice(0, 10)
  const read = readNamed(name)
  if (read === null) return null
  const many = IN_YEAR[read.kind]
  const index = read.year * many + read.n - 1 + by
  return nameOf({ kind: read.kind, year: Math.floor(index / many), n: (index % many) + 1 })
}

/** The period of a kind that a day (YYYY-MM-DD) lies in. */
export const periodAround = (kind: PeriodKind, on: string): string => {
  if (kind === 'day') return on
  const [year = 0, month = 1] = on.split('-').map(Number)
  return nameOf({ kind, year, n: Math.ceil(month / (12 / IN_YEAR[kind])) })
}

/** Whether a period has begun by a day. */
export const hasBegun = (name: string, on: string): boolean => {
  if (isDay(name)) return name <= on
  const read = readNamed(name)
  if (read === null) return false
  const month = (read.n - 1) * (12 / IN_YEAR[read.kind]) + 1
  return `${read.year}-${two(month)}-01` <= on
}

/** The two days of a range `from..to`; null for what is none. */
export const rangeOf = (name: string): { from: string; to: string } | null => {
  const [from = '', to = '', more] = name.split('..')
  return more === undefined && isDay(from) && isDay(to) && from <= to ? { from, to } : null
}

const dayText = (t: Words, on: string): string => {
  const date = civilDate(on)
  return t.rankings.day(date.year, t.monthDay(date.month, date.day))
}

export const periodText = (t: Words, name: string): string => {
  if (name === 'all') return t.rankings.allTime
  if (isDay(name)) return dayText(t, name)
  const range = rangeOf(name)
  if (range !== null) return t.rankings.range(dayText(t, range.from), dayText(t, range.to))
  const read = readNamed(name)
  return read === null ? name : t.rankings.period[read.kind](read.year, read.n)
}
