// Seeded cases: a story as an office would have it, then what life does to it – pauses, extensions, other sources that say
// the same or something else, stamps after the end, corrections of what was said. A seed gives the same case everywhere.

import type { EventType, Fact, Json } from '../../server/core/case/event.ts'
import type { Centre } from './centre.ts'
import { type DayNo, dayFrom, dayOf, endOf, MS_DAY, MS_MINUTE } from './days.ts'
import { oneDayInto } from './one-day.ts'
import {
  acceptPayload,
  criticalOf,
  Draft,
  endsInto,
  extensionsInto,
  handoversInto,
  jointInto,
  moment,
  noticesInto,
  PERIODS,
  pausesInto,
  stepsInto,
} from './pieces.ts'
import { mutedInto, registerInto, rivalsInto, talkInto } from './seldom.ts'

const noiseInto = (draft: Draft, from: DayNo): void => {
  const { random } = draft
  const types: readonly EventType[] = [
    'FEE',
    'RATE',
    'COMPLAIN',
    'URGE',
    'URGE',
    'PRE_ACCEPT',
    'DELIVER',
    'STEP_START',
    'RESUME',
    'ACCEPT',
    'RECEIVE',
    'DECIDE',
  ]
  for (let n = random.between(1, 3); n > 0; n--) {
    const type = random.pick(types)
    const payload: Record<string, Json> =
      type === 'RATE'
        ? { level: random.between(1, 5), origin: random.pick(['active', 'active', 'default']) }
        : type === 'STEP_START'
          ? { step_code: 'JD' }
          : {}
    draft.add(type, moment(random, from + random.between(0, 60)), payload)
  }
}

/** The other source tells of what the first told, within ten minutes or a little later. */
const twinsInto = (draft: Draft): void => {
  const { random, other } = draft
  if (other === null) return
  for (const fact of [...draft.facts]) {
    if (fact.source === other || !random.chance(0.35)) continue
    const apart = random.pick([0, 1, 5, 10, 10, 11, 30]) * MS_MINUTE
    const { payload } = fact
    const mine = typeof payload.pause === 'string' ? {} : { ...payload }
    if (fact.type === 'RESUME' && typeof payload.pause === 'string') mine.kind = 'testing'
    draft.add(fact.type, fact.at + (random.chance(0.5) ? apart : -apart), mine, { source: other })
  }
}

/** What was said is taken back or said anew: by its own source, or in vain by the other. */
const voidsInto = (draft: Draft): void => {
  const { random } = draft
  for (let n = random.between(1, 2); n > 0; n--) {
    const target = random.pick(draft.facts)
    const own = random.chance(0.8) ? { source: target.source } : {}
    if (random.chance(0.5)) draft.add('VOID', target.at + 60 * MS_MINUTE, { target: target.eventId, reason: '误' }, own)
    else {
      const at = target.at + random.between(-2, 2) * MS_DAY
      draft.add(target.type, at, { ...target.payload }, { ...own, supersedes: target.eventId })
    }
  }
}

const PARENTS = ['N0', 'N8', ' N0 '] as const

const storyInto = (draft: Draft): void => {
  const { random } = draft
  if (random.chance(0.07)) {
    mutedInto(draft)
    return
  }
  const [first, last] = random.pick(PERIODS)
  const day = random.between(dayFrom(first), dayFrom(last))
  const at = moment(random, day)
  const green = random.chance(0.25)
    ? { green_channel: random.pick<Json>([true, false, '是', '否', 'N', 'planning', '1']) }
    : {}
  // without a throw of its own, so that every other story stays as it was
  const parent = (at / MS_MINUTE) % 5 === 0 ? { joint_parent: PARENTS[(at / MS_MINUTE) % 3] as string } : {}
  if (random.chance(0.92))
    draft.add('RECEIVE', at, { ...green, ...parent, ...(random.chance(0.1) ? { project_type: '1' } : {}) })
  if (random.chance(0.25)) noticesInto(draft, day)
  const accepted = random.chance(0.5) ? at : moment(random, day + random.between(0, 10))
  if (random.chance(0.85)) draft.add('ACCEPT', accepted, acceptPayload(random, accepted))
  const from = dayOf(accepted)
  if (random.chance(0.35)) pausesInto(draft, from)
  if (random.chance(0.3)) extensionsInto(draft, from)
  if (random.chance(0.2)) jointInto(draft, from)
  if (random.chance(0.25)) stepsInto(draft, from)
  if (random.chance(0.2)) handoversInto(draft, from)
  if (random.chance(0.08)) noticesInto(draft, from)
  if (random.chance(0.7) && draft.facts.length > 0) endsInto(draft, from)
  if (random.chance(0.3)) noiseInto(draft, from)
  oneDayInto(draft, from)
  if (draft.facts.length === 0) draft.add('URGE', at)
  if (random.chance(0.08)) talkInto(draft, from)
  twinsInto(draft)
  if (random.chance(0.1)) rivalsInto(draft)
  if (random.chance(0.15)) voidsInto(draft)
  if (random.chance(0.07)) registerInto(draft)
}

export interface GeneratedCase {
  readonly centre: Centre
  readonly facts: readonly Fact[]
  readonly instants: readonly number[]
  readonly delivered: ReadonlyMap<string, number>
}

/** Judged where something may change: at the last event, about the limits that pass after it, and long after. */
const instantsOf = (draft: Draft): number[] => {
  const { random } = draft
  const last = Math.max(...draft.facts.map((fact) => fact.at))
  const critical = criticalOf(draft, dayOf(last) + 200).filter((at) => at > last)
  const near = critical.length === 0 ? [] : [random.pick(critical) + random.pick([-1, 0, 1]), random.pick(critical)]
  // a bare day is told before it is over, and stands at its end
  const within =
    draft.bareSource === null && draft.days === null ? [] : [last + random.below(MS_DAY), endOf(dayOf(last))]
  return [last, ...within, ...near, endOf(dayOf(last) + random.between(1, 150))].sort((a, b) => a - b)
}

export const caseOf = (seed: number, centres: readonly Centre[]): GeneratedCase => {
  const draft = new Draft(seed, centres)
  storyInto(draft)
  const instants = instantsOf(draft)
  const told = (instants.at(-1) ?? 0) - draft.random.between(0, 160) * MS_DAY
  const delivered = new Map(draft.random.chance(0.7) ? [['nightly', told]] : [])
  return { centre: draft.centre, facts: draft.facts, instants, delivered }
}
