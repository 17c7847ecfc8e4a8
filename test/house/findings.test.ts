// What was found amiss before 0.2, by the law (L), by attack (S) and by clerks (U): each finding is named, in square brackets at
// the end of its title, by a test that would fail were it so again.

import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const TESTS = new URL('../', import.meta.url)
const FOUND = [
  ['L', 25],
  ['S', 23],
  ['U', 17],
] as const

const textsOf = (): string[] =>
  readdirSync(TESTS, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.test.ts') && !path.startsWith('house'))
    .map((path) => readFileSync(new URL(path, TESTS), 'utf8'))

/** Ids in square brackets that end a text: of a title. */
const NAMED = /\[([LSU]\d+(?:, [LSU]\d+)*)\]['"`]/g

describe('what was found', () => {
  it('each is named by the title of a test', () => {
    const named = new Set(
      textsOf().flatMap((text) => [...text.matchAll(NAMED)].flatMap(([, ids = '']) => ids.split(', '))),
    )
    const ids = FOUND.flatMap(([letter, last]) => Array.from({ length: last }, (_, i) => `${letter}${i + 1}`))
    expect(ids.filter((id) => !named.has(id))).toEqual([])
  })
})
