// The cards that should stand at an instant (part 5): each rule in its own words, with its occasion, the instant at which its
// limit passed and who answers for it.

import type { Fact } from '../../server/core/case/event.ts'
import { workDaysAfter } from './almanac.ts'
import { approvedOf, asOfIn, type Clock, clockOf, dueIn, type Measure } from './clocks.ts'
import { answerableAt, type Who, whoOf } from './custody.ts'
import { dayOf, endOf } from './days.ts'
import { isPast, type View } from './judge.ts'
import { LEVELS, waitsFor } from './levels.ts'
import { groundsOn, isPermitLike, stopsOf, workDaysLater } from './pauses.ts'
import { limitFrom, runOut } from './run-out.ts'
import type { ToldStep } from './spans.ts'
import type { ToldNotice } from './story.ts'
import { hit } from './tally.ts'
import { isAfter, isBare, isOnDayOf, placeOf } from './told.ts'
import { warnAt } from './warn.ts'
import { canSendOn, type Row, textIn } from './world.ts'

export interface Card {
  readonly rule: string
  /** 'promise', 'statute', or what happened, as source and id. */
  readonly occasion: string
  readonly limitAt: number
  readonly who: Who
  readonly provisional: boolean
  readonly level: number
  /** The item has no type, which proves no permit: a person confirms it first (T8). */
  readonly untyped: boolean
  /** Its batch source may yet deliver what was done in time (I13). */
  readonly waits: boolean
}

export const keyOf = (kind: string, { source, eventId }: Fact): string => `${kind}:${source}:${eventId}`

type Raise = (rule: string, occasion: string, limitAt: number, more?: Partial<Card>) => void

const limitCards = (view: View, raise: Raise): void => {
  const { clocks, main, now, story } = view
  const end = story.conclusion
  if (main !== null) {
    const at = warnAt(view, main)
    const occasion = clocks.promise === null ? 'statute' : 'promise'
    if (at !== null && at <= now && (end === null || isPast(at, end)))
      raise('T-01', occasion, at, { provisional: main.due.provisional })
  }
  for (const [rule, occasion, clock] of [
    ['T-02', 'promise', clocks.promise],
    ['T-03', 'statute', clocks.statute],
  ] as const) {
    if (clock !== null && now > clock.due.at && isPast(clock.due.at, end))
      raise(rule, occasion, clock.due.at, { provisional: clock.due.provisional })
  }
  if (clocks.promise !== null && clocks.statute === null) {
    const { calendar } = view.grounds
    const day = workDaysAfter(calendar, clocks.promise.due.day, 3)
    const at = endOf(day)
    if (now > at && isPast(at, end)) raise('T-03p', 'promise', at, { provisional: day > calendar.certainTo })
  }
}

const stepLimit = (item: Row | null, code: string): string | null => {
  const steps = (item?.steps as Row[] | undefined) ?? []
  return textIn(steps.find((row) => row.step_code === code) ?? null, 'limit')
}

/** Each step on its own clock (T9). */
const stepClock = (view: View, step: ToldStep): Clock | null => {
  const grounds = groundsOn(view.world, view.story, step.fact.at)
  const own = stepLimit(grounds.item, step.code)
  const stated: Measure[] = []
  const due = dueIn(step.fact.payload.step_due_at, asOfIn(step.fact))
  if (due !== null) stated.push({ by: 'stated', limit: null, due })
  const { world, story, pauses } = view
  const setting = {
    ...{ world, grounds, startAt: step.fact.at, startsBy: placeOf(step.fact), stops: stopsOf(pauses) },
    story: { ...story, extensions: [] },
  }
  return clockOf(
    setting,
    own === null ? null : { by: 'catalogue', limit: limitFrom(own), due: null },
    stated,
    asOfIn(step.fact),
  )
}

const stepCards = (view: View, raise: Raise): void => {
  const { story, now, main } = view
  for (const step of story.steps) {
    if (!step.begun || isAfter(step.fact, story.conclusion)) continue
    const clock = stepClock(view, step)
    if (clock === null) continue
    const ended = step.ended
    hit('T9 step with a limit')
    if (now <= clock.due.at || !isPast(clock.due.at, ended) || !isPast(clock.due.at, story.conclusion)) continue
    if (main !== null && clock.due.at >= main.due.at) hit('T-04 whole late as well')
    else
      raise('T-04', keyOf('step', step.fact), clock.due.at, {
        who: whoOf(step.fact),
        provisional: clock.due.provisional,
      })
  }
}

const acceptanceCards = (view: View, raise: Raise): void => {
  const { acceptance, story, grounds } = view
  const untyped = textIn(grounds.item, 'item_type') === null
  if (acceptance.deemed && story.received !== null && acceptance.noticeLimitAt !== null)
    raise('T-05', 'notice', acceptance.noticeLimitAt, {
      provisional: acceptance.noticeProvisional,
      untyped,
    })
  const end = story.conclusion
  if (acceptance.missing && end !== null) {
    if (canSendOn(view.world, end.source, 'ACCEPT', dayOf(end.at))) raise('P-01', 'acceptance', end.at, { untyped })
    else hit('I12 ACCEPT cannot be sent')
  }
}

