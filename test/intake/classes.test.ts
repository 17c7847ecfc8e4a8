// Which field is plain, which of officials, which of people served (I1): one table, and each text of it classed. Free text is
// personal, whatever it is called: its words lie apart, and the body of an entry bears at most that they were said.

import { describe, expect, it } from 'vitest'
import { EVENT_FIELDS, FIELD_CLASSES, PAYLOAD_KEYS, type PayloadKey } from '../../server/contract/ingest.ts'
import type { EventType } from '../../server/core/case/event.ts'
import { type KnownFact, sortOut } from '../../server/core/sorting.ts'
import { isTaken, toFact } from '../../server/intake/fact.ts'
import { ALL_FIELDS, CONTEXT, taken, type Wire, wire } from './wire.ts'

const KEYS = Object.entries(PAYLOAD_KEYS).flatMap(([type, keys]) => keys.map((key) => [type, key.name, key] as const))
const FREE: ReadonlySet<PayloadKey['shape']> = new Set(['text', 'texts'])

describe('classes of fields', () => {
  it('I1: each field of the wire has one', () => {
    expect(Object.keys(FIELD_CLASSES)).toEqual(expect.arrayContaining([...EVENT_FIELDS]))
    expect(
      Object.entries(FIELD_CLASSES)
        .filter(([, of]) => of === 'staff')
        .map(([name]) => name),
    ).toEqual(['operator_id', 'operator_name'])
  })

  it('I1: free text is personal, but for the name of who approved', () => {
    const open = KEYS.filter(([, , key]) => FREE.has(key.shape) && key.class !== 'personal')
    expect(open.map(([type, name, key]) => `${type}.${name} ${key.class}`)).toEqual([
      'SUSPEND.approver staff',
      'EXTEND.approver staff',
    ])
  })

  it.each(KEYS.filter(([, , key]) => key.class === 'personal'))(
    'I1 A4: %s %s: its words lie apart',
    (type, name, key) => {
      const words = '张三因病'
      const value = key.shape === 'texts' ? [words] : words
      const { body, personal } = taken({
        event_type: type,
        ...(type === 'VOID' ? { supersedes: 'E-0' } : {}),
        payload: { [name]: value },
      })
      expect(body).not.toContain(words)
      expect(JSON.parse(personal ?? '{}')).toEqual({ payload: { [name]: value } })
      expect(JSON.parse(body).payload?.[name]).toBe(key.spoken === true ? true : undefined)
    },
  )
})

describe('an entry from before a text was personal', () => {
  const event = { ...ALL_FIELDS, event_type: 'EXTEND', payload: { days: 5, reason: '张三因病', note: '另' } }
  const now = toFact(wire(event as Wire), CONTEXT)
  if (!isTaken(now)) throw new Error('not taken')
  /** As the former table divided it. */
  const before = {
    body: now.body.replace('"reason":true', '"reason":"张三因病"'),
    personal: '{"payload":{"note":"另"}}',
  }
  const known = (content: { body: string; personal: string | null }): KnownFact => ({
    ...content,
    erased: false,
    ways: [{ importNo: null, historical: null }],
  })
  const outcome = (content: { body: string; personal: string | null }) =>
    sortOut([{ ...now, importNo: null }], {
      known: new Map([[`${now.fact.source}\n${now.fact.eventId}`, known(content)]]),
      voiders: new Map(),
      targets: new Map(),
      foreign: new Set(),
      cases: new Map(),
      facts: new Map(),
      said: { withdrawn: new Set(), voided: new Set(), oneCase: new Set(), bears: new Map() },
    }).outcomes[0]
  it('I2: the same content is known, other words are in conflict', () => {
    expect(outcome(before)).toEqual({ outcome: 'known' })
    expect(outcome({ ...before, body: before.body.replace('因病', '因事') })).toMatchObject({ code: 'id_conflict' })
    expect(outcome({ ...before, personal: null })).toMatchObject({ code: 'id_conflict' })
    expect(now.fact.type satisfies EventType).toBe('EXTEND')
  })
})
