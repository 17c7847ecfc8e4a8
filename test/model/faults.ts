// More than forty faults that a hand might slip into the engine, each of which the model must catch.

import { FIGURES } from './faults-figures.ts'
import { ONE_DAY } from './faults-one-day.ts'
import { TIME } from './faults-time.ts'
import { type Fault, fault } from './plant.ts'

const LAW: readonly Fault[] = [
  fault(
    'T10 the newest version holds',
    'law/law.ts',
    'if (row.validFrom <= on) return row',
    'if (row.validFrom <= on + 9_999) return row',
  ),
  fault(
    'I12 what cannot be sent is missing',
    'case/ability.ts',
    'row.sends === null || row.sends.has(what)',
    'row.sends === null || true',
  ),
]

const JUDGING: readonly Fault[] = [
  fault(
    'T10 a later stated due holds',
    'case/reckon.ts',
    'if (statedDueAt < dueAt) return event',
    'if (statedDueAt !== dueAt) return event',
  ),
  fault(
    'T10 pauses before a stated due move it',
    'case/reckon.ts',
    'stopping(at).filter(({ pause }) => standsAt(pause) >= asOf)',
    'stopping(at).filter(({ pause }) => standsAt(pause) < asOf)',
  ),
  fault(
    '许可 42 joint handling as any other',
    'case/reckon.ts',
    'at.joint ? jointStatute : permitStatute',
    'at.joint ? permitStatute : permitStatute',
  ),
  fault(
    'T7 joint maximum for all',
    'case/reckon.ts',
    'at.joint ? extensionMaxJointWorkDays : extensionMaxWorkDays',
    'at.joint ? extensionMaxWorkDays : extensionMaxJointWorkDays',
  ),
  fault(
    'T-02 at the last millisecond',
    'case/findings-ground.ts',
    '(endedAt ?? at.now) > limitAt && at.now > limitAt',
    '(endedAt ?? at.now) >= limitAt && at.now >= limitAt',
  ),
  fault(
    'T-03p a day early',
    'case/findings.ts',
    'calendar.addWorkDays(promise.due.dueOn, law.profile.statuteGraceWorkDays)',
    'calendar.addWorkDays(promise.due.dueOn, law.profile.statuteGraceWorkDays - 1)',
  ),
  fault(
    'T-04 though the whole is late',
    'case/findings.ts',
    'at.main === null || limitAt < at.main.due.dueAt',
    'at.main === null || limitAt < at.main.due.dueAt + 864_000_000',
  ),
  fault('T-08 a cut one is silent', 'case/findings.ts', "(verdict !== 'cut' && !isVoid(verdict))", '!isVoid(verdict)'),
  fault(
    'T5 an unlawful kind stops the clock',
    'case/pauses.ts',
    "!faults.includes('kind') &&",
    "(true || !faults.includes('kind')) &&",
  ),
  fault(
    'T6 the clock waits past the cap',
    'case/pauses.ts',
    'to: upTo(capAt, endsAt)',
    'to: upTo((endsAt ?? capAt) > capAt ? (endsAt ?? capAt) : capAt, endsAt)',
  ),
]

/** Faults that the product once had: each kept case shows one of them. */
export const ONCE: readonly Fault[] = [
  fault(
    'F4 a pause outlives the conclusion',
    'case/answer.ts',
    'const { pause, lawful, overAt, endsAt } = judged',
    'const { pause, lawful, overAt } = judged\n    const endsAt = pause.to',
  ),
  fault(
    'T10 a stated reply due holds though it is later',
    'case/duties.ts',
    'const own = holding(here,',
    'const own = event ?? holding(here,',
  ),
  fault(
    'I12 silence accepts where no acceptance can be sent',
    'case/judge.ts',
    "(['ACCEPT', 'CORRECT_NOTICE', 'REFUSE_ACCEPT'] as const).filter",
    "(['CORRECT_NOTICE'] as const).filter",
  ),
  fault(
    'I12 a kind that cannot be sent is unlawful',
    'case/pauses.ts',
    "if (pause.kind === 'other') lacks",
    "if (pause.kind === '') lacks",
  ),
  fault(
    'T5 the last approved day counts in hours',
    'case/reckon.ts',
    "pauses: limit.unit === 'H' ? stoppingHours(at) : stopping(at)",
    'pauses: stopping(at)',
  ),
  fault(
    'T8 a later correction after 容缺受理 is a fault',
    'case/findings-procedure.ts',
    'if (i === 0 || isAllowed(at, notice)) continue',
    'if (i === 0) continue',
  ),
]

/** What the tellings of two sources and the rows of a register make of a case. */
const TELLING: readonly Fault[] = [
  fault('F5 how it was accepted never differs', 'case/fold-firsts.ts', '  differ(a.mode, b.mode) ||\n', ''),
  fault(
    'F5 what one other telling gives is sure',
    'case/rivals.ts',
    'others.every((other) =>',
    'others.some((other) =>',
  ),
  fault(
    'F5 corrections after the end are handed in',
    'case/until.ts',
    'notice.doneAt > lastAt ? { ...notice, doneAt: null } : notice',
    'notice.doneAt > lastAt + 9e12 ? { ...notice, doneAt: null } : notice',
  ),
  fault(
    'F4 codes beside the applicant are an office',
    'case/custody.ts',
    "if (role === 'applicant') return told({ role, ...NOBODY })",
    "if (role === 'applicant' && fact.payload.to === undefined) return told({ role, ...NOBODY })",
  ),
  fault(
    'I14 the first edition of a row stands',
    'case/standing.ts',
    'compareEditions(kept.fact, best.fact) > 0',
    'compareEditions(kept.fact, best.fact) < 0',
  ),
  fault(
    'I14 an emptied cell supersedes nothing',
    'case/standing.ts',
    'if (edition === null) continue',
    "if (edition === null || kept.fact.type === 'VOID') continue",
  ),
  fault(
    'T9 a complaint is answered when it is taken up',
    'case/duties.ts',
    "'complaint_answer', spoke, answerWorkDays",
    "'complaint_answer', spoke, takeUpWorkDays",
  ),
]

const FOLDING: readonly Fault[] = [
  fault('I15 a bare day is after its stamps', 'case/stands.ts', 'one.at > standsAt(other)', 'standsAt(one) > other.at'),
  fault(
    'I15 a bare day is late on its day',
    'case/stands.ts',
    'calendar.dayOf(at) <= calendar.dayOf(dueAt)',
    'calendar.dayOf(at) < calendar.dayOf(dueAt)',
  ),
  fault('F5 twins of one source', 'case/twins.ts', '!first.sources.has(told.source) && canBeOne', 'canBeOne'),
  fault(
    'F5 twins within twenty minutes',
    'case/twins.ts',
    'told.at - first.at <= windowMs',
    'told.at - first.at <= 2 * windowMs',
  ),
]

export const FAULTS: readonly Fault[] = [
  ...TIME,
  ...LAW,
  ...JUDGING,
  ...ONCE,
  ...FOLDING,
  ...TELLING,
  ...ONE_DAY,
  ...FIGURES,
]
