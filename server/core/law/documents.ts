// Catalogue documents as the ledger holds them, and which of them make the law: a later one may take a former one back
// (T1a), and the law is then as though that one had never come.

import type { Row } from './tables.ts'

/** A catalogue document as the ledger holds it: the file's own shape (snake_case), with the entry that brought it. */
export interface LawDocument {
  readonly entry: number
  readonly body: Row
}

/** The entry of the document that this one takes back (T1a); null: it takes none back. */
export const takesBack = ({ body }: LawDocument): number | null =>
  typeof body.takes_back === 'number' ? body.takes_back : null

/** The entry of the import that declared by this document what its source can send (I12); null: none did. */
export const declaredBy = ({ body }: LawDocument): number | null =>
  typeof body.declared_by === 'number' ? body.declared_by : null

/** Entries of documents that a later one takes back. */
export const takenBack = (documents: readonly LawDocument[]): ReadonlySet<number> =>
  new Set(documents.map(takesBack).filter((entry) => entry !== null))

/** Documents that make the law, in entry order: without those taken back, and without the taking back itself. */
export const standingDocuments = <D extends LawDocument>(documents: readonly D[]): D[] => {
  const back = takenBack(documents)
  return documents.filter((document) => takesBack(document) === null && !back.has(document.entry))
}
