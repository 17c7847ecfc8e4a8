// Random cases for the property of judging (J2): events of every type with every listed payload key, in shapes as the
// intake keeps them, under shipped and random catalogue rows of every school. A seed gives the same case everywhere.
// What is added to the event list or to the schools comes in by itself.

import { makeCity } from '../../../fixtures/city/catalogue.ts'
import { type Random, seededRandom } from '../../../fixtures/city/random.ts'
import { PAYLOAD_KEYS, type PayloadKey } from '../../../server/contract/ingest.ts'
import { PAUSE_KINDS } from '../../../server/contract/vocabulary.ts'
import { EVENT_TYPES, type EventType, type Fact, type Json } from '../../../server/core/case/event.ts'
import { foldCase } from '../../../server/core/case/fold.ts'
import type { CaseState } from '../../../server/core/case/state.ts'
import { buildLaw } from '../../../server/core/law/build.ts'
import profiles from '../../../server/core/law/data/profiles.json' with { type: 'json' }
import type { Law } from '../../../server/core/law/law.ts'
import { parseInstant, printDay } from '../../../server/core/time/civil.ts'
import { asDay, asInstant, type Instant } from '../../../server/core/time/instant.ts'
import { CATALOGUE } from './world.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

const STEPS = ['SC', 'JD', 'BZ', 'XX']
const ORGS = ['D1', 'D2', 'D3']
const WINDOWS = ['A01', 'A02', 'B01', 'C09']
/** One live, one that cannot send what breaks a silence or ends a pause, two in batches, one in no catalogue. */
const SOURCES = ['live', 'mute', 'nightly', 'weekly', 'stranger']

const SOURCE_ROWS = [
  { source: 'live', name: '实时' },
  { source: 'mute', name: '受限', sends: EVENT_TYPES.filter((type) => !/CORRECT|DELIVER|RESUME|JOINT/.test(type)) },
  { source: 'nightly', name: '每夜', mode: 'batch', delivers_at: ['02:00'] },
  { source: 'weekly', name: '每周', mode: 'batch', delivers_at: ['08:00'], grace_work_days: 4 },
]

const randomLimit = (random: Random): string => {
  const unit = random.pick(['WD', 'WD', 'WD', 'ND', 'M', 'H', '0'])
  if (unit === '0') return '0'
  return `${unit === 'M' ? random.between(1, 3) : unit === 'H' ? random.between(1, 30) : random.between(1, 40)}${unit}`
}

const maybe = <T>(random: Random, share: number, make: () => T, key: string): Record<string, T> =>
  random.chance(share) ? { [key]: make() } : {}

/** An item such as nobody would list it, and somebody will. */
const randomItem = (random: Random, code: string): Record<string, unknown> => ({
  task_code: code,
  name: code,
  org_code: random.pick(ORGS.slice(0, 2)),
  ...maybe(random, 0.8, () => random.pick(['01', '01', '05', '20']), 'item_type'),
  ...maybe(random, 0.6, () => random.pick(['1', '2', '2', '9']), 'project_type'),
  ...maybe(random, 0.7, () => randomLimit(random), 'promise'),
  ...maybe(random, 0.6, () => randomLimit(random), 'statute'),
  ...maybe(random, 0.3, () => random.between(0, 20), 'extension_max'),
  ...maybe(random, 0.4, () => random.pick(['general', 'planning', 'registration', 'tax']), 'green_class'),
  ...maybe(random, 0.3, () => true, 'joint'),
  ...maybe(random, 0.3, () => randomLimit(random), 'first_review'),
  ...maybe(random, 0.3, () => randomLimit(random), 'joint_reply'),
  steps: STEPS.slice(0, random.below(4)).map((step) => ({
    step_code: step,
    ...maybe(random, 0.7, () => randomLimit(random), 'limit'),
    ...maybe(random, 0.2, () => true, 'after_decision'),
  })),
})

export interface School {
  readonly law: Law
  readonly items: readonly string[]
}

const RANDOM_ITEMS = 40

