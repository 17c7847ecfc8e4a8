// Writes what each test file took in the last whole run into seconds.json: `node --import tsx test/seconds.ts`.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

interface Results {
  readonly results: readonly (readonly [file: string, result: { readonly duration: number }])[]
}

const cache = join(import.meta.dirname, '../node_modules/.vite/vitest')
const rows = readdirSync(cache).flatMap((name) => {
  const { results } = JSON.parse(readFileSync(join(cache, name, 'results.json'), 'utf8')) as Results
  return results.map(([file, { duration }]) => [file.replace(/^[^:]*:/, ''), Math.round(duration / 100) / 10] as const)
})
const sorted = rows.sort(([a], [b]) => (a < b ? -1 : 1))
writeFileSync(join(import.meta.dirname, 'seconds.json'), `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`)
