// Tables of master data (I9): a further one is registered and nothing else is touched – its rows are checked, read from a
// document and from a file by headers, enacted, listed with names and flags, filtered, and compared with what holds.

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { posts } from '../../fixtures/tables/posts.ts'
import type { MasterList, MasterLoad } from '../../server/contract/master.ts'
import { MASTER_TABLES } from '../../server/contract/tables/registry.ts'
import { catalogueRoutes } from '../../server/http/catalogue.ts'
import { catalogueFileRoutes } from '../../server/http/catalogue-files.ts'
import { catalogueListRoutes } from '../../server/http/catalogue-lists.ts'
import { tableOfHeader } from '../../server/intake/master/fields.ts'
import { catalogueSource } from '../../server/office/law/catalogue.ts'
import { enactCatalogue } from '../../server/office/law/enact.ts'
import { openMemory } from '../../server/store/memory/store.ts'
import { openSlices } from '../../server/supervision/slices.ts'
import { bearer, openHouse } from '../http/house.ts'
import { openSupervisorOn, SMALL, type SupervisorHouse } from '../supervision/house.ts'

const TABLES = [...MASTER_TABLES, posts]
const HEAD = { catalogue: '岗位', valid_from: '2026-01-01' }

describe('a table of a fixture folder', () => {
  let at: SupervisorHouse
  let app: ReturnType<typeof openHouse>['app']
  beforeEach(async () => {
    const store = openMemory()
    at = await openSupervisorOn(store, '2026-09-16T10:00:00+08:00')
    await enactCatalogue(at.supervisor, SMALL, 'test')
    const { supervisor } = at
    const source = catalogueSource({ supervisor, reader: store, tables: TABLES })
    const parts = { supervisor, source, reader: store }
    const slices = openSlices(at.clock.mono)
    const routes = [catalogueRoutes(parts), catalogueListRoutes({ ...parts, slices }), catalogueFileRoutes(parts)]
    app = openHouse({ routes }).app
    await app.ready()
  })
  afterEach(async () => {
    await app.close()
    await at.close()
  })

  const headers = bearer('administrator')
  const enact = async (body: object) => {
    const answer = await app.inject({ method: 'POST', url: '/api/v1/catalogue', headers, payload: body })
    return { status: answer.statusCode, said: answer.json() as { faults?: { at: string }[]; rows?: object } }
  }
  const list = async (query = ''): Promise<MasterList> =>
    (await app.inject({ url: `/api/v1/catalogue/posts${query}`, headers })).json()
  const upload = async (text: string, name: string, dryRun: boolean): Promise<MasterLoad> => {
    const form = new FormData()
    form.set('file', new File([text], name))
    form.set('valid_from', '2026-02-01')
    if (dryRun) form.set('dry_run', '1')
    const sent = new Response(form)
    const payload = Buffer.from(await sent.arrayBuffer())
    const type = { 'content-type': sent.headers.get('content-type') ?? '' }
    const url = '/api/v1/catalogue/files'
    return (await app.inject({ method: 'POST', url, headers: { ...headers, ...type }, payload })).json()
  }

  const DESK = { post_no: 'P1', name: '咨询岗', org_code: 'D1', window_no: 'A01', seats: 2 }

  it('I9: is enacted, and listed with the names of what it refers to and a flag where nothing is known', async () => {
    const { status, said } = await enact({
      ...HEAD,
      posts: [DESK, { post_no: 'P2', name: '引导岗', org_code: 'GONE' }],
    })
    expect([status, said.rows]).toMatchObject([201, { posts: 2, items: 0 }])
    const { items } = await list()
    expect(items.map(({ code, names, flags }) => ({ code, names, flags }))).toEqual([
      { code: 'P1', names: { org_code: '市场监管局', window_no: '综合窗口' }, flags: [] },
      { code: 'P2', names: {}, flags: [{ flag: 'no_department', detail: 'GONE' }] },
    ])
    const found = async (query: string) => (await list(query)).items.map(({ code }) => code)
    expect(await found('?department=D1')).toEqual(['P1'])
    expect(await found('?region=459900')).toEqual(['P1'])
    expect(await found('?flag=no_department')).toEqual(['P2'])
    expect(await found(`?q=${encodeURIComponent('引导')}`)).toEqual(['P2'])
  })

  it('I9: what does not fit is told with its place', async () => {
    const rows = [{ post_no: 'P1', name: '岗', org_code: 'D1', reply: 'soon', valid_from: '2026-02-30' }, DESK]
    const { status, said } = await enact({ ...HEAD, posts: [...rows, { ...DESK, post_no: ' ', more: 1 }] })
    expect([status, said.faults?.map((fault) => fault.at)]).toEqual([
      422,
      expect.arrayContaining(['/posts/2/post_no', '/posts/2/more']),
    ])
    const within = await enact({ ...HEAD, posts: [...rows, DESK] })
    expect(within.said.faults?.map((fault) => fault.at)).toEqual([
      '/posts/0/valid_from',
      '/posts/0/reply',
      '/posts/2/post_no',
    ])
  })

  it('I9: a file is told by its header, read by its kinds, and compared with what holds', async () => {
    await enact({ ...HEAD, posts: [DESK] })
    const file = 'post_no,name,org_code,window_no,seats\nP1,咨询岗,D1,A01,3\nP3,帮办岗,D1,,1\n'
    const told = await upload(file, 'posts.csv', true)
    expect(told.tables).toMatchObject([{ table: 'posts', taken: 2, added: 1, changed: 1, same: 0 }])
    expect(told.changes).toMatchObject([
      { code: 'P1', state: 'version', fields: [{ field: 'seats', before: '2', after: '3' }] },
      { code: 'P3', state: 'new' },
    ])
    expect((await upload(file, 'posts.csv', false)).entry).not.toBeNull()
    const { items } = await list('?as_of=2026-03-01')
    expect(items.map(({ code, versions }) => [code, versions.find((one) => one.in_force)?.row.seats])).toEqual([
      ['P1', 3],
      ['P3', 1],
    ])
  })
})

describe('a header', () => {
  const CASES = [
    ['task_code,name,org_code,promise', 'items'],
    ['operator_id,name,org_code,window_no', 'operators'],
    ['window_no,name,org_code', 'windows'],
    ['org_code,name,region_code', 'departments'],
    ['region_code,name,parent', 'regions'],
    ['source,name,mode', 'sources'],
    ['calendar_id,on,kind,source', 'calendars'],
    ['post_no,name,org_code,window_no', 'posts'],
    ['task_code,org_code,more', 'items'],
    ['name,promise', null],
  ] as const
  it.each(CASES)('I9: %s is of %s', (columns, table) => expect(tableOfHeader(columns.split(','), TABLES)).toBe(table))
})
