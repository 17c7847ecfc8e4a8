// Differing firsts (F5) and a number that two sources give to different items (I11): the case is judged under each version
// that the facts tell, and a finding above 预警 that not all of them give waits for a person, with what differs. Which
// versions there are is said here; how one is judged is the caller's. Pure.

import type { Finding, GivenBy, Holder } from '../card/card.ts'
import type { Instant } from '../time/instant.ts'
import { factKey, phaseOf } from './event.ts'
import type { CaseFlag } from './flags.ts'
import { type Levelled, levelOf, surelyOf } from './level.ts'
import { isAfter, standsAt } from './stands.ts'
import type { Accepted, CaseState, Custody, End, Ending, First, Mark, Otherwise, Received, Rival } from './state.ts'
import { type BegunBy, type Telling, tellingsOf } from './told-by.ts'

/** Versions that are judged, at most: of more of them whatever is given waits, and the case is flagged. */
const MOST_VERSIONS = 32

/** The case as some of the tellings have it. */
interface Version {
  readonly state: CaseState
  /** The tellings that it follows, of each first that is told differently one. */
  readonly by: readonly string[]
}

interface Versions {
  /** The tellings of the firsts, which are the case itself. */
  readonly own: readonly string[]
  /** The case as the other tellings have it. */
  readonly others: readonly Version[]
  /** Whether these are all there are. */
  readonly complete: boolean
}

const inOrder = (a: End, b: End): number => standsAt(a) - standsAt(b) || phaseOf(a.type) - phaseOf(b.type)

type Codes = Pick<Mark, 'org' | 'window' | 'operator' | 'operatorName'>

/** Who stood behind another telling of a first: what it is silent on is as the first has it. */
const behind = (told: Codes, first: Codes): Codes => {
  const own = told.operator !== null
  return {
    org: told.org ?? first.org,
    window: told.window ?? first.window,
    operator: own ? told.operator : first.operator,
    operatorName: own ? told.operatorName : first.operatorName,
  }
}

/** Where a word that is told at another instant takes its place among the others (F1). */
const placeIn = (others: readonly Custody[], from: Instant, phase: number): number => {
  const next = others.findIndex((span) => span.from > from || (span.from === from && span.phase > phase))
  return next < 0 ? others.length : next
}

/** An office takes the case over: a member that has it then has it still, for the new one. */
const inHandsOf = (who: Holder, before: Custody | undefined): Pick<Custody, 'holder' | 'lead'> =>
  before === undefined || before.lead === null ? { holder: who, lead: null } : { holder: before.holder, lead: who }

/** Whom the case was with by the first it was with by the other telling, and from when that has it. */
const rehanded = (custody: readonly Custody[], of: First, told: Received | Accepted): readonly Custody[] => {
  const who = { role: 'front' as const, ...codesOf(told) }
  const spans = custody.filter((span) => span.of !== of)
  const from = standsAt(told)
  const place = placeIn(spans, from, phaseOf(of === 'received' ? 'RECEIVE' : 'ACCEPT'))
  const moved = custody
    .filter((span) => span.of === of)
    .map((span) => ({ ...span, from, ...inHandsOf(who, spans[place - 1]) }))
  return spans.toSpliced(place, 0, ...moved)
}

/** Whom the case was with in the other order of one day: with the acceptance that took a refusal back, or without (I15). */
const handedIn = (custody: readonly Custody[], { handedBy, notFrom }: Otherwise): readonly Custody[] => {
  const spans = custody.filter(({ of, from }) => of !== 'reopened' || from !== notFrom)
  if (handedBy === null) return spans
  const from = standsAt(handedBy)
  const phase = phaseOf('ACCEPT')
  const place = placeIn(spans, from, phase)
  const hands = inHandsOf({ role: 'front', ...codesOf(handedBy) }, spans[place - 1])
  const span: Custody = { from, ...hands, orgTold: handedBy.org !== null, of: 'reopened', phase }
  return spans.toSpliced(place, 0, span)
}

const inOtherOrder = ({ endings: _, ...state }: CaseState, otherwise: Otherwise): CaseState => {
  const { ends, refusals } = otherwise
  return { ...state, ends, refusals, custody: handedIn(state.custody, otherwise) }
}

const codesOf = ({ org, window, operator, operatorName }: Codes): Codes => ({ org, window, operator, operatorName })

/**
 * The ends by a telling in which the first acceptance, that took a refusal back, was not: this one takes it back, if it is
 * after it, with all that came in between (F5).
 */