/** Every shipped profile over the small centre's rows, random ones and those of the invented city. */
export const schools = (seed: number): School[] => {
  const city = makeCity(seed)
  return profiles.profiles.map(({ profile_id: profile }) => {
    const random = seededRandom(seed, `items ${profile}`)
    const rows = Array.from({ length: RANDOM_ITEMS }, (_, i) => randomItem(random, `R${i}`))
    const small = { ...CATALOGUE, items: [...CATALOGUE.items, ...rows], sources: SOURCE_ROWS, settings: { profile } }
    const law = buildLaw([
      { entry: 1, body: city.catalogue as unknown as Record<string, unknown> },
      { entry: 2, body: small },
    ])
    const items = [...CATALOGUE.items, ...rows].map((row) => String(row.task_code))
    return { law, items: [...items, ...city.matters.slice(0, 20).map(({ row }) => row.task_code)] }
  })
}

interface Telling {
  readonly random: Random
  readonly at: Instant
  readonly ids: readonly string[]
}

const near = ({ random, at }: Telling): Instant => asInstant(at + random.between(-5 * DAY_MS, 20 * DAY_MS))

/** Values of one shape as a fact keeps them. */
const SHAPES: Readonly<Record<PayloadKey['shape'], (telling: Telling, key: PayloadKey) => Json>> = {
  code: ({ random }, { name }) =>
    random.pick(name === 'step_code' ? STEPS : name === 'member' ? ORGS : ['general', '1']),
  id: ({ random, ids }) => (ids.length === 0 || random.chance(0.2) ? 'x1' : random.pick(ids)),
  text: ({ random }) => random.pick(['依据', '张三', 'x']),
  texts: () => ['材料一', '材料二'],
  flag: ({ random }) => random.chance(0.5),
  mark: ({ random }) => random.pick([true, false, 'general', 'planning', 'tax'] as Json[]),
  count: ({ random }) => random.below(5),
  grade: ({ random }) => random.between(1, 5),
  days: ({ random }) => random.between(1, 20),
  limit: ({ random }) => ({ value: random.between(1, 30), unit: random.pick(['WD', 'ND', 'M', 'H']) }),
  span: ({ random }) => ({ value: random.between(1, 30), unit: random.pick(['WD', 'WD', 'ND', 'H']) }),
  instant: near,
  due: (telling) => (telling.random.chance(0.5) ? near(telling) : printDay(asDay(Math.floor(near(telling) / DAY_MS)))),
  place: ({ random }) =>
    random.chance(0.5)
      ? random.pick([...ORGS, ...WINDOWS])
      : { org_code: random.pick(ORGS), window_no: random.pick(WINDOWS) },
  choice: ({ random }, { name, choices }) => random.pick(name === 'kind' ? PAUSE_KINDS : (choices ?? ['x'])),
}

const payloadOf = (type: EventType, telling: Telling): Record<string, Json> => {
  const payload: Record<string, Json> = {}
  for (const key of PAYLOAD_KEYS[type]) {
    if (key.class === 'personal' || key.name === 'task_code' || !telling.random.chance(0.6)) continue
    payload[key.name] = SHAPES[key.shape](telling, key)
  }
  return payload
}

/** The usual course of a case, of which any part may be missing, doubled or out of place. */
const COURSE: readonly (readonly [share: number, type: EventType])[] = [
  [0.8, 'RECEIVE'],
  [0.3, 'CORRECT_NOTICE'],
  [0.2, 'CORRECT_DONE'],
  [0.75, 'ACCEPT'],
  [0.05, 'REFUSE_ACCEPT'],
  [0.6, 'STEP_START'],
  [0.3, 'HANDOVER'],
  [0.4, 'SUSPEND'],
  [0.3, 'JOINT_DISPATCH'],
  [0.2, 'RESUME'],
  [0.25, 'EXTEND'],
  [0.3, 'URGE'],
  [0.2, 'JOINT_REPLY'],
  [0.3, 'STEP_END'],
  [0.3, 'STEP_START'],
  [0.55, 'DECIDE'],
  [0.2, 'DELIVER'],
  [0.2, 'COMPLETE'],
  [0.04, 'WITHDRAW'],
  [0.04, 'TERMINATE'],
  [0.15, 'COMPLAIN'],
  [0.15, 'RATE'],
  [0.05, 'COMPLAIN'],
]

