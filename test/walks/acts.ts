// Steps of the clock, of people, of the law, and a restart.

import { MOVES } from '../../server/core/card/procedure.ts'
import { asInstant } from '../../server/core/time/instant.ts'
import { canonicalize } from '../../server/intake/canonical.ts'
import { openSupervisorOn, SMALL } from '../supervision/house.ts'
import { below, DAY, HOUR, iso, load, one, type WalkStep } from './walker.ts'

export const clock: WalkStep = {
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

export const cardMove: WalkStep = {
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

export const alias: WalkStep = {
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

export const law: WalkStep = {
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

export const quarantine: WalkStep = {
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

export const restart: WalkStep = {
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

export const withdrawing: WalkStep = {
  name: 'withdraw',
  weight: 3,
  async take(walker) {
    const found = one(walker, await walker.disk.store.inputs('import'))
    if (found === undefined) return null
    const told = await walker.house.supervisor.withdraw({ id: String(found.seq), by: 'admin', why: '导错了' })
    return `${found.seq} ${JSON.stringify(told)}`
  },
}

export const officeVoid: WalkStep = {
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
