// Texts of YAML and JSON nested without end (I5): found to be so before the reader that recurses sees them. Near the end of
// the stack the engine ends the process where it must compile a regular expression, so that running out is no answer.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readSettings } from '../../server/config.ts'
import { readDocument } from '../../server/intake/files/mapping-text.ts'
import { isDeepYaml, parseYaml } from '../../server/intake/yaml.ts'

/** How one stands within another, and how it is closed. */
const KINDS = [
  ['lists in flow', '[', ']'],
  ['maps in flow', '{"a":', '}'],
  ['maps in flow without quotes', '{a: ', '}'],
  ['lists in a block', '- ', ''],
  ['keys in a block', '? ', ''],
  ['lists as keys', '? - ', ''],
  ['lists never closed', '[', ' '],
] as const

const nested = (depth: number, open: string, close: string): string => `${open.repeat(depth)}1${close.repeat(depth)}`

const inLines = (depth: number): string => Array.from({ length: depth }, (_, i) => `${' '.repeat(i)}a:\n`).join('')

describe('a text nested without end', () => {
  it.each(KINDS)('I5: %s are told as such, not as an end of the stack', (_, open, close) => {
    for (const depth of [200, 1_500, 20_000]) {
      const text = nested(depth, open, close)
      expect(readDocument(text), `× ${depth}`).toEqual({ faults: [{ at: '/', detail: 'nested more than 16 deep' }] })
      expect(() => parseYaml(text), `× ${depth}`).toThrow('nested more than 64 deep')
    }
  })

  it('I5: maps over many lines, too, and as a settings file', () => {
    expect(isDeepYaml(inLines(500))).toBe(true)
    const folder = mkdtempSync(join(tmpdir(), 'mingjing-yaml-'))
    try {
      writeFileSync(join(folder, 'deep.yaml'), nested(20_000, '[', ']'))
      expect(() => readSettings({ config: join(folder, 'deep.yaml') }, {})).toThrow('nested more than 64 deep')
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  it.each(KINDS.slice(0, -1))('I5: %s are counted to the bound and hardly further', (_, open, close) => {
    const levels = open === '? - ' ? 2 : 1
    // the innermost value is counted where it stands by itself
    expect([10, 12].map((depth) => isDeepYaml(nested(depth, open, close), 10 * levels))).toEqual([false, true])
  })

  it('I8: a long flat text is not deep, whatever brackets stand in its words', () => {
    const rows = Array.from({ length: 2_000 }, (_, i) => `- {a: "[[[[{{{{", b: '- - - -', c: [x, ${i}]}`).join('\n')
    expect(isDeepYaml(rows, 2)).toBe(false)
    expect((parseYaml(rows) as unknown[]).length).toBe(2_000)
    expect(isDeepYaml(`a: |\n${'  [[[[\n'.repeat(500)}`, 1)).toBe(false)
  })
})
