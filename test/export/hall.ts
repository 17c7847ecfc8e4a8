// A hall of seven windows with names that a careless file would break on, ranked over a quarter.

import type { MeasureTable } from '../../server/contract/measures.ts'
import type { Ranking } from '../../server/contract/ranking.ts'
import { schemeInForce } from '../../server/core/appraisal/scheme.ts'
import { buildLaw } from '../../server/core/law/build.ts'
import type { FlowKind } from '../../server/core/measure/flows.ts'
import { type Period, parsePeriod } from '../../server/core/measure/period.ts'
import { parseInstant } from '../../server/core/time/civil.ts'
import type { Instant } from '../../server/core/time/instant.ts'
import { measuresView } from '../../server/present/measures.ts'
import { type Area, type RankedBy, rankingView } from '../../server/present/ranking.ts'

const CATALOGUE = {
  valid_from: '2026-01-01',
  centre: { name: '青石县政务服务中心', name_en: 'Qingshi Service Centre', calendar: 'cn' },
  regions: [
    { region_code: '990000', name: '青石县', name_en: 'Qingshi' },
    { region_code: '990001', name: '河东镇', name_en: 'Hedong', parent: '990000' },
    { region_code: '980000', name: '白沙县', name_en: 'Baisha' },
  ],
  departments: [
    { org_code: 'MR', name: '市场监督管理局', name_en: 'Market Regulation', short_name: '市监', region_code: '990000' },
    { org_code: 'HC', name: '住房和城乡建设局', name_en: 'Housing', short_name: '住建', region_code: '990001' },
    { org_code: 'TX', name: '税务局', name_en: 'Taxes', short_name: '税务', region_code: '980000' },
  ],
  windows: [
    { window_no: 'A01', name: '食品经营', name_en: 'Food', org_code: 'MR' },
    { window_no: 'A02', name: '=HYPERLINK("http://x","点")', name_en: '+1+1', org_code: 'MR' },
    { window_no: 'A03', name: '企业登记,"一窗"\n通办', name_en: 'Companies, "one window"', org_code: 'MR' },
    { window_no: 'B01', name: '施工许可', name_en: 'Building', org_code: 'HC' },
    { window_no: 'B02', name: '－减号', name_en: '@mention', org_code: 'HC' },
    { window_no: 'C01', name: '发票', name_en: 'Invoices', org_code: 'TX' },
  ],
}

export const LAW = buildLaw([{ entry: 7, body: CATALOGUE }])

interface Total {
  readonly key: string
  readonly department: string
  readonly kind: FlowKind
  readonly n: number
}

/** `A01 MR onTime late overdue reds yellows unconfirmed` */
const totals = (line: string): Total[] => {
  const [key = '', department = '', ...figures] = line.split(' ')
  const kinds = ['on_time', 'late', 'overdue', 'red', 'yellow', 'overdue_unconfirmed'] as const
  return kinds.flatMap((kind, i) => {
    const n = Number(figures[i] ?? 0)
    return n === 0 ? [] : [{ key, department, kind, n }]
  })
}

export const HALL = [
  'A01 MR 1999 1',
  'A02 MR 20 0',
  'A03 MR 18 1 1 1 3',
  'B01 HC 20',
  'B02 HC 5 1',
  '@MR MR 12 0',
  'C01 TX 0 0 0 0 1',
  'A09 MR 0 20',
]

export const rankingOf = (
  lines: readonly string[] = HALL,
  more: { by?: RankedBy; period?: string; scope?: Partial<Area>; now?: string } = {},
): Ranking => {
  const { by = 'window', period = '2026-Q3', now = '2026-09-29T10:30:00+08:00' } = more
  return rankingView({
    by,
    period: parsePeriod(period) as Period,
    totals: lines.flatMap(totals),
    law: LAW,
    now: parseInstant(now) as Instant,
    scheme: schemeInForce(LAW.homeCalendar.dayOf(parseInstant(now) as Instant)),
    scope: { region: null, department: null, ...more.scope },
  })
}

/** The same totals as measures by window, over a quarter. */
export const measuresOf = (lines: readonly string[]): MeasureTable =>
  measuresView({
    by: 'window',
    period: parsePeriod('2026-Q3') as Period,
    scope: { region: null, department: null },
    totals: lines.flatMap(totals),
    members: [],
    law: LAW,
    now: parseInstant('2026-09-29T10:30:00+08:00') as Instant,
  })
