// The one table of error codes: status, Chinese and English text (A, part 11). A test keeps it equal to what is used.
// A text says what happened, what was kept, what to do. `{at}` and `{detail}` are filled in where known.

export interface ProblemText {
  readonly status: number
  readonly zh: string
  readonly en: string
}

export const PROBLEMS = {
  not_found: { status: 404, zh: '没有找到所查内容。', en: 'Nothing was found under this name.' },
  no_key: { status: 401, zh: '缺少密钥，请在 Authorization 头中携带 Bearer 密钥。', en: 'A key is needed: send Authorization: Bearer KEY.' },
  bad_key: { status: 401, zh: '密钥无效或已被吊销。', en: 'This key is unknown or revoked.' },
  not_allowed: { status: 403, zh: '该密钥的角色不允许此操作。', en: 'The role of this key does not allow this.' },
  bad_request: { status: 400, zh: '请求有误：{detail}', en: 'The request is not right: {detail}' },
  too_large: { status: 413, zh: '请求过大，请分批发送。已答复的事件不受影响。', en: 'The request is too large: send it in parts. What was answered stands.' },
  unsupported_media: { status: 415, zh: '不支持的内容类型。', en: 'This content type is not taken in here.' },
  busy: { status: 503, zh: '接收队列已满，未收下本次请求，请稍后重发。', en: 'The intake queue is full; nothing of this request was taken. Send it again shortly.' },
  internal: { status: 500, zh: '处理未完成，请求未被记录；编号 {detail}。', en: 'The request was not completed and nothing of it was recorded; reference {detail}.' },
  bad_json: { status: 400, zh: '不是有效的 JSON：{detail}', en: 'Not valid JSON: {detail}' },
  not_an_object: { status: 400, zh: '事件应为一个 JSON 对象。', en: 'An event must be a JSON object.' },
  missing_field: { status: 400, zh: '缺少字段 {at}。', en: 'Field {at} is missing.' },
  bad_field: { status: 400, zh: '字段 {at} 有误：{detail}', en: 'Field {at} is not right: {detail}' },
  unknown_type: { status: 400, zh: '未知的事件类型 {detail}。', en: 'Unknown event type {detail}.' },
  bad_instant: { status: 400, zh: '{at} 应为带时区偏移的 RFC 3339 时间：{detail}', en: '{at} must be RFC 3339 with an offset: {detail}' },
  from_future: { status: 400, zh: '{at} 超前于服务器时钟过多：{detail}', en: '{at} is too far ahead of the clock: {detail}' },
  source_mismatch: { status: 400, zh: 'source_system 与密钥所属来源不一致：{detail}', en: 'source_system does not agree with the key: {detail}' },
  id_conflict: { status: 409, zh: '同一 event_id 已有不同内容，先到者保留。', en: 'This event_id is already held with other content; the first stays.' },
  not_yours: { status: 403, zh: '只能作废本来源自己的事件：{detail}', en: 'Only events of your own source can be made void: {detail}' },
} as const satisfies Record<string, ProblemText>

export type ProblemCode = keyof typeof PROBLEMS
