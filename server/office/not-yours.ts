// What of a case's events names an event that another source alone holds: it voids nothing, and is told so on the case (F3), as
// its receipt told it. Looked up at the moment of asking: whichever came first, the answer is the same.

import { factKey, voidsOf } from '../core/case/event.ts'
import type { Records } from '../store/port.ts'
import type { KeptFact } from '../supervision/then.ts'

/** By the factKey of who names: the id it names. */
export type NotYours = ReadonlyMap<string, string>

export const NONE_NAMED: NotYours = new Map()

export const notYoursIn = async (
  records: Pick<Records, 'sources' | 'placesOf'>,
  facts: readonly KeptFact[],
): Promise<NotYours> => {
  const naming = facts.flatMap(({ fact }) => voidsOf(fact).map((named) => ({ fact, named })))
  if (naming.length === 0) return NONE_NAMED
  const sources = (await records.sources()).map(({ source }) => source)
  const ids = [...new Set(naming.map(({ named }) => named))]
  const held = await records.placesOf(ids.flatMap((eventId) => sources.map((source) => ({ source, eventId }))))
  const isHeld = (source: string, eventId: string): boolean => held.has(factKey(source, eventId))
  const odd = naming.filter(
    ({ fact, named }) => !isHeld(fact.source, named) && sources.some((source) => isHeld(source, named)),
  )
  return new Map(odd.map(({ fact, named }) => [factKey(fact.source, fact.eventId), named]))
}
