// The form's hand on a mapping (I8): each choice changes one place and leaves the rest as it is, also what the form knows
// nothing of; whatever is chosen in whatever order can be taken back. Every document made so is written and read the same.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  columnIn,
  documentIn,
  hasPlace,
  type MappingDocument,
  setAt,
  setFile,
  setType,
  type Target,
  typesIn,
  valueAt,
} from '../../client/imports/document.ts'
import { keep, keptIn, NOTHING } from '../../client/imports/keep.ts'
import { stampText, zoneOr } from '../../client/imports/show.ts'
import { columnsFor, constantFrom, constantText, PLACES, usesOf } from '../../client/imports/targets.ts'
import { compileMapping } from '../../server/intake/files/map.ts'
import { readDocument, writeDocument } from '../../server/intake/files/mapping-text.ts'

const EMPTY: MappingDocument = { mapping: 'm' }
const ALL = Object.values(PLACES).flat()
const at = (name: string): Target => {
  const place = ALL.find((each) => each.name === name)
  if (place === undefined) throw new Error(name)
  return place.target
}
const choose = (doc: MappingDocument, ...choices: [name: string, column: string | null][]): MappingDocument =>
  choices.reduce((next, [name, column]) => setAt(next, at(name), column), doc)

describe('choices', () => {
  it('I8: columns chosen for case, instants and limits make the mapping one would write by hand', () => {
    const doc = choose(
      EMPTY,
      ['COMPLETE', '办结时间'],
      ['project_no', '办件编号'],
      ['RECEIVE', '收件时间'],
      ['ACCEPT', '受理时间'],
      ['promise_due_at', '承诺到期日'],
      ['org_code', '部门'],
    )
    expect(doc).toEqual({
      mapping: 'm',
      fields: { project_no: '办件编号', org_code: '部门' },
      case: [
        { type: 'RECEIVE', at: '收件时间' },
        { type: 'ACCEPT', at: '受理时间', payload: { promise_due_at: '承诺到期日' } },
        { type: 'COMPLETE', at: '办结时间' },
      ],
    })
    expect(compileMapping(doc)).toHaveProperty('mapping')
    expect(usesOf(doc, '受理时间')).toEqual(['ACCEPT'])
    expect(choose(doc, ['ACCEPT', null]).case?.map(({ type }) => type)).toEqual(['RECEIVE', 'COMPLETE'])
    expect(hasPlace(choose(doc, ['ACCEPT', null]), at('promise_due_at'))).toBe(false)
  })

  it('I8: tables of codes, defaults, and rules the form knows nothing of stay when a column is changed', () => {
    const doc = documentIn({
      mapping: 'm',
      fields: { org_code: { column: '部门', map: { 规划局: 'P1' }, default: 'X9' }, supersedes: 'old' },
      case: [
        { type: 'ACCEPT', at: 'a', when: { column: 'state', is: ['x'] }, payload: { accept_doc_no: 'd' } },
        { type: 'SUSPEND', at: 's' },
      ],
      events: [{ type: 'RATE', at: 'r', payload: { level: 'l' } }],
    }) as MappingDocument
    const next = choose(doc, ['org_code', '单位'], ['ACCEPT', 'b'], ['legal_due_at', 'due'], ['DECIDE', 'dec'])
    expect(next.fields).toEqual({
      org_code: { column: '单位', map: { 规划局: 'P1' }, default: 'X9' },
      supersedes: 'old',
    })
    expect(next.case).toEqual([
      {
        type: 'ACCEPT',
        at: 'b',
        when: { column: 'state', is: ['x'] },
        payload: { accept_doc_no: 'd', legal_due_at: 'due' },
      },
      { type: 'DECIDE', at: 'dec' },
      { type: 'SUSPEND', at: 's' },
    ])
    expect(next.events).toEqual(doc.events)
  })

  it('I8: activities: steps by default, each told what it is, limits go with the one that is the acceptance', () => {
    let doc = choose(EMPTY, ['activity', '环节'], ['start', 'from'], ['complete', 'to'])
    expect(doc.events).toEqual([{ activity: '环节', types: { '*': 'STEP' }, start: 'from', complete: 'to' }])
    doc = setType(setType(setType(doc, '受理', 'ACCEPT'), '归档', 'SKIP'), '审查', 'STEP')
    expect(Object.keys(typesIn(doc))).toEqual(['受理', '归档', '审查', '*'])
    doc = setType(choose(doc, ['promise_due_at', 'due']), '归档', null)
    expect(typesIn(doc)).toEqual({
      受理: { type: 'ACCEPT', payload: { promise_due_at: 'due' } },
      审查: 'STEP',
      '*': 'STEP',
    })
    expect(columnIn(valueAt(doc, at('promise_due_at')))).toBe('due')
    expect(setType(doc, '*', null).events?.[0]?.types).not.toHaveProperty('*')
    expect(choose(doc, ['activity', null])).toEqual(EMPTY)
    expect(choose(doc, ['lifecycle', 'l']).events?.[0]?.lifecycle).toBe('l')
  })

  it('I8: constants have the shape the wire wants', () => {
    expect(constantFrom('limit', '20wd')).toEqual({ const: { value: 20, unit: 'WD' } })
    expect(constantFrom('limit', '0')).toEqual({ const: { value: 0, unit: '0' } })
    expect(constantFrom('text', ' MR ')).toEqual({ const: 'MR' })
    expect(constantFrom('text', ' ')).toBe(null)
    for (const typed of ['20WD', '0', '3M']) expect(constantText(constantFrom('limit', typed) ?? undefined)).toBe(typed)
    expect([constantText('column'), constantText(undefined)]).toEqual([null, null])
  })

  it('I8: what is not given of the file leaves no trace in the mapping', () => {
    for (const nothing of ['', null, 0, []]) expect(setFile({ ...EMPTY, zone: 'UTC' }, 'zone', nothing)).toEqual(EMPTY)
    expect(setFile(EMPTY, 'dates', ['iso'])).toEqual({ mapping: 'm', dates: ['iso'] })
  })

  it('I8: any choices in any order, taken back again, leave what was there', () => {
    const choice = fc.record({ place: fc.constantFrom(...ALL), column: fc.constantFrom('a', 'b', null) })
    fc.assert(
      fc.property(fc.array(choice, { maxLength: 25 }), (choices) => {
        const made = choices.reduce((doc, { place, column }) => setAt(doc, place.target, column), EMPTY)
        for (const { place } of choices) {
          const last = choices.findLast((each) => each.place === place)
          const value = valueAt(made, place.target)
          // a payload goes with its event
          if (place.target.of !== 'payload' && place.target.of !== 'step')
            expect(columnIn(value)).toBe(last?.column ?? null)
        }
        expect(readDocument(writeDocument(made))).toEqual({ document: made })
        const cleared = ALL.reduce((doc, { target }) => setAt(doc, target, null), made)
        expect({ ...cleared, fields: cleared.fields ?? {} }).toEqual({ mapping: 'm', fields: {} })
      }),
      { seed: 17, numRuns: 300 },
    )
  })

  it('I8: a text that is no table of its own harms nothing', () => {
    for (const value of [null, 3, 'x', [1]]) expect(documentIn(value)).toBe(null)
    const odd = documentIn({ mapping: 'm', fields: 'x', case: [3, { type: 'ACCEPT', at: 'a' }], events: 'no' })
    expect(odd).toEqual({ mapping: 'm', case: [{ type: 'ACCEPT', at: 'a' }] })
  })
})

