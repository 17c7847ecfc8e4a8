// What an import tells of a file of a test, and what the door takes of it: short lines, nothing kept.

import { parseInstant } from '../../server/core/time/civil.ts'
import { asInstant } from '../../server/core/time/instant.ts'
import { openSource } from '../../server/intake/files/bytes.ts'
import { importFile } from '../../server/intake/files/run.ts'
import type { OpenTable } from '../../server/intake/readers/reader.ts'
import { openTable } from '../../server/intake/readers/registry.ts'
import { tryEvents } from '../../server/office/imports/door.ts'
import { mappingOf } from './files.ts'

const NOW = parseInstant('2026-04-30T00:00:00Z') ?? asInstant(0)

type Wire = Readonly<Record<string, unknown>>

export interface Told {
  /** `A1 ACCEPT 2026-03-02T01:00:00.000Z`. */
  readonly taken: string[]
  /** Events that wait or are refused: `A1 COMPLETE row_waits`. */
  readonly waits: string[]
  /** The texts of these, as the quarantine keeps them. */
  readonly kept: Wire[]
  /** `3 bad_date 办结时间`, of whole rows and files alone. */
  readonly lines: string[]
  readonly waiting: readonly { unit: string; rows: number }[]
  readonly both: { zh: string; en: string }[]
}

export const toldOf = async (
  path: string,
  document: Wire,
  { open = openTable, asOf = null }: { open?: OpenTable; asOf?: string | null } = {},
): Promise<Told> => {
  const out = { taken: [] as string[], waits: [] as string[], kept: [] as Wire[], lines: [] as string[] }
  const both: { zh: string; en: string }[] = []
  const door = { clock: { now: () => NOW }, aheadMs: 600_000, scaleOf: () => null }
  const report = await importFile(openSource(path), {
    mapping: mappingOf(document),
    open,
    asOf,
    deliver: async (events, marks) => {
      const handOver = { source: 's', historical: null, by: 'test' }
      const outcomes = tryEvents(events, { ...door, handOver }, marks)
      for (const [i, event] of (events as Wire[]).entries()) {
        const code = outcomes[i]?.code ?? null
        const name = `${event.project_no} ${event.event_type}`
        if (code === null) out.taken.push(`${name} ${event.occurred_at}`)
        else {
          out.waits.push(`${name} ${code}`)
          out.kept.push(event)
        }
      }
      return outcomes
    },
    onIssue: ({ place, code, field, zh, en }) => {
      if (code !== 'row_waits') out.lines.push([place.line, code, field].join(' ').trim())
      both.push({ zh, en })
    },
    onProgress: () => undefined,
    resumed: null,
    onAnswered: () => undefined,
  })
  if (report.refused !== null) out.lines.push(`refused ${report.refused.code}`)
  return { ...out, waiting: report.waiting, both }
}
