// Cases whose batch source has delivered past a limit that waited (I13): judged again, so that their cards are told, or are
// lifted by what came. Goes between batches like every other work of the line.

import { casesOf, judgedAgain } from './afresh.ts'
import type { Line } from './line.ts'
import { emptyBatch } from './rows.ts'

/** Judges at most `most` of them again. */
export const judgeDelivered = async (line: Line, most: number): Promise<void> => {
  const stored = await line.records.cases(line.deliveries.ready(most))
  const rows = [...stored.values()]
  const at = line.now()
  const batch = emptyBatch(at, 'delivered', 'clock', casesOf(rows))
  await line.finish(batch, await judgedAgain(line, rows, at), 'clock')
}
