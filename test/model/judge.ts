// Where a case stands at an instant, by the model: acceptance, clocks, verdict, and the cards that should stand with their
// occasion, limit and holder (SPEC parts 3 to 6). Reads events and rows of law; knows nothing of the product.

import type { Fact } from '../../server/core/case/event.ts'
import {
  asOfIn,
  type Clock,
  clockOf,
  dueIn,
  type MainClocks,
  type Measure,
  mainClocks,
  type Setting,
} from './clocks.ts'
import { answerableAt, type Holding, type Who } from './custody.ts'
import { dayOf } from './days.ts'
import {
  type Acceptance,
  acceptanceOf,
  type Grounds,
  groundsOn,
  type JudgedPause,
  judgedPauses,
  stopsOf,
} from './pauses.ts'
import { limitFrom } from './run-out.ts'
import type { ToldDispatch } from './spans.ts'
import { type Story, storyOf, type Telling } from './story.ts'
import { hit } from './tally.ts'
import { isBare, placeOf } from './told.ts'
import { textIn, type World } from './world.ts'

export type Verdict = 'on_time' | 'late' | 'undated' | 'excluded'
export type Outcome = 'granted' | 'refused' | 'withdrawn' | 'terminated' | 'refused_acceptance'

/** Everything a rule may look at. */
export interface View {
  readonly world: World
  readonly story: Story
  readonly now: number
  readonly acceptance: Acceptance
  readonly grounds: Grounds
  readonly pauses: readonly JudgedPause[]
  readonly clocks: MainClocks
  readonly main: Clock | null
  readonly holding: Holding
  readonly replies: ReadonlyMap<ToldDispatch, { readonly at: number; readonly provisional: boolean } | null>
  readonly outcome: Outcome | null
  readonly delivered: ReadonlyMap<string, number>
}

export const isPast = (limitAt: number, by: Fact | null): boolean => {
  if (by === null) return true
  if (by.at === limitAt) hit('T3 the last instant is in time')
  if (by.at === limitAt + 1) hit('T3 the next millisecond is late')
  return isBare(by) ? dayOf(by.at) > dayOf(limitAt) : by.at > limitAt
}

const outcomeOf = (story: Story, acceptance: Acceptance): Outcome | null => {
  const end = story.conclusion
  if (end === null) return null
  if (end.type === 'WITHDRAW') return 'withdrawn'
  if (end.type === 'TERMINATE') return 'terminated'
  if (end.type !== 'REFUSE_ACCEPT') return (story.decided ?? end).payload.result === 'refused' ? 'refused' : 'granted'
  if (acceptance.at !== null) hit('M2 refusal after acceptance')
  return acceptance.at === null ? 'refused_acceptance' : 'refused'
}

const verdictOf = (story: Story, outcome: Outcome | null, main: Clock | null, accepted: boolean): Verdict | null => {
  if (story.conclusion === null || outcome === null) return null
  const late = main !== null && isPast(main.due.at, story.conclusion)
  if (late) return 'late'
  if (outcome === 'refused_acceptance' || outcome === 'withdrawn' || outcome === 'terminated') return 'excluded'
  return main === null || !accepted ? 'undated' : 'on_time'
}

const replyOf = (at: Setting, clocks: MainClocks, dispatch: ToldDispatch) => {
  const { fact } = dispatch
  const grounds = groundsOn(at.world, at.story, fact.at)
  const own = textIn(grounds.item, 'joint_reply')
  const stated = dueIn(fact.payload.reply_due_at, asOfIn(fact))
  const catalogue: Measure | null = own === null ? null : { by: 'catalogue', limit: limitFrom(own), due: null }
  const setting = { ...at, grounds, startAt: fact.at, startsBy: placeOf(fact), story: { ...at.story, extensions: [] } }
  const clock = clockOf(
    setting,
    catalogue,
    stated === null ? [] : [{ by: 'stated', limit: null, due: stated }],
    asOfIn(fact),
  )
  const due = clock?.due ?? clocks.statute?.due
  return due === undefined ? null : { at: due.at, provisional: due.provisional }
}

export const viewOf = (
  world: World,
  facts: readonly Fact[],
  now: number,
  delivered: View['delivered'] = new Map(),
  telling?: Telling,
): View | null => {
  const story = storyOf(facts, telling)
  if (story === null) return null
  const acceptance = acceptanceOf(world, story, now)
  const pauses = judgedPauses(world, story)
  const startAt = acceptance.at ?? (story.received ?? story.first).at
  const grounds = groundsOn(world, story, startAt)
  const startsBy = acceptance.at === null ? placeOf(story.received ?? story.first) : acceptance.by
  const setting = { world, story, grounds, startAt, startsBy, stops: stopsOf(pauses) }
  const clocks = acceptance.at === null ? { promise: null, statute: null } : mainClocks(setting)
  const main = clocks.promise ?? clocks.statute
  const replies = new Map(story.dispatches.map((dispatch) => [dispatch, replyOf(setting, clocks, dispatch)] as const))
  const holding = { world, story, pauses, acceptance, replyDue: (one: ToldDispatch) => replies.get(one)?.at ?? null }
  const outcome = outcomeOf(story, acceptance)
  return { world, story, now, acceptance, grounds, pauses, clocks, main, holding, replies, outcome, delivered }
}

export interface Judged {
  readonly acceptedAt: number | null
  readonly deemed: boolean
  readonly concludedAt: number | null
  readonly outcome: Outcome | null
  readonly verdict: Verdict | null
  readonly promiseDue: number | null
  readonly promiseProvisional: boolean
  readonly statuteDue: number | null
  readonly statuteProvisional: boolean
  readonly overdueFrom: number | null
  readonly paused: boolean
  readonly holder: Who
}

export const judgedOf = (view: View): Judged => {
  const { story, acceptance, clocks, main, now, pauses } = view
  const end = story.conclusion
  const verdict = verdictOf(story, view.outcome, main, acceptance.at !== null)
  if (verdict !== null) hit(`M2 ${verdict}`)
  const overdue = main !== null && now > main.due.at && isPast(main.due.at, end)
  return {
    acceptedAt: acceptance.at,
    deemed: acceptance.deemed,
    concludedAt: end?.at ?? null,
    outcome: view.outcome,
    verdict,
    promiseDue: clocks.promise?.due.at ?? null,
    promiseProvisional: clocks.promise?.due.provisional ?? false,
    statuteDue: clocks.statute?.due.at ?? null,
    statuteProvisional: clocks.statute?.due.provisional ?? false,
    overdueFrom: overdue ? main.due.at + 1 : null,
    paused:
      end === null &&
      acceptance.at !== null &&
      pauses.some(
        ({ stops, from: begun, endedAt, capAt }) =>
          stops && begun <= now && now <= capAt && (endedAt === null || now < endedAt),
      ),
    holder: answerableAt(view.holding, end === null ? now : Math.min(now, placeOf(end))),
  }
}
