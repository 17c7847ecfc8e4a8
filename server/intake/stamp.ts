// Why a text is no instant that can be taken: offset left out, hour 24, leap second, a year out of range, no such day, a
// date before 1970. Says it as a phrase of contract/phrases.ts, with the text as it was written. Never mends one. Rule: I1.

import { parseDay, parseInstant } from '../core/time/civil.ts'

/** Stamps before 1970 are null dates of machines, not events. */
export const EARLIEST = 0

const SHOWN = 64

/** Date, hour, minute and second, fraction, offset: as loosely as people and machines write them. */
const LOOSE = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?([Zz]|[+-]\d\d:?\d\d)?$/

const faultOf = (text: string): string => {
  if (/^[+-]?\d{5,}-\d\d-\d\d/.test(text)) return 'a year of four digits expected'
  const [, year, month, day, hour, , second, offset] = LOOSE.exec(text) ?? []
  if (year !== undefined && parseDay(`${year}-${month}-${day}`) === null) return 'no day of the calendar'
  if (hour === '24') return 'there is no hour 24'
  if (second === '60') return 'a leap second is not taken'
  if (year !== undefined && offset === undefined) return 'no offset'
  const at = parseInstant(text) ?? parseDay(text)
  return at !== null && at < EARLIEST ? 'before 1970' : 'not RFC 3339 with an offset'
}

/** What is wrong with the text of an instant, or of a day where one may stand. */
export const stampFault = (text: string): string => {
  const shown = text.slice(0, SHOWN)
  return `${faultOf(shown)}: ${shown}`
}
