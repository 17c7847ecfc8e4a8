// Imports as the ledger has them (I14): who brought what, whether it stands, what taking it back would do; the same after a
// restart and for what came by the command. Who did it is data (A2a), not a name alone.

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { importFiles } from '../../server/cli/import.ts'
import type { ImportEntry, ImportEntryPage } from '../../server/contract/imports.ts'
import { cursorAtPlace } from '../../server/store/cursor.ts'
import { openRecords } from '../../server/store/sqlite/records.ts'
import { type House, openHouse } from '../live/house.ts'
import { asked, fileOfTest, mappingOf, settingsAt } from './files.ts'
import { answered, bringWeek, clean, fileOf, get, HALL, MAPPING, verdictOf, WEEKS } from './registers.ts'

const NOW = '2026-03-30T10:00:00+08:00'

let house: House
beforeEach(async () => {
  house = await openHouse({ at: NOW, sources: [] })
  await house.load(HALL)
})
afterEach(() => house.close())

const entries = async (query = ''): Promise<ImportEntry[]> =>
  (await get<ImportEntryPage>(house, `imports/entries${query}`)).items

const keyIdOf = async (role: string): Promise<string> => {
  const row = (await house.serving.keys.keys()).find((key) => key.role === role)
  if (row === undefined) throw new Error(`no key of ${role}`)
  return row.keyId
}

describe('the imports of a ledger', () => {
  it('I14 A2a: each says who, when, which file and digest, source, register, as of when, and what it brought [S13]', async () => {
    const { import_id: id } = await bringWeek(house, 'week1')
    await bringWeek(house, 'week1')
    const [again, first] = await entries()
    const keyId = await keyIdOf('administrator')
    expect(first).toMatchObject({
      import_id: id,
      at: NOW,
      actor: { id: keyId, name: `administrator:${keyId}`, role: 'administrator' },
      name: 'week1.csv',
      digest: expect.stringMatching(/^[0-9a-f]{32}$/),
      mapping: 'weekly export of a register',
      register: '周报台账',
      source: 's',
      historical: false,
      as_of: WEEKS.week1.asOf,
      events: 24,
      again: 0,
      withdrawn: null,
      state: 'done',
      counts: { rows: 12 },
    })
    expect(again).toMatchObject({ digest: first?.digest, events: 0, again: 24 })
    const records = openRecords(house.folder)
    const [entry] = await records.inputs('import')
    await records.close()
    expect(JSON.parse(entry?.body ?? '{}').actor, 'it is in the ledger').toEqual(first?.actor)
  })

  it('I14: told alike after a restart, and of the command; pages follow each other', async () => {
    await bringWeek(house, 'week1')
    await importFiles(
      asked({
        files: [fileOfTest('by-command.csv', `${fileOf('week2').trimEnd()}\nW-13,2026-03-10 09:00:00,不详,\n`)],
        settings: { ...settingsAt(house.folder, NOW), data: house.folder },
        mapping: mappingOf(MAPPING),
        source: 's',
        historical: null,
        asOf: WEEKS.week2.asOf,
        dryRun: false,
      }),
    )
    const before = await entries()
    expect(before.map(({ name }) => name)).toEqual(['by-command.csv', 'week1.csv'])
    expect(before[0]).toMatchObject({ actor: { id: 'console', role: 'console' }, events: 24, state: null })
    expect(before[0], 'of the command as well').toMatchObject({ again: 0, refused: 0, waiting: 1 })
    await house.reopen()
    expect(await entries()).toEqual(before)
    const { items, next } = await get<ImportEntryPage>(house, 'imports/entries?limit=1')
    expect([items, next]).toEqual([[before[0]], cursorAtPlace(before[0]?.no ?? 0)])
    expect(await entries(`?limit=1&cursor=${next}`)).toEqual([before[1]])
  })

  it('I14 C5: what taking it back would do is told first, and nothing moves by asking', async () => {
    await bringWeek(house, 'week1')
    const { import_id: id } = await bringWeek(house, 'week3')
    expect(await get(house, `imports/${id}/withdrawal`)).toEqual({
      import_id: id,
      events: 24,
      cases: 12,
      lifted: 0,
      to_lift: 0,
      // of the week before no end is known: far past the promise all twelve wait for a person again
      raised: 12,
      whole: true,
    })
    expect(await verdictOf(house, 'W-1')).toBe('concluded 2026-03-24 false')
    await clean(house)
  })

  it('I14: once withdrawn it says by whom and why; imported again it stands again', async () => {
    const { import_id: id } = await bringWeek(house, 'week1')
    expect((await answered(house, `imports/${id}/withdraw`, 'supervisor', { why: '导错' })).status).toBe(403)
    expect((await answered(house, `imports/${id}/withdraw`, 'administrator', { why: '' })).status).toBe(400)
    expect((await answered(house, `imports/${id}/withdraw`, 'administrator', { why: '月份错了' })).status).toBe(200)
    const keyId = await keyIdOf('administrator')
    const actor = { id: keyId, name: `administrator:${keyId}`, role: 'administrator' }
    const [gone] = await entries()
    expect(gone?.withdrawn).toEqual({ at: NOW, by: actor.name, actor, why: '月份错了' })
    expect((await answered<{ code: string }>(house, `imports/${id}/withdrawal`, 'auditor')).body.code).toBe(
      'already_withdrawn',
    )
    expect((await get<{ status: string }>(house, 'cases/W-1')).status).toBe('void')
    await bringWeek(house, 'week1')
    expect((await entries()).map(({ withdrawn }) => withdrawn === null)).toEqual([true, false])
    expect(await verdictOf(house, 'W-1')).toBe('accepted 2026-03-17 null')
    await clean(house)
  })
})
