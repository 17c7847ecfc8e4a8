// One situation put to three oracles: the engine, the slow day-by-day counter, and the inverse.
// The inverse goes back from the due day through the other half of the calendar's look-ups and must find the acceptance.

import type { Calendar } from '../../../server/core/time/calendar.ts'
import { addMonths, printDay, printInstant } from '../../../server/core/time/civil.ts'
import { asDay, asInstant, type Day, type Instant } from '../../../server/core/time/instant.ts'
import { type ClockInput, type Due, dueOf } from '../../../server/core/time/limit.ts'
import { officeMsBetween, type Trace } from '../../../server/core/time/run.ts'
import { type SlowWorld, slowDueDay, slowDueMinute } from './slow.ts'

const local = (calendar: Calendar, at: Instant): string => printInstant(at, calendar.zone).slice(0, 16)

/** The slow oracle's answer, as a date or, for hours, as a minute. */
export function slowly(world: SlowWorld, calendar: Calendar, input: ClockInput): string {
  const question = {
    start: local(calendar, input.start),
    unit: input.limit.unit,
    value: input.limit.value,
    extend: input.extendWorkDays,
    countAcceptanceDay: input.rule.countAcceptanceDay,
    pauses: input.pauses.map(({ from, to }) => ({ from: local(calendar, from), to: local(calendar, to) })),
  }
  return input.limit.unit === 'H' ? slowDueMinute(world, question) : slowDueDay(world, question)
}

/** The engine's answer in the same words. */
export function quickly(calendar: Calendar, input: ClockInput): string {
  const due = dueOf(calendar, input)
  return input.limit.unit === 'H' ? local(calendar, due.dueAt) : printDay(due.dueOn)
}

function inverseWorkDays(calendar: Calendar, input: ClockInput, due: Due, trace: Trace): boolean {
  const taken = trace.reduce((n, part) => n + calendar.countWorkDays(part.from, part.to), 0)
  const n = input.limit.value + input.extendWorkDays
  const base = input.rule.countAcceptanceDay ? asDay(calendar.dayOf(input.start) - 1) : calendar.dayOf(input.start)
  if (calendar.addWorkDays(due.dueOn, -(n + taken)) === calendar.workDayOnOrBefore(base)) return true
  // nothing was left when the last pause began: the due day is where it ended
  const last = trace.at(-1)
  if (last === undefined || due.dueOn !== calendar.workDayOnOrAfter(last.to)) return false
  const before = taken - calendar.countWorkDays(last.from, last.to)
  return calendar.countWorkDays(base, last.from) - before >= n
}

function inverseNatural(calendar: Calendar, input: ClockInput, due: Due, trace: Trace): boolean {
  const accept = calendar.dayOf(input.start)
  let shifted = 0
  for (const part of trace) shifted += part.to - part.from
  const unmoved: Day =
    input.limit.unit === 'M' ? addMonths(accept, input.limit.value) : asDay(accept + input.limit.value)
  const rolled = (last: number): boolean => calendar.workDayOnOrAfter(asDay(last)) === due.dueOn
  const end = trace.at(-1)?.to ?? accept
  return rolled(unmoved + shifted) || (unmoved + shifted < due.dueOn && rolled(end))
}

function inverseOffice(calendar: Calendar, input: ClockInput, due: Due, trace: Trace): boolean {
  const need = (input.limit.value * 60 + input.extendWorkDays * calendar.officeMinutes) * 60_000
  const spent = (to: Instant): number => {
    let ms = officeMsBetween(calendar, input.start, to)
    for (const part of trace) ms -= officeMsBetween(calendar, part.fromAt, asInstant(Math.min(part.toAt, to)))
    return ms
  }
  return spent(due.dueAt) === need && spent(asInstant(due.dueAt - 1)) === need - 1
}

/** Does the way back from the due day end at the acceptance? */
export function inverts(calendar: Calendar, input: ClockInput, dueIn = dueOf): boolean {
  const trace: Trace = []
  const due = dueIn(calendar, input, trace)
  if (input.limit.unit === 'H') return inverseOffice(calendar, input, due, trace)
  if (input.limit.unit === 'WD') return inverseWorkDays(calendar, input, due, trace)
  if (input.extendWorkDays > 0) {
    const before = { ...input, extendWorkDays: 0 }
    const inner: Trace = []
    const first = dueIn(calendar, before, inner)
    const base: ClockInput = {
      ...input,
      start: calendar.startOf(first.dueOn),
      limit: { unit: 'WD', value: input.extendWorkDays },
      extendWorkDays: 0,
      rule: { countAcceptanceDay: false, dueAtClosing: false },
    }
    return inverts(calendar, before, dueIn) && inverseWorkDays(calendar, base, due, trace.slice(inner.length))
  }
  if (input.limit.unit === '0') return due.dueOn >= calendar.dayOf(input.start) && calendar.isWorkDay(due.dueOn)
  return inverseNatural(calendar, input, due, trace)
}
