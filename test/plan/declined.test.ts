// What a person has declined is one finding – these tellings, each with its limit –, and no rule for ever (C2, C4, C5, F5).
// Where the limit by a further telling passes as well, or nothing is told differently any more, the case is asked about
// anew, or told; the same again stays declined. Over a real supervisor, audit clean at every end.

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Card } from '../../server/core/card/card.ts'
import { FLOW_KINDS, type FlowKind } from '../../server/core/measure/flows.ts'
import { caseThen, openLawsThen, type ThenAs } from '../../server/supervision/then.ts'
import { at, CATALOGUE, told } from '../core/case/world.ts'
import { deskOf, openOffice, type TestOffice } from './office.ts'
import { events } from './story.ts'

const EVER = 1_000_000
const ITEMS = [
  ...CATALOGUE.items,
  { task_code: 'LAWFUL', name: '只有法定时限', org_code: 'D1', item_type: '01', statute: '10WD' },
  { task_code: 'PROMISED', name: '承诺件', org_code: 'D1', item_type: '20', promise: '10WD' },
]
const LAW = { ...CATALOGUE, items: ITEMS }

let office: TestOffice
const { send, cardsOf, ...desk } = deskOf(() => office, events)
const moveTo = (now: string): Promise<void> => desk.moveTo(at(now))
beforeEach(async () => {
  office = await openOffice(LAW, at('09-01 12:00'))
})
afterEach(async () => expect(await desk.close()).toEqual([]))

const card = async (rule: string, projectNo = 'P1'): Promise<Card> =>
  (await cardsOf(projectNo)).find((each) => each.rule === rule) as Card
/** Its state, and the day on which its limit passed. */
const stands = async (rule: string, projectNo = 'P1'): Promise<string> => {
  const { state, limitAt } = await card(rule, projectNo)
  return `${state} ${told(limitAt).slice(0, 5)}`
}
const say = async (rule: string, move: string): Promise<void> => {
  const { cardId } = await card(rule)
  const done = await office.supervisor.move({ cardId, move, by: 'key-1', why: '核实', signedBy: null })
  expect(done).toHaveProperty('state')
  await office.supervisor.settled()
}
const SHOWN: readonly FlowKind[] = ['on_time', 'late', 'excluded', 'overdue', 'overdue_unconfirmed', 'yellow', 'red']
/** What is not nothing: "overdue 1 from 09-19", on the day on which it began. */
const figures = async (): Promise<string> => {
  const { homeCalendar } = office.supervisor.law
  const rows = await office.records.daily('department', ['D1'], SHOWN, -EVER, EVER)
  return FLOW_KINDS.flatMap((kind) => rows.filter((row) => row.kind === kind && row.n !== 0))
    .map(({ kind, n, on }) => `${kind} ${n} ${told(homeCalendar.startOf(on as never)).slice(0, 5)}`)
    .join(', ')
}

// ten working days from 1 September 2026 are the 15th, from the 4th the 18th, from the 8th the 21st: Sunday the 20th is worked
const FIRST = 'P1 09-01 ACCEPT id=a'
const SECOND = 'P1 09-04 ACCEPT id=b source=s2'
const THIRD = 'P1 09-08 ACCEPT id=c source=s3'

