// What the wall draws, worked out from the board: order of the stream, who is lit, load of departments, the strip of
// days ahead, whether the office is open. Pure functions; the screen's own clock is an argument.

import type { Board, BoardDay, ForecastDay, HourFlow, SourceLag, StreamCard, Tile } from '../../server/contract/live.ts'
import { named, type Words } from '../i18n/words.ts'
import { hourText, localTime } from '../lib/hours.ts'

const WAITING_STATES: ReadonlySet<string> = new Set(['notified', 'escalated'])

/** A yellow or red card that was told and still wants an answer: as the server counts them. */
export const isWaiting = (card: StreamCard): boolean =>
  card.level >= 2 && !card.of_record && WAITING_STATES.has(card.state)

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const graver = (a: StreamCard, b: StreamCard): number =>
  Number(isWaiting(b)) - Number(isWaiting(a)) ||
  b.level - a.level ||
  Date.parse(a.limit_at) - Date.parse(b.limit_at) ||
  byText(a.card_id, b.card_id)

/** Most new cards kept on top, so that the oldest unanswered ones stay in sight under them. */
const NEW_ON_TOP = 3

/** What has just come first (for its minute), then the unanswered by gravity and age, then the rest. */
export const streamOrder = (cards: readonly StreamCard[], arrivals: ReadonlyMap<string, number>): StreamCard[] => {
  const at = (card: StreamCard): number => arrivals.get(card.card_id) ?? -1
  const fresh = cards
    .filter((card) => at(card) >= 0)
    .sort((a, b) => b.level - a.level || at(b) - at(a) || byText(a.card_id, b.card_id))
    .slice(0, NEW_ON_TOP)
  const onTop = new Set(fresh.map((card) => card.card_id))
  return [...fresh, ...cards.filter((card) => !onTop.has(card.card_id)).sort(graver)]
}

/** How many tiles are lit at each level, and in all. */
export const litCounts = (tiles: readonly Tile[]): { lit: number; byLevel: [number, number, number, number] } => {
  const byLevel: [number, number, number, number] = [0, 0, 0, 0]
  for (const tile of tiles) byLevel[tile.level] += 1
  return { lit: tiles.length - byLevel[0], byLevel }
}

export type Plea =
  | { kind: 'late'; workDays: number }
  | { kind: 'ahead'; at: number }
  | { kind: 'rule'; since: number | null }

/**
 * What a lit tile says of itself. Only a limit has a lateness and only a warning looks ahead: whatever else lights it
 * (a case concluded without acceptance, a limit missed within the day) is told by its rule and since when.
 */
export const pleaOf = (tile: Tile, now: number): Plea => {
  if (tile.late_by_wd > 0) return { kind: 'late', workDays: tile.late_by_wd }
  const limitAt = tile.limit_at === null ? null : Date.parse(tile.limit_at)
  const isAhead = limitAt === null || limitAt > now
  const at = tile.next_due_at === null ? limitAt : Date.parse(tile.next_due_at)
  if (tile.level === 1 && isAhead && at !== null && at > now) return { kind: 'ahead', at }
  return { kind: 'rule', since: limitAt !== null && limitAt <= now ? limitAt : null }
}

/** What lights a tile. A warning whose due has come warns of it no more: it says that it has come. */
export const ruleOf = (t: Words, tile: Pick<Tile, 'rule' | 'rule_name' | 'rule_name_en'>, plea: Plea): string => {
  const isPast = tile.rule === 'T-01' && plea.kind === 'rule' && plea.since !== null
  return isPast ? t.hall.left({ kind: 'past' }) : named(t, tile.rule_name ?? '', tile.rule_name_en)
}

/** Since when: the time today, the day before that. A limit missed at midnight is missed from the first moment after. */
export const sinceText = (t: Words, since: number, now: number, zone: string): string => {
  const from = localTime(since + 1, zone)
  return from.civil === localTime(now, zone).civil ? hourText(from) : t.monthDay(from.month, from.day)
}

