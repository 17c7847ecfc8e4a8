// A ranking in words (R1–R3): totals of a period → standings → places, with names, columns, notes and remarks in both
// languages. The same rows and columns stand behind the page, the API and the files. Nothing is counted here.

import type { Ranking, RankingRow, TableColumn } from '../contract/ranking.ts'
import { type Ranked, rankRows, type Standing } from '../core/appraisal/rank.ts'
import type { Scheme } from '../core/appraisal/scheme.ts'
import { dayAt, type Law, newest } from '../core/law/law.ts'
import { departmentsWithin } from '../core/law/region.ts'
import type { FlowKind } from '../core/measure/flows.ts'
import type { Period } from '../core/measure/period.ts'
import { printDay, printInstant } from '../core/time/civil.ts'
import type { Instant } from '../core/time/instant.ts'
import { type InWords, periodWords } from './period.ts'
import { departmentName, windowName } from './words.ts'

export const RANKED_BY = ['window', 'department'] as const
export type RankedBy = (typeof RANKED_BY)[number]

/** What is asked for: a region, a department in it; null: all. */
export interface Area {
  readonly region: string | null
  readonly department: string | null
}

export interface RankingParts {
  readonly by: RankedBy
  readonly period: Period
  readonly totals: readonly { key: string; department: string; kind: FlowKind; n: number }[]
  readonly law: Law
  readonly now: Instant
  readonly scheme: Scheme
  readonly scope: Area
}

/** The departments of an area: of a region those of its parts too; null: all, listed or not. */
export const departmentsIn = (law: Law, { region, department }: Area, now: Instant): readonly string[] | null => {
  if (region === null) return department === null ? null : [department]
  const inside = departmentsWithin(law, region, dayAt(law, now))
  return department === null ? inside : inside.filter((code) => code === department)
}

interface Unit extends Standing {
  readonly unconfirmed: number
  readonly department: string
}

type Sums = { department: string; of: Partial<Record<FlowKind, number>> }

const departmentOf = (law: Law, by: RankedBy, key: string, told: string): string => {
  if (by === 'department') return key
  return key.startsWith('@') ? key.slice(1) : (newest(law.tables.windows.get(key))?.org ?? told)
}

const unitsOf = ({ by, totals, law, scope, now }: RankingParts): Unit[] => {
  const inside = departmentsIn(law, scope, now)
  const sums = new Map<string, Sums>()
  for (const { key, department, kind, n } of totals) {
    if (inside !== null && !inside.includes(department)) continue
    const row: Sums = sums.get(key) ?? { department, of: {} }
    row.of[kind] = (row.of[kind] ?? 0) + n
    sums.set(key, row)
  }
  return [...sums]
    .filter(([, { of }]) => Object.values(of).some((n) => n !== 0))
    .map(([key, { department, of }]) => ({
      key,
      department: departmentOf(law, by, key, department),
      onTime: of.on_time ?? 0,
      late: of.late ?? 0,
      overdueInHand: of.overdue ?? 0,
      unconfirmed: of.overdue_unconfirmed ?? 0,
      reds: of.red ?? 0,
      yellows: of.yellow ?? 0,
      eligible: by === 'window' && !key.startsWith('@'),
    }))
}

const RED_FLAG = { zh: '红旗候选', en: 'Red-flag candidate' }
const NOTHING = { zh: '', en: '' }

const remarkOf = (row: Ranked<Unit>, scheme: Scheme): InWords => {
  if (row.candidate) return RED_FLAG
  if (row.unranked === 'no_cases') return { zh: '无计入办件，不排名', en: 'No cases to count, not ranked' }
  if (row.unranked === 'few_cases') {
    const least = scheme.minimumCases
    return { zh: `不足 ${least} 件，不排名`, en: `Fewer than ${least} cases, not ranked` }
  }
  return NOTHING
}

const rowOf = (row: Ranked<Unit>, { by, law, scheme }: RankingParts): RankingRow => {
  const { standing, place, counted, interval, candidate, unranked } = row
  const { name, nameEn } = by === 'window' ? windowName(law, standing.key) : departmentName(law, standing.key)
  const department = departmentName(law, standing.department)
  const remark = remarkOf(row, scheme)
  return {
    place,
    key: standing.key,
    window_no: by === 'department' || standing.key.startsWith('@') ? null : standing.key,
    name,
    name_en: nameEn,
    department: standing.department,
    department_name: department.name,
    department_name_en: department.nameEn,
    counted,
    on_time: standing.onTime,
    late: standing.late,
    overdue_in_hand: standing.overdueInHand,
    overdue_unconfirmed: standing.unconfirmed,
    timeliness: counted === 0 ? null : standing.onTime / counted,
    adjusted: interval?.low ?? null,
    adjusted_high: interval?.high ?? null,
    reds: standing.reds,
    yellows: standing.yellows,
    red_flag: candidate,
    unranked,
    remark: remark.zh,
    remark_en: remark.en,
  }
}

const HEAD: Readonly<Record<RankedBy, readonly TableColumn[]>> = {
  window: [
    { key: 'window_no', zh: '窗口', en: 'Window', type: 'text' },
    { key: 'name', zh: '名称', en: 'Name', type: 'text' },
    { key: 'department_name', zh: '部门', en: 'Department', type: 'text' },
  ],
  department: [
    { key: 'key', zh: '编码', en: 'Code', type: 'text' },
    { key: 'name', zh: '部门', en: 'Department', type: 'text' },
  ],
}

