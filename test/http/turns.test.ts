// Whose turn it is at the door (I5): however much one caller asks at once, the others wait for one of its questions and not for
// all. A clock of the test's own, which each question that begins moves on by as much as it takes.

import { describe, expect, it } from 'vitest'
import { need } from '../../server/http/auth.ts'
import { openTurns } from '../../server/http/turns.ts'
import { bearer, openHouse } from './house.ts'

const openDoor = ({ takesMs = 0 } = {}) => {
  let now = 0
  const turns = openTurns(() => now)
  const begun: string[] = []
  const ends = new Map<string, () => void>()
  const ask = (caller: string, what: string, isReading = true): boolean => {
    const end = turns.take(caller, isReading, () => {
      now += takesMs
      begun.push(what)
    })
    if (end !== null) ends.set(what, end)
    return end !== null
  }
  return { ask, end: (what: string) => ends.get(what)?.(), begun }
}

/** Until the loop has turned so many times. */
const turned = async (times: number): Promise<void> => {
  for (let n = 0; n < times; n++) await new Promise((done) => setImmediate(done))
}

const numbered = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, n) => `${prefix}${n + 1}`)

describe('turns at the door', () => {
  it('I5: of one caller four questions are read at a time, the next when one has ended, in their order', async () => {
    const { ask, end, begun } = openDoor()
    for (const what of numbered('a', 7)) ask('a', what)
    await turned(3)
    expect(begun).toEqual(['a1', 'a2', 'a3', 'a4'])
    end('a2')
    end('a2')
    await turned(3)
    expect(begun).toEqual(['a1', 'a2', 'a3', 'a4', 'a5'])
    end('a1')
    end('a3')
    await turned(3)
    expect(begun).toEqual(['a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'a7'])
  })

  it('I5: another caller waits for none of those that wait', async () => {
    const { ask, begun } = openDoor()
    for (const what of numbered('a', 100)) ask('a', what)
    ask('b', 'b1')
    expect(begun).toEqual(['a1', 'a2', 'a3', 'a4', 'b1'])
  })

  it('I5: where each takes long, callers take turns, one question each', async () => {
    const { ask, begun } = openDoor({ takesMs: 40 })
    for (const what of numbered('a', 50)) ask('a', what, false)
    ask('b', 'b1')
    ask('c', 'c1')
    await turned(5)
    expect(begun.slice(0, 4)).toEqual(['a1', 'a2', 'b1', 'c1'])
  })

  it('I5: and each lot is short: whatever else waits has its turn between two of them', async () => {
    const { ask, begun } = openDoor({ takesMs: 40 })
    for (const what of numbered('a', 5)) ask('a', what, false)
    const seen: number[] = []
    for (let n = 0; n < 4; n++) {
      seen.push(begun.length)
      await turned(1)
    }
    expect(seen).toEqual([1, 2, 3, 4])
  })

  it('I5: what a caller sends does not wait for what it reads', () => {
    const { ask, begun } = openDoor()
    for (const what of numbered('a', 20)) ask('a', what)
    ask('a', 'event', false)
    expect(begun).toEqual(['a1', 'a2', 'a3', 'a4', 'event'])
  })

  it('I5: one that ended before its turn is passed over', async () => {
    const { ask, end, begun } = openDoor()
    for (const what of numbered('a', 6)) ask('a', what)
    end('a5')
    end('a1')
    await turned(3)
    expect(begun).toEqual(['a1', 'a2', 'a3', 'a4', 'a6'])
  })

  it('I5: past five hundred that wait a caller is refused, and nobody else', () => {
    const { ask } = openDoor()
    expect(numbered('a', 504).every((what) => ask('a', what))).toBe(true)
    expect(ask('a', 'one too many')).toBe(false)
    expect(ask('b', 'of another')).toBe(true)
    expect(ask('a', 'event', false)).toBe(true)
  })
})

describe('many questions of one key', () => {
  it('I5: four of them are in work; another key is answered meanwhile, and so is what this one sends', async () => {
    const begun: string[] = []
    let release = (): void => undefined
    const latch = new Promise<void>((done) => {
      release = done
    })
    const { app } = openHouse({
      routes: [
        async (door) => {
          door.get<{ Params: { n: string } }>('/api/v1/slow/:n', { onRequest: need('cases.read') }, async (request) => {
            begun.push(request.params.n)
            await latch
            return { n: request.params.n }
          })
          door.get('/api/v1/quick', { onRequest: need('cases.read') }, () => ({ quick: true }))
          door.post('/api/v1/sent', { onRequest: need('due.use') }, () => ({ sent: true }))
        },
      ],
    })
    const ask = (key: string, url: string, method: 'GET' | 'POST' = 'GET') =>
      app.inject({ method, url, headers: bearer(key) })
    const slow = numbered('', 30).map((n) => ask('administrator', `/api/v1/slow/${n}`))
    expect((await ask('auditor', '/api/v1/quick')).json()).toEqual({ quick: true })
    expect((await ask('administrator', '/api/v1/sent', 'POST')).json()).toEqual({ sent: true })
    expect(begun).toEqual(['1', '2', '3', '4'])
    release()
    expect((await Promise.all(slow)).map(({ statusCode }) => statusCode)).toEqual(Array(30).fill(200))
    expect(begun).toEqual(numbered('', 30))
  })
})
