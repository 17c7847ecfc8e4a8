// What happens on one day in an order that a bare day hides (I15): a pause and its end, a notice and what is handed in, a
// question and its reply, steps that begin and end. Each event may be known by its day alone, and comes at any time of it.

import type { EventType, Json } from '../../server/core/case/event.ts'
import { STEPS } from './centre.ts'
import { type DayNo, dayOf, endOf } from './days.ts'
import { type Draft, moment } from './pieces.ts'

type Told = readonly [EventType, Record<string, Json>]

const PAUSE = { basis: '第四十五条', approver: 'P9' }

const pausesOf = (draft: Draft): Told[] => {
  const { random } = draft
  const kind = (): string => random.pick(['testing', 'testing', 'hearing'])
  const ends = (): Record<string, Json> => random.pick<Record<string, Json>>([{}, {}, { kind: kind() }])
  const pauses: Told[] = []
  for (let n = random.pick([1, 1, 1, 2, 2]); n > 0; n--)
    pauses.push(['SUSPEND', { ...PAUSE, kind: kind(), notice_at: endOf(0) }])
  for (let n = random.pick([1, 1, 2]); n > 0; n--) pauses.push(['RESUME', ends()])
  return pauses
}

const stepsOf = (draft: Draft): Told[] => {
  const { random } = draft
  const codes = STEPS.slice(0, random.pick([1, 2, 2]))
  return codes.flatMap((step_code): Told[] => [
    ['STEP_START', { step_code }],
    ...(random.chance(0.5) ? ([['STEP_END', random.chance(0.8) ? { step_code } : {}]] as const) : []),
  ])
}

const piecesOf = (draft: Draft): Told[] => {
  const { random } = draft
  const member = random.pick(['D2', 'D3'])
  return random.pick<() => Told[]>([
    () => pausesOf(draft),
    () => pausesOf(draft),
    () => pausesOf(draft),
    () => [
      ['CORRECT_NOTICE', {}],
      ['CORRECT_DONE', {}],
      ...(random.chance(0.4) ? ([['CORRECT_NOTICE', {}]] as const) : []),
    ],
    () => [
      ['JOINT_DISPATCH', { member }],
      ['JOINT_REPLY', { member }],
    ],
    () => stepsOf(draft),
    () => [
      ['REFUSE_ACCEPT', {}],
      ['ACCEPT', {}],
    ],
  ])()
}

/** What may end later what of that day goes on, in one order of it at least. */
const AFTERWARDS: readonly EventType[] = ['RESUME', 'RESUME', 'STEP_END', 'CORRECT_DONE']

export const oneDayInto = (draft: Draft, from: DayNo): void => {
  const { random, days } = draft
  if (days === null) return
  const day = from + random.between(0, 12)
  if (random.chance(0.3))
    draft.add('SUSPEND', moment(random, day - 2), { ...PAUSE, kind: 'testing', notice_at: endOf(0) })
  for (const [type, payload] of piecesOf(draft)) draft.add(type, moment(random, day), payload)
  if (!random.chance(0.4)) return
  const type = random.pick(AFTERWARDS)
  const payload = type === 'STEP_END' ? { step_code: random.pick(STEPS.slice(0, 2)) } : {}
  draft.add(type, moment(random, dayOf(moment(random, day)) + random.between(1, 60)), payload)
}
