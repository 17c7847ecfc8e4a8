// Back-dating cures nothing by itself (C5), over a real supervisor: what lifts a told card at once, what makes it 待撤, what
// a person then decides, and that the figures and the audit agree at every step.

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Card } from '../../server/core/card/card.ts'
import { at, CATALOGUE, told } from '../core/case/world.ts'
import { deskOf, openOffice, type TestOffice } from './office.ts'
import { events } from './story.ts'

const EVER = 1_000_000
const PAUSE = 'kind=hearing approved_days=20WD notice_at=2026-06-03T09:00 basis=听证 approver=局长'

let office: TestOffice
const { send, cardsOf, ...desk } = deskOf(() => office, events)
const moveTo = (now: string): Promise<void> => desk.moveTo(at(now))
const openAt = async (now: string, more: Record<string, unknown> = {}): Promise<void> => {
  office = await openOffice({ ...CATALOGUE, ...more }, at(now))
}
beforeEach(() => openAt('06-01 12:00'))
afterEach(async () => expect(await desk.close()).toEqual([]))

const card = async (rule: string): Promise<Card> => (await cardsOf()).find((each) => each.rule === rule) as Card
const states = async (projectNo = 'P1'): Promise<string> =>
  (await cardsOf(projectNo)).map(({ rule, state }) => `${rule} ${state}`).join(', ')
const move = async (rule: string, name: string) => {
  const { cardId } = await card(rule)
  return office.supervisor.move({ cardId, move: name, by: 'key-1', why: '核实', signedBy: null })
}
/** Yellows, reds, and those of them that somebody is to lift, of the department. */
const figures = async (): Promise<string> => {
  const rows = await office.records.totals('department', -EVER, EVER)
  const of = (kind: string): number =>
    rows.filter((row) => row.kind === kind && row.key === 'D1').reduce((sum, { n }) => sum + n, 0)
  return `${of('yellow')} ${of('red')} ${of('to_lift')}`
}
/** A permit of 10 and 20 working days, accepted on 1 June, told red on 30 June. */
const late = async (): Promise<void> => {
  await send('P1 06-01 ACCEPT id=a item=PERMIT')
  await moveTo('07-01 09:00')
  expect([await states(), await figures()]).toEqual(['T-01 overtaken, T-02 overtaken, T-03 notified', '0 1 0'])
}

describe('what came too late', () => {
  it.each([
    ['a pause', `P1 06-03 SUSPEND id=late ${PAUSE}`, 'T-01 lifted, T-02 lifted, T-03 to_lift'],
    ['an extension', 'P1 06-20 EXTEND id=late days=5', 'T-01 overtaken, T-02 overtaken, T-03 to_lift'],
    ['an end', 'P1 06-10 WITHDRAW id=late', 'T-01 lifted, T-02 lifted, T-03 to_lift'],
  ])(
    'C5: %s stamped before it was told leaves the red standing and counted, until a person decides [L6]',
    async (_, story, expected) => {
      await late()
      await send(story)
      expect([await states(), await figures()]).toEqual([expected, '0 1 1'])
      const { lift, replyDueAt } = await card('T-03')
      expect(lift?.grounds.map(({ kind, source, ref }) => [kind, source, ref])).toEqual([['fact', 's1', 'late']])
      expect([told(lift?.decideBy ?? null), replyDueAt]).toEqual(['07-03 23:59:59.999', null])
      // the clock lifts nothing
      await moveTo('07-06 09:00')
      expect((await card('T-03')).state).toBe('to_lift')
    },
  )

  it('C5: lifted by a person it is lifted; what it had overtaken stands again', async () => {
    await late()
    await send('P1 06-20 EXTEND id=late days=5')
    expect(await move('T-03', 'lift')).toEqual({ state: 'lifted' })
    expect([await states(), await figures()]).toEqual(['T-01 overtaken, T-02 notified, T-03 lifted', '1 0 0'])
  })

  it('C5: kept by a person it stands as it stood, through judging again and new law', async () => {
    await late()
    const before = await card('T-03')
    await send('P1 06-20 EXTEND id=late days=5')
    expect(await move('T-03', 'keep')).toEqual({ state: 'notified' })
    expect((await card('T-03')).replyDueAt).toBe(before.replyDueAt)
    await moveTo('07-02 09:00')
    await office.supervisor.loadCatalogue(CATALOGUE, JSON.stringify(CATALOGUE), 'again')
    await office.supervisor.settled()
    expect([(await card('T-03')).state, await figures()]).toEqual(['notified', '0 1 0'])
  })

  it('C5: a further ground asks anew, what changes nothing does not', async () => {
    await late()
    await send('P1 06-20 EXTEND id=late days=5')
    await move('T-03', 'keep')
    await send('P1 06-20 URGE id=urge')
    expect((await card('T-03')).state).toBe('notified')
    await send('P1 06-10 DECIDE id=further result=granted')
    const { state, lift } = await card('T-03')
    expect([state, lift?.grounds.map(({ ref }) => ref), lift?.decided]).toEqual(['to_lift', ['further'], null])
  })

  it('C5: what is closed counts, and is asked about as well; kept it is closed as it was', async () => {
    await late()
    await move('T-03', 'explain')
    const closing = { cardId: (await card('T-03')).cardId, move: 'close', by: 'key-1', why: '已整改', signedBy: null }
    await office.supervisor.move({ ...closing, stillOverdue: true })
    await send('P1 06-20 EXTEND id=late days=5')
    expect((await card('T-03')).state).toBe('to_lift')
    expect(await move('T-03', 'keep')).toEqual({ state: 'closed' })
  })

  it('C5 F3: the fact itself made void, the card stands again as it stood', async () => {
    await late()
    await send('P1 06-20 EXTEND id=late days=5')
    await send('P1 07-01 VOID target=late')
    expect([await states(), await figures()]).toEqual(['T-01 overtaken, T-02 overtaken, T-03 notified', '0 1 0'])
  })

  it('C5 F3: a void lifts no told card by itself, however soon it comes', async () => {
    await late()
    await send('P1 07-01 09:00 VOID id=v target=a')
    expect([await states(), await figures()]).toEqual(['T-01 lifted, T-02 lifted, T-03 to_lift', '0 1 1'])
    expect((await card('T-03')).lift?.grounds[0]).toMatchObject({ kind: 'void', ref: 'v' })
    expect(await move('T-03', 'lift')).toEqual({ state: 'lifted' })
    expect(await figures()).toBe('0 0 0')
  })

  it('C5 I11: two numbers joined lift no told card by themselves, and whoever joined them does not decide', async () => {
    await late()
    await send('P2 06-01 RECEIVE item=PERMIT')
    const said = { by: 'key-1', why: '同一办件' }
    await office.supervisor.join({ alias: 'P1', home: 'P2', joined: true }, said)
    expect((await card('T-03')).state).toBe('to_lift')
    expect(await move('T-03', 'lift')).toEqual({ refused: 'own_ground' })
    const { cardId } = await card('T-03')
    const other = { cardId, move: 'lift', by: 'key-2', why: '核实', signedBy: null }
    expect(await office.supervisor.move(other)).toEqual({ state: 'lifted' })
  })
})

