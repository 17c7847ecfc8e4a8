// The demonstration's departments answer their cards: after some hours an explanation, later the office closes it. A
// few are left lying for days, so that the wall stays alive. Works through the front door only, with the office's key,
// one request at a time, a bounded number a round. Rules: C4.

import type { OfficeCalendar } from '../../fixtures/city/office.ts'
import { hashText } from '../../fixtures/city/random.ts'
import type { CardView } from '../contract/api.ts'
import type { Instant } from '../core/time/instant.ts'
import { type FeedOptions, pause } from './feed.ts'

export interface AnswerGrounds extends FeedOptions {
  readonly clock: { now(): Instant; readonly speed: number }
  readonly calendar: OfficeCalendar
}

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const OPEN_FROM = 9 * 60
const OPEN_TO = 17 * 60 + 30
const PAGE = 100
const PAGES = 5
const MOVES_A_ROUND = 20
/** Explained cards remembered until they are closed, and cards whose move was refused: both bounded. */
const REMEMBERED = 500
/** One card in so many is left lying for days. */
const SLOW_ONE_IN = 9

const REASONS: Readonly<Record<string, readonly string[]>> = {
  'T-02': [
    '经办人外出现场核查，返回后未及时录入，已当日补办并提醒本组。',
    '材料流转至后台时积压，已抽调人员集中清理，本件优先办理。',
    '会签科室意见迟到，已约定会签时限，今后逾期即报分管领导。',
    '近期申请量激增，窗口人手不足，已增开一个窗口。',
  ],
  'T-03': [
    '本件涉及历史遗留问题，多次协调仍未达成一致，现已提请专题会议研究，三日内作出决定。',
    '经办人岗位调整时未办理交接，已追究责任并由科长督办。',
  ],
  'T-03p': ['本件涉及事项边界不清，已与业务科室会商，两日内作出决定。'],
  'T-04': ['审查环节等待检测结论，环节时限已过，总时限内可以办结。', '该环节人员请假，已由B角接办。'],
  'P-01': ['申请人现场等候，先行办结，受理登记漏录，已补录并组织学习流程。'],
}
const ANY_REASON = ['已核实，属录入疏漏，现已更正，并对窗口人员作出提醒。', '情况属实，已整改，今后加强日常自查。']

/** Whether the offices are open: nobody explains a card at night. */
const isOpen = (calendar: OfficeCalendar, now: Instant): boolean => {
  const day = calendar.dayOf(now)
  const minute = (now - calendar.startOf(day)) / MINUTE_MS
  return calendar.isWorkDay(day) && minute >= OPEN_FROM && minute < OPEN_TO
}

/** How long a card waits for its explanation: three hours to two days, a few for a week. */
export const answerDelayMs = (cardId: string): number => {
  const drawn = hashText(cardId)
  const hours = drawn % SLOW_ONE_IN === 0 ? 120 + (drawn % 72) : 3 + (drawn % 43)
  return hours * HOUR_MS
}

export const reasonFor = (rule: string, cardId: string): string => {
  const reasons = REASONS[rule] ?? ANY_REASON
  return reasons[(hashText(cardId) >>> 8) % reasons.length] as string
}

const call = async (grounds: AnswerGrounds, path: string, body: unknown): Promise<Response | null> => {
  const headers = { authorization: `Bearer ${grounds.keys.office ?? ''}`, 'content-type': 'application/json' }
  const post = body === null ? {} : { method: 'POST', body: JSON.stringify(body) }
  return fetch(`${grounds.baseUrl}/api/v1/${path}`, { headers, signal: grounds.signal, ...post }).catch(() => null)
}

const waitingCards = async (grounds: AnswerGrounds): Promise<CardView[]> => {
  const cards: CardView[] = []
  let after = ''
  for (let page = 0; page < PAGES; page++) {
    const response = await call(grounds, `cards?waiting=true&limit=${PAGE}${after}`, null)
    if (response === null || !response.ok) {
      await response?.body?.cancel()
      break
    }
    const { items, next } = (await response.json()) as { items: CardView[]; next: string | null }
    cards.push(...items)
    if (next === null) break
    after = `&after=${encodeURIComponent(next)}`
  }
  return cards
}

const forget = <K>(keys: { size: number; keys(): IterableIterator<K>; delete(key: K): boolean }): void => {
  for (const key of keys.keys()) {
    if (keys.size <= REMEMBERED) return
    keys.delete(key)
  }
}

export interface Answering {
  /** One round: explains what has waited long enough, closes what was explained long enough ago. */
  round(): Promise<void>
}

export const openAnswering = (grounds: AnswerGrounds): Answering => {
  const closing = new Map<string, number>()
  const refused = new Set<string>()
  const move = async (cardId: string, body: { move: string; why: string }): Promise<boolean> => {
    const response = await call(grounds, `cards/${encodeURIComponent(cardId)}/moves`, body)
    if (response === null) return false
    await response.body?.cancel()
    if (response.ok) {
      grounds.onNote({ kind: 'answered', cardId, move: body.move })
      return true
    }
    // a busy door is asked again next round; a refusal is not
    if (response.status < 500 && response.status !== 429) {
      refused.add(cardId)
      grounds.onNote({ kind: 'refused', what: `${body.move} ${cardId}`, status: response.status })
    }
    return false
  }
  const round = async (): Promise<void> => {
    const now = grounds.clock.now()
    if (!isOpen(grounds.calendar, now)) return
    let left = MOVES_A_ROUND
    for (const [cardId, at] of closing) {
      if (at > now || left === 0) continue
      left -= 1
      if ((await move(cardId, { move: 'close', why: '说明属实，整改到位，同意销号。' })) || refused.has(cardId))
        closing.delete(cardId)
    }
    for (const card of await waitingCards(grounds)) {
      if (left === 0) break
      const delay = answerDelayMs(card.card_id)
      if (closing.has(card.card_id) || refused.has(card.card_id) || Date.parse(card.raised_at) + delay > now) continue
      left -= 1
      if (await move(card.card_id, { move: 'explain', why: reasonFor(card.rule_id, card.card_id) }))
        closing.set(card.card_id, now + Math.floor(delay / 2))
    }
    forget(closing)
    forget(refused)
  }
  return { round }
}

const SHORTEST_ROUND_S = 1
const LONGEST_ROUND_S = 60

/** Rounds about once a supervision minute, never closer than a real second, until stopped. */
export const answerCards = async (grounds: AnswerGrounds): Promise<void> => {
  const { signal, clock } = grounds
  const answering = openAnswering(grounds)
  const seconds = Math.min(LONGEST_ROUND_S, Math.max(SHORTEST_ROUND_S, 60 / Math.max(clock.speed, 1)))
  while (!signal.aborted) {
    await answering.round()
    await pause(seconds, signal)
  }
}
