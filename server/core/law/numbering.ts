// Whose case numbers are their own (I11), as the documents have it. A number makes a case, and no day cuts a case in two: the
// last document that says it of a source holds for all its events, whatever their day; one that says nothing changes nothing.

import { canBeSource, isOwnAmong, ownAmong } from '../case/number.ts'
import { LOT_ROWS, lotsOf, type Steps } from '../steps.ts'
import { type LawDocument, takesBack } from './documents.ts'
import type { Numbering, Renumbering } from './law.ts'
import { rowsOf, text } from './tables.ts'

/** What one document says of numbers, or which former one it takes back (T1a). */
export interface ToldNumbers {
  readonly entry: number
  readonly back: number | null
  readonly saying: readonly (readonly [source: string, isOwn: boolean])[]
}

/** A document as far as numbers go; none where it says nothing of them and takes nothing back. Stops after some rows (I5). */
export function* toldNumbers(document: LawDocument): Steps<ToldNumbers[]> {
  const saying: [string, boolean][] = []
  const isFull = lotsOf(LOT_ROWS)
  for (const row of rowsOf(document.body, 'sources')) {
    if (isFull()) yield
    const [source, numbers] = [text(row, 'source'), text(row, 'numbers')]
    if (source !== null && numbers !== null) saying.push([source, numbers === 'own'])
  }
  const back = takesBack(document)
  return back === null && saying.length === 0 ? [] : [{ entry: document.entry, back, saying }]
}

/** Sources declared so by these, those among them that another may be the beginning of apart. */
class Declared {
  readonly all = new Set<string>()
  readonly #withColon = new Set<string>()

  put(source: string, isOwn: boolean): void {
    for (const set of canBeSource(source) ? [this.all] : [this.all, this.#withColon])
      if (isOwn) set.add(source)
      else set.delete(source)
  }

  isOwn(source: string): boolean {
    return isOwnAmong(this.all, source)
  }

  /** Those of which it may change whether they count, if this is said of these. */
  around(saying: ToldNumbers['saying']): Set<string> {
    return new Set([...saying.map(([source]) => source), ...this.#withColon])
  }
}

function* declaredBy(told: readonly ToldNumbers[], isFull: () => boolean): Steps<Declared> {
  const back = new Set(told.map((one) => one.back))
  const declared = new Declared()
  for (const { entry, back: takes, saying } of told) {
    if (takes !== null || back.has(entry)) continue
    for (const [source, isOwn] of saying) {
      if (isFull()) yield
      declared.put(source, isOwn)
    }
  }
  return declared
}

/**
 * Whose numbers are their own after these, in the order of their entries, and which of them changed that. What says something
 * is laid upon what was; only a taking back asks all again. Stops after some rows (I5).
 */
export function* numberingSteps(told: readonly ToldNumbers[]): Steps<Numbering> {
  const isFull = lotsOf(LOT_ROWS)
  const changes: Renumbering[] = []
  let declared = new Declared()
  for (const [i, { entry, back, saying }] of told.entries()) {
    const next = back === null ? declared : yield* declaredBy(told.slice(0, i + 1), isFull)
    const around = back === null ? declared.around(saying) : new Set([...declared.all, ...next.all])
    const before = new Map<string, boolean>()
    for (const source of around) {
      if (isFull()) yield
      before.set(source, declared.isOwn(source))
    }
    if (back === null) for (const [source, isOwn] of saying) declared.put(source, isOwn)
    declared = next
    for (const [source, was] of before) {
      if (isFull()) yield
      if (was !== declared.isOwn(source)) changes.push({ entry, source })
    }
  }
  return { own: ownAmong(declared.all), changes }
}
