// The steps of a walk: what a source, a person, the clock, the law or a restart can do next. Each maker does one thing, or
// nothing where there is nothing to do it to, and says what it did. Draws only on the walker's seeded numbers.

import { MOVES } from '../../server/core/card/procedure.ts'
import { asInstant } from '../../server/core/time/instant.ts'
import { canonicalize } from '../../server/intake/canonical.ts'
import { isTaken, toFact } from '../../server/intake/fact.ts'
import type { Disk } from '../audit/ledger.ts'
import { openSupervisorOn, SMALL, type SupervisorHouse } from '../supervision/house.ts'

export interface Walker {
  readonly random: () => number
  readonly disk: Disk
  house: SupervisorHouse
  /** Every event that was sent. */
  readonly events: { source: string; event: Record<string, unknown> }[]
  readonly cases: string[]
  n: number
}

export interface WalkStep {
  readonly name: string
  readonly weight: number
  /** What was done; null: there was nothing to do it to. */
  take(walker: Walker): Promise<string | null>
}

const HOUR = 3_600_000
const DAY = 24 * HOUR

const below = (walker: Walker, most: number): number => Math.floor(walker.random() * most)
const one = <T>(walker: Walker, list: readonly T[]): T | undefined => list[below(walker, list.length)]

const iso = (at: number): string => new Date(at).toISOString()

/** Sends one event; a refused one goes to quarantine as it would over HTTP. */
const send = async (
  walker: Walker,
  source: string,
  event: Record<string, unknown>,
  { historical = null, importNo = null }: { historical?: number | null; importNo?: number | null } = {},
): Promise<string> => {
  const { supervisor } = walker.house
  const context = { source, now: supervisor.now(), aheadMs: 600_000 }
  const read = toFact(event, { ...context, historical: historical === null ? null : asInstant(historical) })
  const raw = isTaken(read) ? null : JSON.stringify(event)
  const [outcome] = await supervisor.ingest([read], [raw], { source, by: source, importNo })
  walker.events.push({ source, event })
  return `${event.event_type} ${event.project_no ?? ''} ${event.event_id} ${event.occurred_at} → ${outcome?.outcome} ${outcome?.code ?? ''}`
}

/** A stamp: mostly now, at times hours, at times days before. */
const stamp = (walker: Walker): number => {
  const back = walker.random()
  const now = walker.house.supervisor.now()
  if (back < 0.6) return now
  return now - Math.floor(walker.random() * (back < 0.85 ? 10 * HOUR : 12 * DAY))
}

const eventOf = (
  walker: Walker,
  type: string,
  no: string,
  more: Record<string, unknown> = {},
): Record<string, unknown> => {
  walker.n += 1
  return {
    event_id: `e${walker.n}`,
    event_type: type,
    project_no: no,
    occurred_at: iso(stamp(walker)),
    org_code: 'D1',
    window_no: one(walker, ['A01', 'A02', 'Z9']),
    operator_id: one(walker, ['OP1', 'OP2']),
    operator_name: '王晓峰',
    ...more,
  }
}

const ITEMS = ['five', 'open', 'nowhere', 'five'] as const
const SOURCES = ['east', 'east', 'east', 'west'] as const

const opening: WalkStep = {
  name: 'open',
  weight: 8,
  async take(walker) {
    const no = `P${walker.cases.length + 1}`
    walker.cases.push(no)
    const source = one(walker, SOURCES) ?? 'east'
    const item = { task_code: one(walker, ITEMS) }
    const first = await send(walker, source, eventOf(walker, 'RECEIVE', no, item))
    return walker.random() < 0.2
      ? first
      : `${first}; ${await send(walker, source, eventOf(walker, 'ACCEPT', no, item))}`
  },
}

const FOLLOWING: readonly [type: string, payload: Record<string, unknown>][] = [
  ['CORRECT_NOTICE', { list: ['身份证'] }],
  ['CORRECT_DONE', {}],
  ['ACCEPT', {}],
  ['SUSPEND', { kind: 'hearing', approved_days: '10WD' }],
  ['RESUME', {}],
  ['EXTEND', { days: 5, approver: '主任' }],
  ['DECIDE', { result: 'granted' }],
  ['DECIDE', { result: 'refused', reason: '不符' }],
  ['COMPLETE', {}],
  ['WITHDRAW', {}],
  ['TERMINATE', {}],
  ['DELIVER', {}],
  ['URGE', {}],
  ['RATE', { level: 1 }],
  ['HANDOVER', { direction: 'front_to_back', to: 'A02' }],
  ['STEP_START', { step_code: 's1' }],
  ['STEP_END', { step_code: 's1' }],
  ['REFUSE_ACCEPT', { reason: '不属本部门' }],
]

