// Both languages of what is wrong (SPEC 11): no English sentence stands in a Chinese text and no Chinese in an English
// one, whatever was sent; codes, names and values are of no language. Instants are told why they cannot be taken.

import { describe, expect, it } from 'vitest'
import type { Receipts } from '../../server/contract/api.ts'
import { phraseOf } from '../../server/contract/phrases.ts'
import { bothTexts, problemLines, problemText } from '../../server/contract/problems.ts'
import { CalendarError } from '../../server/core/time/calendar-source.ts'
import { catalogueFaults } from '../../server/intake/catalogue.ts'
import { wire } from '../intake/wire.ts'
import { bearer, openHouse } from './house.ts'

/** Two English words in a row are a sentence; what is quoted in these tests is never two words. */
const ENGLISH = /[a-z]{2,} [a-z]{2,}/i
const CHINESE = /[\u3400-\u9fff]/

const post = async (body: string | Buffer, type = 'application/json') => {
  const { app } = openHouse({ limits: { bytes: 400_000, events: 40 } })
  const headers = { ...bearer('source'), 'content-type': type }
  const answer = await app.inject({ method: 'POST', url: '/api/v1/events', headers, payload: body })
  return { status: answer.statusCode, body: answer.json() }
}

const said = async (event: unknown): Promise<{ code: string | null; field: string | null; zh: string; en: string }> => {
  const { body } = await post(JSON.stringify([event]))
  const [receipt] = (body as Receipts).receipts
  const { code, field, message, message_en: en } = receipt ?? { code: null, field: null, message: '', message_en: '' }
  return { code, field, zh: message ?? '', en: en ?? '' }
}

const deep = (levels: number): unknown => (levels === 0 ? 1 : { a: deep(levels - 1) })
const suspend = (payload: unknown): unknown => wire({ event_type: 'SUSPEND', payload })
const accept = (payload: unknown): unknown => wire({ event_type: 'ACCEPT', payload })

const WRONG: readonly (readonly [string, unknown])[] = [
  ['a number', 5],
  ['nothing', null],
  ['no id', wire({ event_id: '' })],
  ['an id that is a number', wire({ event_id: 5 })],
  ['an id too long', wire({ event_id: 'x'.repeat(200) })],
  ['an id with a line in it', wire({ event_id: 'a\nb' })],
  ['half a sign', wire({ event_id: 'a\ud800' })],
  ['an unknown type', wire({ event_type: 'APPROVE' })],
  ['another source', wire({ source_system: 'west' })],
  ['names itself', wire({ supersedes: 'E-1', event_id: 'E-1' })],
  ['voids itself', wire({ event_type: 'VOID', event_id: 'E-1', payload: { target: 'E-1' } })],
  ['a payload that is a text', wire({ payload: 'x' })],
  ['a pause of no kind', suspend({ kind: 'lunch' })],
  ['days that are none', suspend({ kind: 'hearing', approved_days: 'x' })],
  ['a limit with more in it', accept({ promise_limit: { value: 1, unit: 'WD', more: 1 } })],
  ['a limit of no unit', accept({ promise_limit: { value: 1, unit: 'Y' } })],
  ['a limit below nothing', accept({ promise_limit: { value: -1, unit: 'WD' } })],
  ['a due that is a number', accept({ promise_due_at: 7 })],
  ['a rating of nine', wire({ event_type: 'RATE', payload: { level: 9 } })],
  ['a flag that is a text', wire({ event_type: 'REFUSE_ACCEPT', payload: { remedy_told: 'yes' } })],
  ['a list too long', wire({ event_type: 'CORRECT_NOTICE', payload: { list: Array(300).fill('x') } })],
  ['too deep', wire({ payload: { more: deep(40) } })],
  ['too much', wire({ payload: { more: 'x'.repeat(70_000) } })],
]

