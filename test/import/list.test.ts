// The list of what was not taken (I8, I6): where it cannot be written, or would lie over what the command reads, nothing is
// imported; where it breaks off, the command says what was answered and that it may be run again.

import { existsSync, linkSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { importFiles, runImport } from '../../server/cli/import.ts'
import { ControlRefusal } from '../../server/control.ts'
import { asked, fileOfTest, folderOfTest, mappingOf, settingsAt } from './files.ts'
import { ended, factsIn, start } from './started.ts'

const mapping = JSON.stringify({
  mapping: 'm',
  source: 's',
  zone: 'UTC',
  fields: { project_no: 'no' },
  case: [{ type: 'ACCEPT', at: 'on' }],
})

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

describe('the list of what was not taken', () => {
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
    const args = ['--mapping', map, '--data', data, '--report', config]
    const { code, err } = await ended(start([file, ...args], { MINGJING_CONFIG: config }))
    expect([code, err], 'named by the environment').toEqual([2, expect.stringContaining('这是要读取的文件')])
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
    expect(full.err).toContain('接收 accepted 2，已有 known 0，拒收 rejected 1')
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
})