const FIRST = parseInstant('2025-01-02T00:00:00+08:00') as Instant
const SPREAD_DAYS = 700

export interface RandomCase {
  readonly facts: readonly Fact[]
  readonly state: CaseState
  readonly law: Law
  /** How far batch sources have delivered. */
  readonly delivered: ReadonlyMap<string, Instant>
  readonly now: Instant
}

const typesOf = (random: Random): EventType[] => {
  const types = COURSE.filter(([share]) => random.chance(share)).map(([, type]) => type)
  for (let more = random.below(3); more > 0; more--) {
    types.splice(random.below(types.length + 1), 0, random.pick(EVENT_TYPES.filter((type) => type !== 'VOID')))
  }
  return types.length === 0 ? ['RECEIVE'] : types
}

const factsOf = (random: Random, item: string): Fact[] => {
  const types = typesOf(random)
  const usual = random.pick(SOURCES)
  // cases of an hour, of days, of months
  const pace = random.pick([HOUR_MS / 4, 6 * HOUR_MS, DAY_MS, 3 * DAY_MS, 10 * DAY_MS])
  let at = FIRST + random.below(SPREAD_DAYS) * DAY_MS + random.below(24 * 4) * (HOUR_MS / 4)
  const ids: string[] = []
  return types.map((type, i) => {
    const eventId = `e${i}`
    const telling = { random, at: asInstant(at), ids: ids.slice() }
    const fact: Fact = {
      source: random.chance(0.85) ? usual : random.pick(SOURCES),
      eventId,
      type,
      projectNo: 'P1',
      at: asInstant(at),
      org: random.pick(ORGS),
      window: random.chance(0.2) ? null : random.pick(WINDOWS),
      operator: random.pick(['op1', 'op2']),
      operatorName: null,
      item: random.chance(0.95) ? item : null,
      region: random.chance(0.5) ? 'R1' : null,
      supersedes: null,
      payload: payloadOf(type, telling),
      precision: null,
      edition: null,
      historical: random.chance(0.02) ? asInstant(at) : null,
    }
    ids.push(eventId)
    // now and then at the same stamp, mostly later, at times the sources are not in order
    at += random.chance(0.1) ? 0 : random.chance(0.05) ? -Math.floor(random.wait(pace)) : Math.floor(random.wait(pace))
    return fact
  })
}

const ZONE_MS = 8 * HOUR_MS
const startOfDay = (at: Instant): Instant => asInstant(Math.floor((at + ZONE_MS) / DAY_MS) * DAY_MS - ZONE_MS)

/** Three cases in ten come from a register, where about every other fact is known by its day alone (I15). */
const asRegistered = (random: Random, facts: readonly Fact[]): readonly Fact[] =>
  random.chance(0.3)
    ? facts.map((fact) => (random.chance(0.5) ? { ...fact, precision: 'day' as const, at: startOfDay(fact.at) } : fact))
    : facts

/** The n-th case of a seed. */
export const randomCase = (seed: number, n: number, among: readonly School[]): RandomCase => {
  const random = seededRandom(seed, `case ${n}`)
  const days = seededRandom(seed, `days ${n}`)
  const { law, items } = random.pick(among)
  const facts = asRegistered(days, factsOf(random, random.pick(items)))
  const state = foldCase(facts, 'P1')
  if (state === null) throw new Error('a case without facts')
  const last = state.last[0]
  const spread = random.pick([HOUR_MS, DAY_MS, 10 * DAY_MS, 60 * DAY_MS])
  // some of it may still lie ahead of the clock (I11), and a bare day is told before it is over
  const isAhead = random.chance(0.1) || (facts.some(({ precision }) => precision === 'day') && days.chance(0.4))
  const now = asInstant(last + (isAhead ? -random.below(DAY_MS) : random.below(spread)))
  const delivered = new Map<string, Instant>()
  for (const source of ['nightly', 'weekly']) {
    if (random.chance(0.6)) delivered.set(source, asInstant(now + random.between(-20 * DAY_MS, DAY_MS)))
  }
  return { facts, state, law, delivered, now }
}
