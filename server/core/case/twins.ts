// Twins (F5): in the order of F1 an event joins the first one of its kind and key from another source within ten minutes
// of that first (a setting, by its day) – on the same day where either is a bare day –, one a source: it adds nothing.
// What is kept are the firsts that something may still join, no more. Rules: F5, I11.

import type { Instant } from '../time/instant.ts'
import type { When } from './stands.ts'

/** The first telling of a thing, and which sources have told it since. */
export interface TwinGroup extends When {
  readonly key: string
  /** What it says more closely; '' says nothing, and may be the same as anything. */
  readonly label: string
  /** The label is not its own word: it is of what was open, and that may be the same as anything. */
  readonly unsaid?: true
  /** Its own first, then those that joined. */
  readonly sources: readonly string[]
}

export interface Telling extends When {
  readonly key: string
  readonly label: string
  /** As in a group. */
  readonly unsaid?: true
  readonly source: string
  /** It has nothing of its own to do: one that says less, or more, may then be the same thing. */
  readonly idle: boolean
}

export interface Twins {
  /** Whether it joins an earlier telling; one that does not is itself a first. */
  readonly joins: (telling: Telling) => boolean
  /** The firsts that an event standing at an instant or later may still join. */
  readonly still: (standsAt: Instant) => readonly TwinGroup[]
}

/** How long after a first telling another may be one with it. */
type WindowAt = (first: Instant) => number

const REST_OF_DAY_MS = 86_399_999

interface Group extends When {
  readonly key: string
  readonly label: string
  readonly unsaid?: true
  readonly sources: Set<string>
}

/** Near enough to be one thing: within the window, or on one day. */
const isNear = (first: When, told: When, windowMsAt: WindowAt): boolean => {
  if (first.precision === null && told.precision === null) return told.at - first.at <= windowMsAt(first.at)
  if (first.precision === 'day' && told.precision === 'day') return first.at === told.at
  const [bare, stamped] = first.precision === 'day' ? [first, told] : [told, first]
  return bare.at <= stamped.at && stamped.at <= bare.at + REST_OF_DAY_MS
}

const saysNothing = ({ label, unsaid }: Pick<TwinGroup, 'label' | 'unsaid'>): boolean => label === '' || unsaid === true

const canBeOne = (first: Group, told: Telling): boolean =>
  first.label === told.label || (told.idle && (saysNothing(first) || saysNothing(told)))

export const openTwins = (kept: readonly TwinGroup[], windowMsAt: WindowAt): Twins => {
  const groups: Group[] = kept.map(({ sources, ...group }) => ({ ...group, sources: new Set(sources) }))
  const byKey = new Map<string, Group[]>()
  const keep = (group: Group): void => {
    const rows = byKey.get(group.key)
    if (rows === undefined) byKey.set(group.key, [group])
    else rows.push(group)
  }
  for (const group of groups) keep(group)
  // what one kind of telling of a source has passed over once, it passes over for ever
  const passed = new Map<string, number>()
  const joins = (told: Telling): boolean => {
    const rows = byKey.get(told.key) ?? []
    const pass = `${told.source}\n${told.key}\n${told.label}\n${told.precision}\n${told.idle}\n${told.unsaid}`
    for (let i = passed.get(pass) ?? 0; i < rows.length; i++) {
      const first = rows[i] as Group
      if (!first.sources.has(told.source) && canBeOne(first, told) && isNear(first, told, windowMsAt)) {
        first.sources.add(told.source)
        passed.set(pass, i + 1)
        return true
      }
      passed.set(pass, i + 1)
    }
    const { key, label, unsaid, at, precision, source } = told
    const vague = unsaid === true ? { unsaid } : {}
    const first = { key, label, ...vague, at, precision, sources: new Set([source]) }
    groups.push(first)
    keep(first)
    return false
  }
  const still = (standsAt: Instant): readonly TwinGroup[] =>
    groups
      .filter(({ at }) => at + REST_OF_DAY_MS >= standsAt)
      .map((group) => ({ ...group, sources: [...group.sources] }))
  return { joins, still }
}
