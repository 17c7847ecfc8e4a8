// The one refusal of the house: what somebody asked is not done, and why. A stable code of contract/problems.ts, the place
// it is about, further members of the answer. Whoever stands at a door says it in the door's own way.

import type { ProblemCode, ProblemPlace } from '../contract/problems.ts'

export class Refusal extends Error {
  readonly code: ProblemCode
  readonly place: ProblemPlace
  readonly more: Readonly<Record<string, unknown>>
  constructor(code: ProblemCode, place: ProblemPlace = {}, more: Readonly<Record<string, unknown>> = {}) {
    super(code)
    this.name = 'Refusal'
    this.code = code
    this.place = place
    this.more = more
  }
}
