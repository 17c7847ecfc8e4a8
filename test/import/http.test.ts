// Importing over HTTP (I8): a file is brought, looked at under a mapping, tried whole and taken in, with its report, and
// gone afterwards; asked wrongly nothing begins. Each test has a house of its own.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ImportPreview } from '../../server/contract/imports.ts'
import { type House, openHouse } from '../live/house.ts'
import { realFile } from './files.ts'
import { type Front, frontOf } from './front.ts'
import { MANY_DOCUMENT, manyAt } from './many.ts'

const NOW = '2026-09-30T10:00:00+08:00'
const REGISTER = [
  '办件编号,部门,窗口,经办人,收件时间,受理时间,承诺到期日,办结时间',
  'A-1,MR,W1,张三,2026-03-02 09:00,2026-03-03 10:00,2026-03-17,2026-03-10 15:00',
  'A-2,MR,W1,李四,2026-03-02 09:30,2026-03-03 10:30,2026-03-17,',
  'A-3,MR,W2,王五,2026-03-05 09:00,不详,2026-03-17,',
  ',MR,W2,赵六,2026-03-06 09:00,2026-03-06 10:00,2026-03-17,',
  '',
].join('\n')

let house: House
let front: Front
beforeEach(async () => {
  house = await openHouse({ at: NOW, sources: ['test'] })
  front = frontOf(house)
})
afterEach(() => house.close())

const spooled = (): string[] =>
  readdirSync(join(house.folder, 'uploads')).filter((name) => /\.(csv|xlsx|xes|ndjson|part)/.test(name))

const told = ({ rows }: ImportPreview): string[] =>
  rows.map(({ place, issue, events }) =>
    issue === null
      ? `${place.line} ${events.map(({ event_type, project_no }) => `${event_type} ${project_no}`).join(', ')}`
      : `${place.line} ${issue.code} ${issue.field}`,
  )

