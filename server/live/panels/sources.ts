// Each source's lag, and the rows of its files that wait (L3, I13, I15).

import type { SourceLag } from '../../contract/live.ts'
import { declarationAt, newest } from '../../core/law/law.ts'
import { officeMsBetween } from '../../core/time/run.ts'
import { instantIn } from '../../present/words.ts'
import { type BoardGround, inScope } from '../ground.ts'
import { boardDay } from './day.ts'
import type { Panel } from './panel.ts'

/** Rows that wait, of a source and the units of this board (I15): a number, and nothing of the rows (L7). */
const waitingRowsOf = (ground: BoardGround, source: string): number =>
  ground.tally.waiting
    .filter((row) => row.source === source && inScope(ground, row.unit))
    .reduce((sum, { rows }) => sum + rows, 0)

/** Sources that were heard, and those of which nothing was taken yet and rows wait. */
const drawSources = (ground: BoardGround): SourceLag[] => {
  const { law, tally, now } = ground
  const named = new Set([...tally.sources.keys(), ...tally.waiting.map(({ source }) => source)])
  return [...named].sort().map((source): SourceLag => {
    const lastAt = tally.sources.get(source)?.lastAt ?? null
    return {
      source,
      name: newest(law.tables.sources.get(source))?.name ?? source,
      last_event_at: instantIn(law.homeCalendar, lastAt),
      lag_ms: lastAt === null ? null : Math.max(0, now - lastAt),
      office_lag_ms: lastAt === null ? null : officeMsBetween(law.homeCalendar, lastAt, now),
      batch: (declarationAt(law, source, now)?.batch ?? null) !== null,
      waiting_rows: waitingRowsOf(ground, source),
    }
  })
}

/** A lag grows by itself; only news from a source is a change, and a new day, by whose hours a screen carries it on. */
const toldOf = (shown: readonly SourceLag[], { law, now, speed }: BoardGround): unknown => [
  boardDay(law, now, speed),
  shown.map(({ lag_ms: _, office_lag_ms: __, ...rest }) => rest),
]

export const sources: Panel<SourceLag[]> = {
  name: 'sources',
  feeds: ['sources', 'waiting', 'clock'],
  draw: drawSources,
  told: toldOf,
}
