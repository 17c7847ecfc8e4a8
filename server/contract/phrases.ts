// What is wrong, said in both languages: the short English phrases in which schemas, parsers and the intake name a fault,
// and the Chinese of each. A detail that is no phrase (a code, a value, a number) is of no language and stays as it came.
// A value is never translated: only whole phrases match, and what they quote is carried over as it stands.

/** One thing said in both languages. */
export interface Phrase {
  readonly zh: string
  readonly en: string
}

/**
 * [the English phrase, its Chinese, and a plainer English where the phrase is a validator's jargon]; the groups of the
 * first fill $1, $2 … of the others.
 */
type Row = readonly [phrase: RegExp, zh: string, en?: string]

/** The intake: fields, payloads, envelopes, bodies. */
const INTAKE: readonly Row[] = [
  [/^string expected$/, '应为文本'],
  [/^object expected$/, '应为对象'],
  [/^JSON array expected$/, '应为 JSON 数组'],
  [/^\{value, unit\} expected$/, '应为 {value, unit}'],
  [/^length (≤ \d+)$/, '长度应 $1'],
  [/^items (≤ \d+)$/, '项数应 $1'],
  [/^integer (-?\d+…-?\d+)$/, '应为 $1 的整数'],
  [/^one of (.+)$/s, '只能是 $1'],
  [/^lone surrogate$/, '含有不成对的代理字符'],
  [/^control character$/, '含有控制字符'],
  [/^not a character$/, '含有不是字符的码位（如 U+FFFF）'],
  [/^the same member twice$/, '同一成员出现两次'],
  [/^data and data_base64 together$/, 'data 与 data_base64 不能同时出现'],
  [/^names no case: (.*)$/s, '不是办件编号：$1'],
  [/^names itself$/, '指向了自己'],
  [/^cannot be read$/, '无法读取'],
  [/^event (≤ \d+) characters$/, '单个事件应 $1 个字符'],
  [/^nested too deep$/, '嵌套过深'],
  [/^names no year, month and day: (.*)$/s, '日期格式未写全年、月、日（如 yyyy-MM-dd）：$1'],
  [/^unknown encoding (.*)$/s, '没有这种文字编码：$1'],
  [/^not an IANA zone: (.*)$/s, '没有这个时区（应如 Asia/Shanghai）：$1'],
  [/^at, start or complete is needed$/, '须指明时间列：at、start 或 complete'],
  [/^neither case nor events$/, '没有写明任何事件（case 或 events）'],
  [/^a register needs the case number$/, '台账须指明办件编号'],
  [/^nested more than (\d+) deep$/, '嵌套超过 $1 层'],
  [/^not a finite number$/, '不是有限数'],
  [/^(\w+) is not JSON$/, '$1 不是 JSON 值'],
  [/^base64 of JSON in UTF-8 expected$/, '应为 UTF-8 JSON 的 base64'],
  [/^header (ce-\w+)$/, '请求头 $1 无法解码'],
  [/^(≤ \d+) bytes$/, '$1 字节'],
  [/^(≤ \d+) events$/, '$1 个事件'],
  [/^(≤ \d+) bytes a line$/, '每行 $1 字节'],
  [/^byte (\d+) is not UTF-8$/, '第 $1 字节不是 UTF-8'],
  [/^position (\d+)$/, '第 $1 个字符处'],
  [/^unexpected end$/, '内容不完整'],
  [/^unexpected character$/, '出现了不该有的字符'],
  [/^the body$/, '请求正文'],
  [/^not HTTP$/, '不是 HTTP'],
]

/** Instants that cannot be taken, each with what was written. */
const INSTANTS: readonly Row[] = [
  [/^no offset: (.*)$/s, '缺少时区偏移（如 +08:00）：$1'],
  [/^there is no hour 24: (.*)$/s, '没有 24 时，午夜请写次日 00:00:00：$1'],
  [/^a leap second is not taken: (.*)$/s, '不收闰秒 :60，请写下一秒：$1'],
  [/^a year of four digits expected: (.*)$/s, '年份应为四位数：$1'],
  [/^a null date of a machine: (.*)$/s, '是设备的空日期，不是时间：$1'],
  [/^before 1970: (.*)$/s, '早于 1970 年，应是设备的空日期：$1'],
  [/^no day of the calendar: (.*)$/s, '日历上没有这一天：$1'],
  [/^not the start of its day: (.*)$/s, '只知日期的事件应写作当日 00:00:00：$1'],
  [/^not RFC 3339 with an offset: (.*)$/s, '不是带时区偏移的 RFC 3339 时间：$1'],
]

/** What the schemas of requests and documents say (JSON Schema, in the words of Ajv and TypeBox). */
const SCHEMA: readonly Row[] = [
  [/^must be (?:an? )?(integer|number|string|boolean|object|array|null)$/, '应为<$1>'],
  [/^must be either (.+)$/, '应为 $1 之一'],
  [/^must be ([<>]=?) (-?[\d.]+)$/, '应 $1 $2'],
  [/^must be multiple of ([\d.]+)$/, '应为 $1 的倍数'],
  [/^must have required propert(?:y|ies) (.+)$/s, '缺少 $1'],
  [/^must not have additional properties$/i, '有未知的成员'],
  [/^must not have (?:more|greater) than (\d+) characters?$/i, '不得多于 $1 个字符'],
  [/^must not have (?:fewer|less) than (\d+) characters?$/i, '不得少于 $1 个字符'],
  [/^must not have (?:more|greater) than (\d+) items?$/i, '不得多于 $1 项'],
  [/^must not have (?:fewer|less) than (\d+) items?$/i, '不得少于 $1 项'],
  [/^must match pattern (.+)$/s, '应符合 $1'],
  [/^must match format (.+)$/s, '应符合格式 $1'],
  [/^must be equal to one of the allowed values$/, '不在允许的取值之内'],
  [/^schema is false$/, '不认识的成员', 'a member that is not known here'],
  [/^must be equal to constant$/, '不是规定的取值'],
  [/^must match (?:a|exactly one) schema in (?:anyOf|oneOf)$/, '不在允许的取值之内'],
  // what no document of ours can cause today; its own words would be English among Chinese
  [/^must .+$/s, '不符合规定的格式'],
]

