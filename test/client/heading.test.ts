// What a case page says at its head and of its facts: one card gives mark, word and colour; an end is told as the file
// states it; what is known by the day alone bears no time of day; where sources differ, what waits for it is named.

import { describe, expect, it } from 'vitest'
import CaseFlags from '../../client/case/CaseFlags.svelte'
import CaseHead from '../../client/case/CaseHead.svelte'
import Events from '../../client/case/Events.svelte'
import { headingOf } from '../../client/case/heading.ts'
import UrgeForm from '../../client/case/UrgeForm.svelte'
import { stateText } from '../../client/frame/tell.ts'
import { wordsOf } from '../../client/i18n/both.ts'
import type { CardView, CaseView } from '../../server/contract/api.ts'
import { lateCase } from './case.fixture.ts'
import { draw } from './draw.ts'

const t = wordsOf('zh')
const now = '2026-05-21T10:00:00+08:00'
const head = (over: Partial<CaseView>): HTMLElement =>
  draw(CaseHead, { t, found: { ...lateCase, ...over }, now }).container
const [yellow] = lateCase.cards as [CardView]

describe('the heading of a case', () => {
  it.each([
    [{}, '2', '超承诺时限', '超期办结 · 准予'],
    [{ level: 0, lit_by: null, verdict: 'on_time', outcome: 'granted' }, '0', '', '按时办结 · 准予'],
    [{ level: 0, lit_by: null, verdict: 'on_time', outcome: 'unstated' }, '0', '', '按时办结 · 结果未载明'],
    [{ level: 1, lit_by: 'k0', status: 'accepted', verdict: null, outcome: null }, '1', '即将到期', '办理中'],
    [
      { status: 'void', verdict: null, outcome: null, level: 0, lit_by: null, cards: [] },
      '0',
      '',
      '已作废：全部事件均已作废',
    ],
    [
      {
        status: 'void',
        verdict: null,
        outcome: null,
        level: 0,
        lit_by: null,
        cards: [{ ...yellow, state: 'to_lift' }],
      },
      '0',
      '',
      '已作废：全部事件均已作废 · 所涉的卡未撤销，仍照计',
    ],
    [{ status: 'paused', verdict: null, outcome: null, level: 0, lit_by: null }, '0', '', '暂停计时'],
  ] as [Partial<CaseView>, string, string, string][])(
    'C4 F3: of %j the colour is %s, the mark %s, the word %s [U7]',
    (over, level, rule, said) => {
      const state = head(over).querySelector<HTMLElement>('header .state')
      expect(state?.dataset.level).toBe(level)
      expect(state?.querySelector<HTMLElement>('.badge')?.dataset.level ?? '0').toBe(level)
      expect(headingOf(t, { ...lateCase, ...over })).toMatchObject({ rule, said })
      expect(state?.textContent).toContain(said)
    },
  )

  it('C4: a card ends as 已销号 and never as 已办结 [U7]', () => {
    expect(stateText(t, { ...yellow, state: 'closed' })).toBe('已销号')
  })

  it('I15: what is known by the day alone is told 按日, without a time of day', () => {
    const text = head({ by_day: ['concluded'], concluded_at: '2026-05-20T00:00:00+08:00' }).textContent ?? ''
    expect(text).toContain('5月20日 周三 按日')
    expect(text).not.toContain('5月20日 周三 00:00')
    const [first] = lateCase.events
    if (first === undefined) throw new Error('no event')
    const events = [{ ...first, precision: 'day' as const, occurred_at: '2026-04-20T00:00:00+08:00' }]
    expect(draw(Events, { t, events, steps: new Map(), now }).container.textContent).toContain('4月20日 周一 按日')
  })
})

