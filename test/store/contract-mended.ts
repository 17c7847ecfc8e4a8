// Which row a fact mends (I14, I15), of every store alike: a later edition speaks of its own key alone, one of which nobody knows as
// of when it is settles nothing, an event mends one row, and only one of which it says all that could be read.

import { describe, expect, it } from 'vitest'
import type { QuarantineRow } from '../../server/store/held.ts'
import type { FactRow } from '../../server/store/port.ts'
import type { Given } from './contract.ts'
import { at, batch, fact, waitingRow } from './rows.ts'

const unread = { unread: '不详' }
const JUNE_8 = '2026-06-08T00:00:00Z'
const JUNE_15 = '2026-06-15T00:00:00Z'

const waits = (eventId: string, rowNo: number, raw: object): QuarantineRow =>
  waitingRow(eventId, { occurred_at: unread, ...raw }, { rowNo })

const came = (eventId: string, body: object, more: Partial<FactRow> = {}): FactRow =>
  fact(eventId, {
    way: { importNo: 2, historical: null },
    ...more,
    body: JSON.stringify({ event_id: eventId, project_no: 'P1', source_system: 's1', occurred_at: 5, ...body }),
  })

const written = (key: string, asOf: unknown) => ({ register: { name: 'r', key, as_of: asOf, file: 'f1', line: 5 } })
const held = (key: string, asOf: string) => ({
  register: { name: 'r', key, as_of: Date.parse(asOf), file: 'f2', line: 5 },
})

export function mendedRules(given: Given): void {
  const waitingAfter = async (quarantine: QuarantineRow[], facts: FactRow[]): Promise<number> => {
    await given.store.ledger.commit(batch({ at: at(0), quarantine }))
    await given.store.ledger.commit(batch({ at: at(1), facts }))
    return (await given.store.records.waitingRows()).reduce((sum, { rows }) => sum + rows, 0)
  }

  describe('a row of a register has come right', () => {
    const complete = { event_type: 'COMPLETE' }
    const CASES: [title: string, waits: object, came: object, rows: number][] = [
      ['by its key of a later export', written('COMPLETE', JUNE_8), { ...complete, ...held('COMPLETE', JUNE_15) }, 0],
      ['by its emptied cell', written('COMPLETE', JUNE_8), { event_type: 'VOID', ...held('COMPLETE', JUNE_15) }, 0],
      [
        'not by another key: a line that ends early is silent',
        written('COMPLETE', JUNE_8),
        { event_type: 'ACCEPT', ...held('ACCEPT', JUNE_15) },
        1,
      ],
      [
        'not by its like under another key',
        written('COMPLETE', JUNE_8),
        { ...complete, ...held('COMPLETE-2', JUNE_15) },
        1,
      ],
      ['not by an earlier export', written('COMPLETE', JUNE_15), { ...complete, ...held('COMPLETE', JUNE_8) }, 1],
      [
        'not by its emptied cell where nobody knows which is the later',
        written('COMPLETE', unread),
        { event_type: 'VOID', ...held('COMPLETE', JUNE_15) },
        1,
      ],
      [
        'by what could be read of it where nobody knows',
        written('COMPLETE', unread),
        { ...complete, ...held('COMPLETE', JUNE_15) },
        0,
      ],
    ]
    it.each(CASES)('I14 I15: %s', async (_, edition, body, rows) => {
      expect(await waitingAfter([waits('w', 5, { ...complete, ...edition })], [came('e', body)])).toBe(rows)
    })
  })

  describe('what could be read agrees', () => {
    const CASES: [title: string, type: string, said: object, told: object, rows: number][] = [
      ['the same amount', 'FEE', { amount_fen: 100 }, { amount_fen: 100 }, 0],
      ['another amount', 'FEE', { amount_fen: 100 }, { amount_fen: 200 }, 1],
      ['an amount that was not read', 'FEE', { amount_fen: unread }, { amount_fen: 200 }, 0],
      ['an amount that is not told', 'FEE', { amount_fen: 100 }, {}, 1],
      ['the same due day', 'ACCEPT', { promise_due_at: '2026-03-17' }, { promise_due_at: '2026-03-17' }, 0],
      ['another due day', 'ACCEPT', { promise_due_at: '2026-03-17' }, { promise_due_at: '2026-03-18' }, 1],
      [
        'the same due instant, in another zone',
        'ACCEPT',
        { promise_due_at: '2026-03-17T08:00:00+08:00' },
        { promise_due_at: Date.parse('2026-03-17T00:00:00Z') },
        0,
      ],
      [
        'the same limit',
        'ACCEPT',
        { promise_limit: { value: 5, unit: 'WD' } },
        { promise_limit: { unit: 'WD', value: 5 } },
        0,
      ],
      [
        'another limit',
        'ACCEPT',
        { promise_limit: { value: 5, unit: 'WD' } },
        { promise_limit: { unit: 'ND', value: 5 } },
        1,
      ],
      ['the same level', 'RATE', { level: 2 }, { level: 2 }, 0],
      ['the level as it was turned', 'RATE', { level: 2 }, { level: 4 }, 0],
      ['another level', 'RATE', { level: 2 }, { level: 1 }, 1],
      ['a flag', 'DECIDE', { remedy_told: true }, { remedy_told: false }, 1],
    ]
    it.each(CASES)('I15: %s', async (_, type, said, told, rows) => {
      const row = waits('w', 5, { event_type: type, payload: said })
      expect(await waitingAfter([row], [came('e', { event_type: type, payload: told })])).toBe(rows)
    })
  })

  describe('one event mends one row', () => {
    const hearing = { event_type: 'SUSPEND', payload: { kind: 'hearing' } }
    const row = (n: number, more: object = {}) => waits(`w${n}`, n, { ...hearing, ...more })

    it('I15: of two rows that wait for the like, one came, then the other', async () => {
      expect(await waitingAfter([row(5), row(6)], [came('e1', hearing)])).toBe(1)
      const second = came('e2', { ...hearing, occurred_at: 6 })
      await given.store.ledger.commit(batch({ at: at(2), facts: [second] }))
      expect(await given.store.records.waitingRows()).toEqual([])
    })

    it('I15: what could be either leaves to one what could be it alone', async () => {
      const [one, other] = [{ org_code: 'D1' }, { org_code: 'D2' }]
      const facts = [came('e1', { ...hearing, ...one }), came('e2', { ...hearing, ...other })]
      expect(await waitingAfter([row(5), row(6, one)], facts)).toBe(0)
    })

    it('I15: an event that came by its own id, or was sent again by a person, mends no other row', async () => {
      expect(await waitingAfter([row(5), row(6)], [came('w5', hearing)])).toBe(1)
      const resolved = [{ source: 's1', from: 1, upTo: 1, code: null, how: 'resubmitted' as const }]
      await given.store.ledger.commit(batch({ at: at(2), quarantineSteps: { gone: [], resolved } }))
      expect((await given.store.records.waitingRows()).map(({ rows }) => rows)).toEqual([1])
    })
  })
}
