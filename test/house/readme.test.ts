// The two languages of the README say the same (SPEC 11): every command, path, setting, code and flag that one shows in letters
// of its own stands in the other as well, but for the few words in them that are translated.

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const textOf = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8')

/** What stands in letters of its own: within a line, and in a block of its own, its remarks and quoted words left out. */
const shownIn = (text: string): string[] => {
  const inline = [...text.matchAll(/`([^`\n]+)`/g)].map(([, shown]) => shown ?? '')
  const blocks = text.split('\n').filter((line) => line.startsWith('    '))
  const bare = blocks.map((line) =>
    line
      .trim()
      .replace(/\s+# .*$/, '')
      .replace(/"[^"]*[一-鿿][^"]*"|--note "[^"]*"|--why "[^"]*"/g, ''),
  )
  return [...inline, ...bare.map((line) => line.trim())]
}

/** English, and what stands in the Chinese for it. */
const TRANSLATED: Readonly<Record<string, string>> = {
  '/cases/NUMBER': '/cases/办件编号',
  '/cards/ID': '/cards/牌号',
  '/windows/NO': '/windows/窗口号',
  '?scope=department:CODE': '?scope=department:编码',
  'register: NAME': 'register: 名称',
  'source:serial': '来源:序号',
  'npx mingjing key add --data /srv/mingjing --role unit --department ORG_CODE':
    'npx mingjing key add --data /srv/mingjing --role unit --department 部门编码',
}

describe('the README', () => {
  it('SPEC 11: shows in Chinese whatever command, path, setting and code it shows in English, and the other way round', () => {
    const [en, zh] = [shownIn(textOf('README.md')), shownIn(textOf('README.zh-CN.md'))]
    const meant = en.map((shown) => TRANSLATED[shown] ?? shown)
    expect([...new Set(meant)].filter((shown) => !zh.includes(shown))).toEqual([])
    expect([...new Set(zh)].filter((shown) => !meant.includes(shown))).toEqual([])
  })
})
