// Stamps of files (I8): a text by the formats a mapping names, or a sheet's own date, read as an instant or a day.
// A format is exact: what does not fit it is not guessed at. Stamps without an offset are wall time of the named zone;
// one that a change of clocks skips moves forward, one that comes twice is the first. Never reads a clock.

import { DAY_MS, dayFrom, monthLength, printDay } from '../../core/time/civil.ts'
import { asDay, type Day, type Instant } from '../../core/time/instant.ts'
import type { Zone } from '../../core/time/zone.ts'
import { isNothing } from '../nothing.ts'
import { isNullDay } from '../stamp.ts'
import type { Cell } from './row.ts'

/** A stamp as written: day and milliseconds of it; offset in minutes where it bears one; a day alone where no time. */
export interface Written {
  readonly day: Day
  readonly ms: number | null
  readonly offset: number | null
}

export type Format = (cell: Cell) => Written | null

const MINUTE_MS = 60_000
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

type Parts = Partial<Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'ms' | 'half' | 'offset', number>>

interface Token {
  readonly pattern: string
  readonly read: (text: string, parts: Parts) => void
}

const number = (pattern: string, key: keyof Parts): Token => ({
  pattern,
  read: (text, parts) => {
    parts[key] = Number(text)
  },
})

const offsetOf = (text: string): number => {
  if (/^z$/i.test(text)) return 0
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})?$/.exec(text) ?? []
  return (Number(hours) * 60 + Number(minutes ?? 0)) * (sign === '-' ? -1 : 1)
}

const OFFSET: Token = {
  pattern: '[zZ]|[+-]\\d{2}(?::?\\d{2})?',
  read: (text, parts) => {
    parts.offset = offsetOf(text)
  },
}

/** Letters as in Java and Excel files' descriptions: yyyy-MM-dd'T'HH:mm:ss.SSSXXX. */
const TOKENS: Readonly<Record<string, Token>> = {
  yyyy: number('\\d{4}', 'year'),
  yy: {
    pattern: '\\d{2}',
    read: (text, parts) => {
      parts.year = Number(text) + (Number(text) < 70 ? 2000 : 1900)
    },
  },
  MMM: {
    pattern: '[A-Za-z]{3}',
    read: (text, parts) => {
      parts.month = MONTHS.indexOf(text.toLowerCase()) + 1
    },
  },
  MM: number('\\d{2}', 'month'),
  M: number('\\d{1,2}', 'month'),
  dd: number('\\d{2}', 'day'),
  d: number('\\d{1,2}', 'day'),
  HH: number('\\d{2}', 'hour'),
  H: number('\\d{1,2}', 'hour'),
  hh: number('\\d{2}', 'hour'),
  h: number('\\d{1,2}', 'hour'),
  mm: number('\\d{2}', 'minute'),
  m: number('\\d{1,2}', 'minute'),
  ss: number('\\d{2}', 'second'),
  s: number('\\d{1,2}', 'second'),
  S: {
    pattern: '\\d{1,9}',
    read: (text, parts) => {
      parts.ms = Number(text.slice(0, 3).padEnd(3, '0'))
    },
  },
  a: {
    pattern: '[AaPp][Mm]|上午|下午',
    read: (text, parts) => {
      parts.half = /^(p|下)/i.test(text) ? 1 : 0
    },
  },
  X: OFFSET,
  Z: OFFSET,
}

const PIECE = /'([^']*)'|yyyy|yy|MMM|MM?|dd?|HH?|hh?|mm?|ss?|S+|a|X+|Z+|./gsu

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')

const timeOf = (parts: Parts): number | null | undefined => {
  const { hour, minute = 0, second = 0, ms = 0, half } = parts
  if (hour === undefined) return null
  if (half !== undefined && (hour < 1 || hour > 12)) return undefined
  const hours = half === undefined ? hour : (hour % 12) + half * 12
  if (hours > 23 || minute > 59 || second > 59) return undefined
  return ((hours * 60 + minute) * 60 + second) * 1000 + ms
}

const writtenOf = (parts: Parts): Written | null => {
  const { year, month, day, offset = null } = parts
  if (year === undefined || month === undefined || day === undefined || year < 1) return null
  if (month < 1 || month > 12 || day < 1 || day > monthLength(year, month)) return null
  const ms = timeOf(parts)
  return ms === undefined ? null : { day: dayFrom(year, month, day), ms, offset }
}

