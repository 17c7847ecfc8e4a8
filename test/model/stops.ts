// Pauses as the events tell them (T6, I15): what begins and ends each, what ends nothing, and what is true in one order of a
// day alone, where one of two events of it is known by that day and no more.

import type { Fact } from '../../server/core/case/event.ts'
import { hit } from './tally.ts'
import { inOrder, isAfter, isOnDayOf, isTwin, kindOf, resumedKind, type Told } from './told.ts'

export interface ToldPause {
  readonly fact: Fact
  readonly ids: string[]
  resumed: Fact | null
  /** In another order of its day it had ended by then: nobody is told that it goes on. */
  perhapsEnded: boolean
}

const nameOf = ({ source, eventId }: Fact): string => `${source} ${eventId}`

/** A RESUME that ends nothing and says no kind, or says one where the other said none, may be the other's twin. */
const isToldBefore = (told: readonly Told[], fact: Fact): boolean => {
  const facts = told.flatMap((one) => [one.fact, ...one.twins])
  const kind = (one: Fact): string => resumedKind(facts, one)
  const first = told.find(
    (one) =>
      one.fact.type === 'RESUME' &&
      inOrder(one.fact, fact) < 0 &&
      // what joined another is no first
      !told.some(({ twins }) => twins.includes(one.fact)) &&
      (kind(one.fact) === '' || kind(fact) === '') &&
      [one.fact, ...one.twins].every(({ source }) => source !== fact.source) &&
      isTwin(one.fact, fact),
  )
  first?.twins.push(fact)
  return first !== undefined
}

/** A RESUME says which pause it ends, or of which kind, or neither and so every one. */
const couldEnd = ({ payload, source }: Fact, kind: string, ids: readonly string[]): boolean => {
  if (typeof payload.pause === 'string') return ids.includes(`${source} ${payload.pause}`)
  return typeof payload.kind !== 'string' || payload.kind === kind
}

const namesNone = ({ payload }: Fact): boolean => typeof payload.pause !== 'string' && typeof payload.kind !== 'string'

interface Ending {
  readonly by: Fact
  readonly pause: ToldPause
}

export const pausesOf = (
  told: readonly Told[],
  end: Fact | null,
): { readonly pauses: ToldPause[]; readonly resumesOfNothing: readonly Fact[] } => {
  const pauses: ToldPause[] = []
  let nothing: Fact[] = []
  const endings: Ending[] = []
  const repeats: { readonly fact: Fact; readonly ids: string[] }[] = []

  const suspend = ({ fact, twins }: Told): void => {
    const ids = [fact, ...twins].map(nameOf)
    const kind = kindOf(fact)
    const known = pauses.find((pause) => pause.resumed === null && kindOf(pause.fact) === kind)
    if (known !== undefined) {
      hit('T6 second SUSPEND of an open kind')
      // it changes nothing, and a RESUME that names it means the pause that is open
      known.ids.push(...ids)
      repeats.push({ fact, ids })
      return
    }
    // on its bare day it was ended before it is read: in order it had begun before that
    const enders = nothing.filter((one) => {
      const { pause } = one.payload
      return isOnDayOf(fact, one) && (typeof pause === 'string' ? pause === fact.eventId : couldEnd(one, kind, ids))
    })
    nothing = nothing.filter((one) => !enders.includes(one))
    const ofKind = pauses.findLast((one) => kindOf(one.fact) === kind)
    const perhapsEnded =
      enders.length === 0 && endings.some(({ by, pause }) => (pause === ofKind || namesNone(by)) && isOnDayOf(fact, by))
    if (enders.length > 0) hit('I15 pause resumed on its bare day')
    if (perhapsEnded) hit('I15 pause perhaps ended on its day')
    const pause = { fact, ids, resumed: enders.at(-1) ?? null, perhapsEnded }
    pauses.push(pause)
    for (const by of enders) endings.push({ by, pause })
  }

  /** What a RESUME says of itself, else the one kind that is open: another source's of the same is told with it (F5). */
  const labels = new Map<Told, string>()
  const isTwinOfEarlier = (one: Told): boolean => {
    const facts = told.flatMap(({ fact, twins }) => [fact, ...twins])
    const kinds = new Set(pauses.filter(({ resumed }) => resumed === null).map((pause) => kindOf(pause.fact)))
    const [only = ''] = kinds.size === 1 ? kinds : []
    const label = resumedKind(facts, one.fact) || only
    const first = [...labels].find(
      ([{ fact, twins }, known]) =>
        known === label && [fact, ...twins].every(({ source }) => source !== one.fact.source) && isTwin(fact, one.fact),
    )?.[0]
    if (first === undefined) labels.set(one, label)
    first?.twins.push(one.fact)
    return first !== undefined
  }

  const isPerhapsAnother = (fact: Fact): boolean => {
    const { pause, kind } = fact.payload
    const last =
      typeof pause === 'string'
        ? pauses.findLast(({ ids }) => ids.includes(`${fact.source} ${pause}`))
        : pauses.findLast((one) => kindOf(one.fact) === kind)
    return endings.some((one) => isOnDayOf(fact, one.by) && (namesNone(fact) || one.pause === last))
  }

  const resume = (fact: Fact): void => {
    const { pause, kind } = fact.payload
    const open = pauses.filter(({ resumed }) => resumed === null)
    const meant = open.filter((one) => couldEnd(fact, kindOf(one.fact), one.ids))
    hit(`T6 RESUME by ${typeof pause === 'string' ? 'event' : typeof kind === 'string' ? 'kind' : 'nothing: all'}`)
    const isLate = isAfter(fact, end)
    if (meant.length === 0 && !isLate && !isToldBefore(told, fact) && !isPerhapsAnother(fact)) nothing.push(fact)
    const older = meant.filter((one) => !isOnDayOf(fact, one.fact))
    for (const one of meant) {
      if (older.length > 0 && !older.includes(one)) {
        // the older one is what it ended; this one may have begun after that
        one.perhapsEnded = true
        hit('I15 pause perhaps ended on its day')
        continue
      }
      one.resumed = fact
      endings.push({ by: fact, pause: one })
      const anew = repeats.find(
        (repeat) =>
          kindOf(repeat.fact) === kindOf(one.fact) && isOnDayOf(fact, repeat.fact) && repeat.fact.eventId !== pause,
      )
      if (anew === undefined) continue
      hit('I15 pause perhaps begun anew')
      pauses.push({ ...anew, resumed: null, perhapsEnded: true })
    }
  }

  for (const one of told) {
    if (one.fact.type === 'SUSPEND') suspend(one)
    if (one.fact.type === 'RESUME' && !isTwinOfEarlier(one)) resume(one.fact)
  }
  // what was told after the end is kept and pauses nothing (F5)
  return { pauses: pauses.filter(({ fact }) => !isAfter(fact, end)), resumesOfNothing: nothing }
}
