// A batch of whole requests on the line: planned, launched, and its receipts told when it has landed (I4). When it does
// not land, everyone in it is told why, and nothing of it is kept (A6).

import { ingestJobs } from './ingest.ts'
import type { Line } from './line.ts'
import type { Queued } from './queue.ts'

export interface Sent {
  /** The batch has landed, or had nothing to write: everyone in it was told. */
  readonly answered: (requests: number) => void
  readonly lost: () => void
}

export const sendBatch = async (line: Line, taken: readonly Queued[], { answered, lost }: Sent): Promise<void> => {
  const refuse = (error: unknown): void => {
    for (const queued of taken) queued.reject(error instanceof Error ? error : new Error(String(error)))
  }
  try {
    const { answers, flight } = await ingestJobs(
      line,
      taken.map(({ job }) => job),
    )
    const tell = (): void => {
      for (const [i, queued] of taken.entries()) queued.resolve([...(answers[i] ?? [])])
      answered(taken.length)
    }
    if (flight === null) tell()
    else
      flight.landed.then(tell, (error) => {
        refuse(error)
        lost()
      })
  } catch (error) {
    refuse(error)
    throw error
  }
}
