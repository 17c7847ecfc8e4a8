// Folding pauses: SUSPEND and RESUME. Of one day, where one of two is known by its day alone, nobody knows which came first: a
// SUSPEND and a RESUME are then a pair in order, and what of a pause is true in one order alone is kept as unsure. Each takes
// the next fact in order; no law, no clock. Rules: T6, I15.

import type { Instant } from '../time/instant.ts'
import { type Draft, namePause } from './draft.ts'
import { type Fact, factKey } from './event.ts'
import { isSaid, limit, markOf, number, text } from './fold-read.ts'
import { endedBy } from './fold-spans.ts'
import { isOnDayOf, standsAt } from './stands.ts'
import type { Pause, ResumeOfNothing } from './state.ts'

const kindOf = (fact: Fact): string => text(fact.payload.kind) ?? 'other'

/** A further telling of a pause: it changes nothing, and a RESUME may name it (T6). */
const tellAgain = (draft: Draft, fact: Fact, i: number): void => {
  const pause = draft.pauses[i] as Pause
  const { source, eventId } = fact
  let also = draft.open.also.get(i)
  if (also === undefined) {
    also = pause.also.slice()
    draft.open.also.set(i, also)
    draft.pauses[i] = { ...pause, also }
  }
  also.push({ source, eventId })
  namePause(draft.open, fact, i)
}

/** Another source's telling of a pause, which may by now have ended. */
export const suspendedToo = (draft: Draft, fact: Fact): void => {
  const told = draft.open.lastPauseOf.get(kindOf(fact))
  if (told !== undefined) tellAgain(draft, fact, told)
}

const pauseIn = (fact: Fact): Pause => ({
  ...markOf(fact),
  kind: kindOf(fact),
  to: null,
  approvedDays: limit(fact.payload.approved_days),
  hasBasis: isSaid(fact.payload.basis),
  approver: text(fact.payload.approver),
  noticeAt: number(fact.payload.notice_at),
  also: [],
})

/** The pause may be the one that was resumed on its bare day before it is read. */
const couldMean = ({ pause, kind }: ResumeOfNothing, fact: Fact): boolean =>
  pause !== null ? pause === fact.eventId : kind === null || kind === kindOf(fact)

/** By what resumptions of nothing, of before it is read, this bare day was ended: none of them is of nothing for sure. */
const resumedBefore = (draft: Draft, fact: Fact): Pick<Pause, 'to' | 'endedAll'> | null => {
  if (fact.precision === null) return null
  const isMeant = (told: ResumeOfNothing): boolean => isOnDayOf(fact, told.at) && couldMean(told, fact)
  const meant = draft.resumesOfNothing.filter(isMeant)
  const last = meant[meant.length - 1]
  if (last === undefined) return null
  draft.resumesOfNothing = draft.resumesOfNothing.filter((told) => !isMeant(told))
  const isAll = meant.some(({ pause, kind }) => pause === null && kind === null)
  return { to: last.at, ...(isAll ? { endedAll: true } : {}) }
}

/** A pause of this kind, or every pause, was ended on this bare day: this one may have begun before that. */
const perhapsEndedOn = ({ open, pauses }: Draft, fact: Fact): boolean => {
  const last = pauses[open.lastPauseOf.get(kindOf(fact)) ?? -1]?.to ?? null
  const isEnded = (at: Instant | null): boolean => at !== null && isOnDayOf(fact, at)
  return isEnded(last) || isEnded(open.endedAllAt)
}

const begin = (draft: Draft, pause: Pause): void => {
  const { open, pauses } = draft
  const i = pauses.push(pause) - 1
  if (pause.to === null) open.pauseOf.set(pause.kind, i)
  else open.endedAt = pause.to
  if (pause.endedAll === true) open.endedAllAt = pause.to
  open.lastPauseOf.set(pause.kind, i)
  namePause(open, pause, i)
}

export const suspend = (draft: Draft, fact: Fact): void => {
  // a second SUSPEND of an open kind changes nothing (T6)
  const running = draft.open.pauseOf.get(kindOf(fact))
  if (running !== undefined) {
    tellAgain(draft, fact, running)
    draft.again.push(pauseIn(fact))
    return
  }
  const ended = resumedBefore(draft, fact)
  const unsure = ended === null && perhapsEndedOn(draft, fact) ? ({ perhapsEnded: true } as const) : {}
  begin(draft, { ...pauseIn(fact), ...ended, ...unsure })
}

