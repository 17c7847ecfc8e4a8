// `mingjing due` (SPEC 11): the limit calculator at the console. Flags make one question; --stdin takes one a line and
// answers one a line, in order. Needs no data folder: the shipped calendar and profiles serve, or those of --data.

import { createInterface } from 'node:readline'
import { buildLaw } from '../core/law/build.ts'
import type { Law } from '../core/law/law.ts'
import { answerDue, type DueReply } from '../core/time/due.ts'
import type { DueLaw } from '../core/time/due-read.ts'
import { dueLawOf } from '../office/due.ts'
import { inFolder } from '../office/folder.ts'

type Flags = Record<string, unknown>

const lawOf = async (folder: unknown): Promise<Law> => {
  if (typeof folder !== 'string') return buildLaw([])
  return inFolder(folder, async ({ law }) => law)
}

const PLAIN: readonly [flag: string, field: string][] = [
  ['accept', 'accept'],
  ['limit', 'limit'],
  ['countAcceptanceDay', 'count_acceptance_day'],
  ['received', 'received'],
  ['noticeOn', 'notice_on'],
  ['correctedOn', 'corrected_on'],
  ['urgedOn', 'urged_on'],
  ['dueOn', 'due_on'],
  ['concluded', 'concluded'],
  ['warn', 'warn'],
  ['profile', 'profile'],
  ['calendar', 'calendar'],
  ['explain', 'explain'],
]

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])

const questionOf = (flags: Flags): Record<string, unknown> => {
  const question: Record<string, unknown> = {}
  for (const [flag, field] of PLAIN) if (flags[flag] !== undefined) question[field] = flags[flag]
  const pauses = texts(flags.pause).map((written) => {
    const [from, to] = written.split('..')
    return [from, to === undefined || to === '' ? null : to]
  })
  if (pauses.length > 0) question.pauses = pauses
  const extensions = texts(flags.extend).map((written) => {
    const [days, approved] = written.split('@')
    return [Number(days), approved]
  })
  if (extensions.length > 0) question.extensions = extensions
  return question
}

const LINES: readonly [
  field: 'accepted_on' | 'due_on' | 'due_at' | 'warn_on' | 'proposal_from',
  zh: string,
  en: string,
][] = [
  ['accepted_on', '受理', 'accepted'],
  ['due_on', '到期日', 'due'],
  ['due_at', '期满', 'runs out'],
  ['warn_on', '预警', 'warned'],
  ['proposal_from', '默许建议自', 'proposal from'],
]

const print = (reply: DueReply): void => {
  if ('error' in reply) {
    process.stderr.write(`${reply.error.at}: ${reply.error.zh} ${reply.error.en}\n`)
    process.exitCode = 2
    return
  }
  for (const [field, zh, en] of LINES) if (reply[field] !== null) process.stdout.write(`${zh} ${en}: ${reply[field]}\n`)
  if (reply.provisional) process.stdout.write('暂定 provisional：所涉日历尚未公布。\n')
  if (reply.used !== null) process.stdout.write(`已用 used ${reply.used}，剩余 remaining ${reply.remaining}\n`)
  if (reply.late_by_wd > 0) process.stdout.write(`超期 late by ${reply.late_by_wd} WD\n`)
  if (reply.extension_void) process.stdout.write('延长无效 an extension is void\n')
  if (reply.zh !== undefined) process.stdout.write(`${reply.zh}\n${reply.en}\n`)
}

const NOT_JSON = { code: 'bad_json', at: '', zh: '不是有效的 JSON。', en: 'Not valid JSON.' }

const answerLine = (line: string, law: DueLaw): DueReply | { error: typeof NOT_JSON } => {
  try {
    return answerDue(JSON.parse(line), law)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return { error: { ...NOT_JSON, en: `Not valid JSON: ${error.message}` } }
  }
}

const answerLines = async (law: DueLaw): Promise<void> => {
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() !== '') process.stdout.write(`${JSON.stringify(answerLine(line, law))}\n`)
  }
}

export const runDue = async (flags: Flags): Promise<void> => {
  const law = dueLawOf(await lawOf(flags.data))
  if (flags.stdin === true) return answerLines(law)
  const reply = answerDue(questionOf(flags), law)
  if (flags.json === true) process.stdout.write(`${JSON.stringify(reply)}\n`)
  else print(reply)
  if ('error' in reply) process.exitCode = 2
}
