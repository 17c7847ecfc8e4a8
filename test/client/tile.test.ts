// A tile and a card of the stream: level by colour, shape and word, never by colour alone (L4, L5, L7).

import { describe, expect, test } from 'vitest'
import { wordsOf } from '../../client/i18n/both.ts'
import StreamEntry from '../../client/wall/StreamEntry.svelte'
import TileView from '../../client/wall/Tile.svelte'
import type { Tile } from '../../server/contract/live.ts'
import { calmTile, makeBoard, NOW } from './board.fixture.ts'
import { draw as drawPart } from './draw.ts'

const now = Date.parse(NOW)
const days = makeBoard(7)
const draw = (tile: Tile, lang: 'zh' | 'en' = 'zh'): HTMLElement => {
  const { container } = drawPart(TileView, { t: wordsOf(lang), tile, now, days })
  const link = container.querySelector<HTMLElement>('a.tile')
  if (!link) throw new Error('no tile')
  return link
}
const lit = (level: 1 | 2 | 3, over: Partial<Tile> = {}): Tile =>
  calmTile(13, {
    level,
    rule: 'T-02',
    rule_name: '超承诺时限',
    rule_name_en: 'Past the promised limit',
    case_tail: '20260917-0042',
    project_no: '3701-20260917-0042',
    holder: '王*',
    limit_at: level === 1 ? '2026-09-29T17:30:00+08:00' : '2026-09-28T23:59:59.999+08:00',
    late_by_wd: level === 1 ? 0 : 2,
    next_due_at: '2026-09-29T17:30:00+08:00',
    ...over,
  })

describe('a tile of the matrix', () => {
  test('L4: calm, it says whose it is and what is in hand, and no word of alarm', () => {
    const tile = draw(calmTile(0))
    expect(tile.dataset.level).toBe('0')
    expect(tile.textContent).toContain('A01')
    expect(tile.textContent).toContain('市监')
    expect(tile.textContent).toContain('20')
    expect(tile.textContent).not.toMatch(/预警|黄牌|红牌/)
    expect(tile.querySelector('.signal')).toBeNull()
  })

  test.each([
    [1, '预警', '剩2时'],
    [2, '黄牌', '超2日'],
    [3, '红牌', '超2日'],
  ] as const)('L4: at level %i it bears the shape, the word %s and %s', (level, word, line) => {
    const tile = draw(lit(level))
    expect(tile.dataset.level).toBe(String(level))
    expect(tile.querySelector('.signal')?.getAttribute('data-signal')).toBe(String(level))
    expect(tile.textContent).toContain(word)
    expect(tile.textContent).toContain(line)
  })

  test('L4: it carries rule, case and holder for whoever looks closer', () => {
    const label = draw(lit(2)).getAttribute('title') ?? ''
    for (const part of ['A14', '黄牌', '超承诺时限', '…20260917-0042', '王*', '超 2 个工作日', '在办 20'])
      expect(label).toContain(part)
  })

  test.each([
    ['P-01', '无受理办结', 'Concluded without acceptance', 2],
    ['D-06', '时限不符', 'Stated limit later than listed', 1],
    ['X-99', '一条新规则', 'A rule of tomorrow', 3],
  ] as const)(
    'L3: lit by %s, which is about no limit, it says %s and since when, never a lateness',
    (rule, name, en, level) => {
      const over = { rule, rule_name: name, rule_name_en: en, late_by_wd: 0, limit_at: '2026-09-29T10:12:00+08:00' }
      const tile = draw(lit(level, over))
      expect(tile.querySelector('.brief')?.textContent).toBe(name)
      expect(tile.querySelector('.full')?.textContent).toBe('10:12 起')
      for (const text of [tile.textContent, tile.getAttribute('title')])
        expect(text).not.toMatch(/已超时|超\s*\d|剩|到期后|还有/)
      const english = draw(lit(level, over), 'en')
      expect(english.querySelector('.brief')?.textContent).toBe(en)
      expect(english.textContent).not.toMatch(/\blate\b(?!r)|left/)
    },
  )

  test('L3: a limit missed over a weekend is late by no working day: its rule is said, not a figure', () => {
    const tile = draw(lit(2, { late_by_wd: 0 }))
    expect(tile.querySelector('.brief')?.textContent).toBe('超承诺时限')
    expect(tile.querySelector('.full')?.textContent).toBe('00:00 起')
  })

  test('C4: cards that wait for an answer are counted on the tile', () => {
    expect(draw(lit(3, { waiting_reply: 2 })).querySelector('.badge')?.textContent).toBe('2')
    expect(draw(lit(3)).querySelector('.badge')).toBeNull()
  })

  test('T13: a provisional deadline is marked', () => {
    expect(draw(lit(1, { provisional: true })).querySelector('.line.provisional')).not.toBeNull()
  })

  test('L4: a press leads to the window; English speaks English', () => {
    expect(draw(calmTile(0)).getAttribute('href')).toBe('/windows/A01')
    expect(draw(lit(2), 'en').getAttribute('title')).toContain('Past the promised limit')
  })
})

describe('a card of the stream', () => {
  const card = makeBoard(7).cards.find((one) => one.level === 3)
  if (!card) throw new Error('fixture')
  const entry = (over: Partial<typeof card>, isNew = false): HTMLElement => {
    const { container } = drawPart(StreamEntry, { t: wordsOf('zh'), card: { ...card, ...over }, now, days, isNew })
    return container.querySelector('a') as HTMLElement
  }

  test('L4: level, rule, window, case, holder and reply countdown, with a way to the case', () => {
    const link = entry({ state: 'notified', reply_due_at: '2026-10-01T14:32:07+08:00', project_no: '3701/1' })
    for (const part of ['红牌', '超法定时限', card.window_no ?? '', card.holder ?? '', '1工作日内回复'])
      expect(link.textContent).toContain(part)
    expect(link.getAttribute('href')).toBe('/cases/3701%2F1')
  })

  test('C4: an answer overdue is said; an answered card says how it stands', () => {
    expect(entry({ state: 'notified', reply_due_at: '2026-09-28T14:00:00+08:00' }).textContent).toContain('回复已逾期')
    expect(entry({ state: 'appealed' }).textContent).toContain('申诉中')
  })

  test('L3: a card about no limit bears its rule and no lateness; one about a limit bears both', () => {
    const fact = entry({ rule_name: '无受理办结', late_by_wd: 0, limit_at: '2026-09-28T10:12:00+08:00' })
    expect(fact.textContent).toContain('无受理办结')
    expect(fact.textContent).not.toMatch(/已超时|超\s*\d|到期/)
    expect(entry({ late_by_wd: 2 }).textContent).toContain('超2日')
  })

  test('L4: new is a word, not only a colour', () => {
    expect(entry({}, true).textContent).toContain('新')
    expect(entry({}, false).querySelector('em')).toBeNull()
  })
})
