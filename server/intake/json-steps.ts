// JSON read in pieces (I5): a body of megabytes that means something, or nothing, would hold everybody for a second if it were
// parsed at a stretch. What stands between two commas is found by brackets and texts alone; whether it is JSON is the
// parser's word, piece by piece. What comes out is what JSON.parse makes of the whole.

import type { Steps } from '../core/steps.ts'
import { DEEPEST } from './nesting.ts'

/** Not JSON, at this character. */
export class NotJson extends SyntaxError {
  override readonly name = 'NotJson'
  readonly at: number
  constructor(at: number) {
    super(`not JSON at position ${at}`)
    this.at = at
  }
}

/** Lists and objects within one another past any bound: none of it is made. */
export class TooDeep extends Error {
  override readonly name = 'TooDeep'
}

/** Makes a value of a piece of text; throws where it is none. */
export type ParsePiece = (text: string) => unknown

/** Characters parsed at a stretch: the dearest of so many, empty objects, take some 5 ms. */
const PIECE = 32_768

const QUOTE = 0x22
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_LIST = 0x5b
const BACKSLASH = 0x5c
const CLOSE_LIST = 0x5d
const OPEN = 0x7b
const CLOSE = 0x7d

const isBlank = (unit: number): boolean => unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09

interface Run {
  /** Where the last member that ends within a piece ends; −1: the next one is longer than a piece. */
  readonly to: number
  /** Whether the list or object ends there. */
  readonly isEnd: boolean
}

class Reader {
  readonly #text: string
  readonly #parse: ParsePiece
  #at = 0

  constructor(text: string, parse: ParsePiece) {
    this.#text = text
    this.#parse = parse
  }

  *read(): Steps<unknown> {
    this.#skip()
    const value = yield* this.#value(0)
    this.#skip()
    if (this.#at < this.#text.length) throw new NotJson(this.#at)
    return value
  }

  /** A value that may be longer than a piece. */
  *#value(depth: number): Steps<unknown> {
    const unit = this.#text.charCodeAt(this.#at)
    if (unit === QUOTE) return this.#piece(this.#at, this.#textEnd())
    if (unit !== OPEN && unit !== OPEN_LIST) return this.#piece(this.#at, this.#wordEnd())
    if (depth >= DEEPEST) throw new TooDeep()
    this.#at++
    return unit === OPEN ? yield* this.#object(depth) : yield* this.#list(depth)
  }

  *#list(depth: number): Steps<unknown[]> {
    const made: unknown[] = []
    for (let isFirst = true; ; isFirst = false) {
      yield
      const { to, isEnd } = this.#run(CLOSE_LIST)
      if (to >= 0) {
        for (const one of this.#members(to, isEnd && isFirst, '[', ']') as unknown[]) made.push(one)
        if (isEnd) return made
        continue
      }
      this.#skip()
      made.push(yield* this.#value(depth + 1))
      if (this.#after(CLOSE_LIST)) return made
    }
  }

  *#object(depth: number): Steps<Record<string, unknown>> {
    const made: Record<string, unknown> = {}
    for (let isFirst = true; ; isFirst = false) {
      yield
      const { to, isEnd } = this.#run(CLOSE)
      if (to >= 0) {
        const some = this.#members(to, isEnd && isFirst, '{', '}') as Record<string, unknown>
        for (const name of Object.keys(some)) put(made, name, some[name])
        if (isEnd) return made
        continue
      }
      this.#skip()
      if (this.#text.charCodeAt(this.#at) !== QUOTE) throw new NotJson(this.#at)
      const from = this.#at
      const end = this.#textEnd()
      this.#skip()
      if (this.#text.charCodeAt(this.#at) !== COLON) throw new NotJson(this.#at)
      this.#at++
      this.#skip()
      const value = yield* this.#value(depth + 1)
      // a name is looked over by the parser with a value, as every other
      const [name = ''] = Object.keys(this.#piece(from, end, '{', ':0}') as object)
      put(made, name, value)
      if (this.#after(CLOSE)) return made
    }
  }

  /** Members up to a place where one of them ends, behind which the reading goes on. */
  #members(to: number, mayBeNone: boolean, open: string, close: string): unknown {
    const from = this.#at
    this.#skip(to)
    if (this.#at === to && !mayBeNone) throw new NotJson(to)
    this.#at = to + 1
    return this.#piece(from, to, open, close)
  }

  #piece(from: number, to: number, open = '', close = ''): unknown {
    try {
      return this.#parse(open + this.#text.slice(from, to) + close)
    } catch (error) {
      if (error instanceof SyntaxError && !(error instanceof NotJson)) throw new NotJson(from)
      throw error
    }
  }

  /** Whether the list or object ends here; else a comma stands here. */
  #after(close: number): boolean {
    this.#skip()
    const unit = this.#text.charCodeAt(this.#at)
    if (unit !== close && unit !== COMMA) throw new NotJson(this.#at)
    this.#at++
    return unit === close
  }

  /** How many whole members stand within a piece from here. */
  #run(close: number): Run {
    const text = this.#text
    const end = Math.min(text.length, this.#at + PIECE)
    let to = -1
    let depth = 0
    let inText = false
    for (let at = this.#at; at < end; at++) {
      const unit = text.charCodeAt(at)
      if (inText) {
        if (unit === QUOTE) inText = false
        else if (unit === BACKSLASH) at++
      } else if (unit === QUOTE) inText = true
      else if (unit === OPEN || unit === OPEN_LIST) depth++
      else if (unit === CLOSE || unit === CLOSE_LIST) {
        if (depth === 0) {
          if (unit !== close) throw new NotJson(at)
          return { to: at, isEnd: true }
        }
        depth--
      } else if (unit === COMMA && depth === 0) to = at
    }
    if (end === text.length) throw new NotJson(end)
    return { to, isEnd: false }
  }

  /** Behind the text that begins here. */
  #textEnd(): number {
    const text = this.#text
    for (let at = this.#at + 1; at < text.length; at++) {
      const unit = text.charCodeAt(at)
      if (unit === BACKSLASH) at++
      else if (unit === QUOTE) {
        this.#at = at + 1
        return this.#at
      }
    }
    throw new NotJson(text.length)
  }

  /** Behind a number, true, false or null. */
  #wordEnd(): number {
    const text = this.#text
    while (this.#at < text.length) {
      const unit = text.charCodeAt(this.#at)
      if (unit === COMMA || unit === CLOSE || unit === CLOSE_LIST || isBlank(unit)) break
      this.#at++
    }
    return this.#at
  }

  #skip(to = this.#text.length): void {
    while (this.#at < to && isBlank(this.#text.charCodeAt(this.#at))) this.#at++
  }
}

/** As the parser does it: a name that stands twice keeps its place and takes the last value; every name is a name. */
const put = (into: Record<string, unknown>, name: string, value: unknown): void => {
  if (name === '__proto__')
    Object.defineProperty(into, name, { value, enumerable: true, configurable: true, writable: true })
  else into[name] = value
}

/**
 * The value of a JSON text, stopping after some thousand characters (I5). `parse` makes the pieces: JSON.parse, or one that
 * refuses more. Throws NotJson, TooDeep past what any door takes, and whatever `parse` throws besides a SyntaxError.
 */
export const parseSteps = (text: string, parse: ParsePiece = JSON.parse): Steps<unknown> =>
  new Reader(text, parse).read()
