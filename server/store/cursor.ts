// Where a page of a list ended, as whoever asks for the next one hands it back: made here and read here, and opaque to everybody
// else. One shape: a letter for what it holds – the place of a row, or a name – and that, in letters of a URL.

const PLACE = /^n[0-9a-z]{1,11}$/
const NAME = /^t[A-Za-z0-9_-]{1,1024}$/
const BASE = 36

/** A cursor that no list of its kind made. */
export class BadCursor extends Error {
  override readonly name = 'BadCursor'
  readonly code = 'bad_cursor'
}

/** @param place number of the last row of the page */
export const cursorAtPlace = (place: number): string => `n${place.toString(BASE)}`

/** @param name of the last row of the page */
export const cursorAtName = (name: string): string => `t${Buffer.from(name).toString('base64url')}`

/** The place in a cursor; null: the list from its beginning. Throws BadCursor. */
export const placeIn = (cursor: string | undefined): number | null => {
  if (cursor === undefined) return null
  if (!PLACE.test(cursor)) throw new BadCursor(`no cursor of a place: ${cursor.slice(0, 40)}`)
  return Number.parseInt(cursor.slice(1), BASE)
}

/** The name in a cursor; null: the list from its beginning. Throws BadCursor. */
export const nameIn = (cursor: string | undefined): string | null => {
  if (cursor === undefined) return null
  if (!NAME.test(cursor)) throw new BadCursor(`no cursor of a name: ${cursor.slice(0, 40)}`)
  return Buffer.from(cursor.slice(1), 'base64url').toString('utf8')
}
