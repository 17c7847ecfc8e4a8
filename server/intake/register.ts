// The register that a wire event was read from (I14): its name, the key of the event in its row, when the register was as
// it says, and where in which file the row stands. Refuses by throwing Unfit; fact.ts catches it. Never compares editions.

import { LENGTHS } from '../contract/ingest.ts'
import type { Edition } from '../core/case/event.ts'
import type { Instant } from '../core/time/instant.ts'
import { instantOf, lineOf, Unfit } from './payload.ts'

const MEMBERS = ['name', 'key', 'as_of', 'file', 'line']

const textOf = (value: unknown, at: string): string => {
  if (value === undefined || value === null || value === '') throw new Unfit('missing_field', at, '')
  return lineOf(value, at, LENGTHS.id)
}

const numberOf = (value: unknown): number => {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 1)
    throw new Unfit('bad_field', '/register/line', `integer 1…${Number.MAX_SAFE_INTEGER}`)
  return value
}

/** A register that says it is of tomorrow would stand above every export to come. */
const asOfIn = (value: unknown, latest: Instant): Instant => {
  const asOf = instantOf(value, '/register/as_of')
  if (asOf > latest) throw new Unfit('from_future', '/register/as_of', String(value))
  return asOf
}

/** null: the event is of no register. `latest`: an as_of after it is none. */
export const editionOf = (value: unknown, caseNo: string | null, latest: Instant): Edition | null => {
  if (value === undefined || value === null) return null
  if (typeof value !== 'object' || Array.isArray(value)) throw new Unfit('bad_field', '/register', 'object expected')
  const odd = Object.keys(value).find((key) => !MEMBERS.includes(key))
  if (odd !== undefined) throw new Unfit('bad_field', '/register', `one of ${MEMBERS.join(', ')}`)
  if (caseNo === null) throw new Unfit('missing_field', '/project_no', '')
  const { name, key, as_of: asOf, file, line } = value as Readonly<Record<string, unknown>>
  return {
    register: textOf(name, '/register/name'),
    key: textOf(key, '/register/key'),
    caseNo,
    asOf: asOfIn(asOf, latest),
    file: textOf(file, '/register/file'),
    line: numberOf(line),
  }
}