const tokenOf = (piece: string): Token | null => {
  const key = /^(S|X|Z)\1*$/.test(piece) ? (piece[0] ?? '') : piece
  return Object.hasOwn(TOKENS, key) ? (TOKENS[key] ?? null) : null
}

/** A format of letters; null when it names no year, month and day. */
const lettersOf = (format: string): Format | null => {
  const tokens: Token[] = []
  let pattern = ''
  const found = new Set<string>()
  for (const match of format.matchAll(PIECE)) {
    const piece = match[0]
    const token = match[1] === undefined ? tokenOf(piece) : null
    if (token === null) {
      pattern += escaped(match[1] ?? piece)
      continue
    }
    // twice the same is no date, and many of them would try every way of sharing the digits out
    if (found.has(piece[0] ?? '')) return null
    found.add(piece[0] ?? '')
    tokens.push(token)
    pattern += `(${token.pattern})`
  }
  if (!found.has('y') || !found.has('M') || !found.has('d')) return null
  const expression = new RegExp(`^${pattern}$`, 'u')
  return (cell) => {
    const match = typeof cell === 'string' ? expression.exec(cell.trim()) : null
    if (match === null) return null
    const parts: Parts = {}
    for (const [i, token] of tokens.entries()) token.read(match[i + 1] ?? '', parts)
    return writtenOf(parts)
  }
}

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?([zZ]|[+-]\d{2}(?::?\d{2})?)?)?$/

const iso: Format = (cell) => {
  const match = typeof cell === 'string' ? ISO.exec(cell.trim()) : null
  if (match === null) return null
  const [, year, month, day, hour, minute, second, fraction, offset] = match
  const date = { year: Number(year), month: Number(month), day: Number(day) }
  if (hour === undefined) return writtenOf(date)
  const ms = Number((fraction ?? '').slice(0, 3).padEnd(3, '0'))
  const clock = { hour: Number(hour), minute: Number(minute), second: Number(second ?? 0), ms }
  return writtenOf({ ...date, ...clock, ...(offset === undefined ? {} : { offset: offsetOf(offset) }) })
}

const wallOf = (ms: number, offset: number | null): Written | null => {
  if (!Number.isFinite(ms)) return null
  const day = Math.floor(ms / DAY_MS)
  return { day: asDay(day), ms: ms - day * DAY_MS, offset }
}

const numeric = (cell: Cell): number =>
  typeof cell === 'number'
    ? cell
    : typeof cell === 'string' && /^\d+(\.\d+)?$/.test(cell.trim())
      ? Number(cell)
      : Number.NaN

/** Days from 1899-12-30 to 1970-01-01, as sheets count. */
const SHEET_EPOCH_DAYS = 25_569

const NAMED: Readonly<Record<string, Format>> = {
  iso,
  epoch_ms: (cell) => wallOf(Math.floor(numeric(cell)), 0),
  epoch_s: (cell) => wallOf(Math.floor(numeric(cell) * 1000), 0),
  sheet_days: (cell) => wallOf(Math.round((numeric(cell) - SHEET_EPOCH_DAYS) * 86_400) * 1000, null),
}

/** `iso`, `epoch_ms`, `epoch_s`, `sheet_days`, or letters such as `dd/MM/yyyy hh:mm:ss a`; null: no format. */
export const formatFrom = (name: string): Format | null =>
  Object.hasOwn(NAMED, name) ? (NAMED[name] ?? null) : lettersOf(name)

/** A sheet's own date needs no format. The first format that fits is taken. */
export const readStamp = (cell: Cell, formats: readonly Format[]): Written | null => {
  if (cell instanceof Date) return wallOf(cell.getTime(), null)
  if (typeof cell === 'object' && cell !== null && 'seconds' in cell) return null
  // a number under a format of its own may be a date as it is shown, or as it is
  const ways: readonly Cell[] =
    typeof cell === 'object' && cell !== null && 'number' in cell ? [cell.shown, cell.number] : [cell]
  for (const format of formats)
    for (const way of ways) {
      const written = format(way)
      if (written !== null) return written
    }
  return null
}

/** The days before the first that sheets count: what stands there with a time of day was a time of day alone. */
const CLOCK_DAYS: ReadonlySet<Day> = new Set([dayFrom(1899, 12, 30), dayFrom(1899, 12, 31)])