describe('what must be known first', () => {
  it.each(['zh', 'en'] as const)('F5: in %s, where tellings differ the card that waits for it is named', (lang) => {
    const words = wordsOf(lang)
    const waits: CardView = { ...yellow, state: 'to_confirm', waits_for: 'contested' }
    const found: CaseView = { ...lateCase, conflicts: ['accepted'], cards: [waits] }
    const line = draw(CaseFlags, { t: words, found }).container.querySelector('[data-flag="contested"]')
    expect(line?.textContent).toContain('T-02')
    expect(line?.querySelector('a')?.getAttribute('href')).toBe('/cards/k1')
  })

  it.each(['zh', 'en'] as const)('I11: in %s, a number given to two items is told with who gave it', (lang) => {
    const told = (source: string, source_name: string) => ({
      source,
      source_name,
      event_id: `${source}-1`,
      occurred_at: '2026-04-20T09:00:00+08:00',
      entered_at: '2026-04-20T09:05:00+08:00',
    })
    const collision = [
      { ...told('east', '东区系统'), item: 'X1', item_name: '食品经营许可', item_name_en: 'Food' },
      { ...told('west', '西区系统'), item: 'X2', item_name: '施工许可', item_name_en: 'Works' },
    ]
    const found: CaseView = { ...lateCase, collision }
    const line = draw(CaseFlags, { t: wordsOf(lang), found }).container.querySelector('[data-flag="collision"]')
    for (const part of lang === 'zh'
      ? ['疑似撞号', '西区系统 报 施工许可']
      : ['perhaps two cases', '西区系统 says Works'])
      expect(line?.textContent).toContain(part)
  })
})

describe('what is said of its number', () => {
  const flag = (found: CaseView, name: string): string | undefined =>
    draw(CaseFlags, { t, found }).container.querySelector(`[data-flag="${name}"]`)?.textContent ?? undefined

  it('I11: a source’s own number is told as the source says it, with its name', () => {
    const own = { source: 'gov', source_name: '住建系统', said: '0042' }
    const found: CaseView = { ...lateCase, project_no: 'gov:0042', own_number: own }
    expect(flag(found, 'own_number')).toContain('0042（住建系统自编）')
    const title = draw(CaseHead, { t, found, now }).container.querySelector('h1')?.textContent
    expect(title).toContain('0042')
    expect(title).toContain('住建系统')
    expect(flag(lateCase, 'own_number')).toBeUndefined()
  })

  it('I15: what came of it and could not be taken is told before its dates, and nothing where all was', () => {
    const items = [
      {
        id: 7,
        at: '2026-03-20T10:00:00+08:00',
        source_system: 'gov',
        source_name: '住建系统',
        event_id: 'e1',
        event_type: 'COMPLETE',
        project_no: lateCase.project_no,
        code: 'row_waits',
        field: null,
        message: '日期不能读取。',
        message_en: 'The date cannot be read.',
        import_no: 12,
        row: 3,
      },
    ]
    const told = flag({ ...lateCase, waiting: { count: 1, items } }, 'waiting')
    for (const word of [
      '另有 1 条未接收',
      '住建系统“办结”（2026-03-20 报，文件第 3 条数据）',
      '日期不能读取',
      '均未计入',
    ])
      expect(told).toContain(word)
    expect(flag(lateCase, 'waiting')).toBeUndefined()
  })

  it('F3: a void of what is another source’s is told as none', () => {
    const [first, ...rest] = lateCase.events
    if (first === undefined) throw new Error('no event')
    const found: CaseView = { ...lateCase, events: [{ ...first, source_system: 'west', not_yours: 'e9' }, ...rest] }
    expect(flag(found, 'not_yours')).toContain('west 作废的事件 e9 属于其他来源')
  })
})

describe('the urge', () => {
  const form = (rule: string | null): string =>
    draw(UrgeForm, { t, found: { ...lateCase, tacit_rule: rule }, now, again: () => undefined }).container
      .textContent ?? ''

  it('T12: tacit approval is spoken of only where the profile cites a rule of it, by its name [U10]', () => {
    expect(form(null)).not.toContain('默许')
    expect(form('《某省政务服务条例》第三十条')).toContain('依《某省政务服务条例》第三十条，自催办之日起')
  })
})
