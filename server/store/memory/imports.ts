// What whole imports brought, over plain maps: how many facts, which cases of former exports one of them leaves out (I14), and
// which rows of files wait (I15).

import { factKey } from '../../core/case/event.ts'
import { asInstant, type Instant } from '../../core/time/instant.ts'
import type { KeptRefusal, ListedRefusal, QuarantineReads, WaitingEvent, WaitingRows } from '../held.ts'
import type { AbsentQuery, ImportBrought } from '../port.ts'
import { type Sorted, saidBy, sortWaiting } from '../waiting.ts'
import { countRows } from '../waiting-rows.ts'
import { factsOfCase, toStored, waysOf } from './gather.ts'
import type { Rows } from './rows.ts'

/** Rows of the quarantine that an import brought, each with the row of its file. */
const heldBy = (rows: Rows, importNo: number) =>
  rows.quarantine.flatMap((row) => {
    const own = row.importNo === importNo && row.rowNo !== null ? [row.rowNo] : []
    const again = rows.again.filter((one) => one.id === row.id && one.importNo === importNo)
    return [...own, ...again.map(({ rowNo }) => rowNo)].map((on) => ({ ...row, on }))
  })

export const importCounts = (rows: Rows, importNo: number): ImportBrought => {
  const kept = [...rows.facts.values()]
  const first = kept.filter(({ fact }) => fact.way.importNo === importNo).length
  const all = kept.map((one) => waysOf(rows, one).filter((way) => way.importNo === importNo).length)
  const held = heldBy(rows, importNo)
  const still = new Set(waitingSorted(rows, EVER).still.map(({ id }) => id))
  const waiting = held.filter(({ id }) => still.has(id))
  return {
    first,
    again: all.reduce((sum, n) => sum + n, 0) - first,
    refused: new Set(held.filter(({ code }) => code !== 'row_waits').map(({ id }) => id)).size,
    waiting: new Set(waiting.map(({ on }) => on)).size,
  }
}

interface Raw {
  readonly register?: { readonly file?: string }
}

/** A raw text may have been cut. */
const read = (raw: string): Raw => {
  try {
    return JSON.parse(raw) as Raw
  } catch {
    return {}
  }
}

/** No instant of a ledger is later. */
const EVER = asInstant(Number.MAX_SAFE_INTEGER)

/** What waited at an instant, and by what the rest had come right. */
const waitingSorted = (rows: Rows, at: Instant): Sorted => {
  const waiting = rows.quarantine
    .filter((row) => row.code === 'row_waits' && row.at <= at && (row.resolvedAt === null || row.resolvedAt > at))
    .map((row) => ({ ...row, again: rows.again.filter(({ id }) => id === row.id) }))
  const ofCases = (numbers: readonly string[]) => new Map(numbers.map((no) => [no, factsOfCase(rows, no)]))
  const byIds = (ids: readonly string[]) =>
    [...rows.facts.values()].filter(({ fact }) => ids.includes(fact.eventId)).map((kept) => toStored(rows, kept))
  const mended = rows.quarantine.flatMap(({ source, eventId, resolution, resolvedAt }) =>
    eventId !== null && resolution === 'resubmitted' && (resolvedAt ?? 0) <= at ? [factKey(source, eventId)] : [],
  )
  const said = saidBy((kind) =>
    rows.inputs.flatMap((one) => (one.input.kind === kind && one.at <= at ? [one.input.body] : [])),
  )
  return sortWaiting(waiting, { ofCases, byIds }, { at, said, mended: new Set(mended) })
}

export const waitingRows = (rows: Rows): WaitingRows[] => countRows(waitingSorted(rows, EVER).still)

/** A page of rows as they are listed: what has come right says by what. */
export const listed = (rows: Rows, page: readonly KeptRefusal[]): ListedRefusal[] => {
  const { cures } = waitingSorted(rows, EVER)
  return page.map((row) => ({ ...row, cure: cures.get(row.id) ?? null }))
}

export const waitingUnder = (rows: Rows, events: readonly { source: string; eventId: string }[]): WaitingEvent[] =>
  rows.quarantine.flatMap(({ id, source, eventId, code, raw, resolvedAt }) => {
    const isMeant = events.some((one) => one.source === source && one.eventId === eventId)
    return resolvedAt === null && eventId !== null && isMeant ? [{ id, source, eventId, code, raw }] : []
  })

