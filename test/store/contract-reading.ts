// Second half of the store's law book: turns, lists, cards, the door and the law.

import { expect, it } from 'vitest'
import { type Scope, scopeOver } from '../../server/core/scope.ts'
import type { Given } from './contract.ts'
import { at, batch, card, caseRow, flow, move } from './rows.ts'

const nos = (rows: readonly { row: { projectNo: string } }[]) => rows.map(({ row }) => row.projectNo)

function turns(given: Given): void {
  it('J4: turns come earliest first, up to the instant asked, and no case without one', async () => {
    const { ledger, records } = given.store
    expect(await records.nextTurnAt()).toBeNull()
    const cases = [caseRow('P1', { nextTurnAt: at(3) }), caseRow('P2', { nextTurnAt: at(1) }), caseRow('P3')]
    await ledger.commit(
      batch({
        cases: [...cases, caseRow('P4', { nextTurnAt: at(2) })],
        cards: [card('c1', { subject: 'P2', projectNo: 'P2' })],
      }),
    )
    expect(await records.nextTurnAt()).toBe(at(1))
    expect(nos(await records.due(at(2), 10))).toEqual(['P2', 'P4'])
    expect(nos(await records.due(at(9), 1))).toEqual(['P2'])
    expect((await records.due(at(1), 9))[0]?.cards.map((c) => c.cardId)).toEqual(['c1'])
    await ledger.commit(batch({ cases: [caseRow('P2', { nextTurnAt: null }), caseRow('P1', { nextTurnAt: at(0) })] }))
    expect(nos(await records.due(at(9), 10))).toEqual(['P1', 'P4'])
  })

  it('J6: cases of another law or engine come in slices, in the order they first came', async () => {
    const { ledger, records } = given.store
    const rows = [caseRow('P3', { law: 2 }), caseRow('P1'), caseRow('P4', { law: 2, engine: 0 }), caseRow('P2')]
    await ledger.commit(batch({ cases: rows }))
    expect(nos(await records.stale(2, 1, '', 10))).toEqual(['P1', 'P4', 'P2'])
    expect(nos(await records.stale(2, 1, '', 1))).toEqual(['P1'])
    expect(nos(await records.stale(2, 1, 'P1', 1))).toEqual(['P4'])
    expect(nos(await records.stale(null, 1, '', 10))).toEqual(['P4'])
    await ledger.commit(batch({ cases: [caseRow('P1', { law: 2 })] }))
    expect(nos(await records.stale(2, 1, '', 10))).toEqual(['P4', 'P2'])
    expect(nos(await records.stale(2, 1, 'P2', 10))).toEqual([])
  })

  it('F1: a row comes back as it was written, and the newest writing counts', async () => {
    const { ledger, records } = given.store
    const first = caseRow('P1', {
      nextTurnAt: at(2),
      flows: [flow('received', 0, { hour: 9 }), flow('in_hand'), flow('in_hand')],
    })
    const apart = caseRow('P2', {
      dueAt: null,
      inHand: false,
      apart: '折叠失败',
      flows: [flow('unlisted', 1, { code: 'window:B99' })],
    })
    await ledger.commit(batch({ cases: [first, apart], cards: [card('c1')] }))
    expect(await records.cases(['P1', 'P2', 'P3'])).toEqual(
      new Map([
        ['P1', { row: first, cards: [card('c1')] }],
        ['P2', { row: apart, cards: [] }],
      ]),
    )
    const next = caseRow('P1', {
      level: 3,
      window: '@D2',
      law: 7,
      state: '{"更":1}',
      flows: [flow('in_hand', 0, { n: -1 })],
    })
    await ledger.commit(batch({ cases: [next] }))
    expect((await records.cases(['P1'])).get('P1')?.row).toEqual(next)
  })

  it('X1: lists of cases page newest first, filtered by window, department, level, state', async () => {
    const { ledger, records } = given.store
    const rows = [1, 2, 3, 4, 5].map((i) =>
      caseRow(`P${i}`, { window: i % 2 === 0 ? 'W2' : 'W1', level: i === 3 ? 2 : 0 }),
    )
    await ledger.commit(batch({ cases: [...rows, caseRow('P6', { inHand: false, department: 'D2', apart: 'x' })] }))
    const list = async (query: object) => (await records.listCases({ limit: 9, ...query })).rows.map((r) => r.projectNo)
    expect(await list({ window: 'W1', inHand: true })).toEqual(['P5', 'P3', 'P1'])
    expect(await list({ level: 2 })).toEqual(['P3'])
    expect(await list({ department: 'D2' })).toEqual(['P6'])
    expect(await list({ inHand: false, apart: true })).toEqual(['P6'])
    const seen: string[] = []
    for (let after: string | null = ''; after !== null; ) {
      const page = await records.listCases({ limit: 4, apart: false, ...(after === '' ? {} : { after }) })
      seen.push(...page.rows.map((r) => r.projectNo))
      after = page.next
    }
    expect(seen).toEqual(['P5', 'P4', 'P3', 'P2', 'P1'])
  })
}