describe.each([
  ['T-03', 'LAWFUL', 'red'],
  ['T-02', 'PROMISED', 'yellow'],
])('%s, two tellings of the acceptance', (rule, item, level) => {
  const contested = async (): Promise<void> => {
    await send(`${FIRST} item=${item}\n${SECOND} item=${item}`)
    await moveTo('09-16 09:00')
    expect([await stands(rule), await figures()]).toEqual(['to_confirm 09-15', 'overdue_unconfirmed 1 09-16'])
  }
  const declined = async (): Promise<void> => {
    await contested()
    await say(rule, 'decline')
    expect([await stands(rule), await figures()]).toEqual(['revoked 09-15', ''])
  }

  it('F5 J3: nobody asked, it is told once both are late, with the limit of the first that counts', async () => {
    await contested()
    await moveTo('09-19 09:00')
    expect([await stands(rule), await figures()]).toEqual(['notified 09-15', `overdue 1 09-16, ${level} 1 09-15`])
  })

  it('F5 J3: where the first is the later one, its limit stands once it has passed too', async () => {
    await send(`${FIRST} item=${item} promise_due_at=2026-09-11 legal_due_at=2026-09-11 source=s2`)
    await send(`P1 09-01 09:00 ACCEPT id=b item=${item}`)
    await moveTo('09-14 09:00')
    expect(await stands(rule)).toBe('to_confirm 09-11')
    await moveTo('09-16 09:00')
    expect(await stands(rule)).toBe('notified 09-15')
  })

  it('C5 C2: declined of the first, it is told of the second when both are late, and late from there', async () => {
    await declined()
    await moveTo('09-18 09:00')
    expect(await stands(rule)).toBe('revoked 09-15')
    await moveTo('09-19 09:00')
    expect([await stands(rule), await figures()]).toEqual(['notified 09-18', `overdue 1 09-19, ${level} 1 09-18`])
    const { replyDueAt, basis } = await card(rule)
    expect([replyDueAt !== null, told(basis.due_at as never)]).toEqual([true, '09-18 23:59:59.999'])
    await say(rule, 'explain')
    await moveTo('09-25 09:00')
    expect(await stands(rule)).toBe('explained 09-18')
  })

  it('C5 M9 J3: as it was known at an instant: by whose limit it stood then', async () => {
    await declined()
    await moveTo('09-19 09:00')
    const parts = { records: office.records, laws: openLawsThen(office.records) }
    const then = async (now: string, as: ThenAs = 'due'): Promise<string> => {
      const { cards = [] } = (await caseThen(parts, { projectNo: 'P1', at: at(now), as })) ?? {}
      const found = cards.find(({ card: each }) => each.rule === rule)?.card
      return `${found?.state} ${told(found?.limitAt ?? null).slice(0, 5)}`
    }
    expect([await then('09-17 09:00'), await then('09-19 09:00')]).toEqual(['revoked 09-15', 'notified 09-18'])
    // nobody was there between the 16th and nine in the morning of the 19th: no turn was taken, and none is shown as taken
    expect([await then('09-19 08:00', 'shown'), await then('09-19 09:00', 'shown')]).toEqual([
      'revoked 09-15',
      'notified 09-18',
    ])
    expect(await then('09-19 08:00')).toBe('notified 09-18')
  })

  it('C5: what it had not overtaken, the warning, gives way to it', async () => {
    await declined()
    expect((await card('T-01')).state).toBe('notified')
    await moveTo('09-19 09:00')
    expect((await card('T-01')).state).toBe('overtaken')
  })

  it('C5: of three tellings it is asked anew for the second, and told of the third', async () => {
    await send(`${FIRST} item=${item}\n${SECOND} item=${item}\n${THIRD} item=${item}`)
    await moveTo('09-16 09:00')
    await say(rule, 'decline')
    await moveTo('09-19 09:00')
    expect([await stands(rule), await figures()]).toEqual(['to_confirm 09-18', 'overdue_unconfirmed 1 09-19'])
    await say(rule, 'decline')
    expect([await stands(rule), await figures()]).toEqual(['revoked 09-18', ''])
    await moveTo('09-23 09:00')
    expect([await stands(rule), await figures()]).toEqual(['notified 09-21', `overdue 1 09-22, ${level} 1 09-21`])
  })

  it('C5: asked anew and confirmed it stands as confirmed', async () => {
    await send(`${FIRST} item=${item}\n${SECOND} item=${item}\n${THIRD} item=${item}`)
    await moveTo('09-16 09:00')
    await say(rule, 'decline')
    await moveTo('09-19 09:00')
    await say(rule, 'confirm')
    await moveTo('09-23 09:00')
    expect([await stands(rule), await figures()]).toEqual(['notified 09-18', `overdue 1 09-19, ${level} 1 09-18`])
  })

  it.each([
    // what comes, how the card then stands
    ['the telling that was in time is void', 'P1 09-16 09:00 VOID id=v source=s2 target=b', 'notified 09-15'],
    ['it is superseded by one that is late too', 'P1 09-02 ACCEPT id=d source=s2 supersedes=b', 'notified 09-16'],
    ['it is superseded by one that says the same', 'P1 09-01 ACCEPT id=d source=s2 supersedes=b', 'notified 09-15'],
    ['it is superseded by another in time', 'P1 09-07 ACCEPT id=d source=s2 supersedes=b', 'revoked 09-15'],
    ['a further one is late of the same limit', 'P1 09-01 ACCEPT id=d source=s3 window=A02', 'to_confirm 09-15'],
    ['a further one is in time', 'P1 09-09 ACCEPT id=d source=s3', 'revoked 09-15'],
    ['the telling that was declined is void', 'P1 09-16 09:00 VOID id=v target=a', 'revoked 09-15'],
    ['something else happens', 'P1 09-09 STEP_START id=d step_code=SC', 'revoked 09-15'],
    ['it is decided', 'P1 09-17 08:00 DECIDE id=d result=granted', 'revoked 09-15'],
  ])('C5 F5: declined, and then %s', async (_, story, expected) => {
    await declined()
    await moveTo('09-17 09:00')
    await send(story.includes(' ACCEPT ') ? `${story} item=${item}` : story)
    expect(await stands(rule)).toBe(expected)
    const isOut = expected.startsWith('revoked')
    const isAsked = expected.startsWith('to_confirm')
    const late = (await figures()).includes('overdue 1')
    expect([late, (await figures()).includes('overdue_unconfirmed')]).toEqual([!isOut && !isAsked, isAsked])
  })

  it('C5: the telling that was declined void, the other is told when its limit passes', async () => {
    await declined()
    await send('P1 09-16 09:00 VOID id=v target=a')
    await moveTo('09-19 09:00')
    expect(await stands(rule)).toBe('notified 09-18')
  })

  it('C5: declined of a case that then ended, and a telling in time is void: late, and told', async () => {
    await declined()
    await send('P1 09-16 09:00 DECIDE id=d result=granted')
    expect(await figures()).toBe('on_time 1 09-16')
    await send('P1 09-16 09:00 VOID id=v source=s2 target=b')
    expect([await stands(rule), await figures()]).toEqual(['notified 09-15', `late 1 09-16, ${level} 1 09-15`])
  })

  it('J6 C5 T1a: the limit is another by a new law: asked anew; that law taken back, declined as it was', async () => {
    await declined()
    const shorter = { [rule === 'T-03' ? 'statute' : 'promise']: '9WD' }
    const items = ITEMS.map((row) => (row.task_code === item ? { ...row, ...shorter } : row))
    const load = async (body: Record<string, unknown>): Promise<number> => {
      const entry = await office.supervisor.loadCatalogue(body, JSON.stringify(body), 'test')
      await office.supervisor.settled()
      return entry as unknown as number
    }
    await load({ valid_from: '2026-01-01', items: items.filter((row) => row.task_code === item) })
    expect(await stands(rule)).toBe('to_confirm 09-14')
    const [, last] = await office.records.laws()
    await load({ catalogue: '撤回', takes_back: last?.seq, why: '载错了' })
    expect([await stands(rule), await figures()]).toEqual(['revoked 09-15', ''])
  })
})

