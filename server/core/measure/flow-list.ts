// The flows of one case under construction (M1, M5, T10): each on its day, under the row that the versions of that day give
// it; stocks that move with hands and with versions, and leave every row as they came into it. Pure.

import { type Belongs, isMember, rowOn } from '../case/grounds.ts'
import type { Judgement } from '../case/judge.ts'
import type { CaseState } from '../case/state.ts'
import type { Day, Instant } from '../time/instant.ts'
import type { Flow, FlowKind } from './flows.ts'

/** Window of a measure's row: a case no window holds stands in the back office of its department (M5). */
export const windowKey = (window: string | null, department: string): string => window ?? `@${department}`

export interface Slip {
  readonly kind: FlowKind
  readonly at: Instant
  readonly n?: 1 | -1
  readonly hour?: boolean
}

/** Who stands behind a flow; `department` where it is the holder's own row (M5), else the row is that of the case. */
export interface Behind {
  readonly window: string | null
  readonly operator: string | null
  readonly department?: string | null
}

export class FlowList {
  readonly flows: Flow[] = []
  readonly #state: CaseState
  readonly #judged: Judgement
  readonly #item: string
  readonly #source: string
  readonly #member: boolean

  constructor(state: CaseState, judged: Judgement) {
    this.#state = state
    this.#judged = judged
    this.#item = state.item ?? '-'
    this.#source = judged.concluded?.source ?? state.first.source
    this.#member = isMember(judged)
  }

  /** A stock leaves the row it stood in, which on this day may be called another. */
  leave(slip: Slip, who: Behind, row: Belongs): void {
    this.add({ ...slip, n: -1 }, who)
    const last = this.flows[this.flows.length - 1] as Flow
    if (last.department === row.department && last.region === row.region) return
    const window = windowKey(who.window, row.department)
    this.flows[this.flows.length - 1] = { ...last, ...row, window }
  }

  /** Department and region of a row on a day: the version in force on the day of the flow (T10). */
  rowOn(on: Day, told: string | null | undefined): Belongs {
    return rowOn(this.#state, this.#judged.grounds.law, on, told)
  }

  dayOf(at: Instant): Day {
    return this.#judged.grounds.calendar.zone.dayOf(at)
  }

  add(slip: Slip, who: Behind): void {
    const on = this.dayOf(slip.at)
    const { department, region } = this.rowOn(on, who.department)
    this.flows.push({
      kind: slip.kind,
      on,
      hour: slip.hour === true ? this.#judged.grounds.calendar.zone.hourOf(slip.at) : null,
      n: slip.n ?? 1,
      region,
      department,
      window: windowKey(who.window, department),
      operator: who.operator ?? '-',
      item: this.#item,
      source: this.#source,
      member: this.#member,
      code: null,
    })
  }
}

export interface Stock {
  readonly kind: FlowKind
  readonly from: Instant
  readonly to: Instant | null
  /** Whoever it is: with them it moves, or with nobody. */
  readonly behind: (at: Instant) => Behind
  /** Instants at which it may come to another. */
  readonly turns: readonly Instant[]
}

const sameBehind = (a: Behind, b: Behind): boolean =>
  a.window === b.window && a.operator === b.operator && a.department === b.department

/** A stock between two instants: +1 where it begins, −1/+1 wherever it comes into another row, −1 at its end (M1, T10). */
export const addStock = (list: FlowList, stock: Stock): void => {
  const { kind, from, to, behind } = stock
  let held = behind(from)
  let row = list.rowOn(list.dayOf(from), held.department)
  list.add({ kind, at: from }, held)
  for (const at of stock.turns) {
    if (at <= from || (to !== null && at >= to)) continue
    const next = behind(at)
    const nextRow = list.rowOn(list.dayOf(at), next.department)
    if (sameBehind(held, next) && row.department === nextRow.department && row.region === nextRow.region) continue
    // what leaves a row leaves it under the names it stood under
    list.leave({ kind, at }, held, row)
    list.add({ kind, at }, next)
    held = next
    row = nextRow
  }
  if (to !== null) list.leave({ kind, at: to }, held, row)
}
