// The office is the one room that does something for somebody: a door says who asks and what, and puts the answer in its own
// way. So `http` and `cli` reach the supervision and the store through it, and the console and its socket never reach http.

import { describe, expect, it } from 'vitest'
import { filesIn, type Import, importsOf, roomOf } from './tree.ts'

/** What still goes round the office: a file and the room it reaches. A line goes with its cause, and none comes. */
const ROUND: readonly string[] = [
  'server/cli/catalogue.ts http',
  'server/cli/catalogue.ts store',
  'server/cli/catalogue.ts supervision',
  'server/cli/import-changes.ts http',
  'server/cli/import-changes.ts store',
  'server/cli/import-changes.ts supervision',
  'server/cli/import-door.ts http',
  'server/cli/import-door.ts store',
  'server/cli/import-door.ts supervision',
  'server/cli/import.ts supervision',
  'server/http/aliases.ts store',
  'server/http/aliases.ts supervision',
  'server/http/catalogue-files.ts store',
  'server/http/catalogue-files.ts supervision',
  'server/http/catalogue-lists.ts store',
  'server/http/catalogue-loads.ts store',
  'server/http/catalogue-loads.ts supervision',
  'server/http/catalogue-source.ts store',
  'server/http/catalogue.ts supervision',
  'server/http/collisions.ts store',
  'server/http/collisions.ts supervision',
  'server/http/declare.ts supervision',
  'server/http/import-changes.ts store',
  'server/http/import-changes.ts supervision',
  'server/http/imports-door.ts supervision',
  'server/http/imports-entries.ts store',
  'server/http/imports-entries.ts supervision',
  'server/http/imports-jobs.ts supervision',
  'server/http/imports-preview.ts supervision',
  'server/http/imports.ts store',
  'server/http/imports.ts supervision',
  'server/http/name-book.ts supervision',
]

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
    expect([...new Set(found)].sort()).toEqual(ROUND)
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
