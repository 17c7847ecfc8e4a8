// A person's move goes through the line like everything (C4, M7): card, flows, totals and turn in one commit, published,
// with its entry. After every kind of move the audit is clean and the evidence whole, over memory and over SQLite.

import { afterEach, describe, expect, it } from 'vitest'
import type { Card } from '../../server/core/card/card.ts'
import type { Published } from '../../server/supervision/publish.ts'
import { at, CATALOGUE } from '../core/case/world.ts'
import { openOffice, type TestOffice } from './office.ts'
import { events } from './story.ts'

const EVER = 1_000_000
/** T-03 and P-02 wait for a person, so that every kind of move is asked for. */
const LAW = { ...CATALOGUE, rules: [{ rule_id: 'T-03', mode: 'confirm' }] }

interface At extends TestOffice {
  readonly published: Published[]
  send1(story: string): Promise<unknown>
  card(projectNo: string, rule: string): Promise<Card>
  move(projectNo: string, rule: string, move: string, more?: object): Promise<{ refused: string } | { state: string }>
  figures(): Promise<string>
  clean(): Promise<void>
}

let open: At | null = null
afterEach(async () => {
  await open?.close()
  open = null
})

const officeOf = async (kind: 'memory' | 'sqlite'): Promise<At> => {
  const office = await openOffice(LAW, at('06-01 12:00'), kind)
  const published: Published[] = []
  office.supervisor.subscribe({ take: (each) => published.push(each), cut: () => undefined })
  const card = async (projectNo: string, rule: string): Promise<Card> =>
    (await office.records.cardsOf('case', [projectNo])).find((each) => each.rule === rule) as Card
  const clean = async (): Promise<void> => {
    await office.supervisor.settled()
    expect((await office.audit()).findings).toEqual([])
    expect(await office.verify()).toEqual([])
  }
  open = {
    ...office,
    published,
    card,
    clean,
    send1: (story) => office.send([events(story)]),
    async move(projectNo, rule, move, more = {}) {
      const { cardId } = await card(projectNo, rule)
      const told = await office.supervisor.move({ cardId, move, by: 'key-1', why: '核实', signedBy: null, ...more })
      await clean()
      return told
    },
    async figures() {
      const rows = (await office.records.totals('window', -EVER, EVER)).filter(({ key }) => key === 'A01')
      const of = (kind: string): number => rows.filter((row) => row.kind === kind).reduce((sum, { n }) => sum + n, 0)
      return `${of('warning')} ${of('yellow')} ${of('red')} ${of('to_lift')}`
    },
  }
  return open
}

const late = async (kind: 'memory' | 'sqlite'): Promise<At> => {
  const office = await officeOf(kind)
  await office.send1('P1 06-01 ACCEPT id=a item=PERMIT')
  await office.send1('P2 06-01 ACCEPT id=b item=PERMIT')
  office.clock.set(at('07-01 09:00'))
  await office.clean()
  expect(await office.figures()).toBe('0 2 0 0')
  return office
}

