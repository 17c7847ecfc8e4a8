// Names and numbers as screens may show them: masked persons, the readable tail of a case number, instants in the
// zone of their calendar. No personal data leaves here unmasked for a wall (L7).

import type { Card } from '../core/card/card.ts'
import type { Law } from '../core/law/law.ts'
import { newest } from '../core/law/law.ts'
import type { Calendar } from '../core/time/calendar.ts'
import { printDay, printInstant } from '../core/time/civil.ts'
import type { Day, Instant } from '../core/time/instant.ts'

/** 张三丰 → 张*; compound surnames keep one character too: the mask never tells the length of a name. */
export const masked = (name: string | null): string | null => {
  if (name === null || name === '') return null
  const [first] = name
  return `${first}*`
}

const TAIL = 13

/** The last readable part of a case number: `…20260917-0042`. */
export const tailOf = (projectNo: string): string =>
  projectNo.length <= TAIL ? projectNo : `…${projectNo.slice(-TAIL)}`

export const instantIn = (calendar: Calendar, at: Instant | null): string | null =>
  at === null ? null : printInstant(at, calendar.zone)

/** Instants of a payload stand in a fact as milliseconds; people and machines read them with their offset. */
export const writtenInstants = (
  payload: Readonly<Record<string, unknown>>,
  calendar: Calendar,
): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(payload).map(([key, value]) => {
      const isInstant = key.endsWith('_at') && typeof value === 'number'
      return [key, isInstant ? instantIn(calendar, value as Instant) : value]
    }),
  )

export const dayText = (day: Day | null): string | null => (day === null ? null : printDay(day))

export interface Named {
  readonly name: string
  readonly nameEn: string
}

const NO_NAME = { name: '—', nameEn: '—' }

/** The newest name of a code, or the code itself, marked as not in the catalogue by being bare. */
export const departmentName = (law: Law, code: string): Named & { shortName: string } => {
  const row = newest(law.tables.departments.get(code))
  if (row !== null) return row
  return code === '-' ? { ...NO_NAME, shortName: '—' } : { name: code, nameEn: code, shortName: code }
}

export const itemName = (law: Law, code: string): Named => {
  const row = newest(law.tables.items.get(code))
  if (row !== null) return row
  return code === '-' ? NO_NAME : { name: code, nameEn: code }
}

/** The newest name of a source, or its code. */
export const sourceName = (law: Law, code: string): string => newest(law.tables.sources.get(code))?.name ?? code

/** What a card is called that is of no case: its source, its code; null: it is of a case. */
export const loneName = (law: Law, { subjectKind, subject }: Pick<Card, 'subjectKind' | 'subject'>): string | null => {
  if (subjectKind === 'case') return null
  return subjectKind === 'source' ? sourceName(law, subject) : subject
}

/** A window's name; `@department` is that department's back office (M5). */
export const windowName = (law: Law, code: string): Named => {
  if (code.startsWith('@')) {
    const department = departmentName(law, code.slice(1))
    return { name: `后台（${department.shortName}）`, nameEn: `Back office (${department.nameEn})` }
  }
  return newest(law.tables.windows.get(code)) ?? { name: code, nameEn: code }
}
