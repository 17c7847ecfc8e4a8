// What a case owes beside its own clocks: answers to complaints and bad ratings (T9), and the codes it names that no catalogue
// has (D-05), each from the day on which it was first named.

import type { Fact } from '../../server/core/case/event.ts'
import { type DayNo, dayOf } from './days.ts'
import type { View } from './judge.ts'
import { groundsOn, workDaysLater } from './pauses.ts'
import { hit } from './tally.ts'

interface FeedbackDue {
  readonly kind: 'complaint_take_up' | 'complaint_answer' | 'bad_rating_answer'
  readonly fact: Fact
  readonly due: number
}

const TAKE_UP = 5
const ANSWER = 10
const BAD_RATING = 15

/** A complaint is taken up in five working days and answered in ten, a bad rating that somebody gave in fifteen. */
export const feedbackDues = ({ world, story }: View): FeedbackDue[] => {
  const after = (fact: Fact, days: number): number =>
    workDaysLater(groundsOn(world, story, fact.at).calendar, fact.at, days)
  return story.told.flatMap(({ fact }): FeedbackDue[] => {
    if (fact.type === 'COMPLAIN') {
      hit('T9 complaint')
      return [
        { kind: 'complaint_take_up', fact, due: after(fact, TAKE_UP) },
        { kind: 'complaint_answer', fact, due: after(fact, ANSWER) },
      ]
    }
    const { level, origin } = fact.payload
    if (fact.type !== 'RATE' || origin !== 'active' || typeof level !== 'number' || level < 4) return []
    hit('T9 bad rating')
    return [{ kind: 'bad_rating_answer', fact, due: after(fact, BAD_RATING) }]
  })
}

/** Codes of items, windows and departments that the events name and no catalogue has, with the first day. */
export const unlistedIn = ({ world, story }: View): Map<string, DayNo> => {
  const found = new Map<string, DayNo>()
  const name = (kind: string, table: string, code: unknown, day: DayNo): void => {
    if (typeof code !== 'string' || world.tables[table]?.has(code) === true) return
    const key = `${kind}:${code}`
    found.set(key, Math.min(found.get(key) ?? day, day))
  }
  for (const fact of story.facts) {
    const day = dayOf(fact.at)
    name('item', 'items', fact.payload.task_code ?? fact.item, day)
    name('window', 'windows', fact.window, day)
    name('department', 'departments', fact.org, day)
  }
  if (found.size > 0) hit('D-05')
  return found
}
