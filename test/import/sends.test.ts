// What a mapping can send (I8, I12): every type and payload key it can make, and no other; held against what the mappings of
// the fixtures really make of real files.
import { describe, expect, it } from 'vitest'
import { PAYLOAD_KEYS } from '../../server/contract/ingest.ts'
import { openSource } from '../../server/intake/files/bytes.ts'
import { importFile } from '../../server/intake/files/run.ts'
import { sendsOf } from '../../server/intake/files/sends.ts'
import type { Outcome } from '../../server/intake/outcome.ts'
import { openTable } from '../../server/intake/readers/registry.ts'
import { mappingNamed, mappingOf, realFile } from './files.ts'

const STEP_ENDS = ['STEP_START', 'STEP_START.step_code', 'STEP_END', 'STEP_END.step_code']

const FIXTURES: [name: string, sends: string[]][] = [
  ['boston311', ['RECEIVE', 'RECEIVE.apply_type', 'ACCEPT', 'ACCEPT.promise_due_at', 'COMPLETE']],
  [
    'credentials',
    [
      'RECEIVE',
      'ACCEPT',
      'STEP_START',
      'STEP_START.step_code',
      'STEP_END',
      'STEP_END.step_code',
      'DECIDE',
      'DECIDE.result',
      'COMPLETE',
      'WITHDRAW',
    ],
  ],
  ['receipt', ['ACCEPT', 'ACCEPT.legal_due_at', ...STEP_ENDS, 'COMPLETE']],
  ['hebrew', ['STEP_END', 'STEP_END.step_code']],
  ['hebrew-sheet', ['STEP_END', 'STEP_END.step_code']],
  ['table', STEP_ENDS],
  ['table-bare', STEP_ENDS],
  ['table-days-first', STEP_ENDS],
  ['xes', STEP_ENDS],
]

describe('what a mapping can send', () => {
  it.each(FIXTURES)('I8: %s', (name, sends) => {
    expect(mappingNamed(name).sends).toEqual(sends)
  })

  const rule = { type: 'COMPLETE', at: 'done' } as const
  const MORE: [what: string, mapping: Parameters<typeof sendsOf>[0], sends: string[]][] = [
    ['nothing', {}, []],
    [
      'a personal key that is a listed one fills it',
      { case: [{ ...rule, personal: { certificate_no: 'cert', name: 'who' } }] },
      ['COMPLETE', 'COMPLETE.certificate_no'],
    ],
    [
      'a constant that says nothing fills nothing',
      { case: [{ ...rule, payload: { result_type: { const: null } } }] },
      ['COMPLETE'],
    ],
    ['what is left out is not sent', { events: [{ activity: 'a', at: 't', types: { x: 'SKIP', y: 'FEE' } }] }, ['FEE']],
    [
      'a step under a code of its own',
      { events: [{ activity: 'a', start: 't', types: { x: { step: 'S' } }, payload: { opinion: 'o' } }] },
      ['STEP_START', 'STEP_START.step_code', 'STEP_START.opinion'],
    ],
    [
      'a transition that is skipped is no end',
      { events: [{ activity: 'a', at: 't', lifecycle: 'l', lifecycles: { Start: 'skip' } }] },
      ['STEP_END', 'STEP_END.step_code'],
    ],
    [
      'the other end of an activity than rows stamp',
      {
        events: [
          {
            activity: 'a',
            at: 't',
            lifecycle: 'l',
            lifecycles: { start: 'skip' },
            types: { x: { type: 'ACCEPT', at: 'start' }, y: 'DELIVER' },
          },
        ],
      },
      ['DELIVER'],
    ],
    [
      'rows of one type',
      { events: [{ type: 'RATE', at: 't', payload: { level: 'l', channel: { const: 'web' } } }] },
      ['RATE', 'RATE.level', 'RATE.channel'],
    ],
    [
      'two rules of one type',
      { case: [rule, { ...rule, payload: { result_type: 'r' } }] },
      ['COMPLETE', 'COMPLETE.result_type'],
    ],
  ]
  it.each(MORE)('I8: %s', (_, mapping, sends) => {
    expect(sendsOf(mapping)).toEqual(sends)
    expect(
      mappingOf({ mapping: 'm', fields: { project_no: 'no' }, case: [rule], ...mapping }).sends.length,
    ).toBeGreaterThan(0)
  })

  const FILES: [mapping: string, file: string][] = [
    ['boston311', 'logs/boston311-zoning.csv'],
    ['credentials', 'logs/academic-credentials.csv'],
    ['receipt', 'logs/receipt-100.xes'],
    ['xes', 'logs/roadtraffic100traces.xes'],
  ]
  it.each(FILES)('I8: %s: what a real file becomes is all in the list', async (name, file) => {
    const path = realFile(file)
    if (path === null) return
    const mapping = mappingNamed(name)
    const made = new Set<string>()
    const deliver = async (events: readonly unknown[]): Promise<Outcome[]> =>
      events.map((event) => {
        const { event_type: type, payload } = event as { event_type: keyof typeof PAYLOAD_KEYS; payload?: object }
        made.add(type)
        for (const key of Object.keys(payload ?? {}))
          if (PAYLOAD_KEYS[type].some((listed) => listed.name === key)) made.add(`${type}.${key}`)
        return { outcome: 'accepted', code: null, field: null, detail: null }
      })
    const nothing = {
      onIssue: () => undefined,
      onProgress: () => undefined,
      onAnswered: () => undefined,
      resumed: null,
    }
    await importFile(openSource(path), { ...nothing, mapping, open: openTable, deliver })
    expect(made.size).toBeGreaterThan(1)
    expect([...made].filter((token) => !mapping.sends.includes(token))).toEqual([])
  })
})