describe('a preview', () => {
  it('I8: says what the file is, suggests a mapping, and shows what each of the first rows becomes or why not', async () => {
    const { status, body } = await front.bring('台账.csv', REGISTER)
    expect(status).toBe(200)
    expect(body.file).toMatchObject({
      name: '台账.csv',
      format: 'csv',
      encoding: 'utf-8',
      delimiter: ',',
      looked: 4,
      more: false,
    })
    expect(body.file.columns.map(({ name, shape }) => `${name} ${shape}`)).toEqual([
      '办件编号 text',
      '部门 text',
      '窗口 text',
      '经办人 text',
      '收件时间 date',
      '受理时间 text',
      '承诺到期日 date',
      '办结时间 date',
    ])
    expect(body.suggested?.document).toMatchObject({
      zone: 'Asia/Shanghai',
      fields: { project_no: '办件编号', org_code: '部门', window_no: '窗口', operator_name: '经办人' },
    })
    expect(body.suggested?.notes.map(({ en }) => en).join()).toContain('Asia/Shanghai')
    expect(body.unread).toMatchObject([{ column: '受理时间', field: 'ACCEPT', unread: 1, filled: 4, used: true }])
    const document = {
      ...(body.suggested?.document as object),
      case: [
        { type: 'RECEIVE', at: '收件时间' },
        { type: 'ACCEPT', at: '受理时间', payload: { promise_due_at: '承诺到期日' } },
        { type: 'COMPLETE', at: '办结时间' },
      ],
    }
    const { body: mapped } = await front.preview(body.file.file_id, document)
    expect(told(mapped)).toEqual([
      '2 RECEIVE A-1, ACCEPT A-1, COMPLETE A-1',
      '3 RECEIVE A-2, ACCEPT A-2',
      '4 bad_date 受理时间',
      '5 missing_cell 办件编号',
    ])
    expect(mapped.rows[0]?.events[1]).toMatchObject({
      occurred_at: '2026-03-03T02:00:00.000Z',
      payload: { promise_due_at: '2026-03-17' },
      fields: { org_code: 'MR', window_no: 'W1', operator_name: '张三' },
    })
    expect(mapped.rows[2]?.issue).toMatchObject({
      zh: '日期无法识别：受理时间',
      en: 'the date cannot be read: 受理时间',
    })
    expect(mapped.counts).toMatchObject({ rows: 4, events: 5, skipped: 2, rejected: 0, left_out: 0 })
    expect(mapped.sends).toEqual(['RECEIVE', 'ACCEPT', 'ACCEPT.promise_due_at', 'COMPLETE'])
    // the text is the document, and the other way round
    const again = await front.preview(body.file.file_id, mapped.mapping?.text)
    expect(again.body.mapping?.document).toEqual(document)
    expect(told(again.body)).toEqual(told(mapped))
  })

  it('I8: a mapping with faults names each with its place, and the rows are shown as they stand', async () => {
    const { body } = await front.bring('t.csv', 'no,on\n1,2026-03-05\n')
    const id = body.file.file_id
    const faulty = await front.preview(id, {
      mapping: 'm',
      zone: 'Nowhere/Else',
      case: [{ type: 'ACCEPT', at: 'on', payload: { x: 'y' } }],
    })
    expect(faulty.status).toBe(200)
    expect(faulty.body.faults.map(({ at }) => at)).toEqual(['/zone', '/case/0/payload/x'])
    expect(faulty.body.rows).toMatchObject([{ cells: { no: '1', on: '2026-03-05' }, events: [] }])
    expect((await front.preview(id, 'mapping: [1\n')).body.faults[0]?.at).toBe('line 2')
    expect((await front.preview(id, 'a: &a [*a]')).body.faults).not.toEqual([])
  })

  it('I8: what the mapping says of the file is how it is read: encoding, sheet, lines above the header', async () => {
    const { body } = await front.bring('t.csv', 'Report\nno;on\n1;2026-03-05\n')
    const mapping = {
      mapping: 'm',
      skip_rows: 1,
      delimiter: ';',
      fields: { project_no: 'no' },
      case: [{ type: 'ACCEPT', at: 'on' }],
      zone: 'UTC',
    }
    expect((await front.preview(body.file.file_id, mapping)).body.file.columns.map(({ name }) => name)).toEqual([
      'no',
      'on',
    ])
    const bytes = Uint8Array.from(
      [...'a\n'].map((char) => char.charCodeAt(0)).concat([0xd6, 0xfd, 0xfc, 0xfb, 0x20, 0x0a]),
    )
    const odd = await front.bring('t.csv', bytes)
    expect(odd.body.refused).toMatchObject({ code: 'not_text', place: { line: 2 } })
    expect((await front.preview(odd.body.file.file_id, { mapping: 'm', encoding: 'windows-1251' })).body.refused).toBe(
      null,
    )
  })

  it('I8: lines that are events already need no mapping', async () => {
    const line = {
      event_id: 'e1',
      event_type: 'ACCEPT',
      project_no: 'N-1',
      occurred_at: '2026-03-05T09:00:00+08:00',
      source_system: 'elsewhere',
    }
    const { body } = await front.bring(
      't.ndjson',
      `${JSON.stringify(line)}\n${JSON.stringify({ ...line, event_type: 'NO' })}\n`,
    )
    expect(body).toMatchObject({ file: { wire: true }, mapping: null, suggested: null })
    expect(body.rows.map(({ events }) => events[0]?.issue?.code ?? 'taken')).toEqual(['taken', 'unknown_type'])
  })

  const real = realFile('csv-conformance/test10-eventAttribute.xlsx')
  it.runIf(real !== null)('I8: a workbook, its sheets named', async () => {
    const { body } = await front.bring('book.xlsx', readFileSync(real ?? ''))
    expect(body.file).toMatchObject({ format: 'xlsx', delimiter: null })
    expect(body.file.sheets.length).toBeGreaterThan(0)
    expect(body.file.columns.length).toBeGreaterThan(2)
    expect(body.suggested?.document).toMatchObject({
      fields: { project_no: expect.any(String) },
      events: [{ activity: expect.any(String) }],
    })
  })
})

