// The small centre that the law books of fold, judge, cards and flows stand on, and a way to tell a case in lines:
// `06-01 09:00 ACCEPT window=A02 promise_limit=5WD`. The year is 2026 and the zone +08:00 unless said.

import type { Fact, Json } from '../../../server/core/case/event.ts'
import { EVENT_TYPES, type EventType } from '../../../server/core/case/event.ts'
import { foldCase } from '../../../server/core/case/fold.ts'
import { type Judgement, judgeCase } from '../../../server/core/case/judge.ts'
import type { CaseState } from '../../../server/core/case/state.ts'
import { buildLaw } from '../../../server/core/law/build.ts'
import type { Law } from '../../../server/core/law/law.ts'
import { parseInstant, printDay, printInstant } from '../../../server/core/time/civil.ts'
import type { Day, Instant } from '../../../server/core/time/instant.ts'

export const CATALOGUE = {
  valid_from: '2026-01-01',
  centre: { name: '测试中心', calendar: 'cn' },
  regions: [{ region_code: 'R1', name: '甲区' }],
  departments: [
    { org_code: 'D1', name: '甲局', region_code: 'R1' },
    { org_code: 'D2', name: '乙局', region_code: 'R1' },
  ],
  windows: [
    { window_no: 'A01', name: '一号窗', org_code: 'D1' },
    { window_no: 'A02', name: '二号窗', org_code: 'D1' },
    { window_no: 'B01', name: '三号窗', org_code: 'D2' },
  ],
  items: [
    {
      task_code: 'PERMIT',
      name: '许可',
      org_code: 'D1',
      item_type: '01',
      promise: '10WD',
      statute: '20WD',
      // after the decision: the books that are not about P-04 need not tell every step
      steps: [
        { step_code: 'SC', limit: '3WD', after_decision: true },
        { step_code: 'JD', after_decision: true },
      ],
    },
    {
      task_code: 'STEPPED',
      name: '分环节的服务',
      org_code: 'D1',
      item_type: '20',
      promise: '10WD',
      steps: [{ step_code: 'SL' }, { step_code: 'SC' }, { step_code: 'JD' }, { step_code: 'ZZ', after_decision: true }],
    },
    { task_code: 'JOINT', name: '联合办理的许可', org_code: 'D1', item_type: '01', joint: true, joint_reply: '5WD' },
    {
      task_code: 'REVIEWED',
      name: '下级初审的许可',
      org_code: 'D1',
      item_type: '01',
      statute: '60WD',
      first_review: '15WD',
    },
    {
      task_code: 'PLANNING',
      name: '规划许可',
      org_code: 'D1',
      item_type: '01',
      promise: '30WD',
      statute: '40WD',
      green_class: 'planning',
    },
    { task_code: 'BARE', name: '未定时限的许可', org_code: 'D1', item_type: '01' },
    { task_code: 'LONG', name: '承诺长于法定', org_code: 'D1', item_type: '01', promise: '30WD', statute: '20WD' },
    { task_code: 'SERVICE', name: '公共服务', org_code: 'D1', item_type: '20', promise: '5WD' },
    { task_code: 'NATURAL', name: '按日计算', org_code: 'D1', item_type: '20', promise: '10ND', statute: '30ND' },
    { task_code: 'INSTANT', name: '即办', org_code: 'D1', item_type: '20', project_type: '1' },
    { task_code: 'UNDATED', name: '无时限', org_code: 'D1', item_type: '20' },
    { task_code: 'CHANGING', name: '改版事项', org_code: 'D1', item_type: '20', promise: '10WD' },
    {
      task_code: 'CHANGING',
      name: '改版事项',
      org_code: 'D1',
      item_type: '20',
      promise: '5WD',
      valid_from: '2026-06-08',
    },
  ],
}

export const law: Law = buildLaw([{ entry: 1, body: CATALOGUE }])

/** The same law with other settings of the centre or another profile. */
export const lawWith = (change: Partial<Law> & { profile?: Law['profile'] }): Law => ({ ...law, ...change })

