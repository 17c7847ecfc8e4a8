// Pieces of a seeded case that a usual story seldom has, and that every clause needs often enough to prove anything: sources
// that cannot say what is asked (I12), what several sources tell of one thing (F5), rows of a register (I14), and talk.

import type { Random } from '../../fixtures/city/random.ts'
import type { EventType, Fact, Json } from '../../server/core/case/event.ts'
import { type DayNo, dayFrom, dayOf, MS_DAY, MS_MINUTE, printDay, startOf } from './days.ts'
import { type Draft, moment } from './pieces.ts'

/** Until June it can send no acceptance, steps, resumption or reply, from June to September no pause. */
const WAKING = { source: 'waking' }
const LIVE = { source: 'live' }

const earlyDay = (random: Random): DayNo => random.between(dayFrom('2026-01-12'), dayFrom('2026-05-15'))
const summerDay = (random: Random): DayNo => random.between(dayFrom('2026-06-08'), dayFrom('2026-08-26'))

const begunOn = (draft: Draft, day: DayNo): void => {
  const at = moment(draft.random, day)
  draft.add('RECEIVE', at, {}, LIVE)
  draft.add('ACCEPT', at, {}, LIVE)
}

const lawfulPause = (random: Random, at: number): Record<string, Json> => ({
  kind: random.pick(['testing', 'hearing']),
  basis: '第四十五条',
  approver: 'P9',
  notice_at: at,
  approved_days: { value: random.between(1, 8), unit: 'WD' },
})

/** Each is a case whose source cannot say the one thing that is asked of it. */
const MUTED: readonly ((draft: Draft) => void)[] = [
  (draft) => {
    const day = earlyDay(draft.random)
    draft.add('RECEIVE', moment(draft.random, day), {}, WAKING)
    const type = draft.random.pick<EventType>(['DECIDE', 'COMPLETE'])
    draft.add(type, moment(draft.random, day + draft.random.between(0, 12)), {}, WAKING)
  },
  (draft) => {
    const day = earlyDay(draft.random)
    begunOn(draft, day)
    const at = moment(draft.random, day + draft.random.between(0, 3))
    draft.add('SUSPEND', at, lawfulPause(draft.random, at), WAKING)
  },
  (draft) => {
    const day = earlyDay(draft.random)
    begunOn(draft, day)
    const due = draft.random.chance(0.5) ? { reply_due_at: printDay(day + draft.random.between(1, 9)) } : {}
    draft.add('JOINT_DISPATCH', moment(draft.random, day + 1), { member: 'D2', ...due }, WAKING)
  },
  (draft) => {
    const day = earlyDay(draft.random)
    begunOn(draft, day)
    draft.add('DECIDE', moment(draft.random, day + draft.random.between(1, 20)), { result: 'granted' }, WAKING)
  },
  (draft) => {
    const day = summerDay(draft.random)
    begunOn(draft, day)
    draft.add('RESUME', moment(draft.random, day + 1), {}, WAKING)
  },
  (draft) => {
    const day = summerDay(draft.random)
    begunOn(draft, day)
    const at = moment(draft.random, day + 1)
    const { kind: _kind, ...unnamed } = lawfulPause(draft.random, at)
    draft.add('SUSPEND', at, unnamed, WAKING)
  },
  (draft) => {
    const day = earlyDay(draft.random)
    begunOn(draft, day)
    const at = moment(draft.random, day + draft.random.between(0, 2))
    const { notice_at: _notice, approver: _approver, ...bare } = lawfulPause(draft.random, at)
    draft.add('SUSPEND', at, bare, { source: 'mute' })
    if (draft.random.chance(0.5)) draft.add('EXTEND', at + 25 * MS_DAY, { days: 5 }, { source: 'mute' })
  },
]

export const mutedInto = (draft: Draft): void => draft.random.pick(MUTED)(draft)

const otherThan = (draft: Draft): string => draft.other ?? (draft.source === 'second' ? 'live' : 'second')

