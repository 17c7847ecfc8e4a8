// `mingjing import` as a command (I8, A6): killed with SIGKILL half-way and gone on, a server that goes away, exit codes,
// the list of every line that was not taken, wire events without a mapping.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { importFiles } from '../../server/cli/import.ts'
import type { Resumed } from '../../server/intake/files/run.ts'
import { openHouse } from '../live/house.ts'
import { asked, dryRun, fileOfTest, folderOfTest, settingsAt } from './files.ts'
import { MANY, MANY_DOCUMENT, manyAt } from './many.ts'
import { ended, factsIn, start } from './started.ts'

const NOW = '2026-01-05T00:00:00+08:00'

const answeredIn = (folder: string): number => {
  const imports = join(folder, 'imports')
  const [name] = existsSync(imports) ? readdirSync(imports).filter((file) => file.endsWith('.json')) : []
  if (name === undefined) return 0
  return (JSON.parse(readFileSync(join(imports, name), 'utf8')) as Resumed).rows
}

describe('the command', () => {
  it('I8 I2 I4: killed half-way through 8,000 rows, run again: every row once', async () => {
    const ROWS = 8_000
    const folder = folderOfTest()
    const path = manyAt('many.csv', ROWS)
    const mapping = fileOfTest('many.json', JSON.stringify(MANY_DOCUMENT))
    const child = start([path, '--mapping', mapping, '--data', folder, '--clock', `${NOW}x0`, '--historical'])
    const end = ended(child)
    // a condition, not a length of time: killed once some of it has been answered
    while (child.exitCode === null && answeredIn(folder) < 2_000) await new Promise((done) => setTimeout(done, 5))
    child.kill('SIGKILL')
    expect((await end).code, 'it was killed, not finished').toBe(null)
    const settings = settingsAt(folder, NOW)
    const again = asked({ files: [path], settings, mapping: MANY, source: null, dryRun: false })
    const [imported] = await importFiles(again)
    expect(imported?.resumed_rows).toBeGreaterThanOrEqual(2_000)
    expect(imported?.resumed_rows).toBeLessThan(ROWS)
    expect(imported).toMatchObject({ rows: ROWS, events: ROWS, rejected: 0, skipped: 0, refused: null })
    expect((imported?.accepted ?? 0) + (imported?.known ?? 0)).toBe(ROWS)
    expect(imported?.known, 'sent again: at most what was under way').toBeLessThanOrEqual(1_005)
    expect(await factsIn(folder)).toEqual({ facts: ROWS, differences: 0 })
    expect((await importFiles(again))[0], 'a whole run leaves nothing to go on from').toMatchObject({
      resumed_rows: 0,
      known: ROWS,
    })
  })

  it('A6 I8: the server goes while a file is under way: told, and gone on with when it is back', async () => {
    const house = await openHouse({ at: NOW, sources: [] })
    try {
      const settings = { ...settingsAt(house.folder, NOW), data: house.folder }
      const files = [manyAt('many.csv', 4_000)]
      const again = asked({ files, settings, mapping: MANY, source: null, dryRun: false })
      let gone: Promise<void> | null = null
      const onProgress = (_: string, { rows }: { rows: number }): void => {
        if (rows >= 2_000) gone ??= house.reopen()
      }
      const first = importFiles({ ...again, onProgress })
      await first.catch((error: Error) => expect(error.message).toMatch(/server has gone|closed/))
      await gone
      const [imported] = await importFiles(again)
      expect((imported?.accepted ?? 0) + (imported?.known ?? 0)).toBe(4_000)
      await house.serving.supervisor.settled()
    } finally {
      await house.close()
    }
  })

  const mapping = JSON.stringify({
    mapping: 'm',
    source: 's',
    zone: 'UTC',
    fields: { project_no: 'no' },
    case: [{ type: 'ACCEPT', at: 'on' }],
  })

  it('I8: exit 0 when all is taken, also on a second run', async () => {
    const folder = folderOfTest()
    const args = [
      fileOfTest('t.csv', 'no,on\n1,2026-03-05\n'),
      '--mapping',
      fileOfTest('m.yaml', mapping),
      '--data',
      folder,
      '--json',
    ]
    const first = await ended(start(args))
    expect(first).toMatchObject({ code: 0, err: '' })
    expect(JSON.parse(first.out)).toMatchObject({
      dry_run: false,
      files: [{ rows: 1, accepted: 1, known: 0, issues: [] }],
    })
    expect(JSON.parse((await ended(start(args))).out)).toMatchObject({ files: [{ accepted: 0, known: 1 }] })
  })

  it('I8 I6: exit 1 when something was not taken; every line of it in the list, with place, code and reason', async () => {
    const report = join(folderOfTest(), 'untaken.csv')
    const file = fileOfTest('t.csv', 'no,on\n1,2026-03-05\n,2026-03-05\n=1+1,soon\n4,2199-01-01\n5,1969-01-01\n')
    const args = [file, '--mapping', fileOfTest('m.yaml', mapping), '--data', folderOfTest(), '--report', report]
    const { code, out } = await ended(start(args))
    expect(code).toBe(1)
    expect(out).toContain('line 3  missing_cell')
    const lines = readFileSync(report, 'utf8').trimEnd().split('\r\n')
    expect(lines[0]?.startsWith('\ufeff')).toBe(true)
    expect(lines.map((line) => line.split(',').slice(1, 7).join())).toEqual([
      'line,sheet,trace,event,code,field',
      '3,,,,missing_cell,no',
      '4,,,,bad_date,on',
      '5,,,,from_future,/occurred_at',
      '6,,,,bad_instant,/occurred_at',
    ])
  })

  it('I8: exit 2 when it was asked wrongly, with every fault and its place; a dry run keeps nothing', async () => {
    const folder = folderOfTest()
    const file = fileOfTest('t.csv', 'no,on\n1,2026-03-05\n')
    const bad = fileOfTest(
      'm.yaml',
      'mapping: m\nzone: Nowhere/Else\ncase:\n  - {type: ACCEPT, at: on, payload: {x: y}}\n',
    )
    const faulty = await ended(start([file, '--mapping', bad, '--source', 's', '--data', folder]))
    expect(faulty.code).toBe(2)
    expect(faulty.err).toContain('/zone')
    expect(faulty.err).toContain('/case/0/payload/x')
    expect(
      (await ended(start(['/nowhere.csv', '--mapping', fileOfTest('m.yaml', mapping), '--data', folder]))).code,
    ).toBe(2)
    const dry = await ended(
      start([file, '--mapping', fileOfTest('m.yaml', mapping), '--data', join(folder, 'never'), '--dry-run']),
    )
    expect(dry).toMatchObject({ code: 0 })
    expect(existsSync(join(folder, 'never'))).toBe(false)
  })

  it('I1 I3 I8: NDJSON of wire events needs no mapping: each names its source, or --source does', async () => {
    const event = { event_id: 'e1', event_type: 'ACCEPT', project_no: 'P1', occurred_at: '2026-03-05T09:00:00+08:00' }
    const other = { ...event, event_id: 'e2', source_system: 'elsewhere' }
    const file = fileOfTest(
      't.ndjson',
      [event, other, event, { ...event, event_id: '\ud800' }].map((one) => JSON.stringify(one)).join('\n'),
    )
    const named = await dryRun(file, null)
    expect(named).toMatchObject({ rows: 4, events: 4, accepted: 2, rejected: 2, identical_rows: 1 })
    expect(named.issues.map(({ place, code }) => `${place.line} ${code}`)).toEqual(['2 source_mismatch', '4 bad_field'])
    const [own] = await importFiles(asked({ files: [file], source: null }))
    expect(own?.issues.map(({ place, code }) => `${place.line} ${code}`)).toEqual([
      '1 missing_field',
      '3 missing_field',
      '4 bad_field',
    ])
    expect((await dryRun(fileOfTest('t.csv', 'a\n1\n'), null)).refused?.code).toBe('needs_mapping')
  })
})
