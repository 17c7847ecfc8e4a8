// A screen that does not read (L1): a real socket, paused. Under a flood it is cut at 1 MB queued, in a trickle by its
// silence; the line itself is taken away, memory does not follow it, and the screen beside it misses nothing.

import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { WallPatch, WallSnapshot } from '../../server/contract/live.ts'
import { LIVE_PROTOCOL } from '../../server/contract/vocabulary.ts'
import { type Gateway, openGateway } from '../../server/live/gateway.ts'
import { openScreen, type Screen, Watch } from './house.ts'
import { openRawScreen, type RawScreen } from './raw.ts'

const QUEUED_CHARS = 1_000_000
const PATCH_CHARS = 100_000
const hello = { protocol: LIVE_PROTOCOL, scope: 'all', cursor: null }

/** A pump that holds one thin board and knows no patch but the standing one. */
const thinPump = () => {
  let n = 0
  const cursor = (): string => `thin.${n}`
  const snapshot = (): WallSnapshot => ({ cursor: cursor(), as_of: 'now', board: { tiles: [], cards: [] } as never })
  const since = (asked: string): WallPatch[] | null => (asked === cursor() ? [] : null)
  const outbox = {
    snapshot,
    since,
    advance: () => null,
    board: new Map(),
    get cursor() {
      return cursor()
    },
  }
  return {
    pump: {
      outbox: () => outbox,
      panels: new Set<string>(),
      scopes: () => [],
      asOf: () => 'now',
      close: () => undefined,
    },
    next(): WallPatch {
      const from = cursor()
      n += 1
      return { from, cursor: cursor(), as_of: 'now', cards_gone: ['x'.repeat(PATCH_CHARS)] }
    },
  }
}

describe('a screen that does not read', () => {
  let http: Server
  let gateway: Gateway
  let healthy: Screen
  let slow: RawScreen
  let looks = 0
  let pump = thinPump()
  const cuts: { why: string; queued: number }[] = []
  const watch = new Watch()

  beforeEach(async () => {
    cuts.length = 0
    looks = 0
    pump = thinPump()
    http = createServer()
    http.on('connection', (line) => line.on('close', () => watch.tell()))
    gateway = openGateway({
      http,
      pump: pump.pump,
      // a clock that goes on by a second and a half whenever it is looked at
      mono: () => looks++ * 1_500,
      admit: (token) => (token === 'let me in' ? 'all' : null),
      onCut: (why, queued) => {
        cuts.push({ why, queued })
        watch.tell()
      },
    })
    await new Promise<void>((done) => http.listen(0, '127.0.0.1', done))
    const { port } = http.address() as AddressInfo
    healthy = openScreen(`http://127.0.0.1:${port}`, { token: 'let me in' })
    await healthy.watch.until(() => healthy.standing !== null, 'a snapshot')
    slow = await openRawScreen(port, 'let me in', hello)
    slow.pause()
  })
  afterEach(async () => {
    healthy.close()
    slow.close()
    await gateway.close()
  })

  const connections = (): Promise<number> =>
    new Promise((done, fail) => http.getConnections((error, count) => (error ? fail(error) : done(count))))

  /** Sends one patch after another, each once the healthy screen has the one before, while `more` says so. */
  const flood = async (more: () => boolean): Promise<number> => {
    let sent = 0
    while (more()) {
      gateway.patch('all', pump.next())
      sent += 1
      await healthy.watch.until(() => healthy.patches.length === sent, `patch ${sent} on the screen that reads`)
    }
    return sent
  }

  it('L1: in a flood it is cut at 1 MB queued, its line is gone, and the screen beside it has the whole chain', async () => {
    expect(await connections()).toBe(2)
    const sent = await flood(() => cuts.length === 0 && healthy.patches.length < 1_000)
    expect(cuts).toHaveLength(1)
    // never more than the bound and the patch that went over it
    expect(cuts[0]?.queued).toBeLessThan(QUEUED_CHARS + 2 * PATCH_CHARS)
    await slow.drained()
    expect(gateway.screens()).toBe(1)
    expect(await connections()).toBe(1)
    expect(healthy).toMatchObject({ gaps: 0, repeats: 0, snapshots: 1 })
    expect(healthy.patches).toHaveLength(sent)
  })

  it('L1: a burst without a pause is bounded as well', async () => {
    const before = process.memoryUsage().arrayBuffers
    for (let i = 0; i < 400 && cuts.length === 0; i++) gateway.patch('all', pump.next())
    // nobody can read within one turn: both are cut, neither holds more than the bound
    for (const { queued } of cuts) expect(queued).toBeLessThan(QUEUED_CHARS + 2 * PATCH_CHARS)
    expect(cuts.length).toBeGreaterThan(0)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 1024 * 1024)
  })

  it('L1: in a trickle it is cut once it has taken nothing for four seconds, and not before', async () => {
    // what the system itself buffers is filled, until something waits here
    await flood(() => gateway.queued() === 0 && healthy.patches.length < 1_000)
    expect(cuts).toEqual([])
    await watch.until(() => cuts.length > 0, 'the cut')
    expect(cuts[0]?.queued).toBeLessThanOrEqual(QUEUED_CHARS)
    await slow.drained()
    expect(gateway.screens()).toBe(1)
    expect(healthy).toMatchObject({ gaps: 0, repeats: 0, snapshots: 1 })
  })

  it('L1: one that is sent next to nothing is found out by its silence', async () => {
    await watch.until(() => gateway.screens() === 1, 'the cut by the unanswered ping')
    await slow.drained()
    expect(await connections()).toBe(1)
  })
})
