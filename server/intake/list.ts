// Where the elements of a JSON list stand in its text, found without parsing any of them: so that a list of ten thousand is
// read an element at a time and never at a stretch (I5). Knows brackets, texts and commas alone; whether an element is
// JSON is the parser's word.

export interface Element {
  readonly from: number
  readonly to: number
}

/** What is wrong with the list itself: at which character; null: it ends too early. */
export interface BadList {
  readonly at: number | null
}

const QUOTE = 0x22
const COMMA = 0x2c
const OPEN_LIST = 0x5b
const BACKSLASH = 0x5c
const CLOSE_LIST = 0x5d
const OPEN = 0x7b
const CLOSE = 0x7d
/** Characters looked at before the others have their turn. */
const STRETCH = 65_536

const isBlank = (unit: number): boolean => unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09

const firstAt = (text: string, from: number): number => {
  let at = from
  while (at < text.length && isBlank(text.charCodeAt(at))) at++
  return at
}

export const isList = (text: string): boolean => text.charCodeAt(firstAt(text, 0)) === OPEN_LIST

/** Goes through one list, a stretch at a time. */
class Scan {
  readonly #text: string
  #at: number
  #depth = 1
  #inText = false
  /** Where the element that is being read begins. */
  #from: number
  #count = 0

  constructor(text: string) {
    this.#text = text
    this.#at = firstAt(text, 0) + 1
    this.#from = this.#at
  }

  /** The next element, a fault, the end (undefined), or null: go on. */
  next(): Element | BadList | null | undefined {
    const text = this.#text
    const end = Math.min(text.length, this.#at + STRETCH)
    while (this.#at < end) {
      const unit = text.charCodeAt(this.#at)
      this.#at++
      if (this.#inText) {
        if (unit === QUOTE) this.#inText = false
        else if (unit === BACKSLASH) this.#at++
      } else if (unit === QUOTE) this.#inText = true
      else if (unit === OPEN || unit === OPEN_LIST) this.#depth++
      else if (unit === CLOSE || unit === CLOSE_LIST) {
        this.#depth--
        if (this.#depth === 0) return this.#close(unit)
      } else if (unit === COMMA && this.#depth === 1) return this.#element(this.#at - 1)
    }
    return this.#at < text.length ? null : { at: null }
  }

  /** What follows the list; undefined: nothing. */
  after(): BadList | undefined {
    const at = firstAt(this.#text, this.#at)
    return at < this.#text.length ? { at } : undefined
  }

  get isClosed(): boolean {
    return this.#depth === 0
  }

  #element(to: number): Element | BadList {
    const from = this.#from
    this.#from = to + 1
    this.#count++
    const at = firstAt(this.#text, from)
    return at >= to ? { at: to } : { from, to }
  }

  #close(unit: number): Element | BadList | undefined {
    const to = this.#at - 1
    if (unit !== CLOSE_LIST) return { at: to }
    return this.#count === 0 && firstAt(this.#text, this.#from) >= to ? undefined : this.#element(to)
  }
}

/** The elements of a text that is a list; null in between, at every stretch. Ends with what is wrong with it, if anything. */
export function* elementsOf(text: string): Generator<Element | null, BadList | undefined> {
  const scan = new Scan(text)
  for (;;) {
    const next = scan.next()
    if (next !== undefined && next !== null && 'at' in next) return next
    if (next !== undefined) yield next
    if (scan.isClosed) return scan.after()
  }
}
