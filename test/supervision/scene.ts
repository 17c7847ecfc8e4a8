// A short working week in which every kind of commit happens: law, notices and declarations, facts one after the other and at
// once, by an import and again, turns of the clock, a delivery by night, a rejection, aliases and proposals, a doubtful number
// settled, a move on a card, voids of sources and of the office, a withdrawal. Each step can be done again when it was not taken.

import { canonicalize } from '../../server/intake/canonical.ts'
import { toFact } from '../../server/intake/fact.ts'
import { enactCatalogue } from '../../server/office/law/enact.ts'
import { SMALL, type SupervisorHouse } from './house.ts'

export interface Step {
  readonly name: string
  /** It waits for what others have begun, and may find nothing left to do. */
  readonly waits?: true
  readonly act: (at: SupervisorHouse) => Promise<unknown>
}

const FIVE = { task_code: 'five' }

/** Sends these one after the other in requests of their own, all under way together. */
const together = async (at: SupervisorHouse, ...events: Record<string, unknown>[]): Promise<void> => {
  const told = await Promise.allSettled(events.map((event) => at.take(event)))
  for (const answer of told) if (answer.status === 'rejected') throw answer.reason
}

const move = async (at: SupervisorHouse, cardOf: () => Promise<string>): Promise<void> => {
  const asked = { cardId: await cardOf(), move: 'explain', by: '王晓峰', why: '系统停电', signedBy: null }
  const moved = await at.supervisor.move(asked)
  if ('refused' in moved) throw new Error(moved.refused)
}

const join = async (at: SupervisorHouse, joined: boolean): Promise<void> => {
  const told = await at.supervisor.join({ alias: 'C9', home: 'C1', joined }, { by: '李明', why: '同一办件' })
  if ('refused' in told) throw new Error(told.refused)
}

const reject = async (at: SupervisorHouse): Promise<void> => {
  const refused = { code: 'bad_field', at: '/event_type', detail: 'X', eventId: 'bad', projectNo: null } as const
  await at.supervisor.ingest([refused], ['{"event_id":"bad"}'], { source: 'east', by: 'east' })
}

/** A row of an import that cannot be read: on a further row it is the same that waits. */
const rejectRow = async (at: SupervisorHouse, rowNo: number, importNo: number): Promise<void> => {
  const refused = {
    code: 'bad_field',
    at: '/event_type',
    detail: 'X',
    eventId: 'half',
    projectNo: 'I3',
    rowNo,
  } as const
  await at.supervisor.ingest([refused], ['{"event_id":"half"}'], { source: 'east', by: 'east', importNo })
}

/** Events of any source, by an import or without one. */
const sent = async (
  at: SupervisorHouse,
  source: string,
  events: readonly Record<string, unknown>[],
  importNo: number | null = null,
): Promise<void> => {
  const context = { source, now: at.supervisor.now(), aheadMs: 600_000, historical: null }
  const intakes = events.map((event) => toFact(event, context))
  const told = await at.supervisor.ingest(
    intakes,
    events.map(() => null),
    { source, by: source, importNo },
  )
  for (const { outcome, code } of told) if (outcome === 'rejected') throw new Error(`rejected: ${code}`)
}

/** What was asked for and refused is a fault of the scene. */
const taken = async <T extends object>(told: Promise<T | { refused: string }>): Promise<T> => {
  const answer = await told
  if ('refused' in answer) throw new Error(String(answer.refused))
  return answer
}

const CATALOGUE = { valid_from: '2024-01-01' } as const
const declared = (at: SupervisorHouse, catalogue: string, more: object) => {
  const body = { ...CATALOGUE, catalogue, ...more }
  return at.supervisor.loadCatalogue(body, canonicalize(body), 'test')
}

