// The limit calculator (SPEC 11): one question or an array, one answer each, in order. Pure law: nothing is read or stored.
// A long array is answered in slices, so that it holds nobody else, and what one slice could not hold is refused (I5).

import type { Law } from '../core/law/law.ts'
import type { Calendar } from '../core/time/calendar.ts'
import { answerDue, type DueReply } from '../core/time/due.ts'
import { isTooCostly } from '../core/time/due-cost.ts'
import type { DueLaw } from '../core/time/due-read.ts'
import { openSlices, type Slices } from '../supervision/slices.ts'
import { type Caller, scopeOrRefuse } from './caller.ts'
import { Refusal } from './refusal.ts'

const MOST_QUESTIONS = 10_000

/** What the limit calculator needs of a law. */
export const dueLawOf = (law: Law): DueLaw => ({
  calendarOf: (id): Calendar | null => (id === null ? law.homeCalendar : (law.calendars.get(id) ?? null)),
  profileOf: (name) => (name === null ? law.profile : (law.profiles.get(name) ?? null)),
})

export interface DueParts {
  readonly law: () => DueLaw
  readonly slices: Slices
}

/** @param mono milliseconds of a clock that never goes back */
export const dueParts = (law: () => DueLaw, mono: () => number): DueParts => ({ law, slices: openSlices(mono) })

/** The answer to one question. Throws Refusal for a question with a fault, and for one that costs too much. */
export const answerOne = (
  parts: DueParts,
  caller: Caller,
  question: unknown,
): Exclude<DueReply, { error: unknown }> => {
  scopeOrRefuse(caller, 'due.use')
  const law = parts.law()
  if (isTooCostly([question])) throw new Refusal('too_costly')
  const answer = answerDue(question, law)
  if (!('error' in answer)) return answer
  const { code, at, zh, en } = answer.error
  const known = code === 'missing_field' || code === 'not_an_object' ? code : 'bad_field'
  throw new Refusal(known, { at: `/${at}`, detail: en }, { zh, en, reason: code })
}

/** The answers to many questions, each as JSON; one with a fault gets an answer that says so. */
export const answerMany = async (
  parts: DueParts,
  caller: Caller,
  questions: readonly unknown[],
): Promise<readonly string[]> => {
  scopeOrRefuse(caller, 'due.use')
  const law = parts.law()
  if (isTooCostly(questions)) throw new Refusal('too_costly')
  if (questions.length > MOST_QUESTIONS) throw new Refusal('too_large', { detail: String(MOST_QUESTIONS) })
  return parts.slices.map(questions, (question) => JSON.stringify(answerDue(question, law)))
}
