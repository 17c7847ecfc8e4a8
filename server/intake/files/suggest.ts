// A first mapping from the heads of the columns and the shape of what stands in them (I8). A suggestion and called so:
// what it assumes beyond the file is said beside it. Pure; it never reads, and never sends anything by itself.

import type { BothTexts, ImportColumn, Suggestion } from '../../contract/imports.ts'
import { EVENT_FIELDS } from '../../contract/ingest.ts'
import type { EventType } from '../../core/case/event.ts'
import type { ActivityFile, CaseRuleFile, EventRuleFile, MappingFile } from './mapping.ts'
import { type Pairs, pairsIn } from './pairs.ts'
import { type Roles, rolesOf } from './roles.ts'
import type { Read } from './row.ts'
import { ACTIVITIES, bare, type Role } from './suggest-words.ts'

const ASSUMED_ZONE = 'Asia/Shanghai'

/** No head says which event another makes void. */
const FIELD_ROLES = EVENT_FIELDS.filter((name) => name !== 'supersedes')

const named = (roles: Roles, keys: readonly Role[]): Record<string, string> =>
  Object.fromEntries(keys.flatMap((key) => (roles[key] === undefined ? [] : [[key, roles[key].name]])))

const caseRules = (roles: Roles, pairs: Pairs): CaseRuleFile[] => {
  const limits = named(roles, ['promise_due_at', 'legal_due_at', 'promise_limit', 'legal_limit'])
  const payload = Object.keys(limits).length === 0 ? {} : { payload: limits }
  const rules: CaseRuleFile[] = []
  const add = (role: Role, type: EventType, more: Partial<CaseRuleFile> = {}): void => {
    const column = roles[role]
    const pair = pairs.get(role)
    if (pair !== undefined) rules.push({ type, at: pair, ...more })
    else if (column !== undefined) rules.push({ type, at: column.name, ...more })
  }
  add('received', 'RECEIVE')
  // limits are stated with the acceptance; a table without one states them with the receipt
  if (roles.accepted !== undefined || pairs.has('accepted')) add('accepted', 'ACCEPT', payload)
  else if (roles.received !== undefined && 'payload' in payload) add('received', 'ACCEPT', payload)
  add('decided', 'DECIDE')
  add('concluded', 'COMPLETE')
  return rules
}

const typesOf = (values: readonly string[]): Record<string, ActivityFile> => {
  const types: Record<string, ActivityFile> = {}
  for (const value of values) {
    const type = ACTIVITIES.find(([, names]) => names.includes(bare(value)))?.[0]
    if (type !== undefined) types[value] = type as ActivityFile
  }
  return { ...types, '*': 'STEP' }
}

const eventRules = (roles: Roles, values: readonly string[]): EventRuleFile[] => {
  const { activity, at, start, complete, lifecycle } = roles
  if (activity === undefined) return []
  const ends = complete ?? (start === undefined ? undefined : at)
  const times =
    start !== undefined && ends !== undefined
      ? { start: start.name, complete: ends.name }
      : { at: (at ?? complete ?? start)?.name ?? '' }
  if ('at' in times && times.at === '') return []
  const transitions = lifecycle === undefined || !('at' in times) ? {} : { lifecycle: lifecycle.name }
  return [{ activity: activity.name, ...times, ...transitions, types: typesOf(values) }]
}

const usedColumns = (
  rules: readonly (CaseRuleFile | EventRuleFile)[],
  columns: readonly ImportColumn[],
): ImportColumn[] => {
  const text = JSON.stringify(rules)
  return columns.filter(
    ({ name, shape, dates }) => (shape === 'date' || dates.length > 0) && text.includes(JSON.stringify(name)),
  )
}

/** Formats that read every date in use, as few as will do. */
const datesOf = (columns: readonly ImportColumn[]): { formats: string[]; isAmbiguous: boolean } => {
  const left = columns.filter(({ dates }) => dates.length > 0)
  const formats: string[] = []
  let isAmbiguous = false
  while (left.length > 0) {
    // what a column with one reading alone says settles the others
    left.sort((a, b) => a.dates.length - b.dates.length)
    const format = left[0]?.dates[0] ?? ''
    const other = left[0]?.dates.find(
      (name) => name !== format && name.replace(/[Md]/g, '') === format.replace(/[Md]/g, ''),
    )
    if (other !== undefined && /[Md]\W[Md]\W/.test(format)) isAmbiguous = true
    formats.push(format)
    const rest = left.filter(({ dates }) => !dates.includes(format))
    left.splice(0, left.length, ...rest)
  }
  return { formats, isAmbiguous }
}

const HAS_OFFSET = /(?:[zZ]|[+-]\d{2}:?\d{2})$/

const needsZone = (columns: readonly ImportColumn[]): boolean =>
  columns.some(({ samples, dates }) => !dates[0]?.startsWith('epoch') && samples.some((text) => !HAS_OFFSET.test(text)))

