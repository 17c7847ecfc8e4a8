// How a recorded step is taken again (A4): by the code that took it, on a line over a scratch ledger, from the entries of
// its commit and its parameters. Knows every kind of step; decides nothing that the code of the line decides.

import { factKey } from '../../core/case/event.ts'
import { readFact } from '../../core/case/read.ts'
import type { LawDocument } from '../../core/law/documents.ts'
import type { Taken } from '../../core/plan.ts'
import { asInstant, type Instant } from '../../core/time/instant.ts'
import type { BringingBody, InputRow } from '../../store/port.ts'
import type { StepKind, StepParams } from '../../store/step.ts'
import type { EntryRow } from '../../store/trail.ts'
import { joinNumbers, moveCard, sayOneCase } from '../acts.ts'
import { judgedAgain } from '../afresh.ts'
import { ingestJobs, type Job } from '../ingest.ts'
import type { Line } from '../line.ts'
import { renumberOn } from '../renumbering.ts'
import { emptyBatch } from '../rows.ts'
import type { OfficeVoid, OneCase, Withdrawal } from '../said.ts'
import { subjectsIn, subjectsOf } from '../subjects.ts'
import { refoldWithdrawn, voidFact, withdrawImport } from '../takings-back.ts'

export interface Recorded {
  readonly commit: number
  readonly at: Instant
  readonly kind: StepKind
  readonly by: string
  readonly params: StepParams
  readonly entries: readonly EntryRow[]
}

type TakeAgain = (line: Line, step: Recorded) => Promise<unknown>

/** What the code of the line does not let be done: a move on a card that is not there, an alias that joins nothing. */
export class NotTaken extends Error {
  override readonly name = 'NotTaken'
}

const takenOf = ({ body, personal, historical }: Pick<EntryRow, 'body' | 'personal' | 'historical'>): Taken => ({
  fact: readFact(body, historical === null ? null : asInstant(historical)),
  body,
  personal,
})

export const inputOf = ({ kind, source, body }: EntryRow): InputRow => ({
  kind: kind as InputRow['kind'],
  by: source,
  body,
})

const said = (entry: EntryRow | undefined): Record<string, unknown> => {
  if (entry === undefined) throw new Error('the step has no entry')
  return JSON.parse(entry.body) as Record<string, unknown>
}

/** Who handed in by hand which events of a step. */
const byHandIn = ({ by_hand: named }: StepParams): ReadonlyMap<string, string> =>
  new Map(((named ?? []) as [string, string, string][]).map(([source, id, by]) => [factKey(source, id), by]))

/** Makes the jobs of a step: one an event, as it was handed in. */
const jobsOf = ({ by, params }: Recorded) => {
  const persons = byHandIn(params)
  return (item: Taken, importNo: number | null): Job => {
    const person = persons.get(factKey(item.fact.source, item.fact.eventId)) ?? null
    return { items: [item], raws: [null], from: by, importNo, person }
  }
}

/** Facts that came again in a further way, as they were handed in: their text lies in the scratch or in this very step. */
const broughtAgain = async (line: Line, step: Recorded, entry: EntryRow): Promise<Job[]> => {
  const { entries } = step
  const jobOf = jobsOf(step)
  const { import: importNo, historical, facts: brought } = said(entry) as unknown as BringingBody
  const fresh = new Map(entries.map((one) => [factKey(one.source, one.eventId ?? ''), one]))
  const asked = brought.map(([source, eventId]) => {
    const at = asInstant(0)
    return { source, eventId, projectNo: null, at, voids: null, voidsToo: null, isEdition: false }
  })
  const { known } = await line.records.gather({ facts: asked, cached: new Map() })
  return asked.map(({ source, eventId }) => {
    const key = factKey(source, eventId)
    const kept = known.get(key) ?? fresh.get(key)
    if (kept === undefined) throw new Error(`${eventId} of ${source} was never brought before`)
    return jobOf(takenOf({ body: kept.body, personal: kept.personal, historical }), importNo)
  })
}

const facts: TakeAgain = async (line, step) => {
  const { by, entries } = step
  const jobOf = jobsOf(step)
  const jobs: Job[] = entries
    .filter(({ kind }) => kind === 'fact')
    .map((entry) => jobOf(takenOf(entry), entry.importNo))
  for (const entry of entries) if (entry.kind === 'bringing') jobs.push(...(await broughtAgain(line, step, entry)))
  if (jobs.length === 0) return line.finish(emptyBatch(line.now(), 'facts', by), [], 'facts')
  const { flight } = await ingestJobs(line, jobs)
  await flight?.landed
}

