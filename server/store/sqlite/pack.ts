// A batch as it crosses to the writer's thread: the flows of each case already as the text that is stored. Cloning
// hundreds of small objects a batch costs more than the writing of them. Holds the same, says it shorter.

import type { Batch, CaseRow } from '../port.ts'
import { flowsToText } from './flow-text.ts'

export type PackedCase = Omit<CaseRow, 'flows'> & { flows: string }
export type PackedBatch = Omit<Batch, 'cases'> & { cases: PackedCase[] }

export const packBatch = (batch: Batch): PackedBatch => ({
  ...batch,
  cases: batch.cases.map((row) => ({ ...row, flows: flowsToText(row.flows) })),
})
