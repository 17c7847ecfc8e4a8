// Pages of lists, in the law book of the store port: the cursor of a page leads to the next, in one shape whatever the list, and
// what no list made is refused instead of being read as the end (B4).

import { expect, it } from 'vitest'
import type { Given } from './contract.ts'
import { at, batch, card, caseRow, flow } from './rows.ts'

/** As the doors let in. */
const PLACE = /^n[0-9a-z]{1,11}$/
const NAME = /^t[A-Za-z0-9_-]{1,390}$/

interface Page {
  readonly names: readonly string[]
  readonly next: string | null
}

export function cursorRules(given: Given): void {
  const numbers = Array.from({ length: 40 }, (_, i) => `案/${String(i).padStart(2, '0')} ü`)
  const fill = async (): Promise<void> => {
    const cases = numbers.map((no) => caseRow(no, { flows: [flow('late')] }))
    const cards = numbers.map((no, i) => card(`c${i}`, { projectNo: no, subject: no }))
    const quarantine = numbers.map((no) => ({
      ...{ at: at(0), source: 's1', importNo: null, rowNo: null, eventId: null, projectNo: no },
      ...{ code: 'bad_field', field: '/x', message: 'm', raw: '{}' },
    }))
    await given.store.ledger.commit(batch({ cases, cards, quarantine }))
  }
  const query = { kinds: ['late'], dimension: 'window', key: null, from: -9_999_999, to: 9_999_999 } as const

  const lists: readonly [string, RegExp, (asked: { limit: number; after?: string }) => Promise<Page>][] = [
    [
      'cases',
      PLACE,
      async (asked) => {
        const { rows, next } = await given.store.records.listCases(asked)
        return { names: rows.map(({ projectNo }) => projectNo), next }
      },
    ],
    [
      'cards',
      PLACE,
      async (asked) => {
        const { rows, next } = await given.store.records.listCards(asked)
        return { names: rows.map((row) => row.card.projectNo ?? ''), next }
      },
    ],
    [
      'what was refused',
      PLACE,
      async (asked) => {
        const { rows, next } = await given.store.records.quarantine(asked)
        return { names: rows.map(({ projectNo }) => projectNo ?? ''), next }
      },
    ],
    [
      'cases behind a figure',
      NAME,
      async (asked) => {
        const { cases, next } = await given.store.records.casesBehind({ ...query, ...asked })
        return { names: cases.map(({ projectNo }) => projectNo), next }
      },
    ],
  ]

  it.each(lists)(
    '%s: page by page each row comes once, and the last page has no cursor [B4]',
    async (_, shape, list) => {
      await fill()
      const found: string[] = []
      let after: string | undefined
      for (let pages = 0; pages < 99; pages++) {
        const { names, next } = await list(after === undefined ? { limit: 7 } : { limit: 7, after })
        found.push(...names)
        if (next === null) break
        expect(next).toMatch(shape)
        after = next
      }
      expect(found.sort()).toEqual([...numbers].sort())
    },
  )

  it.each(lists)('%s: what no such list made is refused [B4]', async (_, shape, list) => {
    await fill()
    const other = shape === PLACE ? 'tUDE' : 'n5'
    for (const after of ['41', '', 'n', 't', 'n1; DELETE FROM cases', other])
      await expect(list({ limit: 5, after })).rejects.toThrow('no cursor')
  })
}
