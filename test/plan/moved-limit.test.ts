// What a law that moves a limit does to a card, whatever people and late facts have made of it (J6, C2, C5, T1a): one table.
// Given a case accepted on 1 June, told late, and its card in each state; when a law moves the limit past the instant at which
// it was told, or to another day that had passed by then too; then the card is lifted by law, or stands as it stood with the
// limit of the law. The law taken back, it stands as it stood. A person's word that it is out stays.

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Card } from '../../server/core/card/card.ts'
import { judgeCase } from '../../server/core/case/judge.ts'
import type { CaseState } from '../../server/core/case/state.ts'
import { at, CATALOGUE } from '../core/case/world.ts'
import { openOffice, type TestOffice } from './office.ts'
import { events } from './story.ts'

let office: TestOffice
beforeEach(async () => {
  office = await openOffice(CATALOGUE, at('06-01 12:00'), 'sqlite')
})
afterEach(async () => {
  expect([(await office.audit()).findings, await office.verify(), await office.replay()]).toEqual([[], [], []])
  await office.close()
})

const ACCEPTED = 'P1 06-01 ACCEPT id=a item=PERMIT window=A01'
/** By it the limit is later: what only the first telling gives waits. */
const DIFFERENT = 'P1 06-03 ACCEPT id=b source=s2 window=A01'
const CURED = 'P1 06-10 DECIDE id=d result=refused reason=不符'
const VOID = 'P1 06-10 VOID id=v target=a'

type Made = { readonly early?: string; readonly late?: string; readonly moves?: readonly string[] }
/** state → what makes it of a told card, how it stands, how under a law that lifts it. */
const STATES: readonly [name: string, made: Made, stands: string, moved: string][] = [
  ['told', {}, 'notified', 'lifted'],
  ['explained', { moves: ['explain'] }, 'explained', 'lifted'],
  ['closed', { moves: ['explain', 'close'] }, 'closed', 'lifted'],
  ['asked about', { late: CURED }, 'to_lift', 'lifted'],
  ['kept', { late: CURED, moves: ['keep'] }, 'notified', 'lifted'],
  ['explained and kept', { late: CURED, moves: ['keep', 'explain'] }, 'explained', 'lifted'],
  ['lifted by a person', { late: CURED, moves: ['lift'] }, 'lifted', 'lifted'],
  ['every fact void, asked about', { late: VOID }, 'to_lift', 'lifted'],
  ['every fact void, kept', { late: VOID, moves: ['keep'] }, 'notified', 'lifted'],
  ['contested', { early: DIFFERENT }, 'to_confirm', 'lifted'],
  ['contested, confirmed', { early: DIFFERENT, moves: ['confirm'] }, 'notified', 'lifted'],
  ['contested, confirmed, explained', { early: DIFFERENT, moves: ['confirm', 'explain'] }, 'explained', 'lifted'],
  ['contested, declined', { early: DIFFERENT, moves: ['decline'] }, 'revoked', 'revoked'],
]

/** rule → its card, when it has been told by one telling and not yet by the other, the limits of the three laws. */
const RULES = [
  ['T-02', 'T-02.case.P1.promise', '06-16 09:00', { promise: '30WD' }, { promise: '8WD' }],
  [
    'T-03',
    'T-03.case.P1.statute',
    '07-01 09:00',
    { promise: '40WD', statute: '40WD' },
    { promise: '8WD', statute: '18WD' },
  ],
] as const

const law = (limits: object) => ({
  catalogue: '改时限',
  valid_from: '2026-01-02',
  items: [{ ...CATALOGUE.items?.find(({ task_code }) => task_code === 'PERMIT'), ...limits }],
})
const load = async (body: object): Promise<number> => {
  const { entry } = await office.supervisor.loadCatalogue(body as never, JSON.stringify(body), 'test')
  await office.supervisor.settled()
  return entry
}
const cardOf = async (cardId: string): Promise<Card> =>
  (await office.records.cardsOf('case', ['P1'])).find((each) => each.cardId === cardId) as Card