/** One thing told by two sources, within ten minutes, or a little later and so twice. */
const twice = (draft: Draft, type: EventType, at: number, payload: Record<string, Json> = {}): void => {
  draft.add(type, at, payload, { source: draft.source })
  const apart = draft.random.pick([0, 3, 9, 10, 11]) * MS_MINUTE
  draft.add(type, at + apart, payload, { source: otherThan(draft) })
}

/** Complaints, fees, ratings, and what names a case without being of it. */
export const talkInto = (draft: Draft, from: DayNo): void => {
  const { random } = draft
  const at = (): number => moment(random, from + random.between(0, 40))
  if (random.chance(0.5)) twice(draft, 'COMPLAIN', at())
  if (random.chance(0.5)) twice(draft, 'FEE', at(), { amount_fen: 100 })
  if (random.chance(0.4)) draft.add('RATE', at(), { level: random.between(3, 5), origin: 'active' })
  if (random.chance(0.3)) draft.add('ATTEND', at())
  if (random.chance(0.3)) draft.add('INSPECT', at())
  if (random.chance(0.3)) draft.add('PRE_ACCEPT', at())
  if (random.chance(0.3)) twice(draft, 'JOINT_REPLY', at(), { member: 'D2' })
  if (random.chance(0.2)) twice(draft, 'RESUME', at())
}

/** What another source says of a first, at the same instant or another, and not the same. */
const ALTERED: Readonly<Partial<Record<EventType, (random: Random, fact: Fact) => Record<string, Json>>>> = {
  RECEIVE: (random) => ({ green_channel: random.pick<Json>(['planning', 'general']) }),
  ACCEPT: (random, { at }) =>
    random.pick<Record<string, Json>>([
      { mode: random.pick(['normal', 'tolerant', 'commitment']) },
      { promise_limit: { value: random.between(1, 20), unit: 'WD' } },
      { legal_limit: { value: random.between(1, 30), unit: 'WD' } },
      { promise_due_at: printDay(dayOf(at) + random.between(1, 20)) },
      { due_as_of: printDay(dayOf(at) + random.between(-5, 15)) },
    ]),
  DECIDE: (random) => ({ result: random.pick(['granted', 'refused']) }),
}

export const rivalsInto = (draft: Draft): void => {
  const { random } = draft
  for (const fact of [...draft.facts]) {
    const alter = ALTERED[fact.type]
    if (alter === undefined || fact.source === otherThan(draft) || random.chance(0.4)) continue
    const at = random.chance(0.6) ? fact.at : moment(random, dayOf(fact.at) + random.between(-3, 12))
    draft.add(fact.type, at, { ...fact.payload, ...alter(random, fact) }, { source: otherThan(draft) })
  }
}

/** Rows of a register: some events are of one, and a later export says them anew, or no more. */
export const registerInto = (draft: Draft): void => {
  const { random } = draft
  const kinds: readonly EventType[] = ['RECEIVE', 'ACCEPT', 'DECIDE', 'SUSPEND', 'CORRECT_NOTICE']
  for (const [i, fact] of [...draft.facts].entries()) {
    if (fact.source !== draft.source || !kinds.includes(fact.type) || random.chance(0.3)) continue
    const asOf = startOf(dayOf(fact.at) + random.between(0, 10)) as Fact['at']
    const edition = { register: '台账', key: `${fact.type}${i}`, caseNo: 'N1', asOf, file: 'a', line: i + 2 }
    draft.facts[i] = { ...fact, edition }
    for (let n = random.pick([0, 1, 1, 2]); n > 0; n--) {
      const later = {
        ...edition,
        asOf: (asOf + random.between(0, 3) * MS_DAY) as Fact['at'],
        file: random.pick(['a', 'b']),
      }
      // no two events of one row are of one line of one file
      const told = {
        source: fact.source,
        edition: { ...later, line: random.between(0, 40) * 100 + draft.facts.length },
      }
      if (random.chance(0.2)) draft.add('VOID', fact.at, {}, told)
      else draft.add(fact.type, moment(random, dayOf(fact.at) + random.between(-2, 6)), { ...fact.payload }, told)
    }
  }
}
