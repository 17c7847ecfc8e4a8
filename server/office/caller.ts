// Who asks (A1, A2a): an actor with what its key says of it, as data. What it may do and which rows that opens is the
// permission table's to say; a use case asks here before it does anything. Deny by default: without a word from the table
// the answer is no.

import { type Permission, type Role, scopeOf } from '../access/permissions.ts'
import { isWithin, type Scope } from '../core/scope.ts'
import { type Actor, CONSOLE } from '../supervision/said.ts'
import { Refusal } from './refusal.ts'

export type { Actor } from '../supervision/said.ts'

export interface Caller extends Actor {
  /** The console is whoever can open the data folder. */
  readonly role: Role | 'console'
  /** The source it sends for; null for people and screens. */
  readonly source: string | null
  /** Of a unit: whose own it may read. */
  readonly department?: string
  /** A source key that may declare a past record (I8): it was issued so. */
  readonly declaresPast?: boolean
}

/** The console as somebody who asks: nothing that lies in the folder is withheld from it. */
export const AT_CONSOLE: Caller = { ...CONSOLE, role: 'console', source: null }

/** The caller as an entry names it. */
export const actorOf = ({ id, name, role }: Caller): Actor => ({ id, name, role })

/** Which rows a permission opens to a caller; null: it has not the permission. */
export const scopeFor = ({ role, department }: Caller, permission: Permission): Scope | null =>
  role === 'console' ? 'all' : scopeOf({ role, ...(department === undefined ? {} : { department }) }, permission)

/** Whether a caller has a permission over all rows. */
export const mayAll = (caller: Caller, permission: Permission): boolean => scopeFor(caller, permission) === 'all'

/** The rows that a permission opens to a caller. Throws Refusal where it has none. */
export const scopeOrRefuse = (caller: Caller, permission: Permission): Scope => {
  const scope = scopeFor(caller, permission)
  if (scope === null) throw new Refusal('not_allowed')
  return scope
}

/** For what cannot be narrowed to somebody's own. Throws Refusal unless the caller has the permission over all rows. */
export const needAll = (caller: Caller, permission: Permission): void => {
  if (!mayAll(caller, permission)) throw new Refusal('not_allowed')
}

/** Throws Refusal where a department is asked for that does not lie within a scope. */
export const refuseBeyond = (scope: Scope, asked: string | undefined): void => {
  if (asked !== undefined && !isWithin(scope, asked)) throw new Refusal('not_allowed')
}

/**
 * The one department of which figures are asked within a scope; null: across all. A figure of several departments is a sum
 * across them, which leaves members of joint handlings out (M1), and no sum is kept of some: whoever may read several names
 * one. Throws Refusal for a department beyond the scope, or where none is named among several.
 */
export const departmentWithin = (scope: Scope, asked: string | undefined): string | null => {
  refuseBeyond(scope, asked)
  if (asked !== undefined) return asked
  if (scope === 'all') return null
  const [only, ...others] = scope.departments
  if (only === undefined || others.length > 0) throw new Refusal('not_allowed')
  return only
}
