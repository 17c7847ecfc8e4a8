// Tables of text: the commonest file of all, and what a file is taken for that says nothing else of itself.

import type { Reader } from '../reader.ts'
import { openCsv } from './csv.ts'

export const csv: Reader = {
  format: 'csv',
  called: 'CSV',
  endings: ['csv', 'tsv'],
  unfolds: false,
  speaksWire: false,
  hasSheets: false,
  eventsAlone: false,
  mayBe: () => true,
  open: openCsv,
}
