// A question to the limit calculator, as it stands in the address and as the API takes it. Reading an address and writing
// it give the same question, so that a link can be passed on. Pure; what is wrong is said by the server, field by field.

import { CARRIED, choiceIn, valuesIn, withValues } from '../lib/address.ts'

/** A date `YYYY-MM-DD`, a local time `YYYY-MM-DDTHH:MM`, or an instant with offset; '' where nothing is given. */
export type WhenText = string

export const MOMENTS = ['accept', 'received', 'notice_on', 'corrected_on', 'urged_on', 'due_on', 'concluded'] as const
export type Moment = (typeof MOMENTS)[number]

export interface Question {
  moments: Record<Moment, WhenText>
  limit: string
  pauses: { from: WhenText; to: WhenText }[]
  extensions: { days: string; on: WhenText }[]
  /** '' leaves it to the profile. */
  countAcceptanceDay: '' | 'yes' | 'no'
  calendar: string
  profile: string
  warn: string
}

export const LIMIT_UNITS = ['WD', 'ND', 'M', 'H', '0'] as const
export type LimitUnit = (typeof LIMIT_UNITS)[number]

/** `20WD` → 20 and WD; what is being typed keeps its text. */
export const limitParts = (limit: string): { value: string; unit: LimitUnit } => {
  if (limit === '0') return { value: '', unit: '0' }
  const unit = LIMIT_UNITS.find((each) => each !== '0' && limit.endsWith(each)) ?? 'WD'
  return { value: limit.endsWith(unit) ? limit.slice(0, -unit.length) : limit, unit }
}

export const limitOf = (value: string, unit: LimitUnit): string => {
  if (unit === '0') return '0'
  return value.trim() === '' ? '' : `${value.trim()}${unit}`
}

const cut = (text: string, by: string): [string, string] => {
  const at = text.indexOf(by)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + by.length)]
}

export const questionIn = (search: string): Question => {
  const query = new URLSearchParams(search)
  return {
    ...valuesIn(search, ['limit', 'calendar', 'profile', 'warn']),
    moments: valuesIn(search, MOMENTS),
    pauses: query.getAll('pause').map((text) => {
      const [from, to] = cut(text, '..')
      return { from, to }
    }),
    extensions: query.getAll('extend').map((text) => {
      const [days, on] = cut(text, '@')
      return { days, on }
    }),
    countAcceptanceDay: choiceIn(search, 'count_acceptance_day', ['', 'yes', 'no']),
  }
}

/** The address of a question; what belongs to the reader and not to the question (the language) is kept. */
export const searchOf = (question: Question, search: string): string => {
  const query = new URLSearchParams()
  const put = (name: string, value: string): void => {
    if (value !== '') query.append(name, value)
  }
  for (const name of MOMENTS) put(name, question.moments[name])
  put('limit', question.limit)
  for (const { from: a, to: b } of question.pauses) query.append('pause', `${a}..${b}`)
  for (const { days, on } of question.extensions) query.append('extend', `${days}@${on}`)
  put('count_acceptance_day', question.countAcceptanceDay)
  put('calendar', question.calendar)
  put('profile', question.profile)
  put('warn', question.warn)
  return withValues(query.toString(), valuesIn(search, CARRIED))
}

/** A row somebody has only just added says nothing yet. */
const isBlank = (...texts: string[]): boolean => texts.every((text) => text === '')

/** Nothing has been asked yet. */
export const isEmpty = ({ moments, limit }: Question): boolean =>
  isBlank(moments.accept, moments.received, moments.notice_on, moments.due_on) ||
  isBlank(limit, moments.due_on, moments.received)

/** The body of POST /api/v1/due as of an instant (RFC 3339), and where each row of the lists it sends stands on the page. */
export const bodyOf = (
  question: Question,
  now: string | null = null,
): { body: Record<string, unknown>; pauses: number[]; extensions: number[] } => {
  const body: Record<string, unknown> = { explain: true }
  const put = (name: string, value: string): void => {
    if (value !== '') body[name] = value
  }
  for (const name of MOMENTS) put(name, question.moments[name])
  // used and left are as of the day that the strip marks, of hours as of now (U5); once it is concluded, as of that
  if (now !== null && question.moments.concluded === '')
    body.as_of = limitParts(question.limit).unit === 'H' ? now : now.slice(0, 10)
  put('limit', question.limit)
  put('calendar', question.calendar)
  put('profile', question.profile)
  put('warn', question.warn)
  if (question.countAcceptanceDay !== '') body.count_acceptance_day = question.countAcceptanceDay === 'yes'
  const pauses = question.pauses.flatMap(({ from, to }, i) => (isBlank(from, to) ? [] : [i]))
  const extensions = question.extensions.flatMap(({ days, on }, i) => (isBlank(days, on) ? [] : [i]))
  if (pauses.length > 0)
    body.pauses = pauses.map((i) => {
      const { from = '', to = '' } = question.pauses[i] ?? {}
      return to === '' ? [from] : [from, to]
    })
  if (extensions.length > 0)
    body.extensions = extensions.map((i) => {
      const { days = '', on = '' } = question.extensions[i] ?? {}
      return [/^\d+$/.test(days) ? Number(days) : days, on === '' ? null : on]
    })
  return { body, pauses, extensions }
}

/** `pauses/0/1` of the body is the end of the first row that was sent: its place on the page. */
export const placeOnPage = (at: string, rows: { pauses: number[]; extensions: number[] }): string => {
  const [list, row, ...rest] = at.split('/')
  if ((list !== 'pauses' && list !== 'extensions') || row === undefined) return at
  return [list, rows[list][Number(row)] ?? row, ...rest].join('/')
}

/** The server's sentence without the name of the field: it stands beside the field. */
export const bareReason = (text: string): string => text.replace(/^(?:字段 \S+ 有误：|Field \S+ is not right: )/, '')
