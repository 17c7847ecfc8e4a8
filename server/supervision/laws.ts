// The law that records hold, read a document at a time and in pieces (I5): a catalogue of a city is megabytes of text, and a
// ledger holds many. The one place where stored law becomes documents again.

import { buildSteps } from '../core/law/build.ts'
import type { LawDocument } from '../core/law/documents.ts'
import type { Law } from '../core/law/law.ts'
import { atAStretch, type InPieces } from '../core/steps.ts'
import { parseSteps } from '../intake/json-steps.ts'
import type { InputEntry, Records } from '../store/port.ts'

export type LawRecords = Pick<Records, 'laws'>

/** A document as the ledger holds it, with when it came and who brought it. */
export type KeptDocument = LawDocument & Pick<InputEntry, 'at' | 'by'>

/** Documents entered after an entry, in their order. */
export const documentsAfter = async (
  records: LawRecords,
  after: number,
  inPieces: InPieces = atAStretch,
): Promise<KeptDocument[]> => {
  const documents: KeptDocument[] = []
  for (let last = after; ; ) {
    const [entry] = await records.laws({ after: last, limit: 1 })
    if (entry === undefined) return documents
    const { seq, at, by, body } = entry
    documents.push({ entry: seq, at, by, body: (await inPieces(parseSteps(body))) as LawDocument['body'] })
    last = seq
  }
}

/** The law in force. */
export const lawOf = async (records: LawRecords, inPieces: InPieces = atAStretch): Promise<Law> =>
  inPieces(buildSteps(await documentsAfter(records, 0, inPieces)))
