// GET /api/v1/cases and /api/v1/cases/{project_no} (SPEC 11): where a case stands now, with its explanation.
// The personal part of its facts is shown only to roles that may read it. Judged at the instant of asking.

import type { FastifyPluginAsync } from 'fastify'
import { grantOf } from '../access/permissions.ts'
import type { CaseView } from '../contract/api.ts'
import { factKey } from '../core/case/event.ts'
import { ENGINE_VERSION, foldCase, foldingUnder } from '../core/case/fold.ts'
import { judgeCase } from '../core/case/judge.ts'
import type { Said } from '../core/case/standing.ts'
import type { CaseState } from '../core/case/state.ts'
import { calendarOf, dayAt } from '../core/law/law.ts'
import { parseInstant } from '../core/time/civil.ts'
import type { Instant } from '../core/time/instant.ts'
import { stampFault } from '../intake/stamp.ts'
import { caseView, type ShownFact } from '../present/case.ts'
import { struckView } from '../present/struck.ts'
import { departmentName, instantIn, itemName } from '../present/words.ts'
import type { CaseQuery, CaseRow, Records } from '../store/port.ts'
import { readProposals } from '../supervision/proposals.ts'
import type { Supervisor } from '../supervision/supervisor.ts'
import { caseThen, factsThen, type KeptFact, type LawsThen, numbersThen, standingFacts } from '../supervision/then.ts'
import { proposalView } from './aliases.ts'
import { NUMBERED_PAGE, type PageQuery, pageOf, TEXT } from './answers.ts'
import { callerOf, need } from './auth.ts'
import { oneCaseSaid } from './collisions.ts'
import { jointParentOf } from './joint.ts'
import { NONE_NAMED, type NotYours, notYoursIn } from './not-yours.ts'
import { Refusal } from './problems.ts'
import { ownDepartment, scopeOf } from './scope.ts'

export interface CaseParts {
  readonly supervisor: Pick<Supervisor, 'law' | 'now' | 'homeOf' | 'delivered' | 'numbers' | 'said'>
  /** For one case, read at once. */
  readonly records: Records
  /** For lists. */
  readonly reader: Records
  /** The law as it was known at a past instant. */
  readonly laws: LawsThen
}

const CARDS_SHOWN = 200

const personalOf = (text: string | null, may: boolean): Record<string, unknown> | null =>
  text === null || !may ? null : (JSON.parse(text) as Record<string, unknown>)

const shown = (kept: KeptFact, personal: boolean, notYours: NotYours = NONE_NAMED): ShownFact => ({
  fact: kept.fact,
  enteredAt: kept.enteredAt,
  void: kept.void,
  notYours: notYours.get(factKey(kept.fact.source, kept.fact.eventId)) ?? null,
  personal: personalOf(kept.personal, personal),
})

/**
 * The stored state; one that another engine has folded is not read but folded again from the facts. Of a case set apart
 * (J5) none: the last one that could be folded would pass for how it stands.
 */
const stateOf = (row: CaseRow, facts: readonly KeptFact[], said: Said): CaseState | null => {
  if (row.apart !== null) return null
  if (row.engine !== ENGINE_VERSION)
    return foldCase(standingFacts(facts), row.projectNo, foldingUnder(said, row.projectNo))
  return row.state === '' ? null : (JSON.parse(row.state) as CaseState)
}

interface Reader {
  readonly personal: boolean
  readonly mayUrge: boolean
  readonly mayRead: (projectNo: string) => Promise<boolean>
}

interface Asked extends Pick<Reader, 'personal'> {
  readonly projectNo: string
  readonly at: Instant
}

/** What people and sources have said of its numbers by an instant (I11). */
const numbersToldOf = async ({ records, supervisor }: CaseParts, projectNo: string, at: Instant) => {
  const { law, numbers } = supervisor
  const said = (await records.inputs('one_case')).filter((entry) => entry.at <= at)
  const own = new Set([projectNo, ...numbers.aliasesOf(projectNo)])
  const asked = (await readProposals(records)).filter(({ step, at: since }) => {
    return since <= at && (own.has(step.alias) || own.has(step.home))
  })
  const proposals = asked.map((each) => proposalView({ supervisor }, each))
  return { oneCase: oneCaseSaid(said, projectNo, law), proposals }
}

