// At which instant the console judges (M9, T1a, I11, I14): beside a running server at the server's now, whatever clock the
// command itself has; alone on a folder never before the last entry of its ledger. Given a server at 31 March and a command
// whose clock says December, then what the command says is of March.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MasterLoad } from '../../server/contract/master.ts'
import { catalogueCommand } from '../catalogue/command.ts'
import { type MasterHouse, openMasterHouse } from '../catalogue/house.ts'
import { ended, start } from '../import/started.ts'

const MARCH = '2026-03-31T10:00:00+08:00x0'
const DECEMBER = ['--clock', '2026-12-01T10:00:00+08:00x0']
const FEBRUARY = ['--clock', '2026-02-01T10:00:00+08:00x0']

let house: MasterHouse
const folder = mkdtempSync(join(tmpdir(), 'mingjing-beside-'))
const fileOf = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
beforeAll(async () => {
  house = await openMasterHouse(MARCH)
  await house.post([{ no: 'F1', at: '2026-03-30T10:00:00+08:00', task_code: 'FOOD' }])
  await house.settled()
})
afterAll(async () => {
  await house.close()
  rmSync(folder, { recursive: true, force: true })
})

/** In March in hand under both; in December red under the one, and in time under the other. */
const LONGER = 'task_code,name,org_code,promise,statute\nFOOD,食品经营许可,MR,300WD,300WD\n'
const movesOf = ({ out }: { out: string }) => (JSON.parse(out) as { files: MasterLoad[] }).files[0]?.moves
const event = (id: string, at: string): string =>
  JSON.stringify({ event_id: id, event_type: 'RECEIVE', project_no: id, occurred_at: at, source_system: 'test' })
const importing = (...args: string[]) => ended(start(args))

describe('a command beside a running server', () => {
  it('T1a M9: the trial of a load tells what it does at the server’s now, as the server tells it', async () => {
    const file = fileOf('longer.csv', LONGER)
    const flags = ['--valid-from', '2026-01-02', '--data', house.folder]
    const moves = movesOf(await catalogueCommand([file, ...flags, ...DECEMBER, '--dry-run', '--json']))
    expect(moves).toMatchObject({ looked: 1, due_moved: 1, figures: {} })
    expect(moves?.examples.map(({ cards }) => cards)).toEqual([[]])
    const { body } = await house.upload(LONGER, 'longer.csv', { valid_from: '2026-01-02', dry_run: 'true' })
    expect(moves).toEqual(body.moves)
  })

  it.each(['--as-of', '--historical'])('I14 C10 M9: %s of after the server’s now is no past instant', async (flag) => {
    const file = fileOf('past.ndjson', `${event('N1', '2026-03-01T10:00:00+08:00')}\n`)
    const of = [file, '--data', house.folder, ...DECEMBER, '--dry-run']
    const after = await importing(...of, flag, '2026-04-01T00:00:00+08:00')
    expect([after.code, after.err]).toEqual([2, expect.stringContaining('past')])
    expect((await importing(...of, flag, '2026-03-31T09:00:00+08:00')).code).toBe(0)
  })

  it('I11 M9: a dry run rejects as from_future what the server would', async () => {
    const file = fileOf('ahead.ndjson', `${event('N2', '2026-04-02T10:00:00+08:00')}\n`)
    const dry = await importing(file, '--data', house.folder, ...DECEMBER, '--dry-run')
    const real = await importing(file, '--data', house.folder, ...DECEMBER)
    expect([dry.code, real.code]).toEqual([1, 1])
    expect([dry.out, real.out]).toEqual([expect.stringContaining('rejected 1'), expect.stringContaining('rejected 1')])
  })
})

describe('a command alone on a folder', () => {
  it('M9: it judges at its clock, and never before the last entry', async () => {
    const data = join(folder, 'alone')
    const first = fileOf('first.ndjson', `${event('N3', '2026-03-01T10:00:00+08:00')}\n`)
    expect((await importing(first, '--data', data, '--clock', MARCH)).code).toBe(0)
    const later = fileOf('later.ndjson', `${event('N4', '2026-03-20T10:00:00+08:00')}\n`)
    expect((await importing(later, '--data', data, ...FEBRUARY, '--dry-run')).code).toBe(0)
    expect((await importing(later, '--data', data, ...FEBRUARY)).code).toBe(0)
  })
})
