// The one law book of the store port: whatever stands behind Ledger, Records and KeyStore keeps every line of it.

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { factKey } from '../../server/core/case/event.ts'
import { cursorRules } from './contract-cursor.ts'
import { figureRules } from './contract-figures.ts'
import { importRules } from './contract-imports.ts'
import { leaseRules } from './contract-lease.ts'
import { mendedRules } from './contract-mended.ts'
import { readingRules } from './contract-reading.ts'
import { waitingRules } from './contract-waiting.ts'
import { asks, at, batch, caseRow, fact, type Store } from './rows.ts'

const key = (id: string, source = 's1') => factKey(source, id)
const way = (importNo: number | null) => ({ importNo, historical: null })
const ids = (facts: readonly { eventId: string }[] | undefined) => facts?.map((f) => f.eventId).sort()

export type OpenStore = () => Promise<Store>

/** The store of the case at hand: a fresh one before each. */
export type Given = { store: Store }

const MOST: [title: string, broken: Parameters<typeof batch>[0]][] = [
  ['a fact held already', { facts: [fact('e2'), fact('e1')] }],
  ['the same fact twice', { facts: [fact('e2'), fact('e2')] }],
  ['an entry instant before the last', { at: at(-1), facts: [fact('e2')] }],
]

function writing(given: Given): void {
  it('A4: entries are numbered densely from 1, commits from 1 too, one without entries is a commit', async () => {
    const { ledger, records } = given.store
    expect(await ledger.commit(batch({ facts: [fact('e1'), fact('e2')] }))).toEqual({
      commit: 1,
      firstSeq: 1,
      lastSeq: 2,
    })
    expect(await ledger.commit(batch({ cases: [caseRow('P1')] }))).toEqual({ commit: 2, firstSeq: 0, lastSeq: 0 })
    const law = { kind: 'law' as const, by: 'admin', body: '{}' }
    expect(await ledger.commit(batch({ facts: [fact('e3')], inputs: [law] }))).toEqual({
      commit: 3,
      firstSeq: 3,
      lastSeq: 4,
    })
    expect(await records.head()).toEqual({ commit: 3, seq: 4, at: at(0), turnedTo: null, cases: 1 })
  })

  it('J4: subjects beside the cases are kept whole, by kind and key, the later over the earlier', async () => {
    const { ledger, records } = given.store
    const row = (kind: string, key: string, nextTurnAt: number | null) => ({
      ...{ kind, key, engine: 1, law: 2, judgedAt: at(0), apart: null, state: '{}' },
      nextTurnAt: nextTurnAt === null ? null : at(nextTurnAt),
    })
    await ledger.commit(batch({ subjects: [row('source', 'b', 5), row('source', 'a', null), row('post', 'z', 1)] }))
    await ledger.commit(batch({ subjects: [{ ...row('source', 'b', 7), apart: 'broken' }] }))
    expect(await records.subjects()).toEqual([
      row('post', 'z', 1),
      row('source', 'a', null),
      { ...row('source', 'b', 7), apart: 'broken' },
    ])
  })

  it('J4: the instant up to which turns were taken is kept until it moves', async () => {
    const { ledger, records } = given.store
    await ledger.commit(batch({ turnedTo: at(1) }))
    await ledger.commit(batch({ at: at(2) }))
    expect(await records.head()).toMatchObject({ at: at(2), turnedTo: at(1) })
  })

  it('M9: the last commit at or before an instant: which one it was is told by its instant', async () => {
    const { ledger, records } = given.store
    expect(await records.committedBy(at(9))).toBeNull()
    for (const when of [at(1), at(1), at(4), at(7)]) await ledger.commit(batch({ at: when }))
    const by = await Promise.all([0, 1, 3, 4, 6, 7, 9].map((n) => records.committedBy(at(n))))
    expect(by).toEqual([null, at(1), at(1), at(4), at(4), at(7), at(7)])
  })

  for (const [title, broken] of MOST)
    it(`A6: a batch with ${title} leaves nothing, and the next one follows on`, async () => {
      const { ledger, records } = given.store
      await ledger.commit(batch({ facts: [fact('e1')], cases: [caseRow('P1')] }))
      const rest = { cases: [caseRow('P2')], turnedTo: at(9) }
      await expect(ledger.commit(batch({ ...rest, ...broken }))).rejects.toThrow()
      expect(await records.head()).toEqual({ commit: 1, seq: 1, at: at(0), turnedTo: null, cases: 1 })
      expect((await records.cases(['P2'])).size).toBe(0)
      expect((await records.gather(asks([fact('e2')]))).known.size).toBe(0)
      expect(await ledger.commit(batch({ facts: [fact('e2')] }))).toEqual({ commit: 2, firstSeq: 2, lastSeq: 2 })
    })

  it('I11: a case that was joined into another has no row any more', async () => {
    const { ledger, records } = given.store
    await ledger.commit(batch({ cases: [caseRow('P1'), caseRow('P2')] }))
    await ledger.commit(batch({ casesGone: ['P1', 'P9'] }))
    expect([...(await records.cases(['P1', 'P2'])).keys()]).toEqual(['P2'])
    expect((await records.head()).cases).toBe(1)
  })
}

