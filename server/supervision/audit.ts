// The audit (M7): every case folded and judged again from its facts at the instant its row speaks of, and compared with
// what is stored: state, level, due and turn, flows, standing cards; then every total with the sum of the flows.
// Reads in slices; memory follows the slice. It must be able to fail: it knows nothing of how the rows were made.

import type { Card } from '../core/card/card.ts'
import { changeCards } from '../core/card/change.ts'
import { isBegun } from '../core/card/lateness.ts'
import { isStanding } from '../core/card/standing.ts'
import { caseSubject } from '../core/card/subject.ts'
import type { Delivered } from '../core/case/findings-ground.ts'
import { ENGINE_VERSION, foldCase, foldingUnder } from '../core/case/fold.ts'
import { judgeCase } from '../core/case/judge.ts'
import { type Said, standing } from '../core/case/standing.ts'
import type { Law } from '../core/law/law.ts'
import { flowsOf, flowsWithoutCase } from '../core/measure/count.ts'
import type { Flow } from '../core/measure/flows.ts'
import { type AnySubjectKind, planSubjectAfresh } from '../core/subject.ts'
import { SUBJECTS } from '../core/subjects/registry.ts'
import type { Instant } from '../core/time/instant.ts'
import type { Records, StoredCase } from '../store/port.ts'
import { lawOf } from './laws.ts'
import { type CaseNumbers, factsByHome, readNumbers } from './numbers.ts'
import { caseRowOf, keptOf } from './rows.ts'
import { readSaid } from './said.ts'
import { deliveredIn } from './waiting.ts'

export interface AuditFinding {
  readonly what: 'state' | 'judgement' | 'flows' | 'cards' | 'total' | 'missed_turn' | 'apart' | 'no_facts' | 'no_case'
  readonly where: string
  readonly detail: string
}

export interface AuditReport {
  readonly cases: number
  /** Cases still to be judged under the newest law, or folded by this engine: compared under none. */
  readonly pending: number
  readonly count: number
  readonly findings: readonly AuditFinding[]
}

const SLICE = 500
const MOST = 100

class Report {
  cases = 0
  pending = 0
  count = 0
  readonly findings: AuditFinding[] = []
  add(what: AuditFinding['what'], where: string, detail: string): void {
    this.count += 1
    if (this.findings.length < MOST) this.findings.push({ what, where, detail })
  }
}

const flowText = (flows: readonly Flow[]): string =>
  flows
    .map(({ kind, on, hour, n, region, department, window, operator, item, source, member, code }) =>
      JSON.stringify([kind, on, hour, n, region, department, window, operator, item, source, member, code]),
    )
    .sort()
    .join('\n')

/** Rule, occasion, level, limit and row of the cards that stand. */
const standingText = (cards: readonly Card[]): string =>
  cards
    .filter(isStanding)
    .map(({ cardId, level, limitAt, holder, department, region, member }) =>
      JSON.stringify([cardId, level, limitAt, holder.window, holder.operator, department, region, member]),
    )
    .sort()
    .join('\n')

const JUDGED = [
  'nextTurnAt',
  'inHand',
  'status',
  'level',
  'region',
  'department',
  'item',
  'source',
  'window',
  'dueAt',
] as const

interface AuditLaw {
  readonly law: Law
  readonly delivered: Delivered
  readonly said: Said
}

const auditCase = (stored: StoredCase, facts: Parameters<typeof keptOf>[0], at: AuditLaw, report: Report): void => {
  const { law, delivered } = at
  const { row, cards } = stored
  const { projectNo } = row
  const valid = standing(keptOf(facts), at.said)
  const state = foldCase(valid, projectNo, foldingUnder(law, at.said, projectNo))
  if (state === null) {
    const isVoid = row.status === 'void' && cards.every((card) => !isStanding(card) || card.lift !== null)
    if (!isVoid) report.add('no_facts', projectNo, 'a case without a valid fact')
    else if (flowText(flowsWithoutCase(cards, law.homeCalendar)) !== flowText(row.flows))
      report.add('flows', projectNo, 'the contribution differs')
    return
  }
  if (JSON.stringify(state) !== row.state)
    report.add('state', projectNo, 'the folded state differs from the stored one')
  const judgement = judgeCase(state, law, row.judgedAt, delivered)
  const { grounds } = judgement
  const subject = caseSubject(state, judgement)
  // what a case counts as that its facts begin no more was kept when they went: a card without it counts for nothing
  const lost = isBegun(judgement) ? {} : { counted: [] }
  const ground = { subject, law, calendar: grounds.calendar, now: row.judgedAt, by: 'facts' as const, ...lost }
  const should = changeCards(cards, judgement.findings, ground).cards
  if (standingText(should) !== standingText(cards)) report.add('cards', projectNo, 'other cards should stand')
  const flows = flowsOf(state, judgement, should)
  if (flowText(flows) !== flowText(row.flows)) report.add('flows', projectNo, 'the contribution differs')
  const bare = { flowsBefore: [], cards: should, cardsChanged: [], moves: [], apart: null }
  const fresh = caseRowOf({ projectNo, state, judgement, flows, ...bare }, row.law, row.judgedAt)
  const odd = JUDGED.filter((key) => fresh[key] !== row[key])
  if (odd.length > 0) report.add('judgement', projectNo, `differs in ${odd.join(', ')}`)
}

