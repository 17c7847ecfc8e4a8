// What no door takes, whatever a document means (I5): nesting without end, for whoever walks it by recursion would run out of
// stack; and half of a character, which can be neither stored nor sealed. Looked at without recursion.

import { below, isWellFormed } from './canonical.ts'

/** No document of ours is half as deep. */
export const DEEPEST = 64

export interface UnfitPart {
  readonly kind: 'half' | 'deep'
  /** JSON pointer. */
  readonly at: string
}

/** The first part of a document that cannot be taken; null: there is none. `most`: lists and objects within one another. */
export const unfitIn = (document: unknown, most: number = DEEPEST): UnfitPart | null => {
  const open: { value: unknown; at: string; depth: number }[] = [{ value: document, at: '', depth: 0 }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, at, depth } = next
    if (typeof value === 'string' && !isWellFormed(value)) return { kind: 'half', at }
    if (typeof value !== 'object' || value === null) continue
    if (depth >= most) return { kind: 'deep', at }
    for (const [key, inner] of Object.entries(value)) {
      if (!isWellFormed(key)) return { kind: 'half', at }
      if (typeof inner === 'string' ? !isWellFormed(inner) : typeof inner === 'object' && inner !== null)
        open.push({ value: inner, at: below(at, key), depth: depth + 1 })
    }
  }
  return null
}

/** Whether lists and objects stand within one another more than `most` deep. */
export const isDeeper = (document: unknown, most: number = DEEPEST): boolean => {
  let level: unknown[] = [document]
  for (let depth = 0; level.length > 0; depth++) {
    const within = level.filter((value) => typeof value === 'object' && value !== null)
    if (within.length > 0 && depth >= most) return true
    level = within.flatMap((value) => Object.values(value as object))
  }
  return false
}
