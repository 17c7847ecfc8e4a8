// A card in words: no code of the wire reaches the reader, who signed is read from its history, what it waits for is said.

import { fireEvent, screen } from '@testing-library/svelte'
import { describe, expect, test } from 'vitest'
import CardSheet from '../../client/card/CardSheet.svelte'
import {
  basisPairs,
  byText,
  isOpenProposal,
  isSigned,
  movesOf,
  signatureOf,
  stateAfter,
  waitsSentence,
} from '../../client/card/card.ts'
import ActForm from '../../client/frame/ActForm.svelte'
import { wordsOf } from '../../client/i18n/both.ts'
import type { CardView } from '../../server/contract/api.ts'
import { PAYLOAD_KEYS } from '../../server/contract/ingest.ts'
import { lateCase } from './case.fixture.ts'
import { draw } from './draw.ts'

const t = wordsOf('zh')
const base = lateCase.cards[0] as CardView
const card = (over: Partial<CardView>): CardView => ({ ...base, waits_for: null, ...over })
const words = (basis: CardView['basis'], lang: 'zh' | 'en' = 'zh') =>
  basisPairs(wordsOf(lang), basis, new Map([['HC', '住房和城乡建设局']])).map(({ key, value }) => `${key}=${value}`)

describe('the basis of a card', () => {
  test.each([
    [{ clock: 'pause', limit: '5WD', limit_from: 'event' }, ['所计时限=特别程序', '时限=5 个工作日', '时限来源=报送']],
    [{ limit_from: 'green' }, ['时限来源=绿色通道']],
    [
      { faults: 'kind notice', kind: 'publicity', lawful: false },
      ['欠缺=不属法定暂停事由、没有书面告知', '种类=公示', '暂停计时=无效，照常计时'],
    ],
    [
      { verdict: 'cut', days: 15, counted_days: 10 },
      ['延长结论=超过上限，只按上限计入', '天数=15 个工作日', '计入天数=10 个工作日'],
    ],
    [{ notice: 2, first_at: '2026-06-02T10:00:00+08:00' }, ['补正次数=第 2 次', '首次告知=2026年6月2日 周二 10:00']],
    [{ member: 'HC', clock: 'joint' }, ['联办部门=住房和城乡建设局', '所计时限=联办']],
    [{ member: 'XX' }, ['联办部门=XX']],
    [{ stated: '15WD', grace_wd: 3, statute: null }, ['报送时限=15 个工作日', '宽限（工作日）=3 个工作日']],
    [{ stated: '2026-06-24' }, ['报送时限=2026年6月24日 周三']],
    [{ missing: 'SC JD', out_of_order: '' }, ['缺少环节=SC、JD']],
  ] as const)('C3: %j', (basis, expected) => {
    expect(words(basis)).toEqual(expected)
  })

  test('C3: the same in English, with no Chinese left but names', () => {
    expect(words({ clock: 'notice', faults: 'basis approver', lawful: true, notice: 3 }, 'en')).toEqual([
      'clock=Correction notice',
      'lacks=no basis, no approver',
      'pause=stops the clock',
      'notice=no. 3',
    ])
  })

  test.each(['zh', 'en'] as const)('I1: every listed payload key has its word in %s', (lang) => {
    const names = Object.values(PAYLOAD_KEYS).flatMap((keys) => keys.map(({ name }) => name))
    expect([...new Set(names)].filter((name) => wordsOf(lang).payload[name] === undefined)).toEqual([])
  })
})

describe('what waits', () => {
  test('I13: a batch source is named, and until when', () => {
    const waiting = card({
      state: 'to_confirm',
      waits_for: 'source',
      basis: { waits_for: 'nightly', waits_until_at: '2026-06-26T23:59:59.999+08:00' },
    })
    expect(waitsSentence(t, waiting)).toContain('来源 nightly')
    expect(waitsSentence(t, waiting)).toContain('至迟 6月26日 周五 24:00')
    expect(movesOf(waiting)).toEqual([])
  })

  test('T13: a provisional date waits for the notice; nobody can confirm it', () => {
    const waiting = card({ state: 'to_confirm', waits_for: 'provisional' })
    expect(waitsSentence(t, waiting)).toContain('只按周末推算')
    expect(movesOf(waiting)).toEqual([])
  })

  test('C4: a card offers the moves of its state, of record none', () => {
    expect(movesOf(card({ state: 'to_confirm', waits_for: 'person' }))).toEqual(['confirm', 'decline'])
    expect(movesOf(card({ state: 'notified' }))).toEqual(['explain'])
    expect(movesOf(card({ state: 'notified', reply_due_at: null }))).toEqual([])
    expect(movesOf(card({ state: 'explained' }))).toEqual(['close'])
    expect(movesOf(card({ state: 'notified', of_record: true }))).toEqual([])
    expect(movesOf(card({ state: 'closed' }))).toEqual([])
    expect(movesOf(card({ state: 'to_lift', reply_due_at: null }))).toEqual(['lift', 'keep'])
    expect(movesOf(card({ state: 'to_confirm', waits_for: 'contested' }))).toEqual(['confirm', 'decline'])
  })
})

