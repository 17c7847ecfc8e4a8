// What comes of a file of the field (I8, I14, I15): the events that the door takes, the ones that wait, and what is told line
// by line, as short lines to be read beside what is right. Through the readers, the mapping and the judging of an import.

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseInstant } from '../../server/core/time/civil.ts'
import { asInstant } from '../../server/core/time/instant.ts'
import { openSource } from '../../server/intake/files/bytes.ts'
import { readDocument } from '../../server/intake/files/mapping-text.ts'
import { importFile } from '../../server/intake/files/run.ts'
import { openTable } from '../../server/intake/readers/registry.ts'
import { tryEvents } from '../../server/office/imports/door.ts'
import { mappingOf } from '../import/files.ts'

const NOW = parseInstant('2026-04-30T00:00:00Z') ?? asInstant(0)

export const fieldFile = (path: string): string => fileURLToPath(new URL(`./files/${path}`, import.meta.url))

type Wire = Readonly<Record<string, unknown>>

const told = (event: Wire): string => {
  const { payload, precision, register } = event
  const parts = [event.project_no, event.event_type, event.occurred_at, event.org_code ?? '-', event.task_code ?? '-']
  if (precision !== undefined) parts.push(precision)
  if (payload !== undefined) parts.push(JSON.stringify(payload))
  if (register !== undefined) parts.push((register as { key: string }).key)
  return parts.join(' ')
}

export interface Come {
  /** Events that are taken. */
  readonly taken: readonly string[]
  /** Events that wait in the quarantine: `C-1 ACCEPT row_waits`. */
  readonly waits: readonly string[]
  /** `6 error_cell 办结时间`. */
  readonly lines: readonly string[]
  readonly skipped: number
  readonly events: readonly Wire[]
}

export const documentOf = (path: string): Record<string, unknown> => {
  const read = readDocument(readFileSync(fieldFile(path), 'utf8'))
  if ('faults' in read) throw new Error(JSON.stringify(read.faults))
  return read.document as Record<string, unknown>
}

/** `more` is laid over the mapping of the folder. */
export const come = async (
  file: string,
  mapping: string,
  more: Wire = {},
  asOf: string | null = null,
): Promise<Come> => {
  const out = { taken: [] as string[], waits: [] as string[], lines: [] as string[], events: [] as Wire[] }
  const report = await importFile(openSource(fieldFile(file)), {
    mapping: mappingOf({ ...documentOf(mapping), ...more }),
    open: openTable,
    asOf,
    deliver: async (events, marks) => {
      const handOver = { source: 's', historical: null, by: 'test' }
      const outcomes = tryEvents(
        events,
        { clock: { now: () => NOW }, aheadMs: 600_000, scaleOf: () => null, handOver },
        marks,
      )
      for (const [i, event] of (events as Wire[]).entries()) {
        const code = outcomes[i]?.code ?? null
        if (code === null) {
          out.taken.push(told(event))
          out.events.push(event)
        } else {
          // `?`: a number that cannot be read, or a row that is no event at all
          const no = typeof event.project_no === 'string' ? event.project_no : '?'
          out.waits.push(`${no} ${event.event_type ?? '?'} ${code}`)
        }
      }
      return outcomes
    },
    onIssue: ({ place, code, field }) => void out.lines.push(`${place.line} ${code} ${field}`.trim()),
    onProgress: () => undefined,
    resumed: null,
    onAnswered: () => undefined,
  })
  if (report.refused !== null) out.lines.push(`refused ${report.refused.code}`)
  return { ...out, skipped: report.skipped }
}
