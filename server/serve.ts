// The server put together: threads, supervisor, pump, gateway, routes, keys, local socket; and taken down in the
// reverse order. Two of them run in one process without knowing of each other.

import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { FastifyInstance } from 'fastify'
import { openKeyRing } from './access/keys.ts'
import { type Role, scopeOf } from './access/permissions.ts'
import type { Settings } from './config.ts'
import { openControl } from './control.ts'
import { rateScaleAt } from './core/law/law.ts'
import type { Scope } from './core/scope.ts'
import type { Instant } from './core/time/instant.ts'
import { aliasRoutes } from './http/aliases.ts'
import { buildDoor } from './http/app.ts'
import { cardRoutes } from './http/cards.ts'
import { caseRoutes } from './http/cases.ts'
import { catalogueRoutes } from './http/catalogue.ts'
import { catalogueFileRoutes } from './http/catalogue-files.ts'
import { catalogueListRoutes } from './http/catalogue-lists.ts'
import { catalogueTakeBackRoutes } from './http/catalogue-loads.ts'
import { collisionRoutes } from './http/collisions.ts'
import { dueRoutes } from './http/due.ts'
import { eventRoutes } from './http/events.ts'
import { healthRoutes } from './http/health.ts'
import { importRoutes } from './http/imports.ts'
import { measureRoutes } from './http/measures.ts'
import type { RouteTold } from './http/paths.ts'
import { quarantineRoutes } from './http/quarantine.ts'
import { rankingRoutes } from './http/rankings.ts'
import { sourceRoutes } from './http/sources.ts'
import { mindUpgrades } from './http/upgrades.ts'
import { urgeRoutes } from './http/urges.ts'
import { voidRoutes } from './http/voids.ts'
import { windowRoutes } from './http/windows.ts'
import { type Gateway, openGateway } from './live/gateway.ts'
import { PANELS } from './live/panels/registry.ts'
import { openPump, type Pump } from './live/pump.ts'
import { consoleHandlers } from './office/console.ts'
import { dueLawOf } from './office/due.ts'
import { catalogueSource } from './office/law/catalogue.ts'
import { quarantineOver } from './office/rejects-kept.ts'
import type { KeyStore } from './store/keys.ts'
import type { Records } from './store/port.ts'
import { openKeys } from './store/sqlite/keys.ts'
import { logBytesOf } from './store/sqlite/log.ts'
import { openRecords } from './store/sqlite/records.ts'
import { DEFAULT_LIMITS } from './supervision/limits.ts'
import { factBoundOf } from './supervision/line.ts'
import type { QuarantineBounds } from './supervision/room.ts'
import { openSlices } from './supervision/slices.ts'
import { openSupervisor, type Supervisor } from './supervision/supervisor.ts'
import { openLawsThen } from './supervision/then.ts'
import { openThreads } from './supervision/threads.ts'

export interface Serving {
  readonly url: string
  /** Whether there are pages to be seen: the client was built. */
  readonly hasPages: boolean
  readonly supervisor: Supervisor
  readonly routes: readonly RouteTold[]
  readonly keys: KeyStore
  /** Call after keys were added beside the office's own door. */
  readonly keysChanged: () => Promise<void>
  close(): Promise<void>
}

export interface ServeOptions {
  readonly settings: Settings
  /** Role of callers without a key; the demonstration says leader: all but personal data. */
  readonly anonymous: Role | null
  /** The line stopped: the store broke or a thread died. */
  readonly onBroken: (error: Error) => void
}

/** The built client beside the bundle, or in dist when run from source; null: not built. */
const clientFolder = (): string | null => {
  for (const place of ['../client/', '../dist/client/']) {
    const folder = fileURLToPath(new URL(place, import.meta.url))
    if (existsSync(`${folder}/index.html`) && existsSync(`${folder}/assets`)) return folder
  }
  return null
}

/** How much the quarantine may hold of each source (I5). */
const boundsOf = ({ quarantineRows: rows, quarantineBytes: bytes }: Settings): QuarantineBounds => ({ rows, bytes })

interface Inside {
  readonly supervisor: Supervisor
  readonly records: Records
  readonly reader: Records
}

