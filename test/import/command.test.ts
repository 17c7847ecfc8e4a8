// `mingjing import` as a command (I8, A6): killed with SIGKILL half-way and gone on, a server that goes away, exit codes,
// the list of every line that was not taken, wire events without a mapping.
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, linkSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { importFiles, runImport } from '../../server/cli/import.ts'
import { ControlRefusal } from '../../server/control.ts'
import type { Resumed } from '../../server/intake/files/run.ts'
import { openRecords } from '../../server/store/sqlite/records.ts'
import { auditStore } from '../../server/supervision/audit.ts'
import { openHouse } from '../live/house.ts'
import { nodeArgs, ROOT } from '../torture/process.ts'
import { asked, dryRun, fileOfTest, folderOfTest, mappingOf, settingsAt } from './files.ts'
import { MANY, MANY_DOCUMENT, manyAt } from './many.ts'

const NOW = '2026-01-05T00:00:00+08:00'

/** The command in a process of its own. */
const start = (args: readonly string[]): ChildProcess =>
  spawn(process.execPath, [...nodeArgs(undefined), 'import', ...args], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] })

const ended = async (child: ChildProcess): Promise<{ code: number | null; out: string; err: string }> => {
  const said = { out: '', err: '' }
  child.stdout?.on('data', (chunk: Buffer) => {
    said.out += chunk.toString('utf8')
  })
  child.stderr?.on('data', (chunk: Buffer) => {
    said.err += chunk.toString('utf8')
  })
  return new Promise((done) => child.once('close', (code) => done({ code, ...said })))
}

/** What the command says, in this process, where it refuses. */
const refusalOf = async (files: readonly string[], flags: Readonly<Record<string, unknown>>): Promise<string> => {
  try {
    await runImport(files, flags)
  } catch (error) {
    if (error instanceof ControlRefusal) return error.message
    throw error
  }
  throw new Error('it was not refused')
}

const linkTo = (path: string, link: string): string => {
  symlinkSync(path, link)
  return link
}

/** Facts in all cases of a store. */
const factsIn = async (folder: string): Promise<{ facts: number; differences: number }> => {
  const records = openRecords(folder)
  try {
    const rows = await records.stale(-1, -1, '', 1_000_000)
    const { count } = await auditStore({ records })
    return {
      facts: rows.reduce((sum, { row }) => sum + (JSON.parse(row.state) as { facts: number }).facts, 0),
      differences: count,
    }
  } finally {
    await records.close()
  }
}

const answeredIn = (folder: string): number => {
  const imports = join(folder, 'imports')
  const [name] = existsSync(imports) ? readdirSync(imports).filter((file) => file.endsWith('.json')) : []
  if (name === undefined) return 0
  return (JSON.parse(readFileSync(join(imports, name), 'utf8')) as Resumed).rows
}