const following: WalkStep = {
  name: 'event',
  weight: 22,
  async take(walker) {
    const no = one(walker, walker.cases)
    const [type, payload] = one(walker, FOLLOWING) ?? ['URGE', {}]
    return no === undefined
      ? null
      : send(walker, one(walker, SOURCES) ?? 'east', eventOf(walker, type, no, { payload }))
  },
}

const past: WalkStep = {
  name: 'past record',
  weight: 3,
  async take(walker) {
    const no = one(walker, walker.cases)
    const historical = walker.house.supervisor.now()
    const type = one(walker, ['ACCEPT', 'URGE', 'DECIDE']) ?? 'URGE'
    return no === undefined ? null : send(walker, 'east', eventOf(walker, type, no), { historical })
  },
}

const voiding: WalkStep = {
  name: 'void',
  weight: 6,
  async take(walker) {
    const target = one(walker, walker.events)
    if (target === undefined) return null
    const { project_no: no, event_id: id } = target.event
    const event = eventOf(walker, 'VOID', String(no), { payload: { target: id } })
    return send(walker, walker.random() < 0.85 ? target.source : 'west', event)
  },
}

const again: WalkStep = {
  name: 'again',
  weight: 4,
  async take(walker) {
    const known = one(walker, walker.events)
    if (known === undefined) return null
    const isOther = walker.random() < 0.5
    return send(walker, known.source, isOther ? { ...known.event, operator_name: '别人' } : known.event)
  },
}

const refused: WalkStep = {
  name: 'refused',
  weight: 3,
  take: (walker) => send(walker, 'east', eventOf(walker, 'ACCEPT', 'P1', { occurred_at: 'yesterday' })),
}

const clock: WalkStep = {
  name: 'clock',
  weight: 14,
  async take(walker) {
    const { clock: hand, supervisor } = walker.house
    const by = walker.random() < 0.5 ? walker.random() * 10 * HOUR : walker.random() * 9 * DAY
    hand.set(asInstant(supervisor.now() + Math.floor(by)))
    await supervisor.settled()
    return iso(supervisor.now())
  },
}

const cardMove: WalkStep = {
  name: 'move',
  weight: 12,
  async take(walker) {
    const { rows } = await walker.disk.store.listCards({ limit: 200 })
    const found = one(walker, rows)
    const move = one(walker, MOVES)
    if (found === undefined || move === undefined) return null
    const { cardId } = found.card
    const asked = {
      cardId,
      move,
      by: one(walker, ['sup1', 'unit1']) ?? '',
      why: '核实',
      signedBy: walker.random() < 0.5 ? '赵主任' : null,
    }
    const told = await walker.house.supervisor.move({ ...asked, stillOverdue: walker.random() < 0.5 })
    return `${move} ${cardId} ${JSON.stringify(told)}`
  },
}

/** Rows of a register's export: some new, some of an edition after or before what is known, some known by another way. */
const importing: WalkStep = {
  name: 'import',
  weight: 6,
  async take(walker) {
    const { supervisor } = walker.house
    walker.n += 1
    const asOf = supervisor.now() - below(walker, 5) * DAY
    const historical = walker.random() < 0.3 ? supervisor.now() - below(walker, 20) * DAY : null
    const asked = { id: `i${walker.n}`, file: 'register.csv', digest: null, mapping: null, source: 'east', by: 'admin' }
    const importNo = await supervisor.beginImport({ ...asked, historical, asOf })
    const done: string[] = []
    for (let row = 0; row < 1 + below(walker, 4); row++) {
      const known = one(walker, walker.events)
      const no = one(walker, [...walker.cases, `R${below(walker, 3)}`]) ?? 'R1'
      const [type, payload] = one(walker, FOLLOWING) ?? ['URGE', {}]
      const day = walker.random() < 0.4 ? { precision: 'day', occurred_at: iso(stamp(walker)).slice(0, 10) } : {}
      const register = { name: 'book', key: type, as_of: iso(asOf), file: 'register.csv', line: row + 1 }
      const fresh = eventOf(walker, type, no, { payload, ...day, ...(walker.random() < 0.7 ? { register } : {}) })
      const event = known !== undefined && walker.random() < 0.2 ? known.event : fresh
      done.push(await send(walker, 'east', event, { historical, importNo }))
    }
    return `${importNo} ${historical === null ? '' : iso(historical)}: ${done.join('; ')}`
  },
}

