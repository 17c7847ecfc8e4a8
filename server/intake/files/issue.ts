// A row or event that was not taken, with its place and the reason in both languages (I8). Makes words; decides nothing.

import { type ProblemCode, problemText } from '../../contract/problems.ts'
import type { Outcome } from '../outcome.ts'
import { type FileCode, fileProblemText, type Place } from './row.ts'

/** A row or event that was not taken, and why. */
export interface Issue {
  readonly place: Place
  readonly code: FileCode | ProblemCode
  /** Column of the file, or JSON pointer into the event. */
  readonly field: string
  readonly zh: string
  readonly en: string
}

export const fileIssue = (place: Place, code: FileCode, field: string): Issue => ({
  place,
  code,
  field,
  ...fileProblemText(code, field),
})

/** Why the door did not take an event. */
export const doorIssue = (place: Place, { field, detail }: Outcome, code: ProblemCode): Issue => {
  const { zh, en } = problemText(code, { at: field, detail })
  return { place, code, field: field ?? '', zh, en }
}