const endedBy = (endings: readonly Ending[], told: Accepted): Pick<CaseState, 'ends' | 'refusals'> => {
  const from = standsAt(told)
  const later = endings.findIndex((one) => standsAt(one) > from || (standsAt(one) === from && one.type !== 'ACCEPT'))
  const place = later < 0 ? endings.length : later
  const ends: End[] = []
  const refusals: Instant[] = []
  for (const one of endings.toSpliced(place, 0, { ...told, type: 'ACCEPT' })) {
    if (one.type !== 'ACCEPT') {
      if (!ends.some(({ type }) => type === one.type)) ends.push(one)
      continue
    }
    const refused = ends.findIndex((end) => end.type === 'REFUSE_ACCEPT')
    const taken = ends[refused]
    if (taken === undefined) continue
    refusals.push(taken.at)
    ends.splice(refused)
  }
  return { ends, refusals }
}

const toldBy = (state: CaseState, rival: Rival): CaseState => {
  if (rival.of === 'decided' || rival.of === 'completed') {
    const ends = state.ends.map((end) => (end.type === rival.told.type ? rival.told : end))
    return { ...state, ends: ends.sort(inOrder) }
  }
  const item = rival.told.item ?? state.item
  const codes = behind(rival.told, state[rival.of] ?? rival.told)
  const custody = rehanded(state.custody, rival.of, { ...rival.told, ...codes })
  if (rival.of === 'received') return { ...state, item, custody, received: { ...rival.told, ...codes } }
  const ended = state.endings === undefined ? {} : endedBy(state.endings, rival.told)
  return { ...state, ...ended, item, custody, accepted: { ...rival.told, ...codes } }
}

/** An acceptance or receipt stamped after the end is no version of how the case began. */
const isVersion = (rival: Rival, end: End | null): boolean =>
  rival.of === 'decided' || rival.of === 'completed' || end === null || !isAfter(rival.told, end)

const END_OF = { decided: 'DECIDE', completed: 'COMPLETE' } as const

const firstOf = (state: CaseState, of: First | 'decided' | 'completed'): Mark | null =>
  of === 'decided' || of === 'completed' ? (state.ends.find(({ type }) => type === END_OF[of]) ?? null) : state[of]

const nameOfTelling = (told: Mark | null): string[] => (told === null ? [] : [factKey(told.source, told.eventId)])

/** What hangs on the order of one day; nothing does where all of it came after the end, or either order has the same ends. */
const doubtOf = ({ otherwise }: CaseState, end: End | null): Otherwise | null => {
  if (otherwise === undefined || (otherwise.settled === true && otherwise.more !== true)) return null
  return end !== null && otherwise.day > standsAt(end) ? null : otherwise
}

/**
 * Each doubt by itself: the tellings of the firsts, in the order of F1; and the other order of one day, with the firsts that
 * count. What several of them give together is not asked: then whatever is given waits.
 */
const versionsOf = (state: CaseState, end: End | null): Versions => {
  const doubt = doubtOf(state, end)
  let versions: Version[] = [{ state, by: doubt === null ? [] : ['as read'] }]
  for (const of of ['received', 'accepted', 'decided', 'completed'] as const) {
    const rivals = state.rivals.filter((rival) => rival.of === of && isVersion(rival, end))
    if (rivals.length === 0) continue
    const first = nameOfTelling(firstOf(state, of))
    versions = versions.flatMap((version) => [
      { state: version.state, by: [...version.by, ...first] },
      ...rivals.map((rival) => ({
        state: toldBy(version.state, rival),
        by: [...version.by, ...nameOfTelling(rival.told)],
      })),
    ])
  }
  const isOneDoubt = doubt === null || (doubt.more !== true && state.rivals.length === 0)
  const complete = versions.length <= MOST_VERSIONS && !state.rivalsBeyond && isOneDoubt
  const others = versions.slice(1, MOST_VERSIONS)
  if (doubt !== null && doubt.more !== true)
    others.push({ state: inOtherOrder(state, doubt), by: ['in the other order'] })
  return { own: versions[0]?.by ?? [], others, complete }
}

const nameOf = ({ rule, occasion }: Finding): string => `${rule} ${occasion}`

/** 疑似撞号: several items, and nobody has said that they are one case. */
export const isDoubtful = ({ collision, oneCase }: Pick<CaseState, 'collision' | 'oneCase'>): boolean =>
  collision.length > 0 && oneCase !== true

/** Which items this number is given, where they are several. */
const itemsOf = ({ collision, item, itemSource }: CaseState): string =>
  [{ source: itemSource, item }, ...collision].map((told) => `${told.source ?? ''}=${told.item ?? ''}`).join(' ')

