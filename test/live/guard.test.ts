// The door of a running server (L8, A2, A6, I5): a revoked key is cut, nobody stands without one, an upgrade that is not
// ours is answered as a plain request, and a server told to end ends, however eagerly it is asked.

import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, get, type IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askServer } from '../../server/control.ts'
import { type House, openHouse, openScreen } from './house.ts'
import { openRawSocket } from './raw.ts'

const run = promisify(execFile)

let house: House
beforeAll(async () => {
  house = await openHouse({ at: '2026-09-30T10:00:00+08:00', sources: ['east'] })
})
afterAll(() => house.close())

const portOf = (): number => Number(new URL(house.serving.url).port)

describe('the key of a screen', () => {
  it('L8: revoked through the command, its screens are cut and may not come again (S4)', async () => {
    const made = await askServer(house.folder, 'key.add', { role: 'screen' })
    const { key, key_id: keyId } = (made ?? { value: {} }).value as { key: string; key_id: string }
    const screen = openScreen(house.serving.url, { token: key })
    const other = openScreen(house.serving.url, { token: house.keys.screen })
    await screen.watch.until(() => screen.snapshots === 1, 'the first board')
    await other.watch.until(() => other.snapshots === 1, 'the board of another')
    await askServer(house.folder, 'key.revoke', { key_id: keyId })
    await screen.watch.until(() => screen.errors.includes('no_key'), 'being refused')
    expect([screen.snapshots, other.snapshots, other.socket.connected]).toEqual([1, 1, true])
    screen.close()
    other.close()
  })

  it('L1: a socket that shows no key is closed, asked or not (S23)', async () => {
    const silent = openRawSocket(portOf(), () => undefined)
    const wrong = openRawSocket(portOf(), (text, say) => {
      if (text.includes('0{"sid"')) say('40{"token":"mj_none"}')
    })
    await Promise.all([silent, wrong])
  }, 15_000)

  it('L1: whoever floods with hellos is cut, and the others go on (S23)', async () => {
    const other = openScreen(house.serving.url, { token: house.keys.screen })
    await other.watch.until(() => other.snapshots === 1, 'the board of another')
    let boards = 0
    await openRawSocket(portOf(), (text, say) => {
      boards += text.split('42["wall:snapshot"').length - 1
      if (text.includes('0{"sid"') && !text.includes('40{"sid"'))
        say(`40${JSON.stringify({ token: house.keys.screen })}`)
      if (!text.includes('40{"sid"')) return
      for (let n = 0; n < 2_000; n++) say('42["wall:hello",{"protocol":1,"scope":"all","panels":null,"cursor":null}]')
    })
    expect(boards).toBeLessThan(30)
    expect(other.socket.connected).toBe(true)
    other.close()
  }, 15_000)
})

/** All that comes back for what was written, until the other side closes. */
const spoken = (text: string): Promise<string> =>
  new Promise((done, fail) => {
    const { port, hostname } = new URL(house.serving.url)
    const socket = connect(Number(port), hostname, () => socket.write(text))
    let heard = ''
    socket.on('data', (chunk) => {
      heard += chunk
    })
    socket.on('close', () => done(heard))
    socket.on('error', fail)
  })

const asking = (path: string, upgrade: string, more = '', body = ''): string =>
  `${body === '' ? 'GET' : 'POST'} ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings, close\r\n` +
  `Upgrade: ${upgrade}\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n${more}\r\n${body}`

describe('an upgrade that is not ours', () => {
  it.each([
    ['/health', 'h2c'],
    ['/health', 'TLS/1.0, HTTP/2.0'],
    ['/health', 'websocket'],
    ['/socket.io/?EIO=4&transport=websocket', 'h2c'],
    ['/nowhere', 'foo/2'],
  ])('I3: %s with Upgrade: %s is answered as a plain request (S7)', async (path, upgrade) => {
    const heard = await spoken(asking(path, upgrade))
    expect(heard).toMatch(path === '/health' ? /^HTTP\/1\.1 200 / : /^HTTP\/1\.1 4\d\d /)
  })

  it('I3: its body is read, and each event has its receipt (S7)', async () => {
    const event = {
      event_id: 'h2c-1',
      event_type: 'RECEIVE',
      project_no: 'H1',
      occurred_at: '2026-09-30T09:00:00+08:00',
    }
    const body = JSON.stringify(event)
    const heads = `Authorization: Bearer ${house.keys.east}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n`
    const heard = await spoken(asking('/api/v1/events', 'h2c', heads, body))
    expect(heard).toContain('"outcome":"accepted"')
  })

  it('I3: HTTP/2 without asking is told in HTTP/1.1 and closed (S7)', async () => {
    const heard = await spoken('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')
    expect(heard).toMatch(/^HTTP\/1\.1 400 /)
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

  it('I3: the client of Java, where there is one, gets its answers (S7)', async () => {
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

describe('a server that is told to end', () => {
  it('A6: closes on clients that keep their lines and ask on, and lets the next one in (S8)', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 4 })
    let answered = 0
    let ended = false
    const ask = (): void => {
      const request = get(`${house.serving.url}/health`, { agent }, (answer: IncomingMessage) => {
        answered += 1
        answer.resume()
        answer.on('end', () => {
          if (!ended) ask()
        })
      })
      request.on('error', () => undefined)
    }
    for (let n = 0; n < 4; n++) ask()
    const screen = openScreen(house.serving.url, { token: house.keys.screen })
    await screen.watch.until(() => screen.snapshots === 1, 'the first board')
    await house.reopen(() => {
      ended = true
    })
    expect(answered).toBeGreaterThan(0)
    expect((await house.get('/health')).status).toBe(200)
    screen.close()
    agent.destroy()
  })
})
