// Reading cases (SPEC 11): lists, and one case with its explanation, now or as known at a past instant (M9). A unit reads
// its own, and of every other case not even that it is there (A1). Personal parts are shown to who may read them.

import type { CaseView } from '../contract/api.ts'
import { isCaseWithin, type Scope } from '../core/scope.ts'
import { parseInstant } from '../core/time/civil.ts'
import type { Instant } from '../core/time/instant.ts'
import { stampFault } from '../intake/stamp.ts'
import { caseShown } from '../present/personal.ts'
import type { CaseQuery } from '../store/port.ts'
import type { ThenAs } from '../supervision/then.ts'
import { type Caller, mayAll, refuseBeyond, scopeOrRefuse } from './caller.ts'
import { caseLine } from './case-line.ts'
import { type CaseParts, readCase, readCaseThen } from './case-told.ts'
import { Refusal } from './refusal.ts'

/** Whether a case is within a scope; one that is not stored is within that of everything alone. */
const mayRead = async ({ records, supervisor }: CaseParts, projectNo: string, scope: Scope): Promise<boolean> => {
  if (scope === 'all') return true
  const stored = await records.cases(supervisor.numbers.numbersOf(projectNo))
  const own = stored.get(projectNo)
  // cards raised under a number that was joined to it are cards of it (I11)
  return (
    own !== undefined &&
    isCaseWithin(
      scope,
      own.row,
      [...stored.values()].flatMap(({ cards }) => cards),
    )
  )
}

const asOfIn = (text: string, now: Instant): Instant => {
  const at = parseInstant(text)
  if (at === null) throw new Refusal('bad_instant', { at: '/as_of', detail: stampFault(text) })
  if (at > now) throw new Refusal('from_future', { at: '/as_of', detail: text })
  return at
}

export interface CaseAsked {
  /** Any number of the case. */
  readonly projectNo: string
  /** A past instant as text; null: now. */
  readonly asOf: string | null
  /** How a past instant is read (M9): as it was shown then, or as it was due. */
  readonly as: ThenAs
}

/** Throws Refusal where there is no such case for this caller, and for an instant that is none or is to come. */
export const showCase = async (parts: CaseParts, caller: Caller, asked: CaseAsked): Promise<CaseView> => {
  const scope = scopeOrRefuse(caller, 'cases.read')
  const projectNo = parts.supervisor.homeOf(asked.projectNo)
  const may = (no: string): Promise<boolean> => mayRead(parts, no, scope)
  if (!(await may(projectNo))) throw new Refusal('not_found')
  const reader = { personal: mayAll(caller, 'personal.read'), mayUrge: mayAll(caller, 'cases.urge'), mayRead: may }
  const at = asked.asOf === null ? null : asOfIn(asked.asOf, parts.supervisor.now())
  const view = await (at === null
    ? readCase(parts, projectNo, reader)
    : readCaseThen(parts, { ...reader, projectNo, at, as: asked.as }))
  if (view === null) throw new Refusal('not_found')
  return caseShown(view, reader.personal)
}

/** One page of the cases within the caller's scope, the newest first. */
export const listCases = async (parts: CaseParts, caller: Caller, asked: Omit<CaseQuery, 'within'>) => {
  const within = scopeOrRefuse(caller, 'cases.read')
  refuseBeyond(within, asked.department)
  const { rows, next } = await parts.reader.listCases({ ...asked, within })
  return { items: rows.map((row) => caseLine(row, parts.supervisor.law)), next }
}
