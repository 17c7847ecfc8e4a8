// What is used of a clock of a case and what is left, in the unit of its limit, as of the instant at which the page is read:
// never office hours as days, and on the due day the office time to closing and not the night to midnight (U5). Pure.

import type { CaseView, ExplainView } from '../../server/contract/api.ts'
import { amountText } from '../due/due.ts'
import type { LimitUnit } from '../due/question.ts'
import type { Words } from '../i18n/words.ts'

/** A due that was stated bears no limit: working days are counted to it. */
export const unitOf = (limit: string): LimitUnit => {
  const [, unit = limit === '0' ? '0' : 'WD'] = /^\d+(WD|ND|M|H)$/.exec(limit) ?? []
  return unit as LimitUnit
}

type Told = Pick<ExplainView, 'limit' | 'used' | 'remaining' | 'late_by' | 'late_unsaid' | 'office_left'>

export const leftText = (t: Words, clock: Told, isEnded: boolean): string => {
  const unit = unitOf(clock.limit)
  if (clock.late_unsaid) return t.case.overdue.waits
  if (clock.late_by > 0) return t.case.lateBy(clock.late_by)
  if (isEnded) return t.case.used(amountText(t, clock.used, unit))
  // past its due instant, and by no working day yet
  if (clock.office_left === null) return t.case.pastDue
  const { work_days: days, minutes } = clock.office_left
  if (unit === 'H' || clock.remaining > 0) return t.case.remaining(amountText(t, clock.remaining, unit))
  if (days === 0 && minutes === 0) return t.case.dueShut
  return t.case.dueToday(t.dueForm.officeTime(Math.floor(minutes / 60), minutes % 60))
}

/** The unit in which custody is counted: that of the main clock, which is the promise where there is one. */
export const countedIn = (explain: readonly Pick<ExplainView, 'clock' | 'limit'>[]): LimitUnit => {
  const main = explain.find(({ clock }) => clock === 'promise') ?? explain.find(({ clock }) => clock === 'statute')
  return main === undefined ? 'WD' : unitOf(main.limit)
}

/** "3 日", "2 小时 15 分"; what an applicant or an intermediary holds is not counted. */
export const countedText = (t: Words, span: CaseView['used_by'][number], unit: LimitUnit): string => {
  const { holder, counted_wd: counted } = span
  if (counted === 0 && (holder.role === 'applicant' || holder.role === 'intermediary')) return t.case.notCounted
  return unit === 'H' ? amountText(t, counted, 'H') : t.case.counted(counted)
}
