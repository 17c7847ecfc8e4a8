// What an event tells that another source may tell too (F5): its kind, and the key by which two tellings are one thing.
// Firsts (RECEIVE, ACCEPT, DECIDE) have no twins: they agree or are a conflict.

import type { Draft } from './draft.ts'
import type { Fact } from './event.ts'
import { meantBy, namesNone, resumedKind } from './fold-pauses.ts'
import { text } from './fold-read.ts'
import { extendedBy, memberOf } from './fold-spans.ts'
import type { Telling } from './twins.ts'

const keyed = (fact: Fact, key: string): Telling => ({
  key: `${fact.type} ${key}`,
  label: '',
  at: fact.at,
  precision: fact.precision,
  source: fact.source,
  idle: false,
})

/** null: nobody else can tell the same thing. */
export const tellingOf = (draft: Draft, fact: Fact): Telling | null => {
  switch (fact.type) {
    case 'CORRECT_NOTICE':
    case 'COMPLAIN':
    case 'FEE':
      return keyed(fact, '')
    case 'EXTEND':
      return extendedBy(fact) === null ? null : keyed(fact, '')
    case 'JOINT_DISPATCH':
    case 'JOINT_REPLY':
      return keyed(fact, memberOf(fact) ?? '')
    case 'SUSPEND':
      return keyed(fact, text(fact.payload.kind) ?? 'other')
    case 'RESUME':
      return {
        ...keyed(fact, ''),
        label: resumedKind(draft, fact),
        ...(namesNone(fact) ? { unsaid: true } : {}),
        idle: meantBy(draft, fact).length === 0,
      }
    default:
      return null
  }
}
