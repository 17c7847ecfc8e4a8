// How a real store stands after files came in, read over HTTP as anybody reads it: each case with its department, due day and
// verdict, each card, and the figures of each department, as short lines to be read beside what is right.

import type { CardView, CaseLine, CaseView } from '../../server/contract/api.ts'
import type { Measures } from '../../server/contract/measures.ts'
import type { House } from '../live/house.ts'

const ask = async <T>(house: House, path: string): Promise<T> => {
  const answer = await house.get(path)
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as T
}

/** `2026-03-17` of a due, `-` of none. */
const dueOf = ({ promise_due_on: promise, statutory_due_on: statute }: CaseView): string => promise ?? statute ?? '-'

const caseLine = (view: CaseView): string => {
  const { project_no: no, department, item, verdict, concluded_at: end } = view
  return `${no} ${department} ${item ?? '-'} ${dueOf(view)} ${end === null ? 'open' : 'closed'} ${verdict ?? '-'}`
}

const YELLOW = 2

export interface Stands {
  /** `A-1 CJ T1 2026-03-09 closed on_time`, by number. */
  readonly cases: readonly string[]
  /** `A-2 CJ T-02 yellow`, by number and rule; warnings and what was lifted are none; `to_lift`: a person is to lift or keep it (C5). */
  readonly cards: readonly string[]
  /** `CJ: received 2 on_time 1 late 0 overdue 1`, by code; a department of which nothing is counted is none. */
  readonly departments: readonly string[]
}

export const standsOf = async (house: House, period: string): Promise<Stands> => {
  await house.serving.supervisor.settled()
  const { items: lines } = await ask<{ items: CaseLine[] }>(house, '/api/v1/cases?limit=500')
  const cases: string[] = []
  for (const { project_no: no } of lines)
    cases.push(caseLine(await ask<CaseView>(house, `/api/v1/cases/${encodeURIComponent(no)}`)))
  const { items: cards } = await ask<{ items: CardView[] }>(house, '/api/v1/cards?limit=500')
  const { rows } = await ask<Measures>(house, `/api/v1/measures?period=${period}&by=department`)
  return {
    cases: cases.sort(),
    cards: cards
      .filter(({ project_no: no, level, state }) => no !== null && level >= YELLOW && state !== 'lifted')
      .map(
        (card) =>
          `${card.project_no} ${card.department} ${card.rule_id} ${card.level === YELLOW ? 'yellow' : 'red'}${card.state === 'to_lift' ? ' to_lift' : ''}`,
      )
      .sort(),
    departments: rows
      .filter((row) => row.received + row.concluded + row.in_hand > 0)
      .map(
        (row) =>
          `${row.key}: received ${row.received} on_time ${row.on_time} late ${row.late} overdue ${row.overdue_in_hand}`,
      )
      .sort(),
  }
}
