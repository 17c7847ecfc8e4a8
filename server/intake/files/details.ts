// What a reader says beside its code (I8), in both languages: its short English phrases and the Chinese of each. What is
// no phrase – a name, a figure, the word of a parser – is of no language and stands as it came.

import { type Phrase, phraseOf } from '../../contract/phrases.ts'

const PHRASES: readonly (readonly [phrase: RegExp, zh: string])[] = [
  [/^there is no such file$/, '没有这个文件'],
  [/^there is no such folder$/, '没有这个文件夹'],
  [/^not permitted$/, '没有权限'],
  [/^the disk is full$/, '磁盘已满'],
  [/^not a file$/, '不是文件'],
  [/^a file to be read$/, '这是要读取的文件'],
  [/^not JSON$/, '不是 JSON'],
  [/^not an object$/, '不是对象'],
  [/^the same member twice: (.*)$/s, '同一成员出现两次：$1'],
  [/^(≤ \d+) characters$/, '$1 个字符'],
  [/^(≤ \d+) rows$/, '$1 行'],
  [/^(≤ \d+) attributes of one trace or event$/, '一个案例或事件的属性 $1 个'],
  [/^no header$/, '没有表头'],
  [/^no header, or no such sheet$/, '没有表头，或没有这张工作表'],
  [/^no such sheet: (.*)$/s, '没有这张工作表：$1'],
  [/^no list at (.*)$/s, '$1 处没有列表'],
  [/^a quote is not closed$/, '引号没有闭合'],
  [/^a (?:record|line) of more than (\d+) bytes$/, '一行超过 $1 字节'],
  [/^not a workbook \(\.xlsx is a ZIP file\)$/, '不是工作簿（.xlsx 是 ZIP 文件）'],
  [/^not an XES log: (.*)$/s, '不是 XES 日志：$1'],
  [/^unknown encoding (.*)$/s, '没有这种编码：$1'],
  [/^not ([\w-]+)$/, '不是 $1'],
  [/^(.*), and \.gz of them$/s, '$1，及其 .gz'],
]

const whole = (said: string): Phrase | null => {
  const found = PHRASES.find(([phrase]) => phrase.test(said))
  return found === undefined ? null : { zh: said.replace(found[0], found[1]), en: said }
}

/** What a reader said, in both languages, also behind the name of the file: `a.csv: not permitted`. */
export const readerPhrase = (said: string): Phrase => {
  const [, name = '', rest = ''] = /^(.*): ([^:]*)$/s.exec(said) ?? []
  const behind = whole(rest)
  return whole(said) ?? (behind === null ? phraseOf(said) : { zh: `${name}：${behind.zh}`, en: said })
}
