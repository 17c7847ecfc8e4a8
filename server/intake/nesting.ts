// What no door takes, whatever a document means (I5): nesting without end, for whoever walks it by recursion would run out of
// stack; and half of a character, which can be neither stored nor sealed.

import { atOnce, LOT_VALUES, lotsOf, type Steps } from '../core/steps.ts'
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

const isNested = (value: unknown): value is object => typeof value === 'object' && value !== null

/** No list and no object. */
const lookAt = (value: unknown): Unfit | null =>
  typeof value === 'string' && !isWellFormed(value) ? { kind: 'half', way: [] } : null

/** No deeper than `left` lists and objects, so that it cannot run out of stack; nothing is made of what is fit. */
function* lookIn(value: object, left: number, isFull: () => boolean): Steps<Unfit | null> {
  if (left === 0) return { kind: 'deep', way: [] }
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      if (isFull()) yield
      const inner: unknown = value[i]
      const unfit = isNested(inner) ? yield* lookIn(inner, left - 1, isFull) : lookAt(inner)
      if (unfit !== null) return within(unfit, i)
    }
    return null
  }
  for (const key in value) {
    if (isFull()) yield
    // half a character in a name: the place is that of what bears it
    if (!isWellFormed(key)) return { kind: 'half', way: [] }
    const inner = (value as Record<string, unknown>)[key]
    const unfit = isNested(inner) ? yield* lookIn(inner, left - 1, isFull) : lookAt(inner)
    if (unfit !== null) return within(unfit, key)
  }
  return null
}

const within = (unfit: Unfit, key: string | number): Unfit => {
  unfit.way.push(key)
  return unfit
}

/**
 * The first part of a parsed document that cannot be taken; null: there is none. `most`: lists and objects within one another.
 * Stops after some values (I5).
 */
export function* unfitSteps(document: unknown, most: number = DEEPEST): Steps<UnfitPart | null> {
  const unfit = isNested(document) ? yield* lookIn(document, most, lotsOf(LOT_VALUES)) : lookAt(document)
  if (unfit === null) return null
  return { kind: unfit.kind, at: unfit.way.reduceRight<string>((at, key) => below(at, String(key)), '') }
}

export const unfitIn = (...asked: Parameters<typeof unfitSteps>): UnfitPart | null => atOnce(unfitSteps(...asked))

function* reaches(value: object, left: number, isFull: () => boolean): Steps<boolean> {
  if (left === 0) return true
  const inners: readonly unknown[] = Array.isArray(value) ? value : Object.values(value)
  for (const inner of inners) {
    if (isFull()) yield
    if (isNested(inner) && (yield* reaches(inner, left - 1, isFull))) return true
  }
  return false
}

/** Whether lists and objects stand within one another more than `most` deep. Stops after some values (I5). */
export function* deeperSteps(document: unknown, most: number = DEEPEST): Steps<boolean> {
  return isNested(document) && (yield* reaches(document, most, lotsOf(LOT_VALUES)))
}

export const isDeeper = (...asked: Parameters<typeof deeperSteps>): boolean => atOnce(deeperSteps(...asked))
