// Whose own a caller may read (A1): a unit reads what is its department's, and of everything else not even that it is
// there. Deny by default: the key of a unit that names no department reads nothing.

import type { FastifyRequest } from 'fastify'
import { callerOf } from './auth.ts'
import { Refusal } from './problems.ts'

/** The department beyond which the caller reads nothing; null: no bound. */
export const scopeOf = (request: FastifyRequest): string | null => {
  const { role, department } = callerOf(request)
  if (role !== 'unit') return null
  if (department === undefined) throw new Refusal('not_allowed')
  return department
}

/** The department that is asked for, within what the caller may read, as part of a query. Throws Refusal at another's. */
export const ownDepartment = (request: FastifyRequest, asked: string | undefined): { readonly department?: string } => {
  const scope = scopeOf(request)
  if (scope !== null && asked !== undefined && asked !== scope) throw new Refusal('not_allowed')
  const department = scope ?? asked
  return department === undefined ? {} : { department }
}