const judging =
  (kind: 'turns' | 'slice' | 'delivered'): TakeAgain =>
  async (line, { by, params }) => {
    const named = params.cases as string[]
    const stored = await line.records.cases(named)
    const rows = named.flatMap((projectNo) => stored.get(projectNo) ?? [])
    const at = line.now()
    const ids = line.subjects.known(subjectsIn(params))
    const batch = emptyBatch(at, kind, by, { cases: rows.map(({ row }) => row.projectNo), ...subjectsOf(ids) })
    line.subjects.putAfresh(batch, ids, line.judging(kind === 'slice' ? 'law' : 'clock', at))
    await line.finish(batch, await judgedAgain(line, rows, at), kind === 'slice' ? 'law' : 'clock')
  }

/** Kept as it was said. `moot`: why nothing came of it when a former ledger was taken over. */
const inputs: TakeAgain = (line, { entries, params: { moot } }) =>
  line.record(entries.map(inputOf), (batch) => {
    if (moot !== undefined) batch.step.params = { moot }
  })

const law: TakeAgain = (line, { by, entries: [entry] }) =>
  line.enact(said(entry) as LawDocument['body'], entry?.body ?? '', by)

const move: TakeAgain = async (line, step) => {
  const asked = said(step.entries[0])
  // what became of a refused row is a move as well, on no card
  if (typeof asked.card_id !== 'string') return inputs(line, step)
  const { move: name = '', by = '', why = '' } = asked as Record<string, string>
  const signedBy = typeof asked.signed_by === 'string' ? asked.signed_by : null
  const moved = await moveCard(line, {
    cardId: asked.card_id,
    move: name,
    by,
    why,
    signedBy,
    stillOverdue: asked.still_overdue === true,
  })
  if ('refused' in moved) throw new NotTaken(`the move is refused: ${moved.refused}`)
}

const alias: TakeAgain = async (line, { by, entries }) => {
  const asked = said(entries[0])
  const source = typeof asked.source === 'string' ? asked.source : null
  const step = { alias: String(asked.alias), home: String(asked.project_no), joined: asked.joined === true, source }
  const proposal = typeof asked.proposal === 'number' ? { proposal: asked.proposal } : {}
  const joined = await joinNumbers(line, step, { by, why: String(asked.why), ...proposal })
  if ('refused' in joined) throw new NotTaken(`the joining is refused: ${joined.refused}`)
}

const withdraw: TakeAgain = async (line, { by, entries }) => {
  const { import: importNo, to: _, ...acted } = said(entries[0]) as unknown as Withdrawal
  if (line.said.withdrawn.has(importNo)) return void (await refoldWithdrawn(line))
  const withdrawn = await withdrawImport(line, { id: String(importNo), by, ...acted })
  if ('refused' in withdrawn) throw new NotTaken(`the withdrawal is refused: ${withdrawn.refused}`)
}

const voiding: TakeAgain = async (line, { by, entries }) => {
  const { event_id: eventId, ...acted } = said(entries[0]) as unknown as OfficeVoid
  const voided = await voidFact(line, { eventId, by, ...acted })
  if ('refused' in voided) throw new NotTaken(`the void is refused: ${voided.refused}`)
}

const renumbered: TakeAgain = (line) => renumberOn(line)

const oneCase: TakeAgain = async (line, { by, entries }) => {
  const { project_no: projectNo, one_case: isOne, why } = said(entries[0]) as unknown as OneCase
  const told = await sayOneCase(line, { projectNo, oneCase: isOne, by, why })
  if ('refused' in told) throw new NotTaken(`the saying is refused: ${told.refused}`)
}

const TAKE: Readonly<Record<StepKind, TakeAgain>> = {
  facts,
  turns: judging('turns'),
  slice: judging('slice'),
  delivered: judging('delivered'),
  law,
  move,
  alias,
  import: inputs,
  withdraw,
  void: voiding,
  renumber: renumbered,
  one_case: oneCase,
  proposal: inputs,
  quarantine: inputs,
  setting: inputs,
  upgrade: inputs,
  rebuild: inputs,
}

export const takeAgain: TakeAgain = (line, step) => {
  // a stored kind may be anything
  const take: TakeAgain | undefined = step.params.moot === undefined ? TAKE[step.kind] : inputs
  if (take === undefined) throw new Error(`no step of kind ${step.kind} can be taken again`)
  return take(line, step)
}