const differ = (a: string | null, b: string | null): boolean => a !== null && b !== null && a !== b

/** Another telling gives it as well, and of the same holder. */
const isGiven = ({ holder }: Finding, other: Finding | undefined): boolean =>
  other !== undefined &&
  !differ(holder.org, other.holder.org) &&
  !differ(holder.window, other.holder.window) &&
  !differ(holder.operator, other.holder.operator)

/** What a telling gives. */
interface Given {
  readonly by: readonly string[]
  readonly findings: ReadonlyMap<string, Finding>
}

const givenOf = (by: readonly string[], findings: readonly Finding[]): Given => ({
  by,
  findings: new Map(findings.map((finding) => [nameOf(finding), finding])),
})

/** What other tellings alone give above 预警: of several the first of them. */
const givenElsewhere = (own: Given, others: readonly Given[]): readonly Finding[] => {
  const names = new Set(own.findings.keys())
  return others
    .flatMap(({ findings }) => [...findings.values()])
    .filter((finding) => {
      const isNew = finding.level >= 2 && !names.has(nameOf(finding))
      if (isNew) names.add(nameOf(finding))
      return isNew
    })
}

/** The tellings that give it, those of the firsts before the others, each with its own limit. */
const givenBy = (finding: Finding, all: readonly Given[]): GivenBy[] =>
  all.flatMap(({ by, findings }) => {
    const given = findings.get(nameOf(finding))
    if (given === undefined) return []
    const { limitAt, holder, basis } = given
    return [{ by, limitAt, holder, basis }]
  })

/** The findings, with what those wait for that are not certain. `others`: what each other version gives. */
const contest = (state: CaseState, own: Given, others: readonly Given[], complete: boolean): readonly Finding[] => {
  const findings = [...own.findings.values()]
  const collides = isDoubtful(state)
  if (!collides && complete && others.length === 0) return findings
  const elsewhere = new Set(givenElsewhere(own, others))
  return [...findings, ...elsewhere].map((finding) => {
    if (finding.level < 2) return finding
    const given = givenBy(finding, [own, ...others])
    const isSure =
      complete &&
      !elsewhere.has(finding) &&
      others.every((other) => isGiven(finding, other.findings.get(nameOf(finding))))
    if (!collides && isSure) return { ...finding, given }
    const differing = collides ? 'item' : state.conflicts.join(' ')
    const already = finding.contested ?? null
    const contested = already === null ? differing : `${already} ${differing}`
    const said = { contested, ...(collides ? { items: itemsOf(state) } : {}) }
    const waiting = given.map((one) => ({ ...one, basis: { ...one.basis, ...said } }))
    return { ...finding, contested, given: waiting, basis: { ...finding.basis, ...said } }
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
interface Weighed extends Levelled, BegunBy {
  readonly concluded: End | null
  readonly nextTurnAt: Instant | null
  readonly flags: readonly CaseFlag[]
}

/** The judgement of the first telling, weighed against the others. */
export const weigh = <T extends Weighed>(
  state: CaseState,
  judged: T,
  judge: (other: CaseState) => T,
): T & { readonly tellings: readonly Telling[] } => {
  const isDisputed = state.rivals.length > 0 || state.otherwise !== undefined || state.rivalsBeyond || isDoubtful(state)
  if (!isDisputed) return { ...judged, tellings: [] }
  const { own, others, complete: all } = versionsOf(state, judged.concluded)
  const weighed = others.flatMap(({ state: other, by }) => told(other, judge).map((version) => ({ by, version })))
  const versions = weighed.map(({ version }) => version)
  const complete = all && versions.length === others.length
  const given = weighed.map(({ by, version }) => givenOf(by, version.findings))
  const findings = contest(state, givenOf(own, judged.findings), given, complete)
  const nextTurnAt = earliest([judged, ...versions].map((version) => version.nextTurnAt))
  // of versions that are not all known, and of two cases under one number, nothing is sure
  const levels = complete && !isDoubtful(state) ? versions.map(({ level }) => level) : [0 as const]
  // a level that each telling gives of another holder is of nobody for sure
  const sure = findings.filter(({ level, contested = null }) => level < 2 || contested === null)
  const level = surelyOf(judged, [...levels, levelOf(sure, judged.verdict)])
  const inTimeBySome = !complete || versions.some(({ overdueFrom }) => overdueFrom === null)
  const flags = complete ? judged.flags : [...judged.flags, 'tellings_unweighed' as const]
  return { ...judged, findings, inTimeBySome, flags, level, nextTurnAt, tellings: tellingsOf(weighed) }
}
