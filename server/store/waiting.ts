// Which rows of files wait still (I14, I15), and by what the others came right: its event was brought, a later edition of it was, or
// what could be read of it came with the rest – by an import that stands. One answer for every store and for everything that tells
// of what waits: the sources' list, the quarantine's, the page of a case, that of an import. Pure.

import { factKey } from '../core/case/event.ts'
import { isVoid, type Said } from '../core/case/standing.ts'
import { parseInstant } from '../core/time/civil.ts'
import type { Instant } from '../core/time/instant.ts'
import type { EnteredWay, StoredFact } from './facts.ts'
import type { BroughtRow, Cure, KeptRefusal } from './held.ts'
import { isSameEvent, matched, type Raw, readRaw } from './mended.ts'

/** One that is not resolved, with every further row on which it was brought. */
export type Waiting = KeptRefusal & { readonly again: readonly BroughtRow[] }

const MARK = '{"unread":'

const importsOf = ({ importNo, again }: Waiting): ReadonlySet<number | null> =>
  new Set([importNo, ...again.map((one) => one.importNo)])

/** What people said of facts, by the bodies of their entries, as far as a row of a file can come right by them. */
export const saidBy = (bodies: (kind: 'withdraw' | 'void') => readonly string[]): Said => {
  const read = (kind: 'withdraw' | 'void') => bodies(kind).map((body) => JSON.parse(body))
  return {
    withdrawn: new Set(read('withdraw').map(({ import: no }) => no as number)),
    voided: new Set(read('void').map(({ source, event_id: id }) => factKey(source, id))),
    oneCase: new Set(),
    bears: new Map(),
  }
}

/** The ways of a fact that were not withdrawn. */
const standingWays = ({ ways }: StoredFact, { withdrawn }: Said): EnteredWay[] =>
  ways.filter(({ importNo }) => importNo === null || !withdrawn.has(importNo))

/** Whether it came after the row, and by another file than the row's. */
const cameSince = (row: Waiting, ways: readonly EnteredWay[]): boolean => {
  const own = importsOf(row)
  // imports are numbered in their order; the clock may stand
  return ways.some(({ importNo, at }) => {
    if (importNo === null || row.importNo === null) return at > row.at
    return importNo > row.importNo && !own.has(importNo)
  })
}

interface Edition {
  readonly name?: unknown
  readonly key?: unknown
  readonly as_of?: unknown
  readonly file?: unknown
  readonly line?: unknown
}

export const editionIn = (said: Raw): Edition | null =>
  typeof said.register === 'object' && said.register !== null ? said.register : null

/** As of when it is as it is written; null: that cannot be read. */
const asOfIn = ({ as_of: asOf }: Edition): number | null => (typeof asOf === 'string' ? parseInstant(asOf) : null)

/**
 * Whether an edition of the row says the later what the one that waits says: of its key, for a line that ends early is silent of
 * the others (I15). null: nobody knows – they are of no one register, or it cannot be read as of when one of them is. Void or not:
 * what superseded another edition goes on doing so (I14).
 */
const isLaterEdition = (row: Waiting, said: Raw, body: Raw, ways: readonly EnteredWay[]): boolean | null => {
  const [waits, later] = [editionIn(said), editionIn(body)]
  if (waits === null || later === null || later.name !== waits.name) return null
  if (later.key !== waits.key) return false
  const asOf = asOfIn(waits)
  if (asOf === null || typeof later.as_of !== 'number') return null
  if (later.as_of !== asOf) return later.as_of > asOf
  const isBelow = later.file === waits.file && Number(later.line) > Number(waits.line)
  return isBelow || cameSince(row, ways)
}

/** A fact of its case that could be what it was to be, read once. */
interface Came {
  readonly fact: StoredFact
  readonly body: Raw
  readonly ways: readonly EnteredWay[]
  /** It may be what could not be read of a row: it is not void, and is not what another row was mended by. */
  readonly isFree: boolean
}

