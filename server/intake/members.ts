// Members that a JSON text names twice (I2): a parser keeps the last of them in silence, and the canonical form of RFC 8785
// knows no such object. Counted first, which is cheap and stands on the hot path; looked for only where the counts differ.
// Reads texts that are JSON, and never judges what stands in them.

import { below } from './canonical.ts'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COLON = 0x3a

/** How many members the objects of a JSON text have as written. */
const writtenIn = (text: string): number => {
  let count = 0
  let inText = false
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit === QUOTE) inText = !inText
    else if (unit === BACKSLASH) i++
    else if (unit === COLON && !inText) count++
  }
  return count
}

/** How many members a parsed value has; not followed past any depth a parser gives. */
const keptIn = (value: unknown): number => {
  let count = 0
  const open: unknown[] = [value]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next !== 'object' || next === null) continue
    const inside: readonly unknown[] = Array.isArray(next) ? next : Object.values(next)
    if (inside !== next) count += inside.length
    for (const inner of inside) if (typeof inner === 'object' && inner !== null) open.push(inner)
  }
  return count
}

interface Open {
  readonly names: Set<string> | null
  readonly at: string
  /** Name of the member, or place in the list, that is being read. */
  key: string | number
}

const textEnd = (text: string, from: number): number => {
  let at = from + 1
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at
}

const isName = (text: string, end: number): boolean => {
  let at = end + 1
  while (text[at] === ' ' || text[at] === '\t' || text[at] === '\n' || text[at] === '\r') at++
  return text[at] === ':'
}

/** What a place in the text opens or closes; the walk of a text known to be JSON. */
class Walk {
  readonly found: string[] = []
  readonly #open: Open[] = []

  open(isList: boolean): void {
    const above = this.#open.at(-1)
    const at = above === undefined ? '' : below(above.at, above.key)
    this.#open.push({ names: isList ? null : new Set(), at, key: isList ? 0 : '' })
  }

  close(): void {
    this.#open.pop()
  }

  next(): void {
    const inside = this.#open.at(-1)
    if (typeof inside?.key === 'number') inside.key++
  }

  name(name: string): void {
    const inside = this.#open.at(-1)
    if (inside === undefined || inside.names === null) return
    if (inside.names.has(name)) this.found.push(below(inside.at, name))
    inside.names.add(name)
    inside.key = name
  }
}

const look = (text: string): string[] => {
  const walk = new Walk()
  for (let at = 0; at < text.length; at++) {
    const char = text[at]
    if (char === '{' || char === '[') walk.open(char === '[')
    else if (char === '}' || char === ']') walk.close()
    else if (char === ',') walk.next()
    else if (char === '"') {
      const end = textEnd(text, at)
      if (isName(text, end)) walk.name(JSON.parse(text.slice(at, end + 1)) as string)
      at = end
    }
  }
  return walk.found
}

/** JSON pointers of the members that stand twice in an object of the text, of which `value` was parsed. */
export const twiceIn = (text: string, value: unknown): readonly string[] =>
  writtenIn(text) === keptIn(value) ? [] : look(text)
