// What the two READMEs say of each role is what the table of permissions does (A1), phrase by phrase.

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type Grant, grantOf, PERMISSIONS, type Permission, ROLES } from '../../server/access/permissions.ts'

const READ = ['cases.read', 'cards.read', 'measures.read'] as const

const PHRASES: readonly [en: string, zh: string, grant: Grant, permissions: readonly Permission[]][] = [
  ['cases, cards and figures', '办件、监察牌、数字', 'all', READ],
  ['its own cases, cards and figures', '本单位的办件、监察牌、数字', 'own', READ],
  ['the catalogue', '目录', 'all', ['catalogue.read']],
  ['walls', '大屏', 'all', ['wall.read']],
  ['the limit calculator', '时限计算', 'all', ['due.use']],
  ['personal data', '个人信息', 'all', ['personal.read']],
  ['imports', '导入', 'all', ['imports.read']],
  ['the quarantine', '隔离区', 'all', ['quarantine.read']],
  ['keys', '密钥', 'all', ['keys.read']],
  ['send events of its own', '发送本来源的事件', 'own', ['events.write']],
  ['send events of any source', '发送任意来源的事件', 'all', ['events.write']],
  ['join numbers of its own cases', '并号（本来源说过的办件）', 'own', ['aliases.write']],
  ['join numbers', '并号', 'all', ['aliases.write']],
  ['move cards', '办理监察牌', 'all', ['cards.move']],
  ['urge', '催办', 'all', ['cases.urge']],
  ['mend what was refused', '改正被拒事件', 'all', ['quarantine.write']],
  ['import files and take them back', '导入文件与撤回', 'all', ['imports.write']],
  ['declare a past record', '声明历史数据', 'all', ['past.declare']],
  ['make events void', '作废事件', 'all', ['voids.write']],
  ['load the catalogue', '载入目录', 'all', ['catalogue.write']],
  ['issue keys', '发放密钥', 'all', ['keys.write']],
]

const README = new URL('../../', import.meta.url)

/** The phrases of each role, by the table whose first column begins with its name. */
const saidOf = (file: string, split: RegExp): Map<string, string[]> =>
  new Map(
    readFileSync(new URL(file, README), 'utf8')
      .split('\n')
      .flatMap((line): [string, string[]][] => {
        const [, role, reads, may] = /^\| `(\w+)`[^|]*\| ([^|]+) \| ([^|]+) \|$/.exec(line) ?? []
        if (role === undefined || reads === undefined || may === undefined) return []
        return [[role, [reads, may].flatMap((cell) => (cell === '–' ? [] : cell.split(split)))]]
      }),
  )

const granted = (phrases: readonly string[], words: (row: (typeof PHRASES)[number]) => string): Map<string, Grant> => {
  const found = new Map<string, Grant>()
  for (const phrase of phrases) {
    const row = PHRASES.find((one) => words(one) === phrase)
    if (row === undefined) throw new Error(`a phrase of no permission: ${phrase}`)
    for (const permission of row[3]) found.set(permission, row[2])
  }
  return found
}

describe('the READMEs', () => {
  it.each([
    ['README.md', /; /, 0],
    ['README.zh-CN.md', /；/, 1],
  ] as const)('A1: %s says of each role what the table of permissions does [S13]', (file, split, language) => {
    const said = saidOf(file, split)
    expect([...said.keys()].sort()).toEqual([...ROLES].sort())
    for (const role of ROLES) {
      const found = granted(said.get(role) ?? [], (row) => row[language])
      const told = PERMISSIONS.map((permission) => `${permission} ${found.get(permission) ?? 'no'}`)
      expect(told, role).toEqual(PERMISSIONS.map((permission) => `${permission} ${grantOf(role, permission)}`))
    }
  })
})
