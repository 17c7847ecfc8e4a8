// Which telling of a case stands (F5, C5): the first's, unless a person has declined the card of its limit. Then it is the one of
// which that card is told anew, or, while it is not, the one by which the case is in time and that nobody has declined: of several
// the one that runs out first. Its page, its due day in lists and on the wall, and what the calculator is asked of it follow it.
// Pure.

import type { Judgement } from '../case/judge.ts'
import { begunBy, type Telling } from '../case/told-by.ts'
import type { Card, Declined } from './card.ts'
import { limitCardOf } from './lateness.ts'
import { isStanding } from './standing.ts'

const isDeclined = ({ by, begun }: Telling, declined: readonly Declined[]): boolean =>
  declined.some((one) =>
    one.tellings.some((told) => told.limitAt === begun.main?.due.dueAt && told.by.every((event) => by.includes(event))),
  )

const tellingOf = (judged: Judgement, own: Card): Telling | null => {
  const declined = own.declined ?? []
  const dated = judged.tellings.filter((telling) => telling.begun.main !== null)
  const isFurther = isStanding(own) && own.limitAt !== judged.main?.due.dueAt
  if (isFurther) return dated.find((telling) => telling.begun.main?.due.dueAt === own.limitAt) ?? null
  if (isStanding(own) || own.state === 'overtaken') return null
  let first: Telling | null = null
  for (const telling of dated) {
    const isTaken = telling.begun.overdueFrom === null && !isDeclined(telling, declined)
    const dueAt = (of: Telling | null): number => of?.begun.main?.due.dueAt ?? Number.MAX_SAFE_INTEGER
    if (isTaken && dueAt(telling) < dueAt(first)) first = telling
  }
  return first
}

/** The judgement as the telling that stands has how the case began and its limits; all else is the case's. `cards`: all of it. */
export const standingBy = (judged: Judgement, cards: readonly Card[]): Judgement => {
  if (judged.tellings.length === 0) return judged
  const own = limitCardOf(judged, cards)
  if (own === undefined || (own.declined ?? []).length === 0) return judged
  const telling = tellingOf(judged, own)
  return telling === null ? judged : { ...judged, ...begunBy(telling.begun), overdueFrom: judged.overdueFrom }
}
