// The pieces of which a seeded case is made: an acceptance, pauses, extensions, notices, steps, hands, ends.

import { type Random, seededRandom } from '../../fixtures/city/random.ts'
import type { EventType, Fact, Json } from '../../server/core/case/event.ts'
import type { Instant } from '../../server/core/time/instant.ts'
import { type Centre, ORGS, SOURCES, STEPS, WINDOWS } from './centre.ts'
import { type DayNo, dayOf, MS_DAY, MS_MINUTE, minuteOf, printDay, startOf } from './days.ts'
import { viewOf } from './judge.ts'
import { cardsOf } from './rules.ts'

const KINDS = ['testing', 'hearing', 'expert_review', 'testing', 'inspection', 'publicity', 'other']
export const PERIODS = [
  ...[
    ['2026-01-05', '2026-08-31'],
    ['2026-01-05', '2026-10-30'],
    ['2026-04-20', '2026-06-20'],
  ],
  ...[
    ['2026-09-01', '2026-12-31'],
    ['2026-11-20', '2026-12-31'],
  ],
] as const

/** A case under construction. */
export class Draft {
  readonly facts: Fact[] = []
  readonly random: Random
  readonly centre: Centre
  readonly item: string | null
  readonly region: string | null
  readonly source: string
  /** The second source that also speaks of the case; null: one source. */
  readonly other: string | null
  /** This source knows days alone. */
  readonly bareSource: string | null
  /** Any event of this case may be known by its day alone: drawn by itself, so that every other story stays as it was. */
  readonly days: Random | null
  /** One case in ten is told under two numbers joined by an alias. */
  readonly numbers: readonly string[]

  constructor(seed: number, centres: readonly Centre[]) {
    const random = seededRandom(seed, 'model case')
    this.random = random
    this.centre = random.pick(centres)
    this.item = random.chance(0.96) ? random.pick(this.centre.items) : random.pick(['X9', null])
    this.region = random.chance(0.2) ? random.pick(['R1', 'R2']) : null
    this.source = random.pick(['live', 'live', 'live', 'second', 'mute', 'waking', 'stranger', 'nightly'])
    const second = random.pick(SOURCES)
    this.other = random.chance(0.35) && second !== this.source ? second : null
    this.bareSource = random.chance(0.12) ? random.pick([this.source, this.other]) : null
    this.days = seed % 6 === 1 ? seededRandom(seed, 'model bare days') : null
    this.numbers = random.chance(0.1) ? ['N1', 'N2'] : ['N1']
  }

  add(type: EventType, at: number, payload: Record<string, Json> = {}, more: Partial<Fact> = {}): Fact {
    const { random } = this
    const source = more.source ?? (this.other !== null && random.chance(0.15) ? this.other : this.source)
    const bare = source === this.bareSource || (this.days?.chance(0.4) ?? false)
    const fact = {
      source,
      eventId: `e${this.facts.length}`,
      type,
      projectNo: random.pick(this.numbers),
      at: (bare ? startOf(dayOf(at)) : at) as Instant,
      precision: bare ? ('day' as const) : null,
      org: random.pick(ORGS),
      window: random.chance(0.7) ? random.pick(WINDOWS) : null,
      operator: random.chance(0.8) ? random.pick(['P1', 'P2', 'P3']) : null,
      operatorName: null,
      item: this.item,
      region: this.region,
      supersedes: null,
      payload,
      ...LIVE,
      ...more,
    }
    this.facts.push(fact as unknown as Fact)
    return fact as unknown as Fact
  }
}

/** Told live, by nobody's register. */
const LIVE = { edition: null, historical: null }

/** A minute of a day: most in office hours, some at their edges and at night. */
export const moment = (random: Random, day: DayNo): number => {
  const edge = random.pick([0, 540, 720, 810, 1050, 1051, 1439])
  return minuteOf(day, random.chance(0.12) ? edge : random.between(480, 1080))
}

const limitValue = (random: Random, units: readonly string[]): Json => {
  const unit = random.pick(units)
  if (unit === '0') return { value: 0, unit }
  return { value: random.between(1, unit === 'M' ? 3 : unit === 'WD' ? 25 : 40), unit }
}

const statedDue = (random: Random, at: number, most: number): Json => {
  const day = dayOf(at) + random.between(0, most)
  return random.chance(0.6) ? printDay(day) : random.chance(0.2) ? startOf(day + 1) : moment(random, day)
}

const UNITS = ['WD', 'WD', 'WD', 'ND', 'M', 'H', '0']

export const acceptPayload = (random: Random, at: number): Record<string, Json> => ({
  ...(random.chance(0.2) ? { project_type: random.pick(['1', '2', '9']) } : {}),
  ...(random.chance(0.15) ? { promise_limit: limitValue(random, UNITS) } : {}),
  ...(random.chance(0.1) ? { legal_limit: limitValue(random, UNITS) } : {}),
  ...(random.chance(0.2) ? { promise_due_at: statedDue(random, at, 40) } : {}),
  ...(random.chance(0.15) ? { legal_due_at: statedDue(random, at, 60) } : {}),
  ...(random.chance(0.06) ? { due_as_of: statedDue(random, at, 12) } : {}),
  ...(random.chance(0.15) ? { mode: random.pick(['normal', 'tolerant', 'commitment']) } : {}),
})

const suspendPayload = (random: Random, at: number): Record<string, Json> => ({
  ...(random.chance(0.9) ? { kind: random.pick(KINDS) } : {}),
  ...(random.chance(0.9) ? { basis: '第四十五条' } : {}),
  ...(random.chance(0.9) ? { approver: 'P9' } : {}),
  ...(random.chance(0.85) ? { notice_at: at } : {}),
  ...(random.chance(0.7)
    ? { approved_days: { value: random.between(1, 25), unit: random.pick(['WD', 'WD', 'ND']) } }
    : {}),
})

