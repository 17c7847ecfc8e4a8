// Loads of law of every kind that a day may bring (T1a, J6, J7), drawn by a seed, for a store that a walk has made; and what a
// store says of its cases, cards and sums, so that before and after can be laid side by side.

import type { Card } from '../../server/core/card/card.ts'
import { judgeCase } from '../../server/core/case/judge.ts'
import type { CaseState } from '../../server/core/case/state.ts'
import { printDay } from '../../server/core/time/civil.ts'
import type { Records, StoredCase } from '../../server/store/port.ts'
import type { Supervisor } from '../../server/supervision/supervisor.ts'
import { SMALL } from '../supervision/house.ts'

export interface Draw {
  below(most: number): number
  /** A day so many days from the instant of the store. */
  dayFrom(days: number): string
}

const doc = (more: object, from = '2024-01-01'): Record<string, unknown> => ({
  catalogue: '一载',
  valid_from: from,
  ...more,
})

const five = (more: object): object => ({
  task_code: 'five',
  name: '五日件',
  org_code: 'D1',
  project_type: '2',
  promise: '5WD',
  statute: '20WD',
  ...more,
})

const off = (draw: Draw, from: number, count: number): object[] =>
  Array.from({ length: count }, (_, i) => ({ on: draw.dayFrom(from + i), kind: 'off', name: '停办' }))

/** A calendar that reaches to a day of the walk: everything due past it is provisional, and waits. */
export const reaching = (to: string): Record<string, unknown> =>
  doc({
    calendars: [
      { calendar_id: 'cn', name: '历', zone: 'Asia/Shanghai', from: '2026-01-01', to, statutory: 'cn', days: [] },
    ],
  })

type Make = (draw: Draw) => Record<string, unknown>

/** kind of load → how it is drawn. */
export const LOADS: Readonly<Record<string, Make>> = {
  'days off': (draw) =>
    doc({ notices: [{ calendar_id: 'cn', days: off(draw, draw.below(20) - 18, 1 + draw.below(6)) }] }),
  'make-up days': (draw) =>
    doc({
      notices: [{ calendar_id: 'cn', days: [{ on: draw.dayFrom(-draw.below(14)), kind: 'work', name: '调休' }] }],
    }),
  'a shorter calendar': (draw) => reaching(draw.dayFrom(draw.below(24) - 16)),
  'a longer calendar': (draw) => doc({ notices: [{ calendar_id: 'cn', to: draw.dayFrom(90), days: off(draw, 2, 1) }] }),
  'another promise': (draw) => doc({ items: [five({ promise: `${1 + draw.below(12)}WD` })] }, draw.dayFrom(-30)),
  'another statute': (draw) =>
    doc({ items: [five({ promise: '3WD', statute: `${3 + draw.below(5)}WD` })] }, draw.dayFrom(-draw.below(30))),
  'an item listed': () => doc({ items: [{ task_code: 'nowhere', name: '新列', org_code: 'D1', promise: '2WD' }] }),
  'a window listed': () => doc({ windows: [{ window_no: 'Z9', name: '新窗', org_code: 'D1' }] }),
  'an item of another department': (draw) =>
    doc(
      {
        departments: [{ org_code: 'D2', name: '住建局', region_code: '459900' }],
        items: [five({ org_code: 'D2' })],
      },
      draw.dayFrom(-draw.below(20)),
    ),
  'a rule to be confirmed': () =>
    doc({
      rules: [
        { rule_id: 'T-02', mode: 'confirm' },
        { rule_id: 'P-01', mode: 'confirm' },
      ],
    }),
  'another school': (draw) => doc({ settings: { profile: ['hunan', 'yulin', 'chengdu'][draw.below(3)] } }),
  'supervised from a day': (draw) =>
    doc({ settings: { supervised_from: `${draw.dayFrom(-draw.below(20))}T00:00:00+08:00` } }),
  'a batch source': () =>
    doc({ sources: [{ source: 'east', name: '东区系统', mode: 'batch', delivers_at: ['02:00'] }] }),
  'a source that cannot send all': () =>
    doc({ sources: [{ source: 'east', name: '东区系统', sends: ['RECEIVE', 'ACCEPT', 'COMPLETE'] }] }),
  'numbers of its own': () => doc({ sources: [{ source: 'west', name: '西区系统', numbers: 'own' }] }),
  'much at once': (draw) =>
    doc({
      notices: [{ calendar_id: 'cn', days: off(draw, -9, 4) }],
      items: [five({ promise: '2WD' })],
      rules: [{ rule_id: 'T-03', mode: 'confirm' }],
      sources: [{ source: 'west', name: '西区系统', numbers: 'own' }],
    }),
  'other twins': (draw) =>
    doc({ settings: { twin_minutes: [0, 2, 60, 1439][draw.below(4)] } }, draw.dayFrom(-draw.below(14))),
  'the catalogue again': () => ({ ...SMALL }),
}

const EVER = 1_000_000

export interface CaseSaid {
  readonly clocks: string
  readonly due: string | null
  readonly verdict: string | null
  readonly flows: string
  readonly apart: string | null
}

/** A store, as whoever asks is told of it. */
export interface StoreSaid {
  readonly cases: ReadonlyMap<string, CaseSaid>
  readonly cards: ReadonlyMap<string, Card>
  /** Sums of all days and departments, by kind; and each sum by its dimension, key and department. */
  readonly figures: Readonly<Record<string, number>>
  readonly totals: readonly string[]
}

const ENDED: readonly string[] = ['on_time', 'late', 'undated', 'excluded']

const caseSaid = ({ row }: StoredCase, supervisor: Supervisor): CaseSaid => {
  const flows = JSON.stringify(row.flows.map((flow) => JSON.stringify(Object.entries(flow).sort())).sort())
  // a case ended as the figures say that it did: what people said of its cards is in them (C5, F5)
  const verdict = row.flows.find(({ kind }) => ENDED.includes(kind))?.kind ?? null
  if (row.state === '' || row.apart !== null)
    return { clocks: '[null,null]', due: null, verdict, flows, apart: row.apart }
  const { law, delivered } = supervisor
  const judged = judgeCase(JSON.parse(row.state) as CaseState, law, supervisor.now(), delivered)
  const { main, promise, statute } = judged
  const due = main === null ? null : `${printDay(main.due.dueOn)}${main.due.provisional ? ' ~' : ''}`
  return {
    clocks: JSON.stringify([promise?.due.dueAt ?? null, statute?.due.dueAt ?? null]),
    due,
    verdict,
    flows,
    apart: null,
  }
}

export const saidOf = async (records: Records, supervisor: Supervisor): Promise<StoreSaid> => {
  const stored = await records.stale(-1, -1, '', EVER)
  const cases = new Map(stored.map((each) => [each.row.projectNo, caseSaid(each, supervisor)]))
  const cards = new Map<string, Card>()
  const { rows } = await records.listCards({ limit: 10_000 })
  for (const { card } of rows) cards.set(card.cardId, { ...card, moves: 0 })
  const figures: Record<string, number> = {}
  const totals: string[] = []
  for (const dimension of ['department', 'region', 'window', 'operator', 'item', 'source', 'code'] as const)
    for (const { key, department, kind, n } of await records.totals(dimension, -EVER, EVER)) {
      if (dimension === 'department') figures[kind] = (figures[kind] ?? 0) + n
      if (n !== 0) totals.push(`${dimension} ${key} ${department} ${kind} ${n}`)
    }
  return { cases, cards, figures, totals: totals.sort() }
}
