// The two front doors of a ranking: the API with its formats and who may pass, and `mingjing rank` beside the running
// server. Both hand out the same rows (R1, X1, A1, A6).

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readXlsx } from 'hucre/xlsx'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { buildProgram } from '../../server/cli/program.ts'
import { explainTrouble } from '../../server/cli/trouble.ts'
import { readSettings } from '../../server/config.ts'
import type { CasesBehind, Ranking } from '../../server/contract/ranking.ts'
import { addKey } from '../../server/office/keys.ts'
import { openServing, type Serving } from '../../server/serve.ts'
import { SMALL, SOURCE } from '../supervision/house.ts'

const folder = mkdtempSync(join(tmpdir(), 'mingjing-rank-'))
const data = join(folder, 'data')
const keys: Record<string, string> = {}
let serving: Serving

const send = (path: string, key: string, body: unknown): Promise<Response> =>
  fetch(`${serving.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

const story = (no: string, day: string) =>
  [
    ['RECEIVE', `2026-07-${day}T09:00:00+08:00`, {}],
    ['ACCEPT', `2026-07-${day}T10:00:00+08:00`, {}],
    ['DECIDE', '2026-07-17T15:00:00+08:00', { payload: { result: 'granted' } }],
    ['DELIVER', '2026-07-20T10:00:00+08:00', {}],
  ].map(([type, at, more]) => ({
    event_id: `${no}-${type}`,
    event_type: type,
    occurred_at: at,
    project_no: no,
    task_code: 'five',
    org_code: 'D1',
    window_no: 'A01',
    ...(more as object),
  }))

beforeAll(async () => {
  const settings = readSettings({ data, port: 0, clock: '2026-09-29T10:00:00+08:00x1', log: 'silent' }, {})
  const onBroken = (error: Error): never => {
    throw error
  }
  serving = await openServing({ settings, anonymous: null, onBroken })
  for (const role of ['administrator', 'leader', 'auditor', 'unit', 'screen']) {
    const more = role === 'unit' ? { department: 'D1' } : {}
    keys[role] = (await addKey(serving.keys, { role, ...more }, 0)).key
  }
  keys.source = (await addKey(serving.keys, { source: SOURCE }, 0)).key
  await serving.keysChanged()
  await send('/api/v1/catalogue', keys.administrator ?? '', SMALL)
  const events = Array.from({ length: 12 }, (_, i) =>
    story(`P${String(i).padStart(2, '0')}`, i < 10 ? '13' : '06'),
  ).flat()
  expect(await (await send('/api/v1/events', keys.source, events)).json()).toMatchObject({ accepted: events.length })
})
afterAll(async () => {
  await serving.close()
  rmSync(folder, { recursive: true, force: true })
})

const get = (path: string, role = 'leader'): Promise<Response> =>
  fetch(`${serving.url}${path}`, { headers: { authorization: `Bearer ${keys[role]}` } })
const codeOf = async (path: string, role?: string): Promise<[number, string]> => {
  const answer = await get(path, role)
  const body = (await answer.json()) as { code?: string }
  return [answer.status, body.code ?? '']
}

describe('GET /api/v1/rankings', () => {
  it('R1: ranks the running quarter by window unless asked otherwise', async () => {
    const ranking = (await (await get('/api/v1/rankings')).json()) as Ranking
    expect(ranking).toMatchObject({ period: '2026-Q3', by: 'window', running: true })
    expect(ranking.rows).toMatchObject([
      { place: 1, key: 'A01', counted: 12, on_time: 10, late: 2, yellows: 2, reds: 0 },
    ])
    expect(ranking.rows[0]?.timeliness).toBe(10 / 12)
    expect(ranking.columns.map(({ key }) => key)).toContain('adjusted')
  })

  it.each([
    [
      'csv',
      'text/csv; charset=utf-8',
      "filename*=UTF-8''%E9%83%A8%E9%97%A8%E6%95%88%E8%83%BD%E6%8E%92%E5%90%8D%202026-07.csv",
    ],
    [
      'xlsx',
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'filename="ranking-departments-2026-07.xlsx"',
    ],
  ])('X1: as %s, with its type and a readable name', async (format, type, name) => {
    const answer = await get(`/api/v1/rankings?period=2026-07&by=department&format=${format}`)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, type])
    expect(answer.headers.get('content-disposition')).toContain(name)
  })

  it.each([
    ['/api/v1/rankings?period=2026-Q5', [400, 'bad_period']],
    ['/api/v1/rankings?by=operator', [400, 'bad_request']],
    ['/api/v1/rankings?format=pdf', [400, 'bad_request']],
    ['/api/v1/measures/cases?period=2026-Q3', [400, 'bad_request']],
    ['/api/v1/measures/cases?period=2026-Q3&kind=wrong', [400, 'bad_request']],
    ['/api/v1/measures/cases?period=soon&kind=late', [400, 'bad_period']],
  ])('X1: %s is refused with %j', async (path, expected) => expect(await codeOf(path)).toEqual(expected))

  it.each([
    ['leader', 200, 200],
    ['auditor', 200, 200],
    ['unit', 403, 200],
    ['screen', 403, 403],
    ['source', 403, 403],
  ])('A1: %s: ranking %i, cases behind a figure %i', async (role, ranking, cases) => {
    expect((await codeOf('/api/v1/rankings?period=2026-Q3', role))[0]).toBe(ranking)
    expect((await codeOf('/api/v1/measures/cases?period=2026-Q3&by=window&kind=late', role))[0]).toBe(cases)
  })

  it('M1: a page of the list says where to go on', async () => {
    const path = '/api/v1/measures/cases?period=2026-Q3&by=window&key=A01&kind=counted&limit=5'
    const first = (await (await get(path)).json()) as CasesBehind
    expect([first.value, first.items.length, first.name]).toEqual([12, 5, '综合窗口'])
    const second = (await (await get(`${path}&after=${first.next}`)).json()) as CasesBehind
    expect(second.items[0]?.project_no).toBe('P05')
  })
})

describe('mingjing rank', () => {
  afterEach(() => vi.restoreAllMocks())

  /** Runs the command in this process; what it wrote to the screen, or how it ended. */
  const rank = async (...flags: string[]): Promise<{ out: string; code: number; text: string }> => {
    let out = ''
    vi.spyOn(process.stdout, 'write').mockImplementation((part) => {
      out += typeof part === 'string' ? part : Buffer.from(part).toString('utf8')
      return true
    })
    vi.spyOn(process.stderr, 'write').mockImplementation(() => true)
    try {
      await buildProgram().parseAsync(['node', 'mingjing', 'rank', '--data', data, ...flags])
      return { out, code: 0, text: '' }
    } catch (error) {
      return { out, ...explainTrouble(error) }
    } finally {
      vi.restoreAllMocks()
    }
  }
  const fromApi = async (query: string): Promise<Buffer> =>
    Buffer.from(await (await get(`/api/v1/rankings?${query}`)).arrayBuffer())

  it('A6, X1: beside the server it writes the bytes of the API’s CSV', async () => {
    const file = join(folder, 'q3.csv')
    expect(await rank('--period', '2026-Q3', '--by', 'window', '-o', file)).toMatchObject({ code: 0, out: '' })
    expect(readFileSync(file).equals(await fromApi('period=2026-Q3&by=window&format=csv'))).toBe(true)
  })

  it('X1: JSON on the screen has the API’s rows; as of the last commit', async () => {
    const { out } = await rank('--period', '2026-Q3', '--format', 'json')
    const api = JSON.parse((await fromApi('period=2026-Q3')).toString('utf8')) as Ranking
    const own = JSON.parse(out) as Ranking
    expect([own.rows, own.columns, own.title]).toEqual([api.rows, api.columns, api.title])
    expect(own.as_of <= api.as_of).toBe(true)
  })

  it('X1: a workbook by the ending of its name, with the API’s cells', async () => {
    const file = join(folder, 'q3.xlsx')
    await rank('--period', '2026-Q3', '--by', 'department', '--lang', 'en', '-o', file)
    const query = 'period=2026-Q3&by=department&lang=en&format=xlsx'
    const [own, api] = await Promise.all([readXlsx(readFileSync(file)), readXlsx(await fromApi(query))])
    expect(own.sheets[0]?.rows.slice(3)).toEqual(api.sheets[0]?.rows.slice(3))
    expect(own.sheets).toHaveLength(2)
  })

  it('R1: on the screen as a table, of the running quarter', async () => {
    const { out } = await rank()
    expect(out).toContain('窗口效能排名（2026年第三季度）')
    expect(out).toMatch(/1 {2}A01 +综合窗口 +市场监管局 +83\.3%/)
  })

  it.each([
    [['--period', 'soon'], 2, 'soon'],
    [['--by', 'operator'], 2, 'window | department'],
    [['--format', 'pdf'], 2, 'csv'],
    [['--format', 'xlsx'], 2, '-o'],
    [['--data', join(folder, 'nowhere')], 3, 'nowhere'],
    [['--format', 'csv', '-o', join(folder, 'no', 'such', 'folder.csv')], 2, 'folder.csv'],
  ])('SPEC 11: %j ends with %i and a sentence', async (flags, code, word) => {
    const ended = await rank(...flags)
    expect(ended.code).toBe(code)
    expect(ended.text).toContain(word)
    expect(ended.text).not.toContain('    at ')
  })
})
