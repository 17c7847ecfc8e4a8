// Which extension lengthens a clock, and why the others are void (T7, 行政许可法 42; T-08).
// Judged for each clock by itself: an approval must lie within that clock as lawful pauses begun before it have moved it.
// Never looks at who approved; a void extension leaves the clock as it was.

import type { Calendar } from './calendar.ts'
import type { Instant } from './instant.ts'
import { type ClockInput, dueOf } from './limit.ts'

export interface Approval {
  readonly workDays: number
  readonly approvedAt: Instant
  /** Of an approval known by its day alone its last instant (I15); absent: `approvedAt`. */
  readonly approvedBy?: Instant
  /** It is taken to have come in time: its source cannot say when it was approved (I12). */
  readonly isInTime?: boolean
}

/**
 * counts: lengthens the clock; cut: over the maximum, only the maximum counts; included: approved before the due was
 * stated, which holds it already; late, second, empty: void.
 */
export type ExtensionVerdict = 'counts' | 'cut' | 'included' | 'late' | 'second' | 'empty'

export interface JudgedExtension {
  /** Working days by which the clock is lengthened. */
  readonly workDays: number
  /** Verdict of each approval, in the order given. */
  readonly verdicts: readonly ExtensionVerdict[]
}

const VOID: ReadonlySet<ExtensionVerdict> = new Set(['late', 'second', 'empty'])

export const isVoid = (verdict: ExtensionVerdict): boolean => VOID.has(verdict)

/** An approval is in time up to the due instant, and inside a pause that began within it. */
function inTime(calendar: Calendar, input: ClockInput, approvedAt: Instant): boolean {
  const pauses = input.pauses.filter((pause) => pause.from < approvedAt)
  const { dueAt } = dueOf(calendar, { ...input, pauses, extendWorkDays: 0 })
  return approvedAt <= dueAt
}

/**
 * The extension of a clock out of all approvals; `input.extendWorkDays` is not looked at. `since`: the instant up to which
 * a stated due holds what had been approved; null: the clock comes from a limit.
 */
export function extensionOf(
  calendar: Calendar,
  input: ClockInput,
  approvals: readonly Approval[],
  maxWorkDays: number = Number.POSITIVE_INFINITY,
  since: Instant | null = null,
): JudgedExtension {
  const order = approvals.map((_, i) => i)
  order.sort((a, b) => (approvals[a] as Approval).approvedAt - (approvals[b] as Approval).approvedAt || a - b)
  const verdicts: ExtensionVerdict[] = approvals.map(() => 'second')
  let workDays: number | null = null
  for (const i of order) {
    const approval = approvals[i] as Approval
    if (!(approval.workDays > 0)) verdicts[i] = 'empty'
    else if (workDays !== null) verdicts[i] = 'second'
    else if (since !== null && (approval.approvedBy ?? approval.approvedAt) < since) {
      verdicts[i] = 'included'
      workDays = 0
    } else if (approval.isInTime !== true && !inTime(calendar, input, approval.approvedAt)) verdicts[i] = 'late'
    else {
      workDays = Math.min(approval.workDays, maxWorkDays)
      verdicts[i] = approval.workDays > maxWorkDays ? 'cut' : 'counts'
    }
  }
  return { workDays: workDays ?? 0, verdicts }
}
