// What the store says of whole imports, of every store alike: what one brought, which cases of former exports it leaves out
// (I14), which rows of files wait (I15).

import { expect, it } from 'vitest'
import type { Given } from './contract.ts'
import { at, batch, fact } from './rows.ts'

const way = (importNo: number | null) => ({ importNo, historical: null })
const UNBROUGHT = { importNo: null, rowNo: null }

export function importRules(given: Given): void {
  it('I14 I15: what an import brought is counted; cases of former exports that it leaves out are walked in stretches', async () => {
    const { ledger, records } = given.store
    const facts = ['P1', 'P2', 'P3', 'P4', 'P5'].map((projectNo) => fact(`e${projectNo}`, { projectNo, way: way(1) }))
    const again = { import: 7, historical: null, facts: [['s1', 'eP2']] }
    const waits = {
      at: at(0),
      source: 's1',
      eventId: 'x',
      projectNo: 'P4',
      code: 'row_waits',
      field: null,
      message: '',
      ...UNBROUGHT,
    }
    const rawOf = (file: string): string => JSON.stringify({ event_id: 'x', register: { file } })
    await ledger.commit(batch({ facts: [...facts, fact('live', { projectNo: 'P6' })] }))
    const inputs = [{ kind: 'bringing' as const, by: 's1', body: JSON.stringify(again) }]
    const quarantine = [
      { ...waits, raw: rawOf('f7') },
      { ...waits, projectNo: 'P5', raw: rawOf('f6') },
      { ...waits, projectNo: 'P3', raw: '{"register":{"file":"f7' },
    ]
    await ledger.commit(batch({ facts: [fact('eP1b', { way: way(7) })], inputs, quarantine }))
    expect([await records.importCounts(1), await records.importCounts(7)]).toEqual([
      { first: 5, again: 0, refused: 0, waiting: 0 },
      { first: 1, again: 1, refused: 0, waiting: 0 },
    ])
    const asked = { former: [1], present: [7], source: 's1', file: 'f7', limit: 2 }
    expect(await records.absentCases({ ...asked, after: '' })).toEqual({ cases: [], next: 'P2' })
    expect(await records.absentCases({ ...asked, after: 'P2' })).toEqual({ cases: ['P3'], next: 'P4' })
    expect(await records.absentCases({ ...asked, after: 'P4' })).toEqual({ cases: ['P5'], next: 'P6' })
    expect(await records.absentCases({ ...asked, after: 'P6' })).toEqual({ cases: [], next: null })
    const other = { ...asked, source: 's2', after: '', limit: 9 }
    expect((await records.absentCases(other)).cases).toEqual(['P3', 'P4', 'P5'])
  })

  it('I15: rows that wait are counted by source and unit, a case each, until the event or a later edition has come', async () => {
    const { ledger, records } = given.store
    const register = { name: 'r', as_of: '2026-06-08T00:00:00Z' }
    const row = (projectNo: string, more: object = {}, raw: object = {}) => {
      const kept = { at: at(0), source: 's1', eventId: `w${projectNo}`, projectNo, code: 'row_waits', field: null }
      return { ...kept, ...UNBROUGHT, message: '', raw: JSON.stringify({ org_code: 'D1', ...raw }), ...more }
    }
    const quarantine = [
      row('P1'),
      row('P1', { eventId: 'other' }),
      row('P2', {}, { org_code: undefined, register }),
      row('P3', { source: 's2' }, { register }),
      row('P4', { code: 'bad_field' }),
      row('P5', { raw: '{"org_code":"D' }),
    ]
    await ledger.commit(batch({ quarantine }))
    const counted = async (): Promise<string[]> =>
      (await records.waitingRows()).map(({ source, unit, rows }) => `${source} ${unit || '-'} ${rows}`)
    expect(await counted()).toEqual(['s1 - 2', 's1 D1 1', 's2 D1 1'])
    const edition = (asOf: string) => ({ body: JSON.stringify({ register: { name: 'r', as_of: Date.parse(asOf) } }) })
    const facts = [
      fact('wP1'),
      fact('e2', { projectNo: 'P2', ...edition('2026-06-15T00:00:00Z') }),
      fact('e3', { projectNo: 'P3', source: 's2', ...edition('2026-06-01T00:00:00Z') }),
    ]
    await ledger.commit(batch({ at: at(2), facts }))
    expect(await counted(), 'of P1 another event waits still').toEqual(['s1 - 1', 's1 D1 1', 's2 D1 1'])
    const steps = { gone: [], resolved: [{ source: 's2', from: 1, upTo: 9, code: null, how: 'dismissed' as const }] }
    await ledger.commit(batch({ at: at(3), quarantineSteps: steps }))
    expect(await counted()).toEqual(['s1 - 1', 's1 D1 1'])
  })

  it('I15: an event that could not be read waits under no unit it did not say, until one of its type has come', async () => {
    const { ledger, records } = given.store
    const rowOf = (projectNo: string, type: string, raw: object) => ({
      ...{ at: at(0), source: 's1', eventId: `w${projectNo}`, projectNo, code: 'row_waits', field: null, message: '' },
      ...UNBROUGHT,
      raw: JSON.stringify({ event_type: type, occurred_at: { unread: 'x' }, ...raw }),
    })
    const nowhen = { name: 'r', as_of: '' }
    const quarantine = [
      rowOf('P1', 'COMPLETE', { org_code: { unread: '#N/A' } }),
      rowOf('P2', 'COMPLETE', { org_code: 'D1' }),
      { ...rowOf('P3', 'ACCEPT', {}), raw: JSON.stringify({ org_code: 'D1', register: nowhen }) },
    ]
    await ledger.commit(batch({ quarantine }))
    const counted = async (): Promise<string[]> =>
      (await records.waitingRows()).map(({ source, unit, rows }) => `${source} ${unit || '-'} ${rows}`)
    expect(await counted()).toEqual(['s1 - 1', 's1 D1 2'])
    const came = (no: string, body: object) => fact(`e${no}`, { projectNo: no, body: JSON.stringify(body) })
    const register = { name: 'r', as_of: 1 }
    const facts = [
      came('P1', { event_type: 'COMPLETE' }),
      came('P2', { event_type: 'ACCEPT' }),
      came('P3', { register }),
    ]
    await ledger.commit(batch({ at: at(2), facts }))
    expect(await counted(), 'which of two editions is the later nobody knows').toEqual(['s1 D1 2'])
    const same = came('P3', { org_code: 'D1', register })
    await ledger.commit(batch({ at: at(3), facts: [{ ...same, eventId: 'same' }] }))
    expect(await counted(), 'it says all that could be read').toEqual(['s1 D1 1'])
  })
}
