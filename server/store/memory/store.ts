// The memory twin of the store: Ledger, Records and KeyStore over plain maps, for tests and as the measure of what the
// port means. It keeps no evidence and survives nothing.

import type { CardMove } from '../../core/card/card.ts'
import { isWaiting } from '../../core/card/standing.ts'
import { factKey } from '../../core/case/event.ts'
import type { CaseState } from '../../core/case/state.ts'
import { isCardWithin, isWithin } from '../../core/scope.ts'
import { cursorAtPlace, placeIn } from '../cursor.ts'
import type { QuarantineCount } from '../held.ts'
import type { KeyStore } from '../keys.ts'
import { type CaseRow, type InputKind, type Ledger, type Records, windowOfCard } from '../port.ts'
import { StoreError } from '../trouble.ts'
import { factsOfCase, gather, importedFacts, storedCase } from './gather.ts'
import {
  absentCases,
  importCounts,
  listed,
  unnumberedRows,
  waitingReads,
  waitingRows,
  waitingUnder,
} from './imports.ts'
import { auditFlows, casesBehind, dailyOf, dueBetween, headOf, totalsOf } from './measures.ts'
import { byKindAndKey, noRows, type Rows } from './rows.ts'
import { writerOf } from './writer.ts'

/** One page of a list, newest first; the cursor is the place of its last row, counted from 1. */
function page<T>(all: readonly T[], wanted: (item: T) => boolean, query: { after?: string; limit: number }) {
  const before = placeIn(query.after) ?? all.length + 1
  const found: { item: T; place: number }[] = []
  for (let place = Math.min(before - 1, all.length); place >= 1 && found.length <= query.limit; place--) {
    const item = all[place - 1] as T
    if (wanted(item)) found.push({ item, place })
  }
  const rows = found.slice(0, query.limit)
  const last = rows.at(-1)
  return {
    rows: rows.map(({ item }) => item),
    next: found.length > query.limit && last !== undefined ? cursorAtPlace(last.place) : null,
  }
}

const asked = <T>(wanted: T | undefined, value: T): boolean => wanted === undefined || wanted === value

const movesOf = (rows: Rows, cardId: string): CardMove[] =>
  rows.moves.filter((move) => move.cardId === cardId).sort((a, b) => a.n - b.n)

type CaseReads = Pick<
  Records,
  | 'gather'
  | 'cases'
  | 'factsOf'
  | 'factsOfMany'
  | 'importedFacts'
  | 'importCounts'
  | 'absentCases'
  | 'factCounts'
  | 'placesOf'
  | 'due'
  | 'nextTurnAt'
  | 'stale'
  | 'strays'
  | 'numbersSaid'
  | 'listCases'
>

/** Whether sources give its number several items (I11), and whether somebody has said that it is one case. */
const collisionOf = ({ state }: CaseRow): 'waiting' | 'one_case' | null => {
  const { collision = [], oneCase } = (state === '' ? {} : JSON.parse(state)) as Partial<CaseState>
  return collision.length === 0 ? null : oneCase === true ? 'one_case' : 'waiting'
}

const countFacts = (rows: Rows, projectNos: readonly string[]) => {
  const counts = new Map<string, { projectNo: string; source: string; n: number }>()
  for (const { fact } of rows.facts.values()) {
    const { projectNo, source } = fact
    if (projectNo === null || !projectNos.includes(projectNo)) continue
    const key = JSON.stringify([projectNo, source])
    counts.set(key, { projectNo, source, n: (counts.get(key)?.n ?? 0) + 1 })
  }
  return [...counts.values()]
}

