// Every file of other tools' test suites, Parquet apart (I8): imported, or refused with a reason and a place; never a
// crash, never a silent skip. The table beside this test names each file with what becomes of it; a file that is in the
// folder and not in the table fails, and the other way round. Rows of logs are counted again by another way of reading.
import { readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { type Imported, importFiles } from '../../server/cli/import.ts'
import { openRecords } from '../../server/store/sqlite/records.ts'
import { auditStore } from '../../server/supervision/audit.ts'
import { openParser } from '../../server/supervision/parse.ts'
import { CONFORMANCE_MAPPINGS } from './conformance.ts'
import { asked, dryRun, folderOfTest, realFile, realFilesUnder, settingsAt } from './files.ts'

const FOLDERS = ['csv-conformance', 'xes-conformance']
const HERE = dirname(fileURLToPath(import.meta.url))

interface Expected {
  readonly file: string
  readonly mapping: string
  readonly rows: number
  readonly events: number
  readonly untaken: string
}

const TABLE: readonly Expected[] = readFileSync(join(HERE, 'conformance.txt'), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [file = '', mapping = '', rows, events, untaken = ''] = line.split(' | ')
    return { file, mapping, rows: Number(rows), events: Number(events), untaken }
  })

const placeOf = ({ place }: Imported['issues'][number]): string => {
  if (place.trace === undefined) return String(place.line)
  return `trace ${place.trace}${place.event === undefined ? '' : `.${place.event}`}`
}

/** As in the table: codes with their first places. */
const untakenOf = (imported: Imported): string => {
  const byCode = new Map<string, string[]>()
  for (const issue of imported.issues) byCode.set(issue.code, [...(byCode.get(issue.code) ?? []), placeOf(issue)])
  const parts = [...byCode].map(([code, places]) => {
    const more = places.length > 3 ? ` … ${imported.issue_count}` : ''
    return `${imported.refused?.code === code ? 'refused: ' : ''}${code} ${places.slice(0, 3).join(' ')}${more}`
  })
  return parts.join(', ') || '-'
}

/** Told of a row that may still be taken (I15). */
const NOTES: ReadonlySet<string> = new Set(['null_date', 'short_row'])

/** Traces and events of a log, counted without reading it. */
const tagsIn = (path: string): number => {
  const bytes = readFileSync(path)
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  return [...text.matchAll(/<(?:trace|event)[\s/>]/g)].length
}

const IS_LOG = /\.xes(\.gz)?$/

const mappingFor = (mapping: string) => {
  const found = CONFORMANCE_MAPPINGS[mapping]
  if (found === undefined) throw new Error(`no mapping ${mapping}`)
  return found
}

const isHere = FOLDERS.every((folder) => realFile(folder) !== null)

/** One for the whole suite: a thread that read its file to the end reads the next. */
const parser = openParser()
afterAll(() => parser.close())

describe.runIf(isHere)('files of other suites', () => {
  it('I8: the table names every file, and no other', () => {
    const found = FOLDERS.flatMap((folder) => (realFilesUnder(folder) ?? []).map((name) => `${folder}/${name}`))
    const asExpected = found.filter((name) => !name.endsWith('.parquet'))
    expect(TABLE.map(({ file }) => file)).toEqual(asExpected)
    expect(asExpected.length).toBe(175)
  })

  it.each(TABLE.map((row) => [row.file, row] as const))(
    'I8: %s',
    async (_, { file, mapping, rows, events, untaken }) => {
      const path = realFile(file) ?? ''
      const imported = await dryRun(path, mappingFor(mapping), parser)
      expect({ rows: imported.rows, events: imported.events, untaken: untakenOf(imported) }).toEqual({
        rows,
        events,
        untaken,
      })
      if (IS_LOG.test(file)) expect(imported.rows).toBe(tagsIn(path))
      // nothing in silence: every row makes events, is asked to be left out, or is told
      const { issue_count, issues, skipped, rejected, refused, accepted } = imported
      const left = skipped + rejected + (refused === null ? 0 : 1)
      expect(issue_count).toBeGreaterThanOrEqual(left)
      // what is told beside the reason – a null date, a short row – takes no row away by itself
      const reasons = issues.filter(({ code }) => !NOTES.has(code)).length
      if (issues.length === issue_count) expect(reasons).toBe(left)
      expect(accepted + rejected).toBe(imported.events)
      if (events === 0) expect(issue_count).toBeGreaterThan(0)
    },
  )

  it('I8: Parquet is refused by its name', async () => {
    const path = realFile('csv-conformance/test1-valid.parquet') ?? ''
    expect((await dryRun(path, mappingFor('none'))).refused).toMatchObject({
      code: 'unknown_format',
      place: { line: 1 },
    })
  })

  it('I8 J5 M7: all but the long ones into one store: no case set apart, the recount clean', async () => {
    const folder = folderOfTest()
    const settings = settingsAt(folder, '2026-11-01T00:00:00Z')
    const short = TABLE.filter(({ events }) => events < 3_000)
    for (const [name, mapping] of Object.entries(CONFORMANCE_MAPPINGS)) {
      const files = short.filter((row) => row.mapping === name).map(({ file }) => realFile(file) ?? '')
      if (files.length === 0) continue
      const imported = await importFiles(asked({ files, settings, mapping, source: name, dryRun: false, parser }))
      for (const [i, { accepted, known, events, rejected }] of imported.entries())
        expect([basename(files[i] ?? ''), accepted + known, rejected]).toEqual([basename(files[i] ?? ''), events, 0])
    }
    const records = openRecords(folder)
    try {
      const report = await auditStore({ records })
      expect(report).toMatchObject({ count: 0, findings: [] })
      expect(report.cases).toBeGreaterThan(300)
    } finally {
      await records.close()
    }
  })
})
