// Numbers that sources give several items (I11, 疑似撞号): the list of those that wait for a person, and a person's word that
// such a number is one case after all, which can be taken back. The other ways out are a declaration that a source's numbers
// are its own (law/declare.ts) and a joining of numbers (joinings.ts).

import type { Collision } from '../contract/numbers.ts'
import type { CaseState } from '../core/case/state.ts'
import { calendarOf, dayAt } from '../core/law/law.ts'
import { collisionView } from '../present/collision.ts'
import { actShown } from '../present/personal.ts'
import type { CaseQuery, CaseRow, InputEntry, Records } from '../store/port.ts'
import type { Supervisor } from '../supervision/supervisor.ts'
import { factsThen } from '../supervision/then.ts'
import { actorOf, type Caller, mayAll, needAll } from './caller.ts'
import { declareNumbers } from './law/declare.ts'
import { oneCaseSaid } from './numbers-told.ts'
import { Refusal } from './refusal.ts'

export interface CollisionParts {
  readonly supervisor: Pick<
    Supervisor,
    'law' | 'now' | 'numbers' | 'said' | 'sayOneCase' | 'loadCatalogue' | 'inPieces'
  >
  /** For lists. */
  readonly reader: Records
}

const CARDS_LOOKED = 200

const lineOf = async (
  { supervisor, reader }: CollisionParts,
  row: CaseRow,
  entries: readonly InputEntry[],
): Promise<Collision> => {
  const { law, numbers } = supervisor
  const { projectNo, department, status } = row
  const facts = await factsThen(reader, numbers, { projectNo, at: supervisor.now() })
  const { rows } = await reader.listCards({ projectNos: numbers.numbersOf(projectNo), limit: CARDS_LOOKED })
  const waiting = rows.filter(({ card }) => card.state === 'to_confirm' && card.contested !== null)
  const calendar = calendarOf(law, row.region, dayAt(law, row.judgedAt))
  const said = { waitingCards: waiting.length, oneCase: oneCaseSaid(entries, projectNo, law) }
  return collisionView({ projectNo, department, calendar, status, facts, ...said }, law)
}

/** One page of the numbers that wait for a person, or that were said to be one case. */
export const listCollisions = async (
  parts: CollisionParts,
  caller: Caller,
  asked: Pick<CaseQuery, 'after' | 'limit'> & Required<Pick<CaseQuery, 'collision'>>,
): Promise<{ items: Collision[]; next: string | null }> => {
  needAll(caller, 'cases.read')
  const { reader } = parts
  const { rows, next } = await reader.listCases(asked)
  const entries = await reader.inputs('one_case')
  const items: Collision[] = []
  for (const row of rows) items.push(await lineOf(parts, row, entries))
  return { items: actShown(items, mayAll(caller, 'personal.read')), next }
}

export interface OneCaseAsked {
  readonly projectNo: string
  readonly oneCase: boolean
  readonly why: string
}

/** A person's word of a number. Throws Refusal where there is no such case, or no doubt of it. */
export const sayOneCase = async ({ supervisor, reader }: CollisionParts, caller: Caller, asked: OneCaseAsked) => {
  needAll(caller, 'aliases.write')
  const { oneCase, why } = asked
  const projectNo = supervisor.numbers.homeOf(asked.projectNo)
  const row = (await reader.cases([projectNo])).get(projectNo)?.row
  if (row === undefined || row.state === '') throw new Refusal('not_found')
  const { collision } = JSON.parse(row.state) as CaseState
  if (collision.length === 0 && oneCase) throw new Refusal('no_collision')
  const done = await supervisor.sayOneCase({ projectNo, oneCase, why, by: caller.name, actor: actorOf(caller) })
  if ('refused' in done) throw new Refusal('no_collision')
  return { project_no: done.project_no, one_case: oneCase }
}

export interface NumbersAsked {
  readonly source: string
  readonly numbers: 'own' | 'shared'
  readonly why: string
}

/** Whose a source's numbers are. Throws Refusal where that is how they stand, or they cannot be its own. */
export const sayNumbers = async ({ supervisor }: CollisionParts, caller: Caller, asked: NumbersAsked) => {
  needAll(caller, 'catalogue.write')
  const { source, numbers } = asked
  const entry = await declareNumbers(supervisor, { ...asked, by: caller.name })
  if (entry === null) throw new Refusal('numbers_stand', { detail: source })
  return { source, numbers, entry }
}
