// Who may do what (A1): one table, deny by default, tested cell by cell. `own` means: within the unit's own
// department and windows only, so a route that cannot narrow its answer must treat it as no. Who judges cards brings in no
// facts: importing under a source's name, declaring a past record and taking an import back are an administrator's.
// Never looks at a request; the front door asks it.

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