export interface AuditGround {
  readonly records: Records
  readonly onProgress?: (cases: number) => void
  /** Absent: the kinds that ship. */
  readonly subjects?: readonly AnySubjectKind[]
}

const auditSlice = async (
  rows: readonly StoredCase[],
  at: AuditLaw & { turnedTo: Instant | null; records: Records; numbers: CaseNumbers },
  report: Report,
): Promise<void> => {
  const homes = rows.map(({ row }) => row.projectNo)
  const facts = await factsByHome(at.records, at.numbers, homes)
  for (const stored of rows) {
    const { row } = stored
    report.cases += 1
    if (row.apart !== null) report.add('apart', row.projectNo, row.apart)
    else if (row.law !== at.law.version || row.engine !== ENGINE_VERSION) report.pending += 1
    else auditCase(stored, facts.get(row.projectNo) ?? [], at, report)
    if (row.nextTurnAt !== null && at.turnedTo !== null && row.nextTurnAt <= at.turnedTo) {
      report.add('missed_turn', row.projectNo, `its turn was due before ${at.turnedTo}`)
    }
  }
}

/** Subjects beside the cases, judged afresh at the instant their row speaks of. That its state is right the replay proves. */
const auditSubjects = async (
  records: Records,
  { law, turnedTo, kinds }: { law: Law; turnedTo: Instant | null; kinds: readonly AnySubjectKind[] },
  report: Report,
): Promise<void> => {
  for (const row of await records.subjects()) {
    const { kind, key } = row
    const where = `${kind} ${key}`
    if (row.apart !== null) report.add('apart', where, row.apart)
    else if (row.law !== law.version || row.engine !== ENGINE_VERSION) report.pending += 1
    else {
      const cards = await records.cardsOf(kind as Card['subjectKind'], [key])
      const before = { state: JSON.parse(row.state) as unknown, cards }
      const judging = { law, now: row.judgedAt, by: 'facts' } as const
      const fresh = planSubjectAfresh(kinds, { kind, key }, before, judging)
      if (fresh.apart !== null || fresh.nextTurnAt !== row.nextTurnAt)
        report.add('judgement', where, fresh.apart ?? 'differs in nextTurnAt')
      if (standingText(fresh.cards) !== standingText(cards)) report.add('cards', where, 'other cards should stand')
    }
    if (row.nextTurnAt !== null && turnedTo !== null && row.nextTurnAt <= turnedTo)
      report.add('missed_turn', where, `its turn was due before ${turnedTo}`)
  }
}

const EVERY = 1_000_000

/** A case without a row has no fact that stands; the facts of a joined number are folded under its home. */
const auditStrays = async (
  { records, numbers, at }: { records: Records; numbers: CaseNumbers; at: Said },
  report: Report,
): Promise<void> => {
  const said = await records.strays(EVERY, [...numbers.own])
  const homes = [...new Set(said.map(({ projectNo, source }) => numbers.caseOf(source, projectNo)))]
  const stored = await records.cases(homes)
  const named = homes.filter((home) => !stored.has(home))
  for (let from = 0; from < named.length; from += SLICE) {
    for (const [projectNo, facts] of await factsByHome(records, numbers, named.slice(from, from + SLICE)))
      if (standing(keptOf(facts), at).length > 0) report.add('no_case', projectNo, 'facts without a case')
  }
}

/** Audits a whole store. The records must show one unchanging state. */
export const auditStore = async ({ records, onProgress, subjects = SUBJECTS }: AuditGround): Promise<AuditReport> => {
  const report = new Report()
  const law = await lawOf(records)
  const delivered = await deliveredIn(records)
  const { turnedTo } = await records.head()
  const numbers = readNumbers(await records.aliases(), law.numbering.own)
  const said = await readSaid(records)
  // no case is of law −1: asking for those of another gives all, in order
  for (let after = ''; ; ) {
    const rows = await records.stale(-1, -1, after, SLICE)
    const last = rows[rows.length - 1]
    if (last === undefined) break
    await auditSlice(rows, { law, delivered, said, turnedTo, records, numbers }, report)
    after = last.row.projectNo
    onProgress?.(report.cases)
  }
  await auditStrays({ records, numbers, at: said }, report)
  await auditSubjects(records, { law, turnedTo, kinds: subjects }, report)
  for (const { dimension, key, department, kind, on, stored, counted } of await records.auditFlows(MOST)) {
    report.add('total', `${dimension} ${key} ${department} ${kind} ${on}`, `stored ${stored}, recounted ${counted}`)
  }
  const { cases, pending, count, findings } = report
  return { cases, pending, count, findings }
}
