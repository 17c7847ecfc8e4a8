// Real records in, figures out (I8, M1–M3): an environmental permit of the Netherlands and a service line of Boston,
// each through its mapping, beside a running server and alone, measured over the front door.
import { describe, expect, it } from 'vitest'
import { importFiles } from '../../server/cli/import.ts'
import type { CatalogueFile } from '../../server/contract/catalogue.ts'
import { openRecords } from '../../server/store/sqlite/records.ts'
import { type House, openHouse } from '../live/house.ts'
import { asked, catalogueNamed, folderOfTest, mappingNamed, realFile, settingsAt } from './files.ts'

interface MeasureRow {
  readonly key: string
  readonly [figure: string]: unknown
}

interface Measures {
  readonly rows: readonly MeasureRow[]
  readonly total: MeasureRow
}

const measuresOf = async (house: House, by: string): Promise<Measures> => {
  const answer = await house.get(`/api/v1/measures?period=all&by=${by}`)
  expect(answer.status).toBe(200)
  return (await answer.json()) as Measures
}

const RECEIPT = realFile('logs/receipt-100.xes')
const RECEIPT_NOW = '2012-01-23T14:39:22+01:00'
const RECEIPT_FIGURES = { accepted: 100, concluded: 95, late: 34, on_time: 61, in_hand: 5, overdue_in_hand: 1 }

describe.runIf(RECEIPT !== null)('the receipt phase of a permit', () => {
  const files = [RECEIPT ?? '']

  it('I8 M1 M2: 100 cases: 95 concluded, 34 late, 61 on time, 5 in hand, 1 of them overdue', async () => {
    const house = await openHouse({ at: RECEIPT_NOW, sources: [] })
    try {
      const settings = { ...settingsAt(house.folder, RECEIPT_NOW), data: house.folder }
      const one = asked({ files, settings, mapping: mappingNamed('receipt'), source: null, dryRun: false })
      const [imported] = await importFiles(one)
      expect(imported).toMatchObject({ rows: 691, events: 786, accepted: 786, known: 0, rejected: 0, skipped: 0 })
      await house.serving.supervisor.settled()
      const { rows, total } = await measuresOf(house, 'department')
      expect(total).toMatchObject(RECEIPT_FIGURES)
      expect(new Map(rows.map((row) => [row.key, row.accepted]))).toEqual(
        new Map([
          ['General', 97],
          ['Customer contact', 2],
          ['Experts', 1],
        ]),
      )
      const again = await importFiles(one)
      expect(again[0], 'I2: a second run brings nothing new').toMatchObject({ accepted: 0, known: 786, rejected: 0 })
      expect((await measuresOf(house, 'department')).total).toMatchObject(RECEIPT_FIGURES)
    } finally {
      await house.close()
    }
  })

  it('A6 C10: alone, where no server runs, as a past record: the same figures, and every card of a case is of record', async () => {
    const folder = folderOfTest()
    const settings = settingsAt(folder, RECEIPT_NOW)
    const [imported] = await importFiles(
      asked({ files, settings, mapping: mappingNamed('receipt'), source: null, dryRun: false }),
    )
    expect(imported).toMatchObject({ accepted: 786, rejected: 0 })
    const records = openRecords(folder)
    try {
      const { rows } = await records.listCards({ limit: 500 })
      const ofCases = rows.map(({ card }) => card).filter(({ subjectKind }) => subjectKind === 'case')
      expect(ofCases.length).toBeGreaterThanOrEqual(34)
      expect(ofCases.filter(({ ofRecord }) => !ofRecord)).toEqual([])
      const late = ofCases.filter(({ rule }) => rule === 'D-01')
      expect(late, 'lateness of arrival is not judged').toEqual([])
    } finally {
      await records.close()
    }
  })
})

const BOSTON = realFile('logs/boston311-zoning.csv')
const BOSTON_NOW = '2016-01-13T00:00:00-05:00'

describe.runIf(BOSTON !== null)('a city service line in local time', () => {
  it('I8 I9 M1 M2: 27 on time, 39 late, 8 overdue in hand, all of department ISD', async () => {
    const house = await openHouse({ at: BOSTON_NOW, sources: [] })
    try {
      await house.load(catalogueNamed('us-2015') as unknown as CatalogueFile)
      const settings = { ...settingsAt(house.folder, BOSTON_NOW), data: house.folder }
      const mapping = mappingNamed('boston311')
      const [imported] = await importFiles(
        asked({ files: [BOSTON ?? ''], settings, mapping, source: null, dryRun: false }),
      )
      expect(imported).toMatchObject({ rows: 74, events: 214, accepted: 214, rejected: 0, skipped: 0, refused: null })
      await house.serving.supervisor.settled()
      const { rows, total } = await measuresOf(house, 'department')
      const figures = { accepted: 74, on_time: 27, late: 39, in_hand: 8, overdue_in_hand: 8 }
      expect(rows.map(({ key }) => key)).toEqual(['ISD'])
      expect(rows[0]).toMatchObject(figures)
      expect(total).toMatchObject(figures)
    } finally {
      await house.close()
    }
  })
})
