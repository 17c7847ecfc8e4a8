// Steps of sources: cases begun and carried on, in time and late, live and by imports, void, again, refused.

import { below, DAY, HOUR, iso, one, send, stamp, type Walker, type WalkStep } from './walker.ts'

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

export const opening: WalkStep = {
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

export const following: WalkStep = {
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

export const past: WalkStep = {
  name: 'past record',
  weight: 3,
  async take(walker) {
    const no = one(walker, walker.cases)
    const historical = walker.house.supervisor.now()
    const type = one(walker, ['ACCEPT', 'URGE', 'DECIDE']) ?? 'URGE'
    return no === undefined ? null : send(walker, 'east', eventOf(walker, type, no), { historical })
  },
}

export const voiding: WalkStep = {
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

export const again: WalkStep = {
  name: 'again',
  weight: 4,
  async take(walker) {
    const known = one(walker, walker.events)
    if (known === undefined) return null
    const isOther = walker.random() < 0.5
    return send(walker, known.source, isOther ? { ...known.event, operator_name: '别人' } : known.event)
  },
}

export const refused: WalkStep = {
  name: 'refused',
  weight: 3,
  take: (walker) => send(walker, 'east', eventOf(walker, 'ACCEPT', 'P1', { occurred_at: 'yesterday' })),
}

/** A row of the file waits, too; of three such rows each comes again by further imports. Draws nothing: kept walks stay as they were. */
const wait = async ({ house, n }: Walker, importNo: number): Promise<void> => {
  const eventId = `waits-${n % 3}`
  const why = { code: 'row_waits', at: '', detail: 'bad_date', eventId, projectNo: `R${n % 3}`, rowNo: 99 } as const
  const raw = JSON.stringify({ event_id: eventId, event_type: 'ACCEPT', occurred_at: { unread: '不详' } })
  await house.supervisor.ingest([why], [raw], { source: 'east', by: 'admin', importNo })
}

/** Rows of a register's export: some new, some of an edition after or before what is known, some known by another way. */
export const importing: WalkStep = {
  name: 'import',
  weight: 6,
  async take(walker) {
    const { supervisor } = walker.house
    walker.n += 1
    // two files of one name would be one file, whose lines no order of arrival tells apart
    const file = `register-${walker.n}.csv`
    const asOf = supervisor.now() - below(walker, 5) * DAY
    const historical = walker.random() < 0.3 ? supervisor.now() - below(walker, 20) * DAY : null
    const asked = { id: `i${walker.n}`, file, digest: null, mapping: null, source: 'east', by: 'admin' }
    const importNo = await supervisor.beginImport({ ...asked, historical, asOf })
    const done: string[] = []
    for (let row = 0; row < 1 + below(walker, 4); row++) {
      const known = one(walker, walker.events)
      const no = one(walker, [...walker.cases, `R${below(walker, 3)}`]) ?? 'R1'
      const [type, payload] = one(walker, FOLLOWING) ?? ['URGE', {}]
      const day =
        walker.random() < 0.4
          ? { precision: 'day', occurred_at: `${iso(stamp(walker) + 8 * HOUR).slice(0, 10)}T00:00:00+08:00` }
          : {}
      const register = { name: 'book', key: type, as_of: iso(asOf), file, line: row + 1 }
      const fresh = eventOf(walker, type, no, { payload, ...day, ...(walker.random() < 0.7 ? { register } : {}) })
      const event = known !== undefined && walker.random() < 0.2 ? known.event : fresh
      done.push(await send(walker, 'east', event, { historical, importNo }))
    }
    await wait(walker, importNo)
    return `${importNo} ${historical === null ? '' : iso(historical)}: ${done.join('; ')}`
  },
}
