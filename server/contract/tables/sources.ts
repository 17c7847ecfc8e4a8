// Sources: what each can send, when it delivers, whose its numbers are (I11–I13, I15).

import { type MasterTableShape, VALID_FROM } from './shape.ts'

export const sources: MasterTableShape = {
  name: 'sources',
  key: 'source',
  fields: {
    source: { kind: 'code', must: true },
    name: { kind: 'text', must: true },
    /** `ACCEPT`, or `SUSPEND.notice_at` (I12). */
    sends: { kind: 'texts', most: 200, pattern: '^[A-Z_]+(\\.[a-z_]+)?$', chars: 64 },
    mode: { kind: 'word', of: ['live', 'batch'] },
    delivers_at: { kind: 'texts', most: 24, pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' },
    grace_work_days: { kind: 'whole', from: 0, to: 30 },
    usual_lag_minutes: { kind: 'whole', from: 0, to: 525_600 },
    rate_scale: { kind: 'word', of: ['best_first', 'worst_first'] },
    numbers: { kind: 'word', of: ['own', 'shared'] },
    ...VALID_FROM,
  },
}
