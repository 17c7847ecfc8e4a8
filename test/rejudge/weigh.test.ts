// What a load of law is told to move before it is taken is what it then moves, to the case, the card and the sum; and once it
// is taken back everything stands as before (T1a, J6). Stores made by walks: cards that people moved, voids, imports, aliases.

import { afterEach, describe, expect, it } from 'vitest'
import { begin } from '../walks/steps.ts'
import { drawn } from '../walks/walk.ts'
import { load, type Walker } from '../walks/walker.ts'
import { type Draw, LOADS, reaching } from './loads.ts'
import { asTold, drawOf, openWalker, saidBy, standing } from './weighing.ts'

const WALKED = 30
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** A store as a walk leaves it; every second one under a calendar that ends on the way. */
const walked = async (seed: number): Promise<Walker> => {
  const { walker, close } = await openWalker(seed)
  closing.push(close)
  await begin(walker)
  if (seed % 2 === 0) await load(walker, reaching('2026-04-30'))
  for (let i = 0; i < WALKED; i++) {
    await drawn(walker).take(walker)
    await walker.house.supervisor.settled()
  }
  return walker
}

const KINDS = Object.keys(LOADS)
/** Each kind of load upon three stores; 515 found a question about a card that a load and its taking back had ended. */
const SEEDS = [...Array.from({ length: KINDS.length * 3 }, (_, i) => i + 1), 515]

describe('a load of law', () => {
  it.each(SEEDS)(
    'T1a, J6: seed %i: the preview says what the load does; taken back, all is as before',
    async (seed) => {
      const walker = await walked(seed)
      const kind = KINDS[seed % KINDS.length] as string
      const make = LOADS[kind] as (draw: Draw) => Record<string, unknown>
      const before = await saidBy(walker)
      const entry = await asTold(walker, make(drawOf(walker)))
      await asTold(walker, { catalogue: `撤回：${kind}`, takes_back: entry, why: '有误' })
      const ofNumbers = ['numbers of its own', 'much at once'].includes(kind)
      expect(standing(await saidBy(walker), ofNumbers)).toEqual(standing(before, ofNumbers))
    },
  )
})
