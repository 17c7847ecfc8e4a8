// What the catalogue holds, with every version, and what it lacks (SPEC 11, I9, T1, D-05). Names of operators are staff data
// and stand behind the same permission.

import type { MasterFlagName } from '../../contract/master.ts'
import { parseDay, ymdOf } from '../../core/time/civil.ts'
import { asInstant, type Day } from '../../core/time/instant.ts'
import { masterList } from '../../present/master.ts'
import { calendarLines, calendarView } from '../../present/master-calendar.ts'
import { lawView } from '../../present/master-law.ts'
import { unlistedPage, unlistedView } from '../../present/master-unlisted.ts'
import { lawShown } from '../../present/personal.ts'
import type { Records } from '../../store/port.ts'
import type { Slices } from '../../supervision/slices.ts'
import { type Caller, mayAll, needAll } from '../caller.ts'
import { Refusal } from '../refusal.ts'
import type { CatalogueSource } from './catalogue.ts'

export interface ListParts {
  readonly source: CatalogueSource
  readonly reader: Pick<Records, 'daily' | 'cardsOf'>
  readonly slices: Pick<Slices, 'run'>
}

interface Page {
  readonly after?: string
  readonly limit: number
}

/** Every civil day a flow may lie on. */
const EVER = 1_000_000

const dayAsked = (source: CatalogueSource, asOf: string | undefined): Day => {
  if (asOf === undefined) return source.law().homeCalendar.dayOf(asInstant(source.now()))
  const day = parseDay(asOf)
  if (day === null) throw new Refusal('bad_field', { at: '/as_of', detail: asOf })
  return day
}

export interface TableAsked extends Page {
  readonly table: string
  readonly q?: string
  readonly department?: string
  readonly region?: string
  readonly flag?: MasterFlagName
  readonly code?: string
  /** A civil day; absent: today. */
  readonly asOf?: string
}

/** One page of a table. Throws Refusal for a day that is none. */
export const listTable = async (
  { source, slices }: Pick<ListParts, 'source' | 'slices'>,
  caller: Caller,
  asked: TableAsked,
) => {
  needAll(caller, 'catalogue.read')
  const on = dayAsked(source, asked.asOf)
  const { table, limit, after = null, q = null, department = null, region = null, flag = null, code = null } = asked
  const flagging = { law: source.law(), on, oddsOf: source.oddsOf() }
  const query = { table, on, q, department, region, flag, code, after, limit }
  return slices.run(masterList(await source.index(), query, flagging))
}

export interface UnlistedAsked extends Page {
  readonly kind?: 'item' | 'window' | 'department'
}

/** One page of the codes that cases bear and no table lists, the most met first. */
export const listUnlisted = async ({ reader }: ListParts, caller: Caller, asked: UnlistedAsked) => {
  needAll(caller, 'catalogue.read')
  const { kind = null, after = null, limit } = asked
  const days = await reader.daily('code', null, ['unlisted'], -EVER, EVER)
  const found = unlistedPage(days, { kind, after, limit })
  const codes = found.page.map(([key]) => key)
  return unlistedView(found, codes.length === 0 ? [] : await reader.cardsOf('code', codes))
}

export const listCalendars = async ({ source }: Pick<ListParts, 'source'>, caller: Caller) => {
  needAll(caller, 'catalogue.read')
  return { items: calendarLines(source.law(), await source.index()), next: null }
}

/** One year of a calendar; without one, this year. Throws Refusal where there is no such calendar. */
export const showCalendar = async (
  { source }: Pick<ListParts, 'source'>,
  caller: Caller,
  asked: { readonly id: string; readonly year?: number },
) => {
  needAll(caller, 'catalogue.read')
  const law = source.law()
  const calendar = law.calendars.get(asked.id)
  if (calendar === undefined) throw new Refusal('not_found')
  const year = asked.year ?? ymdOf(dayAsked(source, undefined)).year
  return calendarView(calendar, year, law, await source.index())
}

/** The law that holds. */
export const showLaw = async ({ source }: Pick<ListParts, 'source'>, caller: Caller) => {
  needAll(caller, 'catalogue.read')
  return lawShown(lawView(source.law(), await source.index()), mayAll(caller, 'personal.read'))
}
