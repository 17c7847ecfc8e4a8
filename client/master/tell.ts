// Saying master data in words: limits, types, flags, cells of a table, versions. Pure.

import type { MasterFlag, MasterRow, MasterTable, MasterVersion } from '../../server/contract/master.ts'
import { dayText, limitText } from '../frame/tell.ts'
import { type Words, wordFor } from '../i18n/words.ts'

/** What is in force, else the newest to come. */
export const spoken = (row: MasterRow): MasterVersion | undefined =>
  row.versions.find(({ in_force }) => in_force) ?? row.versions.find(({ replaced_by }) => replaced_by === null)

const text = (value: unknown): string => (value === undefined || value === null ? '' : String(value))

const typeText = (t: Words, row: Record<string, unknown>): string => {
  const type = text(row.item_type)
  const kind = text(row.project_type)
  return [
    type === '' ? '' : wordFor(t.catalogue.itemType, type),
    kind === '' ? '' : wordFor(t.catalogue.projectType, kind),
  ]
    .filter((part) => part !== '')
    .join(' · ')
}

/** Columns of a table beside code, name and flags, and what stands in them. */
export const headOf = (t: Words, table: MasterTable): string[] => {
  const { catalogue: words } = t
  const own: Record<MasterTable, string[]> = {
    items: [words.org, words.type, words.promise, words.statute],
    departments: [words.tables.regions],
    windows: [words.org, words.place],
    operators: [words.org, words.window],
    regions: [words.parent, words.calendar],
    sources: [words.mode],
  }
  return own[table]
}

const limitCell = (t: Words, row: MasterRow, field: 'promise' | 'statute', value: unknown): string => {
  if (value !== undefined) return limitText(t, String(value))
  const ofLaw = field === 'statute' ? row.flags.find(({ flag }) => flag === 'statute_of_law')?.detail : undefined
  return ofLaw === undefined
    ? t.catalogue.noLimit
    : `${limitText(t, ofLaw)}${t.marks.open}${t.catalogue.byLaw}${t.marks.close}`
}

export const cellsOf = (t: Words, row: MasterRow): string[] => {
  const said = spoken(row)?.row ?? {}
  const named = (field: string): string =>
    (t.lang === 'en' ? row.names_en[field] : undefined) ?? row.names[field] ?? text(said[field])
  const window = [text(said.window_no), said.window_no === undefined ? '' : named('window_no')]
    .filter((part) => part !== '')
    .join(' ')
  const own: Record<MasterTable, () => string[]> = {
    items: () => [
      named('org_code'),
      typeText(t, said),
      limitCell(t, row, 'promise', said.promise),
      limitCell(t, row, 'statute', said.statute),
    ],
    departments: () => [named('region_code')],
    windows: () => [
      named('org_code'),
      said.row === undefined ? '' : t.catalogue.row(Number(said.row), Number(said.column)),
    ],
    operators: () => [named('org_code'), window],
    regions: () => [named('parent'), named('calendar')],
    sources: () => [said.mode === undefined ? '' : wordFor(t.catalogue.modes, text(said.mode))],
  }
  return own[row.table]()
}

const LIMITS: ReadonlySet<string> = new Set(['promise', 'statute', 'first_review', 'joint_reply', 'limit'])

/** Tables of a profile go by level of card or by kind of pause. */
const profileKey = (t: Words, name: string): string =>
  /^[0-3]$/.test(name)
    ? (t.level[Number(name)] ?? name)
    : ((t.pauseKind as Record<string, string>)[name] ?? wordFor(t.catalogue.profileValue, name))

/** A profile's value as people read it: limits, pauses and types in words. */
export const profileText = (t: Words, value: unknown): string => {
  if (value === null || value === undefined) return t.catalogue.noLimit
  if (typeof value === 'boolean') return value ? t.yes : t.no
  if (typeof value === 'string') {
    if (/^(0|\d+(WD|ND|M|H))$/.test(value)) return limitText(t, value)
    return (
      t.catalogue.profileWord[value] ??
      t.catalogue.itemType[value] ??
      (t.pauseKind as Record<string, string>)[value] ??
      value
    )
  }
  if (Array.isArray(value))
    return value.map((part) => (part === null ? t.catalogue.untyped : profileText(t, part))).join(t.marks.list)
  if (typeof value !== 'object') return String(value)
  const parts = Object.entries(value).map(
    ([name, part]) => `${profileKey(t, name)}${t.marks.colon}${profileText(t, part)}`,
  )
  return parts.length === 0 ? t.catalogue.noLimit : parts.join(t.marks.clause)
}

/** A field's value as people read it. */
export const valueText = (t: Words, field: string, value: unknown): string => {
  if (typeof value === 'boolean') return value ? t.yes : t.no
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)) return dayText(t, value, true)
  if (LIMITS.has(field) && typeof value === 'string') return limitText(t, value)
  if (field === 'item_type') return `${value} ${wordFor(t.catalogue.itemType, text(value))}`
  if (field === 'project_type') return `${value} ${wordFor(t.catalogue.projectType, text(value))}`
  if (Array.isArray(value)) return value.map((part) => valueText(t, '', part)).join(t.marks.clause)
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .filter(([name]) => name !== 'name_en')
      .map(([name, part]) => valueText(t, name, part))
      .join(' ')
  return text(value)
}

export const standingText = (t: Words, version: MasterVersion, today: string): string => {
  if (version.in_force) return t.catalogue.inForce
  if (version.replaced_by !== null) return t.catalogue.replaced(version.replaced_by)
  return version.valid_from > today ? t.catalogue.future : t.catalogue.past
}

/** Why a flag stands, in whole sentences. */
export const flagWhy = (t: Words, { flag, later, detail }: MasterFlag): string => {
  const words = t.catalogue
  if (later === undefined) return detail === undefined || flag === 'statute_of_law' ? '' : detail
  const { first } = later
  const day = (on: string): string => dayText(t, on, true)
  return [
    later.odds === 'always' ? words.laterAlways : words.laterSometimes(later.later_days, later.days),
    words.laterFirst(day(first.accepted_on), day(first.promise_due_on), day(first.statute_due_on), first.by_days),
    later.most_days > 0 ? words.laterMost(later.most_days) : '',
    words.laterRead,
  ]
    .filter((part) => part !== '')
    .join(t.lang === 'en' ? '. ' : '；')
}
