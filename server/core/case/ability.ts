// What the sources of a case could have told of it (I12). An import can bring no more than its mapping fills in, and that is so of the cases
// that its file tells of and of no other: it is kept with the case, of each source that spoke of it. A source that spoke of the
// case by wire could tell everything, unless a catalogue says what it can send (T10). So the set of facts that stand, and of what
// was declared, decides, in whatever order they came. Pure.

import { declarationAt, type Law } from '../law/law.ts'
import type { Instant } from '../time/instant.ts'

/** All that judging asks for: what is missing only where its source could have sent it. */
export const ASKED = [
  'ACCEPT',
  'CORRECT_NOTICE',
  'REFUSE_ACCEPT',
  'STEP_START',
  'STEP_END',
  'HANDOVER',
  'JOINT_REPLY',
  'SUSPEND',
  'SUSPEND.kind',
  'SUSPEND.notice_at',
  'SUSPEND.basis',
  'SUSPEND.approver',
  'RESUME',
  'EXTEND.approved_at',
  'DELIVER',
] as const

export type Asked = (typeof ASKED)[number]

/** Came otherwise than by a mapping: whatever its source can send could have come so. */
export const BY_WIRE = '*'

/** What can come the way a fact came: `*`, or what its mapping fills in, in the order of ASKED. */
export type Bearing = readonly (Asked | typeof BY_WIRE)[]

export const ANYTHING: Bearing = [BY_WIRE]

const ORDER: Bearing = [BY_WIRE, ...ASKED]

/** What a mapping bears of what is asked for. `sends`: its tokens, `TYPE` and `TYPE.key`. */
export const bearingOf = (sends: readonly string[]): Bearing => {
  const can = new Set(sends)
  return ASKED.filter((what) => can.has(what))
}

/** Both together; the first one itself where the other adds nothing. */
export const bearingBoth = (a: Bearing, b: Bearing): Bearing =>
  a === b || b.every((what) => a.includes(what)) ? a : ORDER.filter((what) => a.includes(what) || b.includes(what))

/** Of each source that speaks of a case: what could come the ways its facts came. */
export type Spoken = Readonly<Record<string, Bearing>>

/** With one more fact; the same where it adds nothing. */
export const spokenWith = (spoken: Spoken, source: string, bears: Bearing): Spoken => {
  const known = Object.hasOwn(spoken, source) ? spoken[source] : undefined
  const both = known === undefined ? bears : bearingBoth(known, bears)
  return known === both ? spoken : { ...spoken, [source]: both }
}

/**
 * Whether the source of a fact could have told this of the case on the day of the fact (I12, T10). A catalogue's word on a
 * source holds for whatever comes by wire; a row of it that names no limit says that nothing is beyond it, by files neither.
 */
export const couldTell = (
  { spoken }: { readonly spoken: Spoken },
  law: Law,
  { source, at }: { readonly source: string; readonly at: Instant },
  what: Asked,
): boolean => {
  const declared = declarationAt(law, source, at)
  const row = declared?.numbersOnly === true ? null : declared
  if (row !== null && (row.sends === null || row.sends.has(what))) return true
  const bears = (Object.hasOwn(spoken, source) ? spoken[source] : undefined) ?? ANYTHING
  return bears.includes(what) || (row === null && bears.includes(BY_WIRE))
}