/** A case without a state: what was ever said of it, struck out (F3) or set apart (J5); null: nothing was. */
const readStruck = async (parts: CaseParts, asked: Asked, facts: readonly KeptFact[]): Promise<CaseView | null> => {
  const { projectNo, at, personal } = asked
  const stands = standingFacts(facts).length > 0
  if (!stands && !facts.some((kept) => kept.void)) return null
  const { rows } = await parts.records.listCards({ projectNo, limit: CARDS_SHOWN })
  const cards = rows.flatMap(({ card, moves }) => {
    const known = moves.filter((move) => move.at <= at)
    const last = known.at(-1)
    return last === undefined ? [] : [{ card: { ...card, state: last.state, moves: last.n }, moves: known }]
  })
  const law = await parts.laws.at(at)
  const status = stands ? 'apart' : 'void'
  const notYours = await notYoursIn(parts.records, facts)
  const told = facts.map((kept) => shown(kept, personal, notYours))
  return struckView({ projectNo, status, facts: told, cards, law })
}

/** One case as it stands at the supervisor's now; null: no such case. */
export const readCase = async (parts: CaseParts, projectNo: string, reader: Reader): Promise<CaseView | null> => {
  const { personal, mayUrge, mayRead } = reader
  const { law, numbers } = parts.supervisor
  const now = parts.supervisor.now()
  const stored = (await parts.records.cases([projectNo])).get(projectNo)
  const facts = await factsThen(parts.records, numbers, { projectNo, at: now })
  const state = stored === undefined ? null : stateOf(stored.row, facts, parts.supervisor.said)
  if (state === null) return readStruck(parts, { projectNo, at: now, personal }, facts)
  const { rows: cards } = await parts.records.listCards({ projectNo, limit: CARDS_SHOWN })
  const judgement = judgeCase(state, law, now, parts.supervisor.delivered)
  const told = await numbersToldOf(parts, projectNo, now)
  const notYours = await notYoursIn(parts.records, facts)
  const view = {
    state,
    judgement,
    facts: facts.map((kept) => shown(kept, personal, notYours)),
    cards,
    law,
    now,
    mayUrge,
    jointParent: await jointParentOf(parts.records, judgement, { numbers, at: now, mayRead }),
  }
  return caseView({ ...view, ...told })
}

/** The case as it was known at a past instant (M9): entries up to it, the law known then, the cards of then. */
const readCaseThen = async (parts: CaseParts, asked: Asked & Pick<Reader, 'mayRead'>): Promise<CaseView | null> => {
  const then = await caseThen(parts, asked.projectNo, asked.at)
  if (then === null)
    return readStruck(parts, asked, await factsThen(parts.records, await numbersThen(parts, asked.at), asked))
  const notYours = await notYoursIn(parts.records, then.facts)
  const facts = then.facts.map((kept) => shown(kept, asked.personal, notYours))
  const told = await numbersToldOf(parts, asked.projectNo, asked.at)
  const numbers = await numbersThen(parts, asked.at)
  const jointParent = await jointParentOf(parts.records, then.judgement, { ...asked, numbers })
  return caseView({ ...then, facts, now: asked.at, mayUrge: false, jointParent, ...told })
}

const asOfIn = (text: string, now: Instant): Instant => {
  const at = parseInstant(text)
  if (at === null) throw new Refusal('bad_instant', { at: '/as_of', detail: stampFault(text) })
  if (at > now) throw new Refusal('from_future', { at: '/as_of', detail: text })
  return at
}

/** Yes and no as people and programs write them in an address. */
const FLAGS = ['1', '0', 'true', 'false'] as const
type Flag = (typeof FLAGS)[number]
const isYes = (flag: Flag): boolean => flag === '1' || flag === 'true'
const FLAG = { type: 'string', enum: FLAGS } as const

