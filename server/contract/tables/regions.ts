// Regions (行政区划): a tree, each perhaps with a calendar of its own.

import { type MasterTableShape, NAMES, VALID_FROM } from './shape.ts'

export const regions: MasterTableShape = {
  name: 'regions',
  key: 'region_code',
  fields: {
    region_code: { kind: 'code', must: true },
    ...NAMES,
    parent: { kind: 'code', refers: 'regions' },
    calendar: { kind: 'code', refers: 'calendars' },
    ...VALID_FROM,
  },
}