const NOTES = {
  zone: {
    zh: `时间没有写明时区，按 ${ASSUMED_ZONE} 读取，请核对。`,
    en: `The stamps bear no zone and are read as ${ASSUMED_ZONE}: check it.`,
  },
  ambiguous: {
    zh: '从样本看不出月与日的先后，请核对日期格式。',
    en: 'The sample does not tell whether the month or the day stands first: check the date format.',
  },
  project: {
    zh: '没有找到像办件编号的列，请指定。',
    en: 'No column looks like a case number: name one.',
  },
  accepted: {
    zh: '没有找到可用的受理时间列，暂以收件时间为受理时间，时限由此起算，请核对。',
    en: 'No column can be taken for an acceptance: the receipt is, and limits run from there. Check it.',
  },
  nothing: {
    zh: '没有找到表示收件、受理、办结或环节的时间列，请指定。',
    en: 'No column looks like an instant of receipt, acceptance, conclusion or a step: name one.',
  },
} as const satisfies Record<string, BothTexts>

const MOST_NAMED = 12

/** Heads of what stops or moves a clock, or says how a case stands: left out, it is judged by less than its file says. */
const OF_THE_CLOCK = /挂起|暂停|中止|恢复|停钟|特别程序|补正|延期|延长|状态|suspend|pause|resume|extend|status|state/i

/** Columns that the suggestion leaves out, told apart: what may move a date, and the rest. */
const leftOut = (document: MappingFile, columns: readonly ImportColumn[]): BothTexts[] => {
  const text = JSON.stringify(document)
  const left = columns.map(({ name }) => name).filter((name) => !text.includes(JSON.stringify(name)))
  const told = (names: readonly string[]): BothTexts => {
    const shown = names.slice(0, MOST_NAMED)
    const more = names.length - shown.length
    return {
      zh: `${shown.join('、')}${more === 0 ? '' : ` 等 ${names.length} 列`}`,
      en: `${shown.join(', ')}${more === 0 ? '' : ` and ${more} more`}`,
    }
  }
  const clock = left.filter((name) => OF_THE_CLOCK.test(name))
  const rest = left.filter((name) => !OF_THE_CLOCK.test(name))
  const notes: BothTexts[] = []
  if (clock.length > 0) {
    const { zh, en } = told(clock)
    notes.push({
      zh: `未用的列中有关停钟、补正、延长或状态的：${zh}。若据此停钟、延长或办结，须写入映射，否则时限不计入它们。`,
      en: `Not used, of pauses, corrections, extensions or the state of a case: ${en}. Where they stop, extend or end its clock they have to be mapped: left out, it is judged without them.`,
    })
  }
  if (rest.length > 0) {
    const { zh, en } = told(rest)
    notes.push({ zh: `未用的列：${zh}。`, en: `Not used: ${en}.` })
  }
  return notes
}

export interface SuggestAsked {
  readonly name: string
  readonly format: string
  /** Set in the mapping only where the name of the file does not say it. */
  readonly sayFormat: boolean
  readonly columns: readonly ImportColumn[]
  readonly rows: readonly Read[]
  /** Values of a column, as far as they were seen. */
  readonly valuesOf: (column: string) => readonly string[]
}

/** A mapping that may still lack what no head says; the notes name it. */
export const suggest = ({ name, format, sayFormat, columns, rows, valuesOf }: SuggestAsked): Suggestion => {
  const roles = rolesOf(columns, rows)
  const events = eventRules(roles, roles.activity === undefined ? [] : valuesOf(roles.activity.name))
  const pairs = pairsIn(columns, rows)
  const cases = caseRules(roles, pairs)
  const inUse = usedColumns([...cases, ...events], columns)
  const { formats, isAmbiguous } = datesOf(inUse)
  const isZoned = needsZone(inUse)
  const notes: BothTexts[] = []
  if (roles.project_no === undefined) notes.push(NOTES.project)
  if (cases.length + events.length === 0) notes.push(NOTES.nothing)
  const isAssumed =
    roles.accepted === undefined && !pairs.has('accepted') && cases.some(({ type }) => type === 'ACCEPT')
  if (isAssumed) notes.push(NOTES.accepted)
  if (isZoned) notes.push(NOTES.zone)
  if (isAmbiguous) notes.push(NOTES.ambiguous)
  const document: MappingFile = {
    mapping: name.replace(/\.(?:gz|csv|tsv|ndjson|jsonl|xlsx|xlsm|xes)$/gi, '') || name,
    ...(sayFormat ? { format } : {}),
    ...(isZoned ? { zone: ASSUMED_ZONE } : {}),
    ...(formats.length === 0 || formats.join() === 'iso' ? {} : { dates: formats }),
    fields: named(roles, FIELD_ROLES),
    ...(cases.length === 0 ? {} : { case: cases }),
    ...(events.length === 0 ? {} : { events }),
  }
  return { document, notes: [...notes, ...leftOut(document, columns)] }
}
