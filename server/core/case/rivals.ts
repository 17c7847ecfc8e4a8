// Differing firsts (F5) and a number that two sources give to different items (I11): the case is judged under each version
// that the facts tell, and a finding above 预警 that not all of them give waits for a person, with what differs. Which
// versions there are is said here; how one is judged is the caller's. Pure.

import type { Finding } from '../card/card.ts'
import type { Instant } from '../time/instant.ts'
import { phaseOf } from './event.ts'
import { type Levelled, surelyOf } from './level.ts'
import { isAfter, standsAt } from './stands.ts'
import type { CaseState, End, Rival } from './state.ts'

/** Of more versions than these none is judged: whatever they give waits. */
const MOST_VERSIONS = 16

interface Versions {
  /** The case as the other tellings have it; the first ones are the case itself. */
  readonly others: readonly CaseState[]
  /** Whether these are all there are. */
  readonly complete: boolean
}

const inOrder = (a: End, b: End): number => standsAt(a) - standsAt(b) || phaseOf(a.type) - phaseOf(b.type)

const toldBy = (state: CaseState, rival: Rival): CaseState => {
  if (rival.of === 'received') return { ...state, received: rival.told }
  if (rival.of === 'accepted') return { ...state, accepted: rival.told }
  const ends = state.ends.map((end) => (end.type === 'DECIDE' ? rival.told : end))
  return { ...state, ends: ends.sort(inOrder) }
}

/** An acceptance or receipt stamped after the end is no version of how the case began. */
const isVersion = (rival: Rival, end: End | null): boolean =>
  rival.of === 'decided' || end === null || !isAfter(rival.told, end)

const versionsOf = (state: CaseState, end: End | null): Versions => {
  let versions: CaseState[] = [state]
  for (const of of ['received', 'accepted', 'decided'] as const) {
    const rivals = state.rivals.filter((rival) => rival.of === of && isVersion(rival, end))
    versions = versions.flatMap((version) => [version, ...rivals.map((rival) => toldBy(version, rival))])
    if (versions.length > MOST_VERSIONS) return { others: [], complete: false }
  }
  return { others: versions.slice(1), complete: !state.rivalsBeyond }
}

const nameOf = ({ rule, occasion }: Finding): string => `${rule} ${occasion}`

/** 疑似撞号: several items, and nobody has said that they are one case. */
export const isDoubtful = ({ collision, oneCase }: Pick<CaseState, 'collision' | 'oneCase'>): boolean =>
  collision.length > 0 && oneCase !== true

/** Which items this number is given, where they are several. */
const itemsOf = ({ collision, item, itemSource }: CaseState): string =>
  [{ source: itemSource, item }, ...collision].map((told) => `${told.source ?? ''}=${told.item ?? ''}`).join(' ')

/** The findings, with what those wait for that are not certain. `others`: what each other version gives. */
const contest = (
  state: CaseState,
  findings: readonly Finding[],
  others: readonly (readonly Finding[])[],
  complete: boolean,
): readonly Finding[] => {
  const collides = isDoubtful(state)
  if (!collides && complete && others.length === 0) return findings
  const names = others.map((given) => new Set(given.map(nameOf)))
  return findings.map((finding) => {
    if (finding.level < 2) return finding
    const isSure = complete && names.every((given) => given.has(nameOf(finding)))
    if (!collides && isSure) return finding
    const differing = collides ? 'item' : state.conflicts.join(' ')
    const already = finding.contested ?? null
    const contested = already === null ? differing : `${already} ${differing}`
    const said = collides ? { items: itemsOf(state) } : {}
    return { ...finding, contested, basis: { ...finding.basis, contested, ...said } }
  })
}

const earliest = (turns: readonly (Instant | null)[]): Instant | null => {
  let next: Instant | null = null
  for (const turn of turns) if (turn !== null && (next === null || turn < next)) next = turn
  return next
}

/** Another telling; one that runs past what a calendar can count is none that could be judged by. */
const told = <T>(other: CaseState, judge: (other: CaseState) => T): T[] => {
  try {
    return [judge(other)]
  } catch (error) {
    if (error instanceof RangeError) return []
    throw error
  }
}

/** What of a judgement hangs on whose telling it follows. */
interface Weighed extends Levelled {
  readonly concluded: End | null
  readonly nextTurnAt: Instant | null
}

/** The judgement of the first telling, weighed against the others. */
export const weigh = <T extends Weighed>(state: CaseState, judged: T, judge: (other: CaseState) => T): T => {
  const isDisputed = state.rivals.length > 0 || state.rivalsBeyond || isDoubtful(state)
  if (!isDisputed || judged.findings.every(({ level }) => level < 2)) return judged
  const { others, complete: all } = versionsOf(state, judged.concluded)
  const versions = others.flatMap((other) => told(other, judge))
  const complete = all && versions.length === others.length
  const given = versions.map(({ findings }) => findings)
  const findings = contest(state, judged.findings, given, complete)
  const nextTurnAt = earliest([judged, ...versions].map((version) => version.nextTurnAt))
  // of versions that are not all known, and of two cases under one number, nothing is sure
  const levels = complete && !isDoubtful(state) ? versions.map(({ level }) => level) : [0 as const]
  return { ...judged, findings, level: surelyOf(judged, levels), nextTurnAt }
}
