// Statutory days off (T1a): dated tables that ship, so that a year whose notice has not come yet still rests on them. The
// moving feasts are a checked list of days, never reckoned from a lunar calendar at run time. What a notice adds beyond
// them (补假, 调休) stays unknown until it comes. Source: 全国年节及纪念日放假办法 (国务院令第 795 号).

import cn from '../law/data/cn.statutory.json' with { type: 'json' }
import { parseDay } from './civil.ts'
import type { Day } from './instant.ts'

const TABLES: ReadonlyMap<string, ReadonlyMap<Day, string>> = new Map(
  [cn].map(({ statutory_id, days }) => [
    statutory_id,
    new Map(days.map(({ on, name }) => [parseDay(on) as Day, name])),
  ]),
)

/** The days of a table with their names; null: there is no such table. */
export const statutoryDays = (id: string): ReadonlyMap<Day, string> | null => TABLES.get(id) ?? null