export interface Place {
  tile: Tile
  row: number
  column: number
}

/** Every tile at its place in the hall. A hall whose places are missing or shared is laid out in its order instead. */
export const hallPlaces = (tiles: readonly Tile[]): { places: Place[]; rows: number; columns: number } => {
  const taken = new Set<string>()
  const sound = tiles.every((tile) => {
    const key = `${tile.row}/${tile.column}`
    const free = tile.row >= 1 && tile.column >= 1 && !taken.has(key)
    taken.add(key)
    return free
  })
  const rows = Math.max(1, ...tiles.map((tile) => tile.row))
  const columns = Math.max(1, ...tiles.map((tile) => tile.column))
  if (sound && rows * columns <= Math.max(24, tiles.length * 2) && columns <= 16)
    return { places: tiles.map((tile) => ({ tile, row: tile.row, column: tile.column })), rows, columns }
  const wide = Math.max(4, Math.ceil(Math.sqrt(tiles.length * 1.25)))
  return {
    places: tiles.map((tile, i) => ({ tile, row: Math.floor(i / wide) + 1, column: (i % wide) + 1 })),
    rows: Math.max(1, Math.ceil(tiles.length / wide)),
    columns: wide,
  }
}

/** The row tracks of the hall, an aisle before each row whose windows belong to another area than the row above. */
export const hallTracks = (places: readonly Place[], rows: number): { row: number; aisle: boolean }[] => {
  const area = new Map<number, string>()
  for (const { row, tile } of places) if (!area.has(row)) area.set(row, tile.window_no.replace(/[\d-]+$/, ''))
  let track = 0
  return Array.from({ length: rows }, (_, i) => {
    const before = area.get(i)
    const own = area.get(i + 1)
    const aisle = i > 0 && before !== undefined && own !== undefined && before !== own
    track += aisle ? 2 : 1
    return { row: track, aisle }
  })
}

export interface DepartmentLoad {
  department: string
  name: string
  nameEn: string
  inHand: number
  within: [number, number, number]
  lit: number
  level: Tile['level']
}

/** Departments by what runs out first: due within one, three, five working days, then in hand. */
export const departmentLoads = (tiles: readonly Tile[]): DepartmentLoad[] => {
  const loads = new Map<string, DepartmentLoad>()
  for (const tile of tiles) {
    const load = loads.get(tile.department) ?? {
      department: tile.department,
      name: tile.department_name,
      nameEn: tile.department_name_en,
      inHand: 0,
      within: [0, 0, 0],
      lit: 0,
      level: 0,
    }
    load.inHand += tile.in_hand
    load.within = [
      load.within[0] + tile.due_within[0],
      load.within[1] + tile.due_within[1],
      load.within[2] + tile.due_within[2],
    ]
    load.lit += tile.level > 0 ? 1 : 0
    load.level = Math.max(load.level, tile.level) as Tile['level']
    loads.set(tile.department, load)
  }
  return [...loads.values()].sort(
    (a, b) =>
      b.level - a.level ||
      b.within[0] - a.within[0] ||
      b.within[1] - a.within[1] ||
      b.inHand - a.inHand ||
      byText(a.department, b.department),
  )
}

/** Windows by their nearest deadline ahead. */
export const nextDeadlines = (tiles: readonly Tile[], count: number): Tile[] =>
  tiles
    .filter((tile) => tile.next_due_at !== null)
    .sort(
      (a, b) => Date.parse(a.next_due_at ?? '') - Date.parse(b.next_due_at ?? '') || byText(a.window_no, b.window_no),
    )
    .slice(0, count)

export const isWorking = (day: { kind: ForecastDay['kind'] }): boolean => day.kind === 'work' || day.kind === 'makeup'

export type ForecastBlock =
  | { kind: 'day'; day: ForecastDay }
  | { kind: 'gap'; from: string; days: number; name: string | null; due: number; atRisk: number }