function cards(given: Given): void {
  it('C2, C4: a card is written again with its state, never lost, and keeps its history in order', async () => {
    const { ledger, records } = given.store
    await ledger.commit(batch({ cards: [card('c1')], moves: [move('c1', 1)] }))
    const upheld = card('c1', { state: 'upheld', moves: 3 })
    await ledger.commit(
      batch({ cards: [upheld], moves: [move('c1', 2, { move: 'explain' }), move('c1', 3, { move: 'uphold' })] }),
    )
    const found = await records.card('c1')
    expect(found?.card).toEqual(upheld)
    expect(found?.moves.map((m) => [m.n, m.move])).toEqual([
      [1, 'raise'],
      [2, 'explain'],
      [3, 'uphold'],
    ])
    expect(await records.card('c9')).toBeNull()
  })

  it('C2: cards are found by their subject', async () => {
    const { ledger, records } = given.store
    const ofCode = { subjectKind: 'code' as const, subject: 'item:X', projectNo: null }
    await ledger.commit(batch({ cards: [card('c1'), card('c2', ofCode), card('c3', { ...ofCode, subject: 'P1' })] }))
    const find = async (kind: string, subjects: string[]) =>
      (await records.cardsOf(kind, subjects)).map((c) => c.cardId)
    expect(await find('code', ['item:X', 'item:Y'])).toEqual(['c2'])
    expect(await find('case', ['P1'])).toEqual(['c1'])
    expect(await find('code', ['P1'])).toEqual(['c3'])
    expect(await find('code', [])).toEqual([])
  })

  it('C4: lists of cards page newest first and filter by every key; waiting means yellow or red and unanswered', async () => {
    const { ledger, records } = given.store
    await ledger.commit(
      batch({
        cards: [
          card('c0', {
            projectNo: 'P7',
            subject: 'P7',
            rule: 'T-03',
            department: 'D7',
            ofRecord: true,
            holder: { ...card('x').holder, window: 'W8' },
          }),
          card('c1', { rule: 'T-01', level: 1 }),
          card('c2', { department: 'D2', holder: { ...card('x').holder, window: null } }),
          card('c3', { state: 'explained' }),
          card('c4', { level: 3, projectNo: 'P2', subject: 'P2', state: 'escalated' }),
          card('c5', { subjectKind: 'window', subject: 'W7', projectNo: null }),
        ],
        moves: [move('c3', 1), move('c3', 2, { move: 'explain' })],
      }),
    )
    const list = async (query: object) =>
      (await records.listCards({ limit: 9, ...query })).rows.map(({ card: c }) => c.cardId)
    expect(await list({ rule: 'T-01' })).toEqual(['c1'])
    expect(await list({ window: '@D2' })).toEqual(['c2'])
    expect(await list({ window: 'W7' })).toEqual(['c5'])
    expect(await list({ department: 'D2', level: 2 })).toEqual(['c2'])
    expect(await list({ projectNos: ['P2'] })).toEqual(['c4'])
    expect(await list({ projectNos: ['P2', 'none'] })).toEqual(['c4'])
    expect(await list({ state: 'explained' })).toEqual(['c3'])
    expect([await records.countCards('explained'), await records.countCards('to_lift')]).toEqual([1, 0])
    expect(await list({ waiting: true })).toEqual(['c5', 'c4', 'c2'])
    const first = await records.listCards({ limit: 3 })
    expect(first.rows.map((r) => [r.card.cardId, r.moves.length])).toEqual([
      ['c5', 0],
      ['c4', 0],
      ['c3', 2],
    ])
    await ledger.commit(batch({ cards: [card('c6')] }))
    expect(await list({ limit: 3, after: first.next })).toEqual(['c2', 'c1', 'c0'])
  })
}

