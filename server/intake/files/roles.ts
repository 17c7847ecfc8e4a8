// What the columns of a file are by their heads (I8): each head that says a role, and of several that say one the one that
// says it best. A column keeps its role while most of what stands in it can be read as that; else it is a doubt, and told.

import type { ImportColumn, UnreadNote } from '../../contract/imports.ts'
import { isLimit } from './limit.ts'
import { FILE_PROBLEMS, type FileCode, type Read } from './row.ts'
import { cellsOf, datesIn, isMajority, samplesOf } from './sample.ts'
import { bare, HEADS, type Role } from './suggest-words.ts'
import { hasLostDigits } from './text.ts'

export type Roles = Partial<Record<Role, ImportColumn>>

const CASE_INSTANTS: readonly Role[] = [
  'received',
  'accepted',
  'decided',
  'concluded',
  'promise_due_at',
  'legal_due_at',
]
const EVENT_INSTANTS: readonly Role[] = ['at', 'start', 'complete']
const INSTANTS: ReadonlySet<Role> = new Set([...CASE_INSTANTS, ...EVENT_INSTANTS])
/** Roles that a log has on its traces, and those it has on its events. */
const OF_CASE: ReadonlySet<Role> = new Set(['project_no', ...CASE_INSTANTS])
const LIMITS: ReadonlySet<Role> = new Set(['promise_limit', 'legal_limit'])
const OF_EVENT: ReadonlySet<Role> = new Set(['activity', ...EVENT_INSTANTS, 'lifecycle', 'operator_id'])

/** How well a head says a role: place of the word; words that are only a part of the head come after all. */
const rankOf = (column: ImportColumn, role: Role): number | null => {
  const name = bare(column.name)
  const place = HEADS[role].indexOf(name)
  if (place >= 0) return place
  const inside = HEADS[role].findIndex((word) => word.length >= 4 && !word.includes(':') && name.includes(word))
  return inside < 0 ? null : 1_000 + inside
}

/** Words that are only a part of a head are a weaker sign. */
const isExact = (rank: number): boolean => rank < 1_000

const standsRight = ({ of }: ImportColumn, role: Role): boolean => {
  if (of === 'row') return true
  return OF_CASE.has(role) ? of === 'case' : !OF_EVENT.has(role) || of === 'event'
}

/** How many cells can be read as a role. */
const readAs = (role: Role, cells: ReturnType<typeof cellsOf>): number => {
  if (INSTANTS.has(role)) return cells.length === 0 ? 0 : datesIn(cells).read
  if (LIMITS.has(role)) return cells.filter(isLimit).length
  return cells.filter((cell) => !hasLostDigits(cell)).length
}

/** What is wrong with a cell that cannot be read as a role. */
const codeOf = (role: Role): FileCode =>
  INSTANTS.has(role) ? 'bad_date' : LIMITS.has(role) ? 'bad_value' : 'lost_digits'

const isReadable = (column: ImportColumn, role: Role, rows: readonly Read[]): boolean => {
  if (INSTANTS.has(role)) return column.shape === 'date' || column.shape === 'empty' || column.dates.length > 0
  if (column.shape === 'date') return false
  const cells = cellsOf(rows, column)
  return cells.length === 0 || isMajority(readAs(role, cells), cells.length)
}

const isCode = (text: string): boolean => /^[\w-]+$/.test(text)

interface Offer {
  readonly role: Role
  readonly column: ImportColumn
  readonly rank: number
  readonly order: number
}

/** What heads say, the best first. */
const offersOf = (columns: readonly ImportColumn[]): Offer[] => {
  const offers = (Object.keys(HEADS) as Role[]).flatMap((role, order) =>
    columns.flatMap((column) => {
      const rank = standsRight(column, role) ? rankOf(column, role) : null
      return rank === null ? [] : [{ role, column, rank, order }]
    }),
  )
  return offers.sort(
    (a, b) => Math.floor(a.rank / 1_000) - Math.floor(b.rank / 1_000) || a.order - b.order || a.rank - b.rank,
  )
}

export const rolesOf = (columns: readonly ImportColumn[], rows: readonly Read[]): Roles => {
  const roles: Roles = {}
  const used = new Set<string>()
  for (const { role, column } of offersOf(columns)) {
    if (roles[role] !== undefined || used.has(column.name) || !isReadable(column, role, rows)) continue
    roles[role] = column
    used.add(column.name)
  }
  // 经办人 with a code in it is the number of an official
  const { operator_name: named, operator_id: numbered, ...rest } = roles
  if (named === undefined || numbered !== undefined || !named.samples.every(isCode) || named.samples.length === 0)
    return roles
  return { ...rest, operator_id: named }
}

/** The type whose instant a role says; other roles are called as their fields. */
const FIELD_OF: Partial<Record<Role, string>> = {
  received: 'RECEIVE',
  accepted: 'ACCEPT',
  decided: 'DECIDE',
  concluded: 'COMPLETE',
}

/** Columns that a head calls something most of their values are not, one role each. */
export const doubtsOf = (columns: readonly ImportColumn[], rows: readonly Read[]): UnreadNote[] => {
  const roles = rolesOf(columns, rows)
  const used = new Set(Object.values(roles).map(({ name }) => name))
  const doubts: UnreadNote[] = []
  for (const { role, column, rank } of offersOf(columns)) {
    // a head that holds a word of dates or limits is told as well: no due column is left out in silence (U14)
    const isTelling = isExact(rank) || INSTANTS.has(role) || LIMITS.has(role)
    if (!isTelling || roles[role] !== undefined || used.has(column.name)) continue
    const cells = cellsOf(rows, column)
    const unread = cells.length - readAs(role, cells)
    if (unread === 0 || isMajority(cells.length - unread, cells.length)) continue
    used.add(column.name)
    const samples = samplesOf(cells.filter((cell) => readAs(role, [cell]) === 0))
    const counts = { unread, filled: cells.length, samples }
    const why = FILE_PROBLEMS[codeOf(role)]
    doubts.push({ column: column.name, field: FIELD_OF[role] ?? role, ...counts, used: false, ...why })
  }
  return doubts
}
