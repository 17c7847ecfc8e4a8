// The front itself: keys, problems, headers, the client's pages, and a log without personal data (A1, A2, A5).

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyPluginAsync } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PROBLEMS, problemLine } from '../../server/contract/problems.ts'
import { callerOf, need } from '../../server/http/auth.ts'
import { Refusal } from '../../server/office/refusal.ts'
import { bearer, openHouse } from './house.ts'

const routes: FastifyPluginAsync = async (app) => {
  const schema = { querystring: { type: 'object', properties: { name: { type: 'string' }, level: { enum: [1, 2] } } } }
  app.get('/api/v1/cases', { onRequest: need('cases.read'), schema }, async (request) => callerOf(request))
  app.get('/api/v1/own-cases', { onRequest: need('cases.read', { own: true }) }, async () => 'ok')
  app.get('/api/v1/failing', async () => {
    throw new Error('the disk says no: 张三')
  })
  app.get('/api/v1/refusing', async () => {
    throw new Refusal('bad_field', { at: '/period', detail: '2026-Q5' }, { hint: 'x' })
  })
  app.post('/api/v1/json', { schema: { body: { type: 'object', required: ['n'] } } }, async () => 'ok')
}

const statusOf = async (key: string | null, anonymous: 'auditor' | null = null): Promise<[number, string]> => {
  const { app } = openHouse({ routes: [routes], app: { anonymous } })
  const headers = key === null ? {} : { authorization: key }
  const answer = await app.inject({ url: '/api/v1/cases', headers })
  return [answer.statusCode, answer.json().code ?? answer.json().name]
}

describe('A1 A2: keys at the door', () => {
  it.each([
    ['no key', null, [401, 'no_key']],
    ['an unknown key', 'Bearer nobody', [401, 'bad_key']],
    ['another scheme', 'Basic YTpi', [401, 'bad_key']],
    ['an empty key', 'Bearer ', [401, 'bad_key']],
    ['an auditor', 'Bearer auditor', [200, 'auditor']],
    ['an auditor, spelled loosely', 'bearer   auditor', [200, 'auditor']],
    ['a screen', 'Bearer screen', [403, 'not_allowed']],
    ['a unit, where the route does not narrow', 'Bearer unit', [403, 'not_allowed']],
  ])('A1: %s', async (_, key, expected) => expect(await statusOf(key)).toEqual(expected))

  it('A1: a route that narrows lets a unit in', async () => {
    const { app } = openHouse({ routes: [routes] })
    expect((await app.inject({ url: '/api/v1/own-cases', headers: bearer('unit') })).statusCode).toBe(200)
  })

  it('A1: anonymous readers have the role of the setting; a wrong key is not anonymous', async () => {
    expect(await statusOf(null, 'auditor')).toEqual([200, 'anonymous'])
    expect(await statusOf('Bearer nobody', 'auditor')).toEqual([401, 'bad_key'])
  })

  it('A2: 401 names its scheme', async () => {
    const answer = await openHouse({ routes: [routes] }).app.inject('/api/v1/cases')
    expect(answer.headers['www-authenticate']).toBe('Bearer')
  })
})

describe('A5: problems', () => {
  it('A5: a refusal is problem+json with code, place and two languages', async () => {
    const answer = await openHouse({ routes: [routes] }).app.inject('/api/v1/refusing')
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(answer.json()).toEqual({
      type: 'urn:mingjing:problem:bad_field',
      title: 'Field /period is not right: 2026-Q5',
      status: 400,
      code: 'bad_field',
      zh: '字段 /period 有误：2026-Q5',
      en: 'Field /period is not right: 2026-Q5',
      at: '/period',
      hint: 'x',
    })
  })

  it.each(['/api/v1/nothing', '/nothing', '/assets/nothing.js'])('A5: %s is not found', async (url) => {
    const answer = await openHouse({ app: { clientDir } }).app.inject(url)
    expect([answer.statusCode, answer.json().code]).toEqual([404, 'not_found'])
  })

  it('A5: an unexpected error tells a reference and nothing else; the log has it', async () => {
    const log: string[] = []
    const stream = { write: (line: string) => log.push(line) }
    const { app } = openHouse({ routes: [routes], app: { log: { level: 'info', stream } } })
    const answer = await app.inject('/api/v1/failing')
    expect(answer.statusCode).toBe(500)
    expect(answer.body).not.toMatch(/disk|at .*\.ts|张三/)
    const reference = /Reference ([0-9a-f]{12})/.exec(answer.json().en)?.[1]
    expect(log.some((line) => line.includes(reference ?? 'none') && line.includes('the disk says no'))).toBe(true)
  })

  it.each([
    ['malformed JSON', '{"name":张三}', 'application/json', 400, 'bad_json'],
    ['no JSON at all', '', 'application/json', 400, 'bad_json'],
    ['a body the schema refuses', '{}', 'application/json', 400, 'bad_request'],
    ['another type', 'x', 'text/xml', 415, 'unsupported_media'],
    ['too much', `{"n":"${'x'.repeat(1_100_000)}"}`, 'application/json', 413, 'too_large'],
  ])('A5: %s', async (_, payload, type, status, code) => {
    const { app } = openHouse({ routes: [routes] })
    const answer = await app.inject({ method: 'POST', url: '/api/v1/json', payload, headers: { 'content-type': type } })
    expect([answer.statusCode, answer.json().code]).toEqual([status, code])
    expect(answer.body).not.toContain('张三')
  })

  it('A5: every text has both languages, a status, and no hole but the two', () => {
    for (const [code, { status, zh, en }] of Object.entries(PROBLEMS)) {
      expect(status, code).toBeGreaterThanOrEqual(400)
      expect(zh, code).toMatch(/[\u4e00-\u9fff]/)
      expect(en.replace(/\{(at|detail)\}/g, ''), code).not.toMatch(/[{}]/)
    }
    expect(problemLine('bad_field', { at: '/$&', detail: '$1 {at}' })).toContain('字段 /$& 有误：$1 {at}')
  })
})

