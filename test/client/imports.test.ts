// What the page of imports says of a sample in one line: nothing that came to nothing is praised.
import { describe, expect, it } from 'vitest'
import { wordsOf } from '../../client/i18n/both.ts'

const [zh, en] = [wordsOf('zh'), wordsOf('en')]

describe('what the first rows become', () => {
  it('I8: rows that make no event at all are not "all of them can be taken" [U9]', () => {
    for (const t of [zh, en]) {
      const nothing = t.imports.counts(40, 0, 0)
      expect(nothing).toContain('40')
      expect(nothing).not.toMatch(/全部可收|all can be taken|all of them/i)
      expect(nothing).toMatch(/映射|mapping/)
    }
    expect(zh.imports.counts(40, 80, 0)).toBe('样本 40 行 → 80 个事件，全部可收')
    expect(zh.imports.counts(40, 78, 2)).toBe('样本 40 行 → 78 个事件，2 处拒收')
  })
})
