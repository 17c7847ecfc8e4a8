// Saying what a row becomes: instants in the zone of the mapping, payloads in words, places of a file. Pure.

import type { ImportPlace } from '../../server/contract/import-names.ts'
import type { PreviewEvent } from '../../server/contract/imports.ts'
import { payloadPairs } from '../frame/tell.ts'
import { type Words, wordFor } from '../i18n/words.ts'
import { localTime } from '../lib/hours.ts'

/** Of a mapping that names none: the zone of the house. */
export const HOME_ZONE = 'Asia/Shanghai'

/** A zone that is being typed is none yet. */
export const zoneOr = (zone: string | undefined): string => {
  try {
    if (zone === undefined) return HOME_ZONE
    new Intl.DateTimeFormat('en-US', { timeZone: zone })
    return zone
  } catch {
    return HOME_ZONE
  }
}

const two = (n: number): string => String(n).padStart(2, '0')

/** "2026-03-05 09:00", with seconds where they say something. */
export const stampText = (instant: string, zone: string): string => {
  const ms = Date.parse(instant)
  if (Number.isNaN(ms)) return instant
  const at = localTime(ms, zone)
  const seconds = at.second === 0 ? '' : `:${two(at.second)}`
  return `${at.year}-${two(at.month)}-${two(at.day)} ${two(at.hour)}:${two(at.minute)}${seconds}`
}

const IN_UTC = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/

const local = (value: unknown, zone: string): unknown =>
  typeof value === 'string' && IN_UTC.test(value) ? stampText(value, zone) : value

/** "承诺到期 2026-04-01 · 部门 D1": all that an event says besides what it is and when. */
export const carries = (t: Words, event: PreviewEvent, zone: string): string => {
  const said = Object.fromEntries(Object.entries(event.payload).map(([key, value]) => [key, local(value, zone)]))
  const payload = payloadPairs(t, said).map(({ key, value }) => `${key} ${value}`)
  const names: Readonly<Record<string, string>> = t.imports.target
  const fields = Object.entries(event.fields).map(([key, value]) => `${wordFor(names, key)} ${value}`)
  return [...payload, ...fields].join(' · ')
}

export const placeText = (t: Words, { line, sheet, trace, event }: ImportPlace): string =>
  t.imports.place(line, sheet, trace, event)

export const bytesText = (bytes: number): string =>
  bytes < 1024
    ? `${bytes} B`
    : bytes < 1024 * 1024
      ? `${(bytes / 1024).toFixed(1)} kB`
      : `${(bytes / 1024 / 1024).toFixed(1)} MB`

export const both = (t: Words, text: { zh: string; en: string }): string => (t.lang === 'en' ? text.en : text.zh)

/** What a file of text may be written in, where it does not say so itself. */
export const ENCODINGS = [
  'utf-8',
  'gb18030',
  'big5',
  'utf-16le',
  'windows-1250',
  'windows-1251',
  'windows-1252',
  'windows-1255',
  'shift_jis',
  'euc-kr',
]
export const DELIMITERS = [',', ';', '\t', '|']