/** Every row of a file on which one was brought. */
const broughtOn = (rows: Rows, { id, importNo, rowNo }: KeptRefusal): string[] => {
  const own = importNo === null || rowNo === null ? [] : [{ importNo, rowNo }]
  return [...own, ...rows.again.filter((one) => one.id === id)].map((one) => `${one.importNo} ${one.rowNo}`)
}

export const unnumberedRows = (rows: Rows, imports: readonly number[], limit: number): string[] => {
  const found = new Map<string, string>()
  for (const row of rows.quarantine) {
    const isBrought =
      (row.importNo !== null && row.rowNo !== null && imports.includes(row.importNo)) ||
      rows.again.some(({ id, importNo }) => id === row.id && imports.includes(importNo))
    if (!isBrought || row.code !== 'row_waits' || row.projectNo !== null) continue
    const key = `${row.importNo} ${row.rowNo}`
    const known = found.get(key)
    found.set(key, known === undefined || row.raw < known ? row.raw : known)
  }
  return [...found.values()].slice(0, limit)
}

const waitingBeside = (rows: Rows, id: number): KeptRefusal[] => {
  const asked = rows.quarantine.find((row) => row.id === id)
  if (asked === undefined) return []
  const on = new Set(broughtOn(rows, asked))
  return rows.quarantine.filter(
    (row) =>
      (row.resolvedAt === null || row.resolution === 'dismissed') &&
      (row.id === id || broughtOn(rows, row).some((one) => on.has(one))),
  )
}

const waitingOf = (
  rows: Rows,
  { projectNos, at, limit }: Parameters<QuarantineReads['waitingOf']>[0],
): { count: number; rows: KeptRefusal[] } => {
  const asked = new Set<string | null>(projectNos)
  const { cures } = waitingSorted(rows, at)
  const waits = rows.quarantine.filter(
    (row) =>
      row.projectNo !== null &&
      asked.has(row.projectNo) &&
      row.at <= at &&
      !cures.has(row.id) &&
      (row.resolvedAt === null || row.resolvedAt > at),
  )
  return { count: waits.length, rows: waits.slice(0, limit) }
}

const waitingBroughtBy = (rows: Rows, id: number): number[] => {
  const asked = rows.quarantine.find((row) => row.id === id)
  const first = asked === undefined || asked.importNo === null ? [] : [asked.importNo]
  const again = rows.again.filter((one) => one.id === id).map(({ importNo }) => importNo)
  return [...new Set([...first, ...again])].sort((a, b) => a - b)
}

export const absentCases = (rows: Rows, query: AbsentQuery): { cases: string[]; next: string | null } => {
  const { former, present, source, file, after, limit } = query
  const broughtBy = new Map<string, Set<number | null>>()
  for (const kept of rows.facts.values()) {
    const { projectNo } = kept.fact
    if (projectNo === null) continue
    const ways = waysOf(rows, kept).map(({ importNo }) => importNo)
    broughtBy.set(projectNo, new Set([...(broughtBy.get(projectNo) ?? []), ...ways]))
  }
  const waits = new Set(
    rows.quarantine
      .filter(
        (row) =>
          row.source === source && row.code === 'row_waits' && file !== null && read(row.raw).register?.file === file,
      )
      .map(({ projectNo }) => projectNo),
  )
  const looked = [...broughtBy.keys()]
    .filter((no) => no > after)
    .sort()
    .slice(0, limit)
  const isIn = (no: string, imports: readonly number[]): boolean => imports.some((n) => broughtBy.get(no)?.has(n))
  const cases = looked.filter((no) => isIn(no, former) && !isIn(no, present) && !waits.has(no))
  return { cases, next: looked.length < limit ? null : (looked.at(-1) ?? null) }
}

/** What waits of one row, of one import and of one case, and what makes room. */
export const waitingReads = (
  rows: Rows,
): Pick<QuarantineReads, 'waitingBeside' | 'waitingBroughtBy' | 'waitingOf' | 'quarantineOldest'> => ({
  waitingBeside: async (id) => waitingBeside(rows, id),
  waitingBroughtBy: async (id) => waitingBroughtBy(rows, id),
  waitingOf: async (query) => waitingOf(rows, query),
  quarantineOldest: async (source, limit) =>
    rows.quarantine
      .filter((row) => row.source === source && row.resolvedAt !== null && row.id < (rows.quarantine.at(-1)?.id ?? 0))
      .slice(0, limit)
      .map(({ id, raw }) => ({ id, bytes: Buffer.byteLength(raw) })),
})
