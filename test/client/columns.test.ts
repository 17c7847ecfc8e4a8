// What is done with rows before they are drawn: order, days, the file. Seeds: whatever the rows, nothing is lost or made.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Column, csvOf, inOrder, nextOrder, orderIn, within } from '../../client/frame/columns.ts'
import { paperStyle } from '../../client/frame/paper.ts'

interface Row {
  name: string
  n: number | null
}
const columns: readonly Column<Row>[] = [
  { key: 'name', head: '名称', text: ({ name }) => name, order: ({ name }) => name },
  { key: 'n', head: '件', number: true, text: ({ n }) => (n === null ? '—' : String(n)), order: ({ n }) => n },
  { key: 'note', head: '注', text: () => '' },
]
const rows: readonly Row[] = [
  { name: 'B10', n: 2 },
  { name: 'B9', n: null },
  { name: 'A1', n: -3 },
  { name: 'A1', n: 2 },
]
const names = (said: string): string[] => inOrder(rows, columns, orderIn(said)).map(({ name, n }) => `${name} ${n}`)

describe('the order of rows', () => {
  it.each([
    ['', ['B10 2', 'B9 null', 'A1 -3', 'A1 2']],
    ['name', ['A1 -3', 'A1 2', 'B9 null', 'B10 2']],
    ['-name', ['B10 2', 'B9 null', 'A1 -3', 'A1 2']],
    ['n', ['A1 -3', 'B10 2', 'A1 2', 'B9 null']],
    ['-n', ['B10 2', 'A1 2', 'A1 -3', 'B9 null']],
    // a column without an order, and one that is not there
    ['note', ['B10 2', 'B9 null', 'A1 -3', 'A1 2']],
    ['else', ['B10 2', 'B9 null', 'A1 -3', 'A1 2']],
  ])('L4: %s: numbers as numbers, what has no value last, equal ones as they came [U18]', (said, wanted) => {
    expect(names(said)).toEqual(wanted)
  })

  it('L4: up, down, as they came [U18]', () => {
    expect(['', 'n', '-n', 'name'].map((said) => nextOrder('n', orderIn(said)))).toEqual(['n', '-n', '', 'n'])
  })

  it('L4: whatever the rows, the order is of the same rows', () => {
    const row = fc.record({ name: fc.string(), n: fc.option(fc.integer()) })
    fc.assert(
      fc.property(fc.array(row), fc.constantFrom('name', '-name', 'n', '-n'), (some, said) => {
        const sorted = inOrder(some, columns, orderIn(said))
        expect(new Set(sorted)).toEqual(new Set(some))
        expect(sorted.length).toBe(some.length)
      }),
    )
  })
})

describe('days', () => {
  it.each([
    ['2026-03-17T23:59:59+08:00', '2026-03-17', '2026-03-17', true],
    ['2026-03-17T00:00:00+08:00', '2026-03-18', '', false],
    ['2026-03-17T00:00:00+08:00', '', '2026-03-16', false],
    ['2026-03-17T00:00:00+08:00', '', '', true],
    [null, '2026-03-17', '', false],
    [null, '', '', true],
  ])('L4: %s from %s to %s: %s [U18]', (instant, from, to, wanted) => {
    expect(within(instant, { from, to })).toBe(wanted)
  })
})

describe('the file', () => {
  it('X1: UTF-8 with its mark, CRLF, quotes doubled, no cell a formula, a negative number a number', () => {
    const said = ['=1+1', '@x', '+1', '-x', '-3', '-', 'a,b', 'say "yes"', 'two\nlines', '', '\ttab']
    const one: Column<string> = { key: 'a', head: '甲', text: (text) => text }
    expect(csvOf([one], said)).toBe(
      '\ufeff甲\r\n\'=1+1\r\n\'@x\r\n\'+1\r\n\'-x\r\n-3\r\n\'-\r\n"a,b"\r\n"say ""yes"""\r\n"two\nlines"\r\n\r\n\'\ttab\r\n',
    )
  })
})

describe('the edge of a printed sheet', () => {
  it('L5: a title of any letters stays a string of the style sheet [U20]', () => {
    const css = paperStyle({ title: 'P-1"; } * { display: none } \\ </style>\n', made: '截至' })
    expect(css).not.toContain('</style>')
    expect(css.match(/(?<!\\)"/g)?.length).toBe(6)
  })
})
