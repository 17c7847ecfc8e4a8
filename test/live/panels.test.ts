// Panels of the wall (L1, L4): a further one is registered and nothing else is touched – it is drawn, compared, patched and
// asked for by name over a real socket –; and a panel whose feeds did not move is not drawn.

import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { io, type Socket } from 'socket.io-client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { load } from '../../fixtures/panels/load.ts'
import type { ServerToClient, WallPatch, WallSnapshot } from '../../server/contract/live.ts'
import { LIVE_PROTOCOL } from '../../server/contract/vocabulary.ts'
import { type Gateway, openGateway } from '../../server/live/gateway.ts'
import type { AnyPanel } from '../../server/live/panels/panel.ts'
import { PANELS } from '../../server/live/panels/registry.ts'
import { openPump, type Pump } from '../../server/live/pump.ts'
import { enactCatalogue } from '../../server/office/law/enact.ts'
import { openMemory } from '../../server/store/memory/store.ts'
import { openSupervisorOn, SMALL, type SupervisorHouse } from '../supervision/house.ts'
import { Watch } from './house.ts'

/** A wall of its own: its panels, its pump, a gateway on a port, and who drew what. */
const openWall = async (more: readonly AnyPanel[]) => {
  const store = openMemory()
  const at = await openSupervisorOn(store, '2026-09-16T10:00:00+08:00')
  await enactCatalogue(at.supervisor, SMALL, 'test')
  await at.supervisor.settled()
  const watch = new Watch()
  const drawn: string[] = []
  const panels = [...PANELS, ...more].map(
    (panel): AnyPanel => ({
      ...panel,
      draw: (ground) => {
        drawn.push(panel.name)
        watch.tell()
        return panel.draw(ground)
      },
    }),
  )
  const http = createServer()
  let gateway: Gateway | null = null
  const pump = await openPump({
    supervisor: at.supervisor,
    records: store,
    reader: store,
    clock: at.clock,
    panels,
    start: 'here',
    onPatch: (scope, patch) => {
      gateway?.patch(scope, patch)
      watch.tell()
    },
    onTrouble: (error) => {
      throw error
    },
  })
  const open = openGateway({ http, pump, mono: at.clock.mono, admit: () => 'all', onCut: () => undefined })
  gateway = open
  await new Promise<void>((done) => http.listen(0, '127.0.0.1', done))
  return { at, pump, http, gateway: open, watch, drawn }
}

interface Wall {
  at: SupervisorHouse
  pump: Pump
  http: Server
  gateway: Gateway
  watch: Watch
  drawn: string[]
}

/** A screen that keeps what it was sent, and says hello for some panels. */
const openScreen = (wall: Wall, panels?: readonly string[], cursor: string | null = null) => {
  const { port } = wall.http.address() as AddressInfo
  const socket: Socket<ServerToClient> = io(`http://127.0.0.1:${port}`, { transports: ['websocket'], forceNew: true })
  const heard = { snapshots: [] as WallSnapshot[], patches: [] as WallPatch[], refused: [] as string[], socket }
  const tell = (): void => wall.watch.tell()
  socket.on('wall:snapshot', (snapshot) => {
    heard.snapshots.push(snapshot)
    tell()
  })
  socket.on('wall:patch', (patch) => {
    heard.patches.push(patch)
    tell()
  })
  socket.on('wall:refused', ({ code }) => {
    heard.refused.push(code)
    tell()
  })
  socket.on('connect', () => {
    const asked = panels === undefined ? {} : { panels: [...panels] }
    ;(socket as unknown as Socket).emit('wall:hello', { protocol: LIVE_PROTOCOL, scope: 'all', cursor, ...asked })
  })
  return heard
}

const members = (patch: object | undefined): string[] =>
  Object.keys(patch ?? {}).filter((name) => !['from', 'cursor', 'as_of'].includes(name))

describe('a panel of a fixture folder', () => {
  let wall: Wall
  const screens: ReturnType<typeof openScreen>[] = []
  const come = async (panels?: readonly string[], cursor?: string) => {
    const screen = openScreen(wall, panels, cursor ?? null)
    screens.push(screen)
    await wall.watch.until(() => screen.snapshots.length + screen.patches.length + screen.refused.length > 0, 'a word')
    return screen
  }
  const accept = (no: string) =>
    wall.at.take(wall.at.event('ACCEPT', no, { task_code: 'five', window_no: 'A01', org_code: 'D1' }))
  beforeEach(async () => {
    wall = await openWall([load as AnyPanel])
  })
  afterEach(async () => {
    for (const { socket } of screens.splice(0)) socket.close()
    wall.pump.close()
    await wall.gateway.close()
    await new Promise<void>((done) => wall.http.close(() => done()))
    await wall.at.close()
  })

  it('L1 L4: comes in a snapshot, and its rows as they change and leave [B10]', async () => {
    const screen = await come(['load'])
    expect(screen.snapshots.map(({ board }) => board)).toEqual([{ load: [] }])
    await accept('C1')
    await wall.watch.until(() => screen.patches.some((patch) => 'load' in patch), 'a row')
    expect(screen.patches.at(-1)).toMatchObject({ load: [{ window_no: 'A01', in_hand: 1 }] })
    await wall.at.take(wall.at.event('DECIDE', 'C1', { payload: { result: 'granted' } }))
    await wall.watch.until(() => screen.patches.some((patch) => 'load_gone' in patch), 'a row that left')
    expect(screen.patches.at(-1)).toMatchObject({ load_gone: ['A01'] })
  })

  it('L1: each screen gets its panels alone, link by link of the one chain', async () => {
    const all = await come()
    const some = await come(['day', 'figures'])
    expect(Object.keys(some.snapshots[0]?.board ?? {})).toEqual(['day', 'figures'])
    expect(Object.keys(all.snapshots[0]?.board ?? {})).toEqual([...PANELS, load].map(({ name }) => name))
    for (const no of ['C1', 'C2']) {
      const before = all.patches.length
      await accept(no)
      await wall.watch.until(() => all.patches.length > before && some.patches.length === all.patches.length, 'both')
    }
    expect(new Set(some.patches.flatMap(members))).toEqual(new Set(['figures']))
    expect(new Set(all.patches.flatMap(members))).toContain('load')
    expect(some.patches.map(({ from, cursor }) => [from, cursor])).toEqual(
      all.patches.map(({ from, cursor }) => [from, cursor]),
    )
    const back = await come(['load'], all.snapshots[0]?.cursor)
    await wall.watch.until(() => back.patches.length === all.patches.length, 'what was missed')
    expect(back.snapshots).toEqual([])
    expect(new Set(back.patches.flatMap(members))).toEqual(new Set(['load']))
  })

  it('L1: a panel that is none is refused by name', async () => {
    const screen = await come(['load', 'galaxy'])
    expect(screen.refused).toEqual(['no_panel'])
    expect(screen.snapshots).toEqual([])
  })

  it('L1: is not drawn again while nothing moves it [B10]', async () => {
    await come()
    wall.drawn.length = 0
    await accept('C1')
    await wall.watch.until(() => wall.drawn.includes('load'), 'a drawing')
    wall.drawn.length = 0
    await wall.at.take(
      wall.at.event('STEP_START', 'C1', { payload: { step_code: 'S1' }, window_no: 'A01', org_code: 'D1' }),
    )
    await wall.watch.until(() => wall.drawn.includes('sources'), 'a flush')
    // the case was touched, so what lights its window is looked up again; sums and cards are as they were
    expect(wall.drawn.filter((name) => ['load', 'figures', 'hours', 'forecast', 'cards'].includes(name))).toEqual([])
  })
})