/** The open pauses that a RESUME means: by event, by kind, else all. */
export const meantBy = ({ open, pauses }: Draft, fact: Fact): readonly number[] => {
  const byEvent = text(fact.payload.pause)
  const byKind = text(fact.payload.kind)
  const running = [...open.pauseOf.values()]
  if (byEvent === null) return byKind === null ? running : running.filter((i) => pauses[i]?.kind === byKind)
  // an id is its source's own: another source's pause of the same id is meant only where there is no own one
  const own = open.pauseBy.get(factKey(fact.source, byEvent))
  if (own !== undefined && running.includes(own)) return [own]
  const named = open.pausesNamed.get(byEvent)
  return running.filter((i) => named?.has(i) === true)
}

/** It says neither which pause it ends nor of which kind: every open one. */
export const namesNone = ({ payload }: Fact): boolean => text(payload.pause) === null && text(payload.kind) === null

/** The kind that a RESUME speaks of, whether a pause of it is open or not; '': it does not say. */
export const resumedKind = (draft: Draft, fact: Fact): string => {
  const { open, pauses } = draft
  const byKind = text(fact.payload.kind)
  const byEvent = text(fact.payload.pause)
  if (byEvent !== null) {
    const [named] = open.pausesNamed.get(byEvent) ?? []
    const told = open.pauseBy.get(factKey(fact.source, byEvent)) ?? named
    return told === undefined ? (byKind ?? '') : (pauses[told] as Pause).kind
  }
  const [only, ...others] = open.pauseOf.keys()
  return byKind ?? (others.length === 0 ? (only ?? '') : '')
}

/** A pause that this resumption may have ended was ended on its bare day: of two, neither is of nothing for sure. */
const perhapsResumed = ({ open, pauses }: Draft, fact: Fact): boolean => {
  const byEvent = text(fact.payload.pause)
  const byKind = text(fact.payload.kind)
  const named = byEvent === null ? undefined : open.pauseBy.get(factKey(fact.source, byEvent))
  const meant = byEvent !== null ? named : byKind !== null ? open.lastPauseOf.get(byKind) : undefined
  const endedAt = byEvent === null && byKind === null ? open.endedAt : (pauses[meant ?? -1]?.to ?? null)
  return endedAt !== null && isOnDayOf(fact, endedAt)
}

const endPause = (draft: Draft, fact: Fact, i: number): void => {
  const { open, pauses } = draft
  const pause = pauses[i] as Pause
  const to = endedBy(fact, pause.at)
  const isAll = namesNone(fact)
  const by = fact.precision === 'day' ? { toBy: standsAt(fact) } : {}
  pauses[i] = { ...pause, to, ...by, ...(isAll ? { endedAll: true } : {}) }
  open.pauseOf.delete(pause.kind)
  open.endedAt = to
  if (isAll) open.endedAllAt = to
}

/** Told again on the bare day of the resumption, it may have begun anew after it. */
const begunAgain = ({ again }: Draft, fact: Fact, kind: string): Pause | undefined =>
  fact.precision === null
    ? undefined
    : again.find((told) => told.kind === kind && isOnDayOf(fact, told.at) && told.eventId !== text(fact.payload.pause))

export const resume = (draft: Draft, fact: Fact): void => {
  const { pauses } = draft
  const meant = meantBy(draft, fact)
  if (meant.length === 0 && !perhapsResumed(draft, fact)) {
    const { pause, kind } = fact.payload
    draft.resumesOfNothing.push({ ...markOf(fact), pause: text(pause), kind: text(kind) })
  }
  // a bare day that ends what began before it may have come before what began on it
  const isOn = (i: number): boolean => isOnDayOf(fact, (pauses[i] as Pause).at)
  const endsEarlier = meant.some((i) => !isOn(i))
  for (const i of meant) {
    if (endsEarlier && isOn(i)) {
      pauses[i] = { ...(pauses[i] as Pause), perhapsEnded: true }
      continue
    }
    const { kind } = pauses[i] as Pause
    endPause(draft, fact, i)
    const anew = begunAgain(draft, fact, kind)
    if (anew !== undefined) begin(draft, { ...anew, perhapsEnded: true })
  }
}
