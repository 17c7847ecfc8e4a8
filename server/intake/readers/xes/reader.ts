// Logs of process mining: XML that holds traces of events and nothing else.

import type { Reader } from '../reader.ts'
import { openXes } from './xes.ts'

export const xes: Reader = {
  format: 'xes',
  called: 'XES',
  endings: ['xes'],
  unfolds: true,
  speaksWire: false,
  hasSheets: false,
  eventsAlone: true,
  isSurely: ({ char }) => char === '<',
  mayBe: () => false,
  open: openXes,
}