export const pausesInto = (draft: Draft, from: DayNo): void => {
  const { random } = draft
  for (let n = random.pick([1, 1, 1, 2, 3]); n > 0; n--) {
    const day = from + random.between(-2, 30)
    const pause = draft.add('SUSPEND', moment(random, day), suspendPayload(random, startOf(day)))
    if (random.chance(0.15)) draft.add('SUSPEND', pause.at + random.between(11, 4000) * MS_MINUTE, { ...pause.payload })
    if (!random.chance(0.75)) continue
    const named = random.pick([{ pause: pause.eventId }, { kind: pause.payload.kind ?? 'testing' }, {}])
    const sameSource = 'pause' in named ? { source: pause.source } : {}
    const back = Math.max(moment(random, day + random.between(0, 30)), pause.at)
    draft.add('RESUME', back, named, sameSource)
  }
  if (random.chance(0.15))
    draft.add('RESUME', moment(random, from + random.between(0, 40)), { kind: random.pick(KINDS) })
}

export const extensionsInto = (draft: Draft, from: DayNo): void => {
  const { random } = draft
  for (let n = random.pick([1, 1, 1, 2]); n > 0; n--) {
    const at = moment(random, from + random.between(0, 35))
    const approved = random.chance(0.5) ? { approved_at: at - random.between(0, 3) * MS_DAY } : {}
    draft.add('EXTEND', at, { days: random.pick([3, 5, 8, 10, 10, 12, 15, 20]), ...approved })
  }
}

export const jointInto = (draft: Draft, from: DayNo): void => {
  const { random } = draft
  for (let n = random.pick([1, 1, 2]); n > 0; n--) {
    const at = moment(random, from + random.between(0, 12))
    const member = random.pick(['D2', 'D3', 'D4'])
    const due = random.chance(0.4) ? { reply_due_at: statedDue(random, at, 20) } : {}
    draft.add('JOINT_DISPATCH', at, { member, ...due })
    if (random.chance(0.6)) draft.add('JOINT_REPLY', moment(random, dayOf(at) + random.between(0, 25)), { member })
  }
}

export const stepsInto = (draft: Draft, from: DayNo): void => {
  const { random } = draft
  let at = moment(random, from)
  const codes = random.chance(0.15) ? STEPS.toReversed() : STEPS
  for (const code of codes) {
    if (random.chance(0.15)) continue
    const due = random.chance(0.2) ? { step_due_at: statedDue(random, at, 15) } : {}
    draft.add('STEP_START', at, { step_code: random.chance(0.95) ? code : random.pick(STEPS), ...due })
    at = Math.max(at, moment(random, dayOf(at) + random.between(0, 8)))
    if (random.chance(0.7)) draft.add('STEP_END', at, { step_code: code })
  }
}

export const handoversInto = (draft: Draft, from: DayNo): void => {
  const { random } = draft
  const direction = random.pick([
    'front_to_back',
    'back_to_front',
    'upward',
    'upward',
    'downward',
    'intermediary',
    'applicant',
  ])
  const to = random.pick<Json>(['D2', 'A02', { org_code: 'D3', window_no: 'B01', operator_id: 'P4' }])
  draft.add('HANDOVER', moment(random, from + random.between(0, 30)), {
    direction,
    ...(random.chance(0.9) ? { to } : {}),
  })
}

export const noticesInto = (draft: Draft, from: DayNo): void => {
  const { random } = draft
  let at = moment(random, from + random.between(0, 9))
  for (let n = random.pick([1, 1, 2, 3]); n > 0; n--) {
    draft.add('CORRECT_NOTICE', at)
    at = moment(random, dayOf(at) + random.between(0, 9))
    if (random.chance(0.8)) draft.add('CORRECT_DONE', at)
    at = moment(random, dayOf(at) + random.between(0, 4))
  }
}

/** Ends at a critical instant of what there is so far, or on some day. */
export const endsInto = (draft: Draft, from: DayNo): void => {
  const { random } = draft
  const type = random.pick<EventType>([
    'DECIDE',
    'DECIDE',
    'DECIDE',
    'DECIDE',
    'COMPLETE',
    'WITHDRAW',
    'TERMINATE',
    'REFUSE_ACCEPT',
  ])
  const dues = criticalOf(draft, from + 200).filter((at) => at > startOf(from))
  const near = random.pick(dues.length > 0 ? dues : [startOf(from)]) + random.pick([0, 0, 1, -MS_DAY, MS_DAY / 2])
  const at = random.chance(0.45) ? near : moment(random, from + random.between(0, 45))
  const result = type === 'DECIDE' ? { result: random.pick(['granted', 'granted', 'refused']) } : {}
  const end = draft.add(type, at, result)
  if (type === 'REFUSE_ACCEPT' && random.chance(0.5)) draft.add('ACCEPT', at + random.between(0, 5) * MS_DAY)
  if (random.chance(0.4)) draft.add('COMPLETE', end.at + random.between(0, 6) * MS_DAY)
  if (random.chance(0.5)) draft.add('DELIVER', moment(random, dayOf(end.at) + random.between(0, 20)))
}

export const criticalOf = (draft: Draft, day: DayNo): number[] => {
  const view = viewOf(draft.centre.world, draft.facts, startOf(day))
  return view === null ? [] : cardsOf(view).map(({ limitAt }) => limitAt)
}