let clientDir = ''
beforeAll(() => {
  clientDir = mkdtempSync(join(tmpdir(), 'client-'))
  mkdirSync(join(clientDir, 'assets'))
  writeFileSync(join(clientDir, 'index.html'), '<!doctype html><title>明镜</title>')
  writeFileSync(join(clientDir, 'assets', 'app-1a2b.js'), 'export {}')
  writeFileSync(join(clientDir, '.secret'), 'x')
})
afterAll(() => rmSync(clientDir, { recursive: true }))

describe('L5 A2: the client and its headers', () => {
  it.each(['/', '/wall', '/wall?scene=windows', '/cases/P-2026-%E4%B8%80', '/cards', '/windows/A-012', '/due'])(
    'L4: %s answers with the one page, never from a cache',
    async (url) => {
      const answer = await openHouse({ app: { clientDir } }).app.inject(url)
      expect([answer.statusCode, answer.headers['cache-control']]).toEqual([200, 'no-cache'])
      expect(answer.headers['content-type']).toContain('text/html')
      expect(answer.body).toContain('明镜')
    },
  )

  it('L6: assets are named by content and kept', async () => {
    const answer = await openHouse({ app: { clientDir } }).app.inject('/assets/app-1a2b.js')
    expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect(answer.headers['content-type']).toContain('javascript')
  })

  it.each(['/../package.json', '/assets/../../package.json', '/%2e%2e/package.json', '/.secret', '/assets/'])(
    'A2: %s is not served',
    async (url) => {
      const answer = await openHouse({ app: { clientDir } }).app.inject(url)
      expect(answer.statusCode).toBeGreaterThanOrEqual(400)
    },
  )

  it('A2: the policy lets a page work on a LAN without TLS, and nothing foreign in', async () => {
    const { headers } = await openHouse({ app: { clientDir } }).app.inject('/')
    const policy = String(headers['content-security-policy'])
    expect(policy.split(';')).toEqual([
      "default-src 'self'",
      "script-src 'self'",
      "style-src 'self' 'unsafe-inline'",
      "font-src 'self'",
      "img-src 'self' data:",
      "connect-src 'self' ws: wss:",
      "object-src 'none'",
      "base-uri 'self'",
      "form-action 'self'",
      "frame-ancestors 'self'",
    ])
    expect(headers['strict-transport-security']).toBeUndefined()
    expect(headers['cross-origin-opener-policy']).toBeUndefined()
    expect(headers['x-content-type-options']).toBe('nosniff')
  })

  it('A5: the log has method, route, status and time, and nothing of what was sent', async () => {
    const log: string[] = []
    const stream = { write: (line: string) => log.push(line) }
    const { app } = openHouse({ routes: [routes], app: { log: { level: 'info', stream } } })
    await app.inject({ url: '/api/v1/cases?name=%E5%BC%A0%E4%B8%89', headers: bearer('auditor') })
    await app.inject({ url: '/cases/310101199001011234' })
    const answered = log.map((line) => JSON.parse(line)).filter((line) => line.msg === 'answered')
    expect(answered[0]).toMatchObject({ method: 'GET', route: '/api/v1/cases', status: 200 })
    expect(log.join()).not.toMatch(/auditor|name=|%E5|310101199001011234|authorization/i)
  })
})
