// The law in force as a view (J7, C1): the profiles with every value they have, whatever is added to them, the rules, the
// calendars, and the history of loads. Prints values, interprets none.

import type { LawLoad, LawView } from '../contract/master.ts'
import type { Tables } from '../contract/tables/registry.ts'
import { takesBack } from '../core/law/documents.ts'
import type { Law, Profile } from '../core/law/law.ts'
import { printDay, printInstant } from '../core/time/civil.ts'
import { type Limit, printLimit } from '../core/time/limit.ts'
import { type LawEntry, type MasterIndex, rowsIn } from './master.ts'

/** Rows of each list of a catalogue document. */
export const countRows = (body: Readonly<Record<string, unknown>>, tables: Tables): Record<string, number> => {
  const lists = ['calendars', 'notices', ...tables.map(({ name }) => name), 'rules']
  return Object.fromEntries(lists.map((table) => [table, rowsIn(body, table).length]))
}

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

const isLimit = (value: object): value is Limit =>
  'unit' in value && 'value' in value && Object.keys(value).length === 2

const valueView = (value: unknown): unknown => {
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, one]) => [String(key), valueView(one)]))
  if (value instanceof Set || Array.isArray(value)) return [...value].map(valueView)
  if (typeof value !== 'object' || value === null) return value
  if (isLimit(value)) return printLimit(value)
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [snake(key), valueView(one)]))
}

const profileView = (profile: Profile, law: Law): LawView['profiles'][number] => ({
  ...(valueView(profile) as Record<string, unknown>),
  id: profile.id,
  name: profile.name,
  name_en: profile.nameEn,
  source: profile.source,
  in_force: profile.id === law.profile.id,
})

const loadView = (load: LawEntry, law: Law, index: MasterIndex): LawLoad => {
  const { entry, at, by, body } = load
  const back = index.entries.find((other) => takesBack(other) === entry)
  return {
    entry,
    at: printInstant(at, law.homeCalendar.zone),
    by,
    catalogue: typeof body.catalogue === 'string' ? body.catalogue : '',
    valid_from: typeof body.valid_from === 'string' ? body.valid_from : null,
    rows: countRows(body, index.shapes),
    takes_back: takesBack(load),
    why: typeof body.why === 'string' ? body.why : null,
    taken_back_by: back?.entry ?? null,
  }
}

export const lawView = (law: Law, index: MasterIndex): LawView => ({
  version: law.version,
  centre: law.centre,
  profile: law.profile.id,
  profiles: [...law.profiles.values()].map((profile) => profileView(profile, law)),
  calendars: [...law.calendars.values()].map(({ id, name, zone, version }) => ({ id, name, zone: zone.name, version })),
  rules: [...law.rules.values()],
  twin_minutes: law.twins.spans
    .map(({ minutes, validFrom, entry }) => ({
      minutes,
      valid_from: validFrom === null ? null : printDay(validFrom),
      entry,
    }))
    .reverse(),
  rows: Object.fromEntries(Object.entries(law.tables).map(([table, rows]) => [table, rows.size])),
  loads: [...index.entries].reverse().map((entry) => loadView(entry, law, index)),
})
