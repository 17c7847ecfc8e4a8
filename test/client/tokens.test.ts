// The look of the screens stands in one file: no page has a colour, a size of type or a duration of its own, every token that
// is named exists, text stands out from what it stands on, and the three signals differ in lightness.

import { describe, expect, it } from 'vitest'
import { filesIn, textOf } from '../house/tree.ts'

const TOKENS = textOf('client/frame/tokens.css')
const STYLES = filesIn('client', ['.svelte', '.css'])
  .filter((path) => !path.endsWith('tokens.css'))
  .map((path) => {
    const text = textOf(path)
    return { path, css: path.endsWith('.css') ? text : (/<style[^>]*>([\s\S]*)<\/style>/.exec(text)?.[1] ?? ''), text }
  })

const RAW: readonly (readonly [string, RegExp])[] = [
  ['colour', /#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\b|\b(?:rgba?|hsla?|oklch|color-mix)\(/i],
  [
    'named colour',
    /(?:color|background|stroke|fill|border[a-z-]*):[^;{]*\b(?:white|black|red|gr[ae]y|yellow|orange|blue|green)\b(?!-)/,
  ],
  ['size of type', /font-size:\s*[\d.]+(?:rem|px)/],
  ['duration', /(?:animation|transition)[a-z-]*:[^;]*?[\d.]+m?s\b/],
  ['shadow', /box-shadow:\s*0 [\d.]+\w+ [\d.]+\w+/],
]
/** The size of the root, from which all others are. */
const ROOT = /\[data-ground="office"\] \{[^}]*\}/g

const rawIn = (css: string): string[] => {
  const bare = css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(ROOT, '')
    .replace(/var\(--[\w-]+/g, 'var(')
  return RAW.flatMap(([what, pattern]) => {
    const found = pattern.exec(bare)
    return found === null ? [] : [`${what} ${found[0]}`]
  })
}

/** The tokens of one ground. */
const tokensOf = (ground: string): Map<string, string> => {
  const block = new RegExp(`\\[data-ground="${ground}"\\] \\{([^}]*)\\}`).exec(TOKENS)?.[1] ?? ''
  return new Map([...block.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name = '', value = '']) => [name, value]))
}
const OFFICE = tokensOf('office')
const WALL = tokensOf('wall')

const colourOf = (ground: Map<string, string>, name: string): string => {
  const value = ground.get(name) ?? ''
  const other = /^var\((--[\w-]+)\)$/.exec(value)?.[1]
  return other === undefined ? value : colourOf(ground, other)
}
/** Relative luminance as WCAG 2.2 has it, of `#rrggbb` or `#rgb`. */
const luminanceOf = (colour: string): number => {
  const hex = colour.length === 4 ? colour.replace(/[0-9a-f]/gi, '$&$&') : colour
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
const contrast = (ground: Map<string, string>, text: string, on: string): number => {
  const [light = 0, dark = 0] = [text, on].map((name) => luminanceOf(colourOf(ground, name))).sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

describe('the tokens', () => {
  it('L5: no page has a colour, a size of type, a shadow or a duration of its own [B15]', () => {
    expect(STYLES.length).toBeGreaterThan(80)
    expect(STYLES.flatMap(({ path, css }) => rawIn(css).map((raw) => `${path} ${raw}`))).toEqual([])
  })

  it.each([
    'a { color: #b3241f }',
    'a { background: white }',
    'a { border: 1px solid rgb(1 2 3 / 50%) }',
    'a { font-size: 0.9rem }',
    'a { animation: roll 220ms ease-out }',
    'a { box-shadow: 0 2px 8px var(--ink) }',
  ])('L5: %s is caught', (css) => {
    expect(rawIn(css).length).toBe(1)
  })

  it('L5: every token that is named exists [B15]', () => {
    const known = new Set([...TOKENS.matchAll(/(--[\w-]+):/g)].map(([, name]) => name))
    const unknown = STYLES.flatMap(({ path, text }) => {
      const own = new Set([...text.matchAll(/(?:style:)?(--[\w-]+)(?::|=|\})/g)].map(([, name]) => name))
      const named = [...text.matchAll(/var\((--[\w-]+)/g)].map(([, name]) => name)
      return named.filter((name) => !known.has(name) && !own.has(name)).map((name) => `${path} ${name}`)
    })
    // set by the page around it
    expect(unknown.filter((each) => !/--(?:left|right|late-soft|late-text)$/.test(each))).toEqual([])
  })

  it.each([
    ['--ink', ['--ground', '--paper', '--soft', '--chosen']],
    ['--ink-2', ['--ground', '--paper', '--soft', '--chosen']],
    ['--ink-3', ['--ground', '--paper', '--soft', '--chosen']],
    ['--link', ['--ground', '--paper', '--soft', '--chosen']],
    ['--error', ['--paper', '--error-soft', '--red-soft', '--ground']],
    ['--red-text', ['--paper', '--soft', '--red-soft']],
    ['--yellow-text', ['--paper', '--soft', '--yellow-soft']],
    ['--amber-text', ['--paper', '--soft', '--amber-soft']],
    ['--good-text', ['--paper', '--ground']],
    ['--on-strong', ['--link', '--hold-1', '--hold-2', '--hold-3']],
    ['--on-yellow', ['--yellow']],
    ['--on-red', ['--red']],
    ['--count-ink', ['--count', '--count-2', '--paper']],
    ['--extend-ink', ['--extend']],
    ['--on-hold-4', ['--hold-4']],
    ['--late-red-text', ['--late-red']],
    ['--yellow-text', ['--late-yellow']],
  ])('L5: in the office %s is read on %s at 4.5:1 [U22]', (text, grounds) => {
    for (const on of grounds) expect([on, contrast(OFFICE, text, on) >= 4.5]).toEqual([on, true])
  })

  it.each([
    ['--text-1', ['--ground', '--panel', '--tile', '--red-soft']],
    ['--text-2', ['--ground', '--panel', '--tile']],
    ['--text-3', ['--ground', '--panel', '--tile']],
    ['--red-text', ['--ground', '--panel']],
    ['--amber', ['--ground', '--panel', '--tile', '--amber-soft']],
    ['--on-yellow', ['--yellow']],
    ['--on-red', ['--red']],
    ['--on-chip', ['--chip']],
  ])('L5: on the wall %s is read on %s at 4.5:1 [U22]', (text, grounds) => {
    for (const on of grounds) expect([on, contrast(WALL, text, on) >= 4.5]).toEqual([on, true])
  })

  it('L5: what can be pressed has an edge that is seen, 3:1 [U22]', () => {
    expect(contrast(OFFICE, '--edge', '--paper')).toBeGreaterThanOrEqual(3)
    expect(contrast(OFFICE, '--accent', '--ground')).toBeGreaterThanOrEqual(3)
    expect(contrast(WALL, '--accent', '--ground')).toBeGreaterThanOrEqual(3)
  })

  it('L5: the three signals are told apart without their hue: yellow lightest, red deepest [U22]', () => {
    for (const ground of [OFFICE, WALL]) {
      const [red = 0, amber = 0, yellow = 0] = ['--red', '--amber', '--yellow'].map((name) =>
        luminanceOf(colourOf(ground, name)),
      )
      expect(amber / red).toBeGreaterThan(1.5)
      expect(yellow / amber).toBeGreaterThan(1.3)
    }
  })
})