describe('A5: no language in the other one’s text', () => {
  it.each(WRONG)('I3 A5: %s', async (_, event) => {
    const { code, zh, en } = await said(event)
    expect(code).not.toBeNull()
    expect(zh).toMatch(CHINESE)
    expect(zh).not.toMatch(ENGLISH)
    expect(en).toMatch(/[a-z]{3,}/i)
    expect(en).not.toMatch(CHINESE)
  })

  it.each([
    ['half a JSON', '{"a":', 'application/json'],
    ['a JSON of nonsense', '[tru]', 'application/json'],
    ['no UTF-8', Buffer.from([0x22, 0xff, 0x22]), 'application/json'],
    ['too many bytes', ' '.repeat(500_000), 'application/json'],
    ['too many events', JSON.stringify(Array(41).fill({})), 'application/json'],
    ['a batch that is an object', '{}', 'application/cloudevents-batch+json'],
    ['a scalar', '5', 'application/json'],
  ])('A5: a body of %s', async (_, payload, type) => {
    const { status, body } = await post(payload, type)
    expect(status).toBeGreaterThanOrEqual(400)
    expect(body.zh).not.toMatch(ENGLISH)
    expect(body.en).not.toMatch(CHINESE)
    expect(body.zh).not.toBe(body.en)
  })

  it.each([
    ['{"event_id":', '第 1 行'],
    [`${'x'.repeat(300_000)}`, '每行 ≤ 262144 字节'],
  ])('A5: a line of %.12s is told in both', async (line, zh) => {
    const { body } = await post(`${line}\n`, 'application/x-ndjson')
    const [receipt] = (body as Receipts).receipts
    expect(receipt?.message).toContain(zh)
    expect(receipt?.message).not.toMatch(ENGLISH)
    expect(receipt?.message_en).not.toMatch(CHINESE)
  })

  it('I9 A5: the faults of a catalogue', () => {
    const calendar = { calendar_id: 'x', name: '历', zone: 'z', from: 'a', to: 'b', days: [{ on: 1, kind: 'half' }] }
    const faults = [
      ...catalogueFaults({ catalogue: '', more: 1, calendars: [calendar], windows: {}, items: [{}] }),
      ...catalogueFaults({
        catalogue: 'x',
        valid_from: 'soon',
        windows: [
          { window_no: 'A', name: '甲', org_code: 'D', row: 0 },
          { window_no: 'A', name: '甲', org_code: 'D' },
        ],
      }),
      ...catalogueFaults({
        catalogue: 'x',
        valid_from: '2026-01-01',
        settings: { supervised_from: 'soon' },
        items: [{ task_code: 't', name: '事', org_code: 'D', promise: '5days' }],
      }),
    ]
    expect(faults.length).toBeGreaterThan(8)
    for (const { at, detail } of faults) {
      const { zh, en } = problemText('bad_catalogue', { at, detail })
      expect(zh, detail).not.toMatch(ENGLISH)
      expect(en, detail).not.toMatch(CHINESE)
    }
    const odd = new CalendarError('bad_weekend', '/weekend', 'A week needs a working day.')
    expect(phraseOf(odd.message).zh).not.toMatch(ENGLISH)
  })

  it.each([
    ['level=9', '/level', '应 <= 3', 'must be <= 3'],
    ['level=x', '/level', '应为整数', 'must be integer'],
    ['state=', '/state', '不得少于 1 个字符', 'must NOT have fewer than 1 characters'],
    ['by=region', '/by', '只能是 window, department', 'one of window, department'],
  ])('A5: a query of ?%s', async (query, at, zh, en) => {
    const properties = {
      level: { type: 'integer', maximum: 3 },
      state: { type: 'string', minLength: 1 },
      by: { enum: ['window', 'department'] },
    }
    const { app } = openHouse({
      routes: [
        async (routes) => {
          routes.get('/api/v1/list', { schema: { querystring: { type: 'object', properties } } }, async () => 'ok')
        },
      ],
    })
    const body = (await app.inject(`/api/v1/list?${query}`)).json()
    expect([body.code, body.at]).toEqual(['bad_request', at])
    expect([body.zh, body.en]).toEqual([`请求有误：${zh}`, `The request is not right: ${en}`])
  })

  it('A5: what is of no language stays as it came, and a value of two lines is one line', () => {
    expect(phraseOf('2026-Q5')).toEqual({ zh: '2026-Q5', en: '2026-Q5' })
    const kept = problemLines('unknown_type', { detail: 'A\nB' })
    expect(bothTexts(kept)).toEqual({ zh: '未知的事件类型 A B。', en: 'Unknown event type A B.' })
    expect(bothTexts('旧 old')).toEqual({ zh: '旧 old', en: '旧 old' })
  })
})

describe('I1: why an instant cannot be taken', () => {
  it.each([
    ['2026-04-20T09:30:00', '缺少时区偏移', 'no offset'],
    ['2026-04-20T24:00:00+08:00', '没有 24 时', 'there is no hour 24'],
    ['2026-06-30T23:59:60Z', '不收闰秒', 'a leap second is not taken'],
    ['12026-04-20T09:30:00Z', '年份应为四位数', 'a year of four digits expected'],
    ['+12026-04-20T09:30:00Z', '年份应为四位数', 'a year of four digits expected'],
    ['1960-05-05T00:00:00Z', '早于 1970 年', 'before 1970'],
    ['1900-01-01T00:00:00Z', '是设备的空日期', 'a null date of a machine'],
    ['0001-01-01T00:00:00Z', '是设备的空日期', 'a null date of a machine'],
    ['2026-02-30T09:30:00+08:00', '日历上没有这一天', 'no day of the calendar'],
    ['2026-04-20', '不是带时区偏移的 RFC 3339 时间', 'not RFC 3339'],
    ['soon', '不是带时区偏移的 RFC 3339 时间', 'not RFC 3339'],
  ])('I1: %s', async (occurred, zh, en) => {
    const told = await said(wire({ occurred_at: occurred }))
    expect([told.code, told.field]).toEqual(['bad_instant', '/occurred_at'])
    expect(told.zh).toContain(zh)
    expect(told.zh).toContain(occurred)
    expect(told.en).toContain(en)
  })

  it('I1: a stated due date before 1970', async () => {
    const told = await said(accept({ promise_due_at: '1960-01-01' }))
    expect(told).toMatchObject({ code: 'bad_instant', field: '/payload/promise_due_at' })
    expect(told.zh).toContain('早于 1970 年')
  })
})

describe('I3: bodies that are no event', () => {
  it.each(['null', '5', '"x"', 'true'])('I3: %s as a whole body is refused as no object', async (payload) => {
    const { status, body } = await post(payload)
    expect([status, body.code, body.zh]).toEqual([400, 'not_an_object', '事件应为一个 JSON 对象。'])
  })

  it('I3: an empty array is no event and no fault', async () => {
    expect(await post('[]')).toEqual({ status: 200, body: { accepted: 0, known: 0, rejected: 0, receipts: [] } })
  })

  it.each([
    ['[null,5,"x",[],[{}]]', 'application/json'],
    ['null\n5\n"x"\n[]\n[{}]\n', 'application/x-ndjson'],
    ['[null,5,"x",[],[{}]]', 'application/cloudevents-batch+json'],
  ])('I3 I6: %j: each its own receipt, none an object', async (payload, type) => {
    const { status, body } = await post(payload, type)
    const { rejected, receipts } = body as Receipts
    expect([status, rejected]).toEqual([200, 5])
    expect(receipts.map(({ index, code, field }) => [index, code, field])).toEqual(
      [0, 1, 2, 3, 4].map((index) => [index, 'not_an_object', '']),
    )
  })
})