/** Whether a stamp is a time of day that was kept as a date, and says no date. */
export const isClockAlone = ({ day, ms, offset }: Written): boolean =>
  offset === null && ms !== null && ms !== 0 && CLOCK_DAYS.has(day)

const NO_DAY = /^0000[-/.]?00[-/.]?00(?!\d)/

/** Whether a cell in a column of dates says in words that there is no date (I15). */
export const saysNothing = (cell: Cell): boolean =>
  typeof cell === 'string' && (isNothing(cell) || NO_DAY.test(cell.trim()))

/** Whether a stamp is a null date of a machine, as written or as the instant it is (I15). */
export const isNullStamp = ({ day, ms, offset }: Written, zone: Zone | null): boolean => {
  if (isNullDay(day)) return true
  const at = instantFrom({ day, ms, offset }, zone)
  return at !== null && isNullDay(Math.floor(at / DAY_MS))
}

/** A day alone, or printed as one by what knows no days: exactly midnight without an offset (I15). */
export const isBareDay = ({ ms, offset }: Written): boolean => ms === null || (ms === 0 && offset === null)

const CLOCK =
  /^(?:([AaPp])\.?[Mm]\.?|(上午|下午|凌晨|中午|晚上))?\s*(\d{1,2})[:：时](\d{1,2})(?:[:：分](\d{1,2})(?:[.,](\d{1,9}))?)?[分秒]?\s*(?:([AaPp])\.?[Mm]\.?)?$/
const BARE_CLOCK = /^(\d{2})(\d{2})(\d{2})?$/

const clockFrom = (text: string): number | null => {
  const [, before, word = '', hour, minute, second, fraction = '', after] = CLOCK.exec(text) ?? []
  const half = (before ?? after)?.toLowerCase()
  const isNoon = word === '中午' && hour !== undefined && Number(hour) < 10
  const later = half === 'p' || word === '下午' || word === '晚上' || isNoon ? 1 : 0
  const halved = half !== undefined || later === 1 || word === '上午' || word === '凌晨'
  if (hour === undefined) {
    const [, hours, minutes, seconds] = BARE_CLOCK.exec(text) ?? []
    return hours === undefined
      ? null
      : (timeOf({ hour: Number(hours), minute: Number(minutes), second: Number(seconds ?? 0) }) ?? null)
  }
  // of which day 晚上12点 is the midnight nobody can tell
  if (word === '晚上' && Number(hour) === 12) return null
  const parts = { hour: Number(hour), minute: Number(minute), second: Number(second ?? 0) }
  const ms = Number(fraction.slice(0, 3).padEnd(3, '0'))
  // 下午 14:05 says the hour of the day already
  return timeOf({ ...parts, ms, ...(halved && parts.hour >= 1 && parts.hour <= 12 ? { half: later } : {}) }) ?? null
}

/** Milliseconds of the day that a cell of a column of times says; null: it says none. */
export const readClock = (cell: Cell, formats: readonly Format[]): number | null => {
  // a sheet keeps a time of day as a fraction, which is a few thousandths off
  if (cell instanceof Date) return (((Math.round(cell.getTime() / 1000) * 1000) % DAY_MS) + DAY_MS) % DAY_MS
  if (typeof cell === 'object' && cell !== null && 'seconds' in cell)
    return cell.seconds >= 0 && cell.seconds < 86_400 ? cell.seconds * 1000 : null
  if (typeof cell === 'number') return cell >= 0 && cell < 1 ? Math.round(cell * 86_400) * 1000 : null
  if (typeof cell === 'string') return clockFrom(cell.trim()) ?? readStamp(cell, formats)?.ms ?? null
  return null
}

/** null: no offset written and no zone to read it in. A day alone is its first instant. */
export const instantFrom = (written: Written, zone: Zone | null): Instant | null => {
  const { day, ms, offset } = written
  if (offset !== null) return (day * DAY_MS + (ms ?? 0) - offset * MINUTE_MS) as Instant
  if (zone === null) return null
  if (ms === null) return zone.startOf(day)
  const minute = Math.floor(ms / MINUTE_MS)
  return (zone.at(day, minute) + (ms - minute * MINUTE_MS)) as Instant
}

export const dayText = (written: Written): string => printDay(written.day)
