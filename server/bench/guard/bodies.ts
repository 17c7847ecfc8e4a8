// The costliest bodies that anybody may send (I5): one case with tens of thousands of events, questions of many pauses, lists as
// long as a request takes. Made before the clock runs; the same at every run.

import { parseInstant, printInstant } from '../../core/time/civil.ts'
import { asInstant, type Instant } from '../../core/time/instant.ts'
import { zoneOf } from '../../core/time/zone.ts'

const zone = zoneOf('Asia/Shanghai')
const START = parseInstant('2026-03-02T08:00:00+08:00') as Instant
const MINUTE_MS = 60_000

type Wire = Record<string, unknown>

const stamp = (minute: number): string => printInstant(asInstant(START + minute * MINUTE_MS), zone)

/** Kinds that open something which the next ones look back upon. */
const KINDS: readonly (readonly [type: string, payload: (n: number) => Wire])[] = [
  ['CORRECT_NOTICE', (n) => ({ notice_no: `N${n}`, reason: 'x' })],
  ['SUSPEND', (n) => ({ kind: 'hearing', basis: `B${n}`, approver: '甲', approved_days: { value: 1, unit: 'WD' } })],
  ['RESUME', () => ({ kind: 'hearing' })],
  ['EXTEND', () => ({ days: 1, approver: '甲', reason: 'x' })],
  ['JOINT_DISPATCH', (n) => ({ member: `M${n}`, activity: 'x' })],
  ['STEP_START', (n) => ({ step_code: `S${n}` })],
  ['HANDOVER', (n) => ({ from: `P${n}`, to: `P${n + 1}`, direction: 'front_to_back' })],
  ['FEE', (n) => ({ amount_fen: n, standard_fen: 1, basis: 'x' })],
]

export interface OneCase {
  readonly projectNo: string
  /** Told before the ids, so that those of two calls differ. */
  readonly salt: string
  readonly types?: readonly string[]
  readonly firstMinute?: number
}

/** Events of one case, a minute apart. */
export const eventsOfOne = (count: number, asked: OneCase): Wire[] => {
  const { projectNo, salt, types, firstMinute = 10 } = asked
  const kinds = types === undefined ? KINDS : KINDS.filter(([type]) => types.includes(type))
  return Array.from({ length: count }, (_, n) => {
    const [type, payload] = kinds[n % kinds.length] as (typeof KINDS)[number]
    return {
      event_id: `${salt}-${n}`,
      event_type: type,
      project_no: projectNo,
      occurred_at: stamp(firstMinute + n),
      org_code: '11459900001',
      window_no: 'A01',
      operator_id: '0001',
      payload: payload(n),
    }
  })
}

/** Received and accepted, so that everything that runs does run. */
export const openingOf = (projectNo: string, salt: string): Wire[] => [
  {
    event_id: `${salt}-r`,
    event_type: 'RECEIVE',
    project_no: projectNo,
    occurred_at: stamp(0),
    payload: { apply_type: '1' },
  },
  {
    event_id: `${salt}-a`,
    event_type: 'ACCEPT',
    project_no: projectNo,
    occurred_at: stamp(1),
    payload: { promise_limit: { value: 20, unit: 'WD' }, legal_limit: { value: 60, unit: 'WD' } },
  },
]

/** Cases of one event each, with a text that fills the body up to so many bytes. */
export const manyCases = (count: number, salt: string, bytes: number): string[] => {
  const fill = 'x'.repeat(Math.max(0, Math.floor(bytes / count) - 260))
  return Array.from({ length: count }, (_, n) =>
    JSON.stringify({
      event_id: `${salt}-${n}`,
      event_type: 'ACCEPT',
      project_no: `${salt}-${n}`,
      occurred_at: stamp(n % 5_000),
      org_code: '11459900001',
      window_no: 'A01',
      payload: { accept_doc_no: `D${n}`, promise_limit: { value: 5, unit: 'WD' }, remark: fill },
    }),
  )
}

/** The dearest questions that are let in. */
export const dearQuestions = (count: number): string =>
  JSON.stringify(
    Array.from({ length: count }, (_, n) => ({ accept: '2026-03-02', limit: `${9_999 - (n % 7)}H`, warn: '90%' })),
  )

const day = (n: number): string => stamp(n * 1_440).slice(0, 10)

export const pausedQuestions = (count: number, pauses: number): string =>
  JSON.stringify(
    Array.from({ length: count }, () => ({
      accept: '2026-03-02',
      limit: '900WD',
      pauses: Array.from({ length: pauses }, (_, n) => [day(3 + n * 2), day(4 + n * 2)]),
    })),
  )

export const listOf = (texts: readonly string[]): string => `[${texts.join(',')}]`
export const linesOf = (texts: readonly string[]): string => `${texts.join('\n')}\n`
