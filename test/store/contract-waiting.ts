// Which rows of files wait (I14, I15), of every store alike: each row once, whichever imports brought it; until it has come right
// by an import that stands; and no longer than an import stands that brought it.

import { describe, expect, it } from 'vitest'
import type { QuarantineRow, QuarantineSteps } from '../../server/store/held.ts'
import type { FactRow, InputRow } from '../../server/store/port.ts'
import type { Given } from './contract.ts'
import { at, batch, fact, waitingRow } from './rows.ts'

const REGISTER = { name: 'r', as_of: '2026-06-08T00:00:00Z', file: 'f1', line: 5 }

const waits = (eventId: string, raw: object, more: Partial<QuarantineRow> = {}): QuarantineRow =>
  waitingRow(eventId, { org_code: 'D1', ...raw }, more)

const unread = { unread: '不详' }

/** A fact of a case that came by an import. */
const came = (eventId: string, importNo: number | null, body: object, more: Partial<FactRow> = {}): FactRow => {
  const whole = { event_id: eventId, org_code: 'D1', project_no: 'P1', source_system: 's1', ...body }
  return fact(eventId, { way: { importNo, historical: null }, ...more, body: JSON.stringify(whole) })
}

const edition = (asOf: string, line = 1) => ({
  register: { ...REGISTER, file: 'f2', as_of: Date.parse(asOf), line },
})

const withdrawal = (importNo: number): InputRow => ({
  kind: 'withdraw',
  by: 'admin',
  body: JSON.stringify({ import: importNo, to: null, why: '导错' }),
})