function scopes(given: Given): void {
  it('A1: lists and counts keep to a scope, beside whatever else is asked', async () => {
    const { ledger, records } = given.store
    const departments = ['D1', 'D2', 'D3', 'D2']
    await ledger.commit(
      batch({
        cases: departments.map((department, i) => caseRow(`P${i}`, { department })),
        cards: departments.map((department, i) => card(`c${i}`, { department, state: 'to_lift' })),
      }),
    )
    const within = async (scope: Scope, more: object = {}) => [
      (await records.listCases({ limit: 9, within: scope, ...more })).rows.map((row) => row.projectNo),
      (await records.listCards({ limit: 9, within: scope, ...more })).rows.map((row) => row.card.cardId),
      await records.countCards('to_lift', scope),
    ]
    expect(await within('all')).toEqual([['P3', 'P2', 'P1', 'P0'], ['c3', 'c2', 'c1', 'c0'], 4])
    expect(await within(scopeOver(['D2']))).toEqual([['P3', 'P1'], ['c3', 'c1'], 2])
    expect(await within(scopeOver(['D1', 'D3']))).toEqual([['P2', 'P0'], ['c2', 'c0'], 2])
    expect(await within(scopeOver(['D1', 'D3']), { department: 'D3' })).toEqual([['P2'], ['c2'], 2])
    expect(await within(scopeOver(['D1']), { department: 'D3' })).toEqual([[], [], 1])
    expect(await within(scopeOver([]))).toEqual([[], [], 0])
    const first = await records.listCases({ limit: 1, within: scopeOver(['D2']) })
    const second = await records.listCases({ limit: 1, within: scopeOver(['D2']), after: first.next ?? '' })
    expect([first.rows[0]?.projectNo, second.rows[0]?.projectNo, second.next]).toEqual(['P3', 'P1', null])
  })
}

function door(given: Given): void {
  it('I6: what was refused is kept with place and raw text, and paged newest first', async () => {
    const { ledger, records } = given.store
    const refused = (raw: string, code: string) => ({
      at: at(0),
      source: 's1',
      eventId: null,
      projectNo: null,
      code,
      field: '/occurred_at',
      message: 'm',
      raw,
      importNo: null,
      rowNo: null,
    })
    await ledger.commit(
      batch({ quarantine: [refused('{1', 'bad_json'), refused('{2', 'bad_field'), refused('{3', 'bad_json')] }),
    )
    const first = await records.quarantine({ limit: 2 })
    expect(first.rows.map((r) => [r.id, r.raw])).toEqual([
      [3, '{3'],
      [2, '{2'],
    ])
    const rest = await records.quarantine({ limit: 2, after: first.next ?? '' })
    expect([rest.rows, rest.next]).toEqual([
      [{ id: 1, ...refused('{1', 'bad_json'), resolvedAt: null, resolution: null, cure: null }],
      null,
    ])
    expect((await records.quarantine({ limit: 9, code: 'bad_field' })).rows).toHaveLength(1)
    expect((await records.quarantine({ limit: 9, source: 's2' })).rows).toHaveLength(0)
  })

  it('L3: a source is seen at its latest arrival and its latest event, each by itself', async () => {
    const { ledger, records } = given.store
    await ledger.commit(batch({ sources: [{ source: 's1', lastAt: at(1), lastEventAt: at(1) }] }))
    await ledger.commit(
      batch({
        sources: [
          { source: 's1', lastAt: at(2), lastEventAt: at(0) },
          { source: 's0', lastAt: at(1), lastEventAt: at(1) },
        ],
      }),
    )
    expect(await records.sources()).toEqual([
      { source: 's0', lastAt: at(1), lastEventAt: at(1) },
      { source: 's1', lastAt: at(2), lastEventAt: at(1) },
    ])
  })

  it('J7: versions of law come back in the order they came, with the entry that brought them', async () => {
    const { ledger, records } = given.store
    const input = (kind: 'law' | 'setting', body: string) => ({ kind, by: 'admin', body })
    await ledger.commit(batch({ inputs: [input('law', '{"v":1}'), input('setting', '{}')] }))
    await ledger.commit(batch({ at: at(1), inputs: [input('law', '{"v":2}')] }))
    expect(await records.laws()).toEqual([
      { seq: 1, at: at(0), by: 'admin', body: '{"v":1}' },
      { seq: 3, at: at(1), by: 'admin', body: '{"v":2}' },
    ])
    const seqs = async (after: number, limit: number) => (await records.laws({ after, limit })).map(({ seq }) => seq)
    expect([await seqs(0, 1), await seqs(1, 1), await seqs(2, 5), await seqs(3, 1)]).toEqual([[1], [3], [3], []])
  })
}

export function readingRules(given: Given): void {
  turns(given)
  cards(given)
  scopes(given)
  door(given)
}
