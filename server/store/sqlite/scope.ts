// A scope as SQL takes it: the codes of its departments as one JSON array, read by json_each.

import type { Scope } from '../../core/scope.ts'

/** The departments of a scope as a JSON array; undefined: it is of all, and nothing is asked. */
export const namedIn = (scope: Scope | undefined): string | undefined =>
  scope === undefined || scope === 'all' ? undefined : JSON.stringify([...scope.departments])