const deliveryCards = (view: View, raise: Raise): void => {
  const { story, now, outcome } = view
  if (story.conclusion === null || outcome !== 'granted') return
  const granted = story.decided ?? story.conclusion
  const grounds = groundsOn(view.world, story, granted.at)
  // what was accepted under an item is delivered under it
  if (!isPermitLike(view.grounds.item)) return
  // what was handed out before the decision was something else
  const delivered = story.facts.find((fact) => fact.type === 'DELIVER' && !isAfter(granted, fact))
  if (delivered === undefined && !canSendOn(view.world, granted.source, 'DELIVER', dayOf(granted.at))) {
    hit('I12 DELIVER cannot be sent')
    return
  }
  hit('T9 delivery')
  const at = workDaysLater(grounds.calendar, granted.at, 10)
  if (now <= at || (delivered !== undefined && !isPast(at, delivered))) return
  const untyped = textIn(view.grounds.item, 'item_type') === null
  raise('T-06', 'delivery', at, { provisional: dayOf(at) > grounds.calendar.certainTo, untyped })
}

const pauseCards = (view: View, raise: Raise): void => {
  for (const pause of view.pauses) {
    const { fact, resumed } = pause.told
    const who = whoOf(fact)
    const { overAt } = pause
    const over = view.now > overAt && isPast(overAt, resumed) && isPast(overAt, view.story.conclusion)
    if (pause.stops) hit('T9 pause')
    if (pause.stops && over && !canSendOn(view.world, fact.source, 'RESUME', dayOf(fact.at)) && resumed === null)
      hit('I12 RESUME cannot be sent')
    else if (pause.stops && over && pause.told.perhapsEnded) hit('I15 T-07 of a pause perhaps ended')
    else if (pause.stops && over) raise('T-07', keyOf('pause', fact), overAt, { who, provisional: pause.provisional })
    if (pause.faults.length > 0) raise('P-03', keyOf('pause', fact), fact.at, { who })
  }
}

const extensionCards = (view: View, raise: Raise): void => {
  const clock = view.clocks.statute ?? view.clocks.promise
  const end = view.story.conclusion
  for (const [fact] of clock?.faults ?? []) {
    // on the bare day of the conclusion nobody knows which came first, and no guess accuses
    if (end !== null && fact.at > end.at) continue
    const limitAt = Math.min(approvedOf(fact), fact.at)
    raise('T-08', keyOf('extend', fact), limitAt, { who: whoOf(fact), provisional: clock?.due.provisional ?? false })
  }
}

const jointCards = (view: View, raise: Raise): void => {
  const { story, now, acceptance, grounds } = view
  const end = story.conclusion
  for (const dispatch of story.dispatches) {
    // asked on the bare day of the conclusion, it may have been asked after it, and no guess accuses
    if (end !== null && dispatch.fact.at > end.at) continue
    const due = view.replies.get(dispatch) ?? null
    hit('T9 joint reply')
    if (due === null || now <= due.at || !isPast(due.at, dispatch.replied) || !isPast(due.at, end)) continue
    if (
      dispatch.replied === null &&
      !canSendOn(view.world, dispatch.fact.source, 'JOINT_REPLY', dayOf(dispatch.fact.at))
    ) {
      hit('I12 JOINT_REPLY cannot be sent')
      continue
    }
    raise('T-09', keyOf('joint', dispatch.fact), due.at, {
      who: { org: dispatch.member, window: null, operator: null },
      provisional: due.provisional,
    })
  }
  if (acceptance.at === null) return
  const isUpward = (fact: Fact): boolean => fact.type === 'HANDOVER' && fact.payload.direction === 'upward'
  const upward = story.facts.find((fact) => isUpward(fact) && !isAfter(fact, end)) ?? null
  const own = textIn(grounds.item, 'first_review')
  // handed up before it was accepted there: the lower level had done its part
  if (own === null && (upward === null || upward.at < acceptance.at)) return
  const teller = story.accepted ?? story.first
  if (upward === null && !canSendOn(view.world, teller.source, 'HANDOVER', dayOf(teller.at))) {
    hit('I12 HANDOVER cannot be sent')
    return
  }
  hit('T9 first review')
  const ground = { calendar: grounds.calendar, school: view.world.school }
  const limit = limitFrom(own ?? '20WD')
  const due = runOut(ground, 'H0'.includes(limit.unit) ? acceptance.by : acceptance.at, limit, stopsOf(view.pauses))
  if (now > due.at && isPast(due.at, upward) && isPast(due.at, end))
    raise('T-09', 'review', due.at, { provisional: due.provisional })
}

