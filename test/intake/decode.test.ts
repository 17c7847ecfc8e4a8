// Bytes to wire events: bodies, NDJSON with bad lines, bounds (I3, I5, I6).

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isTaken } from '../../server/intake/fact.ts'
import { decodeLines, TooLarge } from '../../server/intake/stream.ts'
import { takeIn } from '../../server/intake/take-in.ts'
import { decodeBody, decodeSteps } from '../../server/intake/whole.ts'
import { DEFAULT_BOUNDS, EVENT_CHARS_READ, mediaOf, type Wired } from '../../server/intake/wired.ts'
import { CONTEXT, wire } from './wire.ts'

const bytes = (value: unknown): Buffer => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value))

const json = (body: Buffer, bounds = DEFAULT_BOUNDS) => decodeBody(body, 'json', {}, bounds)

async function* chunked(body: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let from = 0; from < body.length; from += size) yield body.subarray(from, from + size)
}

const linesOf = async (body: Buffer, size = body.length || 1, bounds = DEFAULT_BOUNDS): Promise<Wired[][]> => {
  const slices: Wired[][] = []
  for await (const slice of decodeLines(chunked(body, size), bounds)) slices.push(slice)
  return slices
}

const READABLE: readonly (readonly [why: string, body: string, count: number])[] = [
  ['one object', JSON.stringify(wire()), 1],
  ['an array', JSON.stringify([wire(), wire()]), 2],
  ['an empty array', '[]', 0],
  ['a byte order mark', `\ufeff${JSON.stringify(wire())}`, 1],
  ['an array with noise in it', '[1,null,{}]', 3],
]

const UNREADABLE: readonly (readonly [why: string, body: Buffer, code: string, detail: string])[] = [
  ['nothing', Buffer.alloc(0), 'bad_json', 'unexpected end'],
  ['half an object', bytes('{"a":1'), 'bad_json', 'position 6'],
  ['a text', bytes('"x"'), 'not_an_object', ''],
  [
    'a stray byte',
    Buffer.concat([bytes('{"a":"'), Buffer.from([0xc3, 0x28]), bytes('"}')]),
    'bad_request',
    'byte 6 is not UTF-8',
  ],
  ['GB18030', Buffer.from([0x7b, 0x22, 0xca, 0xdc, 0x22, 0x3a, 0x31, 0x7d]), 'bad_request', 'byte 2 is not UTF-8'],
]

describe('I3: whole bodies', () => {
  it.each(READABLE)('I3: %s can be read', (_, body, count) => expect(json(bytes(body))).toHaveLength(count))

  it.each(UNREADABLE)('I3: %s cannot be read, and the answer says where', (_, body, code, detail) => {
    expect(json(body)).toMatchObject({ code, detail })
  })

  it('L7: the fault of a body never quotes it', () => {
    expect(json(bytes('{"name": 张三}'))).toEqual({ code: 'bad_json', at: '', detail: 'unexpected character' })
  })

  it('I5: more events or bytes than the bound are refused whole', () => {
    const bounds = { bytes: 1000, events: 3, slice: 2 }
    expect(json(bytes('[{},{},{}]'), bounds)).toHaveLength(3)
    expect(json(bytes('[{},{},{},{}]'), bounds)).toMatchObject({ code: 'too_large', detail: '≤ 3 events' })
    expect(json(bytes(' '.repeat(1001)), bounds)).toMatchObject({ code: 'too_large', detail: '≤ 1000 bytes' })
  })

  it('I3: nesting without end is one rejection, not a fall', () => {
    const wired = json(bytes(`{"payload":{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`))
    if ('code' in wired) throw new Error(wired.code)
    const [event] = wired
    if (event === undefined) throw new Error('no event')
    expect(takeIn(event, CONTEXT).intake).toMatchObject({ code: 'missing_field', at: '/event_id' })
  })

  it.each([
    ['alone', (long: string) => long, 1],
    ['among others', (long: string) => `[${JSON.stringify(wire())},${long}, ${JSON.stringify(wire())}]`, 3],
  ])('I5, I6: what is longer than any event is one rejection, %s, and its neighbours are taken', (_, body, n) => {
    const long = JSON.stringify(wire({ payload: { x: 'x'.repeat(EVENT_CHARS_READ) } }))
    const wired = json(bytes(body(long)))
    if ('code' in wired) throw new Error(wired.code)
    const taken = wired.map((event) => takeIn(event, CONTEXT))
    const codes = taken.map(({ intake }) => (isTaken(intake) ? 'taken' : intake.code))
    expect(codes).toEqual(n === 1 ? ['bad_field'] : ['taken', 'bad_field', 'taken'])
    expect(taken[n === 1 ? 0 : 1]?.raw?.startsWith('{"event_id"')).toBe(true)
  })

  it('I5: a body is read with a stop after each event, so that others have their turn', () => {
    const steps = decodeSteps(
      bytes(`[${Array(50).fill(JSON.stringify(wire())).join(',')}]`),
      'json',
      {},
      DEFAULT_BOUNDS,
    )
    let stops = 0
    while (steps.next().done !== true) stops += 1
    expect(stops).toBeGreaterThanOrEqual(50)
  })
})

