// What of a file is refused and waits already (I6, I15): imported again it waits once, and what waits knows every import and row
// that brought it. What comes by an import that was withdrawn meanwhile waits no more (I14). Reads what has landed; writes nothing.

import { factKey } from '../core/case/event.ts'
import type { QuarantineRow, QuarantineSteps } from '../store/held.ts'
import { landAll } from './gathering.ts'
import type { Line } from './line.ts'

/** The number under which each of these waits already; null: it does not. */
export const waitingAlready = async (line: Line, rows: readonly QuarantineRow[]): Promise<(number | null)[]> => {
  const asked = rows.flatMap(({ source, eventId, importNo, rowNo }) =>
    eventId === null || importNo === null || rowNo === null ? [] : [{ source, eventId }],
  )
  if (asked.length === 0) return rows.map(() => null)
  // it may be on its way to where it waits
  await landAll(line.flights.underWay())
  const keyOf = ({ source, eventId, code, raw }: Pick<QuarantineRow, 'source' | 'eventId' | 'code' | 'raw'>): string =>
    `${factKey(source, eventId ?? '')}\n${code}\n${raw}`
  const waits = new Map((await line.records.waitingUnder(asked)).map((one) => [keyOf(one), one.id]))
  return rows.map((row) => (row.importNo === null || row.rowNo === null ? null : (waits.get(keyOf(row)) ?? null)))
}

/** What becomes of the quarantine besides the rows that are new in it. */
export const stepsFor = (
  line: Line,
  rows: readonly QuarantineRow[],
  { known, gone }: { readonly known: readonly (number | null)[]; readonly gone: readonly number[] },
): QuarantineSteps | null => {
  const again = rows.flatMap(({ importNo, rowNo }, i) => {
    const id = known[i] ?? null
    return id === null || importNo === null || rowNo === null ? [] : [{ id, importNo, rowNo }]
  })
  const imports = new Set(rows.flatMap(({ importNo }) => importNo ?? []))
  const withdrawn = [...imports].filter((no) => line.said.withdrawn.has(no))
  if (gone.length + again.length + withdrawn.length === 0) return null
  return {
    gone,
    resolved: [],
    ...(again.length === 0 ? {} : { again }),
    ...(withdrawn.length === 0 ? {} : { withdrawn }),
  }
}
