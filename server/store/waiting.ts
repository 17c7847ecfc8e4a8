// Which rows of files wait (I14, I15): counted by source and unit, each row once, however many of its events wait and whichever
// imports brought it. A row has come right when its event was brought, when a later edition of it was, or when what could be
// read of it came with the rest – by an import that stands. One answer for every store. Pure.

import { factKey } from '../core/case/event.ts'
import { isVoid, type Said } from '../core/case/standing.ts'
import { parseInstant } from '../core/time/civil.ts'
import type { EnteredWay, StoredFact } from './facts.ts'
import type { BroughtRow, KeptRefusal, WaitingRows } from './held.ts'
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

const editionIn = (said: Raw): Edition | null =>
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

/** Whether it came itself, or a later edition of it; else the facts that could be what could not be read of it. */
const comingOf = (row: Waiting, facts: readonly Came[]): true | Came[] => {
  const raw = readRaw(row.raw)
  // an event of which something could not be read bears no id that it will come under
  const edition = editionIn(raw)
  const isHalf = row.raw.includes(MARK) || (edition !== null && asOfIn(edition) === null)
  const candidates: Came[] = []
  for (const came of facts) {
    if (came.fact.source !== row.source) continue
    if (came.fact.eventId === row.eventId) return true
    const isLater = isLaterEdition(row, raw, came.body, came.ways)
    if (isLater === true) return true
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

/** Of the rows of one case those that wait still. One fact mends one of them. */
const stillWaiting = (rows: readonly Waiting[], facts: readonly Came[]): Waiting[] => {
  const open = new Map<string, { rows: Waiting[]; candidates: Came[] }>()
  for (const row of rows) {
    const coming = comingOf(row, facts)
    if (coming === true) continue
    const known = open.get(eventOf(row))
    if (known === undefined) open.set(eventOf(row), { rows: [row], candidates: coming })
    else {
      known.rows.push(row)
      known.candidates = known.candidates.filter((came) => coming.includes(came))
    }
  }
  const mended = matched(new Map([...open].map(([key, { candidates }]) => [key, candidates])))
  const left = [...open].flatMap(([key, one]) => (mended.has(key) ? [] : one.rows))
  const halves = [...open].flatMap(([key, one]) => one.rows.map((row) => ({ row, by: mended.get(key) ?? null })))
  return left.filter((row) => !isCorrected(row, halves, facts))
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
 * Whether what could be read of a row of a file without keys was said anew with the rest of it (I6): all of the row that could not be
 * read was mended by one later file, and that file says an event of its type, too. What the row said then is what that says.
 */
const isCorrected = (row: Waiting, halves: readonly Half[], facts: readonly Came[]): boolean => {
  const raw = readRaw(row.raw)
  if (editionIn(raw) !== null || row.raw.includes(MARK)) return false
  const places = new Set(placesOf(row))
  const beside = halves.filter((half) => half.row.raw.includes(MARK) && placesOf(half.row).some((at) => places.has(at)))
  const [first] = beside
  if (first === undefined || beside.some(({ by }) => by === null)) return false
  const brings = (came: Came | null, no: number | null): boolean =>
    no !== null && came?.ways.some(({ importNo }) => importNo === no) === true
  return (first.by?.ways ?? []).some(
    ({ importNo }) =>
      beside.every(({ by }) => brings(by, importNo)) &&
      facts.some(
        (came) =>
          came.isFree &&
          came.fact.source === row.source &&
          came.body.event_type === raw.event_type &&
          brings(came, importNo),
      ),
  )
}

/** What an event that waits is of: rows that share one of these are one row. */
const rowsOf = (row: Waiting): string[] => {
  const { id, source, eventId, projectNo, importNo, rowNo, again } = row
  const brought = [...(importNo === null || rowNo === null ? [] : [{ importNo, rowNo }]), ...again]
  const keys = brought.map((one) => `row ${one.importNo} ${one.rowNo}`)
  if (eventId !== null) keys.push(`event ${factKey(source, eventId)}`)
  const register = editionIn(readRaw(row.raw))?.name
  if (projectNo !== null && typeof register === 'string') keys.push(JSON.stringify([source, register, projectNo]))
  // of before its row was kept
  if (rowNo === null && projectNo !== null) keys.push(JSON.stringify([source, projectNo]))
  return keys.length === 0 ? [`one ${id}`] : keys
}

const unitOf = (row: Waiting): string => {
  const { org_code: unit } = readRaw(row.raw)
  return typeof unit === 'string' ? unit : ''
}

interface Found {
  readonly source: string
  unit: string
}

/** Events of one row brought together: the row has the unit that one of them names. */
class Grouped {
  readonly #rows = new Map<string, { into: string } | Found>()

  add(row: Waiting): void {
    const unit = unitOf(row)
    const roots = [...new Set(rowsOf(row).map((key) => this.#rootOf(key)))]
    const [root = '', ...others] = roots
    const found = this.#at(root) ?? { source: row.source, unit: '' }
    if (found.unit === '') found.unit = unit
    this.#rows.set(root, found)
    for (const other of others) {
      const met = this.#at(other)
      if (found.unit === '' && met !== null) found.unit = met.unit
      this.#rows.set(other, { into: root })
    }
  }

  #rootOf(key: string): string {
    let at = key
    for (let next = this.#rows.get(at); next !== undefined && 'into' in next; next = this.#rows.get(at)) at = next.into
    return at
  }

  #at(root: string): Found | null {
    const found = this.#rows.get(root)
    return found === undefined || 'into' in found ? null : found
  }

  counted(): WaitingRows[] {
    const counts = new Map<string, WaitingRows>()
    for (const found of this.#rows.values()) {
      if ('into' in found) continue
      const { source, unit } = found
      const key = JSON.stringify([source, unit])
      counts.set(key, { source, unit, rows: (counts.get(key)?.rows ?? 0) + 1 })
    }
    return [...counts.values()].sort((a, b) =>
      a.source !== b.source ? (a.source < b.source ? -1 : 1) : a.unit < b.unit ? -1 : 1,
    )
  }
}

/** Rows whose cases are looked at together. */
const AT_ONCE = 100

interface Facts {
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

/**
 * Rows that wait still, counted. `waiting`: what is not resolved of code row_waits. `mended`: keys of the events that were kept in
 * the quarantine and sent again.
 */
export const countWaiting = (
  waiting: readonly Waiting[],
  facts: Facts,
  { said, mended }: { readonly said: Said; readonly mended: ReadonlySet<string> },
): WaitingRows[] => {
  const grouped = new Grouped()
  const own = waiting.flatMap(({ source, eventId }) => (eventId === null ? [] : [factKey(source, eventId)]))
  const mends = new Set([...mended, ...own])
  const still: Waiting[] = []
  for (const cases of byCases(waiting)) {
    const some = cases.flat()
    const ofCases = facts.ofCases([...new Set(some.flatMap(({ projectNo }) => projectNo ?? []))])
    const byIds = facts.byIds(some.flatMap(({ projectNo, eventId }) => (projectNo === null ? (eventId ?? []) : [])))
    for (const rows of cases) {
      const no = rows[0]?.projectNo ?? null
      still.push(...stillWaiting(rows, camesOf(no === null ? byIds : (ofCases.get(no) ?? []), said, mends)))
    }
  }
  for (const row of still.sort((a, b) => a.id - b.id)) grouped.add(row)
  return grouped.counted()
}
