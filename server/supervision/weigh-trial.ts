// A law tried on the cases of a store (T1a, J6): each planned by the line's own code, first as what is due leaves it under the
// law in force, then under the law to come; and, where numbers become a source's own or are so no more (I11), which cases
// that touches, folded from their facts. Reads and plans; writes nothing.

import type { CaseBefore } from '../core/becoming.ts'
import type { Law } from '../core/law/law.ts'
import { type CaseChange, type Judging, planAfresh, planRefold } from '../core/plan.ts'
import type { Instant } from '../core/time/instant.ts'
import type { Records, StoredCase } from '../store/port.ts'
import { type JudgedOn, judgedAgain } from './afresh.ts'
import { factsByHome, readNumbers, withOwn } from './numbers.ts'
import { touchedBy } from './renumbering.ts'
import { beforeOf, keptOfCases, mustRefold } from './rows.ts'
import { readSaid } from './said.ts'
import { deliveredIn } from './waiting.ts'

export interface LawsWeighed {
  readonly before: Law
  readonly after: Law
  readonly now: Instant
}

/** A case under the law in force, and under the one to come. */
export interface Tried {
  readonly before: CaseChange
  readonly after: CaseChange
}

export interface Trial {
  judging(law: 'before' | 'after', by: Judging['by']): Judging
  judged(rows: readonly StoredCase[]): Promise<Tried[]>
  /** Home numbers, by either law, of the cases of a source whose numbers become or cease to be its own. */
  readonly homes: readonly string[]
  isRenumbered(home: string): boolean
  renumbered(homes: readonly string[]): Promise<Tried[]>
}

/** Entries looked through in one reading. */
const SPAN = 20_000

/** What planning knows of a case that a change has left so. */
const asLeft = ({ state, flows, cards, apart }: CaseChange): CaseBefore => ({
  state,
  flows,
  cards,
  apart: apart !== null,
})

const UNJUDGED = { judgement: null, cardsChanged: [], moves: [] } as const

const noCase = (projectNo: string): CaseChange => ({
  ...UNJUDGED,
  projectNo,
  state: null,
  flows: [],
  flowsBefore: [],
  cards: [],
  apart: null,
})

/** What no turn of the clock touches: a case set apart, and one of which no fact stands. */
const asStored = (stored: StoredCase, law: Law): CaseChange => {
  const { state, flows, cards } = beforeOf(stored, law)
  const { projectNo, apart } = stored.row
  return { ...UNJUDGED, projectNo, state, flows, flowsBefore: flows, cards, apart }
}

const isLeftAlone = ({ row }: StoredCase, law: Law): boolean => row.status === 'void' || mustRefold(row, law)

const byNumber = (changes: readonly CaseChange[]): Map<string, CaseChange> =>
  new Map(changes.map((change) => [change.projectNo, change]))

/** Sources whose numbers are their own by one law and not by the other. */
const renumberedBetween = ({ before, after }: LawsWeighed): string[] => {
  const [was, is] = [before.numbering.own, after.numbering.own]
  return [...new Set([...was, ...is])].filter((source) => was.has(source) !== is.has(source))
}

const homesOf = async (records: Records, on: JudgedOn, sources: readonly string[]): Promise<string[]> => {
  const homes = new Set<string>()
  const { seq } = await records.head()
  for (const source of sources)
    for (let from = 0; from < seq; from += SPAN) {
      const said = await records.numbersSaid(source, from, from + SPAN)
      for (const home of touchedBy(on, source, said)) homes.add(home)
    }
  return [...homes]
}

export const openTrial = async (records: Records, laws: LawsWeighed): Promise<Trial> => {
  const { before, after, now } = laws
  const delivered = await deliveredIn(records)
  const said = await readSaid(records)
  const numbers = readNumbers(await records.aliases(), before.numbering.own)
  const on = (law: Law): JudgedOn => ({
    law,
    records,
    said,
    numbers: withOwn(numbers, law.numbering.own),
    judging: (by, at) => ({ law, now: at, by, delivered }),
  })
  const [present, next] = [on(before), on(after)]
  const settle = async (rows: readonly StoredCase[]): Promise<CaseChange[]> => {
    const turning = rows.filter((stored) => !isLeftAlone(stored, before))
    const alone = rows.filter((stored) => isLeftAlone(stored, before))
    return [...(await judgedAgain(present, turning, now)), ...alone.map((stored) => asStored(stored, before))]
  }
  /** As a slice of the load would judge them: what cannot be judged from its state is folded from its facts. */
  const underNext = async (rows: readonly StoredCase[], changes: readonly CaseChange[]): Promise<CaseChange[]> => {
    const again = new Set(rows.filter(({ row }) => mustRefold(row, after)).map(({ row }) => row.projectNo))
    const befores = changes.map((change) => [change.projectNo, asLeft(change)] as const)
    const refold = new Map(befores.filter(([no, left]) => left.apart || again.has(no)))
    const afresh = new Map(befores.filter(([no]) => !refold.has(no)))
    const planned = planAfresh(afresh, next.judging('law', now))
    if (refold.size === 0) return planned
    const of = keptOfCases(await factsByHome(records, next.numbers, refold.keys()))
    return [...planned, ...planRefold(refold, { of, said }, next.judging('law', now))]
  }
  const homes = await homesOf(records, next, renumberedBetween(laws))
  const renumbered = new Set(homes)
  return {
    homes,
    isRenumbered: (home) => renumbered.has(home),
    judging: (law, by) => (law === 'before' ? present : next).judging(by, now),
    async judged(rows) {
      const settled = await settle(rows)
      const then = byNumber(await underNext(rows, settled))
      return settled.map((change) => ({ before: change, after: then.get(change.projectNo) ?? change }))
    },
    async renumbered(some) {
      const stored = await records.cases(some)
      const rows = [...stored.values()]
      const settled = byNumber(await settle(rows))
      const then = byNumber(await underNext(rows, [...settled.values()]))
      const of = keptOfCases(await factsByHome(records, next.numbers, some))
      const there = some.filter((home) => stored.has(home) || of.has(home))
      const left = new Map(there.map((home) => [home, asLeft(then.get(home) ?? noCase(home))]))
      const lifts = [{ kind: 'numbers', source: null, ref: '-', type: null, at: null, by: null }] as const
      const planned = planRefold(left, { of, said }, { ...next.judging('facts', now), lifts })
      return planned.map((change) => ({
        before: settled.get(change.projectNo) ?? noCase(change.projectNo),
        after: change,
      }))
    },
  }
}
