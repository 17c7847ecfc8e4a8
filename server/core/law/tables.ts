// Rows of catalogue documents as rows of the law, table by table: what a row leaves out has its stated stand-in, what does
// not fit throws. Later rows of the same code and day replace earlier ones, rows of other days stand beside them (J7).

import { parseDay } from '../time/civil.ts'
import type { Day } from '../time/instant.ts'
import { type Limit, parseLimit } from '../time/limit.ts'
import { LawError } from './fault.ts'
import type { Department, Item, ItemStep, Operator, Region, Source, Versioned, Window } from './law.ts'

export type Row = Readonly<Record<string, unknown>>

export const text = (row: Row, key: string): string | null => {
  const value = row[key]
  return typeof value === 'string' && value !== '' ? value : null
}
export const must = (row: Row, key: string, at: string): string => {
  const value = text(row, key)
  if (value === null) throw new LawError(at, `${key} is missing`)
  return value
}
const whole = (row: Row, key: string): number | null => {
  const value = row[key]
  return typeof value === 'number' && Number.isInteger(value) ? value : null
}
const limitIn = (row: Row, key: string, at: string): Limit | null => {
  const written = text(row, key)
  if (written === null) return null
  const limit = parseLimit(written)
  if (limit === null) throw new LawError(at, `${key} is not a limit: ${written}`)
  return limit
}
export const rowsOf = (body: Row, key: string): readonly Row[] => (Array.isArray(body[key]) ? (body[key] as Row[]) : [])

export const dayIn = (row: Row, key: string, fallback: Day, at: string): Day => {
  const written = text(row, key)
  if (written === null) return fallback
  const day = parseDay(written)
  if (day === null) throw new LawError(at, `${key} is not a date: ${written}`)
  return day
}

const put = <T extends Versioned & { readonly code: string }>(table: Map<string, T[]>, row: T): void => {
  const rows = (table.get(row.code) ?? []).filter((known) => known.validFrom !== row.validFrom)
  rows.push(row)
  rows.sort((a, b) => a.validFrom - b.validFrom || a.entry - b.entry)
  table.set(row.code, rows)
}

const itemOf = (row: Row, base: { code: string; entry: number; validFrom: Day }, at: string): Item => {
  const name = must(row, 'name', at)
  const steps = rowsOf(row, 'steps').map((step): ItemStep => {
    const code = must(step, 'step_code', at)
    const called = text(step, 'name') ?? code
    const afterDecision = step.after_decision === true
    return {
      code,
      name: called,
      nameEn: text(step, 'name_en') ?? called,
      limit: limitIn(step, 'limit', at),
      afterDecision,
    }
  })
  return {
    ...base,
    name,
    nameEn: text(row, 'name_en') ?? name,
    org: must(row, 'org_code', at),
    itemType: text(row, 'item_type'),
    projectType: text(row, 'project_type'),
    promise: limitIn(row, 'promise', at),
    statute: limitIn(row, 'statute', at),
    extensionMax: whole(row, 'extension_max'),
    greenClass: text(row, 'green_class'),
    joint: row.joint === true,
    firstReview: limitIn(row, 'first_review', at),
    jointReply: limitIn(row, 'joint_reply', at),
    steps,
  }
}

const GRACE_WORK_DAYS = 1
/** Of a source that says nothing of it, or is in no catalogue (C5). */
export const USUAL_LAG_MINUTES = 10

const scaleOf = (row: Row): Source['rateScale'] => {
  const said = text(row, 'rate_scale')
  return said === 'best_first' || said === 'worst_first' ? said : null
}

/** What a row may say of a source beside whose its numbers are. */
const BESIDE_NUMBERS = ['sends', 'mode', 'delivers_at', 'grace_work_days', 'usual_lag_minutes', 'rate_scale']

const sourceOf = (row: Row, base: { code: string; entry: number; validFrom: Day }, at: string): Source => {
  const texts = (key: string): string[] => (Array.isArray(row[key]) ? (row[key] as string[]) : [])
  const batch =
    text(row, 'mode') === 'batch'
      ? { deliversAt: texts('delivers_at'), graceWorkDays: whole(row, 'grace_work_days') ?? GRACE_WORK_DAYS }
      : null
  return {
    ...base,
    name: must(row, 'name', at),
    sends: Array.isArray(row.sends) ? new Set(texts('sends')) : null,
    numbersOnly: row.numbers !== undefined && BESIDE_NUMBERS.every((key) => row[key] === undefined),
    batch,
    rateScale: scaleOf(row),
    usualLagMinutes: whole(row, 'usual_lag_minutes') ?? USUAL_LAG_MINUTES,
  }
}

/** The tables of a law under construction. */
export interface Draft {
  regions: Map<string, Region[]>
  departments: Map<string, Department[]>
  windows: Map<string, Window[]>
  operators: Map<string, Operator[]>
  items: Map<string, Item[]>
  sources: Map<string, Source[]>
}

type Read = (draft: Draft, row: Row, base: { entry: number; validFrom: Day }, at: string) => void

/** How a row of each table of the file becomes a row of the law. */
export const TABLES: Readonly<Record<string, Read>> = {
  regions: (draft, row, base, at) => {
    const name = must(row, 'name', at)
    const code = must(row, 'region_code', at)
    const nameEn = text(row, 'name_en') ?? name
    put(draft.regions, { ...base, code, name, nameEn, parent: text(row, 'parent'), calendar: text(row, 'calendar') })
  },
  departments: (draft, row, base, at) => {
    const name = must(row, 'name', at)
    const code = must(row, 'org_code', at)
    const nameEn = text(row, 'name_en') ?? name
    const shortName = text(row, 'short_name') ?? name
    put(draft.departments, { ...base, code, name, nameEn, shortName, region: must(row, 'region_code', at) })
  },
  windows: (draft, row, base, at) => {
    const name = must(row, 'name', at)
    const place = { row: whole(row, 'row'), column: whole(row, 'column') }
    const nameEn = text(row, 'name_en') ?? name
    const code = must(row, 'window_no', at)
    put(draft.windows, { ...base, ...place, code, name, nameEn, org: must(row, 'org_code', at) })
  },
  operators: (draft, row, base, at) => {
    const code = must(row, 'operator_id', at)
    const org = must(row, 'org_code', at)
    put(draft.operators, { ...base, code, name: must(row, 'name', at), org, window: text(row, 'window_no') })
  },
  items: (draft, row, base, at) => {
    put(draft.items, itemOf(row, { ...base, code: must(row, 'task_code', at) }, at))
  },
  sources: (draft, row, base, at) => {
    put(draft.sources, sourceOf(row, { ...base, code: must(row, 'source', at) }, at))
  },
}
