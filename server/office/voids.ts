// An administrator makes an event of any source void, with a reason (F3). An entry of the ledger; what a card would lose by
// it is asked of somebody else (C5).

import type { Supervisor } from '../supervision/supervisor.ts'
import { actorOf, type Caller, needAll } from './caller.ts'
import { Refusal } from './refusal.ts'

export interface VoidParts {
  readonly supervisor: Pick<Supervisor, 'voidFact'>
}

export interface VoidAsked {
  readonly source: string
  readonly eventId: string
  readonly why: string
}

/** Throws Refusal where there is no such event. */
export const voidEvent = async ({ supervisor }: VoidParts, caller: Caller, { source, eventId, why }: VoidAsked) => {
  needAll(caller, 'voids.write')
  const actor = actorOf(caller)
  const done = await supervisor.voidFact({ source, eventId, by: actor.name, actor, why })
  if ('refused' in done) throw new Refusal('not_found')
  return { source, event_id: eventId, project_no: done.project_no }
}
