// The office is the one room that does something for somebody: a door says who asks and what, and puts the answer in its own
// way. So `http` and `cli` reach the supervision and the store through it, and the console and its socket never reach http.

import { describe, expect, it } from 'vitest'
import { filesIn, type Import, importsOf, roomOf } from './tree.ts'

type Step = Pick<Import, 'from' | 'to'>

const BELOW: ReadonlySet<string | null> = new Set(['supervision', 'store'])
const CONSOLE: ReadonlySet<string | null> = new Set(['cli', 'control.ts'])

/** The file and the room, where it reaches past the office; null: it does not. */
const roundOffice = ({ from, to }: Step): string | null => {
  const mine = roomOf(from)
  const theirs = to === null ? null : roomOf(to)
  const isPast = (mine === 'http' || mine === 'cli') && BELOW.has(theirs)
  const isBeside = CONSOLE.has(mine) && theirs === 'http'
  return isPast || isBeside ? `${from} ${theirs}` : null
}

describe('the office', () => {
  it('is the way of http and cli to supervision and store; the console never reaches http', () => {
    const found = filesIn('server', ['.ts'])
      .flatMap(importsOf)
      .flatMap((each) => roundOffice(each) ?? [])
    expect([...new Set(found)].sort()).toEqual([])
  })

  it.each([
    ['server/http/cases.ts', 'server/store/port.ts'],
    ['server/http/cases.ts', 'server/supervision/said.ts'],
    ['server/cli/rank.ts', 'server/supervision/said.ts'],
    ['server/cli/rank.ts', 'server/http/rankings.ts'],
    ['server/control.ts', 'server/http/app.ts'],
  ])('catches %s reaching %s', (from, to) => expect(roundOffice({ from, to })).not.toBeNull())

  it.each([
    ['server/http/cases.ts', 'server/office/cases.ts'],
    ['server/http/cases.ts', 'server/core/plan.ts'],
    ['server/live/pump.ts', 'server/store/port.ts'],
    ['server/serve.ts', 'server/http/app.ts'],
  ])('lets %s use %s', (from, to) => expect(roundOffice({ from, to })).toBeNull())
})
