// Whether what could not be read of a row has come since (I15): an event that says all that could be read of it, of its step, its
// unit, its instant, its amounts. One event mends one row: what two rows wait for has come when two have come. Pure.

import { EVENT_FIELDS, PAYLOAD_KEYS, type PayloadKey } from '../contract/ingest.ts'
import { parseInstant } from '../core/time/civil.ts'

export type Raw = Readonly<Record<string, unknown>>

/** A raw text may have been cut: then nothing of it can be read. */
export const readRaw = (raw: string): Raw => {
  try {
    const value: unknown = JSON.parse(raw)
    return isObject(value) ? value : {}
  } catch {
    return {}
  }
}

const isObject = (value: unknown): value is Raw => typeof value === 'object' && value !== null && !Array.isArray(value)

/** What of an event can be told again: not its case, by which it was looked for, and not whom it supersedes. */
const APART: ReadonlySet<string> = new Set(['project_no', 'supersedes'])
const FIELDS = ['event_type', ...EVENT_FIELDS.filter((name) => !APART.has(name))]

/** Said, and read: what could not be read is kept as `{unread: text}`. */
const isRead = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== '' && !(isObject(value) && 'unread' in value)

const differs = (one: unknown, other: unknown): boolean => isRead(one) && String(one).trim() !== String(other)

const DATE = /^\d{4}-\d\d-\d\d$/

/** One spelling of what the wire may write in several ways, and of what a fact keeps of it. */
const spelled = (value: unknown, { shape }: PayloadKey): string => {
  if ((shape === 'instant' || shape === 'due') && typeof value === 'string')
    return DATE.test(value) ? value : String(parseInstant(value) ?? value)
  if (shape === 'days' || shape === 'limit' || shape === 'span') {
    const { value: n, unit } = isObject(value) ? value : { value, unit: 'WD' }
    return `${n ?? 0} ${unit ?? 'WD'}`
  }
  return isObject(value) || Array.isArray(value) ? JSON.stringify(value) : String(value).trim()
}

/** A level may have been turned as it came in: best is 1 in a fact. */
const WORST_AND_BEST = 6
const levelsOf = (level: unknown, scale: unknown): unknown[] => {
  const turned = WORST_AND_BEST - Number(level)
  if (scale === 'best_first') return [level]
  return scale === 'worst_first' ? [turned] : [level, turned]
}

const agrees = (said: unknown, told: unknown, key: PayloadKey): boolean => {
  if (!isRead(said)) return true
  if (told === undefined) return false
  if (key.shape !== 'place' || !isObject(said)) return spelled(said, key) === spelled(told, key)
  return isObject(told) && Object.keys(said).every((name) => !differs(said[name], told[name]))
}

/**
 * Whether a fact says all that could be read of an event that waits. `said`: the event as a wire has it; `body`: the fact as it is
 * kept. What is personal stands elsewhere and is not asked.
 */
export const isSameEvent = (said: Raw, body: Raw): boolean => {
  if (FIELDS.some((name) => differs(said[name], body[name]))) return false
  const at = typeof said.occurred_at === 'string' ? parseInstant(said.occurred_at) : null
  if (at !== null && at !== body.occurred_at) return false
  const words = isObject(said.payload) ? said.payload : {}
  const told = isObject(body.payload) ? body.payload : {}
  const keys: readonly PayloadKey[] = PAYLOAD_KEYS[said.event_type as keyof typeof PAYLOAD_KEYS] ?? []
  return keys.every((key) => {
    if (key.class === 'personal') return true
    if (key.name !== 'level' || !isRead(words.level)) return agrees(words[key.name], told[key.name], key)
    return levelsOf(words.level, said.rate_scale).some((level) => agrees(level, told.level, key))
  })
}

/**
 * As many as can be mended, each by a fact of its own (bipartite matching by augmenting paths, Kuhn 1955).
 * @param candidates of each that waits, the facts that could be it
 * @returns those that are mended, each with the fact that mends it
 */
export const matched = <Row, Fact>(candidates: ReadonlyMap<Row, readonly Fact[]>): ReadonlyMap<Row, Fact> => {
  const takenBy = new Map<Fact, Row>()
  const take = (row: Row, tried: Set<Fact>): boolean => {
    const some = candidates.get(row) ?? []
    const free = some.find((fact) => !takenBy.has(fact))
    const fact =
      free ??
      some.find((one) => {
        if (tried.has(one)) return false
        tried.add(one)
        return take(takenBy.get(one) as Row, tried)
      })
    if (fact === undefined) return false
    takenBy.set(fact, row)
    return true
  }
  // what a search has tried in vain stays taken
  let vain = new Set<Fact>()
  for (const row of candidates.keys()) {
    const tried = new Set(vain)
    if (!take(row, tried)) vain = tried
  }
  return new Map([...takenBy].map(([fact, row]) => [row, fact]))
}
