// Builds the law of one version from the shipped data and the catalogue documents of the ledger, in entry order.
// Later documents replace rows of the same code and day; rows of other days stand beside each other (J7).
// The documents were checked where they came in; what still does not fit here throws, it is never guessed at.

import { buildCalendar, type Calendar } from '../time/calendar.ts'
import type { CalendarSource } from '../time/calendar-source.ts'
import { parseDay, parseInstant } from '../time/civil.ts'
import { asDay, type Day } from '../time/instant.ts'
import { type Limit, parseLimit } from '../time/limit.ts'
import cnCalendar from './data/cn.calendar.json' with { type: 'json' }
import { LawError } from './fault.ts'
import type { Item, ItemStep, Law, Source, Tables, Versioned } from './law.ts'
import { shippedProfiles, shippedRules } from './shipped.ts'

type Row = Readonly<Record<string, unknown>>

/** A catalogue document as the ledger holds it: the file's own shape (snake_case), with the entry that brought it. */
export interface LawDocument {
  readonly entry: number
  readonly body: Row
}

const text = (row: Row, key: string): string | null => {
  const value = row[key]
  return typeof value === 'string' && value !== '' ? value : null
}
const must = (row: Row, key: string, at: string): string => {
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
const rowsOf = (body: Row, key: string): readonly Row[] => (Array.isArray(body[key]) ? (body[key] as Row[]) : [])

const dayIn = (row: Row, key: string, fallback: Day, at: string): Day => {
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
    batch,
  }
}

interface Draft {
  regions: Map<string, import('./law.ts').Region[]>
  departments: Map<string, import('./law.ts').Department[]>
  windows: Map<string, import('./law.ts').Window[]>
  operators: Map<string, import('./law.ts').Operator[]>
  items: Map<string, Item[]>
  sources: Map<string, import('./law.ts').Source[]>
}

type Read = (draft: Draft, row: Row, base: { entry: number; validFrom: Day }, at: string) => void

/** How a row of each table of the file becomes a row of the law. */
const TABLES: Readonly<Record<string, Read>> = {
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

/** Calendars, shipped and loaded, parents before children whatever their order in the files. */
const calendarsOf = (documents: readonly LawDocument[]): Map<string, Calendar> => {
  const sources = new Map<string, { source: CalendarSource; version: string }>()
  sources.set(cnCalendar.calendar_id, { source: cnCalendar as unknown as CalendarSource, version: '0' })
  for (const { entry, body } of documents) {
    for (const row of rowsOf(body, 'calendars')) {
      const source = row as unknown as CalendarSource
      sources.set(source.calendar_id, { source, version: String(entry) })
    }
  }
  const built = new Map<string, Calendar>()
  const build = (id: string, trail: readonly string[]): Calendar => {
    const known = built.get(id)
    if (known !== undefined) return known
    const found = sources.get(id)
    if (found === undefined || trail.includes(id)) throw new LawError(`calendars/${id}`, 'unknown or circular parent')
    const parent = found.source.parent === undefined ? undefined : build(found.source.parent, [...trail, id])
    const calendar = buildCalendar(found.source, parent, found.version)
    built.set(id, calendar)
    return calendar
  }
  for (const id of sources.keys()) build(id, [])
  return built
}

interface Settings {
  centre: { name: string; nameEn: string; calendar: string }
  profile: string
  supervisedFrom: number | null
}

const settle = (settings: Settings, body: Row): void => {
  const centre = body.centre as Row | undefined
  if (centre !== undefined) {
    const name = must(centre, 'name', 'centre')
    const calendar = text(centre, 'calendar') ?? settings.centre.calendar
    settings.centre = { name, nameEn: text(centre, 'name_en') ?? name, calendar }
  }
  const chosen = body.settings as Row | undefined
  if (chosen === undefined) return
  settings.profile = text(chosen, 'profile') ?? settings.profile
  const from = text(chosen, 'supervised_from')
  if (from !== null) settings.supervisedFrom = parseInstant(from)
}

/** The law after these documents (in entry order). Throws LawError or CalendarError; the former law then stays. */
export const buildLaw = (documents: readonly LawDocument[]): Law => {
  const draft: Draft = {
    regions: new Map(),
    departments: new Map(),
    windows: new Map(),
    operators: new Map(),
    items: new Map(),
    sources: new Map(),
  }
  const settings: Settings = {
    centre: { name: '政务服务中心', nameEn: 'Government Service Centre', calendar: 'cn' },
    profile: 'default',
    supervisedFrom: null,
  }
  for (const { entry, body } of documents) {
    settle(settings, body)
    const validFrom = dayIn(body, 'valid_from', asDay(0), 'valid_from')
    for (const [table, read] of Object.entries(TABLES)) {
      for (const [index, row] of rowsOf(body, table).entries()) {
        const at = `/${table}/${index}`
        read(draft, row, { entry, validFrom: dayIn(row, 'valid_from', validFrom, at) }, at)
      }
    }
  }
  const calendars = calendarsOf(documents)
  const homeCalendar = calendars.get(settings.centre.calendar)
  if (homeCalendar === undefined) throw new LawError('/centre/calendar', `unknown calendar ${settings.centre.calendar}`)
  const known = shippedProfiles()
  const profile = known.get(settings.profile)
  if (profile === undefined) throw new LawError('/settings/profile', `unknown profile ${settings.profile}`)
  const tables: Tables = draft
  return {
    version: documents[documents.length - 1]?.entry ?? 0,
    centre: { name: settings.centre.name, nameEn: settings.centre.nameEn },
    calendars,
    homeCalendar,
    tables,
    rules: shippedRules(),
    profile,
    profiles: known,
    supervisedFrom: settings.supervisedFrom,
  }
}
