// When a source's numbers become its own, or are so no more (I11, a declaration of the law), its facts are of other cases:
// those they leave and those they come to are folded again, in slices over the ledger, each an entry that says how far it
// came, so that a stop cuts nothing short. It brings facts of long ago onto other cases, so what it would lift is asked about,
// and not of whoever declared it (C5). Moves no fact.

import { numberSaid } from '../core/case/number.ts'
import { canonicalize } from '../intake/canonical.ts'
import type { InputEntry } from '../store/port.ts'
import type { Line } from './line.ts'

/** The body of an entry of kind `renumber`. */
interface Renumbered {
  /** The law entry that declared it. */
  readonly law: number
  readonly source: string
  /** The cases of facts up to this entry have been folded again; null: all. */
  readonly to: number | null
}

/** Entries looked through in one reading, and cases folded again in one commit at most (but for those of one reading). */
const SPAN = 500

const keyOf = (law: number, source: string): string => `${law} ${source}`

/** How far each renumbering came. */
const doneIn = (entries: readonly InputEntry[]): ReadonlyMap<string, Renumbered> =>
  new Map(
    entries.map(({ body }) => {
      const done = JSON.parse(body) as Renumbered
      return [keyOf(done.law, done.source), done]
    }),
  )

/** Who loaded the document that declared it. */
const declaredBy = async ({ records }: Line, entry: number): Promise<string> =>
  (await records.laws({ after: entry - 1, limit: 1 }))[0]?.by ?? 'law'

/** Home numbers of the cases that a source's facts of these words leave or come to. */
export const touchedBy = ({ numbers }: Pick<Line, 'numbers'>, source: string, said: readonly string[]): string[] => {
  const whole = new Set([source])
  return [...new Set(said.flatMap((no) => [numbers.homeOf(no), numbers.homeOf(numberSaid(whole, source, no))]))]
}

/** The next stretch of the ledger in which the source speaks of a case, after an entry. */
const nextSaid = async (line: Line, source: string, after: number): Promise<{ said: string[]; to: number | null }> => {
  const { seq: last } = await line.records.head()
  for (let from = after; from < last; from += SPAN) {
    const said = await line.records.numbersSaid(source, from, from + SPAN)
    if (said.length > 0) return { said, to: from + SPAN < last ? from + SPAN : null }
  }
  return { said: [], to: null }
}

/** One more slice of the renumberings that are not carried out yet; whether there was one. */
export const renumberOn = async (line: Line): Promise<boolean> => {
  const { changes } = line.law.numbering
  if (changes.length === 0) return false
  const doneOf = doneIn(await line.records.inputs('renumber'))
  for (const change of changes) {
    const done = doneOf.get(keyOf(change.entry, change.source))
    if (done?.to === null) continue
    const { source, entry } = change
    const { said, to } = await nextSaid(line, source, done?.to ?? 0)
    const body = canonicalize({ law: entry, source, to } satisfies Renumbered)
    await line.say(
      { kind: 'renumber', by: await declaredBy(line, entry), body, ref: source },
      line.said,
      touchedBy(line, source, said),
    )
    return true
  }
  return false
}
