// What a mapping cannot fill in is not known, and never missing (I12): given a register with acceptance and end alone, when
// it is imported, then its import declares that, no delivery, step or notice is missed, and the case says 依据待补.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { importFiles } from '../../server/cli/import.ts'
import { readSettings } from '../../server/config.ts'
import { newest } from '../../server/core/law/law.ts'
import { printDay } from '../../server/core/time/civil.ts'
import { compileMapping } from '../../server/intake/files/map.ts'
import { openAlone } from '../../server/office/alone.ts'
import { enactCatalogue } from '../../server/office/law/enact.ts'
import { openRecords } from '../../server/store/sqlite/records.ts'
import { importedIn } from '../../server/supervision/said.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mingjing-declared-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const PERMITS = {
  catalogue: '小目录',
  valid_from: '2024-01-01',
  regions: [{ region_code: '459900', name: '滨江市', calendar: 'cn' }],
  departments: [{ org_code: 'D1', name: '市场监管局', region_code: '459900' }],
  windows: [],
  items: [
    {
      task_code: 'permit',
      name: '许可',
      org_code: 'D1',
      item_type: '01',
      promise: '10WD',
      steps: [{ step_code: 'SC', name: '审查' }],
    },
  ],
}
const MAPPING = {
  mapping: 'register',
  zone: 'Asia/Shanghai',
  dates: ['yyyy-MM-dd HH:mm'],
  fields: { project_no: 'no', task_code: { const: 'permit' } },
  case: [
    { type: 'ACCEPT', at: 'accepted' },
    { type: 'DECIDE', at: 'decided', payload: { result: { const: 'granted' } } },
  ],
}
const settings = () => readSettings({ data: folder, clock: '2026-06-30T10:00:00+08:00x0', log: 'silent' }, {})

const importRegister = async (source: string): Promise<void> => {
  const compiled = compileMapping(MAPPING)
  if (!('mapping' in compiled)) throw new Error(JSON.stringify(compiled.faults))
  const path = join(folder, 'register.csv')
  writeFileSync(path, 'no,accepted,decided\nK1,2026-06-01 09:00,2026-06-03 10:00\n')
  const asked = { files: [path], settings: settings(), mapping: compiled.mapping, source }
  const [report] = await importFiles({ ...asked, historical: null, dryRun: false, report: null })
  expect(report).toMatchObject({ accepted: 2, rejected: 0, skipped: 0 })
}

const loadCatalogue = async (body: unknown): Promise<void> => {
  const { data, clock } = settings()
  const supervisor = await openAlone(data, clock)
  await enactCatalogue(supervisor, body, 'test')
  await supervisor.settled()
  await supervisor.close()
}

/** Rules of the cards of K1, what its import declares that its file can say, and what the catalogue says of the source. */
const standing = async (): Promise<{ rules: string; file: string | null; sends: string | null }> => {
  const { data, clock } = settings()
  const supervisor = await openAlone(data, clock)
  await supervisor.settled()
  const sends = newest(supervisor.law.tables.sources.get('register'))?.sends ?? null
  await supervisor.close()
  const records = openRecords(folder)
  const { rows } = await records.listCards({ projectNos: ['K1'], limit: 20 })
  const [entry] = await records.inputs('import')
  const file = entry === undefined ? null : (importedIn(entry).sends?.join(' ') ?? null)
  await records.close()
  const rules = rows.map(({ card }) => card.rule).sort()
  return { rules: rules.join(' '), file, sends: sends === null ? null : [...sends].join(' ') }
}

const FILE = 'ACCEPT DECIDE DECIDE.result'

describe('a register with two columns of dates', () => {
  it('I12 I8: its mapping declares what it can say; no delivery and no step is missed', async () => {
    await loadCatalogue(PERMITS)
    await importRegister('register')
    expect(await standing()).toEqual({ rules: '', file: FILE, sends: null })
  })
  it('I12 T-06 P-04: of a source the catalogue knows as sending everything, what does not come is missing', async () => {
    await loadCatalogue({ ...PERMITS, sources: [{ source: 'register', name: '直报系统' }] })
    await importRegister('register')
    expect(await standing()).toEqual({ rules: 'P-04 T-06', file: FILE, sends: null })
  })
  it('I12: what the catalogue says of a source and what its file says are one: either could have told of a delivery', async () => {
    await loadCatalogue({ ...PERMITS, sources: [{ source: 'register', name: '台账', sends: ['DELIVER', 'ACCEPT'] }] })
    await importRegister('register')
    expect(await standing()).toEqual({ rules: 'T-06', file: FILE, sends: 'DELIVER ACCEPT' })
  })

  it('I12 T10: an import changes nothing of what the catalogue says of its source, on any day', async () => {
    const row = (sends: string[]) => ({ sources: [{ source: 'register', name: '台账', sends }] })
    await loadCatalogue({ ...PERMITS, ...row(['ACCEPT']) })
    await loadCatalogue({ catalogue: '明年', valid_from: '2027-01-01', ...row(['ACCEPT', 'FEE']) })
    await importRegister('register')
    const { data, clock } = settings()
    const supervisor = await openAlone(data, clock)
    const rows = supervisor.law.tables.sources.get('register') ?? []
    await supervisor.close()
    expect(rows.map(({ validFrom, sends }) => `${printDay(validFrom)} ${[...(sends ?? [])].join(' ')}`)).toEqual([
      '2024-01-01 ACCEPT',
      '2027-01-01 ACCEPT FEE',
    ])
  })
})
