// The loads of `bench guard`: what one caller alone might do to hold everybody else (I5). Each is made ready first and then let
// loose while the probe asks.

import { dearQuestions, eventsOfOne, listOf, openingOf, pausedQuestions } from './bodies.ts'
import { type Door, JSON_TYPE, post } from './door.ts'
import { add, type Counts, codeIn, EVENTS, type Load, none, told } from './load.ts'
import { floods, idleBodies, ofBodies, readings, silentUploads, wholeBodies } from './loads-doors.ts'

/** Sends texts of events in requests of `size`, as lines or as lists. */
const sendAll = async (
  door: Door,
  key: string,
  texts: readonly string[],
  size: number,
  into: Counts,
): Promise<void> => {
  for (let from = 0; from < texts.length; from += size) {
    const some = texts.slice(from, from + size)
    add(into, await post(door, EVENTS, { key, type: JSON_TYPE, body: size === 1 ? (some[0] ?? '') : listOf(some) }))
  }
}

const textsOf = (events: readonly unknown[]): string[] => events.map((event) => JSON.stringify(event))

/** Twenty thousand events on one case, by one source: past the bound they are refused. */
const oneCase = (share: number): Load => ({
  name: 'a 20,000 events on one case, by one source',
  async ready(door) {
    const texts = textsOf(eventsOfOne(Math.ceil(20_000 * share), { projectNo: 'GUARD-A', salt: 'a' }))
    await post(door, EVENTS, { key: 's0', type: JSON_TYPE, body: listOf(textsOf(openingOf('GUARD-A', 'ao'))) })
    return async () => {
      const counts = none()
      await sendAll(door, 's0', texts, 2_000, counts)
      return told(counts)
    }
  },
})

/** The same through five sources, up to the bound of each, and then event after event on it: at its end, and amidst. */
const manySources = (share: number): Load => ({
  name: 'a 10,000 events on one case, by five sources',
  async ready(door) {
    const each = Math.ceil(2_000 * share)
    const lots = Array.from({ length: 5 }, (_, s) =>
      textsOf(eventsOfOne(each, { projectNo: 'GUARD-M', salt: `m${s}`, firstMinute: 10 + s * each })),
    )
    await post(door, EVENTS, { key: 's0', type: JSON_TYPE, body: listOf(textsOf(openingOf('GUARD-M', 'mo'))) })
    return async () => {
      const counts = none()
      for (const [s, texts] of lots.entries()) await sendAll(door, `s${s}`, texts, 2_000, counts)
      return told(counts)
    }
  },
})

const singles = (share: number): Load => ({
  name: 'a single events on these cases, at the end and amidst',
  async ready(door) {
    const n = Math.ceil(40 * share)
    const of = (projectNo: string, salt: string, firstMinute: number): string[] =>
      textsOf(eventsOfOne(n, { projectNo, salt, firstMinute }))
    const texts = [
      ...of('GUARD-A', 'sa1', 40_000),
      ...of('GUARD-A', 'sa2', 700),
      ...of('GUARD-M', 'sm1', 40_000),
      ...of('GUARD-M', 'sm2', 700),
    ]
    return async () => {
      const counts = none()
      await sendAll(door, 's9', texts, 1, counts)
      return told(counts)
    }
  },
})

/** All in one kind: whatever looks back upon its like looks upon two thousand. */
const oneKind = (share: number): Load => ({
  name: 'a 2,000 events of one kind on a case, kind by kind',
  async ready(door) {
    const types = ['CORRECT_NOTICE', 'SUSPEND', 'EXTEND', 'JOINT_DISPATCH', 'STEP_START', 'HANDOVER', 'FEE']
    const lots = types.map((type) => ({
      opening: textsOf(openingOf(`GUARD-${type}`, `o-${type}`)),
      texts: textsOf(eventsOfOne(Math.ceil(1_900 * share), { projectNo: `GUARD-${type}`, salt: type, types: [type] })),
      after: textsOf(
        eventsOfOne(6, { projectNo: `GUARD-${type}`, salt: `after-${type}`, types: [type], firstMinute: 5 }),
      ),
    }))
    return async () => {
      const counts = none()
      for (const { opening, texts, after } of lots) {
        await sendAll(door, 's1', [...opening, ...texts], 500, counts)
        await sendAll(door, 's1', after, 1, counts)
      }
      return told(counts)
    }
  },
})

const ofQuestions = (name: string, body: string, times: number): Load => ({
  name,
  ready: async (door) => async () => {
    const said: string[] = []
    for (let n = 0; n < times; n++) {
      const { status, text } = await post(door, '/api/v1/due', { key: 's0', type: JSON_TYPE, body })
      said.push(status === 200 ? `${(JSON.parse(text) as unknown[]).length} answered` : `${status} ${codeIn(text)}`)
    }
    return [...new Set(said)].join(', ')
  },
})

/** @param share of the full size of each load: 1 for a measurement */
export const loadsOf = (share: number): readonly Load[] => [
  oneCase(share),
  manySources(share),
  singles(share),
  oneKind(share),
  ofQuestions('b 9,500 of the dearest due questions', dearQuestions(Math.ceil(9_500 * share)), 3),
  ofQuestions('c 20 questions of 500 pauses', pausedQuestions(20, Math.ceil(500 * share)), 3),
  silentUploads(share),
  ofBodies('e the largest bodies of events', 's3', () => wholeBodies(share)),
  ofBodies('e the largest bodies of nothing', 's4', () => idleBodies(share)),
  floods(share),
  readings(),
]