function gathering(given: Given): void {
  it('I2: a stored id is known with its content, under its own source alone', async () => {
    const { ledger, records } = given.store
    const stored = { ...fact('e1'), personal: '{"name":"张三"}' }
    await ledger.commit(batch({ facts: [stored] }))
    const view = await records.gather(asks([fact('e1'), fact('e1', { source: 's2' }), fact('e2')]))
    expect([...view.known.keys()]).toEqual([key('e1')])
    expect(view.known.get(key('e1'))).toEqual({
      seq: 1,
      enteredAt: at(0),
      source: 's1',
      eventId: 'e1',
      body: stored.body,
      personal: '{"name":"张三"}',
      erased: false,
      ways: [{ importNo: null, historical: null, at: at(0) }],
      voiders: [],
    })
  })

  it('I2: a known fact touches no case', async () => {
    const { ledger, records } = given.store
    await ledger.commit(batch({ facts: [fact('e1')], cases: [caseRow('P1')] }))
    const view = await records.gather(asks([fact('e1')]))
    expect([view.cases.size, view.facts.size]).toEqual([0, 0])
  })

  it('F3: a fact that a stored one of its source made void is so on arrival, and its case is folded again', async () => {
    const { ledger, records } = given.store
    const stored = [fact('e1'), fact('v1', { voids: 'e9' }), fact('v2', { voids: 'e8', source: 's2' })]
    await ledger.commit(batch({ facts: stored, cases: [caseRow('P1')] }))
    const view = await records.gather(asks([fact('e9', { at: at(5) }), fact('e8', { at: at(5), projectNo: 'P2' })]))
    expect([...view.voiders.keys()]).toEqual([key('e9')])
    expect(view.voiders.get(key('e9'))).toEqual([{ eventId: 'v1', at: at(0), ways: [{ ...way(null), at: at(0) }] }])
    expect(ids(view.facts.get('P1'))).toEqual(['e1', 'v1', 'v2'])
  })

  it('F3: superseding cuts across cases: the case of the target is brought too, void facts with what names them', async () => {
    const { ledger, records } = given.store
    const stored = [
      fact('e1'),
      fact('e2'),
      fact('v1', { voids: 'e2', projectNo: 'P5' }),
      fact('e3', { projectNo: 'P2' }),
    ]
    await ledger.commit(batch({ facts: stored, cases: [caseRow('P1'), caseRow('P2')] }))
    const view = await records.gather(asks([fact('v2', { voids: 'e1', projectNo: 'P2', at: at(3) })]))
    expect([...view.targets]).toEqual([[key('e1'), { projectNo: 'P1' }]])
    expect([...view.cases.keys()].sort()).toEqual(['P1', 'P2'])
    expect([...view.facts.keys()]).toEqual(['P1'])
    expect(ids(view.facts.get('P1'))).toEqual(['e1', 'e2'])
    expect(view.facts.get('P1')?.map(({ voiders }) => voiders.map(({ eventId }) => eventId))).toEqual([[], ['v1']])
  })

  it('F3: an id that only another source holds is foreign; one that nobody holds is neither', async () => {
    const { ledger, records } = given.store
    await ledger.commit(batch({ facts: [fact('e1', { source: 's2' }), fact('e2'), fact('e2', { source: 's2' })] }))
    const incoming = ['e1', 'e2', 'e3'].map((named) => fact(`v-${named}`, { voids: named, at: at(3) }))
    const view = await records.gather(asks(incoming))
    expect([...view.foreign]).toEqual([key('e1')])
    expect([...view.targets.keys()]).toEqual([key('e2')])
  })

  it('I7: facts come along only where a fold must begin again: not after the last, or no row', async () => {
    const { ledger, records } = given.store
    const stored = ['P1', 'P2', 'P3', 'P4'].map((projectNo) => fact(`e-${projectNo}`, { projectNo }))
    const cases = ['P1', 'P2', 'P3'].map((projectNo) => caseRow(projectNo, { lastAt: at(2) }))
    await ledger.commit(batch({ facts: stored, cases }))
    const incoming = [
      fact('n1', { projectNo: 'P1', at: at(3) }),
      fact('n2', { projectNo: 'P2', at: at(2) }),
      fact('n3', { projectNo: 'P3', at: at(1) }),
      fact('n4', { projectNo: 'P4', at: at(9) }),
      fact('n5', { projectNo: 'P5', at: at(9) }),
    ]
    const view = await records.gather(asks(incoming))
    expect([...view.facts.keys()].sort()).toEqual(['P2', 'P3', 'P4'])
    expect([...view.cases.keys()].sort()).toEqual(['P1', 'P2', 'P3'])
  })

  it('I7: a cached case is not read again, and its cached instant decides', async () => {
    const { ledger, records } = given.store
    await ledger.commit(batch({ facts: [fact('e1')], cases: [caseRow('P1')] }))
    const view = await records.gather(asks([fact('e2', { at: at(5) })], { P1: at(6) }))
    expect(view.cases.size).toBe(0)
    expect(ids(view.facts.get('P1'))).toEqual(['e1'])
  })

  it('I1: facts of no case are known by their id', async () => {
    const { ledger, records } = given.store
    await ledger.commit(batch({ facts: [fact('a1', { projectNo: null, type: 'ATTEND' })] }))
    const view = await records.gather(asks([fact('a1', { projectNo: null }), fact('a2', { projectNo: null })]))
    expect([...view.known.keys()]).toEqual([key('a1')])
    expect([view.cases.size, view.facts.size]).toEqual([0, 0])
  })

  it('F3: facts of a case come with those that name them, and all of them, for which stand is not the store’s to say', async () => {
    const { ledger, records } = given.store
    await ledger.commit(batch({ facts: [fact('v1', { voids: 'e1' }), fact('e1'), fact('e2', { projectNo: 'P2' })] }))
    expect((await records.factsOf('P1')).map((f) => [f.eventId, f.voiders.length])).toEqual([
      ['v1', 0],
      ['e1', 1],
    ])
    const many = await records.factsOfMany(['P1', 'P2', 'P3'])
    expect([ids(many.get('P1')), ids(many.get('P2')), many.has('P3')]).toEqual([['e1', 'v1'], ['e2'], false])
  })

  it('F3: a VOID that supersedes as well names two', async () => {
    const { ledger, records } = given.store
    const facts = [fact('e1'), fact('e2'), fact('v1', { type: 'VOID', voids: 'e1', voidsToo: 'e2' })]
    await ledger.commit(batch({ facts }))
    expect((await records.factsOf('P1')).map(({ voiders }) => voiders.length)).toEqual([1, 1, 0])
    const view = await records.gather(asks([fact('v2', { voids: 'e1', voidsToo: 'e2', projectNo: 'P2' })]))
    expect([...view.targets.keys()].sort()).toEqual([key('e1'), key('e2')])
  })

  it('I14 I8: further ways are read from their entries, of facts and of those that name them', async () => {
    const { ledger, records } = given.store
    const facts = [
      fact('e1', { way: way(1) }),
      fact('v1', { voids: 'e1', way: way(1) }),
      fact('e2', { projectNo: 'P2' }),
    ]
    await ledger.commit(batch({ facts }))
    const body = {
      import: 7,
      historical: at(9),
      facts: [
        ['s1', 'e1'],
        ['s1', 'v1'],
      ],
    }
    const again = { kind: 'bringing' as const, by: 's1', body: JSON.stringify(body) }
    await ledger.commit(batch({ at: at(2), inputs: [again] }))
    const [e1, v1] = await records.factsOf('P1')
    const both = [
      { ...way(1), at: at(0) },
      { importNo: 7, historical: at(9), at: at(2) },
    ]
    expect([e1?.ways, v1?.ways, e1?.voiders[0]?.ways]).toEqual([both, both, both])
    const named = (list: readonly { eventId: string }[]): string[] => list.map(({ eventId }) => eventId)
    expect(named(await records.importedFacts(7, 0, 9))).toEqual(['e1', 'v1'])
    expect(named(await records.importedFacts(1, e1?.seq ?? 0, 9))).toEqual(['v1'])
    expect(named(await records.importedFacts(1, 0, 1))).toEqual(['e1'])
    expect((await records.inputs('bringing')).map((entry) => entry.body)).toEqual([again.body])
  })

  it('I5: facts are counted by case and source; places are found by source and id', async () => {
    const { ledger, records } = given.store
    const facts = [fact('e1'), fact('e2'), fact('e1', { source: 's2' }), fact('e3', { projectNo: null })]
    await ledger.commit(batch({ facts }))
    const counts = await records.factCounts(['P1', 'P9'])
    expect(counts.map(({ source, n }) => `${source} ${n}`).sort()).toEqual(['s1 2', 's2 1'])
    const places = await records.placesOf([
      { source: 's1', eventId: 'e1' },
      { source: 's1', eventId: 'e3' },
      { source: 's3', eventId: 'e1' },
    ])
    expect([...places]).toEqual([
      [key('e1'), { projectNo: 'P1' }],
      [key('e3'), { projectNo: null }],
    ])
  })
}

