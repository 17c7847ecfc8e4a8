// Makers of rows for the store's law book: everything has a plain default, a case says only what it is about.

import type { Card, CardMove } from '../../server/core/card/card.ts'
import { LIVE } from '../../server/core/case/standing.ts'
import type { Flow, FlowKind } from '../../server/core/measure/flows.ts'
import { asDay, asInstant } from '../../server/core/time/instant.ts'
import type { QuarantineRow } from '../../server/store/held.ts'
import type { KeyStore } from '../../server/store/keys.ts'
import type { Batch, CaseRow, FactRow, GatherKeys, Ledger, Records } from '../../server/store/port.ts'

export const DAY = 86_400_000
/** 2026-04-20T09:00+08:00 */
export const START = Date.UTC(2026, 3, 20, 1)
export const at = (days: number) => asInstant(START + Math.round(days * DAY))
const FIRST_DAY = Math.floor(START / DAY)
export const on = (days: number) => asDay(FIRST_DAY + days)

export interface Store {
  ledger: Ledger
  records: Records
  keys: KeyStore
  /** Another writer of the same ledger, as on a file system that keeps no locks. */
  second(): Ledger
  close(): Promise<void>
}

export const batch = (more: Partial<Batch> = {}): Batch => ({
  step: { kind: 'facts', by: 's1', law: 1, engine: 1, params: {} },
  at: at(0),
  facts: [],
  inputs: [],
  cases: [],
  casesGone: [],
  cards: [],
  moves: [],
  quarantine: [],
  turnedTo: null,
  sources: [],
  ...more,
})

/** `id` of the event in source `s1`, about project P1 unless said. */
export const fact = (eventId: string, more: Partial<FactRow> = {}): FactRow => {
  const { source = 's1', projectNo = 'P1', at: occurred = at(0), voids = null, type = 'ACCEPT' } = more
  const wire = {
    event_id: eventId,
    event_type: type,
    occurred_at: occurred,
    ...(projectNo === null ? {} : { project_no: projectNo }),
    source_system: source,
    ...(voids === null ? {} : { supersedes: voids }),
  }
  const row = { source, eventId, type, projectNo, at: occurred, body: JSON.stringify(wire), personal: null, voids }
  return { ...row, voidsToo: null, isEdition: false, way: LIVE, ...more }
}

export const caseRow = (projectNo: string, more: Partial<CaseRow> = {}): CaseRow => ({
  projectNo,
  state: '{}',
  engine: 1,
  law: 1,
  judgedAt: at(0),
  nextTurnAt: null,
  inHand: true,
  status: 'accepted',
  level: 0,
  region: '110101',
  department: 'D1',
  item: 'I1',
  source: 's1',
  window: 'W1',
  dueAt: at(20),
  lastAt: at(0),
  apart: null,
  flows: [],
  ...more,
})

export const flow = (kind: FlowKind, day = 0, more: Partial<Flow> = {}): Flow => ({
  kind,
  on: on(day),
  hour: null,
  n: 1,
  region: '110101',
  department: 'D1',
  window: 'W1',
  operator: 'O1',
  item: 'I1',
  source: 's1',
  member: false,
  code: null,
  ...more,
})

/** So many flows of a kind; fewer than none: what takes them away again. */
export const flowsOf = (kind: FlowKind, day: number, n: number, more: Partial<Flow> = {}): Flow[] =>
  Array.from({ length: Math.abs(n) }, () => flow(kind, day, { n: n < 0 ? -1 : 1, ...more }))

export const card = (cardId: string, more: Partial<Card> = {}): Card => ({
  cardId,
  rule: 'T-02',
  family: '时限',
  level: 2,
  subjectKind: 'case',
  subject: 'P1',
  projectNo: 'P1',
  occasion: 'promise',
  department: 'D1',
  region: '110101',
  member: false,
  item: 'I1',
  holder: { role: 'front', org: 'D1', window: 'W1', operator: 'O1', operatorName: '张三' },
  limitAt: at(1),
  raisedAt: at(1),
  state: 'notified',
  ofRecord: false,
  provisional: false,
  replyDueAt: null,
  basis: { measured: 3, limit: 2 },
  contested: null,
  doubted: null,
  stood: null,
  confirmed: false,
  downgradedTo: null,
  declined: [],
  lift: null,
  moves: 1,
  ...more,
})

export const move = (cardId: string, n: number, more: Partial<CardMove> = {}): CardMove => ({
  cardId,
  n,
  at: at(1),
  move: 'raise',
  state: 'notified',
  by: 'clock',
  why: '',
  ...more,
})

/** What planning asks about these facts; `cached` names cases whose rows it holds. */
export const asks = (facts: readonly FactRow[], cached: Record<string, number> = {}): GatherKeys => ({
  facts: facts.map(({ source, eventId, projectNo, at: when, ...more }) => ({
    source,
    eventId,
    projectNo,
    at: when,
    voids: more.voids,
    voidsToo: more.voidsToo,
    isEdition: more.isEdition,
  })),
  cached: new Map(Object.entries(cached).map(([no, when]) => [no, asInstant(when)])),
})

/** A row that waits in the quarantine: the fifth of import 1, unless said. */
export const waitingRow = (eventId: string, raw: object, more: Partial<QuarantineRow> = {}): QuarantineRow => ({
  at: at(0),
  source: 's1',
  eventId,
  projectNo: 'P1',
  code: 'row_waits',
  field: null,
  message: '',
  importNo: 1,
  rowNo: 5,
  raw: JSON.stringify(raw),
  ...more,
})