describe.each(['memory', 'sqlite'] as const)('moves of people over %s', (kind) => {
  it('C4 C5 M7: every kind of move leaves figures, audit and evidence whole [L21]', async () => {
    const office = await late(kind)
    expect(await office.move('P1', 'T-03', 'confirm')).toEqual({ state: 'notified' })
    expect([(await office.card('P1', 'T-02')).state, await office.figures()]).toEqual(['overtaken', '0 1 1 0'])
    expect(await office.move('P2', 'T-03', 'decline')).toEqual({ state: 'revoked' })
    expect(await office.figures()).toBe('0 1 1 0')
    expect(await office.move('P1', 'T-03', 'explain')).toEqual({ state: 'explained' })
    expect(await office.move('P1', 'T-03', 'close')).toEqual({ refused: 'still_overdue' })
    expect(await office.move('P1', 'T-03', 'close', { stillOverdue: true })).toEqual({ state: 'closed' })
    expect(await office.figures()).toBe('0 1 1 0')

    await office.send1('P1 06-20 EXTEND id=e1 days=5')
    expect(await office.figures()).toBe('0 1 1 1')
    expect(await office.move('P1', 'T-03', 'keep')).toEqual({ state: 'closed' })
    expect(await office.figures()).toBe('0 1 1 0')
    await office.send1('P1 06-02 WITHDRAW id=w1')
    expect(await office.move('P1', 'T-03', 'lift')).toEqual({ state: 'lifted' })
    expect(await office.figures()).toBe('0 1 0 0')
  })

  it('C4 M7: a move is published with its case, so that every screen sees what the store says', async () => {
    const office = await late(kind)
    office.published.length = 0
    await office.move('P1', 'T-03', 'confirm')
    const [said] = office.published
    expect(said?.cards.map(({ rule, state }) => `${rule} ${state}`)).toEqual(['T-03 notified', 'T-02 overtaken'])
    expect(said?.changes.map(({ projectNo }) => projectNo)).toEqual(['P1'])
    const sum = (key: string) =>
      said?.totals.filter((row) => row.dimension === 'department' && row.kind === key).reduce((n, row) => n + row.n, 0)
    expect([sum('yellow'), sum('red')]).toEqual([-1, 1])
    const rows = await office.records.cases(['P1'])
    expect(rows.get('P1')?.row).toMatchObject({ level: 3 })
  })

  it('C4: what is said twice stands in the history; closed in time it is said once', async () => {
    const office = await late(kind)
    await office.move('P1', 'T-03', 'confirm')
    await office.move('P1', 'T-03', 'explain')
    await office.move('P1', 'T-03', 'close', { stillOverdue: true })
    const { cardId } = await office.card('P1', 'T-03')
    expect((await office.records.card(cardId))?.moves.at(-1)).toMatchObject({ move: 'close_overdue', by: 'key-1' })

    await office.send1('P2 07-01 09:00 DECIDE id=d result=granted')
    await office.move('P2', 'T-02', 'explain')
    expect(await office.move('P2', 'T-02', 'close')).toEqual({ state: 'closed' })
    const other = await office.records.card((await office.card('P2', 'T-02')).cardId)
    expect(other?.moves.at(-1)).toMatchObject({ move: 'close' })
  })

  it('C4: of two moves at once that expect the same number one is taken, the other is told that it is stale', async () => {
    const office = await late(kind)
    const { cardId, moves } = await office.card('P1', 'T-03')
    const asked = { cardId, move: 'confirm', why: '核实', signedBy: null, n: moves + 1 }
    const told = await Promise.all([
      office.supervisor.move({ ...asked, by: 'key-1' }),
      office.supervisor.move({ ...asked, by: 'key-2' }),
    ])
    expect(told).toEqual([{ state: 'notified' }, { refused: 'stale_move' }])
    await office.clean()
  })

  it('J4 C4: what the clock brought before the move is planned with it', async () => {
    const office = await officeOf(kind)
    await office.send1('P1 06-01 ACCEPT id=a item=PERMIT')
    office.clock.set(at('06-16 09:00'))
    await office.clean()
    office.clock.set(at('07-01 09:00'))
    // the turn of the statute is not taken yet when the person moves
    const { cardId } = await office.card('P1', 'T-02')
    const told = await office.supervisor.move({ cardId, move: 'explain', by: 'key-1', why: '停电', signedBy: null })
    expect(told).toEqual({ state: 'explained' })
    await office.clean()
    expect((await office.card('P1', 'T-03')).state).toBe('to_confirm')
    await office.move('P1', 'T-03', 'confirm')
    await office.move('P1', 'T-03', 'explain')
    expect((await office.card('P1', 'T-02')).stood?.state).toBe('explained')
  })

  it('C4 D-05: a card about a code is of no case, and is moved all the same', async () => {
    const office = await officeOf(kind)
    await office.send1('P1 06-01 RECEIVE item=PERMIT window=Z99')
    const [card] = await office.records.cardsOf('code', ['window:Z99'])
    expect(card).toMatchObject({ rule: 'D-05', state: 'notified' })
    const asked = { cardId: card?.cardId ?? '', move: 'explain', by: 'key-1', why: '补录', signedBy: null }
    expect(await office.supervisor.move(asked)).toEqual({ state: 'explained' })
    await office.clean()
    await office.send1('P2 06-01 RECEIVE item=PERMIT window=Z99')
    expect((await office.records.cardsOf('code', ['window:Z99']))[0]?.state).toBe('explained')
  })
})
