// Judging is constant between now and its next turn, and the level never falls while no event comes (J2), for every
// field that a judgement has: over twelve thousand random cases, asked at random instants. Each kind of mistake that a
// judge can make here is planted once and must be caught.

import { isDeepStrictEqual } from 'node:util'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../../fixtures/city/random.ts'
import { EVENT_TYPES } from '../../../server/core/case/event.ts'
import { type Judgement, judgeCase } from '../../../server/core/case/judge.ts'
import { flowsOf } from '../../../server/core/measure/count.ts'
import { asInstant, type Instant } from '../../../server/core/time/instant.ts'
import { type RandomCase, randomCase, schools } from './property.ts'
import { told } from './world.ts'

const SEED = 20_261
const CASES = 6_000
const TURNS_EACH = 3
/** Many cases take their time where other suites hold the processor. */
const MOST_MS = 300_000
const FAR_MS = 500 * 86_400_000

type Judge = typeof judgeCase

/** Everything a judgement says but the instant it was asked for, and what it counts as. */
const said = (judgement: Judgement, { state }: RandomCase) => ({
  ...judgement,
  at: null,
  counted: flowsOf(state, judgement, []),
})

const differing = (a: object, b: object): string =>
  Object.keys(a)
    .filter((key) => !isDeepStrictEqual(a[key as keyof typeof a], b[key as keyof typeof b]))
    .join(', ')

/** Instants strictly between two: the last one, and one somewhere. */
const between = (from: Instant, to: number, share: number): Instant[] =>
  to - from < 2 ? [] : [asInstant(to - 1), asInstant(from + 1 + Math.floor((to - from - 2) * share))]

/** Follows a case over a few turns; what is wrong with it, or null. `heard` hears of every judgement. */
const faultOf = (one: RandomCase, judge: Judge, share: () => number, heard: (j: Judgement) => void): string | null => {
  const { state, law, delivered } = one
  let judgement = judge(state, law, one.now, delivered)
  for (let turn = 0; turn < TURNS_EACH; turn++) {
    heard(judgement)
    const { at: now, nextTurnAt } = judgement
    if (nextTurnAt !== null && nextTurnAt <= now) return `the turn ${told(nextTurnAt)} does not lie ahead`
    const before = said(judgement, one)
    for (const instant of between(now, nextTurnAt ?? now + FAR_MS, share())) {
      const then = said(judge(state, law, instant, delivered), one)
      const odd = differing(before, then)
      if (odd !== '') return `changed at ${told(instant)} before its turn ${told(nextTurnAt)}: ${odd}`
    }
    if (nextTurnAt === null) return null
    const next = judge(state, law, nextTurnAt, delivered)
    if (next.level < judgement.level) return `the level fell at ${told(nextTurnAt)}`
    judgement = next
  }
  return null
}

const among = schools(SEED)

/** The first case with which something is wrong, in words. */
const firstFault = (judge: Judge, cases: number, heard: (j: Judgement) => void = () => undefined): string | null => {
  const random = seededRandom(SEED, 'instants')
  for (let n = 0; n < cases; n++) {
    const one = randomCase(SEED, n, among)
    const fault = faultOf(one, judge, random.unit, heard)
    if (fault !== null) {
      const story = one.facts.map(
        ({ at, precision, type, source, payload }) =>
          `${told(at)}${precision === 'day' ? ' (day)' : ''} ${type} ${source} ${JSON.stringify(payload)}`,
      )
      return [
        `case ${n} (${one.law.profile.id}, ${one.state.item}, asked at ${told(one.now)}): ${fault}`,
        ...story,
      ].join('\n')
    }
  }
  return null
}

describe('judging between two turns', () => {
  it(
    'J1, J2: everything is constant until next_turn_at and the level never falls, over every kind of event',
    () => {
      const rules = new Set<string>()
      const verdicts = new Set<string | null>()
      const duties = new Set<string>()
      let turns = 0
      let lateTurns = 0
      const fault = firstFault(judgeCase, CASES, ({ findings, verdict, nextTurnAt, concluded, duties: owed, at }) => {
        for (const { rule } of findings) rules.add(rule)
        for (const { clock } of owed) duties.add(clock.kind)
        verdicts.add(verdict)
        if (nextTurnAt !== null) turns += 1
        if (nextTurnAt !== null && concluded !== null && concluded.at < at) lateTurns += 1
      })
      expect(fault).toBeNull()
      // the generator is rich enough to mean something
      expect(turns).toBeGreaterThan(CASES / 2)
      expect(lateTurns).toBeGreaterThan(100)
      expect([...verdicts].sort()).toEqual(['excluded', 'late', 'on_time', 'undated', null].sort())
      const ofCases = [...(among[0]?.law.rules.keys() ?? [])].filter((rule) => !/^(D-05|W-|S-|Q-)/.test(rule))
      expect(ofCases.filter((rule) => !rules.has(rule))).toEqual([])
      expect(duties.size).toBe(8)
    },
    MOST_MS,
  )

  it('F1: the random cases hold events of every type', () => {
    const types = new Set<string>()
    for (let n = 0; n < 2_000; n++) for (const { type } of randomCase(SEED, n, among).facts) types.add(type)
    expect(EVENT_TYPES.filter((type) => type !== 'VOID' && !types.has(type))).toEqual([])
  })
})

const after =
  (judge: (judgement: Judgement) => Judgement): Judge =>
  (...asked) =>
    judge(judgeCase(...asked))

const PLANTS: readonly (readonly [bug: string, judge: Judge])[] = [
  [
    'the turn comes a millisecond late',
    after((j) => (j.nextTurnAt === null ? j : { ...j, nextTurnAt: asInstant(j.nextTurnAt + 1) })),
  ],
  ['a concluded case never turns', after((j) => (j.concluded === null ? j : { ...j, nextTurnAt: null }))],
  [
    'a day that ends a case is over when it begins',
    after((j) => {
      const { concluded: end, nextTurnAt: turn } = j
      const isWithin = end?.precision === 'day' && turn !== null && turn > end.at && turn < end.at + 86_400_000
      return isWithin ? { ...j, nextTurnAt: null } : j
    }),
  ],
  ['an unaccepted case never turns', after((j) => (j.acceptedAt === null ? { ...j, nextTurnAt: null } : j))],
  [
    'the level is that of the newest finding',
    after((j) => ({ ...j, level: (j.findings.at(-1)?.level ?? 0) as 0 | 1 | 2 | 3 })),
  ],
  ['a pause is over at midnight', after((j) => ({ ...j, paused: j.paused && j.at % 86_400_000 < 60_000_000 }))],
  [
    'lateness is told by the day',
    after((j) => ({ ...j, undated: j.main !== null && j.at - j.main.due.dueAt > 86_400_000 })),
  ],
]

describe('planted bugs', () => {
  it.each(PLANTS)('J2: "%s" is caught', (_, judge) => {
    expect(firstFault(judge, CASES)).toMatch(/changed at|the level fell/)
  })
})
