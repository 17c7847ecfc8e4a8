// Departments (部门), each of a region.

import { type MasterTableShape, NAMES, VALID_FROM } from './shape.ts'

export const departments: MasterTableShape = {
  name: 'departments',
  key: 'org_code',
  fields: {
    org_code: { kind: 'code', must: true },
    ...NAMES,
    short_name: { kind: 'text' },
    region_code: { kind: 'code', must: true, refers: 'regions' },
    ...VALID_FROM,
  },
}
