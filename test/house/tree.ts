// The source tree as text: which file imports which, with what (values or types only). Comments and strings are told
// apart by a small scanner, so that a rule about code does not trip over prose.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

export const ROOT = resolve(import.meta.dirname, '../..')

const SKIPPED: ReadonlySet<string> = new Set(['node_modules', 'dist', '.git'])

/** Files under a folder of the project with one of these endings, by their path from the root, sorted. */
export const filesIn = (folder: string, endings: readonly string[]): string[] => {
  const full = join(ROOT, folder)
  if (!existsSync(full)) return []
  return readdirSync(full, { withFileTypes: true })
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`
      if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : filesIn(path, endings)
      return endings.some((ending) => entry.name.endsWith(ending)) ? [path] : []
    })
    .sort()
}

/** Room of the server a file stands in; a file at the top of `server/` is a room of its own; null: it is not the server's. */
export const roomOf = (path: string): string | null => /^server\/([^/]+)/.exec(path)?.[1] ?? null

export const textOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8')

export interface Split {
  /** The code with comments and the contents of strings left out. */
  readonly code: string
  /** The contents of its strings and templates. */
  readonly strings: readonly string[]
}

/** Tells code, comments and strings apart. Regular expressions are code; a quote in one is rare enough not to matter. */
export const splitText = (text: string): Split => {
  const token = /\/\*[\s\S]*?\*\/|(?<![:\\'"`])\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g
  const strings: string[] = []
  const code = text.replace(token, (found) => {
    if (found.startsWith('/')) return ''
    strings.push(found.slice(1, -1))
    return `${found[0]}${found[0]}`
  })
  return { code, strings }
}

export interface Import {
  readonly from: string
  /** Path from the root; null: a package or a node module, whose name stands in `name`. */
  readonly to: string | null
  readonly name: string
  readonly typesOnly: boolean
}

const STATEMENT = /(?:^|\n|;)\s*(?:import|export)\s+(type\s+)?([^'"`;]*?)\s*from\s*['"]([^'"]+)['"]/g
const BARE = /(?:^|\n|;)\s*import\s*['"]([^'"]+)['"]/g
const DYNAMIC = /import\(\s*['"]([^'"]+)['"]\s*\)(\.)?/g
const BESIDE = /new URL\(\s*['"](\.[^'"]+)['"]/g

/** `{ type A, type B }` brings no value. */
const isTypeList = (clause: string): boolean => {
  const names = /^\{([\s\S]*)\}$/.exec(clause.trim())?.[1]
  if (names === undefined) return false
  const each = names.split(',').map((name) => name.trim())
  return each.every((name) => name === '' || name.startsWith('type '))
}

const target = (from: string, name: string): string | null =>
  name.startsWith('.') ? relative(ROOT, resolve(ROOT, dirname(from), name)) : null

export const importsOf = (from: string): Import[] => {
  const text = textOf(from).replace(/\/\*[\s\S]*?\*\//g, '')
  const out: Import[] = []
  const put = (name: string, typesOnly: boolean): void => {
    out.push({ from, to: target(from, name), name, typesOnly })
  }
  for (const [, type, clause = '', name = ''] of text.matchAll(STATEMENT))
    put(name, type !== undefined || isTypeList(clause))
  for (const [, name = ''] of text.matchAll(BARE)) put(name, false)
  // `import('./x.ts').Name` stands where a type does
  for (const [, name = '', member] of text.matchAll(DYNAMIC))
    put(name, member !== undefined && !/await import/.test(text))
  for (const [, name = ''] of text.matchAll(BESIDE)) put(name, false)
  return out
}

/** Files reached from these by imports of any kind. */
export const reachedFrom = (roots: readonly string[]): ReadonlySet<string> => {
  const seen = new Set<string>()
  const open = [...roots]
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (seen.has(path) || !existsSync(join(ROOT, path))) continue
    seen.add(path)
    if (!/\.(ts|svelte|mjs)$/.test(path)) continue
    for (const { to } of importsOf(path)) if (to !== null) open.push(to)
  }
  return seen
}

/** Circles among files, each told once as a chain. */
export const circlesOf = (paths: readonly string[], wanted: (each: Import) => boolean): string[] => {
  const edges = new Map(
    paths.map((path) => [
      path,
      importsOf(path)
        .filter(wanted)
        .flatMap(({ to }) => to ?? []),
    ]),
  )
  const state = new Map<string, 'open' | 'done'>()
  const circles: string[] = []
  const visit = (path: string, trail: readonly string[]): void => {
    if (state.get(path) === 'done') return
    if (state.get(path) === 'open') {
      circles.push([...trail.slice(trail.indexOf(path)), path].join(' → '))
      return
    }
    state.set(path, 'open')
    for (const to of edges.get(path) ?? []) visit(to, [...trail, path])
    state.set(path, 'done')
  }
  for (const path of paths) visit(path, [])
  return circles
}
