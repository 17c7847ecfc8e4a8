// Sorting out: which of the facts handed in are new, known, known in a further way, in conflict with what is held, or more
// than a case has room for. Pure: reads a View, decides nothing about cases. Rules: I2, I5, I8, F3.

import type { CaseBefore } from './becoming.ts'
import { type Fact, factKey, voidsOf } from './case/event.ts'
import { type Bringing, changesBy, isNewWay, type Kept, type Said } from './case/standing.ts'

/** A valid wire event: the fact, and its canonical texts without and of the personal part. */
export interface Taken {
  readonly fact: Fact
  readonly body: string
  readonly personal: string | null
}

/** A fact handed in, and the import that hands it in; null: it comes live. */
export interface Handed extends Taken {
  readonly importNo: number | null
  /** The person who brought it: imported it, or handed it in; absent: the source itself. */
  readonly person?: string | null
}

export interface KnownFact {
  readonly body: string
  readonly personal: string | null
  readonly erased: boolean
  readonly ways: readonly Bringing[]
}

export interface PlanView {
  readonly known: ReadonlyMap<string, KnownFact>
  /** Of handed-in facts the ways of each stored fact that names them; by factKey. */
  readonly voiders: ReadonlyMap<string, readonly (readonly Bringing[])[]>
  readonly targets: ReadonlyMap<string, { projectNo: string | null }>
  readonly foreign: ReadonlySet<string>
  readonly cases: ReadonlyMap<string, CaseBefore>
  /** Stored facts, void ones too, of every case that may have to be folded again. */
  readonly facts: ReadonlyMap<string, readonly Kept[]>
  readonly said: Said
  /** How many facts cases hold of a source, where that is many; by case and source. */
  readonly counts?: ReadonlyMap<string, number>
  /** Facts of one case and source (I5), and how many ends and voids may come past it. */
  readonly bound?: FactBound
}

export interface FactBound {
  readonly most: number
  readonly reserve: number
  /** Of all sources together; past it each of them has room for `least` still, so that none silences another. */
  readonly inAll: number
  readonly least: number
}

export interface Rejected {
  readonly outcome: 'rejected'
  readonly code: 'id_conflict' | 'too_many_facts'
  readonly field: string
  readonly detail: string
}

export type Outcome =
  | {
      readonly outcome: 'accepted'
      /** It names what another source alone holds: kept, and it voids nothing (F3). */
      readonly warning: { readonly code: 'not_yours'; readonly field: string; readonly detail: string } | null
    }
  | { readonly outcome: 'known' }
  | Rejected

/** A fact that is known came in a further way. */
export interface Further {
  readonly source: string
  readonly eventId: string
  readonly way: Bringing
}

export const wayOf = ({ fact, importNo }: Handed): Bringing => ({ importNo, historical: fact.historical })

interface Content {
  readonly body: string
  readonly personal: string | null
}

const inOneOrder = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(inOneOrder)
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return members.map(([key, member]) => [key, inOneOrder(member)])
}

type Part = { readonly payload?: Readonly<Record<string, unknown>> }

/** What an event says, however it was divided into its parts: which words are kept apart has changed over time (I1). */
const wholeOf = ({ body, personal }: Content): string => {
  const said = JSON.parse(body) as Part
  const apart = personal === null ? {} : (JSON.parse(personal) as Part)
  return JSON.stringify(inOneOrder({ ...said, ...apart, payload: { ...said.payload, ...apart.payload } }))
}

const sameContent = (a: Content, b: Content): boolean =>
  (a.body === b.body && a.personal === b.personal) || wholeOf(a) === wholeOf(b)

export interface Sorting {
  readonly outcomes: Outcome[]
  readonly accepted: number[]
  readonly further: Further[]
  /** Known facts whose further way changes their case. */
  readonly revived: Handed[]
}

/** What cases hold of a source, for keys of a map: a case number holds no line feed. */
export const heldKey = (projectNo: string, source: string): string => `${projectNo}\n${source}`

const ENDS: ReadonlySet<string> = new Set(['DECIDE', 'COMPLETE', 'REFUSE_ACCEPT', 'WITHDRAW', 'TERMINATE', 'VOID'])

/** Counts what comes for a case of a source; whether there is room for it (I5). */
const makeRoom = ({ counts, bound }: PlanView) => {
  const held = new Map(counts)
  const inAll = new Map<string, number>()
  for (const [key, n] of held) {
    const projectNo = key.slice(0, key.indexOf('\n'))
    inAll.set(projectNo, (inAll.get(projectNo) ?? 0) + n)
  }
  return (fact: Fact): boolean => {
    if (bound === undefined || fact.projectNo === null) return true
    const key = heldKey(fact.projectNo, fact.source)
    const n = (held.get(key) ?? 0) + 1
    const isEnd = ENDS.has(fact.type) || fact.supersedes !== null
    const all = (inAll.get(fact.projectNo) ?? 0) + 1
    const most = all > bound.inAll ? bound.least : bound.most
    if (n > most + (isEnd ? bound.reserve : 0)) return false
    held.set(key, n)
    inAll.set(fact.projectNo, all)
    return true
  }
}

/** The first name that another source alone holds; what a source names may come in the same request. */
const warningOf = (fact: Fact, own: ReadonlySet<string>, { foreign }: PlanView) => {
  const odd = voidsOf(fact).find((id) => !own.has(factKey(fact.source, id)) && foreign.has(factKey(fact.source, id)))
  if (odd === undefined) return null
  const field = odd === fact.supersedes ? '/supersedes' : '/payload/target'
  return { code: 'not_yours', field, detail: odd } as const
}

/** I2, F3: which of the facts are new, known, come in a further way, are conflicting or past the bound. */
export const sortOut = (handed: readonly Handed[], view: PlanView): Sorting => {
  const fresh = new Map<string, KnownFact>()
  const ways = new Map<string, readonly Bringing[]>()
  const own = new Set(handed.map(({ fact }) => factKey(fact.source, fact.eventId)))
  const hasRoom = makeRoom(view)
  const sorted: Sorting = { outcomes: [], accepted: [], further: [], revived: [] }
  for (const [index, item] of handed.entries()) {
    const { fact } = item
    const { source, eventId } = fact
    const key = factKey(source, eventId)
    const held = view.known.get(key) ?? fresh.get(key)
    const way = wayOf(item)
    if (held !== undefined && !held.erased && !sameContent(held, item)) {
      sorted.outcomes.push({ outcome: 'rejected', code: 'id_conflict', field: '/event_id', detail: eventId })
    } else if (held !== undefined) {
      // what was erased is known by its id alone (A4)
      sorted.outcomes.push({ outcome: 'known' })
      const before = ways.get(key) ?? held.ways
      if (!isNewWay(before, way)) continue
      sorted.further.push({ source, eventId, way })
      ways.set(key, [...before, way])
      if (changesBy(before, way, view.said)) sorted.revived.push(item)
    } else if (!hasRoom(fact)) {
      const detail = String(view.bound?.most)
      sorted.outcomes.push({ outcome: 'rejected', code: 'too_many_facts', field: '/project_no', detail })
    } else {
      fresh.set(key, { body: item.body, personal: item.personal, erased: false, ways: [way] })
      sorted.outcomes.push({ outcome: 'accepted', warning: warningOf(fact, own, view) })
      sorted.accepted.push(index)
    }
  }
  return sorted
}