describe('what is offered and shown', () => {
  const column = (name: string, of: 'row' | 'case' | 'event', shape: 'date' | 'text') => ({
    name,
    of,
    shape,
    filled: 1,
    samples: [],
    dates: [],
  })

  it('I8: dates first for an instant; in a log a case’s own facts come from its trace', () => {
    const rows = [column('a', 'row', 'text'), column('b', 'row', 'date')]
    const log = [column('case:x', 'case', 'date'), column('y', 'event', 'date')]
    const placed = (name: string, columns: typeof rows | typeof log): string[] => {
      const place = ALL.find((each) => each.name === name)
      return place === undefined ? [] : columnsFor(place, columns).map((each) => each.name)
    }
    expect(placed('RECEIVE', rows)).toEqual(['b', 'a'])
    expect(placed('project_no', rows)).toEqual(['a', 'b'])
    expect(placed('RECEIVE', log)).toEqual(['case:x'])
    expect(placed('at', log)).toEqual(['y'])
  })

  it('I8: instants are shown in the zone of the mapping; a zone that is being typed is none', () => {
    expect(stampText('2026-03-03T02:00:00.000Z', 'Asia/Shanghai')).toBe('2026-03-03 10:00')
    expect(stampText('2026-03-03T02:00:05Z', 'UTC')).toBe('2026-03-03 02:00:05')
    expect([zoneOr('Asia/Sh'), zoneOr('America/Bogota'), zoneOr(undefined)]).toEqual([
      'Asia/Shanghai',
      'America/Bogota',
      'Asia/Shanghai',
    ])
  })

  it('I8: what is kept over a reload; broken or forbidden storage begins anew', () => {
    const store = new Map<string, string>()
    const storage = {
      getItem: (key: string) => store.get(key) ?? null,
      setItem: (key: string, value: string) => void store.set(key, value),
    }
    const kept = { ...NOTHING, fileId: 'f', text: 'mapping: m\n', own: true }
    keep(storage, kept)
    expect(keptIn(storage)).toEqual(kept)
    expect(keptIn({ getItem: () => '{' })).toEqual(NOTHING)
    keep(
      {
        setItem: () => {
          throw new Error('full')
        },
      },
      kept,
    )
  })
})