/** `06-01 09:00`, `2027-01-04 09:00:00.001`, `06-01` (10:00). */
export const at = (text: string): Instant => {
  const [date = '', clock = '10:00'] = text.split(' ')
  const full = date.length === 5 ? `2026-${date}` : date
  const read = parseInstant(`${full}T${clock.length === 5 ? `${clock}:00` : clock}+08:00`)
  if (read === null) throw new Error(`not an instant: ${text}`)
  return read
}

/** `06-15 23:59:59.999`; the year only where it is not 2026. */
export const told = (instant: Instant | null): string => {
  if (instant === null) return '—'
  const text = printInstant(instant, law.homeCalendar.zone)
  const ms = instant % 1000
  const date = text.startsWith('2026-') ? text.slice(5, 10) : text.slice(0, 10)
  return `${date} ${text.slice(11, 19)}${ms === 0 ? '' : `.${String(ms).padStart(3, '0')}`}`
}

export const dayOf = (day: Day | null): string => (day === null ? '—' : printDay(day))

const TYPES: ReadonlySet<string> = new Set(EVENT_TYPES)

const payloadValue = (key: string, text: string): Json => {
  const limit = /^(\d+)(WD|ND|M|H)$/.exec(text)
  if (limit !== null) return { value: Number(limit[1]), unit: limit[2] as string }
  if (/^\d{4}-\d\d-\d\dT/.test(text)) return at(text.replace('T', ' '))
  if (key === 'days' || key === 'visits' || key === 'level') return Number(text)
  return text
}

const FIELDS = ['window', 'operator', 'org', 'item', 'region', 'supersedes'] as const

/** The law of the same centre under another school (C1). */
export const lawOf = (profile: string, more: Readonly<Record<string, unknown>> = {}): Law =>
  buildLaw([{ entry: 1, body: { ...CATALOGUE, settings: { profile }, ...more } }])

/** One line of a story. `n` numbers the event where no `id=` is given. */
export const fact = (line: string, n = 1, projectNo = 'P1'): Fact => {
  const words = line.trim().split(/\s+/)
  const place = words.findIndex((word) => TYPES.has(word))
  if (place < 1) throw new Error(`no event type in: ${line}`)
  const given = new Map(words.slice(place + 1).map((word) => word.split('=') as [string, string]))
  const take = (key: string): string | undefined => {
    const value = given.get(key)
    given.delete(key)
    return value
  }
  const source = take('source') ?? 's1'
  const eventId = take('id') ?? `e${n}`
  const historical = take('historical')
  const isBare = take('precision') === 'day'
  const defaults = { window: 'A01', operator: 'op1', org: 'D1', item: null, region: null, supersedes: null }
  const fields = Object.fromEntries(
    FIELDS.map((key) => {
      const value = take(key) ?? defaults[key]
      return [key, value === '-' ? null : value]
    }),
  ) as Record<(typeof FIELDS)[number], string | null>
  return {
    source,
    eventId,
    type: words[place] as EventType,
    projectNo,
    at: at(isBare ? `${words[0]} 00:00` : words.slice(0, place).join(' ')),
    ...fields,
    operatorName: fields.operator === null ? null : `name of ${fields.operator}`,
    precision: isBare ? 'day' : null,
    payload: Object.fromEntries([...given].map(([key, value]) => [key, payloadValue(key, value)])),
    edition: null,
    historical: historical === undefined ? null : at(historical.replace('T', ' ')),
  }
}

/** The facts of a story, one a line. */
export const facts = (story: string, projectNo = 'P1'): Fact[] =>
  story
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, i) => fact(line, i + 1, projectNo))

export const folded = (story: string): CaseState => {
  const state = foldCase(facts(story), 'P1')
  if (state === null) throw new Error('an empty story')
  return state
}

export const judged = (story: string, now: string, under: Law = law): Judgement =>
  judgeCase(folded(story), under, at(now))

/** Rules found with the instant their limit passed: `T-02 06-15 23:59:59.999`. */
export const found = (judgement: Judgement): string[] =>
  judgement.findings.map(({ rule, limitAt }) => `${rule} ${told(limitAt)}`)

export const rulesOf = (judgement: Judgement): string => judgement.findings.map(({ rule }) => rule).join(' ')
