// A short working week in which every kind of commit happens: law, facts one after the other and at once, turns of the
// clock, a rejection, an alias, a move on a card, a case joined and parted. Each step can be done again when it was not taken.

import { enactCatalogue } from '../../server/office/law/enact.ts'
import { SMALL, type SupervisorHouse } from './house.ts'

export interface Step {
  readonly name: string
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
  return [
    { name: 'law', act: (at) => enactCatalogue(at.supervisor, SMALL, 'test') },
    { name: 'settled', act: (at) => at.supervisor.settled() },
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
    { name: 'new law', act: (at) => enactCatalogue(at.supervisor, { ...SMALL, catalogue: '再版' }, 'test') },
    { name: 'slices', act: (at) => at.supervisor.settled() },
    { name: 'turns', act: (at) => at.moveTo('2026-10-20T09:00:00+08:00') },
  ]
}
