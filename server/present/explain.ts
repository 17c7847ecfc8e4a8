// One clock of a case explained (T14) in the shapes of the API: sentences, segments that sum to the due day, the strip
// of days, and the versions of calendar, item and law it rests on. All reckoning is core's; here it is only worded.

import type { ExplainView } from '../contract/api.ts'
import type { Judgement } from '../core/case/judge.ts'
import type { Clock, JudgedPause } from '../core/case/reckon.ts'
import type { Law } from '../core/law/law.ts'
import { type ExplainOptions, explainClock } from '../core/time/explain.ts'
import type { PauseWords } from '../core/time/explain-words.ts'
import type { Instant } from '../core/time/instant.ts'
import { printLimit } from '../core/time/limit.ts'
import { dayText, instantIn } from './words.ts'

const PAUSE_WORDS: Readonly<Record<string, PauseWords>> = {
  hearing: { zh: '听证', en: 'a hearing' },
  tender: { zh: '招标', en: 'a tender' },
  auction: { zh: '拍卖', en: 'an auction' },
  inspection: { zh: '检验', en: 'an inspection' },
  testing: { zh: '检测', en: 'testing' },
  quarantine: { zh: '检疫', en: 'quarantine' },
  appraisal: { zh: '鉴定', en: 'an appraisal' },
  expert_review: { zh: '专家评审', en: 'an expert review' },
  publicity: { zh: '公示', en: 'publicity' },
  other: { zh: '其他特别程序', en: 'another procedure' },
}

export const pauseWords = (kind: string): PauseWords => PAUSE_WORDS[kind] ?? { zh: kind, en: kind }

const LIMIT_NAMES = {
  promise: { zh: '承诺', en: 'promised' },
  statute: { zh: '法定', en: 'statutory' },
  step: { zh: '环节时限', en: 'step limit' },
} as const

/** The kind of the pause behind the input's pause of that index. */
const kindOf = (clock: Clock, judged: readonly JudgedPause[], index: number): string => {
  const span = clock.input.pauses[index]
  return judged.find((pause) => pause.from === span?.from && pause.to === span.to)?.pause.kind ?? 'other'
}

const optionsFor = (clock: Clock, judgement: Judgement, now: Instant): ExplainOptions => {
  const stepStart = { zh: '本环节开始', en: 'The step began' }
  const end = clock.kind === 'step' ? judgement.steps.find((s) => s.step.eventId === clock.ref)?.endedAt : null
  return {
    concludedAt: clock.kind === 'step' ? (end ?? null) : (judgement.concluded?.at ?? null),
    now,
    pauseWords: (index) => pauseWords(kindOf(clock, judgement.pauses, index)),
    limitName: LIMIT_NAMES[clock.kind],
    latest: judgement.paused,
    ...(clock.kind === 'step' ? { startWords: stepStart } : {}),
  }
}

export const explainView = (clock: Clock, judgement: Judgement, law: Law, now: Instant): ExplainView => {
  const { calendar, item } = judgement.grounds
  const told = explainClock(calendar, clock.input, clock.due, optionsFor(clock, judgement, now))
  return {
    clock: clock.kind,
    step_code: clock.stepCode,
    limit: printLimit(clock.limit),
    limit_from: clock.limitFrom,
    due_on: dayText(clock.due.dueOn) ?? '',
    due_at: instantIn(calendar, clock.due.dueAt) ?? '',
    provisional: clock.due.provisional,
    used: told.used,
    remaining: told.remaining,
    late_by: told.lateBy,
    segments: told.segments.map((segment) => ({
      kind: segment.kind,
      from: dayText(segment.from) ?? '',
      to: dayText(segment.to) ?? '',
      counted: segment.counted,
      note: segment.pause === null ? null : pauseWords(kindOf(clock, judgement.pauses, segment.pause)).zh,
    })),
    days: told.days.map((day) => ({
      on: dayText(day.on) ?? '',
      kind: day.kind,
      name: day.name,
      number: day.number,
      paused: day.paused?.zh ?? null,
      extended: day.extended,
      due: day.due,
      concluded: day.concluded,
      late: day.late,
    })),
    zh: told.zh,
    en: told.en,
    versions: {
      calendar: `${calendar.id}@${calendar.version}`,
      item: item === null ? null : `${item.code}@${item.entry}`,
      law: `${law.profile.id}@${law.version}`,
    },
  }
}
