// Workbooks: a zip of XML, told by its first two bytes.

import type { Reader } from '../reader.ts'
import { openXlsx } from './xlsx.ts'

export const xlsx: Reader = {
  format: 'xlsx',
  called: 'XLSX',
  endings: ['xlsx', 'xlsm'],
  unfolds: true,
  speaksWire: false,
  hasSheets: true,
  eventsAlone: false,
  isSurely: ({ bytes }) => bytes[0] === 0x50 && bytes[1] === 0x4b,
  mayBe: () => false,
  open: openXlsx,
}
