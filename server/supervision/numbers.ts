// Case numbers (I11): a case is one, whichever numbers speak of it. An alias joins a number to the case of another;
// joining can be undone, and every step is an entry of the ledger. Facts keep the number they came under; only folding
// goes by the home number. An alias has no aliases of its own.

import type { InputEntry, Records, StoredFact } from '../store/port.ts'

export interface AliasStep {
  readonly alias: string
  readonly home: string
  /** false undoes the joining. */
  readonly joined: boolean
}

export interface CaseNumbers {
  readonly homes: ReadonlyMap<string, string>
  /** The number under which a case is kept. */
  homeOf(projectNo: string): string
  /** The other numbers of a case. */
  aliasesOf(home: string): readonly string[]
}

const numbersOver = (homes: ReadonlyMap<string, string>): CaseNumbers => {
  const aliases = new Map<string, string[]>()
  for (const [alias, home] of homes) aliases.set(home, [...(aliases.get(home) ?? []), alias])
  return {
    homes,
    homeOf: (projectNo) => homes.get(projectNo) ?? projectNo,
    aliasesOf: (home) => aliases.get(home) ?? [],
  }
}

export const afterStep = (numbers: CaseNumbers, step: AliasStep): CaseNumbers => {
  const homes = new Map(numbers.homes)
  if (step.joined) homes.set(step.alias, step.home)
  else homes.delete(step.alias)
  return numbersOver(homes)
}

/** The numbers after these entries, in their order. */
export const readNumbers = (entries: readonly InputEntry[]): CaseNumbers => {
  const homes = new Map<string, string>()
  for (const { body } of entries) {
    const step = JSON.parse(body) as { alias: string; project_no: string; joined: boolean }
    if (step.joined) homes.set(step.alias, step.project_no)
    else homes.delete(step.alias)
  }
  return numbersOver(homes)
}

/** Facts of cases by their home numbers, those under other numbers included, each once; a joined number has none itself. */
export const factsByHome = async (
  records: Pick<Records, 'factsOfMany'>,
  numbers: CaseNumbers,
  asked: Iterable<string>,
): Promise<Map<string, StoredFact[]>> => {
  const homes = [...new Set(asked)].filter((number) => !numbers.homes.has(number))
  const facts = await records.factsOfMany(homes.flatMap((home) => [home, ...numbers.aliasesOf(home)]))
  if (numbers.homes.size === 0) return facts
  const found = new Map<string, StoredFact[]>()
  for (const home of homes) {
    const all = [home, ...numbers.aliasesOf(home)].flatMap((number) => facts.get(number) ?? [])
    if (all.length > 0) found.set(home, all)
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
