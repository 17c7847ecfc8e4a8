// What an import declares of its source (I12) is told at the console as the page and the API tell it: dry, beside a server and
// alone on a folder, in both languages; of each import anew, for each keeps its own.

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { importFiles } from '../../server/cli/import.ts'
import { importedText } from '../../server/cli/import-told.ts'
import type { ImportJobPage } from '../../server/contract/imports.ts'
import { type House, openHouse } from '../live/house.ts'
import { asked, fileOfTest, folderOfTest, mappingOf, settingsAt } from './files.ts'
import { frontOf } from './front.ts'
import { get } from './registers.ts'

const NOW = '2026-03-30T10:00:00+08:00'
const DOCUMENT = {
  mapping: 'm',
  zone: 'UTC',
  fields: { project_no: 'no' },
  case: [{ type: 'ACCEPT', at: 'on' }],
}
const file = (no: string): string => fileOfTest(`${no}.csv`, `no,on\n${no},2026-03-05\n`)
const sends = ['ACCEPT']

let house: House
beforeEach(async () => {
  house = await openHouse({ at: NOW, sources: [] })
})
afterEach(() => house.close())

describe('what an import declares, at the console', () => {
  it('I12: beside a server: tried, done, and done again', async () => {
    const settings = settingsAt(house.folder, NOW)
    const of = (no: string, dryRun: boolean) =>
      importFiles(
        asked({ files: [file(no)], mapping: mappingOf(DOCUMENT), source: 'town', historical: null, settings, dryRun }),
      )
    const [dry] = await of('A-1', true)
    const [done] = await of('A-1', false)
    const [again] = await of('A-2', false)
    // by what is printed it can be taken back (I14); a trial begins nothing
    expect([dry?.import_id, done === undefined ? '' : importedText(done, false)]).toEqual([
      null,
      expect.stringContaining(`--withdraw ${done?.import_id} `),
    ])
    const kept = await get<{ items: { import_id: string }[] }>(house, 'imports/entries')
    expect(kept.items.map(({ import_id: id }) => id)).toContain(done?.import_id)
    for (const one of [dry, done, again]) {
      expect(one?.declares).toMatchObject({ source: 'town', sends })
      const text = one === undefined ? '' : importedText(one, false)
      expect(text).toContain(one?.declares?.zh)
      expect(text).toContain(one?.declares?.en)
    }
  })

  it('I12: alone on a folder, in the words of the API', async () => {
    const settings = settingsAt(folderOfTest(), NOW)
    const [done] = await importFiles(
      asked({
        files: [file('A-1')],
        mapping: mappingOf(DOCUMENT),
        source: 'town',
        historical: null,
        settings,
        dryRun: false,
      }),
    )
    const front = frontOf(house)
    const { body } = await front.bring('a.csv', 'no,on\nA-1,2026-03-05\n')
    const started = await front.start({ file_id: body.file.file_id, mapping: DOCUMENT, source: 'town' })
    const job: ImportJobPage = await front.ended(started.body.import_id)
    expect(done?.declares).toEqual(job.declares)
  })
})
