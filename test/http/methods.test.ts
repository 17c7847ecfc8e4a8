// Wrong questions to right paths (A5): a method that a path does not take, OPTIONS and HEAD, and query parameters that a
// list does not know. Each is told with a stable code and what would do; nothing is answered as if it had been asked.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readSettings } from '../../server/config.ts'
import { openServing, type Serving } from '../../server/serve.ts'
import { bearer, openHouse } from './house.ts'

let folder = ''
let serving: Serving
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mingjing-methods-'))
  const settings = readSettings({ data: folder, port: 0, clock: '2026-03-31T12:00:00+08:00x0', log: 'silent' }, {})
  const onBroken = (error: Error): never => {
    throw error
  }
  serving = await openServing({ settings, anonymous: 'administrator', onBroken })
})
afterAll(async () => {
  await serving.close()
  rmSync(folder, { recursive: true, force: true })
})

const ask = async (path: string, method = 'GET') => {
  const answer = await fetch(`${serving.url}${path}`, { method })
  const text = await answer.text()
  return { status: answer.status, headers: answer.headers, text, body: text.startsWith('{') ? JSON.parse(text) : null }
}

describe('A5: methods', () => {
  it.each([
    ['DELETE', '/api/v1/cases', 'GET, HEAD, OPTIONS'],
    ['POST', '/api/v1/cases/P-1', 'GET, HEAD, OPTIONS'],
    ['GET', '/api/v1/events', 'POST, OPTIONS'],
    ['PUT', '/api/v1/events', 'POST, OPTIONS'],
    ['PATCH', '/api/v1/cards/c/moves', 'POST, OPTIONS'],
    ['GET', '/api/v1/due?x=1', 'POST, OPTIONS'],
    ['POST', '/health', 'GET, HEAD, OPTIONS'],
  ])('A5: %s %s is 405 and says which would do', async (method, path, allow) => {
    const { status, headers, body } = await ask(path, method)
    expect([status, headers.get('allow'), body.code]).toEqual([405, allow, 'wrong_method'])
    expect([body.zh, body.en]).toEqual([
      `此路径不支持 ${method} 方法。`,
      `This path does not take the method ${method}.`,
    ])
  })

  it.each(['DELETE', 'OPTIONS', 'POST'])('A5: %s of a path that is none stays 404', async (method) => {
    expect(await ask('/api/v1/nothing', method)).toMatchObject({ status: 404, body: { code: 'not_found' } })
  })

  it('A5: OPTIONS of a known path names its methods', async () => {
    const { status, headers, text } = await ask('/api/v1/measures', 'OPTIONS')
    expect([status, headers.get('allow'), text]).toEqual([204, 'GET, HEAD, OPTIONS', ''])
  })

  it('A5: HEAD answers as GET does, without the body', async () => {
    const [head, get] = [await ask('/api/v1/cases', 'HEAD'), await ask('/api/v1/cases')]
    expect([head.status, head.text]).toEqual([get.status, ''])
    expect(head.headers.get('content-length')).toBe(String(Buffer.byteLength(get.text)))
    expect((await ask('/api/v1/cases/nobody', 'HEAD')).status).toBe(404)
  })

  it('A5: a file of the client takes no other method, and the catch-all hides no path', async () => {
    const clientDir = mkdtempSync(join(tmpdir(), 'client-'))
    writeFileSync(join(clientDir, 'index.html'), '<!doctype html>')
    const { app } = openHouse({ app: { clientDir } })
    const posted = await app.inject({ method: 'POST', url: '/wall' })
    const got = await app.inject({ url: '/api/v1/events', headers: bearer('source') })
    const none = await app.inject({ method: 'POST', url: '/nothing' })
    expect([posted.statusCode, got.statusCode, none.statusCode]).toEqual([405, 405, 404])
    rmSync(clientDir, { recursive: true })
  })
})

/** What the server says to a line that is no proper request. */
const sayTo = (text: string): Promise<string> =>
  new Promise((done, fail) => {
    const socket = connect(Number(new URL(serving.url).port), '127.0.0.1', () => socket.write(text))
    let read = ''
    socket.setEncoding('utf8').on('data', (part: string) => {
      read += part
    })
    socket.once('close', () => done(read))
    socket.once('error', fail)
  })

describe('A5: what is no request', () => {
  it.each([
    ['a method that is none', 'FOO /api/v1/cases HTTP/1.1\r\nhost: x\r\n\r\n', 400, 'bad_request'],
    ['headers without end', `GET / HTTP/1.1\r\nhost: x\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`, 431, 'headers_too_large'],
  ])('A5: %s is a problem too', async (_, text, status, code) => {
    const answer = await sayTo(text)
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    expect(answer).toContain('application/problem+json')
    const [head = '', body = ''] = answer.split('\r\n\r\n')
    expect(JSON.parse(body)).toMatchObject({ status, code })
    expect(head).toContain(`content-length: ${Buffer.byteLength(body)}`)
  })
})

/** Every list and every thing with what it must be asked. */
const READ = [
  '/api/v1/cards',
  '/api/v1/cards/c',
  '/api/v1/cases',
  '/api/v1/cases/P-1',
  '/api/v1/measures?period=2026-Q1',
  '/api/v1/measures/cases?period=2026-Q1&kind=late',
  '/api/v1/rankings',
  '/api/v1/windows',
  '/api/v1/windows/W',
  '/api/v1/quarantine',
  '/api/v1/quarantine/1',
  '/api/v1/law',
]

describe('A5: query parameters', () => {
  it.each(READ)('A5: %s refuses a parameter it does not know, and names those it does', async (path) => {
    const { status, body } = await ask(`${path}${path.includes('?') ? '&' : '?'}levle=2`)
    expect([status, body.code, body.at]).toEqual([400, 'unknown_parameter', '/levle'])
    expect(Array.isArray(body.known)).toBe(true)
    const named = body.known.length === 0 ? ['无', 'none'] : [body.known.join(', '), body.known.join(', ')]
    expect([body.zh.endsWith(named[0]), body.en.endsWith(named[1])]).toEqual([true, true])
    expect((await ask(path)).body?.code).not.toBe('unknown_parameter')
  })

  it('A5: what a list knows it takes, by cursor as by after', async () => {
    for (const path of ['/api/v1/cards', '/api/v1/cases', '/api/v1/quarantine'])
      for (const name of ['cursor', 'after', 'limit'])
        expect((await ask(`${path}?${name}=${name === 'limit' ? '7' : 'n7'}`)).status, `${path} ${name}`).toBe(200)
  })

  it('A1: whose key opens nothing is told that, and not which parameters there are', async () => {
    const answer = await fetch(`${serving.url}/api/v1/cards?levle=2`, { headers: bearer('nobody') })
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([401, 'bad_key'])
  })
})
