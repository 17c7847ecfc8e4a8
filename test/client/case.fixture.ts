// A case for tests and for looking: accepted 20 April 2026 with 10 working days, stopped for an expert review over the
// May holiday and a make-up Saturday, concluded two working days late. The strip is counted here by hand-written rules.

import type { CaseView, ExplainDay, ExplainView, HolderView } from '../../server/contract/api.ts'

const OFF = new Set(['2026-05-01', '2026-05-02', '2026-05-03', '2026-05-04', '2026-05-05'])
const MAKEUP = new Set(['2026-05-09'])

const nextDay = (on: string): string => new Date(Date.parse(`${on}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)

const kindOf = (on: string): ExplainDay['kind'] => {
  if (MAKEUP.has(on)) return 'makeup'
  if (OFF.has(on)) return 'holiday'
  const weekday = new Date(`${on}T00:00:00Z`).getUTCDay()
  return weekday === 0 || weekday === 6 ? 'weekend' : 'work'
}

export interface StripWish {
  accept: string
  limit: number
  pause?: { from: string; to: string; kind: string }
  extend?: number
  concluded?: string
  until: string
}

/** The days of a working-day limit, one by one. */
export const stripDays = (wish: StripWish): ExplainDay[] => {
  const days: ExplainDay[] = []
  let number = 0
  let late = 0
  let due = false as boolean
  for (let on = wish.accept; on <= wish.until; on = nextDay(on)) {
    const kind = kindOf(on)
    const working = kind === 'work' || kind === 'makeup'
    const paused = wish.pause !== undefined && on > wish.pause.from && on <= wish.pause.to
    const counts: boolean = working && !paused && on !== wish.accept && !due
    if (counts) number += 1
    if (due && working) late += 1
    const isDue: boolean = counts && number === wish.limit + (wish.extend ?? 0)
    days.push({
      on,
      kind,
      name: OFF.has(on) ? '劳动节' : null,
      number: on === wish.accept ? 0 : counts ? number : null,
      paused: paused ? (wish.pause?.kind ?? null) : null,
      extended: counts && number > wish.limit,
      due: isDue,
      concluded: on === wish.concluded,
      late,
    })
    due ||= isDue
  }
  return days
}

const front: HolderView = {
  role: 'front',
  org_code: '1137',
  org_name: '市市场监督管理局',
  window_no: 'B08',
  operator_id: 'p1',
  operator_name: '陈某',
}
const back: HolderView = { ...front, role: 'back', window_no: null, operator_name: '李某' }
const expert: HolderView = {
  ...front,
  role: 'intermediary',
  window_no: null,
  org_name: '专家评审',
  operator_name: null,
}

const versions = { calendar: '2026 国办通知', item: '第 7 版', law: '2026-03' }

export const explainPromise: ExplainView = {
  clock: 'promise',
  step_code: null,
  ref: '',
  limit: '10WD',
  limit_from: 'catalogue',
  due_on: '2026-05-18',
  due_at: '2026-05-18T23:59:59.999+08:00',
  provisional: false,
  used: 12,
  remaining: 0,
  late_by: 2,
  office_left: null,
  segments: [],
  days: stripDays({
    accept: '2026-04-20',
    limit: 10,
    pause: { from: '2026-04-24', to: '2026-05-09', kind: 'expert_review' },
    concluded: '2026-05-20',
    until: '2026-05-20',
  }),
  zh: '4 月 20 日（周一）受理，承诺 10 个工作日。用去 4 个工作日后，4 月 24 日起因专家评审停钟（行政许可法第四十五条，当日书面告知），批准 8 个工作日，5 月 9 日（周六，调休上班）期满，恢复之日不计。余 6 个工作日，自 5 月 11 日起算，至 5 月 18 日（周一）24:00 到期。5 月 20 日办结，超 2 个工作日。',
  en: 'Accepted on 2026-04-20 with a promise of 10 working days. After 4 the clock stopped for an expert review until 2026-05-09. It runs out on Mon 18 May at 24:00. It was concluded on 20 May, late by 2 working days.',
  versions,
}

export const explainStatute: ExplainView = {
  ...explainPromise,
  clock: 'statute',
  limit: '20WD',
  limit_from: 'catalogue',
  due_on: '2026-06-01',
  due_at: '2026-06-01T23:59:59.999+08:00',
  late_by: 0,
  office_left: null,
  used: 12,
  remaining: 8,
  days: stripDays({
    accept: '2026-04-20',
    limit: 20,
    pause: { from: '2026-04-24', to: '2026-05-09', kind: 'expert_review' },
    concluded: '2026-05-20',
    until: '2026-06-01',
  }),
  zh: '4 月 20 日（周一）受理，法定 20 个工作日，因专家评审停钟后顺延，至 6 月 1 日（周一）24:00 到期。5 月 20 日办结，余 8 个工作日。',
  en: 'Accepted on 2026-04-20; statutory 20 working days, moved by the pause to 2026-06-01. Concluded with 8 working days left.',
}

const event = (
  event_id: string,
  event_type: string,
  occurred_at: string,
  over: Partial<CaseView['events'][number]> = {},
): CaseView['events'][number] => ({
  event_id,
  source_system: 'market',
  event_type,
  occurred_at,
  precision: null,
  entered_at: occurred_at.replace(':00+', ':20+'),
  window_no: 'B08',
  operator_id: 'p1',
  operator_name: '陈某',
  void: false,
  payload: {},
  ...over,
})

export const lateCase: CaseView = {
  project_no: '370100MSJ20260420-0317',
  item: '000131001001',
  item_name: '食品经营许可（新办）',
  item_name_en: 'Food business licence (new)',
  department: '1137',
  department_name: '市市场监督管理局',
  department_name_en: 'Market Regulation Bureau',
  source: 'market',
  status: 'concluded',
  level: 2,
  lit_by: 'k1',
  received_at: '2026-04-20T09:12:00+08:00',
  accepted_at: '2026-04-20T10:05:00+08:00',
  accepted_on: '2026-04-20',
  acceptance_deemed: false,
  concluded_at: '2026-05-20T15:41:00+08:00',
  outcome: 'granted',
  by_day: [],
  on_time: false,
  verdict: 'late',
  promise_due_on: '2026-05-18',
  promise_due_at: '2026-05-18T23:59:59.999+08:00',
  statutory_due_on: '2026-06-01',
  statutory_due_at: '2026-06-01T23:59:59.999+08:00',
  provisional: false,
  undated: false,
  paused: false,
  latest: false,
  holder: front,
  custody: [
    { from: '2026-04-20T09:12:00+08:00', to: '2026-04-21T09:00:00+08:00', holder: front, counted_wd: 1 },
    { from: '2026-04-21T09:00:00+08:00', to: '2026-04-24T14:00:00+08:00', holder: back, counted_wd: 3 },
    { from: '2026-04-24T14:00:00+08:00', to: '2026-05-09T11:00:00+08:00', holder: expert, counted_wd: 0 },
    { from: '2026-05-09T11:00:00+08:00', to: '2026-05-19T16:00:00+08:00', holder: back, counted_wd: 7 },
    { from: '2026-05-19T16:00:00+08:00', to: '2026-05-20T15:41:00+08:00', holder: front, counted_wd: 1 },
  ],
  steps: [
    {
      step_code: 'review',
      name: '审查',
      from: '2026-04-21T09:00:00+08:00',
      to: '2026-05-19T16:00:00+08:00',
      due_at: '2026-05-19T23:59:59.999+08:00',
      level: 0,
      holder: back,
    },
    {
      step_code: 'issue',
      name: '出件',
      from: '2026-05-19T16:00:00+08:00',
      to: '2026-05-20T15:41:00+08:00',
      due_at: null,
      level: 0,
      holder: front,
    },
  ],
  pauses: [
    {
      event_id: 'e4',
      kind: 'expert_review',
      from: '2026-04-24T14:00:00+08:00',
      to: '2026-05-09T11:00:00+08:00',
      lawful: true,
      faults: [],
      cap_on: '2026-05-09',
    },
  ],
  events: [
    event('e1', 'RECEIVE', '2026-04-20T09:12:00+08:00', { payload: { apply_type: '1', visits: 1 } }),
    event('e2', 'ACCEPT', '2026-04-20T10:05:00+08:00', {
      payload: { accept_doc_no: '受〔2026〕317', promise_limit: { value: 10, unit: 'WD' } },
    }),
    event('e3', 'STEP_START', '2026-04-21T09:00:00+08:00', { window_no: null, payload: { step_code: 'review' } }),
    event('e4', 'SUSPEND', '2026-04-24T14:00:00+08:00', {
      window_no: null,
      payload: {
        kind: 'expert_review',
        approver: '王某',
        approved_days: { value: 8, unit: 'WD' },
        notice_at: '2026-04-24T15:00:00+08:00',
      },
    }),
    event('e4x', 'SUSPEND', '2026-04-25T14:00:00+08:00', { void: true, payload: { kind: 'other' } }),
    event('e5', 'RESUME', '2026-05-09T11:00:00+08:00', { window_no: null }),
    event('e6', 'DECIDE', '2026-05-20T15:41:00+08:00', { payload: { result: 'granted' } }),
  ],
  cards: [
    {
      card_id: 'k1',
      rule_id: 'T-02',
      rule_name: '超承诺时限',
      rule_name_en: 'Past the promised limit',
      level: 2,
      state: 'notified',
      subject_kind: 'case',
      subject: '370100MSJ20260420-0317',
      project_no: '370100MSJ20260420-0317',
      occasion: 'promise',
      department: '市市场监督管理局',
      org_code: '1137',
      window_no: null,
      operator_id: 'p2',
      operator_name: '李某',
      limit_at: '2026-05-18T23:59:59.999+08:00',
      raised_at: '2026-05-19T00:00:00+08:00',
      reply_due_at: '2026-05-22T23:59:59.999+08:00',
      waits_for: null,
      lift: null,
      n: 2,
      signed: false,
      of_record: false,
      provisional: false,
      basis: { limit: '10WD', due_at: '2026-05-18T23:59:59.999+08:00', late_by: '2 个工作日' },
      legal_basis: '行政许可法第四十二条；事项目录承诺时限',
      history: [
        { n: 1, at: '2026-05-19T00:00:00+08:00', move: 'raise', state: 'raised', by: 'clock', why: '承诺时限已过' },
        { n: 2, at: '2026-05-19T00:00:01+08:00', move: 'notify', state: 'notified', by: 'system', why: '' },
      ],
    },
    {
      card_id: 'k0',
      rule_id: 'T-01',
      rule_name: '即将到期',
      rule_name_en: 'Due soon',
      level: 1,
      state: 'overtaken',
      subject_kind: 'case',
      subject: '370100MSJ20260420-0317',
      project_no: '370100MSJ20260420-0317',
      occasion: 'promise',
      department: '市市场监督管理局',
      org_code: '1137',
      window_no: null,
      operator_id: 'p2',
      operator_name: '李某',
      limit_at: '2026-05-14T09:00:00+08:00',
      raised_at: '2026-05-14T09:00:00+08:00',
      reply_due_at: null,
      waits_for: null,
      lift: null,
      n: 1,
      signed: false,
      of_record: false,
      provisional: false,
      basis: { limit: '10WD' },
      legal_basis: '监察规则 T-01',
      history: [{ n: 1, at: '2026-05-14T09:00:00+08:00', move: 'raise', state: 'raised', by: 'clock', why: '' }],
    },
  ],
  duties: [],
  basis_missing: [],
  flags: [],
  conflicts: [],
  collision: [],
  tacit_rule: null,
  may_urge: false,
  used_by: [],
  explain: [explainPromise, explainStatute],
  next_turn_at: null,
}