describe('a job', () => {
  const mapping = { ...MANY_DOCUMENT, source: 'many-http' }

  it('I8 I2: a dry run keeps nothing, the import takes everything, a second one nothing new; the file is gone then', async () => {
    const bytes = readFileSync(manyAt('many.csv', 2_000))
    const { body } = await front.bring('many.csv', bytes)
    const fileId = body.file.file_id
    expect(spooled()).toContain(`${fileId}.csv`)
    const dry = await front.start({ file_id: fileId, mapping, historical: true, dry_run: true })
    expect(dry.status).toBe(202)
    expect(await front.ended(dry.body.import_id)).toMatchObject({
      state: 'done',
      dry_run: true,
      counts: { rows: 2_000, accepted: 2_000, known: 0, skipped: 0 },
      progress: { bytes: bytes.length, of: bytes.length, rows: 2_000 },
    })
    const asCase = () => house.get('/api/v1/cases/M0000001')
    expect((await asCase()).status).toBe(404)
    const { body: job } = await front.start({ file_id: fileId, mapping, historical: true })
    expect(await front.ended(job.import_id)).toMatchObject({
      state: 'done',
      counts: { accepted: 2_000, known: 0 },
      progress: { of_rows: 2_000 },
    })
    expect(((await (await asCase()).json()) as { status: string }).status).toBe('concluded')
    expect(spooled()).not.toContain(`${fileId}.csv`)
    expect((await front.start({ file_id: fileId, mapping })).body).toMatchObject({ code: 'no_upload' })
    const second = await front.bring('again.csv', bytes)
    const { body: repeat } = await front.start({ file_id: second.body.file.file_id, mapping, historical: true })
    expect(await front.ended(repeat.import_id)).toMatchObject({ counts: { accepted: 0, known: 2_000 } })
  })

  it('I8 I6: every line that was not taken is in the report, each language apart, a page at a time and as a file', async () => {
    const lines = Array.from({ length: 250 }, (_, i) => (i % 2 === 0 ? `Q-${i},2026-03-05` : `Q-${i},soon`))
    const { body } = await front.bring('half.csv', `no,on\n${lines.join('\n')}\n=1,2199-01-01\n`)
    const half = { mapping: 'm', zone: 'UTC', fields: { project_no: 'no' }, case: [{ type: 'ACCEPT', at: 'on' }] }
    const started = await front.start({ file_id: body.file.file_id, mapping: half, source: 'half' })
    const { import_id: id } = await front.ended(started.body.import_id)
    const first = await front.page(id, '?limit=100')
    expect(first.body).toMatchObject({ issues: 126, counts: { accepted: 125, rejected: 1, skipped: 125 } })
    const second = await front.page(id, `?limit=100&after=${first.body.next}`)
    const all = [...first.body.report, ...second.body.report]
    expect(second.body.next).toBe(null)
    expect(all.map(({ place }) => place.line)).toEqual([...Array.from({ length: 125 }, (_, i) => 3 + i * 2), 252])
    expect(all[0]).toEqual({
      place: { line: 3 },
      code: 'bad_date',
      field: 'on',
      zh: '日期无法识别：on',
      en: 'the date cannot be read: on',
    })
    expect(all.at(-1)).toMatchObject({ code: 'from_future', field: '/occurred_at' })
    expect(/[\u4e00-\u9fff]/.test(all.map(({ en }) => en).join())).toBe(false)
    const bytes = Buffer.from(await (await front.send(`/${id}/report`, {})).arrayBuffer())
    const file = bytes.toString('utf8')
    const rows = file.trimEnd().split('\r\n')
    expect(rows[0]).toBe('\ufefffile,line,sheet,trace,event,code,field,zh,en')
    expect(rows).toHaveLength(127)
    expect(rows[1]).toBe('half.csv,3,,,,bad_date,on,日期无法识别：on,the date cannot be read: on')
  })

  it('I8: a file that breaks in the middle: what stands before the break is in, the break is told with its place', async () => {
    const { body } = await front.bring('cut.csv', 'no,on\nC-1,2026-03-05\nC-2,"2026-03-05\nC-3,2026-03-05\n')
    const cut = { mapping: 'm', zone: 'UTC', fields: { project_no: 'no' }, case: [{ type: 'ACCEPT', at: 'on' }] }
    const { body: job } = await front.start({ file_id: body.file.file_id, mapping: cut, source: 'cut' })
    expect(await front.ended(job.import_id)).toMatchObject({
      state: 'done',
      counts: { accepted: 1 },
      refused: { code: 'broken_file', place: { line: 3 } },
    })
    expect((await house.get('/api/v1/cases/C-1')).status).toBe(200)
  })

  it('I8: bytes, mapping and all in one request', async () => {
    const asked = new URLSearchParams({
      name: 'one.csv',
      source: 'one',
      mapping: JSON.stringify({
        mapping: 'm',
        zone: 'UTC',
        fields: { project_no: 'no' },
        case: [{ type: 'ACCEPT', at: 'on' }],
      }),
    })
    const answer = await front.send(`?${asked}`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: 'no,on\nONE-1,2026-03-05\n',
    })
    expect(answer.status).toBe(202)
    const { import_id: id } = (await answer.json()) as { import_id: string }
    expect(answer.headers.get('location')).toBe(`/api/v1/imports/${id}`)
    expect(await front.ended(id)).toMatchObject({
      state: 'done',
      source: 'one',
      historical: false,
      counts: { accepted: 1 },
    })
  })

  it('I8: asked wrongly it does not begin: no source, faults, no mapping, no such file, a kind that is not taken in', async () => {
    const { body } = await front.bring('t.csv', 'no,on\n1,2026-03-05\n')
    const id = body.file.file_id
    const bare = { mapping: 'm', fields: { project_no: 'no' }, case: [{ type: 'ACCEPT', at: 'on' }] }
    const codes = await Promise.all([
      front.start({ file_id: id, mapping: bare }),
      front.start({ file_id: id, mapping: { ...bare, zone: 'X/Y' }, source: 's' }),
      front.start({ file_id: id, source: 's' }),
      front.start({ file_id: 'nothing', mapping: bare, source: 's' }),
      front.bring('t.pdf', '%PDF-1.7 …'),
      front.bring('t.csv', ''),
    ])
    expect(codes.map(({ status, body }) => `${status} ${(body as unknown as { code: string }).code}`)).toEqual([
      '400 no_source',
      '422 bad_mapping',
      '422 bad_mapping',
      '404 no_upload',
      '422 bad_file',
      '422 bad_file',
    ])
    expect(spooled().filter((name) => name.includes('.part'))).toEqual([])
  })

  it('A1 I8: nobody but an administrator; supervisor and auditor read, and without a key nothing is read [S13]', async () => {
    for (const role of ['test', 'auditor', 'screen', 'supervisor'])
      expect((await front.bring('t.csv', 'a\n1\n', role)).status).toBe(403)
    expect((await front.bring('t.csv', 'a\n1\n', 'nobody')).status).toBe(401)
    const paths = ['', '/entries', '/x', '/x/report']
    const readBy = (role: string) => Promise.all(paths.map(async (path) => (await front.send(path, {}, role)).status))
    for (const role of ['auditor', 'supervisor']) expect(await readBy(role)).toEqual([200, 200, 404, 404])
    expect((await front.send('/nothing', {})).status).toBe(404)
  })
})
