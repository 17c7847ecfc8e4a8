// The guard at the front door (I5, A2): what is told to one caller stays out of caches, gzip is taken everywhere and bounded
// by what comes out, halves of characters and bottomless documents are refused with a place, and a door that is being
// shut lets nobody in.

import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { buildDoor } from '../../server/http/app.ts'
import { need } from '../../server/http/auth.ts'
import { access, bearer, openHouse } from './house.ts'

const BODY = { type: 'object', properties: { why: { type: 'string' } } }
const openEcho = (bodyLimit = 1_048_576) =>
  buildDoor({
    access,
    anonymous: null,
    clientDir: null,
    mono: () => performance.now(),
    log: { level: 'silent' },
    routes: [
      async (app) => {
        app.post('/api/v1/echo', { onRequest: need('due.use'), bodyLimit, schema: { body: BODY } }, (request) => ({
          got: request.body,
        }))
      },
    ],
  })

const asking = (payload: string | Buffer, more: Record<string, string> = {}) => ({
  method: 'POST' as const,
  url: '/api/v1/echo',
  headers: { ...bearer('administrator'), 'content-type': 'application/json', ...more },
  payload,
})

describe('the front door', () => {
  it('A2: what is answered is kept by no cache [S15]', async () => {
    const { app } = openEcho()
    for (const url of ['/api/v1/echo', '/api/v1/nowhere', '/health']) {
      const answer = await app.inject({ method: 'POST', url, headers: bearer('administrator') })
      expect(answer.headers['cache-control']).toBe('no-store')
    }
  })

  it('I5: half a character is refused with its place, wherever it stands [S16]', async () => {
    const { app } = openEcho()
    const bodies: [string, string][] = [
      ['{"why":"a\\ud83d"}', '/why'],
      ['{"deep":[{"a/b":"\\udc00"}]}', '/deep/0/a~1b'],
      ['{"x":{"\\ud800":1}}', '/x'],
    ]
    for (const [body, at] of bodies) {
      const answer = await app.inject(asking(body))
      expect([answer.statusCode, answer.json().code, answer.json().at]).toEqual([400, 'half_character', at])
    }
    expect((await app.inject(asking('{"why":"\\ud83d\\ude00"}'))).statusCode).toBe(200)
  })

  it('I5: a document without bottom is refused, not a fault of ours [S16]', async () => {
    const { app } = openEcho()
    const deep = `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
    const answer = await app.inject(asking(deep))
    expect([answer.statusCode, answer.json().code]).toEqual([422, 'too_deep'])
  })

  it('I5: gzip is taken, bounded by what comes out, and told where it is broken [S21]', async () => {
    const { app } = openEcho(10_000)
    const zip = { 'content-encoding': 'gzip' }
    const good = await app.inject(asking(gzipSync('{"why":"好"}'), zip))
    expect(good.json()).toEqual({ got: { why: '好' } })
    const bomb = await app.inject(asking(gzipSync(`{"why":"${'0'.repeat(1_000_000)}"}`), zip))
    expect([bomb.statusCode, bomb.json().code]).toEqual([413, 'too_large'])
    const broken = await app.inject(asking('no gzip at all', zip))
    expect([broken.statusCode, broken.json().code]).toEqual([400, 'bad_request'])
    const other = await app.inject(asking('{}', { 'content-encoding': 'br' }))
    expect([other.statusCode, other.json().code]).toEqual([415, 'unsupported_media'])
  })

  it('I3: events zipped, whole or line by line, have their receipts; a bomb has none beyond the bound [S21]', async () => {
    const { app, supervisor } = openHouse({ limits: { bytes: 50_000 } })
    const event = { event_id: 'z1', event_type: 'RECEIVE', project_no: 'Z', occurred_at: '2026-04-20T09:30:00+08:00' }
    const send = (type: string, text: string) =>
      app.inject({
        method: 'POST',
        url: '/api/v1/events',
        headers: { ...bearer('source'), 'content-type': type, 'content-encoding': 'gzip' },
        payload: gzipSync(text),
      })
    expect((await send('application/json', JSON.stringify([event]))).json()).toMatchObject({ accepted: 1 })
    const line = `${JSON.stringify({ ...event, event_id: 'z2' })}\n`
    expect((await send('application/x-ndjson', line)).json()).toMatchObject({ accepted: 1 })
    const bomb = await send('application/x-ndjson', ' '.repeat(500_000))
    expect(bomb.statusCode).toBe(413)
    expect(supervisor.heard.intakes).toHaveLength(2)
  })

  it('L4: without pages the wall is no blank 404 but a sentence in both languages [S21]', async () => {
    const { app } = openEcho()
    const answer = await app.inject({ method: 'GET', url: '/wall' })
    expect([answer.statusCode, answer.body.includes('尚未构建'), answer.body.includes('not built')]).toEqual([
      503,
      true,
      true,
    ])
  })

  it('A6: while it is being shut, nobody is let in [S8]', async () => {
    const { app, ending } = openEcho()
    await app.listen({ host: '127.0.0.1', port: 0 })
    await ending.shut()
    const answer = await app.inject(asking('{}'))
    expect([answer.statusCode, answer.json().code, answer.headers.connection]).toEqual([503, 'stopping', 'close'])
    await app.close()
  })
})
