// The centre in which the model's cases live: items with every kind of limit, in versions; departments and regions that
// move; sources that cannot send everything; a region with days of its own. One document, read by the model and the product.

import { readFileSync } from 'node:fs'
import { type Random, seededRandom } from '../../fixtures/city/random.ts'
import type { Law, Profile } from '../../server/core/law/law.ts'
import type { CalendarRow } from './almanac.ts'
import type { Engine } from './product.ts'
import { type Row, type School, type World, worldOf } from './world.ts'

const data = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../server/core/law/data/${name}`, import.meta.url), 'utf8'))

const NATIONAL = data('cn.calendar.json') as CalendarRow
const SHIPPED = (data('profiles.json') as { profiles: Row[] }).profiles

export const ORGS = ['D1', 'D2', 'D3', 'D4']
export const WINDOWS = ['A01', 'A02', 'B01', 'C09']
export const STEPS = ['SC', 'JD', 'BZ', 'ZZ']
export const SOURCES = ['live', 'second', 'mute', 'waking', 'stranger', 'nightly']

const maybe = <T>(random: Random, share: number, key: string, make: () => T): Record<string, T> =>
  random.chance(share) ? { [key]: make() } : {}

const limitText = (random: Random): string => {
  const unit = random.pick(['WD', 'WD', 'WD', 'WD', 'ND', 'M', 'H', '0'])
  if (unit === '0') return '0'
  const most = { WD: 25, ND: 45, M: 3, H: 30 }[unit as 'WD' | 'ND' | 'M' | 'H']
  return `${random.between(1, most)}${unit}`
}

const itemRow = (random: Random, code: string): Row => ({
  task_code: code,
  name: code,
  org_code: random.pick(['D1', 'D2', 'D3']),
  ...maybe(random, 0.85, 'item_type', () => random.pick(['01', '01', '01', '05', '20'])),
  ...maybe(random, 0.5, 'project_type', () => random.pick(['1', '2', '2', '9'])),
  ...maybe(random, 0.65, 'promise', () => limitText(random)),
  ...maybe(random, 0.55, 'statute', () => limitText(random)),
  ...maybe(random, 0.3, 'extension_max', () => random.between(1, 20)),
  ...maybe(random, 0.3, 'green_class', () => random.pick(['general', 'planning', 'registration', 'tax'])),
  ...maybe(random, 0.2, 'joint', () => true),
  ...maybe(random, 0.2, 'first_review', () => limitText(random)),
  ...maybe(random, 0.4, 'joint_reply', () => limitText(random)),
  ...maybe(random, 0.4, 'steps', () =>
    STEPS.slice(0, random.between(1, 4)).map((step) => ({
      step_code: step,
      ...maybe(random, 0.7, 'limit', () => limitText(random)),
      ...(step === 'ZZ' ? { after_decision: true } : {}),
    })),
  ),
})

/** Three in ten items change on a day within the cases' year, one in ten begins within it. */
const itemRows = (random: Random, code: string): Row[] => {
  const first = itemRow(random, code)
  const day = () => random.pick(['2026-03-02', '2026-05-11', '2026-08-03', '2026-11-30', '2027-01-04'])
  if (random.chance(0.3)) return [first, { ...itemRow(random, code), valid_from: day() }]
  return [random.chance(0.15) ? { ...first, valid_from: day() } : first]
}

const EVENTS = [
  ...['RECEIVE', 'CORRECT_NOTICE', 'CORRECT_DONE', 'ACCEPT', 'REFUSE_ACCEPT', 'STEP_START', 'STEP_END', 'HANDOVER'],
  ...[
    'JOINT_DISPATCH',
    'JOINT_REPLY',
    'SUSPEND',
    'SUSPEND.notice_at',
    'SUSPEND.basis',
    'SUSPEND.approver',
    'SUSPEND.kind',
  ],
  ...['RESUME', 'EXTEND', 'EXTEND.approved_at', 'DECIDE', 'COMPLETE', 'WITHDRAW', 'TERMINATE', 'DELIVER', 'URGE'],
]
const without = (...gone: string[]): string[] => EVENTS.filter((name) => !gone.includes(name))

const SOURCE_ROWS: Row[] = [
  { source: 'live', name: '实时' },
  {
    source: 'mute',
    name: '受限',
    sends: without(
      'CORRECT_NOTICE',
      'DELIVER',
      'SUSPEND.notice_at',
      'SUSPEND.approver',
      'EXTEND.approved_at',
      'HANDOVER',
    ),
  },
  { source: 'nightly', name: '每夜', mode: 'batch', delivers_at: ['02:00'] },
  { source: 'waking', name: '渐全', sends: without('STEP_START', 'STEP_END', 'ACCEPT', 'RESUME', 'JOINT_REPLY') },
  { source: 'waking', name: '渐全', valid_from: '2026-06-01', sends: without('SUSPEND', 'SUSPEND.kind') },
  { source: 'waking', name: '渐全', valid_from: '2026-09-07', sends: EVENTS },
]

const LOCAL: CalendarRow & Row = {
  calendar_id: 'local',
  name: '本地',
  parent: 'cn',
  zone: 'Asia/Shanghai',
  from: '2026-01-01',
  to: '2026-12-31',
  source: '本地通知',
  days: [
    ...['2026-03-03', '2026-04-15', '2026-07-08', '2026-10-20', '2026-12-08'].map((on) => ({
      on,
      kind: 'off',
      name: '停',
    })),
    ...['2026-03-07', '2026-04-18', '2026-07-11', '2026-10-24', '2026-12-12'].map((on) => ({
      on,
      kind: 'work',
      name: '补',
    })),
  ],
}

const ITEMS = 60

const itemsOf = (seed: number, profile: string): Row[] => {
  const random = seededRandom(seed, `model items ${profile}`)
  return Array.from({ length: ITEMS }, (_, i) => itemRows(random, `T${i}`)).flat()
}

const bodyOf = (profile: string, items: readonly Row[]): Row => ({
  catalogue: '模型',
  valid_from: '2020-01-01',
  centre: { name: '测试中心', calendar: 'cn' },
  settings: { profile },
  regions: [
    { region_code: 'R0', name: '市' },
    { region_code: 'R1', name: '甲区', parent: 'R0' },
    { region_code: 'R1', name: '甲区', parent: 'R0', calendar: 'local', valid_from: '2026-10-19' },
    { region_code: 'R2', name: '乙区', parent: 'R0', calendar: 'local' },
  ],
  departments: [
    { org_code: 'D1', name: '甲局', region_code: 'R1' },
    { org_code: 'D2', name: '乙局', region_code: 'R2' },
    { org_code: 'D3', name: '丙局', region_code: 'R1' },
    { org_code: 'D3', name: '丙局', region_code: 'R2', valid_from: '2026-06-15' },
  ],
  windows: WINDOWS.slice(0, 3).map((code, i) => ({ window_no: code, name: code, org_code: ORGS[i >> 1] })),
  sources: SOURCE_ROWS,
  calendars: [LOCAL],
  items,
})

/** A school and what is changed in it that no shipped one says. */
interface Form {
  readonly id: string
  readonly change: Partial<Pick<Profile, 'countAcceptanceDay' | 'dueAtClosing' | 'pauseApproverRequired'>>
}

const FORMS: readonly Form[] = [
  { id: 'default', change: {} },
  { id: 'default', change: {} },
  { id: 'default', change: {} },
  { id: 'dalian', change: {} },
  { id: 'dalian', change: {} },
  { id: 'hunan', change: {} },
  { id: 'yulin', change: {} },
  { id: 'chengdu', change: { pauseApproverRequired: true } },
  { id: 'default', change: { countAcceptanceDay: true } },
  { id: 'default', change: { dueAtClosing: true } },
]

const schoolOf = ({ id, change }: Form): School => {
  const row = { ...SHIPPED[0], ...SHIPPED.find(({ profile_id }) => profile_id === id) } as Row
  const warn = row.warn as { share: number | null; work_days_before: number | null }
  const green = row.green_channel as { limits: Record<string, string> } | null
  const tacit = row.tacit_approval as { answer_work_days: number } | null
  return {
    id,
    countAcceptanceDay: change.countAcceptanceDay ?? false,
    dueAtClosing: change.dueAtClosing ?? false,
    approverRequired: change.pauseApproverRequired ?? false,
    warnShare: warn.share,
    warnDaysBefore: warn.work_days_before,
    green: green?.limits ?? null,
    tacitDays: tacit?.answer_work_days ?? null,
    levels: row.levels as Record<string, number>,
  }
}

export interface Centre {
  readonly world: World
  readonly law: Law
  readonly items: readonly string[]
  /** Which of the schools it has. */
  readonly form: number
}

/** The centre under one school, with these items. */
export const centreOf = (engine: Engine, form: number, items: readonly Row[]): Centre => {
  const school = FORMS[form] as Form
  const body = bodyOf(school.id, items)
  const built = engine.buildLaw([{ entry: 1, body }])
  const law = { ...built, profile: { ...built.profile, ...school.change } }
  const codes = [...new Set(items.map((row) => row.task_code as string))]
  return { world: worldOf(body, NATIONAL, schoolOf(school)), law, items: codes, form }
}

/** The same centre under every school. */
export const centresOf = (engine: Engine): Centre[] =>
  FORMS.map((form, seed) => centreOf(engine, seed, itemsOf(seed, form.id)))
