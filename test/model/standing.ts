// Which of a case's events stand (F3, I14): none that another of its source has made void, and of a register's row and key
// the last edition alone.

import type { Fact } from '../../server/core/case/event.ts'
import { hit } from './tally.ts'

const nameOf = ({ source, eventId }: Fact): string => `${source} ${eventId}`

/** Later editions of a row first: by when the register was so, then by file and line. */
const newestFirst = (a: Fact, b: Fact): number => {
  const [one, two] = [a.edition, b.edition]
  if (one === null || two === null) return 0
  if (one.asOf !== two.asOf) return two.asOf - one.asOf
  if (one.file !== two.file) return one.file < two.file ? 1 : -1
  return two.line - one.line
}

const superseded = (facts: readonly Fact[]): Set<Fact> => {
  const rows = new Map<string, Fact[]>()
  for (const fact of facts) {
    if (fact.edition === null) continue
    const { register, caseNo, key } = fact.edition
    const name = JSON.stringify([fact.source, register, caseNo, key])
    rows.set(name, [...(rows.get(name) ?? []), fact])
  }
  const old = new Set<Fact>()
  for (const row of rows.values()) for (const fact of row.toSorted(newestFirst).slice(1)) old.add(fact)
  return old
}

/** The events that stand; a VOID tells nothing of its case. */
export const standingOf = (facts: readonly Fact[]): Fact[] => {
  const named = new Set<string>()
  for (const fact of facts) {
    if (fact.supersedes !== null) named.add(`${fact.source} ${fact.supersedes}`)
    if (fact.type === 'VOID' && typeof fact.payload.target === 'string')
      named.add(`${fact.source} ${fact.payload.target}`)
  }
  const old = superseded(facts)
  if (facts.some((fact) => named.has(nameOf(fact)))) hit('F3 event void')
  if (old.size > 0) hit('I14 earlier edition of a row')
  if ([...old].some(({ type }) => type === 'VOID') || facts.some((one) => one.type === 'VOID' && one.edition !== null))
    hit('I14 emptied cell')
  return facts.filter((fact) => fact.type !== 'VOID' && !named.has(nameOf(fact)) && !old.has(fact))
}