describe('I3: lists read an element at a time', () => {
  const PIECES = [
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    '\\"',
    '"a"',
    '1',
    ' ',
    '\n',
    '{"a":[1,{"b":"],["}]}',
    '[{}]',
    '\u00a0',
    '\ufeff',
  ]
  const readWhole = (text: string): unknown => {
    try {
      return JSON.parse(text.replace(/^\ufeff/, ''))
    } catch {
      return undefined
    }
  }

  it('I3: whatever stands in them, they are read as the whole is, or refused as the whole is', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 14 }), (pieces) => {
        const text = `[${pieces.join('')}`
        const whole = readWhole(text)
        const wired = json(bytes(text))
        if (whole === undefined) expect(wired).toMatchObject({ code: 'bad_json' })
        else expect((wired as readonly Wired[]).map(({ wire: own }) => own)).toEqual(whole)
      }),
      { numRuns: 20_000, seed: 5 },
    )
  })

  it.each([
    ['[1,2', 'unexpected end'],
    ['[1,]', 'position 3'],
    ['[,1]', 'position 1'],
    ['[1]x', 'position 3'],
    ['[1}', 'position 2'],
    ['["a', 'unexpected end'],
  ])('I3: %s is refused with its place', (text, detail) => {
    expect(json(bytes(text))).toEqual({ code: 'bad_json', at: '', detail })
  })
})

const MEDIA: readonly (readonly [headers: Record<string, string>, media: string | null])[] = [
  [{ 'content-type': 'application/json' }, 'json'],
  [{ 'content-type': 'Application/JSON; charset=UTF-8' }, 'json'],
  [{ 'content-type': 'application/json; charset=gbk' }, null],
  [{ 'content-type': 'application/x-ndjson' }, 'ndjson'],
  [{ 'content-type': 'application/ndjson' }, 'ndjson'],
  [{ 'content-type': 'application/cloudevents+json; charset="utf-8"' }, 'cloudevent'],
  [{ 'content-type': 'application/cloudevents-batch+json' }, 'cloudevents'],
  [{ 'content-type': 'application/json', 'ce-specversion': '1.0' }, 'binary'],
  [{ 'content-type': 'application/cloudevents+json', 'ce-id': 'x' }, 'cloudevent'],
  [{ 'content-type': 'text/csv' }, null],
  [{}, null],
]

describe('I3: media types', () => {
  it.each(MEDIA)('I3: %j is read as %s', (headers, media) => expect(mediaOf(headers)).toBe(media))
})

const GOOD = (id: string): string => JSON.stringify(wire({ event_id: id }))

describe('I3 I6: NDJSON', () => {
  it('I6: a bad line is one rejection with its number and text; its neighbours are taken', async () => {
    const body = Buffer.concat([
      bytes(`${GOOD('A')}\r\n\n{"event_id": }\n`),
      Buffer.from([0x7b, 0xff, 0x7d, 0x0a]),
      bytes(`[1]\n  \n${GOOD('B')}`),
    ])
    const [slice = []] = await linesOf(body)
    const taken = slice.map((wired) => takeIn(wired, CONTEXT))
    const shown = taken.map(({ intake, raw }) =>
      isTaken(intake) ? intake.fact.eventId : `${intake.code}: ${intake.detail} | ${raw}`,
    )
    expect(shown).toEqual([
      'A',
      'bad_json: line 3: unexpected character | {"event_id": }',
      'bad_json: line 4: byte 1 is not UTF-8 | {\ufffd}',
      'not_an_object:  | [1]',
      'B',
    ])
  })

  it.each([1, 2, 3, 7, 64, 4096])('I3: chunks of %d bytes cut nothing', async (size) => {
    const body = bytes(`\ufeff${['一', '二', '😀'].map(GOOD).join('\n')}\n`)
    const ids = (await linesOf(body, size)).flat().map((wired) => (wired.wire as { event_id: string }).event_id)
    expect(ids).toEqual(['一', '二', '😀'])
  })

  it('I5: events are handed on in slices', async () => {
    const body = bytes(Array.from({ length: 5 }, (_, i) => GOOD(String(i))).join('\n'))
    const slices = await linesOf(body, 10, { bytes: 10_000, events: 5, slice: 2 })
    expect(slices.map((slice) => slice.length)).toEqual([2, 2, 1])
  })

  it('I5: past the bound of events or bytes the stream stops', async () => {
    const body = bytes('{}\n{}\n{}\n{}')
    await expect(linesOf(body, 3, { bytes: 1000, events: 3, slice: 2 })).rejects.toThrow(TooLarge)
    await expect(linesOf(body, 3, { bytes: 9, events: 9, slice: 2 })).rejects.toThrow(TooLarge)
    await expect(linesOf(bytes('{}\n{}\n{}'), 100, { bytes: 1000, events: 3, slice: 2 })).resolves.toHaveLength(2)
  })

  it('I5: a line without end is passed over, not held', async () => {
    const body = Buffer.concat([bytes(`{"a":"${'x'.repeat(2_000_000)}`), bytes(`\n${GOOD('A')}\n`)])
    const wired = (await linesOf(body, 65_536)).flat()
    expect(wired).toHaveLength(2)
    expect(wired[0]?.fault).toMatchObject({ code: 'bad_json', detail: 'line 1: ≤ 262144 bytes a line' })
    expect(wired[0]?.raw).toHaveLength(65_536)
  })

  it('I3: an empty stream has no events', async () => expect(await linesOf(bytes('\n\n'))).toEqual([]))
})
