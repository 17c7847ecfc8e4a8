// Why a text is no instant that can be taken: offset left out, hour 24, leap second, a year out of range, no such day, a
// date before 1970, a null date of a machine. Says it as a phrase of contract/phrases.ts, with the text as it was written.
// Never mends one. Rules: I1, I15.

import { DAY_MS, dayFrom, parseDay, parseInstant } from '../core/time/civil.ts'

/** Stamps before 1970 are null dates of machines, not events. */
export const EARLIEST = 0

/** What machines write where there is no date: zeros of calendars, of sheets and of Unix time, and their last days (I15). */
const NULL_DAYS = [
  dayFrom(1, 1, 1),
  dayFrom(1899, 12, 30),
  dayFrom(1900, 1, 1),
  0,
  dayFrom(2099, 12, 31),
  dayFrom(9999, 12, 31),
]

/** Zones shift a null date by hours, and programs by a day. */
const NULL_SPAN_DAYS = 1

/** Whether a day, as days since 1970, is a null date of a machine or the day next to one. */
export const isNullDay = (day: number): boolean => {
  // nearly all days that are asked for lie here
  if (day > 1 + NULL_SPAN_DAYS && day < 47_000) return false
  return NULL_DAYS.some((none) => Math.abs(day - none) <= NULL_SPAN_DAYS)
}

const SHOWN = 64

/** No calendar has it: what databases print for a date that is not there. */
const NO_DAY = /^0000-00-00(?!\d)/

/** Whether a text is a null date of a machine, with or without a time of day. */
export const isNullDate = (value: unknown): boolean => {
  if (typeof value !== 'string' || value.length > SHOWN) return false
  if (NO_DAY.test(value)) return true
  const day = parseDay(value.slice(0, 10))
  if (day === null) return false
  const at = parseInstant(value)
  return isNullDay(day) || (at !== null && isNullDay(Math.floor(at / DAY_MS)))
}

/** Date, hour, minute and second, fraction, offset: as loosely as people and machines write them. */
const LOOSE = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?([Zz]|[+-]\d\d:?\d\d)?$/

const faultOf = (text: string): string => {
  if (/^[+-]?\d{5,}-\d\d-\d\d/.test(text)) return 'a year of four digits expected'
  const [, year, month, day, hour, , second, offset] = LOOSE.exec(text) ?? []
  if (year !== undefined && parseDay(`${year}-${month}-${day}`) === null) return 'no day of the calendar'
  if (hour === '24') return 'there is no hour 24'
  if (second === '60') return 'a leap second is not taken'
  if (year !== undefined && offset === undefined) return 'no offset'
  if (isNullDate(text)) return 'a null date of a machine'
  const at = parseInstant(text) ?? parseDay(text)
  return at !== null && at < EARLIEST ? 'before 1970' : 'not RFC 3339 with an offset'
}

/** What is wrong with the text of an instant, or of a day where one may stand. */
export const stampFault = (text: string): string => {
  const shown = text.slice(0, SHOWN)
  return `${faultOf(shown)}: ${shown}`
}
