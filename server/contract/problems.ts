// The one table of error codes: status, Chinese and English text (A, part 11). A test keeps it equal to what is used.
// A text says what happened, what was kept, what to do. `{at}` and `{detail}` are filled in where known.

import { type Phrase, phraseOf } from './phrases.ts'
import { CARD_PROBLEMS } from './problems-cards.ts'
import { KEY_PROBLEMS } from './problems-keys.ts'
import { LAW_PROBLEMS } from './problems-law.ts'
import { NUMBER_PROBLEMS } from './problems-numbers.ts'

export interface ProblemText {
  readonly status: number
  readonly zh: string
  readonly en: string
}

export const PROBLEMS = {
  ...LAW_PROBLEMS,
  ...CARD_PROBLEMS,
  ...NUMBER_PROBLEMS,
  ...KEY_PROBLEMS,
  not_found: { status: 404, zh: '没有找到所查内容。', en: 'Nothing was found under this name.' },
  no_key: {
    status: 401,
    zh: '缺少密钥，请在 Authorization 头中携带 Bearer 密钥。',
    en: 'A key is needed: send Authorization: Bearer KEY.',
  },
  bad_key: { status: 401, zh: '密钥无效或已被吊销。', en: 'This key is unknown or revoked.' },
  not_allowed: { status: 403, zh: '该密钥的角色不允许此操作。', en: 'The role of this key does not allow this.' },
  bad_request: { status: 400, zh: '请求有误：{detail}', en: 'The request is not right: {detail}' },
  too_large: {
    status: 413,
    zh: '请求过大（上限 {detail}），请分批发送。已答复的事件不受影响，重复发送无妨。',
    en: 'The request is too large (bound {detail}): send it in parts. What was answered stands; repeats do no harm.',
  },
  too_costly: {
    status: 422,
    zh: '计算量过大：暂停、延长过多，或问题过多；请分批提交。',
    en: 'This would take too long to reckon: too many pauses, extensions or questions. Send it in parts.',
  },
  headers_too_large: { status: 431, zh: '请求头过大。', en: 'The headers of the request are too large.' },
  too_slow: {
    status: 408,
    zh: '请求未在规定时间内送完，连接已断开；请重发（重复发送无妨）。',
    en: 'The request did not arrive in time and the line was cut; send it again, repeats do no harm.',
  },
  unsupported_media: { status: 415, zh: '不支持的内容类型。', en: 'This content type is not taken in here.' },
  too_many_sockets: {
    status: 503,
    zh: '短时间内请求连接的屏幕过多，请稍后再连。',
    en: 'Too many screens ask to be connected within a short time: connect again shortly.',
  },
  too_many_questions: {
    status: 503,
    zh: '该密钥（或地址）同时提出的请求过多，本次未予处理，请稍后重发。',
    en: 'Too many requests of this key (or address) wait at once; this one was not looked at. Send it again shortly.',
  },
  busy: {
    status: 503,
    zh: '接收队列已满，未接收本次请求，请稍后重发。',
    en: 'The intake queue is full; nothing of this request was taken. Send it again shortly.',
  },
  busy_midway: {
    status: 503,
    zh: '接收队列已满：前 {detail} 条已答复有效，其余未接收，请稍后重发（重复发送无妨）。',
    en: 'The intake queue filled up: the first {detail} events are answered and stand, the rest was not taken. Send it again shortly; repeats do no harm.',
  },
  storage_full: {
    status: 503,
    zh: '磁盘已满，没有得到答复的内容一概未收；已答复的不受影响。腾出空间后自动恢复，请稍后重发（重复发送无妨）。',
    en: 'The disk is full: what was not answered was not taken, what was answered stands. Service resumes by itself when there is room; send it again later, repeats do no harm.',
  },
  storage_failed: {
    status: 503,
    zh: '数据未能写入磁盘，没有得到答复的内容一概未收；已答复的不受影响。系统会自行重试，请稍后重发（重复发送无妨）。',
    en: 'The disk did not take the data: what was not answered was not taken, what was answered stands. It is tried again; send it again later, repeats do no harm.',
  },
  quarantine_full: {
    status: 503,
    zh: '此件未收（{detail}），且该来源的隔离区已满、无法留存：请自行保留，待监察部门处理后重发（已接收的不受影响）。',
    en: 'Not taken ({detail}), and the quarantine of this source is full, so it was not kept either: keep it, and send it again when the office has made room. What was taken stands.',
  },
  half_character: {
    status: 400,
    zh: '{at} 处的文字含有不完整的字符（半个代理对），不能保存，请检查后重发。',
    en: 'The text at {at} holds half a character (a lone surrogate), which cannot be kept: mend it and send it again.',
  },
  too_deep: {
    status: 422,
    zh: '内容嵌套过深（上限 {detail} 层），未接收。',
    en: 'The document is nested too deep (bound {detail} levels) and was not taken.',
  },
  stopping: {
    status: 503,
    zh: '服务正在停止，未接收本次请求，请稍后重发（重复发送无妨）。',
    en: 'The server is stopping; nothing of this request was taken. Send it again shortly, repeats do no harm.',
  },
  internal: {
    status: 500,
    zh: '处理未完成；没有得到答复的内容请重发（重复发送无妨）。编号 {detail}。',
    en: 'The request was not completed; send again what was not answered, repeats do no harm. Reference {detail}.',
  },
  bad_json: { status: 400, zh: '不是有效的 JSON：{detail}', en: 'Not valid JSON: {detail}' },
  not_an_object: { status: 400, zh: '事件应为一个 JSON 对象。', en: 'An event must be a JSON object.' },
  missing_field: { status: 400, zh: '缺少字段 {at}。', en: 'Field {at} is missing.' },
  bad_field: { status: 400, zh: '字段 {at} 有误：{detail}', en: 'Field {at} is not right: {detail}' },
  unknown_type: { status: 400, zh: '未知的事件类型 {detail}。', en: 'Unknown event type {detail}.' },
  bad_instant: {
    status: 400,
    zh: '{at} 的时间不能采用：{detail}',
    en: '{at} is no instant that can be taken: {detail}',
  },
  from_future: {
    status: 400,
    zh: '{at} 超前于服务器时钟过多：{detail}',
    en: '{at} is too far ahead of the clock: {detail}',
  },
  source_mismatch: {
    status: 400,
    zh: 'source_system 与密钥所属来源不一致：{detail}',
    en: 'source_system does not agree with the key: {detail}',
  },
  id_conflict: {
    status: 409,
    zh: '同一 event_id 已有不同内容，先到者保留。',
    en: 'This event_id is already held with other content; the first stays.',
  },
  not_yours: {
    status: 403,
    zh: '只对本来源自己的事件和编号有效：{detail}',
    en: 'This works for events and numbers of your own source alone: {detail}',
  },
  too_many_facts: {
    status: 422,
    zh: '该办件来自本来源的事件已达上限 {detail}，此件未收，存入隔离区待核。',
    en: 'This case holds as many events of this source as it may ({detail}); the event was not taken and waits in quarantine.',
  },
  may_not_declare: {
    status: 403,
    zh: '该密钥无权声明历史数据；请用 key add --historical 签发的来源密钥。',
    en: 'This key may not declare a past record; it takes a source key issued with key add --historical.',
  },
  already_withdrawn: { status: 409, zh: '该批导入已经撤回。', en: 'This import has been withdrawn already.' },
  bad_period: {
    status: 400,
    zh: '无法识别的期间 {detail}；可用 2026、2026-H1、2026-Q3、2026-07、2026-07-14、起..止、all。',
    en: 'Period {detail} cannot be read; use 2026, 2026-H1, 2026-Q3, 2026-07, 2026-07-14, from..to or all.',
  },
  not_offered: {
    status: 501,
    zh: '此处尚不提供 {detail}。',
    en: '{detail} is not offered here yet.',
  },
  wrong_method: {
    status: 405,
    zh: '此路径不支持 {detail} 方法。',
    en: 'This path does not take the method {detail}.',
  },
  unknown_parameter: {
    status: 400,
    zh: '没有名为 {at} 的查询参数；可用：{detail}',
    en: 'There is no query parameter {at}; known here: {detail}',
  },
  case_ended: {
    status: 409,
    zh: '办件 {detail} 不在办，不再催办。',
    en: 'The case {detail} is not in hand; it is not urged any more.',
  },
  no_signature: {
    status: 400,
    zh: '此项须由具名人员签字：请填写签字人姓名。',
    en: 'This needs the name of the person who signs.',
  },
  no_reason: { status: 400, zh: '请写明理由。', en: 'A reason is needed.' },
  upload_too_large: {
    status: 413,
    zh: '文件超过上传上限（{detail}），未接收。请在服务器上用命令 mingjing import 导入，或把文件分成几份。',
    en: 'The file is larger than an upload may be ({detail}); nothing of it was taken. Import it on the server with the command mingjing import, or cut it into parts.',
  },
  bad_file: {
    status: 422,
    zh: '文件不能导入，未接收：{detail}',
    en: 'This file cannot be imported and was not taken: {detail}',
  },
  no_upload: {
    status: 404,
    zh: '文件已不在服务器上（已导入、闲置过久或服务重启），请重新选择文件。映射不受影响。',
    en: 'The file is no longer on the server (imported, idle for long, or the server was restarted): choose it again. The mapping is not affected.',
  },
  bad_mapping: {
    status: 422,
    zh: '映射有误，未开始导入。首处在 {at}：{detail}',
    en: 'The mapping has faults; nothing was imported. The first is at {at}: {detail}',
  },
  row_waits: {
    status: 422,
    zh: '同一行中有内容未能读取（{detail}），该行其余事件在此等待。',
    en: 'Something of the same row could not be read ({detail}); its other events wait here.',
  },
  row_set_down: {
    status: 422,
    zh: '同一行的其他事件（{detail}）已标为无须处理，而一行不能只取一半。若该行确实不含这些事件，请把要提交的全部事件（哪怕只有一个）作为数组提交。',
    en: 'Other events of the same row ({detail}) were set down, and a row is never taken by half. If the row is right without them, send all its events, be it only one, as an array.',
  },
  mend_differs: {
    status: 422,
    zh: '更正只改未能读取的内容；已读出的 {at}（{detail}）须保持不变，未提交。若整行有误，请把该行全部事件作为数组一并提交。',
    en: 'A mend changes what could not be read; {at}, which could ({detail}), has to stay. Nothing was taken. If the whole row is wrong, send all its events as an array.',
  },
  rate_scale: {
    status: 422,
    zh: '尚未说明评价等级的方向（1 为最好还是最差），评价在此等待；请在目录的来源行（或导入映射）中写明 rate_scale：best_first 或 worst_first，再重新提交。',
    en: 'It is not said which way the levels of satisfaction run (is 1 best or worst?); ratings wait here. Say rate_scale (best_first or worst_first) in the source row of the catalogue, or in the mapping, and send them again.',
  },
  no_as_of: {
    status: 422,
    zh: '台账须写明截至时间：由列给出，或用 --as-of、页面填写。',
    en: 'A register must say as of when it is: by a column, by --as-of, or on the page.',
  },
  no_source: { status: 400, zh: '请指明来源系统。', en: 'Name the source system.' },
  imports_busy: {
    status: 503,
    zh: '等待导入的文件过多，请稍后再试。',
    en: 'Too many files are waiting to be imported: try again later.',
  },
} as const satisfies Record<string, ProblemText>