/** What came: itself, or a later edition of it; else the facts that could be what could not be read of it. */
const comingOf = (row: Waiting, facts: readonly Came[]): Came | Came[] => {
  const raw = readRaw(row.raw)
  // an event of which something could not be read bears no id that it will come under
  const edition = editionIn(raw)
  const isHalf = row.raw.includes(MARK) || (edition !== null && asOfIn(edition) === null)
  const candidates: Came[] = []
  for (const came of facts) {
    if (came.fact.source !== row.source) continue
    if (came.fact.eventId === row.eventId) return came
    const isLater = isLaterEdition(row, raw, came.body, came.ways)
    if (isLater === true) return came
    if (isLater === null && isHalf && came.isFree && cameSince(row, came.ways) && isSameEvent(raw, came.body))
      candidates.push(came)
  }
  return candidates
}

/** Editions of one event of a row are one that waits; else each is. */
const eventOf = (row: Waiting): string => {
  const edition = editionIn(readRaw(row.raw))
  return edition === null ? `${row.id}` : JSON.stringify([row.source, edition.name, edition.key])
}

/** By what it came right, and the import that brought that: the first since, where one did. */
const cureOf = (row: Waiting, { fact, ways }: Came): Cure => {
  const own = importsOf(row)
  const way = ways.find((one) => one.importNo !== null && !own.has(one.importNo)) ?? ways[0]
  return { eventId: fact.eventId, importNo: way?.importNo ?? null }
}

/** Rows that wait still, and by what the others came right, by their numbers. */
export interface Sorted {
  readonly still: readonly Waiting[]
  readonly cures: ReadonlyMap<number, Cure>
}

/** Of the rows of one case. One fact mends one of them. */
const sortedOfCase = (rows: readonly Waiting[], facts: readonly Came[]): Sorted => {
  const cures = new Map<number, Cure>()
  const open = new Map<string, { rows: Waiting[]; candidates: Came[] }>()
  for (const row of rows) {
    const coming = comingOf(row, facts)
    if (!Array.isArray(coming)) {
      cures.set(row.id, cureOf(row, coming))
      continue
    }
    const known = open.get(eventOf(row))
    if (known === undefined) open.set(eventOf(row), { rows: [row], candidates: coming })
    else {
      known.rows.push(row)
      known.candidates = known.candidates.filter((came) => coming.includes(came))
    }
  }
  const mended = matched(new Map([...open].map(([key, { candidates }]) => [key, candidates])))
  const halves = [...open].flatMap(([key, one]) => one.rows.map((row) => ({ row, by: mended.get(key) ?? null })))
  const still: Waiting[] = []
  for (const { row, by } of halves) {
    const came = by ?? correctedBy(row, halves, facts)
    if (came === null) still.push(row)
    else cures.set(row.id, cureOf(row, came))
  }
  return { still, cures }
}

/** One that waits, and by what it was mended; null: it was not. */
interface Half {
  readonly row: Waiting
  readonly by: Came | null
}

const placesOf = ({ importNo, rowNo, again }: Waiting): string[] =>
  [{ importNo, rowNo }, ...again].flatMap((one) =>
    one.importNo === null || one.rowNo === null ? [] : [`${one.importNo} ${one.rowNo}`],
  )

/**
 * What could be read of a row of a file without keys was said anew with the rest of it (I6): all of the row that could not be read
 * was mended by one later file, and that file says an event of its type, too. What the row said then is what that says: that
 * event; null: it was not.
 */
const correctedBy = (row: Waiting, halves: readonly Half[], facts: readonly Came[]): Came | null => {
  const raw = readRaw(row.raw)
  if (editionIn(raw) !== null || row.raw.includes(MARK)) return null
  const places = new Set(placesOf(row))
  const beside = halves.filter((half) => half.row.raw.includes(MARK) && placesOf(half.row).some((at) => places.has(at)))
  const [first] = beside
  if (first === undefined || beside.some(({ by }) => by === null)) return null
  const brings = (came: Came | null, no: number | null): boolean =>
    no !== null && came?.ways.some(({ importNo }) => importNo === no) === true
  for (const { importNo } of first.by?.ways ?? []) {
    if (!beside.every(({ by }) => brings(by, importNo))) continue
    const found = facts.find(
      (came) =>
        came.isFree &&
        came.fact.source === row.source &&
        came.body.event_type === raw.event_type &&
        brings(came, importNo),
    )
    if (found !== undefined) return found
  }
  return null
}

