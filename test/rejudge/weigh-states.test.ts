// What a preview of a load of law says of a case whose card stands in each state that people and facts can bring it to (T1a,
// C2, C5): laid beside what the load then does, and what its taking back then does. Given one case per state, late on 28 April
// by five working days from 20 April; then each kind of load upon all of them at once.

import { afterEach, describe, expect, it } from 'vitest'
import { SMALL } from '../supervision/house.ts'
import { load, type Walker } from '../walks/walker.ts'
import { type Draw, LOADS, type StoreSaid } from './loads.ts'
import { asTold, drawOf, openWalker, saidBy, standing } from './weighing.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const ITEM = { task_code: 'five' }
const STARTED = { occurred_at: '2026-04-20T10:00:00+08:00' }
const IN_TIME = { occurred_at: '2026-04-24T10:00:00+08:00' }
const GRANTED = { payload: { result: 'granted' } }

/** state → what is sent when its card has been told, and what a person then says. */
interface State {
  readonly sent?: (walker: Walker, no: string) => Record<string, unknown>[]
  readonly moves?: readonly string[]
}
const sent = {
  ended: ({ house }: Walker, no: string) => [house.event('DECIDE', no, { ...IN_TIME, ...GRANTED })],
  late: ({ house }: Walker, no: string) => [house.event('DECIDE', no, GRANTED)],
  other: ({ house }: Walker, no: string) => [
    house.event('ACCEPT', no, { ...ITEM, occurred_at: '2026-04-22T10:00:00+08:00' }),
  ],
  voided: ({ house }: Walker, no: string) => [house.event('VOID', no, { payload: { target: `${no}-a` } })],
}

const STATES: Readonly<Record<string, State>> = {
  told: {},
  explained: { moves: ['explain'] },
  closed: { sent: sent.late, moves: ['explain', 'close'] },
  'told, ended late': { sent: sent.late },
  'to be lifted, ended in time': { sent: sent.ended },
  'kept, ended in time': { sent: sent.ended, moves: ['keep'] },
  'lifted by a person': { sent: sent.ended, moves: ['lift'] },
  'kept, explained': { sent: sent.ended, moves: ['keep', 'explain'] },
  'tellings differ, asked about': { sent: sent.other },
  'tellings differ, kept': { sent: sent.other, moves: ['keep'] },
  'tellings differ, lifted': { sent: sent.other, moves: ['lift'] },
  'every fact void, asked about': { sent: sent.voided },
  'every fact void, kept': { sent: sent.voided, moves: ['keep'] },
  'every fact void, lifted': { sent: sent.voided, moves: ['lift'] },
}
const EARLY: Readonly<Record<string, readonly string[]>> = {
  'waits, tellings differ': [],
  'confirmed, tellings differ': ['confirm'],
  'declined, tellings differ': ['decline'],
  'confirmed and explained': ['confirm', 'explain'],
}

const numbered = (names: readonly string[]): [no: string, state: string][] => names.map((name, i) => [`S${i}`, name])
const TOLD = numbered(Object.keys(STATES))
const DOUBTED = Object.keys(EARLY).map((name, i): [string, string] => [`D${i}`, name])

/** Cards that a person has lifted, as they were left. */
const liftedBySomebody = ({ cards }: StoreSaid): string[] =>
  [...cards.values()]
    .filter(({ lift }) => lift?.decided === 'lift')
    .map(
      ({ cardId, state, limitAt, lift }) =>
        `${cardId} ${state} ${limitAt} ${lift?.decided} ${lift?.dormant !== undefined}`,
    )
    .sort()

/** A store with a case in each state. */
const stored = async (seed: number): Promise<Walker> => {
  const { walker, close } = await openWalker(seed)
  closing.push(close)
  const { house } = walker
  await load(walker, SMALL)
  await house.moveTo('2026-04-23T10:00:00+08:00')
  const opened = ([no]: readonly [string, string]) => [
    house.event('ACCEPT', no, { ...ITEM, ...STARTED, event_id: `${no}-a` }),
  ]
  await house.take(...[...TOLD, ...DOUBTED].flatMap(opened))
  // told twice from the first: what only one telling gives waits when it comes
  await house.take(...DOUBTED.flatMap(([no]) => sent.other(walker, no)))
  await house.moveTo('2026-04-28T10:00:00+08:00')
  for (const [no, name] of TOLD) {
    const events = STATES[name]?.sent?.(walker, no) ?? []
    if (events.length > 0) await house.take(...events)
  }
  await house.supervisor.settled()
  const moves = [
    ...TOLD.map(([no, name]) => [no, STATES[name]?.moves ?? []] as const),
    ...DOUBTED.map(([no, name]) => [no, EARLY[name] ?? []] as const),
  ]
  for (const [no, said] of moves)
    for (const move of said) {
      const asked = { cardId: `T-02.case.${no}.promise`, move, by: 'sup1', why: '核实', signedBy: null }
      expect(await house.supervisor.move({ ...asked, stillOverdue: true }), `${no} ${move}`).not.toHaveProperty(
        'refused',
      )
    }
  return walker
}

const promised = (promise: string, statute = '20WD') => ({
  catalogue: '一载',
  valid_from: '2024-01-01',
  items: [{ ...SMALL.items?.[0], promise, statute }],
})

/** Drawn ones, and those that move the limit of every case past now, or before it by every telling. */
const ALL: Readonly<Record<string, (draw: Draw) => Record<string, unknown>>> = {
  ...LOADS,
  'a promise that has passed by every telling': () => promised('2WD'),
  'a promise that has passed by no telling': () => promised('15WD'),
  'a statute that has passed by every telling': () => promised('1WD', '2WD'),
  'a statute that has passed by one telling': () => promised('1WD', '5WD'),
}

const KINDS = Object.keys(ALL).filter((kind) => !['numbers of its own', 'much at once'].includes(kind))

describe('a card in every state', () => {
  it.each(KINDS)(
    'T1a C2 C5 J6: %s: the preview says what becomes of it; taken back, all is as before',
    async (kind) => {
      const walker = await stored(KINDS.indexOf(kind) + 1)
      const make = ALL[kind] as (draw: Draw) => Record<string, unknown>
      const before = await saidBy(walker)
      const entry = await asTold(walker, make(drawOf(walker)))
      await asTold(walker, { catalogue: '撤回', takes_back: entry, why: '有误' })
      expect(standing(await saidBy(walker), false)).toEqual(standing(before, false))
      expect(liftedBySomebody(await saidBy(walker))).toEqual(liftedBySomebody(before))
      expect((await walker.house.audit()).findings).toEqual([])
    },
  )
})