describe('the command', () => {
  it('I8 I2 I4: killed half-way through 20,000 rows, run again: every row once', async () => {
    const ROWS = 20_000
    const folder = folderOfTest()
    const path = manyAt('many.csv', ROWS)
    const mapping = fileOfTest('many.json', JSON.stringify(MANY_DOCUMENT))
    const child = start([path, '--mapping', mapping, '--data', folder, '--clock', `${NOW}x0`, '--historical'])
    const end = ended(child)
    // a condition, not a length of time: killed once some of it has been answered
    while (child.exitCode === null && answeredIn(folder) < 5_000) await new Promise((done) => setTimeout(done, 5))
    child.kill('SIGKILL')
    expect((await end).code, 'it was killed, not finished').toBe(null)
    const settings = settingsAt(folder, NOW)
    const again = asked({ files: [path], settings, mapping: MANY, source: null, dryRun: false })
    const [imported] = await importFiles(again)
    expect(imported?.resumed_rows).toBeGreaterThanOrEqual(5_000)
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

  it('I8 I6: a list that cannot be written is said at once, with 2, and nothing is imported', async () => {
    const folder = folderOfTest()
    const file = fileOfTest('t.csv', 'no,on\n1,2026-03-05\n')
    const data = join(folder, 'never')
    const flags = { mapping: fileOfTest('m.yaml', mapping), data }
    const CASES: [report: string, zh: string, en: string][] = [
      ['/proc/x', '没有这个文件夹', 'no such folder'],
      [join(folder, 'no-such-folder', 'r.csv'), '没有这个文件夹', 'no such folder'],
      [folder, '不是文件', 'not a file'],
      [file, '这是要读取的文件', 'a file to be read'],
      [join(file, 'r.csv'), '没有这个文件夹', 'no such folder'],
      ['/dev/full', '磁盘已满', 'disk is full'],
    ]
    for (const [report, zh, en] of CASES) {
      // a list as CSV has a head to write
      const asked = report === '/dev/full' ? linkTo(report, join(folder, 'full.csv')) : report
      const said = await refusalOf([file], { ...flags, report: asked })
      expect(said, report).toMatch(/报告无法写入.*the report cannot be written/s)
      expect([said, said]).toEqual([expect.stringContaining(zh), expect.stringContaining(en)])
      expect(existsSync(data), report).toBe(false)
    }
    const { code, err } = await ended(start([file, '--mapping', flags.mapping, '--data', data, '--report', '/proc/x']))
    expect([code, err]).toEqual([2, expect.stringContaining('报告无法写入')])
    expect(err).not.toContain('    at ')
    expect(readFileSync(file, 'utf8')).toBe('no,on\n1,2026-03-05\n')
  })

  it('I8 I6: the list is none of the files the command reads: mapping, settings, inputs, under whatever name', async () => {
    const folder = folderOfTest()
    const file = fileOfTest('t.csv', 'no,on\n1,2026-03-05\n')
    const map = fileOfTest('m.yaml', mapping)
    const config = fileOfTest('c.yaml', 'log: silent\n')
    const hard = join(folder, 'hard.csv')
    linkSync(map, hard)
    const data = join(folder, 'never')
    const flags = { mapping: map, config, data }
    const before = [file, map, config].map((path) => readFileSync(path, 'utf8'))
    for (const report of [map, hard, linkTo(map, join(folder, 'soft.csv')), config]) {
      const said = await refusalOf([file], { ...flags, report })
      expect(said, report).toMatch(/这是要读取的文件.*a file to be read/s)
    }
    expect([file, map, config].map((path) => readFileSync(path, 'utf8'))).toEqual(before)
    expect(existsSync(data)).toBe(false)
  })

  it('I8 A6: nor does it lie in the data folder, where it would write over the ledger', async () => {
    const data = folderOfTest()
    const flags = { mapping: fileOfTest('m.yaml', mapping), data }
    const first = fileOfTest('a.csv', 'no,on\n1,2026-03-05\n')
    const settings = settingsAt(data, '2026-11-01T00:00:00Z')
    const filled = { files: [first], mapping: mappingOf(JSON.parse(mapping)), settings, dryRun: false }
    expect(await importFiles(asked(filled))).toMatchObject([{ accepted: 1 }])
    const ledger = join(data, 'ledger.sqlite')
    const before = readFileSync(ledger)
    const file = fileOfTest('b.csv', 'no,on\n2,2026-03-06\n')
    for (const report of [ledger, join(data, 'new.csv'), linkTo(ledger, join(folderOfTest(), 'l.csv'))]) {
      expect(await refusalOf([file], { ...flags, report }), report).toMatch(/报告无法写入/)
    }
    expect(readFileSync(ledger).equals(before)).toBe(true)
    expect(existsSync(join(data, 'new.csv'))).toBe(false)
  })

  it('I8 I2: a list that breaks off half-way: 3, its path, what was answered, and that running again is safe', async () => {
    const data = folderOfTest()
    const file = fileOfTest('t.csv', 'no,on\n1,2026-03-05\n2,2199-01-01\n3,2026-03-05\n')
    const args = [file, '--mapping', fileOfTest('m.yaml', mapping), '--data', data, '--report']
    // lines of NDJSON have no head: the first that is written finds the disk full
    const full = await ended(start([...args, '/dev/full']))
    expect([full.code, full.out]).toEqual([3, ''])
    expect(full.err).toContain(
      '报告无法写入：/dev/full：磁盘已满。 the report cannot be written: /dev/full: the disk is full.',
    )
    expect(full.err).toContain('收下 accepted 2，已有 known 0，拒收 rejected 1')
    expect(full.err).toMatch(/再次运行同一命令.*run the same command again/s)
    const dry = await ended(start([...args, '/dev/full', '--dry-run']))
    expect([dry.code, dry.err]).toEqual([3, expect.stringMatching(/试运行，未导入.*nothing was imported/s)])
    const report = join(folderOfTest(), 'rest.ndjson')
    const again = await ended(start([...args, report, '--json']))
    expect(JSON.parse(again.out)).toMatchObject({ files: [{ accepted: 0, known: 2, rejected: 1 }] })
    expect(JSON.parse(readFileSync(report, 'utf8'))).toMatchObject({ line: 3, code: 'from_future' })
    expect(await factsIn(data)).toEqual({ facts: 2, differences: 0 })
  })

  it('I8: a list without lines still has its head; a file that is not there is said in each language by its words', async () => {
    const report = join(folderOfTest(), 'none.csv')
    const file = fileOfTest('t.csv', 'no,on\n1,2026-03-05\n')
    await importFiles(asked({ files: [file], mapping: mappingOf(JSON.parse(mapping)), report }))
    expect(readFileSync(report, 'utf8')).toBe('\ufefffile,line,sheet,trace,event,code,field,zh,en\r\n')
    const gone = importFiles(asked({ files: ['/nowhere.csv'], report }))
    await expect(gone).rejects.toMatchObject({
      code: 'no_file',
      message:
        '文件无法打开：/nowhere.csv：没有这个文件。 the file cannot be opened: /nowhere.csv: there is no such file.',
    })
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
