// What a case costs: folding and judging twice as many facts of one kind walks about twice as many rows, never four times
// (F1, I5). Counted are the elements that lists are asked to walk, so that no clock is needed.
import { describe, expect, it } from 'vitest'
import type { Fact } from '../../../server/core/case/event.ts'
import { foldCase } from '../../../server/core/case/fold.ts'
import { judgeCase } from '../../../server/core/case/judge.ts'
import { asInstant } from '../../../server/core/time/instant.ts'
import { at, fact, law } from './world.ts'

const WALKS = ['map', 'filter', 'some', 'every', 'find', 'findIndex', 'includes', 'slice', 'flatMap', 'concat'] as const
type Walk = (typeof WALKS)[number]
type Method = (...given: unknown[]) => unknown

/** Elements of all lists that are walked while something is done. */
const walked = (work: () => void): number => {
  let elements = 0
  const own = Array.prototype as unknown as Record<Walk | typeof Symbol.iterator, Method>
  const kept = new Map<Walk | typeof Symbol.iterator, Method>()
  for (const name of [...WALKS, Symbol.iterator] as const) kept.set(name, own[name])
  for (const [name, method] of kept)
    own[name] = function (this: readonly unknown[], ...given) {
      elements += this.length
      return method.apply(this, given)
    }
  try {
    work()
  } finally {
    for (const name of kept.keys()) own[name] = kept.get(name) as Method
  }
  return elements
}

/** Each tells one of them: `n` makes its own. */
const KINDS: Readonly<Record<string, (n: number) => string>> = {
  notices: (n) => `CORRECT_NOTICE id=e${n}`,
  'notices and answers': (n) => (n % 2 === 0 ? 'CORRECT_NOTICE' : 'CORRECT_DONE'),
  'twins of two sources': (n) => `COMPLAIN source=s${n % 2}`,
  complaints: () => 'COMPLAIN',
  'suspensions of one kind': () => 'SUSPEND kind=hearing',
  'pauses and resumptions': (n) => (n % 2 === 0 ? 'SUSPEND kind=hearing' : 'RESUME'),
  'resumptions of nothing': () => 'RESUME',
  'steps of many codes': (n) => `STEP_START step_code=C${n} window=W${n}`,
  'steps that end': (n) => (n % 2 === 0 ? `STEP_START step_code=C${n}` : `STEP_END step_code=C${n - 1}`),
  'hand-overs': (n) => `HANDOVER to=D${n} direction=front_to_back`,
  'members asked': (n) => `JOINT_DISPATCH member=D${n}`,
  'steps of members': (n) => (n % 2 === 0 ? `JOINT_DISPATCH member=D${n}` : `STEP_START org=D${n - 1} step_code=C`),
  'members asked and replying': (n) => (n % 2 === 0 ? `JOINT_DISPATCH member=D${n}` : `JOINT_REPLY member=D${n - 1}`),
  'acceptances that differ': (n) => `ACCEPT promise_limit=${(n % 90) + 1}WD`,
  refusals: (n) => (n % 2 === 0 ? 'REFUSE_ACCEPT' : 'ACCEPT'),
  extensions: () => 'EXTEND days=5',
}

const MINUTE_MS = 60_000

const story = (tell: (n: number) => string, count: number): Fact[] => {
  const opened = fact('06-01 09:00 ACCEPT id=first item=STEPPED')
  const rest = Array.from({ length: count }, (_, n) => ({
    ...fact(`06-01 09:01 ${tell(n)}`, n),
    at: asInstant(at('06-01 09:01') + n * MINUTE_MS),
  }))
  return [opened, ...rest]
}

describe('what a case costs', () => {
  it.each(Object.keys(KINDS))('F1, I5: twice as many %s cost about twice as much to fold [S2]', (kind) => {
    const tell = KINDS[kind] as (n: number) => string
    const [some, more] = [500, 1_000].map((count) => {
      const facts = story(tell, count)
      return walked(() => foldCase(facts, 'P1'))
    }) as [number, number]
    expect(more / some).toBeLessThan(2.3)
  })

  it.each(Object.keys(KINDS))('J1, I5: twice as many %s cost about twice as much to judge [S2]', (kind) => {
    const tell = KINDS[kind] as (n: number) => string
    const [some, more] = [250, 500].map((count) => {
      const state = foldCase(story(tell, count), 'P1')
      return walked(() => {
        if (state !== null) judgeCase(state, law, at('09-01'))
      })
    }) as [number, number]
    expect(more / some).toBeLessThan(2.6)
  })
})
