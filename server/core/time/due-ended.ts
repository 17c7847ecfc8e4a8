// What a conclusion makes of a question to the calculator, as the case itself is judged (T5, F5): it ends the pauses that
// run, and what begins or is approved after it changes nothing. Never finds a due date.

import type { ReadApproval, ReadQuestion, When } from './due-read.ts'
import { type ExtensionVerdict, extensionOf } from './extension.ts'
import type { ClockInput } from './limit.ts'
import type { Span } from './run.ts'

/** The verdicts of a calculation: `after_end`, approved after the conclusion, lengthens nothing and is no fault either. */
export type AnsweredVerdict = ExtensionVerdict | 'after_end'

/** The question with its pauses as the conclusion leaves them. */
export const untilConcluded = (q: ReadQuestion): ReadQuestion => {
  if (q.concluded === null) return q
  // as of an event known by its day alone: from that day on nothing stands still
  const end = q.concluded.dateOnly ? q.calendar.startOf(q.concluded.day) : q.concluded.at
  const open = new Set<Span>()
  const cut = new Set<Span>()
  const pauses = q.pauses
    .filter(({ from }) => from < end)
    .map((pause): Span => {
      if (pause.to <= end) {
        if (q.openPauses.has(pause)) open.add(pause)
        return pause
      }
      const ended = { from: pause.from, to: end }
      cut.add(ended)
      return ended
    })
  return { ...q, pauses, openPauses: open, cutPauses: cut }
}

/** Of a bare day and a stamp of it nobody knows which came first: only what is after it for sure is after it. */
const isAfter = (q: ReadQuestion, approval: ReadApproval, end: When): boolean =>
  approval.dateOnly || end.dateOnly ? q.calendar.dayOf(approval.approvedAt) > end.day : approval.approvedAt > end.at

/** The extension of a clock of the question, and a verdict on each approval in the order asked. */
export const extendedIn = (
  q: ReadQuestion,
  bare: ClockInput,
): { readonly workDays: number; readonly verdicts: readonly AnsweredVerdict[] } => {
  const { concluded } = q
  const before = q.approvals.filter((approval) => concluded === null || !isAfter(q, approval, concluded))
  const { workDays, verdicts } = extensionOf(q.calendar, bare, before)
  return { workDays, verdicts: q.approvals.map((row) => verdicts[before.indexOf(row)] ?? 'after_end') }
}
