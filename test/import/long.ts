// The long form of the flat-memory suite, by hand: `node --expose-gc --import tsx test/import/long.ts [rows]`. Writes a
// table, imports it alone into a folder of its own, prints memory along the way, and ends with the recount.

import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { importFiles } from '../../server/cli/import.ts'
import { readSettings } from '../../server/config.ts'
import { parseInstant } from '../../server/core/time/civil.ts'
import { openRecords } from '../../server/store/sqlite/records.ts'
import { auditStore } from '../../server/supervision/audit.ts'
import { MANY, writeMany } from './many.ts'

const ROWS = Number(process.argv[2] ?? 500_000)
const PRINTS = 20
const mb = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`

const folder = mkdtempSync(join(tmpdir(), 'mingjing-long-'))
try {
  const path = join(folder, 'many.csv')
  writeMany(path, ROWS)
  console.log(`${ROWS} rows, ${mb(statSync(path).size)}`)
  const started = performance.now()
  let next = 0
  const [imported] = await importFiles({
    files: [path],
    settings: readSettings({ data: join(folder, 'data'), clock: '2026-01-05T00:00:00+08:00x0' }, {}),
    mapping: MANY,
    source: null,
    historical: parseInstant('2026-01-05T00:00:00+08:00'),
    dryRun: process.argv[3] === 'dry',
    report: null,
    onProgress(_, { bytes, of, rows }) {
      if (rows < next) return
      next = rows + ROWS / PRINTS
      globalThis.gc?.()
      const { rss, heapUsed } = process.memoryUsage()
      const seconds = Math.round((performance.now() - started) / 1000)
      console.log(
        `${rows} rows  ${Math.round(((bytes ?? 0) / of) * 100)} %  rss ${mb(rss)}  heap ${mb(heapUsed)}  ${seconds} s`,
      )
    },
  })
  console.log(imported)
  if (process.argv[3] !== 'dry') {
    const records = openRecords(join(folder, 'data'), { frozen: true })
    const { cases, count, pending } = await auditStore({ records })
    console.log({ cases, differences: count, pending })
    await records.close()
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