const withdrawing: WalkStep = {
  name: 'withdraw',
  weight: 3,
  async take(walker) {
    const found = one(walker, await walker.disk.store.inputs('import'))
    if (found === undefined) return null
    const told = await walker.house.supervisor.withdraw({ id: String(found.seq), by: 'admin', why: '导错了' })
    return `${found.seq} ${JSON.stringify(told)}`
  },
}

const officeVoid: WalkStep = {
  name: 'office void',
  weight: 3,
  async take(walker) {
    const target = one(walker, walker.events)
    if (target === undefined) return null
    const eventId = String(target.event.event_id)
    const asked = { source: target.source, eventId, by: 'admin', why: '来源已停用' }
    return `${eventId} ${JSON.stringify(await walker.house.supervisor.voidFact(asked))}`
  },
}

const alias: WalkStep = {
  name: 'alias',
  weight: 5,
  async take(walker) {
    const joined = walker.random() < 0.6
    const entries = await walker.disk.store.aliases()
    const last = one(walker, entries)
    const known = last === undefined ? null : (JSON.parse(last.body) as { alias: string; project_no: string })
    const [a, b] = [one(walker, walker.cases), one(walker, [...walker.cases, 'Q1'])]
    if (a === undefined || b === undefined) return null
    const step =
      joined || known === null
        ? { alias: b, home: a, joined: true }
        : { alias: known.alias, home: known.project_no, joined: false }
    return `${JSON.stringify(step)} ${JSON.stringify(await walker.house.supervisor.join(step, { by: 'admin', why: '同一件' }))}`
  },
}

const load = (walker: Walker, body: object): Promise<unknown> =>
  walker.house.supervisor.loadCatalogue(body as Record<string, unknown>, canonicalize(body as never), 'admin')

const law: WalkStep = {
  name: 'law',
  weight: 4,
  async take(walker) {
    const days = 2 + below(walker, 8)
    const from = iso(walker.house.supervisor.now() + (below(walker, 20) - 10) * DAY).slice(0, 10)
    const five = {
      task_code: 'five',
      name: '五日件',
      org_code: 'D1',
      project_type: '2',
      promise: `${days}WD`,
      statute: '20WD',
    }
    await load(walker, { ...SMALL, valid_from: from, items: [five, ...(SMALL.items ?? []).slice(1)] })
    return `five: ${days}WD from ${from}`
  },
}

const quarantine: WalkStep = {
  name: 'quarantine',
  weight: 2,
  async take(walker) {
    const { rows } = await walker.disk.store.quarantine({ limit: 50 })
    const row = one(walker, rows)
    if (row === undefined) return null
    const how = walker.random() < 0.5 ? ('dismissed' as const) : ('resubmitted' as const)
    const body = canonicalize({ quarantine: row.id, why: how } as never)
    await walker.house.supervisor.record({ kind: 'move', by: 'admin', body }, (batch) => {
      batch.quarantineSteps = {
        gone: [],
        resolved: [{ source: row.source, from: row.id, upTo: row.id, code: null, how }],
      }
    })
    return `${row.id} ${how}`
  },
}

const restart: WalkStep = {
  name: 'restart',
  weight: 3,
  async take(walker) {
    const now = iso(walker.house.supervisor.now())
    await walker.house.close()
    walker.house = await openSupervisorOn(walker.disk.store, now)
    await walker.house.supervisor.settled()
    return now
  },
}

export const STEPS: readonly WalkStep[] = [
  opening,
  following,
  past,
  voiding,
  again,
  refused,
  clock,
  cardMove,
  importing,
  withdrawing,
  officeVoid,
  alias,
  law,
  quarantine,
  restart,
]

/** What every walk begins with: the law, and a case to act on. */
export const begin = async (walker: Walker): Promise<void> => {
  await load(walker, { ...SMALL, sources: [...(SMALL.sources ?? []), { source: 'west', name: '西区系统' }] })
  await opening.take(walker)
}