export function waitingRules(given: Given): void {
  const counted = async (): Promise<string[]> =>
    (await given.store.records.waitingRows()).map(({ source, unit, rows }) => `${source} ${unit || '-'} ${rows}`)
  const take = (day: number, more: Parameters<typeof batch>[0]): Promise<unknown> =>
    given.store.ledger.commit(batch({ at: at(day), ...more }))
  const steps = (more: Partial<QuarantineSteps>): QuarantineSteps => ({ gone: [], resolved: [], ...more })

  describe('a row has come right by what stands', () => {
    it('I14 I15: a later edition brought by an import that is withdrawn clears nothing', async () => {
      await take(0, { quarantine: [waits('w1', { event_type: 'ACCEPT', register: REGISTER })] })
      await take(1, { facts: [came('e2', 7, { event_type: 'ACCEPT', ...edition('2026-06-15T00:00:00Z') })] })
      expect(await counted()).toEqual([])
      await take(2, { inputs: [withdrawal(7)] })
      expect(await counted()).toEqual(['s1 D1 1'])
      const again = { import: 9, historical: null, facts: [['s1', 'e2']] }
      await take(3, { inputs: [{ kind: 'bringing', by: 's1', body: JSON.stringify(again) }] })
      expect(await counted(), 'imported again it stands again').toEqual([])
    })

    it('I15 M9: told in the list by what, in the import and of its case, as of an instant too; taken back it waits again', async () => {
      const { records } = given.store
      const half = { event_type: 'COMPLETE', occurred_at: unread }
      await take(0, { quarantine: [waits('w1', { event_type: 'ACCEPT' }), waits('w2', half)] })
      await take(2, { facts: [came('w1', 7, { event_type: 'ACCEPT' }), came('e2', 7, { event_type: 'COMPLETE' })] })
      const told = async (day: number) => ({
        list: (await records.quarantine({ limit: 9 })).rows.map(({ cure }) => cure),
        import: (await records.importCounts(1)).waiting,
        of: (await records.waitingOf({ projectNos: ['P1'], at: at(day), limit: 1 })).count,
      })
      const cures = [
        { eventId: 'e2', importNo: 7 },
        { eventId: 'w1', importNo: 7 },
      ]
      expect(await told(2)).toEqual({ list: cures, import: 0, of: 0 })
      expect((await told(1)).of, 'the day before').toBe(2)
      await take(4, { inputs: [withdrawal(7)] })
      expect(await told(4)).toEqual({ list: [null, null], import: 1, of: 2 })
      expect((await told(3)).of, 'before it was withdrawn').toBe(0)
    })

    it('I14 I15: nor does the event itself, or what was taken for it; void, that stands for nothing', async () => {
      const half = { event_type: 'COMPLETE', occurred_at: unread }
      await take(0, {
        quarantine: [
          waits('w1', { event_type: 'ACCEPT' }),
          waits('w2', half, { projectNo: 'P2', rowNo: 6 }),
          waits('w3', half, { projectNo: 'P3', rowNo: 7 }),
          waits('w4', half, { projectNo: 'P4', rowNo: 8 }),
        ],
      })
      const complete = { event_type: 'COMPLETE', occurred_at: 5 }
      await take(1, {
        facts: [
          came('w1', 7, { event_type: 'ACCEPT' }),
          ...['P2', 'P3', 'P4'].map((projectNo) =>
            came(`e${projectNo}`, projectNo === 'P2' ? 7 : null, complete, { projectNo }),
          ),
        ],
      })
      expect(await counted()).toEqual([])
      await take(2, { inputs: [withdrawal(7)] })
      expect(await counted()).toEqual(['s1 D1 2'])
      const voided = { source: 's1', event_id: 'eP3', why: '误报' }
      await take(3, {
        inputs: [{ kind: 'void', by: 'admin', body: JSON.stringify(voided) }],
        facts: [fact('v4', { type: 'VOID', projectNo: 'P4', voids: 'eP4' })],
      })
      expect(await counted()).toEqual(['s1 D1 4'])
    })

    it('I14: the row above in the same file is no later edition, the row below is', async () => {
      const file = { ...REGISTER, as_of: Date.parse(REGISTER.as_of) }
      await take(0, { quarantine: [waits('w1', { event_type: 'ACCEPT', register: REGISTER })] })
      await take(1, { facts: [came('above', 1, { event_type: 'ACCEPT', register: { ...file, line: 4 } })] })
      expect(await counted()).toEqual(['s1 D1 1'])
      await take(2, { facts: [came('below', 1, { event_type: 'ACCEPT', register: { ...file, line: 6 } })] })
      expect(await counted()).toEqual([])
    })
  })

  describe('what could not be read came since', () => {
    const step = (more: object) => ({ event_type: 'STEP_END', occurred_at: unread, ...more })
    const ended = (id: string, more: object, importNo = 2) =>
      came(id, importNo, { event_type: 'STEP_END', occurred_at: Date.parse('2026-03-05T01:00:00Z'), ...more })

    it.each([
      ['another step', step({ payload: { step_code: '勘验' } }), ended('e', { payload: { step_code: '审核' } }), 1],
      ['the same step', step({ payload: { step_code: '勘验' } }), ended('e', { payload: { step_code: '勘验' } }), 0],
      ['another unit', step({ org_code: 'D1' }), ended('e', { org_code: 'D2' }), 1],
      ['a unit that was not read', step({ org_code: unread }), ended('e', { org_code: 'D2' }), 0],
      ['another instant', step({ occurred_at: '2026-03-04T09:00:00+08:00', org_code: unread }), ended('e', {}), 1],
      ['its instant', step({ occurred_at: '2026-03-05T09:00:00+08:00', org_code: unread }), ended('e', {}), 0],
      ['by the file of the row', step({}), ended('e', {}, 1), 1],
    ])('I15: %s', async (_, raw, later, rows) => {
      await take(0, { quarantine: [waits('w1', raw)] })
      await take(1, { facts: [later] })
      expect((await given.store.records.waitingRows()).reduce((sum, one) => sum + one.rows, 0)).toBe(rows)
    })
  })

  describe('rows are counted, and no numbers', () => {
    it('I15: two rows of one case are two, two events of one row one, a row without a number one; each has one unit', async () => {
      const row = (id: string, rowNo: number, more: Partial<QuarantineRow> = {}, raw: object = {}) =>
        waits(id, { event_type: 'STEP_END', ...raw }, { rowNo, ...more })
      await take(0, {
        quarantine: [
          row('a1', 5),
          row('a2', 5, {}, { org_code: unread }),
          row('b1', 6),
          row('c1', 7, { projectNo: null }, { org_code: 'D2' }),
          row('d1', 8, { projectNo: null, raw: '{"unread":"A,B,C' }),
        ],
      })
      expect(await counted()).toEqual(['s1 - 1', 's1 D1 2', 's1 D2 1'])
    })

    it('I14: of a register two editions of a case are one row', async () => {
      const register = { ...REGISTER, as_of: '2026-06-15T00:00:00Z' }
      await take(0, {
        quarantine: [
          waits('a1', { register: REGISTER }),
          waits('a2', { register }, { importNo: 2, rowNo: 9 }),
          waits('a3', { register: { ...register, name: 'other' } }, { importNo: 3, rowNo: 9 }),
        ],
      })
      expect(await counted()).toEqual(['s1 D1 2'])
    })
  })

  it('I14 I15: what an import brought tells what of it was refused, and how many of its rows wait', async () => {
    await take(0, {
      quarantine: [
        waits('a', {}),
        waits('b', {}),
        waits('c', {}, { rowNo: 6, code: 'from_future' }),
        waits('d', {}, { rowNo: 7 }),
        waits('e', {}, { importNo: 2, rowNo: 7 }),
        waits('f', {}, { importNo: null, rowNo: null }),
      ],
      quarantineSteps: steps({}),
    })
    const resolved = [{ source: 's1', from: 4, upTo: 4, code: null, how: 'dismissed' as const }]
    await take(1, { quarantineSteps: steps({ resolved, again: [{ id: 1, importNo: 2, rowNo: 1 }] }) })
    const counts = async (no: number) => given.store.records.importCounts(no)
    expect([await counts(1), await counts(2), await counts(3)]).toEqual([
      { first: 0, again: 0, refused: 1, waiting: 1 },
      { first: 0, again: 0, refused: 0, waiting: 2 },
      { first: 0, again: 0, refused: 0, waiting: 0 },
    ])
  })

  describe('an import that is withdrawn', () => {
    it('I14: takes what waits by it along, but what another standing import brought; counted as resolved', async () => {
      const { records } = given.store
      await take(0, {
        quarantine: [
          waits('a', {}),
          waits('b', {}, { rowNo: 6 }),
          waits('c', {}, { importNo: 2, rowNo: 6 }),
          waits('d', {}, { importNo: null, rowNo: null, projectNo: 'P9' }),
        ],
      })
      await take(1, { quarantineSteps: steps({ again: [{ id: 2, importNo: 2, rowNo: 3 }] }) })
      await take(2, { inputs: [withdrawal(1)], quarantineSteps: steps({ withdrawn: [1] }) })
      const shown = async () =>
        (await records.quarantine({ limit: 9 })).rows.map(({ id, resolvedAt, resolution }) => [
          id,
          resolvedAt,
          resolution,
        ])
      expect(await shown()).toEqual([
        [4, null, null],
        [3, null, null],
        [2, null, null],
        [1, at(2), 'withdrawn'],
      ])
      expect((await records.quarantineCounts())[0]).toMatchObject({ rows: 4, resolved: 1 })
      await take(3, { inputs: [withdrawal(2)], quarantineSteps: steps({ withdrawn: [2] }) })
      expect((await shown()).map(([id, , how]) => [id, how])).toEqual([
        [4, null],
        [3, 'withdrawn'],
        [2, 'withdrawn'],
        [1, 'withdrawn'],
      ])
      expect((await records.quarantineCounts())[0]).toMatchObject({ rows: 4, resolved: 3 })
      expect(await counted()).toEqual(['s1 D1 1'])
    })

    it('I15 M9: what waits of a case is found by its numbers, as it was at an instant too', async () => {
      const { records } = given.store
      const of = (eventId: string, projectNo: string | null, day = 0) => waits(eventId, {}, { projectNo, at: at(day) })
      await take(0, { quarantine: [of('a', 'P1'), of('b', 'P2'), of('c', null)] })
      await take(2, { quarantine: [of('d', 'P1', 2), of('e', 'P3', 2)] })
      const resolved = [{ source: 's1', from: 1, upTo: 1, code: null, how: 'resubmitted' as const }]
      await take(4, { quarantineSteps: steps({ resolved }) })
      const found = async (projectNos: string[], day: number, limit = 9) => {
        const { count, rows } = await records.waitingOf({ projectNos, at: at(day), limit })
        return `${count}: ${rows.map(({ eventId }) => eventId).join(' ')}`
      }
      expect([await found(['P1'], 0), await found(['P1'], 3), await found(['P1'], 4)]).toEqual([
        '1: a',
        '2: a d',
        '1: d',
      ])
      expect(await found(['P1', 'P3', 'P1'], 5)).toBe('2: d e')
      expect([await found(['P2', 'P3'], 5, 1), await found([], 5), await found(['P9'], 5)]).toEqual([
        '2: b',
        '0: ',
        '0: ',
      ])
    })

    it('I15: what waits is found by its id, and beside it what was brought on the same row', async () => {
      const { records } = given.store
      await take(0, {
        quarantine: [
          waits('a', {}),
          waits('b', {}, { code: 'bad_field' }),
          waits('c', {}, { importNo: 2, rowNo: 3 }),
          waits('d', {}, { rowNo: 6 }),
        ],
      })
      await take(1, { quarantineSteps: steps({ again: [{ id: 1, importNo: 2, rowNo: 3 }] }) })
      const beside = async (id: number) => (await records.waitingBeside(id)).map((row) => row.id)
      expect([await beside(1), await beside(2), await beside(3), await beside(4), await beside(9)]).toEqual([
        [1, 2, 3],
        [1, 2],
        [1, 3],
        [4],
        [],
      ])
      const resolved = [{ source: 's1', from: 1, upTo: 1, code: null, how: 'dismissed' as const }]
      await take(2, { quarantineSteps: steps({ resolved }) })
      expect(await beside(2), 'what was set down is of its row still').toEqual([1, 2])
      const under = await records.waitingUnder([
        { source: 's1', eventId: 'a' },
        { source: 's1', eventId: 'b' },
        { source: 's2', eventId: 'c' },
      ])
      expect(under.map(({ id, code }) => [id, code])).toEqual([[2, 'bad_field']])
      const sent = [{ source: 's1', from: 1, upTo: 2, code: null, how: 'resubmitted' as const }]
      await take(3, { quarantineSteps: steps({ resolved: sent }) })
      expect(await beside(3), 'what was sent again waits no more').toEqual([1, 3])
      const gone = [{ source: 's1', from: 3, upTo: 3, code: null, how: 'resubmitted' as const }]
      await take(4, { quarantineSteps: steps({ resolved: gone }) })
      expect(await beside(1)).toEqual([1])
    })
  })
}