function keeping(given: Given): void {
  it('A2: keys are rows with a hash; revoking keeps the row and its first instant', async () => {
    const { keys } = given.store
    const row = { keyId: 'k1', hash: 'h1', role: 'source', source: 's1', createdAt: at(0), revokedAt: null, note: '' }
    await keys.addKey(row)
    await keys.addKey({ ...row, keyId: 'k2', hash: 'h2', role: 'auditor', source: null })
    await expect(keys.addKey({ ...row, keyId: 'k3' })).rejects.toThrow()
    await keys.revokeKey('k2', at(1))
    await keys.revokeKey('k2', at(2))
    expect((await keys.keys()).map((k) => [k.keyId, k.source, k.revokedAt])).toEqual([
      ['k1', 's1', null],
      ['k2', null, at(1)],
    ])
  })
}

export function describeStore(name: string, open: OpenStore): void {
  describe(`the store port, kept by ${name}`, () => {
    const given = {} as Given
    beforeEach(async () => {
      given.store = await open()
    })
    afterEach(() => given.store.close())
    describe('writing', () => writing(given))
    describe('gathering', () => gathering(given))
    describe('reading', () => readingRules(given))
    describe('figures', () => figureRules(given))
    describe('imports', () => importRules(given))
    describe('rows that wait', () => waitingRules(given))
    describe('what mends a row that waits', () => mendedRules(given))
    describe('who may write', () => leaseRules(given))
    describe('pages', () => cursorRules(given))
    describe('keeping keys', () => keeping(given))
  })
}