export type ProblemCode = keyof typeof PROBLEMS

export interface ProblemPlace {
  readonly at?: string | null
  /** A phrase of phrases.ts, both texts of one, or what is of no language: a code, a value, a number. */
  readonly detail?: string | Phrase | null
}

/** A value that is quoted may hold anything; a text of ours is one line. */
const oneLine = (text: string): string => text.replace(/\p{Cc}+/gu, ' ')

const filled = (text: string, at: string, detail: string): string =>
  text.replace(/\{(at|detail)\}/g, (_, name: 'at' | 'detail') => (name === 'at' ? at : oneLine(detail) || '…'))

/** Both texts of a code with its place and detail filled in. */
export const problemText = (code: ProblemCode, place: ProblemPlace): ProblemText => {
  const { status, zh, en } = PROBLEMS[code]
  const at = oneLine(place.at ?? '') || '/'
  const detail = phraseOf(place.detail ?? '')
  return { status, zh: filled(zh, at, detail.zh), en: filled(en, at, detail.en) }
}

/** Both texts, each on a line of its own: how the quarantine keeps them. `bothTexts` reads them back. */
export const problemLines = (code: ProblemCode, place: ProblemPlace): string => {
  const { zh, en } = problemText(code, place)
  return `${zh}\n${en}`
}

/** The two texts of `problemLines`; what an older version kept on one line reads alike in both. */
export const bothTexts = (kept: string): Phrase => {
  const [zh = '', en = zh] = kept.split('\n')
  return { zh, en }
}

/** One line in both languages, for the console and the report of an import. */
export const problemLine = (code: ProblemCode, place: ProblemPlace): string => {
  const { zh, en } = problemText(code, place)
  return `${zh} ${en}`
}
