// A house front with a stand-in supervisor behind it: it keeps what it is handed, and can be told to be busy.

import type { FastifyPluginAsync } from 'fastify'
import type { Access, Identity } from '../../server/access/keys.ts'
import type { Role } from '../../server/access/permissions.ts'
import { type AppParts, buildApp } from '../../server/http/app.ts'
import { eventRoutes } from '../../server/http/events.ts'
import { isTaken, type Rejection, type Taken } from '../../server/intake/fact.ts'
import type { HandOver, Intake, Outcome } from '../../server/intake/outcome.ts'
import { DEFAULT_BOUNDS } from '../../server/intake/wired.ts'
import type { EventParts } from '../../server/office/events.ts'
import { Busy } from '../../server/supervision/busy.ts'
import { CONTEXT } from '../intake/wire.ts'

/** The key of a role is its name; `source` sends for approval-east. */
export const access: Access = {
  roleOf: (key) => IDENTITIES.get(key) ?? null,
}

const identity = (role: Role, source: string | null = null): [string, Identity] => [
  role,
  { id: role, role, source, name: source ?? role },
]

const IDENTITIES = new Map<string, Identity>([
  identity('administrator'),
  identity('supervisor'),
  identity('reviewer'),
  identity('leader'),
  identity('unit'),
  identity('auditor'),
  identity('screen'),
  identity('source', 'approval-east'),
  ['past', { id: 'past', role: 'source', source: 'approval-east', name: 'approval-east', declaresPast: true }],
  ['nameless', { id: 'nameless', role: 'source', source: null, name: 'nameless' }],
])

export const bearer = (key: string): { authorization: string } => ({ authorization: `Bearer ${key}` })

export interface Heard {
  intakes: (Taken | Rejection)[]
  raw: (string | null)[]
  slices: number[]
  handOvers: HandOver[]
}

export interface StandIn extends Intake {
  readonly heard: Heard
  /** Busy from this slice on. */
  busyFrom: number
  /** Resolves when the next slice has been taken. */
  nextSlice(): Promise<void>
}

export const standIn = (): StandIn => {
  const heard: Heard = { intakes: [], raw: [], slices: [], handOvers: [] }
  const seen = new Set<string>()
  const waiting: (() => void)[] = []
  const outcomeOf = (intake: Taken | Rejection): Outcome => {
    if (!isTaken(intake)) return { outcome: 'rejected', code: intake.code, field: intake.at, detail: intake.detail }
    const known = seen.has(intake.body)
    seen.add(intake.body)
    return { outcome: known ? 'known' : 'accepted', code: null, field: null, detail: null }
  }
  return {
    heard,
    busyFrom: Number.POSITIVE_INFINITY,
    nextSlice: () => new Promise((resolve) => waiting.push(resolve)),
    async ingest(intakes, raw, handOver) {
      if (heard.slices.length >= this.busyFrom) throw new Busy(2)
      heard.intakes.push(...intakes)
      heard.raw.push(...raw)
      heard.slices.push(intakes.length)
      heard.handOvers.push(handOver)
      for (const resolve of waiting.splice(0)) resolve()
      return intakes.map(outcomeOf)
    },
  }
}

export const clock = { now: () => CONTEXT.now }

export const openHouse = (
  more: { app?: Partial<AppParts>; limits?: Partial<EventParts['limits']>; routes?: FastifyPluginAsync[] } = {},
) => {
  const supervisor = standIn()
  const limits = { ...DEFAULT_BOUNDS, aheadMs: CONTEXT.aheadMs, ...more.limits }
  const app = buildApp({
    access,
    anonymous: null,
    clientDir: null,
    mono: () => performance.now(),
    log: { level: 'silent' },
    routes: [
      eventRoutes({ supervisor, scaleOf: CONTEXT.scaleOf, clock: { ...clock, mono: () => performance.now() }, limits }),
      ...(more.routes ?? []),
    ],
    ...more.app,
  })
  return { app, supervisor }
}
