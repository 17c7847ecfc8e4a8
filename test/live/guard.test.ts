// The door of a running server (L8, A2, A6, I5): a revoked key is cut, nobody stands without one, and a server told to end
// ends, however eagerly it is asked.

import { Agent, get, type IncomingMessage } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askServer } from '../../server/control.ts'
import { type House, openHouse, openScreen } from './house.ts'
import { openRawSocket } from './raw.ts'

let house: House
beforeAll(async () => {
  house = await openHouse({ at: '2026-09-30T10:00:00+08:00', sources: ['east'] })
})
afterAll(() => house.close())

const portOf = (): number => Number(new URL(house.serving.url).port)

describe('the key of a screen', () => {
  it('L8: revoked through the command, its screens are cut and may not come again [S4]', async () => {
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

  it('L1: a socket that shows no key is closed, asked or not [S23]', async () => {
    const silent = openRawSocket(portOf(), () => undefined)
    const wrong = openRawSocket(portOf(), (text, say) => {
      if (text.includes('0{"sid"')) say('40{"token":"mj_none"}')
    })
    await Promise.all([silent, wrong])
  }, 15_000)

  it('L1: whoever floods with hellos is cut, and the others go on [S23]', async () => {
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

describe('a flood of sockets', () => {
  const heardOf = async (): Promise<string> => {
    let heard = ''
    await openRawSocket(portOf(), (text) => {
      heard += text
    })
    return heard
  }

  it('I5: of five hundred in one moment some are let in, the others are told to come again, and whoever asks is answered [S23]', async () => {
    const flood = Array.from({ length: 500 }, heardOf)
    expect((await house.get('/health')).status).toBe(200)
    const answers = await Promise.all(flood)
    const refused = answers.filter((text) => text.startsWith('HTTP/1.1 503 '))
    const letIn = answers.filter((text) => text.startsWith('HTTP/1.1 101 '))
    expect(letIn.length).toBeGreaterThanOrEqual(30)
    expect(refused.length).toBeGreaterThan(0)
    expect(refused.length + letIn.length).toBe(500)
    for (const text of refused) {
      expect(text).toMatch(/\r\nretry-after: \d+\r\n/)
      const problem = JSON.parse(text.slice(text.indexOf('\r\n\r\n') + 4))
      expect(problem).toMatchObject({ status: 503, code: 'too_many_sockets', zh: expect.any(String) })
    }
  }, 30_000)

  it('I5, L1: a socket that says much before it has shown a key is cut after a few words [S23]', async () => {
    const screen = openScreen(house.serving.url, { token: house.keys.screen })
    await screen.watch.until(() => screen.snapshots === 1, 'a screen that is let in when its time has come')
    let refusals = 0
    await openRawSocket(portOf(), (text, say) => {
      refusals += text.split('44{').length - 1
      if (text.includes('0{"sid"')) for (let n = 0; n < 2_000; n++) say('40{"token":"mj_none"}')
    })
    expect(refusals).toBeLessThan(50)
    expect(screen.socket.connected).toBe(true)
    screen.close()
  }, 30_000)
})

describe('a server that is told to end', () => {
  it('A6: closes on clients that keep their lines and ask on, and lets the next one in [S8]', async () => {
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