/** What law and calendars say of a document that does not fit. */
const LAW: readonly Row[] = [
  [/^(.+) is missing$/s, '缺少 $1'],
  [/^not a limit: (.+)$/s, '不是时限：$1'],
  [/^not a date: (.+)$/s, '不是日期：$1'],
  [/^not an instant with an offset: (.+)$/s, '不是带时区偏移的时间：$1'],
  [/^stands twice: (.+)$/s, '重复出现：$1'],
  [/^(\S+) is not a limit: (.+)$/s, '$1 不是时限：$2'],
  [/^(\S+) is not a date: (.+)$/s, '$1 不是日期：$2'],
  [/^unknown or circular parent$/, '上级不存在或成环'],
  [/^region (\S+) lies in itself$/, '区划 $1 的上级链绕回了自身'],
  [/^unknown calendar (.+)$/s, '没有日历 $1'],
  [/^unknown profile (.+)$/s, '没有规则方案 $1'],
  [/^unknown rule (.+)$/s, '没有规则 $1'],
  [/^(\S+) is not confirmed by a person: its mode is (\S+)$/, '$1 的方式是 $2，不经人确认，无从签署'],
  [/^(\S+) is always confirmed by a person$/, '$1 必须经人确认'],
  [/^(\S+) is always signed by a person$/, '$1 必须由人签署'],
  [/^"(.*)" is not a date \(YYYY-MM-DD\)\.$/s, '“$1” 不是日期（YYYY-MM-DD）'],
  [/^"(.*)" is not a month and day \(MM-DD\)\.$/s, '“$1” 不是月日（MM-DD）'],
  [/^The coverage ends \((.+)\) before it begins\.$/s, '覆盖期的止日 $1 早于起日'],
  [/^A day is listed as "off" or "work", not "(.*)"\.$/s, '日期只能列为 off 或 work，不能是 “$1”'],
  [/^(\S+) lies outside (.+)\.$/s, '$1 不在 $2 之内'],
  [/^(\S+) is listed twice\.$/, '$1 重复列出'],
  [/^(\S+) is not an ISO weekday \(1–7\)\.$/, '$1 不是星期（1–7）'],
  [/^A week needs a working day\.$/, '一周至少要有一个工作日'],
  [/^No office hours are given\.$/, '没有给出办公时间'],
  [/^Office hours (\S+) must be .+$/s, '办公时间 $1 应为依次排列、互不重叠的 HH:MM'],
  [/^The parent calendar "(.*)" is not at hand\.$/s, '没有上级日历 “$1”'],
  [/^Invalid time zone specified: (.+)$/s, '没有时区 $1'],
]

/** Why two numbers cannot be joined or parted (I11). */
const ALIAS: readonly Row[] = [
  [/^a number cannot be joined to itself$/, '编号不能与自己合并'],
  [/^(\S+) is not joined to (\S+)$/, '$1 并未合并到 $2'],
  [/^(\S+) is joined to (\S+) already$/, '$1 已合并到 $2'],
  [/^(\S+) is itself joined to (\S+)$/, '$1 自身已合并到 $2'],
  [/^other numbers are joined to (\S+)$/, '已有其他编号合并到 $1'],
]

const ROWS: readonly Row[] = [...INTAKE, ...INSTANTS, ...SCHEMA, ...ALIAS, ...LAW]

const KINDS: Readonly<Record<string, string>> = {
  integer: '整数',
  number: '数',
  string: '文本',
  boolean: 'true 或 false',
  object: '对象',
  array: '数组',
  null: '空值',
}

/** A phrase in both languages; null: it is none. */
const wholePhrase = (said: string): Phrase | null => {
  const row = ROWS.find(([pattern]) => pattern.test(said))
  if (row === undefined) return null
  const [pattern, zh, en] = row
  return {
    zh: said.replace(pattern, zh).replace(/<(\w+)>/, (_, kind: string) => KINDS[kind] ?? kind),
    en: en === undefined ? said : said.replace(pattern, en),
  }
}

/** `line 7: …` of a stream, `/items/0: …` of a document: a place before the phrase. */
const PLACED = /^(?:line (\d+)|([\w./~-]+)): (.*)$/s

/** A detail in both languages; one that is no phrase reads alike in both. */
export const phraseOf = (detail: string | Phrase): Phrase => {
  if (typeof detail !== 'string') return detail
  const whole = wholePhrase(detail)
  if (whole !== null) return whole
  const [, line, place, rest = ''] = PLACED.exec(detail) ?? []
  const said = wholePhrase(rest)
  if (said === null) return { zh: detail, en: detail }
  return line === undefined
    ? { zh: `${place}：${said.zh}`, en: `${place}: ${said.en}` }
    : { zh: `第 ${line} 行：${said.zh}`, en: `line ${line}: ${said.en}` }
}
