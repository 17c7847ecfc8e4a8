// A table of many rows made for tests: cases of five activities, in the order of their stamps, written a line at a time.

import { closeSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Mapping } from '../../server/intake/files/map.ts'
import { folderOfTest, mappingOf } from './files.ts'

const ACTIVITIES = ['receive', 'accept', 'review', 'decide', 'complete']
const START_MS = Date.UTC(2024, 0, 2, 1)
const STEP_MS = 47 * 60_000

export const MANY_DOCUMENT = {
  mapping: 'many rows',
  source: 'many',
  zone: 'Asia/Shanghai',
  dates: ['yyyy-MM-dd HH:mm:ss'],
  fields: { project_no: '办件编号', org_code: '部门', window_no: '窗口' },
  events: [
    {
      activity: '环节',
      at: '时间',
      fields: { operator_id: '经办人' },
      types: {
        receive: 'RECEIVE',
        accept: { type: 'ACCEPT', payload: { promise_limit: { const: { value: 5, unit: 'WD' } } } },
        decide: { type: 'DECIDE', payload: { result: { const: 'granted' } } },
        complete: 'COMPLETE',
        '*': 'STEP',
      },
    },
  ],
}

export const MANY: Mapping = mappingOf(MANY_DOCUMENT)

const two = (n: number): string => String(n).padStart(2, '0')

const stamp = (ms: number): string => {
  const at = new Date(ms)
  const day = `${at.getUTCFullYear()}-${two(at.getUTCMonth() + 1)}-${two(at.getUTCDate())}`
  return `${day} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}`
}

/** Row n, from 0: of case n / 5. */
const line = (n: number): string => {
  const no = Math.floor(n / ACTIVITIES.length)
  const activity = n % ACTIVITIES.length
  const at = START_MS + no * 60_000 + activity * STEP_MS * (1 + (no % 40))
  const cells = [
    `M${String(no).padStart(7, '0')}`,
    ACTIVITIES[activity],
    stamp(at),
    `D${no % 12}`,
    `W${no % 60}`,
    `P${no % 240}`,
  ]
  return `${cells.join(',')},第${n}行\r\n`
}

export const writeMany = (path: string, rows: number): void => {
  const file = openSync(path, 'w')
  writeSync(file, '办件编号,环节,时间,部门,窗口,经办人,备注\r\n')
  const LINES = 2_000
  for (let from = 0; from < rows; from += LINES) {
    let text = ''
    for (let n = from; n < Math.min(rows, from + LINES); n++) text += line(n)
    writeSync(file, text)
  }
  closeSync(file)
}

/** Such a file in a folder of the test, zipped where its name says so. */
export const manyAt = (name: string, rows: number): string => {
  const path = join(folderOfTest(), name.replace(/\.gz$/, ''))
  writeMany(path, rows)
  if (!name.endsWith('.gz')) return path
  writeFileSync(`${path}.gz`, gzipSync(readFileSync(path)))
  return `${path}.gz`
}
