// Making names fit a tile or a line without losing what tells them apart. Pure.
// The abbreviations are those in daily use in service centres; an unknown name is trimmed, never guessed at.

const USUAL: readonly (readonly [RegExp, string])[] = [
  [/市场监督/, '市监'],
  [/人力资源/, '人社'],
  [/住房公积金|公积金/, '公积金'],
  [/住房和?城乡/, '住建'],
  [/自然资源|规划/, '资规'],
  [/不动产/, '不动产'],
  [/发展和?改革/, '发改'],
  [/卫生健康/, '卫健'],
  [/生态环境|环境保护/, '生态'],
  [/交通运输/, '交通'],
  [/文化|广电|旅游/, '文旅'],
  [/农业农村|农业/, '农业'],
  [/工业和?信息/, '工信'],
  [/应急管理/, '应急'],
  [/医疗保障/, '医保'],
  [/退役军人/, '退役'],
  [/城市管理|综合执法/, '城管'],
  [/消防/, '消防'],
  [/烟草/, '烟草'],
  [/残疾人/, '残联'],
  [/出入境/, '出入境'],
  [/车辆管理|车管/, '车管'],
]

/** Two to four characters for a department: 市市场监督管理局 → 市监. */
export const shortDepartment = (name: string): string => {
  for (const [pattern, short] of USUAL) if (pattern.test(name)) return short
  if (name.length <= 3) return name.replace(/(?<=.{2})[局委办处厅]$/, '')
  const bare = name
    .replace(/^.{0,4}?[省市区县州](?=.{3,})/, '')
    .replace(/(管理|监督)*(委员会|管理局|办公室|服务中心|中心|集团|公司|局|厅|处|所|委|办)$/, '')
  return (bare === '' ? name : bare).slice(0, 4)
}

/** One or two telling words of an English name: "Market Regulation Bureau" → "Market Regulation". */
export const shortDepartmentEn = (name: string): string =>
  name
    .replace(
      /\b(municipal|city|bureau|administration|department|commission|committee|office|authority|of|the|for)\b/gi,
      '',
    )
    .replace(/\s+/g, ' ')
    .trim() || name

const widthOf = (char: string): number => (/[\u1100-\uffff]/.test(char) ? 2 : 1)

export const textWidth = (text: string): number => [...text].reduce((sum, char) => sum + widthOf(char), 0)

/** Cuts in the middle so that both ends show: 市场监督管理局…企业登记. Width in half-width characters. */
export const cutMiddle = (text: string, width: number): string => {
  if (textWidth(text) <= width) return text
  const chars = [...text]
  const room = width - 2
  let head = ''
  let tail = ''
  let used = 0
  for (let i = 0, j = chars.length - 1; i <= j; ) {
    const fromHead = textWidth(head) <= textWidth(tail)
    const char = chars[fromHead ? i : j] ?? ''
    if (used + widthOf(char) > room) break
    used += widthOf(char)
    if (fromHead) {
      head += char
      i++
    } else {
      tail = char + tail
      j--
    }
  }
  return `${head}…${tail}`
}

/** As much of a case's tail as tells it from its neighbours on a wall: …20260917-0042 → 0917-0042. */
export const shortTail = (tail: string): string => tail.replace(/^…/, '').slice(-9)

/** The running number at the end of a case number: people tell cases apart by it. */
export const splitTail = (projectNo: string): { head: string; tail: string } => {
  const at = projectNo.length > 13 ? projectNo.length - 13 : 0
  const cut = projectNo.lastIndexOf('-', projectNo.length - 2)
  const start = cut > 0 && projectNo.length - cut <= 6 ? Math.max(0, cut - 8) : at
  return { head: projectNo.slice(0, start), tail: projectNo.slice(start) }
}
