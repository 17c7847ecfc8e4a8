// Third part of the store's law book: figures, heads of windows, what falls due, the audit and the click-through.

import { expect, it } from 'vitest'
import type { FlowKind } from '../../server/core/measure/flows.ts'
import { cursorAtName } from '../../server/store/cursor.ts'
import type { Given } from './contract.ts'
import { at, batch, caseRow, fact, flow, flowsOf, on } from './rows.ts'

const LONG_AGO = -100_000

function figures(given: Given): void {
  it('M1, M7: sums over a period; stocks run from the beginning; zeros are silent', async () => {
    const { ledger, records } = given.store
    const accepted = [...flowsOf('accepted', 0, 2), ...flowsOf('accepted', 5, 3)]
    const stock = flowsOf('in_hand', 0, 5)
    await ledger.commit(batch({ cases: [caseRow('P1', { flows: [...accepted, ...stock, flow('red', 1)] })] }))
    const elsewhere = flow('accepted', 1, { window: 'W2', department: 'D2', item: 'I2' })
    const left = flowsOf('in_hand', 3, -2)
    await ledger.commit(
      batch({
        cases: [caseRow('P1', { flows: [...accepted, ...stock, ...left] }), caseRow('P2', { flows: [elsewhere] })],
      }),
    )
    const sums = async (from: number, to: number, department?: string) =>
      (await records.totals('window', on(from), on(to), department)).map((t) => `${t.key} ${t.kind} ${t.n}`).sort()
    expect(await sums(0, 5)).toEqual(['W1 accepted 5', 'W1 in_hand 3', 'W2 accepted 1'])
    expect(await sums(1, 2)).toEqual(['W1 in_hand 5', 'W2 accepted 1'])
    expect(await sums(0, 5, 'D2')).toEqual(['W2 accepted 1'])
    expect(await records.totals('code', on(0), on(5))).toEqual([])
  })

  it('M1: sums day by day, of some keys or of all, over any range', async () => {
    const { ledger, records } = given.store
    const flows = [
      flow('late', 0),
      ...flowsOf('late', 1, 2),
      flow('late', 1, { window: 'W2' }),
      flow('red', 1),
      ...flowsOf('unlisted', 1, 2, { code: 'item:X' }),
    ]
    await ledger.commit(batch({ cases: [caseRow('P1', { flows })] }))
    const days = async (...asked: Parameters<typeof records.daily>) =>
      (await records.daily(...asked)).map((d) => `${d.key} ${d.kind} ${d.on - on(0)} ${d.n}`).sort()
    expect(await days('window', ['W1'], ['late'], on(0), on(1))).toEqual(['W1 late 0 1', 'W1 late 1 2'])
    expect(await days('window', ['W1'], ['late'], LONG_AGO, -LONG_AGO)).toEqual(['W1 late 0 1', 'W1 late 1 2'])
    expect(await days('window', null, ['late', 'red'], on(1), on(1))).toEqual([
      'W1 late 1 2',
      'W1 red 1 1',
      'W2 late 1 1',
    ])
    expect(await days('code', ['item:X'], ['unlisted'], LONG_AGO, -LONG_AGO)).toEqual(['item:X unlisted 1 2'])
    expect(await days('code', [], ['unlisted'], on(0), on(9))).toEqual([])
  })

  it('L4: the head of a window: worst case in hand, next due instant ahead, counts up to each instant', async () => {
    const { ledger, records } = given.store
    const rows = [
      caseRow('P1', { dueAt: at(1) }),
      caseRow('P2', { dueAt: at(5), level: 2 }),
      caseRow('P3', { dueAt: at(4), level: 2 }),
      caseRow('P4', { dueAt: at(-1), level: 1 }),
      caseRow('P5', { dueAt: null, level: 0 }),
      caseRow('P6', { dueAt: at(0.5), level: 3, inHand: false }),
      caseRow('P7', { dueAt: null, window: 'W2' }),
    ]
    await ledger.commit(batch({ cases: rows }))
    expect(await records.heads(['W1', 'W2', 'W3'], at(0), [at(1), at(4), at(9)])).toEqual([
      { window: 'W1', worst: { projectNo: 'P3', level: 2, dueAt: at(4) }, nextDueAt: at(1), dueWithin: [1, 2, 3] },
      { window: 'W2', worst: { projectNo: 'P7', level: 0, dueAt: null }, nextDueAt: null, dueWithin: [0, 0, 0] },
      { window: 'W3', worst: null, nextDueAt: null, dueWithin: [0, 0, 0] },
    ])
  })

  it('M8: cases in hand by due instant: after the lower bound, up to the upper', async () => {
    const { ledger, records } = given.store
    const rows = [0, 1, 1, 2, 3].map((d, i) =>
      caseRow(`P${i}`, { dueAt: at(d), level: i % 2, department: i < 2 ? 'D2' : 'D1' }),
    )
    await ledger.commit(
      batch({ cases: [...rows, caseRow('Q1', { dueAt: at(1), inHand: false }), caseRow('Q2', { dueAt: null })] }),
    )
    expect(await records.dueBetween([at(0), at(1), at(3)])).toEqual([
      { due: 2, warned: 1 },
      { due: 2, warned: 1 },
    ])
    expect(await records.dueBetween([at(0), at(1)], 'D2')).toEqual([{ due: 1, warned: 1 }])
  })
}

