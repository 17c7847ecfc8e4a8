// English: words for the codes of the wire. Same keys as the Chinese, held by the type.

import type { zhCodes } from '../zh/codes.ts'

export const enCodes: typeof zhCodes = {
  state: {
    raised: 'raised',
    to_confirm: 'to confirm',
    notified: 'awaiting reply',
    explained: 'explained',
    appealed: 'under appeal',
    upheld: 'upheld',
    revoked: 'revoked',
    downgraded: 'downgraded',
    rectifying: 'being rectified',
    rectified: 'rectified',
    closed: 'closed',
    lifted: 'lifted',
    overtaken: 'overtaken',
    escalated: 'reply overdue',
  },

  role: {
    applicant: 'Applicant',
    front: 'Window',
    back: 'Back office',
    joint: 'Joint member',
    intermediary: 'Intermediary',
    upper: 'Upper level',
  },

  pauseKind: {
    hearing: 'hearing',
    tender: 'tender',
    auction: 'auction',
    inspection: 'inspection',
    testing: 'testing',
    quarantine: 'quarantine',
    appraisal: 'appraisal',
    expert_review: 'expert review',
    publicity: 'publicity',
    other: 'other',
  },

  eventType: {
    RECEIVE: 'received',
    PRE_ACCEPT: 'pre-accepted',
    CORRECT_NOTICE: 'correction notice',
    CORRECT_DONE: 'corrected',
    ACCEPT: 'accepted',
    REFUSE_ACCEPT: 'not accepted',
    STEP_START: 'step begins',
    HANDOVER: 'handed over',
    JOINT_DISPATCH: 'sent to joint member',
    JOINT_REPLY: 'joint reply',
    SUSPEND: 'clock stopped',
    RESUME: 'clock resumed',
    EXTEND: 'extended',
    STEP_END: 'step ends',
    FEE: 'fee',
    DECIDE: 'decided',
    COMPLETE: 'completed',
    WITHDRAW: 'withdrawn',
    TERMINATE: 'terminated',
    DELIVER: 'delivered',
    RATE: 'rated',
    COMPLAIN: 'complaint',
    URGE: 'urged',
    ATTEND: 'attendance',
    INSPECT: 'inspection',
    VOID: 'void',
  },

  payload: {},

  yes: 'yes',

  no: 'no',

  by: { clock: 'clock', facts: 'facts', law: 'law', system: 'system' },

  move: {
    raise: 'raised',
    raised: 'raised',
    lift: 'lifted',
    lifted: 'lifted',
    overtake: 'overtaken',
    overtaken: 'overtaken',
    notify: 'notified',
    explain: 'explained',
    close: 'closed',
    escalate: 'reply overdue',
    confirm: 'confirmed',
    update: 'updated',
    notified: 'notified',
    renew: 'stands again',
    restored: 'stands again',
  },
}