describe('what lifts by itself', () => {
  const yellow = async (): Promise<void> => {
    await send('P1 06-01 ACCEPT id=a item=PERMIT')
    await moveTo('06-16 00:05')
    expect(await states()).toBe('T-01 overtaken, T-02 notified')
  }

  it('C5: a fact within ten minutes of its stamp, and none a moment later', async () => {
    await yellow()
    office.clock.set(at('06-16 00:09'))
    await send('P1 06-15 23:59 DECIDE id=b result=granted')
    expect(await states()).toBe('T-01 notified, T-02 lifted')
  })

  it('C5: a minute past the usual lag a person is asked', async () => {
    await yellow()
    office.clock.set(at('06-16 00:10'))
    await send('P1 06-15 23:59 DECIDE id=b result=granted')
    expect((await card('T-02')).state).toBe('to_lift')
  })

  it('C5: the lag is the source’s own', async () => {
    await office.close()
    await openAt('06-01 12:00', { sources: [{ source: 's1', name: '甲系统', usual_lag_minutes: 60 }] })
    await yellow()
    office.clock.set(at('06-16 00:59'))
    await send('P1 06-15 23:59 DECIDE id=b result=granted')
    expect((await card('T-02')).state).toBe('lifted')
  })

  it('C5 I15: of a fact known by its day alone the lag begins at the end of that day', async () => {
    await yellow()
    office.clock.set(at('06-16 00:09'))
    await send('P1 06-15 00:00 DECIDE id=b result=granted precision=day')
    expect((await card('T-02')).state).toBe('lifted')
  })

  it('C5: of two facts in one request the one in time lifts, the late one does not ask', async () => {
    await yellow()
    office.clock.set(at('06-16 00:09'))
    await send('P1 06-15 23:59 DECIDE id=b result=granted\nP1 06-02 URGE id=u')
    expect((await card('T-02')).state).toBe('lifted')
  })

  it('C5 C2: a warning, and a card that was never told', async () => {
    await send('P1 06-01 ACCEPT id=a item=PERMIT')
    await moveTo('06-12 09:00')
    expect(await states()).toBe('T-01 notified')
    await send('P1 06-03 DECIDE id=b result=granted')
    expect(await states()).toBe('T-01 lifted')
  })

  it('J6 C5: law and calendar, whatever was told', async () => {
    await late()
    const items = CATALOGUE.items.map((item) => (item.task_code === 'PERMIT' ? { ...item, statute: '60WD' } : item))
    const next = { ...CATALOGUE, items }
    await office.supervisor.loadCatalogue(next, JSON.stringify(next), 'test')
    await office.supervisor.settled()
    expect(await states()).toBe('T-01 overtaken, T-02 notified, T-03 lifted')
  })
})