function caseReads(rows: Rows): CaseReads {
  const some = (projectNos: readonly string[]) => projectNos.flatMap((no) => storedCase(rows, no) ?? [])
  return {
    gather: async (keys) => gather(rows, keys),
    cases: async (projectNos) => new Map(some(projectNos).map((each) => [each.row.projectNo, each])),
    factsOf: async (projectNo) => factsOfCase(rows, projectNo),
    factsOfMany: async (projectNos) =>
      new Map(projectNos.map((no) => [no, factsOfCase(rows, no)] as const).filter(([, facts]) => facts.length > 0)),
    importedFacts: async (importNo, afterSeq, limit) =>
      importedFacts(rows, importNo)
        .filter(({ seq }) => seq > afterSeq)
        .slice(0, limit),
    importCounts: async (importNo) => importCounts(rows, importNo),
    absentCases: async (query) => absentCases(rows, query),
    factCounts: async (projectNos) => countFacts(rows, projectNos),
    placesOf: async (facts) =>
      new Map(
        facts.flatMap(({ source, eventId }) => {
          const kept = rows.facts.get(factKey(source, eventId))
          return kept === undefined ? [] : [[factKey(source, eventId), { projectNo: kept.fact.projectNo }] as const]
        }),
      ),
    due: async (at, limit) =>
      some(
        [...rows.cases.values()]
          .filter((row) => row.nextTurnAt !== null && row.nextTurnAt <= at)
          .sort((a, b) => (a.nextTurnAt ?? 0) - (b.nextTurnAt ?? 0))
          .slice(0, limit)
          .map((row) => row.projectNo),
      ),
    nextTurnAt: async () =>
      [...rows.cases.values()].flatMap((row) => row.nextTurnAt ?? []).sort((a, b) => a - b)[0] ?? null,
    stale: async (law, engine, after, limit) => {
      const all = [...rows.cases.keys()]
      const rest = all.slice(all.indexOf(after) + 1)
      return some(rest)
        .filter(({ row }) => row.engine !== engine || (law !== null && row.law !== law))
        .slice(0, limit)
    },
    strays: async (limit, of) => {
      const named = new Map<string, { projectNo: string; source: string }>()
      for (const { fact } of rows.facts.values()) {
        const { projectNo, source } = fact
        if (projectNo === null || (rows.cases.has(projectNo) && !of.includes(source))) continue
        named.set(JSON.stringify([projectNo, source]), { projectNo, source })
      }
      return [...named.values()].slice(0, limit)
    },
    numbersSaid: async (source, after, upTo) => {
      const said = [...rows.facts.values()].filter(
        ({ seq, fact }) => seq > after && seq <= upTo && fact.source === source,
      )
      return [...new Set(said.flatMap(({ fact }) => fact.projectNo ?? []))]
    },
    listCases: async (query) =>
      page(
        [...rows.cases.values()],
        (row) =>
          (row.status !== 'void' || row.flows.length > 0) &&
          asked(query.window, row.window) &&
          asked(query.department, row.department) &&
          isWithin(query.within ?? 'all', row.department) &&
          asked(query.level, row.level) &&
          asked(query.inHand, row.inHand) &&
          asked(query.apart, row.apart !== null) &&
          asked(query.collision, collisionOf(row)),
        query,
      ),
  }
}

type OtherReads = Pick<
  Records,
  | 'card'
  | 'countCards'
  | 'cardsOf'
  | 'listCards'
  | 'laws'
  | 'aliases'
  | 'inputs'
  | 'quarantine'
  | 'quarantineCounts'
  | 'waitingRows'
  | 'waitingUnder'
  | 'waitingBeside'
  | 'waitingBroughtBy'
  | 'waitingOf'
  | 'unnumberedRows'
  | 'quarantineOldest'
  | 'sources'
  | 'subjects'
  | 'committedBy'
  | 'head'
>

const inputsOf = (rows: Rows, kind: 'law' | 'alias' | InputKind) =>
  rows.inputs
    .filter(({ input }) => input.kind === kind)
    .map(({ seq, at, input }) => ({ seq, at, by: input.by, body: input.body }))

const countsOf = ({ quarantine }: Rows): QuarantineCount[] =>
  [...new Set(quarantine.map(({ source }) => source))].sort().map((source) => {
    const own = quarantine.filter((row) => row.source === source)
    return {
      source,
      rows: own.length,
      bytes: own.reduce((sum, { raw }) => sum + Buffer.byteLength(raw), 0),
      resolved: own.filter(({ resolvedAt }) => resolvedAt !== null).length,
    }
  })

