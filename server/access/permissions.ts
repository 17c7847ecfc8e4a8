// Who may do what, and of which rows (A1): one table, deny by default, tested cell by cell. `own` means: within the unit's
// own department and windows only, so what cannot be narrowed must treat it as no; a source's own is what it says itself.
// Who judges cards brings in no facts: importing under a source's name, declaring a past record and taking an import back
// are an administrator's. Never looks at a request; the office asks it.

import { type Scope, scopeOver } from '../core/scope.ts'

export const ROLES = [
  'administrator',
  'supervisor',
  'reviewer',
  'leader',
  'unit',
  'auditor',
  'screen',
  'source',
] as const
export type Role = (typeof ROLES)[number]

export const isRole = (text: string): text is Role => (ROLES as readonly string[]).includes(text)

export const PERMISSIONS = [
  'events.write',
  'aliases.write',
  'cases.read',
  'cases.urge',
  'personal.read',
  'cards.read',
  'cards.move',
  'measures.read',
  'quarantine.read',
  'quarantine.write',
  'catalogue.read',
  'catalogue.write',
  'keys.read',
  'keys.write',
  'wall.read',
  'due.use',
  'imports.read',
  'imports.write',
  'past.declare',
  'voids.write',
] as const
export type Permission = (typeof PERMISSIONS)[number]

export type Grant = 'all' | 'own' | 'no'

type Row = Partial<Record<Permission, 'all' | 'own'>>

const READ_ALL: Row = {
  'cases.read': 'all',
  'cards.read': 'all',
  'measures.read': 'all',
  'catalogue.read': 'all',
  'wall.read': 'all',
  'due.use': 'all',
}

const TABLE: Readonly<Record<Role, Row>> = {
  administrator: {
    ...READ_ALL,
    'imports.read': 'all',
    'imports.write': 'all',
    'past.declare': 'all',
    'voids.write': 'all',
    'events.write': 'all',
    'aliases.write': 'all',
    'quarantine.read': 'all',
    'quarantine.write': 'all',
    'catalogue.write': 'all',
    'keys.read': 'all',
    'keys.write': 'all',
  },
  supervisor: {
    ...READ_ALL,
    'imports.read': 'all',
    'aliases.write': 'all',
    'cases.urge': 'all',
    'personal.read': 'all',
    'cards.move': 'all',
    'quarantine.read': 'all',
    'quarantine.write': 'all',
  },
  reviewer: { ...READ_ALL, 'personal.read': 'all', 'cards.move': 'all' },
  leader: READ_ALL,
  unit: {
    'cases.read': 'own',
    'cards.read': 'own',
    'measures.read': 'own',
    'catalogue.read': 'all',
    'due.use': 'all',
  },
  auditor: {
    ...READ_ALL,
    'personal.read': 'all',
    'quarantine.read': 'all',
    'imports.read': 'all',
    'keys.read': 'all',
  },
  screen: { 'wall.read': 'all' },
  source: { 'events.write': 'own', 'aliases.write': 'own', 'due.use': 'all' },
}

export const grantOf = (role: Role, permission: Permission): Grant => TABLE[role][permission] ?? 'no'

/** What a permission depends on: the role of a key, and the department of a unit's. */
export interface Holder {
  readonly role: Role
  readonly department?: string
}

/**
 * Which rows a permission opens to the holder of a key; null: none, it has not the permission. A unit that names no
 * department has none of its own. A source's own is no row of any department: it speaks under its own name, and reads none.
 */
export const scopeOf = ({ role, department }: Holder, permission: Permission): Scope | null => {
  const grant = grantOf(role, permission)
  if (grant === 'no') return null
  if (grant === 'all') return 'all'
  if (role === 'source') return scopeOver([])
  return department === undefined ? null : scopeOver([department])
}