const tacitCards = (view: View, raise: Raise): void => {
  const { clocks, story, now, world } = view
  const days = world.school.tacitDays
  if (days === null || clocks.promise === null) return
  const { due } = clocks.promise
  const urge = story.facts.find((fact) => fact.type === 'URGE' && fact.at > due.at)
  if (urge === undefined || isAfter(urge, story.conclusion)) return
  const { calendar } = groundsOn(world, story, urge.at)
  const at = workDaysLater(calendar, urge.at, days)
  hit('T12 urged past the promise')
  if (now > at && isPast(at, story.conclusion))
    raise('T-12', keyOf('urge', urge), at, {
      // the liability record: who answered when the promise passed
      who: answerableAt(view.holding, due.at),
      provisional: due.provisional || dayOf(at) > calendar.certainTo,
    })
}

const isTolerant = (view: View): boolean =>
  ['tolerant', 'commitment'].includes(String(view.story.accepted?.payload.mode ?? ''))

const noticeCards = (view: View, raise: Raise): void => {
  const { accepted, notices } = view.story
  // two of one instant, or of one day of which one is bare, are one notice
  const isOne = (a: Fact, b: Fact): boolean => a.at === b.at || isOnDayOf(a, b) || isOnDayOf(b, a)
  const once: ToldNotice[] = []
  for (const notice of notices) {
    const last = once.at(-1)
    if (last === undefined || !isOne(last.fact, notice.fact)) once.push(notice)
    else if (isBare(last.fact) !== isBare(notice.fact)) hit('I15 notices of one day')
  }
  for (const { fact } of once.slice(1)) {
    if (accepted !== null && isTolerant(view) && !isAfter(accepted, fact)) hit('T8 correction after 容缺受理')
    else raise('P-02', keyOf('notice', fact), fact.at, { who: whoOf(fact) })
  }
}

/** Steps of the template left out or out of order at a conclusion on the merits (P-04). */
const templateFault = (view: View): boolean => {
  const { story, grounds } = view
  const end = story.conclusion
  if (end === null || (end.type !== 'DECIDE' && end.type !== 'COMPLETE')) return false
  const template = (grounds.item?.steps as Row[] | undefined) ?? []
  const refused = story.facts.some(({ type, payload }) => type === 'DECIDE' && payload.result === 'refused')
  const completed = !refused && story.facts.some(({ type }) => type === 'COMPLETE')
  const codes = template.map((row) => row.step_code as string)
  const later = new Set(template.filter((row) => row.after_decision === true).map((row) => row.step_code))
  const done = new Map<string, Fact>()
  for (const { fact, code } of story.steps)
    if (codes.includes(code) && !done.has(code) && (later.has(code) || !isAfter(fact, end))) done.set(code, fact)
  const missing = codes.some((code) => !done.has(code) && (completed || !later.has(code)))
  const told = [...done]
  const isBehind = ([code, fact]: [string, Fact], [before, earlier]: [string, Fact]): boolean =>
    codes.indexOf(before) > codes.indexOf(code) && isAfter(fact, earlier)
  const turned = told.some((step, i) => told.slice(0, i).some((before) => isBehind(step, before)))
  const canTell = ['STEP_START', 'STEP_END'].some((type) => canSendOn(view.world, end.source, type, dayOf(end.at)))
  if (missing && canTell) hit('P-04 step missing')
  if (missing && !canTell) hit('I12 steps cannot be sent')
  if (turned) hit('P-04 step out of order')
  return (missing && canTell) || turned
}

const orderCards = (view: View, raise: Raise): void => {
  for (const fact of view.story.resumesOfNothing) {
    hit('T6 RESUME of nothing')
    if (canSendOn(view.world, fact.source, 'SUSPEND', dayOf(fact.at)))
      raise('P-04', keyOf('resume', fact), fact.at, { who: whoOf(fact) })
    else hit('I12 SUSPEND cannot be sent')
  }
  const end = view.story.conclusion
  if (end !== null && templateFault(view)) raise('P-04', 'steps', end.at)
}

const statedCards = (view: View, raise: Raise): void => {
  const { accepted } = view.story
  for (const [occasion, clock] of Object.entries(view.clocks))
    if (clock?.laterStated === true && accepted !== null) raise('D-06', occasion, accepted.at)
}

/** All cards that should stand at the view's instant. */
export const cardsOf = (view: View): Card[] => {
  const cards: Card[] = []
  const raise: Raise = (rule, occasion, limitAt, more = {}) => {
    hit(rule)
    const who = more.who ?? answerableAt(view.holding, limitAt)
    const level = view.world.school.levels[rule] ?? (LEVELS[rule] as number)
    const waits = waitsFor(view, rule, limitAt)
    cards.push({ ...{ rule, occasion, limitAt, level, waits, provisional: false, untyped: false }, ...more, who })
  }
  for (const rules of [limitCards, stepCards, acceptanceCards, deliveryCards, pauseCards, extensionCards, jointCards])
    rules(view, raise)
  for (const rules of [tacitCards, noticeCards, orderCards, statedCards]) rules(view, raise)
  return cards
}