function otherReads(rows: Rows): OtherReads {
  return {
    card: async (cardId) => {
      const card = rows.cards.get(cardId)
      return card === undefined ? null : { card, moves: movesOf(rows, cardId) }
    },
    countCards: async (state, within = 'all') =>
      [...rows.cards.values()].filter((card) => card.state === state && isCardWithin(within, card)).length,
    cardsOf: async (kind, subjects) =>
      [...rows.cards.values()].filter((card) => card.subjectKind === kind && subjects.includes(card.subject)),
    listCards: async (query) => {
      const found = page(
        [...rows.cards.values()],
        (card) =>
          asked(query.state, card.state) &&
          asked<number>(query.level, card.level) &&
          asked(query.rule, card.rule) &&
          asked(query.window, windowOfCard(card)) &&
          asked(query.department, card.department) &&
          isCardWithin(query.within ?? 'all', card) &&
          (query.projectNos === undefined || query.projectNos.includes(card.projectNo ?? '')) &&
          (query.waiting !== true || isWaiting(card)),
        query,
      )
      return { ...found, rows: found.rows.map((card) => ({ card, moves: movesOf(rows, card.cardId) })) }
    },
    laws: async (asked = { after: 0, limit: Number.POSITIVE_INFINITY }) =>
      inputsOf(rows, 'law')
        .filter(({ seq }) => seq > asked.after)
        .slice(0, asked.limit),
    aliases: async () => inputsOf(rows, 'alias'),
    inputs: async (kind) => inputsOf(rows, kind),
    quarantine: async (query) => {
      const before = placeIn(query.after) ?? Number.POSITIVE_INFINITY
      const meant = rows.quarantine
        .filter((row) => row.id < before && asked(query.code, row.code) && asked(query.source, row.source))
        .reverse()
      const found = meant.slice(0, query.limit)
      const last = found.at(-1)
      return {
        rows: listed(rows, found),
        next: meant.length > found.length && last !== undefined ? cursorAtPlace(last.id) : null,
      }
    },
    quarantineCounts: async () => countsOf(rows),
    waitingRows: async () => waitingRows(rows),
    waitingUnder: async (events) => waitingUnder(rows, events),
    unnumberedRows: async (imports, limit) => unnumberedRows(rows, imports, limit),
    ...waitingReads(rows),
    sources: async () => [...rows.sources.values()].sort((a, b) => (a.source < b.source ? -1 : 1)),
    subjects: async () => [...rows.subjects.values()].sort(byKindAndKey),
    committedBy: async (at) => rows.steps.findLast((step) => step.at <= at)?.at ?? null,
    head: async () => ({
      commit: rows.commit,
      seq: rows.seq,
      at: rows.at,
      turnedTo: rows.turnedTo,
      cases: rows.cases.size,
    }),
  }
}

function keyStore(rows: Rows): KeyStore {
  return {
    keys: async () => [...rows.keys.values()],
    addKey: async (row) => {
      const twice = [...rows.keys.values()].some((other) => other.keyId === row.keyId || other.hash === row.hash)
      if (twice) throw new StoreError('store_broken', `Key ${row.keyId} is held already.`)
      rows.keys.set(row.keyId, { ...row })
    },
    revokeKey: async (keyId, at) => {
      const row = rows.keys.get(keyId)
      if (row !== undefined && row.revokedAt === null) row.revokedAt = at
    },
  }
}

export interface Memory extends Ledger, Records, KeyStore {
  close(): Promise<void>
  /** Another writer of the same ledger. */
  second(): Ledger
}

export function openMemory(): Memory {
  const rows = noRows()
  return {
    ...writerOf(rows),
    second: () => ({ ...writerOf(rows), close: async () => {} }),
    ...caseReads(rows),
    ...otherReads(rows),
    ...keyStore(rows),
    totals: async (dimension, from, to, department) =>
      totalsOf(rows, { dimension, from, to, ...(department === undefined ? {} : { department }) }),
    daily: async (dimension, keys, kinds, from, to) => dailyOf(rows, { dimension, keys, kinds, from, to }),
    heads: async (windows, now, untils) => windows.map((window) => headOf(rows, window, now, untils)),
    dueBetween: async (bounds, department) => dueBetween(rows, bounds, department),
    auditFlows: async (limit) => auditFlows(rows, limit),
    casesBehind: async (query) => casesBehind(rows, query),
    close: async () => {},
  }
}