/** Rows whose cases are looked at together. */
const AT_ONCE = 100

export interface Facts {
  ofCases(projectNos: readonly string[]): ReadonlyMap<string, readonly StoredFact[]>
  byIds(eventIds: readonly string[]): readonly StoredFact[]
}

/** Rows by their case, so that no fact is taken for two of them; one of no case is by itself. */
function* byCases(waiting: readonly Waiting[]): Generator<(readonly Waiting[])[]> {
  const cases = new Map<string, Waiting[]>()
  for (const row of waiting) {
    const key = row.projectNo === null ? `one ${row.id}` : `case ${row.projectNo}`
    const known = cases.get(key)
    if (known === undefined) cases.set(key, [row])
    else known.push(row)
  }
  let some: Waiting[][] = []
  let count = 0
  for (const rows of cases.values()) {
    some.push(rows)
    count += rows.length
    if (count < AT_ONCE) continue
    yield some
    some = []
    count = 0
  }
  yield some
}

/** What stands of them: a fact that mended a row, by its id or sent again by a person, mends no other one. */
const camesOf = (facts: readonly StoredFact[], said: Said, mends: ReadonlySet<string>): Came[] =>
  facts.flatMap((fact) => {
    const ways = standingWays(fact, said)
    if (ways.length === 0) return []
    const { source, eventId, voiders } = fact
    const isFree =
      !mends.has(factKey(source, eventId)) &&
      !isVoid({ source, eventId, voiders: voiders.map((one) => one.ways) }, said)
    return [{ fact, body: readRaw(fact.body), ways, isFree }]
  })

/** What a fact was at an instant: null: it was not there. */
const factAt = (fact: StoredFact, at: Instant): StoredFact | null => {
  if (fact.enteredAt > at) return null
  const known = <T extends { readonly at: Instant }>(all: readonly T[]): T[] => all.filter((one) => one.at <= at)
  const voiders = known(fact.voiders).map((voider) => ({ ...voider, ways: known(voider.ways) }))
  return { ...fact, ways: known(fact.ways), voiders }
}

/** What had been said by an instant. `mended`: keys of the events that were kept in the quarantine and sent again. */
export interface SaidBy {
  readonly at: Instant
  readonly said: Said
  readonly mended: ReadonlySet<string>
}

/** @param waiting what is not resolved of code row_waits: all of it that is of a case, of each case that is asked about */
export const sortWaiting = (waiting: readonly Waiting[], facts: Facts, { at, said, mended }: SaidBy): Sorted => {
  const own = waiting.flatMap(({ source, eventId }) => (eventId === null ? [] : [factKey(source, eventId)]))
  const mends = new Set([...mended, ...own])
  const still: Waiting[] = []
  const cures = new Map<number, Cure>()
  for (const cases of byCases(waiting)) {
    const some = cases.flat()
    const ofCases = facts.ofCases([...new Set(some.flatMap(({ projectNo }) => projectNo ?? []))])
    const byIds = facts.byIds(some.flatMap(({ projectNo, eventId }) => (projectNo === null ? (eventId ?? []) : [])))
    for (const rows of cases) {
      const no = rows[0]?.projectNo ?? null
      const stored = (no === null ? byIds : (ofCases.get(no) ?? [])).flatMap((fact) => factAt(fact, at) ?? [])
      const sorted = sortedOfCase(rows, camesOf(stored, said, mends))
      still.push(...sorted.still)
      for (const [id, cure] of sorted.cures) cures.set(id, cure)
    }
  }
  return { still: still.sort((a, b) => a.id - b.id), cures }
}