/** The strip ahead: a working day stands alone, days off in a row become one gap with their holiday's name. */
export const forecastBlocks = (days: readonly ForecastDay[]): ForecastBlock[] => {
  const blocks: ForecastBlock[] = []
  for (const day of days) {
    const last = blocks.at(-1)
    if (isWorking(day)) blocks.push({ kind: 'day', day })
    else if (last?.kind === 'gap') {
      last.days += 1
      last.name ??= day.name
      last.due += day.due
      last.atRisk += day.at_risk
    } else blocks.push({ kind: 'gap', from: day.on, days: 1, name: day.name, due: day.due, atRisk: day.at_risk })
  }
  return blocks
}

export type OfficeState = 'open' | 'lunch' | 'closed' | 'day_off'

/** Whether the doors are open at `now`: between two spans of one day is a break, not the end of the day. */
export const officeState = (day: BoardDay, now: number): OfficeState => {
  if (!isWorking(day) || day.office.length === 0) return 'day_off'
  const spans = day.office.map((span) => ({ from: Date.parse(span.from), to: Date.parse(span.to) }))
  if (spans.some((span) => now >= span.from && now < span.to)) return 'open'
  const begun = spans.some((span) => now >= span.to)
  const more = spans.some((span) => now < span.from)
  return begun && more ? 'lunch' : 'closed'
}

interface Quiet {
  name: string
  lagMs: number
}

const quietest = (sources: readonly SourceLag[], grownMs: number): Quiet | null => {
  let found: Quiet | null = null
  for (const { name, office_lag_ms: told } of sources) {
    if (told === null) continue
    const lagMs = told + grownMs
    if (found === null || lagMs > found.lagMs) found = { name, lagMs }
  }
  return found
}

/** The source heard least lately, in office time, grown by what has passed since it was told. */
export const slowestSource = (sources: readonly SourceLag[], grownMs: number): Quiet | null =>
  quietest(sources, grownMs)

const MINUTE_MS = 60_000
/** From here on a source that does not deliver by the batch is called silent (W-03). */
const SILENT_MS = 120 * MINUTE_MS

/** The source that has fallen silent for longest; a batch source speaks at its hours alone. */
export const silentSource = (sources: readonly SourceLag[], grownMs: number): Quiet | null => {
  const found = quietest(
    sources.filter(({ batch }) => !batch),
    grownMs,
  )
  return found !== null && found.lagMs >= SILENT_MS ? found : null
}

/** The source of which most rows wait because something of them could not be read (I15); null: none waits. */
export const waitingSource = (sources: readonly SourceLag[]): { name: string; rows: number } | null => {
  let found: { name: string; rows: number } | null = null
  for (const { name, waiting_rows: rows } of sources)
    if (rows > 0 && (found === null || rows > found.rows)) found = { name, rows }
  return found
}

/** Between these the gap lies within which something usually comes: three mean gaps of this hour on such days. */
const GAP_MS = { least: 15 * MINUTE_MS, unknown: 30 * MINUTE_MS, most: 60 * MINUTE_MS }

const usualGapMs = (hours: readonly HourFlow[], hour: number): number => {
  const usual = hours.find((row) => row.hour === hour)?.usual ?? null
  if (usual === null || usual <= 0) return GAP_MS.unknown
  return Math.min(GAP_MS.most, Math.max(GAP_MS.least, (3 * 60 * MINUTE_MS) / usual))
}

/**
 * on: something came within the usual gap of office time, so that what is shown is of now · waiting: nothing did · shut: the
 * office is closed, and nothing need come.
 */
export type LineState = 'on' | 'waiting' | 'shut'

export const lineState = (
  board: Pick<Board, 'sources' | 'hours'>,
  at: { grownMs: number; office: OfficeState; hour: number },
): LineState => {
  if (at.office === 'closed' || at.office === 'day_off') return 'shut'
  const gap = usualGapMs(board.hours, at.hour)
  const isHeard = board.sources.some(({ office_lag_ms: told }) => told !== null && told + at.grownMs <= gap)
  return isHeard ? 'on' : 'waiting'
}
