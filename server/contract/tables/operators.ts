// Operators (经办人): staff of a department, perhaps of a window.

import { type MasterTableShape, VALID_FROM } from './shape.ts'

export const operators: MasterTableShape = {
  name: 'operators',
  key: 'operator_id',
  fields: {
    operator_id: { kind: 'code', must: true },
    name: { kind: 'text', must: true },
    org_code: { kind: 'code', must: true, refers: 'departments' },
    window_no: { kind: 'code', refers: 'windows' },
    ...VALID_FROM,
  },
}
