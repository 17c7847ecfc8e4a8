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

/** What stands before each colon of a text, the shortest first: one look-up each, however many sources there are (I5). */
function* beginningsOf(text: string): Generator<string> {
  for (let at = text.indexOf(COLON); at >= 0; at = text.indexOf(COLON, at + 1)) yield text.slice(0, at)
}

/**
 * Whether, of sources that were declared so, the numbers of this one are its own. A name with a colon, from before such names
 * were refused, counts as long as no other of them is its beginning.
 */
export const isOwnAmong = (declared: ReadonlySet<string>, source: string): boolean => {
  if (!declared.has(source) || source === OFFICE_SOURCE) return false
  for (const other of beginningsOf(source)) if (declared.has(other)) return false
  return true
}

/** Of sources that were declared so, those whose numbers are their own. */
export const ownAmong = (declared: ReadonlySet<string>): OwnSources =>
  new Set([...declared].filter((source) => isOwnAmong(declared, source)))

/** The full form of a source's own number; what the source itself writes in full stays so. */
const fullOf = (source: string, said: string): string => (said.startsWith(`${source}:`) ? said : `${source}:${said}`)

/** The number of the case that a source speaks of. */
export const numberSaid = (own: OwnSources, source: string, said: string): string =>
  own.has(source) ? fullOf(source, said) : said

/** A full form taken apart: whose number it is, and as that source says it; null: a shared number. */
export const ownerOf = (own: OwnSources, number: string): { readonly source: string; readonly said: string } | null => {
  for (const source of beginningsOf(number)) {
    const said = number.slice(source.length + COLON.length)
    if (said !== '' && own.has(source)) return { source, said }
  }
  return null
}

/** The words under which facts of a case number may have come. */
export const sayingsOf = (own: OwnSources, number: string): readonly string[] => {
  const owner = ownerOf(own, number)
  return owner === null ? [number] : [number, owner.said]
}
