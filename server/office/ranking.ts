// Rankings of a period (R1–R3): sums of totals and nothing more, scored by the scheme in force. What cannot be narrowed to a
// unit's own is not shown to it (A1).

import type { Ranking } from '../contract/ranking.ts'
import { schemeInForce } from '../core/appraisal/scheme.ts'
import type { Law } from '../core/law/law.ts'
import { type Period, quarterOf } from '../core/measure/period.ts'
import { asDay, type Instant } from '../core/time/instant.ts'
import { type Area, type RankedBy, rankingView } from '../present/ranking.ts'
import type { Records } from '../store/port.ts'
import type { Supervisor } from '../supervision/supervisor.ts'
import { type Caller, needAll } from './caller.ts'
import { periodOf } from './period.ts'

export interface RankingParts {
  readonly supervisor: Pick<Supervisor, 'law' | 'now'>
  readonly reader: Records
}

/** What is ranked, where. */
export interface Ranked {
  readonly period: Period
  readonly by: RankedBy
  readonly scope: Area
}

/** The ranking of a period as the records stand. The scheme is the one in force when it ended, or now if it runs. */
export const readRanking = async (
  records: Pick<Records, 'totals'>,
  { period, by, scope }: Ranked,
  at: { readonly law: Law; readonly now: Instant },
): Promise<Ranking> => {
  const today = at.law.homeCalendar.dayOf(at.now)
  const scheme = schemeInForce(asDay(Math.min(period.to, today)))
  const totals = await records.totals(by, period.from, period.to, scope.department ?? undefined)
  return rankingView({ ...at, period, by, scope, scheme, totals })
}

export interface RankingAsked extends Pick<Ranked, 'by' | 'scope'> {
  /** null: the quarter that runs. */
  readonly period: string | null
}

/** Throws Refusal for a period that is none. */
export const showRanking = async (
  { supervisor, reader }: RankingParts,
  caller: Caller,
  asked: RankingAsked,
): Promise<Ranking> => {
  needAll(caller, 'measures.read')
  const { law } = supervisor
  const now = supervisor.now()
  const period = asked.period === null ? quarterOf(law.homeCalendar.dayOf(now)) : periodOf(asked.period)
  return readRanking(reader, { ...asked, period }, { law, now })
}