const routesOf = (options: ServeOptions, inside: Inside, live: { pump: Pump; gateway: () => Gateway | null }) => {
  const { clock, aheadMs, bodyBytes, requestEvents, uploadBytes, data: folder } = options.settings
  const { supervisor, records, reader } = inside
  const limits = { bytes: bodyBytes, events: requestEvents, slice: DEFAULT_LIMITS.batchEvents, aheadMs }
  const now = { now: () => supervisor.now() }
  const scaleOf = (source: string, at: Instant) => rateScaleAt(supervisor.law, source, at)
  const catalogue = catalogueSource({ supervisor, reader })
  const laws = openLawsThen(records, (work) => supervisor.inPieces(work))
  const board = () => {
    const outbox = live.pump.outbox('all')
    if (outbox === null) throw new Error('there is no board of everything')
    return outbox.snapshot().board
  }
  return [
    eventRoutes({ supervisor, scaleOf, clock: { ...now, mono: clock.mono }, limits }),
    quarantineRoutes(
      quarantineOver(inside, { clock: { ...clock, ...now }, aheadMs, bounds: boundsOf(options.settings) }),
    ),
    caseRoutes({ supervisor, records, reader, laws }),
    aliasRoutes({ supervisor, records }),
    collisionRoutes({ supervisor, reader }),
    voidRoutes({ supervisor }),
    urgeRoutes({ supervisor, records }),
    cardRoutes({ supervisor, records, reader, laws }),
    measureRoutes({ supervisor, reader }),
    rankingRoutes({ supervisor, reader }),
    importRoutes({ supervisor, reader, clock: now, aheadMs, uploadBytes, folder }),
    sourceRoutes({ supervisor, reader }),
    windowRoutes({ supervisor, reader, board }),
    catalogueRoutes({ supervisor, source: catalogue }),
    catalogueListRoutes({ source: catalogue, reader, slices: openSlices(clock.mono) }),
    catalogueFileRoutes({ supervisor, source: catalogue, reader }),
    catalogueTakeBackRoutes({ supervisor, source: catalogue, reader }),
    dueRoutes({ law: () => dueLawOf(supervisor.law), mono: clock.mono }),
    healthRoutes({
      supervisor,
      screens: () => live.gateway()?.screens() ?? 0,
      logBytes: () => logBytesOf(folder),
    }),
  ]
}

const listen = async (app: FastifyInstance, settings: Settings): Promise<string> => {
  await app.listen({ host: settings.host, port: settings.port, backlog: 4_096 })
  const address = app.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : settings.port
  return `http://${settings.host.includes(':') ? `[${settings.host}]` : settings.host}:${port}`
}

/** Opens the data folder and serves it. Rejects with StoreError, EADDRINUSE and the like, having closed all again. */
export const openServing = async (options: ServeOptions): Promise<Serving> => {
  const { settings, anonymous, onBroken } = options
  const { clock, data } = settings
  const undo: (() => Promise<unknown> | unknown)[] = []
  const closeAll = async (): Promise<void> => {
    let trouble: unknown = null
    // one that fails leaves none of the others open
    for (const step of undo.splice(0).reverse()) {
      try {
        await step()
      } catch (error) {
        trouble ??= error
      }
    }
    if (trouble !== null) throw trouble
  }
  try {
    const { ledger, reader } = await openThreads(data, onBroken)
    undo.push(() => reader.close())
    const records = openRecords(data)
    const limits = { ...DEFAULT_LIMITS, queueEvents: settings.queueEvents }
    const supervisor = await openSupervisor({
      ledger,
      records,
      clock,
      limits,
      onBroken,
      quarantine: boundsOf(settings),
      factBound: factBoundOf(settings.caseFacts),
    })
    undo.push(() => supervisor.close())
    const keys = openKeys(data)
    undo.push(() => keys.close())
    const access = await openKeyRing(keys)
    let gateway: Gateway | null = null
    const start = randomBytes(6).toString('hex')
    const pump = await openPump({
      supervisor,
      records,
      reader,
      clock,
      panels: PANELS,
      start,
      onPatch: (scope, patch) => gateway?.patch(scope, patch),
      onTrouble: () => gateway?.cutAll(),
    })
    undo.push(() => pump.close())
    const routes = routesOf(options, { supervisor, records, reader }, { pump, gateway: () => gateway })
    const clientDir = clientFolder()
    const log = { level: settings.log }
    const { app, ending, routes: told } = buildDoor({ access, anonymous, clientDir, mono: clock.mono, log, routes })
    await app.ready()
    const admit = (token: string | null): Scope | null => {
      const nobody = anonymous === null ? null : { role: anonymous }
      const holder = token === null || token === '' ? nobody : access.roleOf(token)
      return holder === null ? null : scopeOf(holder, 'wall.read')
    }
    const onCut = (why: string): void => app.log.warn({ why }, 'screen cut')
    const open = openGateway({ http: app.server, pump, mono: clock.mono, admit, onCut })
    gateway = open
    mindUpgrades(app.server, clock.mono)
    undo.push(() => app.close())
    undo.push(() => ending.shut())
    undo.push(() => open.close())
    const url = await listen(app, settings)
    const keysChanged = async (): Promise<void> => {
      await access.refresh()
      open.recheck()
    }
    const control = await openControl(
      data,
      consoleHandlers({ keys: (does) => does(keys), changed: keysChanged, supervisor: async () => supervisor }),
    )
    undo.push(() => control.close())
    return { url, hasPages: clientDir !== null, supervisor, routes: told, keys, keysChanged, close: closeAll }
  } catch (error) {
    await closeAll().catch(() => undefined)
    throw error
  }
}