export const rankingColumns = (by: RankedBy): TableColumn[] => [
  { key: 'place', zh: '名次', en: 'Place', type: 'integer' },
  ...HEAD[by],
  {
    key: 'timeliness',
    zh: '按时率',
    en: 'Timeliness',
    type: 'rate',
    part: 'on_time',
    of: 'counted',
    unless: 'overdue_unconfirmed',
  },
  { key: 'adjusted', zh: '95% 下限', en: '95 % low', type: 'rate' },
  { key: 'counted', zh: '计入办件', en: 'Counted', type: 'integer', figure: 'counted' },
  { key: 'on_time', zh: '按时', en: 'On time', type: 'integer', figure: 'on_time' },
  { key: 'late', zh: '超期', en: 'Late', type: 'integer', figure: 'late' },
  { key: 'overdue_in_hand', zh: '超期在办', en: 'Overdue', type: 'integer', figure: 'overdue_in_hand' },
  {
    key: 'overdue_unconfirmed',
    zh: '超期待核',
    en: 'Overdue, unconfirmed',
    type: 'integer',
    figure: 'overdue_unconfirmed',
  },
  { key: 'reds', zh: '红牌', en: 'Reds', type: 'integer', figure: 'reds' },
  { key: 'yellows', zh: '黄牌', en: 'Yellows', type: 'integer', figure: 'yellows' },
  { key: 'remark', zh: '备注', en: 'Remark', type: 'text' },
]

const seatsText = ({ redFlag }: Scheme): InWords =>
  'number' in redFlag
    ? { zh: `取 ${redFlag.number} 个`, en: `${redFlag.number} of them` }
    : {
        zh: `取参评窗口的 ${redFlag.sharePercent}%（不足一个按一个计）`,
        en: `${redFlag.sharePercent} % of the ranked windows, rounded up`,
      }

const notesOf = ({ by, period, law, now, scheme }: RankingParts, running: boolean): InWords[] => {
  const at = printInstant(now, law.homeCalendar.zone)
  const [from, to] = [printDay(period.from), printDay(period.to)]
  const written = `${at.slice(0, 10)} ${at.slice(11, 19)}`
  const seats = seatsText(scheme)
  return [
    {
      zh: `期间 ${from} 至 ${to}${running ? '（未结束）' : ''}，数据截至 ${written}，方案“${scheme.name}”第 ${scheme.version} 版，目录版本 ${law.version}`,
      en: `Period ${from} to ${to}${running ? ' (running)' : ''}, as of ${written}, scheme "${scheme.nameEn}" version ${scheme.version}, catalogue version ${law.version}`,
    },
    {
      zh: `按时率 = 按时 ÷（按时 + 超期 + 超期在办）；相同者红牌少者在前，再比黄牌，仍相同则名次并列；计入办件不足 ${scheme.minimumCases} 件的不排名`,
      en: `Timeliness = on time / (on time + late + overdue in hand); then fewer reds, then fewer yellows, then a shared place; fewer than ${scheme.minimumCases} counted cases: not ranked`,
    },
    ...(by === 'window'
      ? [
          {
            zh: `红旗候选：无红牌的窗口中名次在前者，${seats.zh}，末位同名次者一并列入；后台不参评`,
            en: `Red-flag candidates: windows without a red card, in order of place, ${seats.en}, with all who share the last place; no back offices`,
          },
        ]
      : []),
  ]
}

const titleOf = ({ by, period, law, scope }: RankingParts): InWords => {
  const told = periodWords(period)
  const region = scope.region === null ? null : newest(law.tables.regions.get(scope.region))
  const department = scope.department === null ? null : departmentName(law, scope.department)
  const zh = [law.centre.name, region?.name ?? scope.region, department?.name].filter(Boolean).join(' · ')
  const en = [law.centre.nameEn, region?.nameEn ?? scope.region, department?.nameEn].filter(Boolean).join(' · ')
  const isWindow = by === 'window'
  return {
    zh: `${zh} ${isWindow ? '窗口' : '部门'}效能排名（${told.zh}）`,
    en: `${en}: ranking of ${isWindow ? 'windows' : 'departments'}, ${told.en}`,
  }
}

export const rankingView = (parts: RankingParts): Ranking => {
  const { by, period, law, now, scheme, scope } = parts
  const running = period.to >= law.homeCalendar.dayOf(now)
  const title = titleOf(parts)
  const { redFlag } = scheme
  return {
    period: period.name,
    from: printDay(period.from),
    to: printDay(period.to),
    by,
    as_of: printInstant(now, law.homeCalendar.zone),
    running,
    scope,
    scheme: {
      scheme_id: scheme.id,
      version: scheme.version,
      valid_from: printDay(scheme.validFrom),
      name: scheme.name,
      name_en: scheme.nameEn,
      minimum_cases: scheme.minimumCases,
      red_flag: 'number' in redFlag ? redFlag : { share_percent: redFlag.sharePercent },
    },
    law_version: law.version,
    title: title.zh,
    title_en: title.en,
    notes: notesOf(parts, running),
    columns: rankingColumns(by),
    rows: rankRows(unitsOf(parts), scheme).map((row) => rowOf(row, parts)),
  }
}
