// As known then (M9, J1), of an instant at which the server was off: the level is what the judgement of that instant says, in
// the same answer as how late it was; that no card had been raised by then is history, and is said.

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CaseView } from '../../server/contract/api.ts'
import { type House, instant, openHouse } from '../live/house.ts'
import { SMALL } from '../supervision/house.ts'

let house: House
const then = async (at: string): Promise<CaseView> =>
  (await (await house.get(`/api/v1/cases/OFF?as_of=${encodeURIComponent(`${at}+08:00`)}`)).json()) as CaseView

beforeEach(async () => {
  house = await openHouse({ at: '2026-09-08T10:30:00+08:00', sources: ['east'] })
  await house.load(SMALL)
  const occurred_at = '2026-09-08T10:00:00+08:00'
  await house.post('east', [
    { event_id: 'E1', event_type: 'ACCEPT', project_no: 'OFF', occurred_at, task_code: 'five' },
  ])
  // five working days after Tuesday the 8th: the 15th. The server is off from the 8th to the morning of the 21st.
  await house.reopen(() => house.clock.set(instant('2026-09-21T10:00:00+08:00')))
  await house.serving.supervisor.settled()
})
afterEach(() => house.close())

describe('a case as known while nobody was there', () => {
  it('M9 J1: stands at the level of its judgement, and says that no card said so yet', async () => {
    expect(await then('2026-09-18T10:00:00')).toMatchObject({
      level: 2,
      lit_by: null,
      cards: [],
      flags: ['not_raised_then'],
    })
    expect(await then('2026-09-09T10:00:00')).toMatchObject({ level: 0, flags: [] })
    const now = await then('2026-09-21T10:00:00')
    expect(now).toMatchObject({ level: 2, flags: [] })
    expect(now.lit_by).not.toBeNull()
  })
})