function audits(given: Given): void {
  it('M7: the audit is silent while totals equal the flows, through change and loss of flows', async () => {
    const { ledger, records } = given.store
    const unlisted = flow('unlisted', 0, { code: 'item:X' })
    const flows = [flow('received', 0, { hour: 9 }), flow('late'), flow('late'), unlisted]
    await ledger.commit(batch({ cases: [caseRow('P1', { flows })] }))
    expect(await records.auditFlows(99)).toEqual([])
    await ledger.commit(batch({ cases: [caseRow('P1', { flows: [flow('late')] })] }))
    expect(await records.auditFlows(99)).toEqual([])
    await ledger.commit(batch({ casesGone: ['P1'] }))
    expect(await records.auditFlows(99)).toEqual([])
  })

  it('M7: cases that facts name and that have no row are named, whether a fact of them stands or not', async () => {
    const { ledger, records } = given.store
    const facts = [
      fact('e1', { projectNo: 'P1' }),
      fact('e2', { projectNo: 'P2' }),
      fact('e3', { projectNo: 'P2' }),
      fact('e4', { projectNo: 'P3' }),
      fact('v4', { projectNo: 'P4', type: 'VOID', voids: 'e4' }),
      fact('a1', { projectNo: null, type: 'ATTEND' }),
    ]
    await ledger.commit(batch({ facts, cases: [caseRow('P1')] }))
    const strays = async (limit: number, of: readonly string[] = []) =>
      (await records.strays(limit, of)).map(({ projectNo, source }) => `${source} ${projectNo}`).sort()
    expect(await strays(9)).toEqual(['s1 P2', 's1 P3', 's1 P4'])
    expect(await strays(0)).toEqual([])
    // I11: of a source whose numbers are its own no row bears the number as it says it
    expect(await strays(9, ['s1'])).toEqual(['s1 P1', 's1 P2', 's1 P3', 's1 P4'])
    expect((await records.numbersSaid('s1', 1, 4)).sort()).toEqual(['P2', 'P3'])
    expect(await records.numbersSaid('other', 0, 9)).toEqual([])
  })

  it('M1: every figure clicks through to exactly its cases', async () => {
    const { ledger, records } = given.store
    const late = (window: string, day: number) => [flow('late', day, { window })]
    const rows = [
      caseRow('P1', { flows: late('W1', 0) }),
      caseRow('P2', { flows: late('W2', 0) }),
      caseRow('P3', { flows: late('W1', 3) }),
    ]
    await ledger.commit(batch({ cases: [...rows, caseRow('P4', { flows: late('W1', 0) })] }))
    await ledger.commit(batch({ cases: [caseRow('P4', { flows: [] })] }))
    const behind = async (more: object) => {
      const query = { kinds: ['late'], dimension: 'window', key: 'W1', from: on(0), to: on(9), limit: 9 } as const
      const { cases, next } = await records.casesBehind({ ...query, ...more })
      return [cases.map(({ projectNo, n }) => `${projectNo} ${n}`), next]
    }
    expect(await behind({})).toEqual([['P1 1', 'P3 1'], null])
    expect(await behind({ to: on(2) })).toEqual([['P1 1'], null])
    expect(await behind({ key: null, limit: 2 })).toEqual([['P1 1', 'P2 1'], cursorAtName('P2')])
    expect(await behind({ key: null, after: cursorAtName('P2') })).toEqual([['P3 1'], null])
    expect(await behind({ key: null, departments: ['D9'] })).toEqual([[], null])
    expect(await behind({ key: null, departments: ['D9', 'D1'] })).toEqual([['P1 1', 'P2 1', 'P3 1'], null])
    const member = [flow('late', 1, { member: true })]
    await ledger.commit(batch({ cases: [caseRow('P4', { flows: member })] }))
    expect(await behind({ member: true })).toEqual([['P4 1'], null])
    expect(await behind({ member: false })).toEqual([['P1 1', 'P3 1'], null])
    expect(await behind({})).toEqual([['P1 1', 'P3 1', 'P4 1'], null])
  })

  it('M1: behind a stock stand the cases that are in it at the end of the period, under the key that holds them', async () => {
    const { ledger, records } = given.store
    const stock = (day: number, n: 1 | -1, window = 'W1') => flow('in_hand', day, { n, window })
    await ledger.commit(
      batch({
        cases: [
          caseRow('P1', { flows: [stock(-90, 1)] }),
          caseRow('P2', { flows: [stock(0, 1), stock(5, -1), stock(5, 1, 'W2')] }),
          caseRow('P3', { flows: [stock(0, 1), stock(3, -1), flow('late', 3)] }),
          caseRow('P4', { flows: [stock(8, 1)] }),
        ],
      }),
    )
    const behind = async (to: number, key: string, kinds: FlowKind[] = ['in_hand']) => {
      const query = { kinds, dimension: 'window', key, from: on(1), to: on(to), limit: 9 } as const
      return (await records.casesBehind(query)).cases.map(({ projectNo }) => projectNo)
    }
    expect(await behind(2, 'W1')).toEqual(['P1', 'P2', 'P3'])
    expect(await behind(4, 'W1')).toEqual(['P1', 'P2'])
    expect(await behind(9, 'W1')).toEqual(['P1', 'P4'])
    expect(await behind(9, 'W2')).toEqual(['P2'])
    expect(await behind(4, 'W1', ['late', 'in_hand'])).toEqual(['P1', 'P2', 'P3'])
  })

  it('M1: a case that counts twice in a figure says so', async () => {
    const { ledger, records } = given.store
    await ledger.commit(batch({ cases: [caseRow('P1', { flows: [flow('warning'), flow('warning', 1)] })] }))
    const query = { kinds: ['warning'], dimension: 'window', key: 'W1', from: on(0), to: on(9), limit: 9 } as const
    expect(await records.casesBehind(query)).toEqual({ cases: [{ projectNo: 'P1', n: 2 }], next: null })
  })
}

export function figureRules(given: Given): void {
  figures(given)
  audits(given)
}
