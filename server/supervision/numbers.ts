// Case numbers (I11): a case is one, whichever numbers speak of it. A source's own numbers bear its name; an alias joins a
// number to the case of another and can be undone, and every step is an entry of the ledger. Facts keep the number they
// came under; only folding goes by the home number. An alias has no aliases of its own.

import { numberSaid, type OwnSources, sayingsOf } from '../core/case/number.ts'
import type { InputEntry, Records, StoredFact } from '../store/port.ts'

export interface AliasStep {
  readonly alias: string
  readonly home: string
  /** false undoes the joining. */
  readonly joined: boolean
  /** Of the source that joins; absent: a person does. */
  readonly source?: string | null
}

interface Link {
  readonly home: string
  readonly source: string | null
}

/** What the entries say, whatever numbers are whose own. */
interface Links {
  readonly joined: ReadonlyMap<string, Link>
  readonly parted: ReadonlySet<string>
}

export interface CaseNumbers {
  readonly homes: ReadonlyMap<string, string>
  readonly own: OwnSources
  readonly links: Links
  /** The number under which a case is kept. */
  homeOf(projectNo: string): string
  /** The other numbers of a case. */
  aliasesOf(home: string): readonly string[]
  /** All numbers of a case, the one under which it is kept first: its cards bear that under which they were raised. */
  numbersOf(home: string): readonly string[]
  /** The number under which the case is kept of which a source speaks so. */
  caseOf(source: string, said: string): string
  /** Everything under which facts of a case may have come. */
  sayings(home: string): readonly string[]
}

/**
 * What a source joined while its numbers were shared holds of its own numbers as well, once they are its own: of the same
 * serials it has said that they are one.
 */
const alsoOwn = ({ joined, parted }: Links, own: OwnSources): [string, string][] => {
  const homes = new Set([...joined.values()].map(({ home }) => home))
  return [...joined].flatMap(([alias, { home, source }]) => {
    if (source === null || !own.has(source)) return []
    const [from, to] = [numberSaid(own, source, alias), numberSaid(own, source, home)]
    const isTaken = from === alias || parted.has(from) || homes.has(from) || joined.has(from) || joined.has(to)
    return isTaken ? [] : [[from, to] as [string, string]]
  })
}

const numbersOver = (links: Links, own: OwnSources): CaseNumbers => {
  const homes = new Map([...links.joined].map(([alias, { home }]) => [alias, home]))
  for (const [alias, home] of alsoOwn(links, own)) homes.set(alias, home)
  const aliases = new Map<string, string[]>()
  for (const [alias, home] of homes) aliases.set(home, [...(aliases.get(home) ?? []), alias])
  const homeOf = (projectNo: string): string => homes.get(projectNo) ?? projectNo
  const aliasesOf = (home: string): readonly string[] => aliases.get(home) ?? []
  return {
    homes,
    own,
    links,
    homeOf,
    aliasesOf,
    numbersOf: (home) => [home, ...aliasesOf(home)],
    caseOf: (source, said) => homeOf(numberSaid(own, source, said)),
    sayings: (home) => [...new Set([home, ...aliasesOf(home)].flatMap((number) => sayingsOf(own, number)))],
  }
}

export const afterStep = ({ links, own }: CaseNumbers, { alias, home, joined, source }: AliasStep): CaseNumbers => {
  const next = { joined: new Map(links.joined), parted: new Set(links.parted) }
  if (joined) {
    next.joined.set(alias, { home, source: source ?? null })
    next.parted.delete(alias)
  } else {
    next.joined.delete(alias)
    next.parted.add(alias)
  }
  return numbersOver(next, own)
}

/** The same joinings where other sources' numbers are their own. */
export const withOwn = ({ links }: CaseNumbers, own: OwnSources): CaseNumbers => numbersOver(links, own)

/** The numbers after these entries, in their order. */
export const readNumbers = (entries: readonly InputEntry[], own: OwnSources): CaseNumbers => {
  const links = { joined: new Map<string, Link>(), parted: new Set<string>() }
  for (const { body } of entries) {
    const step = JSON.parse(body) as { alias: string; project_no: string; joined: boolean; source?: string }
    if (step.joined) {
      links.joined.set(step.alias, { home: step.project_no, source: step.source ?? null })
      links.parted.delete(step.alias)
    } else {
      links.joined.delete(step.alias)
      links.parted.add(step.alias)
    }
  }
  return numbersOver(links, own)
}

/** Home numbers of the cases that joining or parting changes. */
export const movedBetween = (before: CaseNumbers, after: CaseNumbers): string[] => {
  const moved = [...new Set([...before.homes.keys(), ...after.homes.keys()])].filter(
    (number) => before.homeOf(number) !== after.homeOf(number),
  )
  return [...new Set(moved.flatMap((number) => [before.homeOf(number), number, after.homeOf(number)]))]
}

/** Facts of cases by their home numbers, those under other numbers included, each once; a joined number has none itself. */
export const factsByHome = async (
  records: Pick<Records, 'factsOfMany'>,
  numbers: CaseNumbers,
  asked: Iterable<string>,
): Promise<Map<string, StoredFact[]>> => {
  const homes = [...new Set(asked)].filter((number) => !numbers.homes.has(number))
  const facts = await records.factsOfMany([...new Set(homes.flatMap(numbers.sayings))])
  if (numbers.homes.size + numbers.own.size === 0) return facts
  const found = new Map<string, StoredFact[]>()
  for (const home of homes) {
    const said = numbers.sayings(home).flatMap((saying) => {
      const rows = facts.get(saying) ?? []
      return rows.filter(({ source }) => numbers.caseOf(source, saying) === home)
    })
    if (said.length > 0) found.set(home, said)
  }
  return found
}

/** Why two numbers cannot be joined, or this joining not undone; null: they can. */
export const aliasFault = (numbers: CaseNumbers, step: AliasStep): string | null => {
  const { alias, home, joined } = step
  if (!joined) return numbers.homes.get(alias) === home ? null : `${alias} is not joined to ${home}`
  if (alias === home) return 'a number cannot be joined to itself'
  if (numbers.homes.has(alias)) return `${alias} is joined to ${numbers.homeOf(alias)} already`
  if (numbers.homes.has(home)) return `${home} is itself joined to ${numbers.homeOf(home)}`
  if (numbers.aliasesOf(alias).length > 0) return `other numbers are joined to ${alias}`
  return null
}

/** The case in which a stored fact lies, by its factKey and the number it came under; null: in none. */
export const homeOfPlace = (
  numbers: CaseNumbers,
  key: string,
  { projectNo }: { readonly projectNo: string | null },
): string | null => (projectNo === null ? null : numbers.caseOf(key.slice(0, key.indexOf('\n')), projectNo))
