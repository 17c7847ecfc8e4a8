// Lines of JSON: events of the wire, or rows that bear their own names.

import type { Reader } from '../reader.ts'
import { openLines } from './lines.ts'

export const ndjson: Reader = {
  format: 'ndjson',
  called: 'NDJSON',
  endings: ['ndjson', 'jsonl'],
  unfolds: false,
  speaksWire: true,
  hasSheets: false,
  eventsAlone: false,
  mayBe: ({ char }) => char === '{',
  open: openLines,
}
