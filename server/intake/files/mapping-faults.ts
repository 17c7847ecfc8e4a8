// Faults of a mapping document (I8, I9), of events and of master data alike: what the schema says, each with its place, and
// no more of them than people read. Knows no schema itself.

import { Settings } from 'typebox/system'
import type { MappingFault } from '../../contract/imports.ts'

export const MOST_FAULTS = 50
// of itself a checker stops at eight
Settings.Set({ maxErrors: MOST_FAULTS })

interface Checker {
  Errors(document: unknown): Iterable<{ readonly instancePath: string; readonly message: string }>
}

/** Faults of its shape; what the names in it mean is checked by whoever reads it. */
export const shapeFaults = (checker: Checker, document: unknown): MappingFault[] =>
  [...checker.Errors(document)]
    .slice(0, MOST_FAULTS)
    .map(({ instancePath, message }) => ({ at: instancePath === '' ? '/' : instancePath, detail: message }))
