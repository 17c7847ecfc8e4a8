// Windows (窗口) of the hall, each of a department.

import { type MasterTableShape, NAMES, VALID_FROM } from './shape.ts'

export const windows: MasterTableShape = {
  name: 'windows',
  key: 'window_no',
  fields: {
    window_no: { kind: 'code', must: true },
    ...NAMES,
    org_code: { kind: 'code', must: true, refers: 'departments' },
    row: { kind: 'whole', from: 1, to: 100 },
    column: { kind: 'whole', from: 1, to: 100 },
    ...VALID_FROM,
  },
}
