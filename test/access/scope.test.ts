// Which rows a permission opens to whom (A1), and whether a department, a card, a case lies within: the table of
// permissions says how far a role sees, a key of a unit says whose own it is.

import { describe, expect, it } from 'vitest'
import { PERMISSIONS, ROLES, scopeOf } from '../../server/access/permissions.ts'
import { isCardWithin, isCaseWithin, isWithin, type Scope, scopeOver } from '../../server/core/scope.ts'
import { AT_CONSOLE, type Caller, departmentWithin, needAll, scopeOrRefuse } from '../../server/office/caller.ts'

const told = (scope: Scope | null): string =>
  scope === null ? 'none' : scope === 'all' ? 'all' : [...scope.departments].join(' ') || 'no row'

const caller = (more: Partial<Caller>): Caller => ({ id: 'k', name: 'k', role: 'leader', source: null, ...more })

describe('A1: scopes', () => {
  it.each([
    ['leader', undefined, 'cases.read', 'all'],
    ['leader', undefined, 'personal.read', 'none'],
    ['unit', 'D1', 'cases.read', 'D1'],
    ['unit', 'D1', 'catalogue.read', 'all'],
    ['unit', 'D1', 'cards.move', 'none'],
    ['unit', undefined, 'cases.read', 'none'],
    ['source', undefined, 'events.write', 'no row'],
    ['source', undefined, 'cases.read', 'none'],
    ['screen', undefined, 'wall.read', 'all'],
  ] as const)('A1: %s of %s, %s: %s', (role, department, permission, expected) => {
    expect(told(scopeOf({ role, ...(department === undefined ? {} : { department }) }, permission))).toBe(expected)
  })

  it('A1: a department that stands on another role’s key narrows and widens nothing', () => {
    for (const role of ROLES.filter((each) => each !== 'unit'))
      for (const permission of PERMISSIONS)
        expect(told(scopeOf({ role, department: 'D1' }, permission))).toBe(told(scopeOf({ role }, permission)))
  })

  it('A1: a card is of its department, a case of the one that answers for it and of those its cards name', () => {
    const d1 = scopeOver(['D1'])
    const [one, two] = [{ department: 'D1' }, { department: 'D2' }]
    expect([isWithin(d1, 'D1'), isWithin(d1, 'D2'), isWithin('all', 'D2'), isWithin(scopeOver([]), 'D1')]).toEqual([
      true,
      false,
      true,
      false,
    ])
    expect([isCardWithin(d1, one), isCardWithin(d1, two), isCardWithin(d1, { department: '-' })]).toEqual([
      true,
      false,
      false,
    ])
    expect([isCaseWithin(d1, one, [two]), isCaseWithin(d1, two, [two, one]), isCaseWithin(d1, two, [two])]).toEqual([
      true,
      true,
      false,
    ])
  })
})

describe('A1: who asks', () => {
  it('A1: gets the scope of the permission, or a refusal', () => {
    expect(told(scopeOrRefuse(caller({ role: 'unit', department: 'D1' }), 'cards.read'))).toBe('D1')
    expect(() => scopeOrRefuse(caller({ role: 'unit' }), 'cards.read')).toThrow('not_allowed')
    expect(() => scopeOrRefuse(caller({ role: 'screen' }), 'cards.read')).toThrow('not_allowed')
  })

  it('A1: what cannot be narrowed is closed to whoever sees its own alone', () => {
    expect(() => needAll(caller({ role: 'unit', department: 'D1' }), 'measures.read')).toThrow('not_allowed')
    expect(() => needAll(caller({ role: 'leader' }), 'measures.read')).not.toThrow()
  })

  it.each([
    ['all', undefined, null],
    ['all', 'D2', 'D2'],
    [['D1'], undefined, 'D1'],
    [['D1'], 'D1', 'D1'],
    [['D1'], 'D2', 'not_allowed'],
    [['D1', 'D2'], 'D2', 'D2'],
    [['D1', 'D2'], undefined, 'not_allowed'],
    [[], undefined, 'not_allowed'],
  ] as const)('A1 M1: figures within %s, asked for %s: %s', (departments, asked, expected) => {
    const scope = departments === 'all' ? departments : scopeOver(departments)
    if (expected === 'not_allowed') expect(() => departmentWithin(scope, asked)).toThrow('not_allowed')
    else expect(departmentWithin(scope, asked)).toBe(expected)
  })

  it('A1: nothing that lies in the folder is withheld from whoever can open it', () => {
    for (const permission of PERMISSIONS) expect(() => needAll(AT_CONSOLE, permission)).not.toThrow()
  })
})
