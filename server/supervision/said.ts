// What people said of facts, as the entries have it: imports withdrawn whole (I14), facts that an administrator made void
// (F3). Which facts stand under it is core's to say (core/case/standing.ts). Reads entries, writes none.

import type { NamePair } from '../contract/import-names.ts'
import { type Bearing, bearingOf } from '../core/case/ability.ts'
import { factKey } from '../core/case/event.ts'
import type { Said } from '../core/case/standing.ts'
import type { Instant } from '../core/time/instant.ts'
import type { InputEntry, InputKind, Records } from '../store/port.ts'

/** Who does something, as data (A2a): a key, the console. Entries of before it was kept bear none. */
export interface Actor {
  readonly id: string
  readonly name: string
  readonly role: string
}

/** The actor as a part of a body; entries of before it was kept have none. */
export const named = (actor: Actor | undefined): { actor?: Actor } => (actor === undefined ? {} : { actor })

/** The console of whoever can open the data folder. */
export const CONSOLE: Actor = { id: 'console', name: 'console', role: 'console' }

/** What the entry of an import keeps of its names. */
export interface NamesKept {
  /** Digest of the mapping: another one may read other columns. */
  readonly mapping: string
  readonly pairs: readonly NamePair[]
}

/** What is said of an import when it begins: the body of an entry of kind `import`, where `asOf` is written `as_of`. */
export interface ImportBegun {
  /** Name under which it is asked for. */
  readonly id: string
  readonly file: string
  /** Of the file; null: not known. */
  readonly digest: string | null
  readonly mapping: string | null
  /** The register it is an export of (I14); null: of none. */
  readonly register?: string | null
  readonly source: string | null
  readonly by: string
  readonly actor?: Actor
  readonly historical: number | null
  /** As of when the register is, where whoever imports has said it. */
  readonly asOf: number | null
  /** The codes that names of the file were taken for (I15); absent: it has none. */
  readonly names?: NamesKept | null
  /** All that its mapping can fill in (I12): `TYPE` and `TYPE.key`; null: there is none; absent: of before it was kept. */
  readonly sends?: readonly string[] | null
}

export const importedIn = ({ body }: Pick<InputEntry, 'body'>): ImportBegun => {
  const { as_of: asOf, ...rest } = JSON.parse(body) as Omit<ImportBegun, 'asOf'> & { as_of: number | null }
  return { ...rest, asOf }
}

/** The body of an entry of kind `withdraw`: the act itself, or a further slice of it. */
export interface Withdrawal {
  readonly actor?: Actor
  readonly import: number
  readonly why: string
  /** Facts of the import up to this entry have been folded again; null: all. */
  readonly to: number | null
}

/** The body of an entry of kind `void`. */
export interface OfficeVoid {
  readonly actor?: Actor
  readonly source: string
  readonly event_id: string
  readonly why: string
}

export const withdrawalOf = ({ body }: Pick<InputEntry, 'body'>): Withdrawal => JSON.parse(body) as Withdrawal

/** The body of an entry of kind `one_case`: a person's word of a number that is given several items (I11). */
export interface OneCase {
  readonly actor?: Actor
  readonly project_no: string
  readonly one_case: boolean
  readonly why: string
}

export const oneCaseOf = ({ body }: Pick<InputEntry, 'body'>): OneCase => JSON.parse(body) as OneCase

/** The last word of each number holds. */
const oneCaseIn = (entries: readonly InputEntry[]): Set<string> => {
  const numbers = new Set<string>()
  for (const { project_no: projectNo, one_case: isOne } of entries.map(oneCaseOf)) {
    if (isOne) numbers.add(projectNo)
    else numbers.delete(projectNo)
  }
  return numbers
}

interface Sayings {
  readonly imports: readonly InputEntry[]
  readonly withdrawals: readonly InputEntry[]
  readonly voids: readonly InputEntry[]
  readonly oneCase: readonly InputEntry[]
}

/** What the mapping of each import bears of what judging asks for (I12). */
export const bearsIn = (imports: readonly Pick<InputEntry, 'seq' | 'body'>[]): Map<number, Bearing> =>
  new Map(
    imports.flatMap((entry) => {
      const { sends = null } = importedIn(entry)
      return sends === null ? [] : [[entry.seq, bearingOf(sends)]]
    }),
  )

const saidIn = ({ imports, withdrawals, voids, oneCase }: Sayings): Said => ({
  bears: bearsIn(imports),
  oneCase: oneCaseIn(oneCase),
  withdrawn: new Set(withdrawals.map((entry) => withdrawalOf(entry).import)),
  voided: new Set(
    voids.map(({ body }) => {
      const { source, event_id: eventId } = JSON.parse(body) as OfficeVoid
      return factKey(source, eventId)
    }),
  ),
})

/** What had been said by an instant; without one, by now. */
export const readSaid = async (records: Pick<Records, 'inputs'>, by?: Instant): Promise<Said> => {
  const known = (entries: readonly InputEntry[]): InputEntry[] =>
    by === undefined ? [...entries] : entries.filter(({ at }) => at <= by)
  const of = async (kind: InputKind): Promise<InputEntry[]> => known(await records.inputs(kind))
  const imports = await of('import')
  return saidIn({
    imports,
    withdrawals: await of('withdraw'),
    voids: await of('void'),
    oneCase: await of('one_case'),
  })
}

/** Withdrawals that a stop cut short: the facts after `to` are still to be folded again. */
export const unfinishedIn = (withdrawals: readonly InputEntry[]): Withdrawal[] => {
  const last = new Map(withdrawals.map((entry) => [withdrawalOf(entry).import, withdrawalOf(entry)]))
  return [...last.values()].filter(({ to }) => to !== null)
}
