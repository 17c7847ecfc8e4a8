// As known then (M9, J1, J3), of an instant at which the server was off. As due: the entries up to it judged at it, in one answer
// with how late it was; that nobody was there to raise or move a card is history, and is said. As shown: what had been
// committed by then, and nothing that came to be found later.

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CaseView } from '../../server/contract/api.ts'
import type { CatalogueFile } from '../../server/contract/catalogue.ts'
import { type House, instant, openHouse } from '../live/house.ts'
import { SMALL } from '../supervision/house.ts'

let house: House
const then = async (at: string, as?: 'shown' | 'due'): Promise<CaseView> => {
  const asked = `as_of=${encodeURIComponent(`${at}+08:00`)}${as === undefined ? '' : `&as=${as}`}`
  return (await (await house.get(`/api/v1/cases/OFF?${asked}`)).json()) as CaseView
}
const told = async (at: string, as: 'shown' | 'due') => {
  const { level, cards, flags } = await then(at, as)
  return {
    level,
    cards: cards.map(({ rule_id, state, waits_for }) => `${rule_id} ${state} ${waits_for ?? ''}`.trim()).sort(),
    flags,
  }
}

// five working days after Tuesday 8 September 2026: the 15th
const ACCEPTED = { event_id: 'E1', event_type: 'ACCEPT', project_no: 'OFF', task_code: 'five' }
const open = async (catalogue: CatalogueFile): Promise<void> => {
  house = await openHouse({ at: '2026-09-08T10:30:00+08:00', sources: ['east'] })
  await house.load(catalogue)
  await house.post('east', [{ ...ACCEPTED, occurred_at: '2026-09-08T10:00:00+08:00' }])
}
/** The server is off from the last step to this instant. */
const offUntil = async (at: string): Promise<void> => {
  await house.reopen(() => house.clock.set(instant(`${at}+08:00`)))
  await house.serving.supervisor.settled()
}
const onUntil = async (at: string): Promise<void> => {
  house.clock.set(instant(`${at}+08:00`))
  await house.post('east', [])
  await house.serving.supervisor.settled()
}
afterEach(() => house.close())

describe('a case as known while nobody was there', () => {
  beforeEach(async () => {
    await open(SMALL)
    await offUntil('2026-09-21T10:00:00')
  })

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

  it('M9: as shown it stands as was committed by then; the answer names how it is read, and by which judgement', async () => {
    const asked = '2026-09-18T10:00:00+08:00'
    expect(await then('2026-09-18T10:00:00', 'shown')).toMatchObject({
      level: 0,
      lit_by: null,
      cards: [],
      flags: [],
      as_of: { at: asked, as: 'shown', judged_at: '2026-09-08T10:30:00+08:00' },
    })
    expect((await then('2026-09-18T10:00:00')).as_of).toEqual({ at: asked, as: 'due', judged_at: asked })
    expect(await then('2026-09-21T10:00:00', 'shown')).toMatchObject({ level: 2, flags: [] })
    const now = (await (await house.get('/api/v1/cases/OFF')).json()) as CaseView
    expect(now.as_of).toBeNull()
  })

  it('M9: what is neither shown nor due is refused by name', async () => {
    expect((await house.get('/api/v1/cases/OFF?as=closed')).status).toBe(400)
  })
})

describe('a card that waits, while nobody was there', () => {
  it('M9 I13: what waited for its source is due to be told when its grace is over, and was not shown so', async () => {
    await open({ ...SMALL, sources: [{ source: 'east', name: '东区系统', mode: 'batch', delivers_at: ['02:00'] }] })
    await onUntil('2026-09-16T00:30:00')
    const waits = { level: 1, cards: ['T-01 notified', 'T-02 to_confirm source'], flags: [] }
    expect(await told('2026-09-16T00:30:00', 'due')).toEqual(waits)
    // the working day of grace is over with the 16th
    await offUntil('2026-09-21T10:00:00')
    const due = { level: 2, cards: ['T-01 overtaken', 'T-02 notified'], flags: [] }
    expect(await told('2026-09-18T10:00:00', 'shown')).toEqual(waits)
    expect(await told('2026-09-18T10:00:00', 'due')).toEqual({ ...due, flags: ['not_raised_then'] })
    expect(await told('2026-09-21T10:00:00', 'shown')).toEqual(due)
  })

  it('M9 C4: a card that a person would have had to confirm lights nothing, as due neither', async () => {
    await open({ ...SMALL, rules: [{ rule_id: 'T-02', mode: 'confirm' }] })
    await offUntil('2026-09-21T10:00:00')
    const [due, now] = [await then('2026-09-18T10:00:00', 'due'), await then('2026-09-21T10:00:00', 'due')]
    expect([due.level, due.unconfirmed, now.level, now.unconfirmed]).toEqual([now.level, true, now.level, true])
    expect(now.level).toBe(1)
  })
})
