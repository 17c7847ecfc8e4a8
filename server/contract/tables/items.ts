// Items (事项) with their limits and the template of their steps.

import { type MasterTableShape, NAMES, VALID_FROM } from './shape.ts'

export const items: MasterTableShape = {
  name: 'items',
  key: 'task_code',
  fields: {
    task_code: { kind: 'code', must: true, most: 36 },
    ...NAMES,
    org_code: { kind: 'code', must: true, refers: 'departments' },
    item_type: { kind: 'code' },
    project_type: { kind: 'code' },
    promise: { kind: 'limit' },
    statute: { kind: 'limit' },
    extension_max: { kind: 'whole', from: 0, to: 999 },
    green_class: { kind: 'code' },
    joint: { kind: 'flag' },
    first_review: { kind: 'limit' },
    joint_reply: { kind: 'limit' },
    steps: {
      kind: 'rows',
      most: 50,
      fields: {
        step_code: { kind: 'code', must: true },
        ...NAMES,
        limit: { kind: 'limit' },
        after_decision: { kind: 'flag' },
      },
    },
    ...VALID_FROM,
  },
}
