// How a recorded step is taken again (A4): by the code that took it, on a line over a scratch ledger, from the entries of
// its commit and its parameters. Knows every kind of step; decides nothing that the code of the line decides.

import { readFact } from '../../core/case/read.ts'
import type { LawDocument } from '../../core/law/build.ts'
import type { Taken } from '../../core/plan.ts'
import { asInstant, type Instant } from '../../core/time/instant.ts'
import type { InputRow } from '../../store/port.ts'
import type { StepKind, StepParams } from '../../store/step.ts'
import type { EntryRow } from '../../store/trail.ts'
import { joinNumbers, moveCard } from '../acts.ts'
import { judgedAgain } from '../afresh.ts'
import { ingestJobs } from '../ingest.ts'
import type { Line } from '../line.ts'
import { emptyBatch } from '../rows.ts'

export interface Recorded {
  readonly commit: number
  readonly at: Instant
  readonly kind: StepKind
  readonly by: string
  readonly params: StepParams
  readonly entries: readonly EntryRow[]
}

type TakeAgain = (line: Line, step: Recorded) => Promise<unknown>

const takenOf = ({ body, personal, historical }: EntryRow): Taken => ({
  fact: readFact(body, historical === null ? null : asInstant(historical)),
  body,
  personal,
})

const inputOf = ({ kind, source, body }: EntryRow): InputRow => ({ kind: kind as InputRow['kind'], by: source, body })

const said = (entry: EntryRow | undefined): Record<string, unknown> => {
  if (entry === undefined) throw new Error('the step has no entry')
  return JSON.parse(entry.body) as Record<string, unknown>
}

const facts: TakeAgain = async (line, { by, entries }) => {
  const items = entries.map(takenOf)
  if (items.length === 0) return line.finish(emptyBatch(line.now(), 'facts', by), [], 'facts')
  const { flight } = await ingestJobs(line, [{ items, raws: items.map(() => null), from: by }])
  await flight?.landed
}

const judging =
  (kind: 'turns' | 'slice' | 'delivered'): TakeAgain =>
  async (line, { by, params }) => {
    const named = params.cases as string[]
    const stored = await line.records.cases(named)
    const rows = named.flatMap((projectNo) => stored.get(projectNo) ?? [])
    const at = line.now()
    const batch = emptyBatch(at, kind, by, { cases: rows.map(({ row }) => row.projectNo) })
    await line.finish(batch, await judgedAgain(line, rows, at), kind === 'slice' ? 'law' : 'clock')
  }

const inputs: TakeAgain = (line, { entries }) => line.record(entries.map(inputOf))

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
  if ('refused' in moved) throw new Error(`the move is refused: ${moved.refused}`)
}

const alias: TakeAgain = async (line, { by, entries }) => {
  const asked = said(entries[0])
  const step = { alias: String(asked.alias), home: String(asked.project_no), joined: asked.joined === true }
  const joined = await joinNumbers(line, step, { by, why: String(asked.why) })
  if ('refused' in joined) throw new Error(`the joining is refused: ${joined.refused}`)
}

const TAKE: Partial<Record<StepKind, TakeAgain>> = {
  facts,
  turns: judging('turns'),
  slice: judging('slice'),
  delivered: judging('delivered'),
  law,
  move,
  alias,
  quarantine: inputs,
  setting: inputs,
}

export const takeAgain: TakeAgain = (line, step) => {
  const take = TAKE[step.kind]
  if (take === undefined) throw new Error(`no step of kind ${step.kind} can be taken again`)
  return take(line, step)
}
