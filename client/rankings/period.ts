// Periods as the picker of a ranking speaks of them: 2026, 2026-H1, 2026-Q3, 2026-07; the one before, the one after, the
// one of another kind around a day. Other periods the address may bear (a day, a range, all) are shown and not stepped.

import type { Words } from '../i18n/words.ts'

export const PERIOD_KINDS = ['quarter', 'half', 'year', 'month'] as const
export type PeriodKind = (typeof PERIOD_KINDS)[number]

interface Read {
  kind: PeriodKind
  year: number
  /** 1 to 4, 1 to 2, 1, 1 to 12. */
  n: number
}

const IN_YEAR: Readonly<Record<PeriodKind, number>> = { quarter: 4, half: 2, year: 1, month: 12 }

const two = (n: number): string => String(n).padStart(2, '0')

export const readPeriod = (name: string): Read | null => {
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

/** The period so many steps later; null for a period that has no steps. */
export const stepPeriod = (name: string, by: number): string | null => {
  const read = readPeriod(name)
  if (read === null) return null
  const many = IN_YEAR[read.kind]
  const index = read.year * many + read.n - 1 + by
  return nameOf({ kind: read.kind, year: Math.floor(index / many), n: (index % many) + 1 })
}

/** The period of a kind that a day (YYYY-MM-DD) lies in. */
export const periodAround = (kind: PeriodKind, on: string): string => {
  const [year = 0, month = 1] = on.split('-').map(Number)
  return nameOf({ kind, year, n: Math.ceil(month / (12 / IN_YEAR[kind])) })
}

/** Whether a period has begun by a day. */
export const hasBegun = (name: string, on: string): boolean => {
  const read = readPeriod(name)
  if (read === null) return false
  const month = (read.n - 1) * (12 / IN_YEAR[read.kind]) + 1
  return `${read.year}-${two(month)}-01` <= on
}

export const periodText = (t: Words, name: string): string => {
  const read = readPeriod(name)
  if (read === null) return name === 'all' ? t.rankings.allTime : name
  return t.rankings.period[read.kind](read.year, read.n)
}
