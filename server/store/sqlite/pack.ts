// A batch as it crosses to the writer's thread: the flows of each case already as the text that is stored. Cloning
// hundreds of small objects a batch costs more than the writing of them. Holds the same, says it shorter.

import type { Batch, CaseRow } from '../port.ts'
import { type StoredStep, stepOf } from '../step.ts'
import { flowsToText } from './flow-text.ts'

export type PackedCase = Omit<CaseRow, 'flows'> & { flows: string }
export type PackedBatch = Omit<Batch, 'cases' | 'step'> & { cases: PackedCase[]; step: StoredStep }

export const packBatch = (batch: Batch): PackedBatch => ({
  ...batch,
  step: stepOf(batch),
  cases: batch.cases.map((row) => ({ ...row, flows: flowsToText(row.flows) })),
})