/** `cardOf` finds the yellow card of C1. Events bear ids of their own, so that a step done again tells the same thing. */
export const stepsOf = (cardOf: () => Promise<string>): Step[] => {
  const said = (type: string, no: string, id: string, more: Record<string, unknown>) => (at: SupervisorHouse) => ({
    ...at.event(type, no, more),
    event_id: id,
  })
  const accept = (no: string, id: string) =>
    said('ACCEPT', no, id, { ...FIVE, occurred_at: '2026-09-14T10:00:00+08:00' })
  const decide = (no: string, id: string) =>
    said('DECIDE', no, id, { occurred_at: '2026-09-15T10:00:00+08:00', payload: { result: 'granted' } })
  const receive = (no: string, id: string, item: string) =>
    said('RECEIVE', no, id, { task_code: item, occurred_at: '2026-09-18T10:00:00+08:00' })
  /** Five working days run out on Monday the 21st, for Sunday the 20th is worked; the grace of one day with the 22nd. */
  const nightly = said('ACCEPT', 'B1', 'b1', { ...FIVE, occurred_at: '2026-09-15T10:00:00+08:00' })
  /** Numbers of entries that later steps speak of. */
  let importNo = 0
  let proposal = 0
  const register = { id: 'i1', file: 'r.csv', digest: null, mapping: null, source: 'east', by: 'admin' } as const
  const by = { by: 'sup1', why: '核实' }
  return [
    { name: 'law', act: (at) => enactCatalogue(at.supervisor, SMALL, 'test') },
    { name: 'settled', waits: true, act: (at) => at.supervisor.settled() },
    { name: 'facts', act: (at) => at.take(accept('C1', 'a1')(at), accept('C2', 'a2')(at)) },
    {
      name: 'facts at once',
      act: (at) => together(at, accept('C3', 'a3')(at), decide('C3', 'd3')(at), accept('C4', 'a4')(at)),
    },
    { name: 'a rejection', act: reject },
    { name: 'a move', act: (at) => move(at, cardOf) },
    { name: 'an older fact', act: (at) => at.take(decide('C2', 'd2')(at)) },
    { name: 'another number', act: (at) => at.take(accept('C9', 'a9')(at)) },
    { name: 'an alias', act: (at) => join(at, true) },
    { name: 'the alias undone', act: (at) => join(at, false) },
    {
      name: 'a void',
      act: (at) => at.take(said('VOID', 'C4', 'v4', { payload: { target: 'a4', reason: '误报' } })(at)),
    },
    {
      name: 'an import',
      act: async (at) => {
        importNo = await at.supervisor.beginImport({ ...register, historical: null, asOf: null })
      },
    },
    {
      name: 'rows of an import',
      act: (at) => sent(at, 'east', [accept('I1', 'i1')(at), accept('I2', 'i2')(at)], importNo),
    },
    { name: 'a row that cannot be read', act: (at) => rejectRow(at, 3, importNo) },
    { name: 'that row again', act: (at) => rejectRow(at, 4, importNo) },
    { name: 'a row of an import, live as well', act: (at) => sent(at, 'east', [accept('I1', 'i1')(at)]) },
    {
      name: 'a void of the office',
      act: (at) => taken(at.supervisor.voidFact({ source: 'east', eventId: 'i2', ...by })),
    },
    { name: 'a withdrawal', act: (at) => taken(at.supervisor.withdraw({ id: String(importNo), ...by })) },
    {
      name: 'a number of two items',
      act: async (at) => {
        await sent(at, 'east', [receive('C7', 'e7', 'five')(at)])
        await sent(at, 'west', [receive('C7', 'w7', 'open')(at)])
      },
    },
    {
      name: 'one case after all',
      act: (at) => taken(at.supervisor.sayOneCase({ projectNo: 'C7', oneCase: true, ...by })),
    },
    {
      name: 'a proposal',
      act: async (at) => {
        const step = { alias: 'C9', home: 'C2', joined: true, source: 'east' }
        const told = await taken(at.supervisor.propose(step, { by: 'east', why: '同一件' }))
        if ('proposal' in told) proposal = told.proposal
      },
    },
    {
      name: 'a proposal accepted',
      act: (at) => taken(at.supervisor.decide({ proposal, accept: true, ...by })),
    },
    {
      name: 'numbers of its own',
      act: (at) => declared(at, '编号', { sources: [{ source: 'west', name: '西区', numbers: 'own' }] }),
    },
    {
      name: 'a notice',
      act: (at) =>
        declared(at, '通知', {
          notices: [{ calendar_id: 'cn', days: [{ on: '2026-09-23', kind: 'off', name: '停办' }] }],
        }),
    },
    {
      name: 'a source by night',
      act: (at) =>
        declared(at, '夜间', { sources: [{ source: 'night', name: '夜间', mode: 'batch', delivers_at: ['23:00'] }] }),
    },
    { name: 'a setting', act: (at) => at.supervisor.record({ kind: 'setting', by: 'admin', body: '{}' }) },
    { name: 'declarations carried out', waits: true, act: (at) => at.supervisor.settled() },
    { name: 'a case of the night', act: (at) => sent(at, 'night', [nightly(at)]) },
    { name: 'a night', act: (at) => at.moveTo('2026-09-22T10:00:00+08:00') },
    {
      name: 'a delivery',
      act: async (at) => {
        await sent(at, 'night', [said('RECEIVE', 'B2', 'b2', { occurred_at: '2026-09-22T09:30:00+08:00' })(at)])
        await at.supervisor.settled()
      },
    },
    { name: 'new law', act: (at) => enactCatalogue(at.supervisor, { ...SMALL, catalogue: '再版' }, 'test') },
    { name: 'slices', waits: true, act: (at) => at.supervisor.settled() },
    { name: 'turns', act: (at) => at.moveTo('2026-10-20T09:00:00+08:00') },
  ]
}
