// A real server in this process on a folder of its own, with a clock that tests move; and screens before it that apply
// what they get and remember every break in the chain. Waits are for conditions, each with a deadline, never for time.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { io, type Socket } from 'socket.io-client'
import { applyPatch, type Standing, standingOf } from '../../client/live/patch.ts'
import { readSettings } from '../../server/config.ts'
import type { Receipts } from '../../server/contract/api.ts'
import type { CatalogueFile } from '../../server/contract/catalogue.ts'
import type { Board, ClientToServer, ServerToClient, WallBeat, WallPatch } from '../../server/contract/live.ts'
import { LIVE_PROTOCOL } from '../../server/contract/vocabulary.ts'
import { parseInstant } from '../../server/core/time/civil.ts'
import type { Instant } from '../../server/core/time/instant.ts'
import { addKey } from '../../server/office/keys.ts'
import { openServing, type Serving } from '../../server/serve.ts'
import { handClock } from '../../server/supervision/clock.ts'

export const instant = (text: string): Instant => {
  const at = parseInstant(text)
  if (at === null) throw new Error(`not an instant: ${text}`)
  return at
}

const DEADLINE_MS = 20_000

/** Resolves when `holds` says so; asks again at every `tell`. Rejects at the deadline with what was waited for. */
export class Watch {
  readonly #asking = new Set<() => void>()
  tell(): void {
    for (const ask of this.#asking) ask()
  }
  until(holds: () => boolean, what: string): Promise<void> {
    return new Promise((done, fail) => {
      const end = (): void => {
        this.#asking.delete(ask)
        clearTimeout(deadline)
      }
      const ask = (): void => {
        if (!holds()) return
        end()
        done()
      }
      const deadline = setTimeout(() => {
        end()
        fail(new Error(`waited in vain: ${what}`))
      }, DEADLINE_MS)
      this.#asking.add(ask)
      ask()
    })
  }
}

export interface House {
  readonly folder: string
  readonly clock: ReturnType<typeof handClock>
  readonly serving: Serving
  readonly keys: Readonly<Record<string, string>>
  post(source: string, events: readonly unknown[]): Promise<Receipts>
  load(catalogue: CatalogueFile): Promise<void>
  get(path: string): Promise<Response>
  /** Takes the server down and opens another on the same folder, having done something to it meanwhile. */
  reopen(meanwhile?: () => void): Promise<void>
  close(): Promise<void>
}

export interface HouseAsked {
  readonly at: string
  readonly sources: readonly string[]
  readonly queueEvents?: number
  readonly uploadBytes?: number
}

export const openHouse = async ({ at, sources, queueEvents, uploadBytes }: HouseAsked): Promise<House> => {
  const folder = mkdtempSync(join(tmpdir(), 'mingjing-house-'))
  const clock = handClock(instant(at))
  const read = readSettings(
    { data: folder, port: 0, log: 'silent', queue_events: queueEvents ?? 50_000, upload_bytes: uploadBytes },
    {},
  )
  const broken = (error: Error): void => {
    throw error
  }
  const open = (): Promise<Serving> => openServing({ settings: { ...read, clock }, anonymous: null, onBroken: broken })
  let serving = await open()
  const keys: Record<string, string> = {}
  for (const source of sources) keys[source] = (await addKey(serving.keys, { source }, 0)).key
  for (const role of ['administrator', 'auditor', 'screen', 'supervisor'])
    keys[role] = (await addKey(serving.keys, { role }, 0)).key
  await serving.keysChanged()
  const send = (path: string, key: string | undefined, body: unknown): Promise<Response> =>
    fetch(`${serving.url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  return {
    folder,
    clock,
    keys,
    get serving() {
      return serving
    },
    async post(source, events) {
      const answer = await send('/api/v1/events', keys[source], events)
      if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)
      return (await answer.json()) as Receipts
    },
    async load(catalogue) {
      const answer = await send('/api/v1/catalogue', keys.administrator, catalogue)
      if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)
      await serving.supervisor.settled()
    },
    get: (path) => fetch(`${serving.url}${path}`, { headers: { authorization: `Bearer ${keys.auditor}` } }),
    async reopen(meanwhile) {
      await serving.close()
      meanwhile?.()
      serving = await open()
    },
    async close() {
      await serving.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export interface Screen {
  readonly socket: Socket<ServerToClient, ClientToServer>
  readonly watch: Watch
  readonly standing: Standing | null
  readonly patches: readonly WallPatch[]
  readonly beats: readonly WallBeat[]
  readonly refused: readonly string[]
  /** Snapshots taken; patches that did not follow, and that were on the screen already. */
  readonly snapshots: number
  readonly gaps: number
  readonly repeats: number
  readonly errors: readonly string[]
  hello(): void
  /** Cuts the line as a pulled cable does: without a word. */
  cut(): void
  close(): void
}

export interface ScreenAsked {
  readonly token: string | undefined
  readonly scope?: string
  /** The first hello's cursor, and its protocol where another is to be tried. */
  readonly cursor?: string | null
  readonly protocol?: number
  readonly onPatch?: (screen: Screen) => void
}

export const openScreen = (url: string, asked: ScreenAsked): Screen => {
  const { token, scope = 'all', cursor = null, protocol = LIVE_PROTOCOL, onPatch } = asked
  const socket: Socket<ServerToClient, ClientToServer> = io(url, {
    transports: ['websocket'],
    auth: token === undefined ? {} : { token },
    forceNew: true,
    reconnectionDelay: 10,
    reconnectionDelayMax: 50,
  })
  const watch = new Watch()
  let standing: Standing | null = null
  const [patches, beats, refused, errors]: [WallPatch[], WallBeat[], string[], string[]] = [[], [], [], []]
  let [snapshots, gaps, repeats] = [0, 0, 0]
  const screen: Screen = {
    socket,
    watch,
    patches,
    beats,
    refused,
    errors,
    get standing() {
      return standing
    },
    get snapshots() {
      return snapshots
    },
    get gaps() {
      return gaps
    },
    get repeats() {
      return repeats
    },
    hello: () => void socket.emit('wall:hello', { protocol, scope, cursor: standing?.cursor ?? cursor }),
    // not within the handler: a hello that is written into a closing line would be sent twice after the next connect
    cut: () => void setImmediate(() => socket.connected && socket.io.engine.close()),
    close: () => void socket.disconnect(),
  }
  socket.on('connect', () => screen.hello())
  socket.on('disconnect', () => {
    socket.sendBuffer.length = 0
  })
  socket.on('connect_error', (error) => {
    errors.push(error.message)
    watch.tell()
  })
  socket.on('wall:snapshot', (snapshot) => {
    snapshots += 1
    standing = standingOf(snapshot)
    watch.tell()
  })
  socket.on('wall:patch', (patch) => {
    const applied = standing === null ? { kind: 'gap' as const } : applyPatch(standing, patch)
    if (applied.kind === 'applied') {
      standing = applied.standing
      patches.push(patch)
    } else if (applied.kind === 'gap') gaps += 1
    else repeats += 1
    onPatch?.(screen)
    watch.tell()
  })
  socket.on('wall:beat', (beat) => {
    beats.push(beat)
    watch.tell()
  })
  socket.on('wall:refused', ({ code }) => {
    refused.push(code)
    watch.tell()
  })
  return screen
}

const byId = <T extends { card_id: string }>(a: T, b: T): number => (a.card_id < b.card_id ? -1 : 1)

/** A board as a text to compare: cards by id, for a patch appends what a snapshot sorts; lags left to the screen's clock. */
export const boardText = (board: Board | undefined): string =>
  board === undefined
    ? ''
    : JSON.stringify({
        ...board,
        cards: [...board.cards].sort(byId),
        sources: board.sources.map(({ lag_ms: _, office_lag_ms: __, ...rest }) => rest),
      })
