// What an answer of the limit calculator says beside its due day, in words and in order. Pure.

import type { DueView } from '../../server/contract/due.ts'
import { dayText, dueText } from '../frame/tell.ts'
import type { Words } from '../i18n/words.ts'
import type { LimitUnit } from './question.ts'

/** So much of a limit: working days, days, or office time kept in minutes. */
export const amountText = (t: Words, n: number, unit: LimitUnit): string => {
  if (unit === 'H') return t.dueForm.officeTime(Math.trunc(n / 60), Math.abs(n % 60))
  return t.limit(n, unit === 'ND' || unit === 'M' ? 'ND' : 'WD')
}

export const dueWords = (t: Words, found: DueView, unit: LimitUnit): { label: string; value: string }[] => {
  const all: [string, string | null][] = [
    [
      found.deemed ? t.dueForm.deemedOn : t.dueForm.acceptedOn,
      found.accepted_on === null ? null : dayText(t, found.accepted_on, true),
    ],
    [t.dueForm.noticeDue, found.notice_due_on === null ? null : dayText(t, found.notice_due_on, true)],
    [t.dueForm.warnOn, found.warn_on === null ? null : dueText(t, found.warn_on, found.warn_at)],
    [t.dueForm.used, found.used === null ? null : amountText(t, found.used, unit)],
    [
      t.dueForm.remaining,
      found.remaining === null || found.remaining < 0 ? null : amountText(t, found.remaining, unit),
    ],
    [t.dueForm.urgeDue, found.urge_due_on === null ? null : dayText(t, found.urge_due_on, true)],
    [t.dueForm.proposal, found.proposal_from === null ? null : dayText(t, found.proposal_from, true)],
  ]
  return all.flatMap(([label, value]) => (value === null ? [] : [{ label, value }]))
}

export interface SegmentLine {
  kind: string
  from: string
  to: string
  days: number
  counted: number
  /** Running sum with this segment. */
  sum: number
}

const DAY_MS = 86_400_000

/** The segments with their running sum: what stands in the last line is the limit. */
export const segmentLines = (segments: DueView['segments']): SegmentLine[] => {
  let sum = 0
  return segments.map(({ kind, from, to, counted }) => {
    sum += counted
    return { kind, from, to, counted, sum, days: (Date.parse(to) - Date.parse(from)) / DAY_MS + 1 }
  })
}
