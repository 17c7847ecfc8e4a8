// Whose case numbers are their own (I11), as the documents have it. A number makes a case, and no day cuts a case in two: the
// last document that says it of a source holds for all its events, whatever their day; one that says nothing changes nothing.

import { type OwnSources, ownAmong } from '../case/number.ts'
import { type LawDocument, standingDocuments, takesBack } from './documents.ts'
import type { Numbering, Renumbering } from './law.ts'
import { type Row, rowsOf, text } from './tables.ts'

const saying = (body: Row): [source: string, isOwn: boolean][] =>
  rowsOf(body, 'sources').flatMap((row) => {
    const [source, numbers] = [text(row, 'source'), text(row, 'numbers')]
    return source === null || numbers === null ? [] : [[source, numbers === 'own'] as [string, boolean]]
  })

const ownIn = (documents: readonly LawDocument[]): OwnSources => {
  const own = new Set<string>()
  for (const { body } of standingDocuments(documents))
    for (const [source, isOwn] of saying(body)) {
      if (isOwn) own.add(source)
      else own.delete(source)
    }
  return ownAmong(own)
}

export const numberingOf = (documents: readonly LawDocument[]): Numbering => {
  // what says nothing of numbers and takes nothing back moves none
  const telling = documents.filter((document) => takesBack(document) !== null || saying(document.body).length > 0)
  let own: OwnSources = new Set<string>()
  const changes: Renumbering[] = []
  for (const [i, { entry }] of telling.entries()) {
    const next = ownIn(telling.slice(0, i + 1))
    for (const source of new Set([...own, ...next]))
      if (own.has(source) !== next.has(source)) changes.push({ entry, source })
    own = next
  }
  return { own, changes }
}