interface ListQuery extends PageQuery {
  readonly window?: string
  readonly department?: string
  readonly level?: number
  readonly in_hand?: Flag
  readonly apart?: Flag
}

const storeQuery = (query: ListQuery): CaseQuery => ({
  ...pageOf(query),
  ...(query.window === undefined ? {} : { window: query.window }),
  ...(query.department === undefined ? {} : { department: query.department }),
  ...(query.level === undefined ? {} : { level: query.level }),
  ...(query.in_hand === undefined ? {} : { inHand: isYes(query.in_hand) }),
  ...(query.apart === undefined ? {} : { apart: isYes(query.apart) }),
})

/** A line of a list of cases. */
export const caseLine = (row: CaseRow, parts: { readonly supervisor: Pick<Supervisor, 'law'> }) => {
  const { law } = parts.supervisor
  const calendar = calendarOf(law, row.region, dayAt(law, row.judgedAt))
  const item = itemName(law, row.item)
  const department = departmentName(law, row.department)
  return {
    project_no: row.projectNo,
    item: row.item,
    item_name: item.name,
    item_name_en: item.nameEn,
    department: row.department,
    department_name: department.name,
    department_name_en: department.nameEn,
    window_no: row.window.startsWith('@') ? null : row.window,
    status: row.status,
    level: row.level,
    in_hand: row.inHand,
    due_at: instantIn(calendar, row.dueAt),
    next_turn_at: instantIn(calendar, row.nextTurnAt),
    judged_at: instantIn(calendar, row.judgedAt),
    apart: row.apart,
  }
}

/** Whether a case is a department's own: it answers for it, or a card names it; null: no bound. */
const isWithin = async (parts: CaseParts, projectNo: string, scope: string | null): Promise<boolean> => {
  if (scope === null) return true
  const stored = (await parts.records.cases([projectNo])).get(projectNo)
  return stored?.row.department === scope || stored?.cards.some(({ department }) => department === scope) === true
}

const AS_OF = { type: 'object', properties: { as_of: TEXT } } as const

const QUERY = {
  type: 'object',
  properties: {
    ...NUMBERED_PAGE,
    window: TEXT,
    department: TEXT,
    level: { type: 'integer', minimum: 0, maximum: 3 },
    in_hand: FLAG,
    apart: FLAG,
  },
} as const

export const caseRoutes =
  (parts: CaseParts): FastifyPluginAsync =>
  async (app) => {
    const onRequest = need('cases.read', { own: true })
    app.get<{ Params: { project_no: string }; Querystring: { as_of?: string } }>(
      '/api/v1/cases/:project_no',
      { onRequest, schema: { querystring: AS_OF } },
      async (request) => {
        const { role } = callerOf(request)
        const personal = grantOf(role, 'personal.read') === 'all'
        const mayUrge = grantOf(role, 'cases.urge') === 'all'
        const projectNo = parts.supervisor.homeOf(request.params.project_no)
        const mayRead = (no: string): Promise<boolean> => isWithin(parts, no, scopeOf(request))
        if (!(await mayRead(projectNo))) throw new Refusal('not_found')
        const { as_of: asOf } = request.query
        const at = asOf === undefined ? null : asOfIn(asOf, parts.supervisor.now())
        const view = await (at === null
          ? readCase(parts, projectNo, { personal, mayUrge, mayRead })
          : readCaseThen(parts, { projectNo, at, personal, mayRead }))
        if (view === null) throw new Refusal('not_found')
        return view
      },
    )
    app.get<{ Querystring: ListQuery }>(
      '/api/v1/cases',
      { onRequest, schema: { querystring: QUERY } },
      async (request) => {
        const { rows, next } = await parts.reader.listCases(
          storeQuery({ ...request.query, ...ownDepartment(request, request.query.department) }),
        )
        return { items: rows.map((row) => caseLine(row, parts)), next }
      },
    )
  }