const limitsOnPage = async (): Promise<(number | undefined)[]> => {
  const row = (await office.records.cases(['P1'])).get('P1')?.row
  const judged = judgeCase(
    JSON.parse(row?.state ?? '') as CaseState,
    office.supervisor.law,
    office.clock.now(),
    new Map(),
  )
  return [judged.promise?.due.dueAt, judged.statute?.due.dueAt]
}
const FIGURES = ['on_time', 'late', 'excluded', 'overdue', 'overdue_unconfirmed', 'yellow', 'red', 'to_lift']
const figures = async (): Promise<string> => {
  const sums: Record<string, number> = {}
  for (const { kind, n } of await office.records.totals('department', -1_000_000, 1_000_000))
    sums[kind] = (sums[kind] ?? 0) + n
  return FIGURES.filter((kind) => (sums[kind] ?? 0) !== 0)
    .map((kind) => `${kind} ${sums[kind]}`)
    .join(', ')
}

const stand = async (made: Made, cardId: string, told: string): Promise<void> => {
  await office.send([events(made.early === undefined ? ACCEPTED : `${ACCEPTED}\n${made.early}`)])
  office.clock.set(at(told))
  await office.supervisor.settled()
  if (made.late !== undefined) await office.send([events(made.late)])
  for (const move of made.moves ?? []) {
    const asked = { cardId, move, by: 'key-1', why: '核实', signedBy: null, stillOverdue: true }
    expect(await office.supervisor.move(asked), move).not.toHaveProperty('refused')
  }
}

describe('a law that moves a limit', () => {
  const table = RULES.flatMap(([rule, cardId, told, past, other]) =>
    STATES.map(
      ([name, made, stands, moved]) => [rule, name, { cardId, told, past, other, made, stands, moved }] as const,
    ),
  )

  it.each(table)(
    'J6 C5 C2 T1a: %s %s: past what was told it is lifted by law; taken back it stands as it stood',
    async (...row) => {
      const { cardId, told, past, made, stands, moved } = row[2]
      await stand(made, cardId, told)
      const [card, before] = [await cardOf(cardId), await figures()]
      expect(card.state).toBe(stands)
      const entry = await load(law(past))
      expect((await cardOf(cardId)).state).toBe(moved)
      expect(await figures()).not.toMatch(/late|overdue|yellow|red|to_lift/)
      await office.send([events('P1 06-02 URGE id=u')].filter(() => made.late !== VOID))
      await load({ catalogue: '撤回', takes_back: entry, why: '有误' })
      const back = await cardOf(cardId)
      expect([back.state, back.limitAt, await figures()]).toEqual([stands, card.limitAt, before])
    },
  )

  it.each(table)(
    'J6 C5 C3: %s %s: to another limit that had passed as well it stands as it stood, with that',
    async (...row) => {
      const { cardId, told, other, made, stands } = row[2]
      await stand(made, cardId, told)
      const [card, before] = [await cardOf(cardId), await figures()]
      const entry = await load(law(other))
      const is = await cardOf(cardId)
      const isOut = stands === 'lifted'
      if (!made.early) expect([is.state, await figures()]).toEqual([stands, before])
      if (!isOut && made.late !== VOID && !made.early) expect(await limitsOnPage()).toContain(is.limitAt)
      if (!isOut && made.late === VOID) expect(is.limitAt).toBeLessThan(card.limitAt)
      await load({ catalogue: '撤回', takes_back: entry, why: '有误' })
      const back = await cardOf(cardId)
      expect([isOut || back.state === stands, back.limitAt, await figures()]).toEqual([true, card.limitAt, before])
    },
  )

  it.each([
    ['asked about', [], 'to_lift', 'late 1, yellow 1, to_lift 1'],
    ['kept', ['keep'], 'notified', 'late 1, yellow 1'],
  ] as const)(
    'J6 C2 C5: the statute alone moved, the red %s: what it had overtaken is that',
    async (_, moves, state, told) => {
      const [, red, now] = RULES[1]
      await stand({ late: CURED, moves }, red, now)
      const before = await figures()
      const entry = await load(law({ statute: '40WD' }))
      expect([(await cardOf(red)).state, (await cardOf(RULES[0][1])).state]).toEqual(['lifted', state])
      expect(await figures()).toBe(told)
      await load({ catalogue: '撤回', takes_back: entry, why: '有误' })
      expect([(await cardOf(red)).state, await figures()]).toEqual([state, before])
    },
  )
})
