// Which rows are somebody's to read, as data: all of them, or those of some departments (A1); and the one walk that says
// whether a department, a card or a case lies within. Knows no caller and no permission: access/permissions.ts makes scopes.

/** All rows, or those of the departments named: without a name none. */
export type Scope = 'all' | { readonly departments: ReadonlySet<string> }

/** The rows of some departments. */
export const scopeOver = (departments: Iterable<string>): Scope => ({ departments: new Set(departments) })

/** Whether what is of a department is within. What is of none (`-`) is within the scope of everything alone. */
export const isWithin = (scope: Scope, department: string): boolean =>
  scope === 'all' || scope.departments.has(department)

/** Whether everything within a scope is within another. */
export const liesWithin = (scope: Scope, wider: Scope): boolean =>
  wider === 'all' || (scope !== 'all' && [...scope.departments].every((department) => isWithin(wider, department)))

interface OfDepartment {
  readonly department: string
}

/** A card is the department's against which it stands. */
export const isCardWithin = (scope: Scope, card: OfDepartment): boolean => isWithin(scope, card.department)

/** A case is a department's own where it answers for the case, or a card of the case names it. */
export const isCaseWithin = (scope: Scope, row: OfDepartment, cards: readonly OfDepartment[]): boolean =>
  isWithin(scope, row.department) || cards.some((card) => isCardWithin(scope, card))
