// The step of a commit as it is stored and sealed (A4): its parameters as one text, completed with what is of input nature
// in the batch and no entry: how far turns were taken, what was refused (of whom and why; its digest is sealed beside),
// what became of refused rows. Decides nothing.

import type { Instant } from '../core/time/instant.ts'
import type { QuarantineRow, QuarantineSteps } from './held.ts'

/** Every kind of step that a commit can be. A new one is told here, is taken again in `supervision/audit/steps.ts`, and is failed in turn. */
export const STEP_KINDS = [
  'facts',
  'turns',
  'delivered',
  'slice',
  'law',
  'move',
  'alias',
  'void',
  'import',
  'withdraw',
  'quarantine',
  'setting',
  'renumber',
  'one_case',
  'proposal',
  'upgrade',
  'rebuild',
] as const

export type StepKind = (typeof STEP_KINDS)[number]

/**
 * What a commit was (A4). With the entries and the steps before it, it says all of which the rest of the batch follows:
 * a replay of the steps in their order makes every derived row again. Sealed into the link of its commit.
 */
export interface Step {
  kind: StepKind
  /** Who brought it about: the source or key, 'clock', 'law'. */
  by: string
  /** Version of the law it was planned under (0: none yet); the line sets it. */
  law: number
  engine: number
  /** What no entry of the commit says: the cases of a slice, who was moved under which name. Plain JSON. */
  params: Record<string, unknown>
}

export type StoredStep = Omit<Step, 'params'> & { readonly params: string }

/** What every step may say beside its own parameters. */
export interface StepParams {
  readonly turned_to?: number
  /** Source and code of each refused row, in their order. */
  readonly rejected?: readonly (readonly [source: string, code: string])[]
  readonly gone?: readonly number[]
  readonly resolved?: QuarantineSteps['resolved']
  readonly again?: QuarantineSteps['again']
  /** Imports whose waiting rows went with them. */
  readonly unheld?: QuarantineSteps['withdrawn']
  readonly [name: string]: unknown
}

/** What of a batch its step is made of. */
interface Stepped {
  readonly step: Step
  readonly turnedTo: Instant | null
  readonly quarantine: readonly QuarantineRow[]
  readonly quarantineSteps?: QuarantineSteps
}

export const stepOf = (batch: Stepped): StoredStep => {
  const { gone = [], resolved = [], again = [], withdrawn = [] } = batch.quarantineSteps ?? {}
  const said: StepParams = {
    ...batch.step.params,
    ...(batch.turnedTo === null ? {} : { turned_to: batch.turnedTo }),
    ...(batch.quarantine.length === 0 ? {} : { rejected: batch.quarantine.map(({ source, code }) => [source, code]) }),
    ...(gone.length === 0 ? {} : { gone }),
    ...(resolved.length === 0 ? {} : { resolved }),
    ...(again.length === 0 ? {} : { again }),
    ...(withdrawn.length === 0 ? {} : { unheld: withdrawn }),
  }
  return { ...batch.step, params: JSON.stringify(said) }
}