describe('the proposal', () => {
  const move = (name: string, by: string) => ({ n: 2, at: base.raised_at, move: name, state: 'x', by, why: '同意' })
  test('T12: the signer is read apart from the key that entered the signature', () => {
    const signed = card({ history: [move('raise', 'clock'), move('confirm', '王 某 (supervisor-1)')] })
    expect(signatureOf(signed)).toMatchObject({
      move: 'confirm',
      name: '王 某',
      enteredBy: 'supervisor-1',
      why: '同意',
    })
    expect(signatureOf(card({ history: [move('decline', 'supervisor-1')] }))).toMatchObject({
      move: 'decline',
      name: 'supervisor-1',
      enteredBy: null,
    })
    expect(signatureOf(card({ history: [move('raise', 'clock')] }))).toBeNull()
  })

  test('C4: who moved a card is a person, a part of the machine, or the role of a key', () => {
    expect(byText(t, 'clock')).toBe('系统（到时）')
    expect(byText(t, 'supervisor:48eb6ec92129520d')).toBe('监察员 48eb6e')
    expect(byText(wordsOf('en'), 'reviewer:48eb6ec92129520d')).toBe('reviewer 48eb6e')
    expect(byText(t, '王某')).toBe('王某')
    const told = { ...move('confirm', 'x'), state: 'notified' }
    expect(stateAfter(t, { signed: true, level: 1 }, told)).toBe('已签署')
    expect(stateAfter(t, { signed: false, level: 1 }, told)).toBe('已通知')
    expect(stateAfter(t, { signed: false, level: 2 }, told)).toBe('待回复')
  })

  test('T12: once the case has been decided nothing is left to sign', () => {
    const basis = { local_rule: '地方规定' }
    const open = card({ rule_id: 'T-12', state: 'to_confirm', waits_for: 'person', signed: true, basis })
    expect(isOpenProposal(open)).toBe(true)
    expect(movesOf(open)).toEqual([])
    expect(isOpenProposal({ ...open, basis: { ...basis, ended_at: base.raised_at } })).toBe(false)
    expect(isOpenProposal({ ...open, state: 'notified' })).toBe(false)
  })

  test('C4: a signed card that is no proposal has its moves, and is signed once a person has confirmed it', () => {
    const open = card({ rule_id: 'P-04', level: 1, state: 'to_confirm', waits_for: 'person', signed: true, basis: {} })
    expect([movesOf(open), isOpenProposal(open), isSigned(open)]).toEqual([['confirm', 'decline'], false, false])
    const confirmed = { ...open, state: 'notified', waits_for: null, history: [move('confirm', '王某 (key-1)')] }
    expect(isSigned(confirmed)).toBe(true)
    expect(isSigned({ ...confirmed, signed: false })).toBe(false)
    // a yellow one goes on: its answer is waited for
    expect(isSigned({ ...confirmed, level: 2 })).toBe(false)
  })

  test('T12: signing without a name or a reason is sent nowhere; a refusal is said at the form and nothing is lost', async () => {
    const sent: string[] = []
    draw(ActForm, {
      t,
      acts: [{ act: 'confirm', text: '签字', needsName: true }],
      nameLabel: '姓名',
      reasonLabel: '理由',
      send: async (act: string, said: { name: string; why: string }) => {
        sent.push(`${act} ${said.name} ${said.why}`)
        return { kind: 'refused' as const, zh: '该牌目前的状态不能这样办理。', en: '', code: 'wrong_state' }
      },
    })
    const press = () => fireEvent.click(screen.getByText('签字'))
    await press()
    expect(screen.getByText(t.form.needName)).toBeTruthy()
    await fireEvent.input(screen.getByLabelText('姓名'), { target: { value: '王某' } })
    await press()
    expect(screen.getByText(t.form.needReason)).toBeTruthy()
    expect(sent).toEqual([])
    await fireEvent.input(screen.getByLabelText('理由'), { target: { value: '属实' } })
    await press()
    expect(await screen.findByText(/该牌目前的状态不能这样办理/)).toBeTruthy()
    expect(sent).toEqual(['confirm 王某 属实'])
    expect((screen.getByLabelText('理由') as HTMLTextAreaElement).value).toBe('属实')
  })
})

test.each(['zh', 'en'] as const)('I15 C3: the page of a card says which rows of its case wait (%s)', (lang) => {
  const line = {
    id: 7,
    at: '2026-03-20T08:00:00+08:00',
    source_system: 's',
    source_name: '甲系统',
    event_id: null,
    event_type: 'COMPLETE',
    project_no: 'L-1',
    code: 'row_waits',
    field: '/occurred_at',
    message: '时间无法读取',
    message_en: 'the time cannot be read',
    import_no: 3,
    row: 2,
  }
  const waitsOf = (waiting: { count: number; items: (typeof line)[] } | null): string | undefined => {
    const whole = { ...card({ project_no: null }), explain: null, waiting }
    const { container } = draw(CardSheet, { t: wordsOf(lang), card: whole, again: () => undefined })
    return container.querySelector('[data-flag="waiting"]')?.textContent?.replace(/\s+/g, ' ')
  }
  const said = waitsOf({ count: 1, items: [line] })
  for (const part of ['甲系统', '2026-03-20', lang === 'zh' ? '时间无法读取' : 'the time cannot be read'])
    expect(said).toContain(part)
  expect(said).toMatch(lang === 'zh' ? /第 2 条/ : /record 2/)
  expect([waitsOf({ count: 0, items: [] }), waitsOf(null)]).toEqual([undefined, undefined])
})
