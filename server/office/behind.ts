// Exactly the cases behind a figure of measures and rankings (M1), to a unit behind its own ones (A1). Whoever may not read
// cases gets no list of them.

import type { CasesBehind } from '../contract/ranking.ts'
import { FIGURES, type Figure } from '../core/appraisal/behind.ts'
import type { FlowKind } from '../core/measure/flows.ts'
import { MEMBERS, type MeasureDimension, nameIn } from '../present/measures.ts'
import { departmentsIn } from '../present/ranking.ts'
import type { CaseRow, Records, TotalRow } from '../store/port.ts'
import { type Caller, departmentWithin, scopeOrRefuse } from './caller.ts'
import { caseLine } from './case-line.ts'
import { readMeasured } from './measured.ts'
import { periodOf } from './period.ts'
import type { RankingParts } from './ranking.ts'
import { Refusal } from './refusal.ts'

export interface BehindAsked {
  readonly period: string
  readonly by: MeasureDimension
  readonly region?: string
  readonly department?: string
  readonly key?: string
  readonly kind: Figure
  /** The members of joint handlings that a sum across departments leaves out (M1). */
  readonly only?: 'members'
  readonly after?: string
  readonly limit: number
}

const figureOf = (
  totals: readonly TotalRow[],
  asked: { kinds: readonly FlowKind[]; key: string | null; departments: readonly string[] | null },
): number =>
  totals
    .filter(({ kind, key }) => asked.kinds.includes(kind) && (asked.key === null || key === asked.key))
    .filter(({ department }) => asked.departments === null || asked.departments.includes(department))
    .reduce((sum, { n }) => sum + n, 0)

const rowsOf = async (reader: Records, numbers: readonly string[]): Promise<Map<string, CaseRow>> => {
  const stored = await reader.cases(numbers)
  return new Map([...stored].map(([projectNo, { row }]) => [projectNo, row]))
}

/** What was asked, within the caller's scope. */
type Within = Omit<BehindAsked, 'department'> & { readonly department: string | null }

/** Which cases count in the figure: a sum across departments, a region's row among them, leaves members out (M1). */
const membersIn = ({ only, by, key, department }: Within): { readonly member?: boolean } => {
  if (only !== undefined) return { member: true }
  return department === null && (key === undefined || by === 'region') ? { member: false } : {}
}

const figureAsked = async (reader: Records, asked: Within, of: Omit<Parameters<typeof figureOf>[1], 'key'>) => {
  const { by, key = null, department, only } = asked
  const { totals, members } = await readMeasured(reader, { by, period: periodOf(asked.period), department })
  if (only !== undefined) return figureOf(members, { ...of, key: null })
  const all = figureOf(totals, { ...of, key })
  return key === null && by !== 'region' ? all - figureOf(members, { ...of, key: null }) : all
}

const TOTAL = { name: '合计', nameEn: 'Total' } as const

const readBehind = async ({ reader, supervisor }: RankingParts, asked: Within): Promise<CasesBehind> => {
  const { by, kind: figure, department, region = null, after, limit } = asked
  const { law } = supervisor
  const period = periodOf(asked.period)
  const key = asked.key ?? null
  // they stand beside a sum as one line
  if (asked.only !== undefined && (key !== null || department !== null))
    throw new Refusal('bad_field', { at: '/only', detail: 'only' })
  const kinds = FIGURES[figure]
  const departments = departmentsIn(law, { region, department }, supervisor.now())
  const { cases, next } = await reader.casesBehind({
    limit,
    ...(after === undefined ? {} : { after }),
    kinds,
    from: period.from,
    to: period.to,
    dimension: by,
    key,
    ...membersIn(asked),
    ...(departments === null ? {} : { departments }),
  })
  const rows = await rowsOf(
    reader,
    cases.map(({ projectNo }) => projectNo),
  )
  const sum = asked.only === undefined ? TOTAL : MEMBERS
  const { name, nameEn } = key === null ? sum : nameIn(by, law, key)
  return {
    figure,
    period: period.name,
    by,
    key: key ?? '',
    name,
    name_en: nameEn,
    value: await figureAsked(reader, asked, { kinds, departments }),
    items: cases.flatMap(({ projectNo, n }) => {
      const row = rows.get(projectNo)
      return row === undefined ? [] : [{ ...caseLine(row, law), n } as CasesBehind['items'][number]]
    }),
    next,
  }
}

/** Throws Refusal for a period that is none, and for a department beyond the caller's scope. */
export const showBehind = async (parts: RankingParts, caller: Caller, asked: BehindAsked): Promise<CasesBehind> => {
  const department = departmentWithin(scopeOrRefuse(caller, 'cases.read'), asked.department)
  return readBehind(parts, { ...asked, department })
}
