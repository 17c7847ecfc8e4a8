// GET /api/v1/cases and /api/v1/cases/{project_no} (SPEC 11): where a case stands now, with its explanation.
// The personal part of its facts is shown only to roles that may read it. Judged at the instant of asking.

import type { FastifyPluginAsync } from 'fastify'
import { grantOf } from '../access/permissions.ts'
import type { CaseView } from '../contract/api.ts'
import { compareOrder, orderOf } from '../core/case/event.ts'
import { judgeCase } from '../core/case/judge.ts'
import { readFact } from '../core/case/read.ts'
import type { CaseState } from '../core/case/state.ts'
import { calendarOf } from '../core/law/law.ts'
import { caseView, type ShownFact } from '../present/case.ts'
import { departmentName, instantIn, itemName } from '../present/words.ts'
import type { CaseQuery, CaseRow, Records } from '../store/port.ts'
import type { Supervisor } from '../supervision/supervisor.ts'
import { PAGE, type PageQuery, pageOf, TEXT } from './answers.ts'
import { callerOf, need } from './auth.ts'
import { Refusal } from './problems.ts'

export interface CaseParts {
  readonly supervisor: Pick<Supervisor, 'law' | 'now'>
  /** For one case, read at once. */
  readonly records: Records
  /** For lists. */
  readonly reader: Records
}

const CARDS_SHOWN = 200

const personalOf = (text: string | null, may: boolean): Record<string, unknown> | null =>
  text === null || !may ? null : (JSON.parse(text) as Record<string, unknown>)

/** One case as it stands at the supervisor's now; null: no such case. */
export const readCase = async (parts: CaseParts, projectNo: string, personal: boolean): Promise<CaseView | null> => {
  const { law } = parts.supervisor
  const now = parts.supervisor.now()
  const stored = (await parts.records.cases([projectNo])).get(projectNo)
  if (stored === undefined || stored.row.state === '') return null
  const state = JSON.parse(stored.row.state) as CaseState
  const facts = (await parts.records.factsOf(projectNo)).map(
    (row): ShownFact => ({
      fact: readFact(row.body),
      enteredAt: row.enteredAt,
      void: row.void,
      personal: personalOf(row.personal, personal),
    }),
  )
  facts.sort((a, b) => compareOrder(orderOf(a.fact), orderOf(b.fact)))
  const { rows: cards } = await parts.records.listCards({ projectNo, limit: CARDS_SHOWN })
  return caseView({ state, judgement: judgeCase(state, law, now), facts, cards, law, now })
}

interface ListQuery extends PageQuery {
  readonly window?: string
  readonly department?: string
  readonly level?: number
  readonly in_hand?: boolean
  readonly apart?: boolean
}

const storeQuery = (query: ListQuery): CaseQuery => ({
  ...pageOf(query),
  ...(query.window === undefined ? {} : { window: query.window }),
  ...(query.department === undefined ? {} : { department: query.department }),
  ...(query.level === undefined ? {} : { level: query.level }),
  ...(query.in_hand === undefined ? {} : { inHand: query.in_hand }),
  ...(query.apart === undefined ? {} : { apart: query.apart }),
})

/** A line of a list of cases. */
export const caseLine = (row: CaseRow, parts: Pick<CaseParts, 'supervisor'>) => {
  const { law } = parts.supervisor
  const calendar = calendarOf(law, row.region)
  const item = itemName(law, row.item)
  return {
    project_no: row.projectNo,
    item: row.item,
    item_name: item.name,
    item_name_en: item.nameEn,
    department: row.department,
    department_name: departmentName(law, row.department).name,
    window_no: row.window.startsWith('@') ? null : row.window,
    status: row.status,
    level: row.level,
    in_hand: row.inHand,
    due_at: instantIn(calendar, row.dueAt),
    next_turn_at: instantIn(calendar, row.nextTurnAt),
    apart: row.apart,
  }
}

const QUERY = {
  type: 'object',
  properties: {
    ...PAGE,
    window: TEXT,
    department: TEXT,
    level: { type: 'integer', minimum: 0, maximum: 3 },
    in_hand: { type: 'boolean' },
    apart: { type: 'boolean' },
  },
} as const

export const caseRoutes =
  (parts: CaseParts): FastifyPluginAsync =>
  async (app) => {
    const onRequest = need('cases.read')
    app.get<{ Params: { project_no: string } }>('/api/v1/cases/:project_no', { onRequest }, async (request) => {
      const personal = grantOf(callerOf(request).role, 'personal.read') === 'all'
      const view = await readCase(parts, request.params.project_no, personal)
      if (view === null) throw new Refusal('not_found')
      return view
    })
    app.get<{ Querystring: ListQuery }>(
      '/api/v1/cases',
      { onRequest, schema: { querystring: QUERY } },
      async (request) => {
        const { rows, next } = await parts.reader.listCases(storeQuery(request.query))
        return { items: rows.map((row) => caseLine(row, parts)), next }
      },
    )
  }
