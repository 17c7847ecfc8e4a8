// A register of the field on a real server: exported each week, imported over HTTP, asked about over HTTP. What is right was
// written down from the files (twelve cases, due 17 March; then closed on the 20th, due 24 March; then closed on the 26th).

import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import type { CaseView } from '../../server/contract/api.ts'
import type { CardView } from '../../server/contract/card.ts'
import type { CatalogueFile } from '../../server/contract/catalogue.ts'
import type { ImportJobPage } from '../../server/contract/imports.ts'
import type { Measures } from '../../server/contract/measures.ts'
import { verifyStore } from '../../server/evidence/verify.ts'
import { readDocument } from '../../server/intake/files/mapping-text.ts'
import { openTrail } from '../../server/store/sqlite/trail.ts'
import { auditLedger } from '../../server/supervision/audit/ledger.ts'
import { fieldFile } from '../field/come.ts'
import type { House } from '../live/house.ts'
import { frontOf } from './front.ts'

export const HALL: CatalogueFile = {
  catalogue: 'a hall',
  valid_from: '2020-01-01',
  regions: [{ region_code: 'r', name: '区', calendar: 'cn' }],
  departments: [{ org_code: 'd', name: '部门', region_code: 'r' }],
  windows: [],
  items: [],
}

export const WEEKS = {
  week1: { file: 'week1.csv', asOf: '2026-03-14T08:00:00+08:00' },
  week2: { file: 'week2.csv', asOf: '2026-03-21T08:00:00+08:00' },
  week3: { file: 'week3-closing-corrected.csv', asOf: '2026-03-28T08:00:00+08:00' },
} as const
export type Week = keyof typeof WEEKS

export const TWELVE = Array.from({ length: 12 }, (_, i) => `W-${i + 1}`)

const mappingFor = (more: object): unknown => {
  const read = readDocument(readFileSync(fieldFile('register-updated/mapping.yaml'), 'utf8'))
  if ('faults' in read) throw new Error('the mapping has faults')
  return { ...(read.document as object), register: '周报台账', ...more }
}

export const MAPPING = mappingFor({})

export const fileOf = (week: Week): string => readFileSync(fieldFile(`register-updated/${WEEKS[week].file}`), 'utf8')

export interface Bringing {
  readonly name: string
  readonly text: string
  readonly asOf: string
  readonly mapping?: unknown
}

/** Imports a text as a file; the job at its end. */
export const bring = async (
  house: House,
  { name, text, asOf, mapping = MAPPING }: Bringing,
): Promise<ImportJobPage> => {
  const front = frontOf(house)
  const { body } = await front.bring(name, text)
  const started = await front.start({ file_id: body.file.file_id, mapping, as_of: asOf })
  expect(started.status).toBe(202)
  const job = await front.ended(started.body.import_id)
  await house.serving.supervisor.settled()
  return job
}

export const bringWeek = (house: House, week: Week): Promise<ImportJobPage> =>
  bring(house, { name: WEEKS[week].file, text: fileOf(week), asOf: WEEKS[week].asOf })

export const answered = async <T>(house: House, path: string, key: string, body?: unknown) => {
  const asked = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
  const headers = {
    authorization: `Bearer ${house.keys[key]}`,
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  }
  const answer = await fetch(`${house.serving.url}/api/v1/${path}`, { ...asked, headers })
  return { status: answer.status, body: (await answer.json()) as T }
}

export const get = async <T>(house: House, path: string): Promise<T> => (await answered<T>(house, path, 'auditor')).body

/** `concluded 2026-03-24 true`: status, due day and verdict of a case. */
export const verdictOf = async (house: House, no: string): Promise<string> => {
  const { status, promise_due_on: due, on_time: onTime } = await get<CaseView>(house, `cases/${no}`)
  return `${status} ${due} ${onTime}`
}

/** `T-02 notified 2026-03-24`: the yellow cards of all cases, one line a kind with how many. */
export const yellows = async (house: House): Promise<Record<string, number>> => {
  const { items } = await get<{ items: CardView[] }>(house, 'cards?level=2&limit=100')
  const lines = items.map(({ rule_id: rule, state, limit_at: limit }) => `${rule} ${state} ${limit.slice(0, 10)}`)
  const counts: Record<string, number> = {}
  for (const line of lines) counts[line] = (counts[line] ?? 0) + 1
  return counts
}

export interface Figures {
  readonly on_time: number
  readonly late: number
  readonly overdue_in_hand: number
  readonly yellows: number
}

export const figures = async (house: House): Promise<Figures> => {
  const { total } = await get<Measures>(house, 'measures?period=2026-03&by=department')
  const { on_time, late, overdue_in_hand, yellows } = total
  return { on_time, late, overdue_in_hand, yellows }
}

/** Audit, replay and evidence have nothing to say. */
export const clean = async (house: House): Promise<void> => {
  await house.serving.supervisor.settled()
  const { recount, replay, unreadable } = await auditLedger(house.folder)
  expect([recount?.findings, replay?.findings, unreadable]).toEqual([[], [], []])
  const trail = openTrail(house.folder)
  const { findings } = await verifyStore(trail)
  await trail.close()
  expect(findings).toEqual([])
}
