// Builds the law of one version from the shipped data and the catalogue documents of the ledger, in entry order.
// A law remembers what it was made of, so that the next one costs no more than the document that brings it (J7).
// The documents were checked where they came in; what still does not fit here throws, it is never guessed at.
// A document may take a former one back (T1a): the law is then as though that one had never come.

import { atOnce, LOT_ROWS, lotsOf, type Steps } from '../steps.ts'
import { type Calendar, calendarSteps } from '../time/calendar.ts'
import type { CalendarSource } from '../time/calendar-source.ts'
import { parseInstant } from '../time/civil.ts'
import { asDay } from '../time/instant.ts'
import {
  addCalendars,
  type CalendarGrounds,
  firstCalendars,
  type GatheredCalendars,
  layCalendars,
} from './calendars.ts'
import { type LawDocument, standingDocuments, takesBack } from './documents.ts'
import { LawError } from './fault.ts'
import type { Law } from './law.ts'
import { numberingSteps, type ToldNumbers, toldNumbers } from './numbering.ts'
import { type RuleRow, rulesAfter } from './rules.ts'
import { shippedProfiles } from './shipped.ts'
import { type Draft, dayIn, must, type Row, rowsOf, TABLES, text } from './tables.ts'
import { twinSpansOf } from './twins.ts'

interface Built {
  readonly source: CalendarSource
  readonly version: string
  readonly parent: Calendar | undefined
  readonly calendar: Calendar
}

/** Calendars, parents before children whatever their order in the files; one that stays what it was is not built again. */
function* calendarsOf(sources: CalendarGrounds, before: ReadonlyMap<string, Built>): Steps<Map<string, Built>> {
  const built = new Map<string, Built>()
  const build = function* (id: string, trail: readonly string[]): Steps<Calendar> {
    const known = built.get(id)
    if (known !== undefined) return known.calendar
    const found = sources.get(id)
    if (found === undefined || trail.includes(id)) throw new LawError(`calendars/${id}`, 'unknown or circular parent')
    const { source, version } = found
    const parent = source.parent === undefined ? undefined : yield* build(source.parent, [...trail, id])
    const former = before.get(id)
    const stays = former?.source === source && former.version === version && former.parent === parent
    const calendar = stays ? former.calendar : yield* calendarSteps(source, parent, version)
    built.set(id, { source, version, parent, calendar })
    return calendar
  }
  for (const id of sources.keys()) {
    yield
    yield* build(id, [])
  }
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

/** What the documents up to an entry have said: from this a law is made, and the next one without them. */
interface Ground {
  version: number
  /** All that came, those taken back and what takes them back included. */
  readonly documents: LawDocument[]
  readonly tables: Draft
  readonly settings: Settings
  readonly sources: GatheredCalendars
  readonly told: ToldNumbers[]
  readonly rules: { readonly at: string; readonly row: RuleRow }[]
  built: ReadonlyMap<string, Built>
}

const firstGround = (): Ground => ({
  version: 0,
  documents: [],
  tables: {
    regions: new Map(),
    departments: new Map(),
    windows: new Map(),
    operators: new Map(),
    items: new Map(),
    sources: new Map(),
  },
  settings: {
    centre: { name: '政务服务中心', nameEn: 'Government Service Centre', calendar: 'cn' },
    profile: 'default',
    supervisedFrom: null,
  },
  sources: firstCalendars(),
  told: [],
  rules: [],
  built: new Map(),
})

/** A ground of its own; the rows themselves are never changed. */
const copyOf = ({ version, documents, tables, settings, sources, told, rules, built }: Ground): Ground => ({
  version,
  documents: documents.slice(),
  tables: {
    regions: new Map(tables.regions),
    departments: new Map(tables.departments),
    windows: new Map(tables.windows),
    operators: new Map(tables.operators),
    items: new Map(tables.items),
    sources: new Map(tables.sources),
  },
  settings: { ...settings },
  sources: new Map(sources),
  told: told.slice(),
  rules: rules.slice(),
  built,
})

function* add(ground: Ground, { entry, body }: LawDocument): Steps<void> {
  const isFull = lotsOf(LOT_ROWS)
  ground.version = entry
  settle(ground.settings, body)
  const validFrom = dayIn(body, 'valid_from', asDay(0), 'valid_from')
  for (const [table, read] of Object.entries(TABLES)) {
    for (const [index, row] of rowsOf(body, table).entries()) {
      if (isFull()) yield
      const at = `/${table}/${index}`
      read(ground.tables, row, { entry, validFrom: dayIn(row, 'valid_from', validFrom, at) }, at)
    }
  }
  yield
  yield* addCalendars(ground.sources, { entry, body })
  for (const [index, row] of rowsOf(body, 'rules').entries())
    ground.rules.push({ at: `/rules/${index}`, row: row as unknown as RuleRow })
}

/** The ground of each law, for the one that comes after it. */
const GROUNDS = new WeakMap<Law, Ground>()

function* lawOf(ground: Ground): Steps<Law> {
  const { settings, version } = ground
  ground.built = yield* calendarsOf(yield* layCalendars(ground.sources), ground.built)
  const calendars = new Map([...ground.built].map(([id, { calendar }]) => [id, calendar]))
  const homeCalendar = calendars.get(settings.centre.calendar)
  if (homeCalendar === undefined) throw new LawError('/centre/calendar', `unknown calendar ${settings.centre.calendar}`)
  const profiles = shippedProfiles()
  const profile = profiles.get(settings.profile)
  if (profile === undefined) throw new LawError('/settings/profile', `unknown profile ${settings.profile}`)
  const { name, nameEn } = settings.centre
  const law: Law = {
    version,
    centre: { name, nameEn },
    calendars,
    homeCalendar,
    tables: ground.tables,
    rules: rulesAfter(ground.rules),
    profile,
    profiles,
    supervisedFrom: settings.supervisedFrom,
    numbering: yield* numberingSteps(ground.told),
    twins: twinSpansOf(ground.documents),
  }
  GROUNDS.set(law, ground)
  return law
}

/** A calendar of a law as its documents and the notices laid upon it leave it; null: there is none. */
export const calendarSourceOf = (law: Law, id: string): CalendarSource | null =>
  GROUNDS.get(law)?.sources.get(id)?.source ?? null

/** The law after these documents (in entry order). Stops after some rows (I5). Throws LawError or CalendarError. */
export function* buildSteps(documents: readonly LawDocument[]): Steps<Law> {
  const ground = firstGround()
  for (const document of standingDocuments(documents)) {
    yield* add(ground, document)
    yield
  }
  for (const document of documents) {
    ground.documents.push(document)
    ground.told.push(...(yield* toldNumbers(document)))
  }
  ground.version = documents[documents.length - 1]?.entry ?? 0
  return yield* lawOf(ground)
}

export const buildLaw = (documents: readonly LawDocument[]): Law => atOnce(buildSteps(documents))

/**
 * The law that holds with one document more: as buildLaw of them all, at the cost of what is new. The former law stays
 * what it was. Stops after some rows (I5). Throws LawError or CalendarError.
 */
export function* afterSteps(law: Law, document: LawDocument): Steps<Law> {
  const before = GROUNDS.get(law)
  if (before === undefined) throw new Error('a law that was not built here')
  if (takesBack(document) !== null) return yield* buildSteps([...before.documents, document])
  const ground = copyOf(before)
  ground.documents.push(document)
  ground.told.push(...(yield* toldNumbers(document)))
  yield* add(ground, document)
  yield
  return yield* lawOf(ground)
}

export const lawAfter = (law: Law, document: LawDocument): Law => atOnce(afterSteps(law, document))
