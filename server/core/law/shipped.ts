// The profiles of the time law that ship as data (C1, T12): read once from their file into the law's own shapes. What does
// not fit throws here, at the start, and is never guessed at.

import type { CardLevel } from '../card/card.ts'
import { type Limit, parseLimit } from '../time/limit.ts'
import profilesFile from './data/profiles.json' with { type: 'json' }
import { LawError } from './fault.ts'
import type { Profile } from './law.ts'

const shipped = (written: string): Limit => {
  const limit = parseLimit(written)
  if (limit === null) throw new LawError('profiles.json', `not a limit: ${written}`)
  return limit
}

/** A profile as its file writes it. */
interface Written {
  readonly profile_id: string
  readonly name: string
  readonly name_en: string
  readonly source: string
  readonly count_acceptance_day: boolean
  readonly due_at_closing: boolean
  readonly levels: Record<string, CardLevel | null>
  readonly warn: { readonly share: number | null; readonly work_days_before: number | null }
  readonly statute_grace_work_days: number
  readonly permit_statute: string
  readonly joint_statute: string
  readonly immediate_promise: string
  readonly notice_work_days: number
  readonly deemed_acceptance_types: (string | null)[]
  readonly lawful_pause_kinds: string[]
  readonly pause_notice_required: boolean
  readonly pause_approver_required: boolean
  readonly pause_cap_work_days: number
  readonly pause_caps: Record<string, number>
  readonly extension_max_work_days: number
  readonly extension_max_joint_work_days: number
  readonly first_review: string
  readonly delivery_work_days: number
  readonly lift_work_days: number
  readonly delivery_types: (string | null)[]
  readonly feedback: {
    readonly source: string
    readonly complaint_take_up_work_days: number
    readonly complaint_answer_work_days: number
    readonly bad_rating_from: number
    readonly bad_rating_work_days: number
  }
  readonly green_channel: { readonly source: string; readonly limits: Record<string, string> } | null
  readonly tacit_approval: { readonly source: string; readonly answer_work_days: number } | null
  readonly concluded_by: 'decision' | 'completion'
  readonly reply_work_days: Record<string, number>
}

/** What a later profile leaves out is as in the first, the default one. */
const WRITTEN = profilesFile.profiles as unknown as readonly [Written, ...Partial<Written>[]]

const greenOf = (row: Written): Profile['greenChannel'] => {
  const green = row.green_channel
  if (green === null) return null
  return {
    source: green.source,
    limits: new Map(Object.entries(green.limits).map(([kind, limit]) => [kind, shipped(limit)])),
  }
}

const tacitOf = (row: Written): Profile['tacitApproval'] => {
  const tacit = row.tacit_approval
  return tacit === null ? null : { source: tacit.source, answerWorkDays: tacit.answer_work_days }
}

const feedbackOf = ({ feedback }: Written): Profile['feedback'] => ({
  source: feedback.source,
  takeUpWorkDays: feedback.complaint_take_up_work_days,
  answerWorkDays: feedback.complaint_answer_work_days,
  badRatingFrom: feedback.bad_rating_from,
  badRatingWorkDays: feedback.bad_rating_work_days,
})

const numbersOf = (table: Record<string, number>): ReadonlyMap<number, number> =>
  new Map(Object.entries(table).map(([key, value]) => [Number(key), value]))

const profileOf = (row: Written): Profile => ({
  id: row.profile_id,
  name: row.name,
  nameEn: row.name_en,
  source: row.source,
  countAcceptanceDay: row.count_acceptance_day,
  dueAtClosing: row.due_at_closing,
  levels: new Map(Object.entries(row.levels)),
  warnShare: row.warn.share,
  warnWorkDaysBefore: row.warn.work_days_before,
  statuteGraceWorkDays: row.statute_grace_work_days,
  permitStatute: shipped(row.permit_statute),
  jointStatute: shipped(row.joint_statute),
  immediatePromise: shipped(row.immediate_promise),
  noticeWorkDays: row.notice_work_days,
  deemedAcceptanceTypes: new Set(row.deemed_acceptance_types),
  lawfulPauseKinds: new Set(row.lawful_pause_kinds),
  pauseNoticeRequired: row.pause_notice_required,
  pauseApproverRequired: row.pause_approver_required,
  pauseCapWorkDays: row.pause_cap_work_days,
  pauseCaps: new Map(Object.entries(row.pause_caps)),
  extensionMaxWorkDays: row.extension_max_work_days,
  extensionMaxJointWorkDays: row.extension_max_joint_work_days,
  firstReview: shipped(row.first_review),
  deliveryWorkDays: row.delivery_work_days,
  deliveryTypes: new Set(row.delivery_types),
  feedback: feedbackOf(row),
  greenChannel: greenOf(row),
  tacitApproval: tacitOf(row),
  liftWorkDays: row.lift_work_days,
  replyWorkDays: numbersOf(row.reply_work_days),
  concludedBy: row.concluded_by,
})

/** All profiles that ship, by id. */
export const shippedProfiles = (): ReadonlyMap<string, Profile> =>
  new Map(WRITTEN.map((row) => profileOf({ ...WRITTEN[0], ...row })).map((profile) => [profile.id, profile]))
