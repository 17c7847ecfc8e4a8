// The permission table cell by cell (A1). A cell not written here is a no.

import { describe, expect, it } from 'vitest'
import { grantOf, isRole, PERMISSIONS, ROLES } from '../../server/access/permissions.ts'

//                   administrator supervisor reviewer leader unit auditor screen source
const CELLS = `
  events.write       all           no         no       no     no   no      no     own
  aliases.write      all           all        no       no     no   no      no     own
  cases.read         all           all        all      all    own  all     no     no
  cases.urge         no            all        no       no     no   no      no     no
  personal.read      no            all        all      no     no   all     no     no
  cards.read         all           all        all      all    own  all     no     no
  cards.move         no            all        all      no     no   no      no     no
  measures.read      all           all        all      all    own  all     no     no
  quarantine.read    all           all        no       no     no   all     no     no
  quarantine.write   all           all        no       no     no   no      no     no
  catalogue.read     all           all        all      all    all  all     no     no
  catalogue.write    all           no         no       no     no   no      no     no
  keys.read          all           no         no       no     no   all     no     no
  keys.write         all           no         no       no     no   no      no     no
  wall.read          all           all        all      all    no   all     all    no
  due.use            all           all        all      all    all  all     no     all
  imports.read       all           all        no       no     no   all     no     no
  imports.write      all           no         no       no     no   no      no     no
  past.declare       all           no         no       no     no   no      no     no
  voids.write        all           no         no       no     no   no      no     no
`

const rows = CELLS.trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/))
const cells = rows.flatMap(([permission = '', ...grants]) =>
  ROLES.map((role, i) => [role, permission, grants[i] ?? ''] as const),
)

describe('A1: who may do what', () => {
  it('A1: the table of this test has every permission and every role', () => {
    expect(rows.map(([permission]) => permission)).toEqual([...PERMISSIONS])
    expect(rows.every((row) => row.length === ROLES.length + 1)).toBe(true)
  })

  it.each(cells)('A1: %s, %s: %s', (role, permission, grant) => {
    expect(grantOf(role, PERMISSIONS.find((known) => known === permission) ?? 'events.write')).toBe(grant)
  })

  it('A1: an auditor reads and changes nothing', () => {
    const writes = PERMISSIONS.filter((permission) => /write|move/.test(permission))
    expect(writes.map((permission) => grantOf('auditor', permission))).toEqual(writes.map(() => 'no'))
  })

  it('A1: only the eight roles are roles', () => {
    expect(ROLES.every(isRole)).toBe(true)
    expect(['root', 'constructor', '', 'Administrator'].some(isRole)).toBe(false)
  })
})
