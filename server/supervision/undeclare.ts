// What an import of before declared of its source by a load of law goes with it (I12, I14): the withdrawal of the import takes it
// back like one (T1a); today an import says so in its own entry. One that a later import of the source still relies on stays until that goes, too.

import { declaredBy, standingDocuments } from '../core/law/documents.ts'
import { canonicalize } from '../intake/canonical.ts'
import type { Records } from '../store/port.ts'
import { importedIn, readSaid } from './said.ts'

/** A taking back, as a document and as it is written. */
export interface Undeclaring {
  readonly body: Readonly<Record<string, unknown>>
  readonly canonical: string
}

/** An import that declares for itself what its file can say relies on nobody's word. */
const hasOwnWord = ({ sends }: { readonly sends?: readonly string[] | null }): boolean => sends !== undefined

/** Declarations whose imports are withdrawn and nobody relies on, each as the document that takes it back. */
export const undeclarings = async (
  records: Pick<Records, 'inputs' | 'laws'>,
  why: string,
): Promise<readonly Undeclaring[]> => {
  const { withdrawn } = await readSaid(records)
  // a catalogue may be as large as a city's: of all others nothing is asked
  const asked = (await records.laws()).filter(
    ({ body }) => body.includes('"declared_by"') || body.includes('"takes_back"'),
  )
  const documents = asked.map(({ seq, body }) => ({ entry: seq, body: JSON.parse(body) }))
  const declaring = standingDocuments(documents).filter((document) => withdrawn.has(declaredBy(document) ?? 0))
  if (declaring.length === 0) return []
  const imports = (await records.inputs('import')).map((entry) => ({ ...importedIn(entry), no: entry.seq }))
  const isReliedOn = (no: number): boolean => {
    const source = imports.find((one) => one.no === no)?.source
    return imports.some(
      (one) =>
        one.no > no && one.source === source && one.mapping !== null && !hasOwnWord(one) && !withdrawn.has(one.no),
    )
  }
  return declaring
    .filter((document) => !isReliedOn(declaredBy(document) ?? 0))
    .map(({ entry, body }) => {
      const taking = { catalogue: `撤回：${body.catalogue}`.slice(0, 200), takes_back: entry, why }
      return { body: taking, canonical: canonicalize(taking) }
    })
}
