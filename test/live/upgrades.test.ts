// Upgrades that are not ours at the door of a running server (I3; RFC 9110, 7.8): each is answered as a plain request, its body
// read however it comes; who begins with another protocol is told so. As `curl --http2` and Java's client ask.

import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect as connectHttp2 } from 'node:http2'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type House, openHouse } from './house.ts'

const run = promisify(execFile)

let house: House
beforeAll(async () => {
  house = await openHouse({ at: '2026-09-30T10:00:00+08:00', sources: ['east'] })
})
afterAll(() => house.close())

/** Each part in a packet of its own, as a slow sender's come. */
const sendAll = async (socket: Socket, parts: readonly (string | Buffer)[]): Promise<void> => {
  socket.setNoDelay(true)
  for (const part of parts) {
    await new Promise<void>((done) => socket.write(part, () => done()))
    await new Promise((done) => setImmediate(done))
  }
}

/** All that comes back for what was written, until the other side closes. */
const spoken = (...parts: readonly (string | Buffer)[]): Promise<string> =>
  new Promise((done, fail) => {
    const { port, hostname } = new URL(house.serving.url)
    const socket = connect(Number(port), hostname, () => void sendAll(socket, parts))
    let heard = ''
    socket.on('data', (chunk) => {
      heard += chunk
    })
    socket.on('close', () => done(heard))
    socket.on('error', fail)
  })

/** A request as `curl --http2` and Java's client send it: each header as they write it. */
const asking = (path: string, upgrade: string, more = '', body: string | Buffer = ''): Buffer =>
  Buffer.concat([
    Buffer.from(
      `${body.length === 0 ? 'GET' : 'POST'} ${path} HTTP/1.1\r\nHost: x\r\nUser-Agent: curl/8.5.0\r\nAccept: */*\r\n` +
        `Connection: Upgrade, HTTP2-Settings, close\r\nUpgrade: ${upgrade}\r\n` +
        `HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n${more}\r\n`,
    ),
    Buffer.from(body),
  ])

describe('an upgrade that is not ours', () => {
  it.each([
    ['/health', 'h2c'],
    ['/health', 'TLS/1.0, HTTP/2.0'],
    ['/health', 'websocket'],
    ['/socket.io/?EIO=4&transport=websocket', 'h2c'],
    ['/nowhere', 'foo/2'],
  ])('I3: %s with Upgrade: %s is answered as a plain request [S7]', async (path, upgrade) => {
    const heard = await spoken(asking(path, upgrade))
    expect(heard).toMatch(path === '/health' ? /^HTTP\/1\.1 200 / : /^HTTP\/1\.1 4\d\d /)
  })

  const eventOf = (id: string): string =>
    JSON.stringify({
      event_id: id,
      event_type: 'RECEIVE',
      project_no: 'H1',
      occurred_at: '2026-09-30T09:00:00+08:00',
    })
  const heads = (body: string | Buffer, more = ''): string =>
    `Authorization: Bearer ${house.keys.east}\r\nContent-Type: application/json\r\n` +
    `Content-Length: ${body.length}\r\n${more}`

  it.each(['h2c', 'foo/2', 'websocket'])(
    'I3: the body behind Upgrade: %s is read, and each event has its receipt [S7]',
    async (upgrade) => {
      const body = eventOf(`body-${upgrade}`)
      const heard = await spoken(asking('/api/v1/events', upgrade, heads(body), body))
      expect(heard).toMatch(/^HTTP\/1\.1 200 /)
      expect(heard).toContain('"outcome":"accepted"')
    },
  )

  it('I3: so is one that is zipped, and one that comes behind its head in pieces [S7, S21]', async () => {
    const zipped = gzipSync(eventOf('zipped'))
    const gzip = heads(zipped, 'Content-Encoding: gzip\r\n')
    expect(await spoken(asking('/api/v1/events', 'h2c', gzip, zipped))).toContain('"outcome":"accepted"')
    const whole = asking('/api/v1/events', 'h2c', gzip, zipped)
    const cuts = [40, whole.length - zipped.length, whole.length - 9, whole.length]
    const parts = cuts.map((to, i) => whole.subarray(cuts[i - 1] ?? 0, to))
    expect(await spoken(...parts)).toContain('"outcome":"known"')
  })

  it('I3: one in chunks is read to its end [S7]', async () => {
    const body = eventOf('chunked')
    const chunks = `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`
    const framing = heads(body).replace(/Content-Length: .*\r\n/, 'Transfer-Encoding: chunked\r\n')
    expect(await spoken(asking('/api/v1/events', 'h2c', framing, chunks))).toContain('"outcome":"accepted"')
  })

  it('I5: and one past its bound has its answer too [S7]', async () => {
    const body = ' '.repeat(9 * 1024 * 1024)
    const heard = await spoken(asking('/api/v1/events', 'h2c', heads(body), body))
    expect(heard).toMatch(/^HTTP\/1\.1 413 [\s\S]*"code":"too_large"/)
  })

  it('I3: HTTP/2 without asking is told in HTTP/1.1 and closed [S7]', async () => {
    const heard = await spoken('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')
    expect(heard).toMatch(/^HTTP\/1\.1 400 /)
  })

  it('I3: a client that begins with HTTP/2 is refused in a sentence of HTTP/1.1, and its session ends [S7]', async () => {
    const session = connectHttp2(house.serving.url)
    const ended = new Promise<string>((done) => {
      session.once('error', (error: NodeJS.ErrnoException) => done(error.code ?? error.message))
      session.once('close', () => done('closed'))
    })
    const request = session.request({ ':path': '/health' })
    request.on('error', () => undefined)
    request.end()
    expect(await ended).not.toBe('')
    session.destroy()
    const heard = await spoken('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')
    const [, text = ''] = heard.split('\r\n\r\n')
    expect(JSON.parse(text)).toMatchObject({ code: expect.any(String), zh: expect.any(String), en: expect.any(String) })
    expect((await house.get('/health')).status).toBe(200)
  })

  const PROGRAM = `import java.net.URI;
import java.net.http.*;
public class Ask {
  public static void main(String[] args) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest asked = HttpRequest.newBuilder(URI.create(args[0] + "/api/v1/due"))
      .header("Authorization", "Bearer " + args[1]).header("Content-Type", "application/json")
      .POST(HttpRequest.BodyPublishers.ofString("{\\"accept\\":\\"2026-09-01\\",\\"limit\\":\\"5WD\\"}")).build();
    for (int n = 0; n < 2; n++) {
      HttpResponse<String> answer = client.send(asked, HttpResponse.BodyHandlers.ofString());
      System.out.println(answer.statusCode() + " " + answer.body().contains("due_on"));
    }
  }
}`

  it('I3: the client of Java, where there is one, gets its answers [S7]', async () => {
    if (!existsSync('/usr/bin/java')) {
      console.warn('no java here: its client was not tried')
      return
    }
    const folder = mkdtempSync(join(tmpdir(), 'mingjing-java-'))
    const program = join(folder, 'Ask.java')
    writeFileSync(program, PROGRAM)
    const { stdout } = await run('/usr/bin/java', [program, house.serving.url, house.keys.east ?? ''])
    rmSync(folder, { recursive: true })
    expect(stdout.trim().split('\n')).toEqual(['200 true', '200 true'])
  }, 60_000)
})