describe('lifted by a person over tellings that differ', () => {
  beforeEach(async () => {
    await send(`${FIRST} item=LAWFUL`)
    await moveTo('09-16 09:00')
    await send(`${SECOND} item=LAWFUL\n${THIRD} item=LAWFUL`)
    expect(await stands('T-03')).toBe('to_lift 09-15')
    await say('T-03', 'lift')
    expect([await stands('T-03'), await figures()]).toEqual(['lifted 09-15', ''])
  })

  it('C5 F5: it stays lifted while nothing further is found, and is asked about when the second is late', async () => {
    await moveTo('09-18 09:00')
    expect(await stands('T-03')).toBe('lifted 09-15')
    await moveTo('09-19 09:00')
    expect([await stands('T-03'), await figures()]).toEqual(['to_confirm 09-18', 'overdue_unconfirmed 1 09-19'])
  })

  it('C5 F5: told of the last one once all are late', async () => {
    await moveTo('09-19 09:00')
    await say('T-03', 'decline')
    await moveTo('09-23 09:00')
    expect([await stands('T-03'), await figures()]).toEqual(['notified 09-21', 'overdue 1 09-22, red 1 09-21'])
  })
})

describe('declined for another reason than tellings', () => {
  it('C5 I11: of two cases under one number; said to be one, it is told', async () => {
    await send('P1 09-01 ACCEPT item=LAWFUL\nP1 09-02 STEP_START source=s2 item=BARE step_code=SC')
    await moveTo('09-16 09:00')
    await say('T-03', 'decline')
    await moveTo('09-17 09:00')
    expect(await stands('T-03')).toBe('revoked 09-15')
    await office.supervisor.sayOneCase({ projectNo: 'P1', oneCase: true, by: 'key-2', why: '同一件' })
    expect([await stands('T-03'), await figures()]).toEqual(['notified 09-15', 'overdue 1 09-16, red 1 09-15'])
  })

  it('C5 C2: what a rule asks a person of: declined of one limit, asked anew where a later one passes too', async () => {
    const far = [{ task_code: 'FAR', name: '承诺件', org_code: 'D1', item_type: '20', promise: '10WD' }]
    const body = { valid_from: '2026-01-01', items: far }
    await office.supervisor.loadCatalogue(body, JSON.stringify(body), 'test')
    await send('P1 09-01 ACCEPT item=FAR')
    await moveTo('09-19 09:00')
    expect(await stands('T-03p')).toBe('to_confirm 09-18')
    await say('T-03p', 'decline')
    await moveTo('09-22 09:00')
    expect(await stands('T-03p')).toBe('revoked 09-18')
    await send('P1 09-10 EXTEND id=x days=1')
    expect((await card('T-03p')).state).toBe('to_confirm')
  })
})
