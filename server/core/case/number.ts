// How a case number is written (I11). A number is shared: whoever says it speaks of one case. A source whose numbers are its
// own says short serials that another's may equal; its cases bear the full form, `source:serial`. Which sources those are is
// the law's to say. Pure; knows no case.

/**
 * Sources whose numbers are their own. None of them is the beginning of another up to a colon, so that no number is the
 * full form of two.
 */
export type OwnSources = ReadonlySet<string>

/** The supervision office as a source of facts: it urges any case, by its full number. */
export const OFFICE_SOURCE = 'office'

/** What divides a source from its serial in the full form. */
const COLON = ':'

/** Whether a name can be that of a source: one with a colon would make a full number say two things. */
export const canBeSource = (name: string): boolean => !name.includes(COLON)

/** Whether a source can have numbers of its own: the office has none, it speaks of the cases of others. */
export const canBeOwn = (source: string): boolean => source !== OFFICE_SOURCE && canBeSource(source)

/**
 * Of sources that were declared so, those whose numbers are their own. A name with a colon, from before such names were
 * refused, counts as long as no other of them is its beginning.
 */
export const ownAmong = (declared: ReadonlySet<string>): OwnSources => {
  const begins = (source: string): boolean => [...declared].some((other) => source.startsWith(`${other}${COLON}`))
  return new Set([...declared].filter((source) => source !== OFFICE_SOURCE && !begins(source)))
}

/** The full form of a source's own number; what the source itself writes in full stays so. */
const fullOf = (source: string, said: string): string => (said.startsWith(`${source}:`) ? said : `${source}:${said}`)

/** The number of the case that a source speaks of. */
export const numberSaid = (own: OwnSources, source: string, said: string): string =>
  own.has(source) ? fullOf(source, said) : said

/** A full form taken apart: whose number it is, and as that source says it; null: a shared number. */
export const ownerOf = (own: OwnSources, number: string): { readonly source: string; readonly said: string } | null => {
  for (const source of own)
    if (number.startsWith(`${source}:`) && number.length > source.length + 1)
      return { source, said: number.slice(source.length + 1) }
  return null
}

/** The words under which facts of a case number may have come. */
export const sayingsOf = (own: OwnSources, number: string): readonly string[] => {
  const owner = ownerOf(own, number)
  return owner === null ? [number] : [number, owner.said]
}
