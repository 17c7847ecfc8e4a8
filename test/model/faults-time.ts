// Faults of calendars, limits and their counting.

import { type Fault, fault } from './plant.ts'

export const TIME: readonly Fault[] = [
  fault(
    'T1 make-up days are off',
    'time/calendar.ts',
    "entry.kind === 'work') workDays",
    "entry.kind === 'off') workDays",
  ),
  fault(
    'T1a no statutory days',
    'time/calendar.ts',
    "if (listed.get(day)?.kind !== 'off') listed.set(day",
    "if (listed.get(day)?.kind === 'off') listed.set(day",
  ),
  fault(
    'T1 no closing hour',
    'time/calendar.ts',
    'const last = (hours[hours.length - 1] as MinuteSpan)[1]',
    'const last = (hours[0] as MinuteSpan)[1]',
  ),
  fault(
    'T2 the acceptance day counts for everybody',
    'time/limit.ts',
    'countAcceptanceDay ? asDay(day - 1) : day',
    'countAcceptanceDay ? day : asDay(day - 1)',
  ),
  fault(
    'T3 closing is not the end',
    'time/limit.ts',
    'const closing = input.rule.dueAtClosing ? calendar.closingOf(dueOn) : null',
    'const closing = null',
  ),
  fault(
    'T4 a month is thirty days',
    'time/limit.ts',
    "limit.unit === 'M' ? addMonths(day, limit.value) : sameDay",
    "limit.unit === 'M' ? asDay(day + 30 * limit.value) : sameDay",
  ),
  fault(
    'T4 natural days begin at once',
    'time/limit.ts',
    "if (limit.unit === 'ND') return asDay(day + limit.value)",
    "if (limit.unit === 'ND') return asDay(day + limit.value - 1)",
  ),
  fault(
    'T4 same day after closing',
    'time/limit.ts',
    'closing !== null && start <= closing ? day',
    'closing !== null ? day',
  ),
  fault(
    'T5 the first day of a pause is not used',
    'time/run.ts',
    'const left = n - calendar.countWorkDays(base, from) + taken',
    'const left = n - calendar.countWorkDays(base, from) + taken + 1',
  ),
  fault(
    'T5 nothing left: the day after the pause',
    'time/run.ts',
    'calendar.addWorkDays(to, left) : calendar.workDayOnOrAfter(to)',
    'calendar.addWorkDays(to, left) : calendar.addWorkDays(to, 1)',
  ),
  fault(
    'T5 natural days do not move',
    'time/run.ts',
    'Math.max(last, from) + (to - from)',
    'Math.max(last, from) + 0 * (to - from)',
  ),
  fault(
    'T6 one approved day more',
    'time/limit.ts',
    'calendar.startOf(calendar.addWorkDays(day, approved.value))',
    'calendar.startOf(calendar.addWorkDays(day, approved.value + 1))',
  ),
  fault(
    'T7 an approval of the due day is late',
    'time/extension.ts',
    'return approvedAt <= dueAt',
    'return approvedAt < dueAt - 86_400_000',
  ),
  fault(
    'T7 a second extension counts',
    'time/extension.ts',
    "else if (workDays !== null) verdicts[i] = 'second'",
    "else if (workDays === -1) verdicts[i] = 'second'",
  ),
  fault(
    'T7 no maximum',
    'time/extension.ts',
    'workDays = Math.min(approval.workDays, maxWorkDays)',
    'workDays = approval.workDays',
  ),
  fault(
    'T8 six days for the notice',
    'time/acceptance.ts',
    'calendar.addWorkDays(calendar.dayOf(receivedAt), noticeWorkDays)',
    'calendar.addWorkDays(calendar.dayOf(receivedAt), noticeWorkDays + 1)',
  ),
  fault('T13 December is certain', 'time/calendar.ts', 'd <= coverage.certainTo', 'd <= coverage.certainTo + 3'),
  fault('T-01 no day before', 'time/limit.ts', 'asDay(Math.min(byShare, byDays))', 'asDay(Math.max(byShare, byDays))'),
  fault(
    'T-01 an hour and a half before closing',
    'time/limit.ts',
    '(calendar.closingOf(due.dueOn) ?? due.dueAt) - HOUR_MS',
    '(calendar.closingOf(due.dueOn) ?? due.dueAt) - HOUR_MS * 1.5',
  ),
  fault(
    'T6 the last approved day is not put off over days off',
    'time/limit.ts',
    'calendar.startOf(calendar.workDayOnOrAfter(last))',
    'calendar.startOf(last)',
  ),
]
