// What no door takes, whatever a document means (I5): nesting without end, for whoever walks it by recursion would run out of
// stack; and half of a character, which can be neither stored nor sealed.

import { below, isWellFormed } from './canonical.ts'

/** No document of ours is half as deep. */
export const DEEPEST = 64

export interface UnfitPart {
  readonly kind: 'half' | 'deep'
  /** JSON pointer. */
  readonly at: string
}

/** What is wrong, and the way to it from where one looks, innermost first. */
interface Unfit {
  readonly kind: UnfitPart['kind']
  readonly way: (string | number)[]
}

/** No deeper than `left` lists and objects, so that it cannot run out of stack; nothing is made of what is fit. */
const lookIn = (value: unknown, left: number): Unfit | null => {
  if (typeof value === 'string') return isWellFormed(value) ? null : { kind: 'half', way: [] }
  if (typeof value !== 'object' || value === null) return null
  if (left === 0) return { kind: 'deep', way: [] }
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      const unfit = lookIn(value[i], left - 1)
      if (unfit !== null) return within(unfit, i)
    }
    return null
  }
  for (const key in value) {
    // half a character in a name: the place is that of what bears it
    if (!isWellFormed(key)) return { kind: 'half', way: [] }
    const unfit = lookIn((value as Record<string, unknown>)[key], left - 1)
    if (unfit !== null) return within(unfit, key)
  }
  return null
}

const within = (unfit: Unfit, key: string | number): Unfit => {
  unfit.way.push(key)
  return unfit
}

/** The first part of a parsed document that cannot be taken; null: there is none. `most`: lists and objects within one another. */
export const unfitIn = (document: unknown, most: number = DEEPEST): UnfitPart | null => {
  const unfit = lookIn(document, most)
  if (unfit === null) return null
  return { kind: unfit.kind, at: unfit.way.reduceRight<string>((at, key) => below(at, String(key)), '') }
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
