// How each source stands: when it was last heard, how it delivers, and how many rows of its files wait because something of
// them could not be read, by unit (I15, M6). Counts alone: nothing of the rows.

import type { SourceState } from '../contract/sources.ts'
import type { Card } from '../core/card/card.ts'
import { isStanding } from '../core/card/standing.ts'
import { declarationAt, newest } from '../core/law/law.ts'
import { departmentName, instantIn } from '../present/words.ts'
import type { Records } from '../store/port.ts'
import type { Supervisor } from '../supervision/supervisor.ts'
import { type Caller, needAll } from './caller.ts'

export interface SourceParts {
  readonly supervisor: Pick<Supervisor, 'law' | 'now'>
  readonly reader: Pick<Records, 'sources' | 'waitingRows' | 'subjects' | 'cardsOf'>
}

const isSilence = (card: Card): boolean => card.rule === 'W-03' && isStanding(card)

export const listSources = async ({ supervisor, reader }: SourceParts, caller: Caller): Promise<SourceState[]> => {
  needAll(caller, 'measures.read')
  const { law } = supervisor
  const [seen, waiting, subjects] = await Promise.all([reader.sources(), reader.waitingRows(), reader.subjects()])
  const heard = new Map(seen.map((row) => [row.source, row]))
  const named = [...new Set([...heard.keys(), ...law.tables.sources.keys(), ...waiting.map(({ source }) => source)])]
  const cards = await reader.cardsOf('source', named)
  const silent = new Map(cards.filter(isSilence).map((card) => [card.subject, card.limitAt]))
  const turns = new Map(subjects.filter(({ kind }) => kind === 'source').map((row) => [row.key, row.nextTurnAt]))
  return named.sort().map((source): SourceState => {
    const rows = waiting.filter((row) => row.source === source)
    const at = heard.get(source)
    return {
      source,
      name: newest(law.tables.sources.get(source))?.name ?? source,
      batch: (declarationAt(law, source, supervisor.now())?.batch ?? null) !== null,
      last_at: instantIn(law.homeCalendar, at?.lastAt ?? null),
      last_event_at: instantIn(law.homeCalendar, at?.lastEventAt ?? null),
      silent_since: instantIn(law.homeCalendar, silent.get(source) ?? null),
      expected_by: silent.has(source) ? null : instantIn(law.homeCalendar, turns.get(source) ?? null),
      waiting_rows: rows.reduce((sum, row) => sum + row.rows, 0),
      waiting_by_unit: rows.map(({ unit, rows: n }) => {
        const { name, nameEn } = departmentName(law, unit === '' ? '-' : unit)
        return { unit, name, name_en: nameEn, rows: n }
      }),
    }
  })
}
